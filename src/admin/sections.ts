import type { Person } from '../core/person.ts';

/** The administrator's pages, in the order of the menu; each has its address, `?section=…`. */
export const sections = [
  'categories',
  'duties',
  'urgencies',
  'calendar',
  'codes',
  'held',
  'fields',
  'labels',
  'handover',
  'hooks',
  'bases',
  'history',
  'exports',
  'check',
] as const;
export type Section = (typeof sections)[number];

/** What a person may open here: the administrator all, a leader what tells of changes, others nothing. */
export function sectionsOf(person: Person): readonly Section[] {
  const has = (role: string): boolean => person.memberships.some((membership) => membership.role === role);
  if (has('admin')) return sections;
  return has('street_leader') ? ['history', 'exports', 'check'] : [];
}
