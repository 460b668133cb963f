import type { Theme } from './palette.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** From few to many, told apart by lightness too, so that it reads without colour. */
const few: Record<Theme, readonly Rgb[]> = {
  light: [
    [252, 236, 196],
    [247, 205, 140],
    [234, 164, 90],
    [213, 119, 62],
    [181, 74, 42],
    [132, 38, 28],
  ],
  dark: [
    [66, 52, 40],
    [104, 70, 44],
    [150, 92, 50],
    [199, 122, 62],
    [232, 168, 92],
    [250, 222, 160],
  ],
};

/** From fewer than before to more; what stayed the same is in the middle. Blue and orange: no colour blindness mixes them. */
const change: Record<Theme, readonly Rgb[]> = {
  light: [
    [38, 74, 136],
    [94, 132, 190],
    [170, 192, 222],
    [226, 224, 218],
    [240, 190, 150],
    [219, 134, 86],
    [166, 52, 34],
  ],
  dark: [
    [150, 188, 246],
    [92, 128, 188],
    [54, 74, 108],
    [58, 60, 62],
    [110, 70, 48],
    [184, 108, 62],
    [250, 180, 120],
  ],
};

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** One class of hexagons for the legend: from, up to and with; `to` null: and more, `from` null: and less. */
export type DensityClass = { colour: string; from: number | null; to: number | null };

/** How the counts of hexagons are coloured: the range deck.gl divides evenly among the colours. */
export class DensityScale {
  readonly colours: readonly Rgb[];
  /** How many issues one class spans. */
  readonly #step: number;
  readonly #change: boolean;

  /** `bound`: the most that any hexagon holds, or its greatest change. A few are far fuller than the rest: those share the last colour. */
  constructor(bound: number, isChange: boolean, theme: Theme) {
    this.#change = isChange;
    this.colours = (isChange ? change : few)[theme];
    const fit = Math.ceil(bound / (isChange ? 12 : 36));
    // Odd, so that as much lies below no change as above.
    this.#step = Math.max(1, isChange ? fit + 1 - (fit % 2) : fit);
  }

  get domain(): [number, number] {
    const { length } = this.colours;
    return this.#change
      ? [(-length * this.#step) / 2, (length * this.#step) / 2]
      : [0.5, length * this.#step + 0.5];
  }

  get classes(): DensityClass[] {
    const [least] = this.domain;
    const { length } = this.colours;
    return this.colours.map((colour, at) => {
      const from = Math.ceil(least + at * this.#step);
      return {
        colour: css(colour),
        from: this.#change && at === 0 ? null : from,
        to: at === length - 1 ? null : from + this.#step - 1,
      };
    });
  }
}

/** Heat has no counts: from cool to hot. */
export const heatColours = (theme: Theme): string[] => few[theme].map(css);
