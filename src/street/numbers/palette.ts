/** The page's own colours as they are now, for what is drawn outside of CSS. */
export interface Palette {
  ink: string;
  soft: string;
  line: string;
  surface: string;
  quiet: string;
  indigo: string;
  jade: string;
  font: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: token('ink'),
    soft: token('ink-soft'),
    line: token('line'),
    surface: token('surface'),
    quiet: token('line-strong'),
    indigo: token('indigo'),
    jade: token('jade'),
    font: token('font'),
  };
}
