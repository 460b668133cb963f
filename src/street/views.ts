import type { Office } from './office.ts';

/** What the street's screen can show beside the map; `numbers` and the rest are fetched when first shown. */
export type View =
  'map' | 'queues' | 'tasks' | 'letters' | 'duties' | 'clocks' | 'round' | 'numbers' | 'table';

const ofRole: Readonly<Partial<Record<Office['role'], readonly View[]>>> = {
  street_staff: ['map', 'queues', 'letters', 'clocks', 'round', 'numbers', 'table'],
  street_leader: ['map', 'queues', 'letters', 'clocks', 'round', 'numbers', 'table'],
  admin: ['map', 'letters', 'clocks', 'round', 'numbers', 'table'],
  department_staff: ['map', 'tasks', 'duties', 'clocks', 'numbers', 'table'],
};

/** The views of an office in the order of their keys; whoever only looks at the map has the map. */
export const viewsOf = (office: Pick<Office, 'role'>): readonly View[] =>
  ofRole[office.role] ?? ['map', 'table'];

/** The view an address asks for, as far as this office has it. */
export function viewIn(url: URL, views: readonly View[]): View {
  const asked = url.searchParams.get('view');
  return views.find((view) => view === asked) ?? 'map';
}

/** The address that shows a view, keeping what is chosen. */
export function addressOfView(view: View, url: URL): string {
  const next = new URL(url);
  next.searchParams.delete('queue');
  if (view === 'map') next.searchParams.delete('view');
  else next.searchParams.set('view', view);
  return next.pathname + next.search + next.hash;
}
