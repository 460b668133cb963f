import { isOpen, issueStates, markOf } from '../issue-state.ts';

/** The columns of the issue store that counting needs: courtyards' ids (NaN: none), states by index, due in epoch seconds. */
export type CountedColumns = Readonly<Record<'courtyard' | 'due', Float64Array>> & {
  readonly state: Uint8Array;
};

const open = issueStates.map(isOpen);
/** States a deadline can overtake. */
const running = issueStates.map((state) => markOf(state, 0, 1) === 'late');

/**
 * How many issues of the first `size` rows are open in each of the courtyards, or late at `now` (epoch ms); 0 where there
 * are none.
 */
export function countIssues(
  what: 'open' | 'late',
  { courtyard, state, due }: CountedColumns,
  size: number,
  courtyards: Iterable<number>,
  now: number,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of courtyards) counts.set(id, 0);
  const counted = what === 'open' ? open : running;
  const until = what === 'open' ? Infinity : now / 1000;
  for (let row = 0; row < size; row++) {
    if (!counted[state[row] ?? 255]) continue;
    if (what === 'late' && !((due[row] ?? NaN) <= until)) continue;
    const id = courtyard[row] ?? NaN;
    const count = counts.get(id);
    if (count !== undefined) counts.set(id, count + 1);
  }
  return counts;
}
