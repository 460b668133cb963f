/** What the keyboard can ask of the desk. */
export interface DeskWishes {
  /** The next (1) or previous (-1) issue; `extend` chooses what lies between to be moved together. */
  step(by: 1 | -1, extend: boolean): void;
  /** Chooses the open issue to be moved with others. */
  pick(): void;
  /** Into the open issue's buttons. */
  enter(): void;
  search(): void;
  report(): void;
  help(): void;
  /** One step back, out of what is being written or what is open. */
  back(): void;
  /** A letter of its own for every action. */
  action(letter: string): void;
}

/** A row's own box takes no letters. */
const writes = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement && target.closest('input:not([data-pick]), textarea, select') !== null;

/** Listens for single keys: never while somebody writes or a dialog is open, never with Ctrl, Alt or ⌘. */
export function deskKeys(wishes: DeskWishes): (event: KeyboardEvent) => void {
  const keys: Record<string, () => void> = {
    j: () => wishes.step(1, false),
    k: () => wishes.step(-1, false),
    J: () => wishes.step(1, true),
    K: () => wishes.step(-1, true),
    '/': wishes.search,
    i: wishes.report,
    '?': wishes.help,
  };
  /** On a button these press it. */
  const bare: Record<string, () => void> = { Enter: wishes.enter, ' ': wishes.pick };

  return (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]')) return;
    if (key === 'Escape') {
      if (writes(target)) target.blur();
      else wishes.back();
      return;
    }
    if (writes(target)) return;
    const wish = keys[key] ?? (target === document.body ? bare[key] : undefined);
    if (wish) {
      event.preventDefault();
      wish();
    } else if (/^[a-z]$/i.test(key) && !event.repeat) wishes.action(key);
  };
}
