import type { HolderLevel } from './issue.ts';

/** Who is signed in, as `me()` says. */
export interface Person {
  id: string;
  name: string;
  memberships: Membership[];
  street: { id: number; name: string; bounds: [number, number, number, number] | null };
  /** Realtime topics this person may follow. */
  topics: string[];
  home_topic: string;
}

export type Role =
  'grid_worker' | 'community_staff' | 'street_staff' | 'street_leader' | 'admin' | 'department_staff';

export interface Membership {
  role: Role;
  area: { id: number; name: string; level: string } | null;
  department: { id: number; name: string } | null;
}

const levels: Record<Role, HolderLevel> = {
  grid_worker: 'courtyard',
  community_staff: 'community',
  street_staff: 'street',
  street_leader: 'street',
  admin: 'street',
  department_staff: 'department',
};

/** The membership by which a person works in the yard or the community; null for street and department accounts. */
export const communityMembership = (person: Person): Membership | null =>
  person.memberships.find(({ role }) => role === 'community_staff') ??
  person.memberships.find(({ role }) => role === 'grid_worker') ??
  null;

/** The rung of the ladder a role works on. */
export const levelOf = (role: Role): HolderLevel => levels[role];

/** Name of the office a membership stands for. */
export const officeOf = (membership: Membership): string =>
  membership.department?.name ?? membership.area?.name ?? '';
