import { describe, expect, it } from 'vitest';
import { fillOpacity, swatches, swatchOf, unknownSwatch } from './swatches.ts';
import type { Scale } from './swatches.ts';

type Triple = readonly [number, number, number];

/** Linear RGB as dichromats see it: Machado, Oliveira and Fernandes 2009, severity 1. */
const eyes: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  'full colour': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};
const grounds = { light: '#f7f6f3', dark: '#16181b' } as const;

const bytes = (hex: string): Triple => [
  parseInt(hex.slice(1, 3), 16),
  parseInt(hex.slice(3, 5), 16),
  parseInt(hex.slice(5, 7), 16),
];
const apply = (rows: readonly [Triple, Triple, Triple], [r, g, b]: Triple): Triple => {
  const [x, y, z] = rows.map(([a, c, d]) => Math.min(1, Math.max(0, a * r + c * g + d * b)));
  return [x ?? 0, y ?? 0, z ?? 0];
};
const linear = (byte: number): number =>
  byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;

/** A fill as it lies on the map's ground, in linear light. */
const laid = (hex: string, ground: string): Triple => {
  const [over, under] = [bytes(hex), bytes(ground)];
  const mix = (at: 0 | 1 | 2): number => linear(over[at] * fillOpacity + under[at] * (1 - fillOpacity));
  return [mix(0), mix(1), mix(2)];
};

/** OKLab (Ottosson 2020): equal steps look about equally far apart. */
function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** How far apart two fills look to these eyes; below 2 nobody tells them apart, and a legend wants much more. */
function apart(one: string, other: string, theme: 'light' | 'dark', eye: string): number {
  const matrix = eyes[eye];
  if (!matrix) throw new Error(eye);
  const [a, b] = [one, other].map((hex) => oklab(apply(matrix, laid(hex, grounds[theme]))));
  return 100 * Math.hypot(...(a ?? []).map((value, at) => value - (b?.[at] ?? 0)));
}

const scales: Scale[] = ['amount', 'late', 'kind', 'fresh', 'pair'];
const cases = (['light', 'dark'] as const).flatMap((theme) =>
  Object.keys(eyes).flatMap((eye) => scales.map((scale) => ({ theme, eye, scale }))),
);

describe('any two classes of a theme look different', () => {
  it.each(cases)('$scale, $theme, $eye', ({ theme, eye, scale }) => {
    const colours = swatches[theme][scale];
    const close = colours.flatMap((one, at) =>
      colours
        .slice(at + 1)
        .map((other) => ({ pair: `${one} ${other}`, apart: apart(one, other, theme, eye) }))
        .filter((pair) => pair.apart < 9),
    );
    expect(close).toEqual([]);
  });

  it.each(cases)('$scale, $theme, $eye: what is unknown is no class', ({ theme, eye, scale }) => {
    const close = swatches[theme][scale]
      .map((colour) => ({ colour, apart: apart(colour, unknownSwatch[theme], theme, eye) }))
      .filter((pair) => pair.apart < 5);
    expect(close).toEqual([]);
  });
});

describe('amounts', () => {
  it.each(['light', 'dark'] as const)('go one way in lightness, %s', (theme) => {
    for (const scale of ['amount', 'late'] as const) {
      const light = swatches[theme][scale].map((hex) => oklab(laid(hex, grounds[theme]))[0]);
      const sorted = light.toSorted((a, b) => (theme === 'light' ? b - a : a - b));
      expect(light).toEqual(sorted);
    }
  });

  it('keep the whole reach of the scale when there are fewer classes', () => {
    expect(swatchOf('light', 'amount', 0, 2)).toBe(swatches.light.amount[0]);
    expect(swatchOf('light', 'amount', 1, 2)).toBe(swatches.light.amount[4]);
    expect(swatchOf('light', 'amount', 0, 1)).toBe(swatches.light.amount[4]);
  });
});
