/** Where a map looks, as an address says it: zoom/longitude/latitude. */
export type Camera = { zoom: number; centre: [lng: number, lat: number] };

export const viewParam = ({ zoom, centre: [lng, lat] }: Camera): string =>
  `${zoom.toFixed(2)}/${lng.toFixed(5)}/${lat.toFixed(5)}`;

/** Reads what an address says; null for what is no view. */
export function viewOf(said: string | null): Camera | null {
  const [zoom, lng, lat, ...more] = (said ?? '').split('/').map((part) => (part === '' ? NaN : Number(part)));
  if (zoom === undefined || lng === undefined || lat === undefined || more.length > 0) return null;
  const fine = zoom >= 0 && zoom <= 24 && Math.abs(lng) <= 180 && Math.abs(lat) <= 85;
  return fine ? { zoom, centre: [lng, lat] } : null;
}
