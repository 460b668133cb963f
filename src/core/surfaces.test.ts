import { expect, it } from 'vitest';
import type { Person, Role } from './person.ts';
import { surfacesOf } from './surfaces.ts';

const person = (...roles: Role[]): Person => ({
  id: '1',
  name: '周航',
  memberships: roles.map((role) => ({ role, area: null, department: null })),
  street: { id: 1, name: '少城街道', bounds: null },
  topics: [],
  home_topic: 'area:1',
});

it('offers each the pages they work on', () => {
  expect(surfacesOf(person('admin'))).toEqual(['street', 'admin']);
  expect(surfacesOf(person('department_staff'))).toEqual(['street']);
  expect(surfacesOf(person('grid_worker'))).toEqual(['street', 'community']);
  expect(surfacesOf(person('street_staff', 'community_staff', 'admin'))).toEqual([
    'street',
    'community',
    'admin',
  ]);
});
