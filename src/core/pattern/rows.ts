import type { IssueStore } from '../issue-store.ts';
import { issueStates } from '../issue-state.ts';

/** What patterns are read from: the store's typed columns, and which of its rows count. */
export type PatternRows = {
  readonly store: Pick<IssueStore, 'columns' | 'categories'>;
  readonly rows: Uint32Array;
};

/** How often each thing came, the most frequent first; what came first wins a tie. */
export type Tally<T> = { readonly key: T; readonly count: number }[];

export function tally<T>(keys: Iterable<T>): Tally<T> {
  const counts = new Map<T, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count);
}

const settled = issueStates.indexOf('closed');

/** Still on somebody's desk. */
export const isOpenRow = ({ store }: PatternRows, row: number): boolean =>
  (store.columns.state[row] ?? settled) < settled;

/** The category's code, or null for an issue without one. */
export const causeOf = ({ store }: PatternRows, row: number): string | null =>
  store.categories[store.columns.category[row] ?? -1] ?? null;
