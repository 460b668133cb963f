import { ApiError } from './api-error.ts';
import type { IssueState } from './issue-state.ts';
import { isUnsolved, type ActionPayload, type HolderLevel } from './issue.ts';

/** Many issues moved in one go, each decided and answered on its own. What is asked here the server asks again. */

/** What a list must know of an issue to move it together with others. */
export interface BulkRow {
  id: number;
  number: string;
  what: string;
  version: number;
  state: IssueState;
  holder_level: HolderLevel;
  /** The person's office has to act. */
  mine: boolean;
  category: string | null;
}

export const bulkActions = ['accept', 'hand_up', 'dispatch', 'merge'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** Whether someone who works at `level` may likely do this to the row; a community may take over what lies unaccepted in its yards. */
export function bulkAllows(action: BulkAction, row: BulkRow, level: HolderLevel): boolean {
  switch (action) {
    case 'accept':
      return (
        row.state === 'submitted' &&
        row.holder_level !== 'department' &&
        (row.mine || (level === 'community' && row.holder_level === 'courtyard'))
      );
    case 'hand_up':
      return (
        row.mine &&
        row.state === 'handling' &&
        (row.holder_level === 'courtyard' || row.holder_level === 'community')
      );
    case 'dispatch':
      return row.mine && row.holder_level === 'street' && isUnsolved(row.state);
    case 'merge':
      return (
        row.mine &&
        (row.holder_level === 'community' || row.holder_level === 'street') &&
        isUnsolved(row.state)
      );
  }
}

/** Another issue can be merged into it: it is still somebody's, or waits for the resident. */
export const takesMerges = ({ state }: BulkRow): boolean => isUnsolved(state) || state === 'resolved';

/** One row's share of a bulk action. */
export interface BulkOrder {
  row: BulkRow;
  payload: ActionPayload;
}

/** Where the chosen row goes when dispatched, as it is written: the category's lead, or a department with its ruling. */
export interface DispatchChoice {
  department: number | null;
  ruling: string;
}

/** What a dispatch still lacks: a department, or, when that does not lead the category, its ruling. */
export function dispatchLacks(
  { department, ruling }: DispatchChoice,
  lead: number | null,
): 'department' | 'ruling' | null {
  if (department === null) return 'department';
  return department !== lead && ruling.trim() === '' ? 'ruling' : null;
}

export function dispatchPayload({ department, ruling }: DispatchChoice, lead: number | null): ActionPayload {
  const words = ruling.trim();
  if (department === null) return {};
  return department === lead || words === ''
    ? { department_id: department }
    : { department_id: department, ruling: words };
}

/** Who goes into the issue with this number: every row that may be merged, without the one that stays. */
export const mergeOrders = (rows: readonly BulkRow[], into: string, level: HolderLevel): BulkOrder[] =>
  rows
    .filter((row) => row.number !== into && bulkAllows('merge', row, level))
    .map((row) => ({ row, payload: { into } }));

/** The very same request may be sent again: no answer came, or one had to sign in first. */
export const sendsAgain = (error: ApiError): boolean => error.passing || error.code === 'not_signed_in';

/** Works through all items, at most `most` at a time; `work` must not throw. */
export async function sideBySide<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
}
