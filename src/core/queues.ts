import type { HolderLevel } from './issue.ts';
import { isUnsolved } from './issue.ts';
import type { IssueRow } from './issue-store.ts';
import type { Role } from './person.ts';

/** The work queues of the street in the order they are worked off. */
export const workQueues = ['triage', 'decide', 'verify', 'returned'] as const;
export type WorkQueue = (typeof workQueues)[number];

export type Queued = Pick<IssueRow, 'id' | 'state' | 'step' | 'asked' | 'holderLevel' | 'holder' | 'dueAt'>;

/** Whose queues they are. */
export type QueueOwner = {
  /** We have to act on it. */
  holds(issue: Pick<IssueRow, 'holderLevel' | 'holder'>): boolean;
  /** It is held one level below us: we decide what its holder asks and verify what they solved. */
  oversees(issue: Pick<IssueRow, 'holderLevel'>): boolean;
};

const below: Readonly<Partial<Record<Role, readonly HolderLevel[]>>> = {
  community_staff: ['courtyard'],
  // A department's matters are the street's to decide.
  street_staff: ['community', 'department'],
  street_leader: ['street'],
};

/** True when someone of this role decides and verifies what a holder of that level asks and solves. */
export const overseesLevel = (role: Role, holder: HolderLevel): boolean =>
  below[role]?.includes(holder) ?? false;

/** What of an issue waits for the level above its holder; null when nothing does. */
export function waitsAbove(issue: Pick<Queued, 'state' | 'step' | 'asked'>): 'decide' | 'verify' | null {
  if (issue.asked !== null && isUnsolved(issue.state)) return 'decide';
  return issue.state === 'resolved' && issue.step === 'verify' ? 'verify' : null;
}

/** Tells which issues a department sent back. */
export type Returned = Pick<ReadonlySet<number>, 'has'>;

/**
 * The queue an issue waits in for this owner, null when it doesn't wait for them. `returned` are the ids of those
 * that a department sent back and nobody has dispatched since.
 */
export function queueOf(issue: Queued, owner: QueueOwner, returned: Returned = new Set()): WorkQueue | null {
  const above = owner.oversees(issue) ? waitsAbove(issue) : null;
  if (above) return above;
  if (!isUnsolved(issue.state) || !owner.holds(issue)) return null;
  return returned.has(issue.id) ? 'returned' : 'triage';
}

/** By deadline, so that the longest overdue come first; those whose clock is paused come last. */
export const byDeadline = (a: Pick<Queued, 'dueAt' | 'id'>, b: Pick<Queued, 'dueAt' | 'id'>): number =>
  (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.id - b.id;

/** Every queue in its order. */
export function queued<T extends Queued>(
  issues: readonly T[],
  owner: QueueOwner,
  returned: Returned,
): Record<WorkQueue, T[]> {
  const queues: Record<WorkQueue, T[]> = { triage: [], decide: [], verify: [], returned: [] };
  for (const issue of issues) {
    const queue = queueOf(issue, owner, returned);
    if (queue) queues[queue].push(issue);
  }
  for (const queue of workQueues) queues[queue].sort(byDeadline);
  return queues;
}

/** How many of these are past their deadline at `now` (epoch ms). */
export const countLate = (issues: readonly Pick<Queued, 'dueAt'>[], now: number): number =>
  issues.filter(({ dueAt }) => dueAt !== null && dueAt <= now).length;

/** A department's return of an issue, as the issue's history tells it. */
export type Return = {
  issueId: number;
  departmentId: number | null;
  reason: string;
  at: string;
  /** How often it came back by then; after the second the street's ruling is final. */
  count: number;
};

export type ReturnEvent = {
  issue_id: number;
  seq: number;
  action: string;
  at: string;
  from_department_id: number | null;
  reason: string | null;
};

/** The returns nobody has answered with a new dispatch, by issue; from every `send_back` and `dispatch` of those issues. */
export function standingReturns(events: readonly ReturnEvent[]): ReadonlyMap<number, Return> {
  const standing = new Map<number, Return>();
  const counts = new Map<number, number>();
  for (const event of [...events].sort((a, b) => a.seq - b.seq)) {
    const { issue_id: issueId, at } = event;
    if (event.action !== 'send_back') {
      standing.delete(issueId);
      continue;
    }
    const count = (counts.get(issueId) ?? 0) + 1;
    counts.set(issueId, count);
    standing.set(issueId, {
      issueId,
      departmentId: event.from_department_id,
      reason: event.reason ?? '',
      at,
      count,
    });
  }
  return standing;
}
