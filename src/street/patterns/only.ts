import { fromParam, toParam } from '../../core/filter/issue-filter.ts';
import type { HotSpot } from '../../core/pattern/hot-spots.ts';
import type { Place } from '../place.svelte.ts';

/** Filters list, counts and map to one hot spot: its outline, and its cause when it is of one. One can go back. */
export function onlySpot(place: Place, { ring, cause }: HotSpot): void {
  const { filter } = fromParam(place.param('f'));
  // A filter's ring is open: its last corner is not its first again.
  const next = { ...filter, area: { kind: 'polygon' as const, ring: ring.slice(0, -1) } };
  place.setParam('f', toParam(cause === null ? next : { ...next, categories: [cause] }), true);
}
