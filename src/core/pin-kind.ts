import type { IssueState } from './issue.ts';

/** What a pin says by its shape: ring, disc, notched disc, ring with tick, small dot. */
export const pinKinds = ['late', 'submitted', 'handling', 'resolved', 'ended'] as const;
export type PinKind = (typeof pinKinds)[number];

const openStates: readonly IssueState[] = ['submitted', 'handling'];

/** True when the issue still waits for somebody and its deadline has passed; times in epoch seconds. */
export function isLate(issue: { state: IssueState; dueAt: number | null }, now: number): boolean {
  return issue.dueAt !== null && issue.dueAt <= now && openStates.includes(issue.state);
}

/** The one shape an issue is drawn with now. */
export function pinKind(issue: { state: IssueState; dueAt: number | null }, now: number): PinKind {
  if (isLate(issue, now)) return 'late';
  if (issue.state === 'submitted' || issue.state === 'handling' || issue.state === 'resolved')
    return issue.state;
  return 'ended';
}
