import type { Corners, Position } from './plane.ts';
import { distance, inside, nearestOn } from './plane.ts';

const turn = (a: Position, b: Position, c: Position): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Where two stretches cross each other's middle; null when they only touch or lie on one line. */
function crossed(a: Position, b: Position, c: Position, d: Position): Position | null {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (!(abc * abd < 0 && cda * cdb < 0)) return null;
  const share = cda / (cda - cdb);
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

const stretches = (corners: Corners): [Position, Position][] =>
  corners.map((at, n) => [at, corners[(n + 1) % corners.length] ?? at]);

/** Where an outline crosses itself; null where it does not. The database looks again, and finds what only touches. */
export function selfCrossing(corners: Corners): Position | null {
  const sides = stretches(corners);
  for (const [n, [a, b]] of sides.entries())
    for (const [c, d] of sides.slice(n + 2)) {
      const at = crossed(a, b, c, d);
      if (at) return at;
    }
  return null;
}

/** In metres: nearer to a side than this is on it. */
const width = 0.3;

const deepIn = (at: Position, corners: Corners): boolean =>
  inside(at, corners) && stretches(corners).every(([a, b]) => distance(at, nearestOn(at, a, b)) > width);

/** Places on the sides of an outline and well inside it, for outlines that have all their corners in common. */
const within = (corners: Corners): Position[] =>
  corners.flatMap((at, n) =>
    [1, 2].flatMap((by) => {
      const [x, y] = corners[(n + by) % corners.length] ?? at;
      const middle: Position = [(at[0] + x) / 2, (at[1] + y) / 2];
      return by === 1 || deepIn(middle, corners) ? [middle] : [];
    }),
  );

/** Whether two outlines share ground by more than a hand's breadth along a side: a hint, the database decides. */
export function overlap(one: Corners, other: Corners): boolean {
  if (one.some((at) => deepIn(at, other)) || other.some((at) => deepIn(at, one))) return true;
  if (within(one).some((at) => deepIn(at, other)) || within(other).some((at) => deepIn(at, one))) return true;
  return stretches(one).some(([a, b]) =>
    stretches(other).some(([c, d]) => {
      const at = crossed(a, b, c, d);
      // a corner that pokes over a side by less than the width is no overlap
      return at !== null && [a, b, c, d].every((end) => distance(end, at) > width);
    }),
  );
}
