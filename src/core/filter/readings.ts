const firstHan = 0x4e00;
const none: readonly string[] = [];

/**
 * How Chinese characters are read, without tones, all readings of each. From the text that the worker sends:
 * the readings of each character from U+4E00 on, `,` between readings and `;` between characters.
 */
export class Readings {
  #of: readonly (readonly string[])[];
  #starting = new Map<string, Uint8Array>();

  constructor(text: string) {
    const known = new Map<string, readonly string[]>();
    this.#of = text.split(';').map((said) => {
      const readings = known.get(said) ?? (said ? said.split(',') : none);
      known.set(said, readings);
      return readings;
    });
  }

  /** The readings of a character by its code. */
  of(code: number): readonly string[] {
    return this.#of[code - firstHan] ?? none;
  }

  /** By character code: 1 for characters with a reading that starts with this letter. */
  starting(letter: string): Uint8Array {
    const known = this.#starting.get(letter);
    if (known) return known;
    const codes = new Uint8Array(0x10000);
    this.#of.forEach((readings, at) => {
      if (readings.some((reading) => reading.startsWith(letter))) codes[at + firstHan] = 1;
    });
    this.#starting.set(letter, codes);
    return codes;
  }
}
