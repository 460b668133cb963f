import { markOf } from './issue-state.ts';
import type { Mark } from './issue-state.ts';
import type { IssueRow } from './issue-store.ts';
import type { Courtyard } from './map-snapshot.ts';
import { waitsAbove } from './queues.ts';

/** The parts of the list beside the map, in reading order: what is late, what waits for us, what others do, what is done. */
export const listGroups = [
  'late',
  'decide',
  'verify',
  'mine',
  'submitted',
  'handling',
  'resolved',
  'ended',
] as const;
export type ListGroup = (typeof listGroups)[number];

/** One line of the list and one pin of the map. */
export type ListedIssue = IssueRow & { courtyard: Courtyard | null; mark: Mark; group: ListGroup };

/**
 * Which part an issue belongs to at `now` (epoch ms); `mine` tells whether we hold it, `oversees` whether we are over
 * its holder.
 */
export function listGroup(issue: IssueRow, now: number, mine: boolean, oversees = false): ListGroup {
  const mark = markOf(issue.state, issue.dueAt, now);
  if (mark === 'late') return 'late';
  const above = oversees ? waitsAbove(issue) : null;
  if (above) return above;
  if (issue.state === 'submitted' || issue.state === 'handling') return mine ? 'mine' : issue.state;
  return issue.state === 'resolved' ? 'resolved' : 'ended';
}
