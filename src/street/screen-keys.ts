/** What the keyboard can ask of the screen. */
export type KeyWishes = {
  search(): void;
  move(by: 1 | -1): void;
  close(): void;
  all(): void;
  help(): void;
  /** The view at this place, from 1. */
  view(place: number): void;
  /** Any other letter; true when it chose an action. */
  act(letter: string): boolean;
};

const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;

/** Listens for single keys; never while somebody writes, never in a dialog, never with Ctrl, Alt or ⌘. */
export function screenKeys(wishes: KeyWishes): (event: KeyboardEvent) => void {
  const keys: Record<string, () => void> = {
    '/': wishes.search,
    j: () => wishes.move(1),
    k: () => wishes.move(-1),
    Escape: wishes.close,
    '0': wishes.all,
    '?': wishes.help,
  };
  return (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') || writes(event.target)) return;
    const { key } = event;
    const wish = keys[key] ?? (/^[1-9]$/.test(key) ? () => wishes.view(Number(key)) : null);
    if (wish) wish();
    else if (!/^[a-z]$/i.test(key) || !wishes.act(key)) return;
    event.preventDefault();
  };
}
