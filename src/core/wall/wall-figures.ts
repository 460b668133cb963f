import { issueStates } from '../issue-state.ts';
import type { IssueStore } from '../issue-store.ts';
import { soonBefore } from '../filter/match-rows.ts';

export type WallFigures = {
  readonly open: number;
  readonly late: number;
  /** Due within four hours. */
  readonly soon: number;
  /** Nobody has accepted them yet. */
  readonly waiting: number;
  /** Reported since midnight. */
  readonly today: number;
  /** Rows that are late, the longest first. */
  readonly lateRows: Uint32Array;
  /** The rows reported last, the newest first. */
  readonly newest: readonly number[];
};

const handling = issueStates.indexOf('handling');
const resolved = issueStates.indexOf('resolved');
const submitted = issueStates.indexOf('submitted');

/** What the wall says in large figures, in one pass over the store. `now` and `midnight` in epoch seconds. */
export function wallFigures(
  store: Pick<IssueStore, 'size' | 'columns'>,
  now: number,
  midnight: number,
  newestCount = 6,
): WallFigures {
  const { state, due, created } = store.columns;
  let [open, soon, waiting, today] = [0, 0, 0, 0];
  const late: number[] = [];
  const newest: number[] = [];
  const at = (row: number): number => created[row] ?? 0;
  for (let row = 0; row < store.size; row++) {
    const is = state[row] ?? 0;
    if (at(row) >= midnight) today++;
    if (is > resolved) continue;
    open++;
    if (is === submitted) waiting++;
    const left = (due[row] ?? NaN) - now;
    if (is <= handling && left <= 0) late.push(row);
    else if (is <= handling && left <= soonBefore) soon++;
    const last = newest.at(-1);
    if (newest.length < newestCount || (last !== undefined && at(row) > at(last))) {
      if (newest.length === newestCount) newest.pop();
      const place = newest.findIndex((other) => at(other) < at(row));
      newest.splice(place < 0 ? newest.length : place, 0, row);
    }
  }
  late.sort((a, b) => (due[a] ?? 0) - (due[b] ?? 0));
  return { open, late: late.length, soon, waiting, today, lateRows: Uint32Array.from(late), newest };
}
