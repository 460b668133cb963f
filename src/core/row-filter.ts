import type { IssueStore } from './issue-store.ts';

/** Which rows of the store are shown and in what order: the list, the counts and the map all go by it. */
export interface RowFilter {
  /** The rows of `among` (of all rows when left out) that are shown, in list order. */
  rows(store: IssueStore, among?: Uint32Array): Uint32Array;
  /** Below zero when row `a` stands before row `b` in the list; never zero for two rows. */
  compare(store: IssueStore, a: number, b: number): number;
}

/** Everything, oldest first. */
export const everyRow: RowFilter = {
  rows: (store, among) => among ?? Uint32Array.from({ length: store.size }, (_, row) => row),
  compare: (_store, a, b) => a - b,
};
