import { causeOf, isOpenRow } from './rows.ts';
import type { PatternRows } from './rows.ts';

/** The same trouble in the same courtyard again and again: “三个月内这里漏水 3 次”. */
export type Finding = {
  readonly courtyard: number;
  readonly cause: string;
  readonly count: number;
  readonly open: number;
  /** Epoch seconds of the first and the last of these. */
  readonly first: number;
  readonly last: number;
  readonly rows: Uint32Array;
};

/** From how many times on, within how many days, it is worth saying. */
export const findingRule = { least: 3, days: 90 } as const;

const DAY = 86_400;

/** What happened `least` times or more within `days` days; of each trouble the fullest such stretch, the latest of equals. */
export function findings(
  from: PatternRows,
  { least, days }: { least: number; days: number } = findingRule,
): Finding[] {
  const { courtyard, created } = from.store.columns;
  const byPlace = new Map<string, { courtyard: number; cause: string; rows: number[] }>();
  for (const row of from.rows) {
    const [yard, cause] = [courtyard[row] ?? NaN, causeOf(from, row)];
    if (Number.isNaN(yard) || cause === null) continue;
    const key = `${yard} ${cause}`;
    const known = byPlace.get(key);
    if (known) known.rows.push(row);
    else byPlace.set(key, { courtyard: yard, cause, rows: [row] });
  }
  const found: Finding[] = [];
  for (const { rows, ...about } of byPlace.values()) {
    if (rows.length < least) continue;
    rows.sort((a, b) => (created[a] ?? 0) - (created[b] ?? 0));
    let [begin, best, most] = [0, 0, 0];
    rows.forEach((row, end) => {
      while ((created[row] ?? 0) - (created[rows[begin] ?? 0] ?? 0) > days * DAY) begin++;
      if (end - begin + 1 >= most) [best, most] = [begin, end - begin + 1];
    });
    if (most < least) continue;
    const inside = Uint32Array.from(rows.slice(best, best + most));
    found.push({
      ...about,
      count: most,
      open: inside.filter((row) => isOpenRow(from, row)).length,
      first: created[inside[0] ?? 0] ?? NaN,
      last: created[inside.at(-1) ?? 0] ?? NaN,
      rows: inside,
    });
  }
  return found.sort((a, b) => b.count - a.count || b.last - a.last);
}
