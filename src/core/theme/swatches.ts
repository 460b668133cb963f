/** The colours of the courtyards' themes. The map's fills and the legend's boxes read them from here. */
export type Scale = 'amount' | 'late' | 'kind' | 'fresh' | 'pair';

/** From the first class to the last. Amounts go from nearly the ground to what stands out most, in both themes. */
export const swatches: Readonly<Record<'light' | 'dark', Readonly<Record<Scale, readonly string[]>>>> = {
  light: {
    amount: ['#ebf4f6', '#aacaef', '#7a9fce', '#3f74b3', '#163a78'],
    late: ['#f4efe8', '#fac086', '#e08a66', '#bb4a3c', '#6f1218'],
    kind: ['#7fa9d6', '#d9a441', '#357a82', '#8c2830'],
    fresh: ['#074e48', '#5eb0a5', '#d5e6dd', '#eac16f', '#905402'],
    pair: ['#ebe8e0', '#34558b'],
  },
  dark: {
    amount: ['#1d2836', '#2f4a70', '#4672ab', '#77a8e4', '#c9e0fd'],
    late: ['#291a1b', '#683428', '#aa5034', '#e27c62', '#ffcfb8'],
    kind: ['#89b8f8', '#c8962e', '#477a4e', '#fbafa4'],
    fresh: ['#214d52', '#4fa595', '#c6e6da', '#e1b158', '#8c5207'],
    pair: ['#292b2e', '#86a8e0'],
  },
};

/** What is not known. */
export const unknownSwatch = { light: '#c4c0b8', dark: '#5b5e62' } as const;

/** How much of the ground a fill covers, so that lanes and buildings stay legible under it. */
export const fillOpacity = 0.78;

/** The colour of class `at` of `count` classes: with fewer classes than colours they keep the whole reach of the scale. */
export function swatchOf(theme: 'light' | 'dark', scale: Scale, at: number, count: number): string {
  const colours = swatches[theme][scale];
  const last = colours.length - 1;
  const stretched =
    scale === 'amount' || scale === 'late' ? (count > 1 ? (at * last) / (count - 1) : last) : at;
  return colours[Math.min(last, Math.round(stretched))] ?? unknownSwatch[theme];
}
