import type { Position } from 'geojson';

type Segment = [Position, Position];

const x = (p: Position) => p[0] ?? 0;
const y = (p: Position) => p[1] ?? 0;

/** Where two segments cross inside both, seven decimals; null when they only touch at ends or not at all. */
function crossing([a, b]: Segment, [c, d]: Segment): { at: Position; t: number; u: number } | null {
  const [rx, ry, sx, sy] = [x(b) - x(a), y(b) - y(a), x(d) - x(c), y(d) - y(c)];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return null;
  const t = ((x(c) - x(a)) * sy - (y(c) - y(a)) * sx) / cross;
  const u = ((x(c) - x(a)) * ry - (y(c) - y(a)) * rx) / cross;
  if (t <= 0 || t >= 1 || u <= 0 || u >= 1) return null;
  return { at: [Number((x(a) + t * rx).toFixed(7)), Number((y(a) + t * ry).toFixed(7))], t, u };
}

/** Lines as segments, cut wherever two of them cross without a common point (a side street that runs on over a carriageway). */
export function cutAtCrossings(lines: readonly Position[][]): Segment[] {
  const segments = lines.flatMap((line) => line.slice(1).map((to, i): Segment => [line[i] ?? to, to]));
  const stops = segments.map((): { at: Position; t: number }[] => []);
  segments.forEach((one, i) => {
    const [west, east] = [Math.min(x(one[0]), x(one[1])), Math.max(x(one[0]), x(one[1]))];
    for (let j = i + 1; j < segments.length; j++) {
      const other = segments[j];
      if (!other || Math.max(x(other[0]), x(other[1])) < west || Math.min(x(other[0]), x(other[1])) > east)
        continue;
      const found = crossing(one, other);
      if (!found) continue;
      stops[i]?.push({ at: found.at, t: found.t });
      stops[j]?.push({ at: found.at, t: found.u });
    }
  });
  return segments.flatMap(([from, to], i) => {
    const points = [from, ...(stops[i] ?? []).sort((a, b) => a.t - b.t).map((stop) => stop.at), to];
    return points.slice(1).map((end, k): Segment => [points[k] ?? end, end]);
  });
}
