import type { Person, Role } from './person.ts';

/** The staff's pages. */
export type Surface = 'street' | 'community' | 'admin';

const open: Record<Role, readonly Surface[]> = {
  grid_worker: ['community', 'street'],
  community_staff: ['community', 'street'],
  street_staff: ['street'],
  street_leader: ['street', 'admin'],
  admin: ['street', 'admin'],
  department_staff: ['street'],
};

/** The pages a person may use, in the order they are offered. Leaders only read under `admin`. */
export const surfacesOf = (person: Person): Surface[] =>
  (['street', 'community', 'admin'] as const).filter((surface) =>
    person.memberships.some(({ role }) => open[role].includes(surface)),
  );
