import type { Road } from './areas.ts';
import { wallDistance } from './land.ts';
import { centroid, distance, nearestOnSegment, sides, toPlane, type Point, type Ring } from './plane.ts';

/** A named street: its segments, and the axis its house numbers run along, from its end nearer the city's middle outwards. */
export type Street = {
  name: string;
  segments: { a: Point; b: Point; wall: number }[];
  start: Point;
  axis: Point;
};

const cityMiddle = toPlane([104.0635, 30.6575]);
const withoutDoors = new Set(['footway', 'steps', 'service', 'primary_link']);

export function namedStreets(roads: readonly Road[]): Street[] {
  const byName = new Map<string, Street['segments']>();
  for (const { name, kind, lines } of roads) {
    if (!name || withoutDoors.has(kind) || name.endsWith('桥')) continue;
    const segments = byName.get(name) ?? [];
    for (const line of lines) {
      const points = line.map(toPlane);
      points
        .slice(1)
        .forEach((b, i) => segments.push({ a: points[i] ?? b, b, wall: wallDistance[kind] ?? 6 }));
    }
    byName.set(name, segments);
  }
  return [...byName].map(([name, segments]) => {
    const points = segments.flatMap(({ a, b }) => [a, b]);
    let ends: [Point, Point] = [points[0] ?? [0, 0], points[1] ?? [0, 0]];
    for (const p of points) for (const q of points) if (distance(p, q) > distance(...ends)) ends = [p, q];
    if (distance(ends[1], cityMiddle) < distance(ends[0], cityMiddle)) ends = [ends[1], ends[0]];
    const length = distance(...ends) || 1;
    return {
      name,
      segments,
      start: ends[0],
      axis: [(ends[1][0] - ends[0][0]) / length, (ends[1][1] - ends[0][1]) / length],
    };
  });
}

/** Where a yard's gate is: the street it fronts on, metres along it, on which side; `gap`: metres from the street's wall line. */
export type Front = { street: Street; along: number; left: boolean; gap: number };

/** The street nearest to a yard's sides; a longer side counts for a little more. */
export function frontOf(yard: Ring, streets: readonly Street[]): Front {
  let best: Front | undefined;
  let least = Infinity;
  const middle = centroid(yard);
  for (const street of streets) {
    for (const { a, b, wall } of street.segments) {
      if (distance(nearestOnSegment(middle, a, b), middle) > 160) continue;
      for (const [p, q] of sides(yard)) {
        const at: Point = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
        const foot = nearestOnSegment(at, a, b);
        const gap = distance(foot, at) - wall;
        const score = gap - Math.min(distance(p, q), 60) * 0.06;
        if (score >= least) continue;
        const forwards = (b[0] - a[0]) * street.axis[0] + (b[1] - a[1]) * street.axis[1] >= 0;
        const turn = (b[0] - a[0]) * (middle[1] - a[1]) - (b[1] - a[1]) * (middle[0] - a[0]);
        const along =
          (foot[0] - street.start[0]) * street.axis[0] + (foot[1] - street.start[1]) * street.axis[1];
        best = { street, along, left: forwards ? turn > 0 : turn < 0, gap };
        least = score;
      }
    }
  }
  if (!best) throw new Error(`No named street near ${middle.join(', ')}`);
  return best;
}
