import type { Corners, Position } from './plane.ts';
import { inside } from './plane.ts';

/** Closer than this is the same place: a millimetre or so, in degrees. */
const same = 1e-8;
const meets = (a: Position, b: Position): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) < same;

/** Where two stretches cross, with how far along the first it is; null when they do not, or lie on one line. */
function crossing(
  a: Position,
  b: Position,
  c: Position,
  d: Position,
): { at: Position; along: number } | null {
  const [rx, ry] = [b[0] - a[0], b[1] - a[1]];
  const [sx, sy] = [d[0] - c[0], d[1] - c[1]];
  const turn = rx * sy - ry * sx;
  if (Math.abs(turn) < 1e-18) return null;
  const [qx, qy] = [c[0] - a[0], c[1] - a[1]];
  const along = (qx * sy - qy * sx) / turn;
  const other = (qx * ry - qy * rx) / turn;
  const slack = 1e-9;
  if (along < -slack || along > 1 + slack || other < -slack || other > 1 + slack) return null;
  return { at: [a[0] + along * rx, a[1] + along * ry], along };
}

const pairs = (corners: Corners): [Position, Position][] =>
  corners.map((at, n) => [at, corners[(n + 1) % corners.length] ?? at]);

/** The stretches of a line between one crossing of the outline and the next that run through the inside. */
function cuts(corners: Corners, line: Corners): Position[][] {
  const found: Position[][] = [];
  let path: Position[] | null = null;
  const arrive = (at: Position): void => {
    if (path) {
      path.push(at);
      const [a, b] = [path[0] ?? at, path[1] ?? at];
      if (!meets(a, at) && inside([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], corners)) found.push(path);
    }
    path = [at];
  };
  line.slice(1).forEach((to, n) => {
    const from = line[n] ?? to;
    const hits = pairs(corners)
      .flatMap(([c, d]) => crossing(from, to, c, d) ?? [])
      .sort((a, b) => a.along - b.along);
    let last: Position | null = path?.length === 1 ? (path[0] ?? null) : null;
    for (const { at } of hits) {
      if (last && meets(last, at)) continue;
      arrive(at);
      last = at;
    }
    if (path && !(last && meets(last, to))) path.push(to);
  });
  return found;
}

/** The stretch of an outline a place lies on; -1 for none. */
function stretchOf(corners: Corners, [x, y]: Position): number {
  return pairs(corners).findIndex(([a, b]) => {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const square = dx * dx + dy * dy;
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / square));
    return meets([a[0] + t * dx, a[1] + t * dy], [x, y]);
  });
}

/** The outline with a corner at this place of it. */
function withCorner(corners: Corners, at: Position): Position[] {
  if (corners.some((corner) => meets(corner, at))) return [...corners];
  const stretch = stretchOf(corners, at);
  return [...corners.slice(0, stretch + 1), at, ...corners.slice(stretch + 1)];
}

/** Cuts one piece along one path from side to side. */
function cutAlong(piece: Corners, path: Corners): [Position[], Position[]] | null {
  const [first, last] = [path[0], path.at(-1)];
  if (!first || !last || stretchOf(piece, first) < 0 || stretchOf(piece, last) < 0) return null;
  const ring = withCorner(withCorner(piece, first), last);
  const [i, j] = [first, last].map((end) => ring.findIndex((corner) => meets(corner, end)));
  if (i === undefined || j === undefined || i === j) return null;
  const walk = (from: number, to: number): Position[] => {
    const way: Position[] = [];
    for (let n = from; n !== to; n = (n + 1) % ring.length) way.push(ring[n] ?? first);
    return way;
  };
  const between = path.slice(1, -1);
  return [
    [...walk(i, j), ring[j] ?? last, ...between.toReversed()],
    [...walk(j, i), ring[i] ?? first, ...between],
  ];
}

/** The parts an outline falls into along a line; the outline alone when the line does not run from side to side. */
export function splitAlong(corners: Corners, line: Corners): Position[][] {
  let pieces: Position[][] = [[...corners]];
  for (const path of cuts(corners, line)) {
    const [a, b] = [path[0], path[1]];
    if (!a || !b) continue;
    const middle: Position = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    pieces = pieces.flatMap((piece) => (inside(middle, piece) && cutAlong(piece, path)) || [piece]);
  }
  return pieces;
}
