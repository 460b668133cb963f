/** Breaks are the lower bounds of all classes but the first, rising. Three breaks make four classes. */
export type Breaks = readonly number[];

/** The class a value falls into, from 0: a value that equals a break belongs above it. */
export const classOf = (value: number, breaks: Breaks): number =>
  breaks.reduce((found, from) => (value >= from ? found + 1 : found), 0);

/**
 * Breaks that part the values into at most `classes` classes of about the same number of values each. Equal values are never
 * parted, so there are fewer classes where many are equal; none for no values or all the same.
 */
export function quantileBreaks(values: readonly number[], classes: number): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const [least] = sorted;
  const found = new Set<number>();
  for (let at = 1; at < classes; at++) {
    const value = sorted[Math.floor((at * sorted.length) / classes)];
    if (value !== undefined && least !== undefined && value > least) found.add(value);
  }
  return [...found];
}

/** Rounds breaks to what a legend can say in `digits` decimals, as long as they stay apart. */
export function roundBreaks(breaks: Breaks, digits: number): number[] {
  const step = 10 ** digits;
  const rounded = breaks.map((value) => Math.round(value * step) / step);
  return new Set(rounded).size === rounded.length ? rounded : [...breaks];
}
