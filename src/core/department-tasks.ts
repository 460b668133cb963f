import { isUnsolved } from './issue.ts';
import { byDeadline } from './queues.ts';
import type { Queued, QueueOwner } from './queues.ts';

/** The parts of a department's desk: what it leads (主办), what it assists with (协办), what it solved and others now look at. */
export const taskGroups = ['lead', 'assist', 'waiting'] as const;
export type TaskGroup = (typeof taskGroups)[number];

/** A department's part in somebody else's issue; `due` in epoch ms. */
export type Assist = { open: boolean; due: number | null };

/**
 * What a department has to do, each part by its clock. `assists` has its part in issues that others lead; an issue that is
 * in neither is not its own and stands nowhere.
 */
export function departmentTasks<T extends Queued>(
  issues: readonly T[],
  owner: Pick<QueueOwner, 'holds'>,
  assists: ReadonlyMap<number, Assist>,
): Record<TaskGroup, T[]> {
  const tasks: Record<TaskGroup, T[]> = { lead: [], assist: [], waiting: [] };
  for (const issue of issues) {
    const assist = assists.get(issue.id);
    if (owner.holds(issue)) {
      if (isUnsolved(issue.state)) tasks.lead.push(issue);
      else if (issue.state === 'resolved') tasks.waiting.push(issue);
    } else if (assist?.open) tasks.assist.push({ ...issue, dueAt: assist.due });
  }
  for (const group of taskGroups) tasks[group].sort(byDeadline);
  return tasks;
}
