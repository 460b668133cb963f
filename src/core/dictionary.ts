/** The number that stands for no entry. */
export const noEntry = 65_535;

/** Few words that many rows share: each word has a number of two bytes, and keeps it. */
export class Dictionary {
  #words: string[] = [];
  #numbers = new Map<string, number>();

  constructor(words: readonly string[] = []) {
    for (const word of words) this.number(word);
  }

  /** By number. Grows at the end and never changes otherwise. */
  get words(): readonly string[] {
    return this.#words;
  }

  /** The number of a word, a new one when it was not known; `noEntry` for null and for the empty word. */
  number(word: string | null | undefined): number {
    if (!word) return noEntry;
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#words.push(word) - 1;
    if (number >= noEntry) throw new RangeError(`More than ${noEntry} different words in one column.`);
    this.#numbers.set(word, number);
    return number;
  }

  word(number: number): string | null {
    return this.#words[number] ?? null;
  }
}
