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

export type ListFilter = {
  text: string;
  /** Only these parts; all when empty. */
  groups: ReadonlySet<ListGroup>;
  community: number | null;
};

export const noListFilter: ListFilter = { text: '', groups: new Set(), community: null };

/** The same set with this one in it if it was not, out of it if it was. */
export function toggled<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

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

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** True when every word of the text is found in number, what, courtyard, address or holder, and the rest fits too. */
export function passes(issue: ListedIssue, filter: ListFilter): boolean {
  if (filter.groups.size > 0 && !filter.groups.has(issue.group)) return false;
  if (filter.community !== null && issue.courtyard?.communityId !== filter.community) return false;
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { number, what, holder, courtyard } = issue;
  const said = fold([number, what, holder, courtyard?.name, courtyard?.address].join('\n'));
  return words.every((word) => said.includes(word));
}

/** What is over by its latest number, everything else by its deadline; those without one come last. */
function before(a: ListedIssue, b: ListedIssue): number {
  if (a.group === 'resolved' || a.group === 'ended') return b.createdAt - a.createdAt || b.id - a.id;
  return (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.id - b.id;
}

/** The parts in their order, sorted; parts with nothing in them are left out. */
export function grouped(issues: readonly ListedIssue[]): { group: ListGroup; issues: ListedIssue[] }[] {
  return listGroups
    .map((group) => ({ group, issues: issues.filter((issue) => issue.group === group).sort(before) }))
    .filter((part) => part.issues.length > 0);
}

/** How many issues each part has. */
export function countGroups(issues: readonly ListedIssue[]): Record<ListGroup, number> {
  const counts = { late: 0, decide: 0, verify: 0, mine: 0, submitted: 0, handling: 0, resolved: 0, ended: 0 };
  for (const { group } of issues) counts[group]++;
  return counts;
}
