/** A text laid out in lines of one size. */
export interface FittedText {
  /** In the unit of the given width. */
  size: number;
  lines: string[];
}

/** Width of a character in ems: Chinese and full-width ones are square, others a little over half. */
const widthOf = (character: string): number => (/[ᄀ-￮]/u.test(character) ? 1 : 0.58);

const measure = (text: string): number =>
  [...text].reduce((width, character) => width + widthOf(character), 0);

/** Words stay whole; Chinese may break between any two characters, but no line begins with a mark that closes. */
const pieces = (text: string): string[] =>
  text.match(/(?:[!-~]+|[（《“]?[^\s!-~])[，。、；：！？）》”·]*|\s+/gu) ?? [];

function wrap(text: string, ems: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (line && measure(line + piece.trimEnd()) > ems) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()].filter(Boolean);
}

/** Evens the lines out, so that none ends with a single character. */
function balanced(text: string, ems: number): string[] {
  const lines = wrap(text, ems);
  for (let narrow = measure(text) / lines.length; narrow < ems; narrow += 0.5) {
    const even = wrap(text, narrow);
    if (even.length === lines.length && even.every((line) => measure(line) <= ems)) return even;
  }
  return lines;
}

/**
 * The largest size from `size` down to `least` at which `text` fits into `most` lines of `width`; at the smallest size what is
 * too long is cut with an ellipsis.
 */
export function fitText(text: string, width: number, most: number, size: number, least: number): FittedText {
  for (let at = size; at >= least; at -= size / 40) {
    const lines = balanced(text, width / at);
    if (lines.length <= most && lines.every((line) => measure(line) * at <= width))
      return { size: at, lines };
  }
  const lines = wrap(text, width / least);
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] = `${(kept[most - 1] ?? '').slice(0, -1)}…`;
  return { size: least, lines: kept };
}
