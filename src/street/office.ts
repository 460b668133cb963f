import type { Own } from '../core/filter/match-rows.ts';
import { holderLevels } from '../core/issue-columns.ts';
import type { IssueRow } from '../core/issue-store.ts';
import { levelOf, officeOf } from '../core/person.ts';
import type { Person, Role } from '../core/person.ts';
import { overseesLevel } from '../core/queues.ts';
import type { QueueOwner } from '../core/queues.ts';

/** Whose screen this is: the topic it follows, and which issues are its own to move. */
export type Office = QueueOwner & {
  /** The id of who is signed in. */
  person: string;
  name: string;
  role: Role;
  topic: string;
  bounds: [west: number, south: number, east: number, north: number] | null;
  /** The department's id; null for an office of the street. */
  departmentId: number | null;
  department: boolean;
  /** The same as `holds` and `oversees`, for whoever looks at columns. */
  own: Own;
  /** It belongs on this screen: for someone of several offices, a department's screen keeps to what it holds. */
  follows(issue: IssueRow): boolean;
};

const order: readonly Role[] = [
  'street_staff',
  'admin',
  'street_leader',
  'department_staff',
  'community_staff',
  'grid_worker',
];

/** The office a signed-in person works for here; null for an account without one. */
export function officeFor(person: Person): Office | null {
  const ranked = [...person.memberships].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const [membership] = ranked;
  if (!membership) return null;
  const level = levelOf(membership.role);
  const name = officeOf(membership);
  // Leaders and administrators look on.
  const acts = membership.role !== 'street_leader' && membership.role !== 'admin';
  const holds: Office['holds'] = (issue) => acts && issue.holderLevel === level && issue.holder === name;
  const department = level === 'department';
  const topic = membership.department
    ? `department:${membership.department.id}`
    : membership.area
      ? `area:${membership.area.id}`
      : person.home_topic;
  return {
    person: person.id,
    name,
    role: membership.role,
    topic: person.topics.includes(topic) ? topic : person.home_topic,
    bounds: person.street.bounds,
    departmentId: membership.department?.id ?? null,
    department,
    holds,
    own: {
      level: acts ? level : null,
      name,
      oversees: holderLevels.filter((holder) => overseesLevel(membership.role, holder)),
    },
    oversees: ({ holderLevel }) => overseesLevel(membership.role, holderLevel),
    follows: department && person.memberships.length > 1 ? holds : () => true,
  };
}
