import type { Readings } from './readings.ts';

/** Texts are compared in one width and case. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** More words than this are one long quotation; the rest is searched for as one. */
const mostWords = 31;

export function wordsOf(text: string): string[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  return words.length <= mostWords
    ? words
    : [...words.slice(0, mostWords - 1), words.slice(mostWords - 1).join(' ')];
}

/** Tells whether a text says what one looks for. */
type Finder = (folded: string) => boolean;

const isHan = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

/**
 * Finds a word of Latin letters as pinyin: whole syllables, initials or a mixture, the last one as far as it is written,
 * with digits and letters as they stand. `dongsj23` finds 东胜街23号.
 */
function pinyinFinder(word: string, readings: Readings): Finder {
  const first = word.charCodeAt(0);
  const starts = readings.starting(word[0] ?? '');

  function goesOn(text: string, at: number, from: number): boolean {
    if (from >= word.length) return true;
    if (at >= text.length) return false;
    const code = text.charCodeAt(at);
    if (code === word.charCodeAt(from)) return goesOn(text, at + 1, from + 1);
    if (!isHan(code)) return false;
    return readings.of(code).some((reading) => {
      let same = 0;
      while (same < reading.length && reading[same] === word[from + same]) same++;
      if (same === 0) return false;
      if (from + same === word.length) return true;
      if (same === reading.length && goesOn(text, at + 1, from + same)) return true;
      // Initials; zh, ch and sh count as one sound.
      if (reading[1] === 'h' && same >= 2 && goesOn(text, at + 1, from + 2)) return true;
      return reading.length > 1 && goesOn(text, at + 1, from + 1);
    });
  }

  return (text) => {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if ((code === first || starts[code] === 1) && goesOn(text, at, 0)) return true;
    }
    return false;
  };
}

/** One letter alone would find nearly everything by its sound. */
const soundable = /^[a-z][a-z0-9]+$/;

/** One finder a word: as it stands, and by its sound once the readings are here. */
export const finders = (text: string, readings: Readings | null): Finder[] =>
  wordsOf(text).map((word) => {
    const plain: Finder = (said) => said.includes(word);
    if (!readings || !soundable.test(word)) return plain;
    const sound = pinyinFinder(word, readings);
    return (said) => plain(said) || sound(said);
  });

/** Which of the words a text says, as bits. */
export function saidBits(find: readonly Finder[], folded: string): number {
  let bits = 0;
  for (let at = 0; at < find.length; at++) if (find[at]?.(folded)) bits |= 1 << at;
  return bits;
}

/** Folded texts by row, kept so that each is folded once however often one searches. */
export class FoldedTexts {
  #raw: string[] = [];
  #folded: string[] = [];

  get(row: number, raw: string): string {
    if (this.#raw[row] === raw) return this.#folded[row] ?? '';
    this.#raw[row] = raw;
    return (this.#folded[row] = fold(raw));
  }
}
