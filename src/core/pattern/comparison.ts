import { causeOf, isOpenRow, tally } from './rows.ts';
import type { PatternRows } from './rows.ts';

/** One side of a comparison in figures. */
export type Side = {
  readonly issues: number;
  readonly open: number;
  /** Hours from report to end of those that have ended, the middle one; null when none has. */
  readonly medianHours: number | null;
  /** Courtyards that reported anything. */
  readonly courtyards: number;
};

/** How often a cause came on either side. */
export type CauseLine = {
  readonly cause: string | null;
  readonly a: number;
  readonly b: number;
};

export type Comparison = { readonly a: Side; readonly b: Side; readonly causes: readonly CauseLine[] };

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  values.sort((one, other) => one - other);
  const middle = values.length >> 1;
  const upper = values[middle] ?? 0;
  return values.length % 2 ? upper : ((values[middle - 1] ?? 0) + upper) / 2;
}

function sideOf(from: PatternRows): Side {
  const { created, ended, courtyard } = from.store.columns;
  const hours: number[] = [];
  const yards = new Set<number>();
  let open = 0;
  for (const row of from.rows) {
    if (isOpenRow(from, row)) open++;
    else if (!Number.isNaN(ended[row] ?? NaN)) hours.push(((ended[row] ?? 0) - (created[row] ?? 0)) / 3600);
    if (!Number.isNaN(courtyard[row] ?? NaN)) yards.add(courtyard[row] ?? 0);
  }
  return { issues: from.rows.length, open, medianHours: median(hours), courtyards: yards.size };
}

/** Two sets of issues side by side; the causes in the order in which they differ most. */
export function compare(a: PatternRows, b: PatternRows): Comparison {
  const count = (side: PatternRows) =>
    new Map(tally([...side.rows].map((row) => causeOf(side, row))).map((one) => [one.key, one.count]));
  const [inA, inB] = [count(a), count(b)];
  const causes = [...new Set([...inA.keys(), ...inB.keys()])]
    .map((cause) => ({ cause, a: inA.get(cause) ?? 0, b: inB.get(cause) ?? 0 }))
    .sort(
      (one, other) =>
        Math.abs(other.b - other.a) - Math.abs(one.b - one.a) || other.a + other.b - one.a - one.b,
    );
  return { a: sideOf(a), b: sideOf(b), causes };
}

/** How many issues each courtyard had. */
export function perCourtyard({ store, rows }: PatternRows): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const yard = store.columns.courtyard[row] ?? NaN;
    if (!Number.isNaN(yard)) counts.set(yard, (counts.get(yard) ?? 0) + 1);
  }
  return counts;
}

/** Lower bounds of the classes in which both sides are drawn, so that one colour means one number on either map. */
export function sharedBreaks(...sides: readonly ReadonlyMap<number, number>[]): number[] {
  const most = Math.max(0, ...sides.flatMap((counts) => [...counts.values()]));
  // Most courtyards have one or two: quantiles would make one class of nearly all.
  return [2, 3, 5, 9].filter((from) => from <= most);
}
