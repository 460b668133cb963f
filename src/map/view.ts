import type { LngLatBoundsLike } from 'maplibre-gl';

/** Where the map looks. Degrees of WGS-84; bearing in degrees, 0 with north up. */
export type View = { centre: [lng: number, lat: number]; zoom: number; bearing: number };
export type WholeView = View & { bounds: [west: number, south: number, east: number, north: number] };

/** Bounds with some air around them, as a share of each side: where nobody can get lost outside. */
export const around = ([w, s, e, n]: WholeView['bounds'], share: number): LngLatBoundsLike => {
  const [dx, dy] = [(e - w) * share, (n - s) * share];
  return [w - dx, s - dy, e + dx, n + dy];
};
