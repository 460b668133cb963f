/**
 * Draws a description of the page onto the page, changing only what differs: focus, typing and scrolling stay.
 * Half a kilobyte, where a library for this would be a fifth of the resident's first load.
 */

type Value = string | number | boolean | null | undefined | EventListener;

export interface Drawn {
  readonly tag: string;
  readonly props: Readonly<Record<string, Value>>;
  readonly children: readonly Child[];
}

/** `null` and `false` keep their place, so that what follows them is not taken for something else. */
export type Child = Drawn | string | number | null | false | undefined | readonly Child[];

/**
 * `h('a.button.main', { href, onclick }, 'words', h('b', {}, n))`: an element with its classes, properties and children.
 * Handlers are named as in HTML. A prop `foreign` leaves the children to others (a map). An `id` or `key` makes an
 * element keep its identity when its neighbours come and go.
 */
export function h(tag: string, props: Readonly<Record<string, Value>> = {}, ...children: Child[]): Drawn {
  return { tag, props, children };
}

const known = new WeakMap<Node, Drawn>();

/** Elements with a key are looked for among their siblings; others are told by their place. */
function keyOf(drawn: Drawn | undefined): string | undefined {
  const key = drawn?.props['key'] ?? drawn?.props['id'];
  return key === undefined ? undefined : String(key);
}

const nameOf = (drawn: Drawn) => drawn.tag.split('.', 1)[0];

function isSame(node: Node | null, drawn: Drawn): boolean {
  const old = node && known.get(node);
  return !!old && nameOf(old) === nameOf(drawn) && keyOf(old) === keyOf(drawn);
}

/** Makes the children of `parent` look as described. What was there before the first time goes. */
export function paint(parent: Element, ...children: Child[]): void {
  const flat = children.flat(9) as readonly Exclude<Child, readonly Child[]>[];
  const isDrawn = (child: unknown): child is Drawn => typeof child === 'object' && child !== null;
  const keys = new Set(flat.filter(isDrawn).map(keyOf));
  let node = parent.firstChild;
  /** Puts `fresh` at this place: instead of what stands there, unless that is still wanted further on. */
  const place = (fresh: ChildNode) => {
    const key = node ? keyOf(known.get(node)) : undefined;
    if (node && (key === undefined || !keys.has(key))) node.replaceWith(fresh);
    else parent.insertBefore(fresh, node);
  };
  for (const child of flat) {
    let here: ChildNode;
    if (isDrawn(child)) {
      let found = node;
      if (keyOf(child) !== undefined) while (found && !isSame(found, child)) found = found.nextSibling;
      const same = found instanceof Element && isSame(found, child) ? found : null;
      const element = same ?? create(parent, child.tag);
      if (!same) place(element);
      else if (same !== node) parent.insertBefore(same, node);
      dress(element, child);
      here = element;
    } else {
      const text = child === null || child === undefined || child === false ? '' : String(child);
      if (node instanceof Text) {
        if (node.data !== text) node.data = text;
        here = node;
      } else place((here = document.createTextNode(text)));
    }
    node = here.nextSibling;
  }
  while (node) {
    const next: ChildNode | null = node.nextSibling;
    node.remove();
    node = next;
  }
}

function create(parent: Element, tag: string): Element {
  const [name = 'div', ...classes] = tag.split('.');
  const space = name === 'svg' ? 'http://www.w3.org/2000/svg' : parent.namespaceURI;
  const element = document.createElementNS(space, name);
  if (classes.length > 0) element.setAttribute('class', classes.join(' '));
  return element;
}

function dress(element: Element, drawn: Drawn): void {
  const before = known.get(element);
  known.set(element, drawn);
  if (before && before.tag !== drawn.tag)
    element.setAttribute('class', drawn.tag.split('.').slice(1).join(' '));
  for (const name of Object.keys({ ...before?.props, ...drawn.props })) {
    const value = drawn.props[name];
    if (name === 'checked' || (name === 'value' && 'defaultValue' in element)) set(element, name, value);
    else if (value === before?.props[name] || name === 'key' || name === 'foreign') continue;
    else if (name.startsWith('on')) set(element, name, value ?? null);
    else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  if (!drawn.props['foreign']) paint(element, ...drawn.children);
}

function set(element: Element, name: string, value: Value): void {
  if (Reflect.get(element, name) !== value) Reflect.set(element, name, value);
}
