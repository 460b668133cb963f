/** A place in degrees of WGS-84. */
export type Position = [lng: number, lat: number];
/** Corners in order; the last one joins the first without being said twice. */
export type Corners = readonly Position[];

/** Metres in one degree each way at a latitude, true to some parts in 100,000. */
export function degreeMetres(lat: number): { x: number; y: number } {
  const φ = (lat * Math.PI) / 180;
  return {
    x: 111_412.88 * Math.cos(φ) - 93.5 * Math.cos(3 * φ),
    y: 111_132.95 - 559.85 * Math.cos(2 * φ) + 1.175 * Math.cos(4 * φ),
  };
}

/** Metres between two places a street apart at most. */
export function distance([lngA, latA]: Position, [lngB, latB]: Position): number {
  const { x, y } = degreeMetres((latA + latB) / 2);
  return Math.hypot((lngB - lngA) * x, (latB - latA) * y);
}

/** Metres along a line. */
export const lengthOf = (line: Corners): number =>
  line.slice(1).reduce((sum, at, n) => sum + distance(line[n] ?? at, at), 0);

/** Square degrees, positive when the corners run against the clock. */
export function signedArea(corners: Corners): number {
  let twice = 0;
  corners.forEach(([x, y], n) => {
    const [nextX, nextY] = corners[(n + 1) % corners.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  });
  return twice / 2;
}

/** m² within the corners, on the plane at their middle latitude: as the database counts it. */
export function areaOf(corners: Corners): number {
  if (corners.length < 3) return 0;
  const lats = corners.map(([, lat]) => lat);
  const { x, y } = degreeMetres((Math.min(...lats) + Math.max(...lats)) / 2);
  return Math.abs(signedArea(corners)) * x * y;
}

/** Whether a place lies within the corners; on the line itself either answer may come. */
export function inside([x, y]: Position, corners: Corners): boolean {
  let within = false;
  corners.forEach(([ax, ay], n) => {
    const [bx, by] = corners[(n + 1) % corners.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  });
  return within;
}

/** The place on a stretch that is nearest to `at`, counted in metres. */
export function nearestOn(at: Position, a: Position, b: Position): Position {
  const { x, y } = degreeMetres(at[1]);
  const [dx, dy] = [(b[0] - a[0]) * x, (b[1] - a[1]) * y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((at[0] - a[0]) * x * dx + (at[1] - a[1]) * y * dy) / square;
  const t = Math.min(1, Math.max(0, along));
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

/** Without the last corner where that says the first again, as GeoJSON does. */
export function opened(ring: readonly Position[]): Position[] {
  const [first, last] = [ring[0], ring.at(-1)];
  const same = ring.length > 1 && first && last && first[0] === last[0] && first[1] === last[1];
  return same ? ring.slice(0, -1) : [...ring];
}

/** With the first corner said again at the end, as GeoJSON wants it. */
export const closed = (corners: Corners): Position[] => [
  ...corners,
  ...corners.slice(0, 1).map(([x, y]): Position => [x, y]),
];
