import type { Position } from 'geojson';

/** A point on a flat sheet over the demo street: metres east and north of its middle. */
export type Point = readonly [x: number, y: number];
/** An open ring (the first point is not repeated), counter-clockwise. */
export type Ring = Point[];

const middle = { lng: 104.053, lat: 30.665 };
const metresPerDegree = (Math.PI * 6371008.8) / 180;
const east = metresPerDegree * Math.cos((middle.lat * Math.PI) / 180);

export const toPlane = (position: Position): Point => [
  ((position[0] ?? 0) - middle.lng) * east,
  ((position[1] ?? 0) - middle.lat) * metresPerDegree,
];

/** Degrees with seven decimals (about a centimetre). */
export const toDegrees = ([x, y]: Point): [number, number] => [
  Number((x / east + middle.lng).toFixed(7)),
  Number((y / metresPerDegree + middle.lat).toFixed(7)),
];

/** The sides of a ring as pairs of points. */
export function sides(ring: readonly Point[]): [Point, Point][] {
  return ring.flatMap((a, i): [Point, Point][] => {
    const b = ring[(i + 1) % ring.length];
    return b ? [[a, b]] : [];
  });
}

/** Square metres; negative when the ring runs clockwise. */
export function area(ring: readonly Point[]): number {
  let twice = 0;
  for (const [a, b] of sides(ring)) twice += a[0] * b[1] - b[0] * a[1];
  return twice / 2;
}

export function centroid(ring: readonly Point[]): Point {
  let [x, y, twice] = [0, 0, 0];
  for (const [a, b] of sides(ring)) {
    const cross = a[0] * b[1] - b[0] * a[1];
    x += (a[0] + b[0]) * cross;
    y += (a[1] + b[1]) * cross;
    twice += cross;
  }
  return [x / (3 * twice), y / (3 * twice)];
}

export function contains(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (const [a, b] of sides(ring)) {
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The point of the segment `a`–`b` nearest to `p`. */
export function nearestOnSegment(p: Point, a: Point, b: Point): Point {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2));
  return [a[0] + t * dx, a[1] + t * dy];
}

/** Whether two segments cross or touch. */
export function segmentsMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  const turn = (p: Point, q: Point, r: Point) =>
    (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return turn(a, b, c) * turn(a, b, d) <= 0 && turn(c, d, a) * turn(c, d, b) <= 0;
}

/** Whether no side of a ring meets another one than its neighbours. */
export function isSimple(ring: readonly Point[]): boolean {
  const all = sides(ring);
  return all.every(([a, b], i) =>
    all.every(([c, d], j) => j <= i + 1 || (i === 0 && j === all.length - 1) || !segmentsMeet(a, b, c, d)),
  );
}

/** Metres from a point to the nearest side; the point may be inside or outside. */
export const distanceToRing = (ring: readonly Point[], p: Point): number =>
  Math.min(...sides(ring).map(([a, b]) => distance(p, nearestOnSegment(p, a, b))));

/** Where a label stands best: inside, and as far from the sides as a 12 × 12 raster finds. */
export function innerPoint(ring: readonly Point[]): Point {
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
  const [west, south] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - west, Math.max(...ys) - south];
  const middle = centroid(ring);
  let best = middle;
  let reach = contains(ring, middle) ? distanceToRing(ring, middle) * 1.15 : 0;
  for (let i = 1; i < 12; i++) {
    for (let j = 1; j < 12; j++) {
      const p: Point = [west + (wide * i) / 12, south + (high * j) / 12];
      if (!contains(ring, p)) continue;
      const d = distanceToRing(ring, p);
      if (d > reach) [best, reach] = [p, d];
    }
  }
  return best;
}
