/** Light or dark, and the large type of 长者版: kept on this device, written to <html data-…>, read by tokens.css. */

export type Theme = 'auto' | 'light' | 'dark';
export type TypeSize = 'normal' | 'large';

function remembered(slot: string): string | null {
  try {
    return localStorage.getItem(slot);
  } catch {
    return null;
  }
}

function remember(slot: string, value: string): void {
  try {
    localStorage.setItem(slot, value);
  } catch {
    // Storage is closed in some private windows: the choice then lasts as long as the page.
  }
}

const data = () => document.documentElement.dataset;

export function currentTheme(): Theme {
  const theme = remembered('courtyard.theme');
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

export function setTheme(theme: Theme): void {
  if (theme === 'auto') delete data()['theme'];
  else data()['theme'] = theme;
  remember('courtyard.theme', theme);
}

export function currentSize(): TypeSize {
  return remembered('courtyard.size') === 'large' ? 'large' : 'normal';
}

export function setSize(size: TypeSize): void {
  if (size === 'large') data()['size'] = size;
  else delete data()['size'];
  remember('courtyard.size', size);
}

/** Call once before the first paint of a surface. */
export function applyDisplay(): void {
  setTheme(currentTheme());
  setSize(currentSize());
}
