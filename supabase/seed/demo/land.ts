import { difference, featureCollection, polygon } from '@turf/turf';
import type { Feature, Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import type { Road } from './areas.ts';
import {
  area,
  contains,
  distance,
  isSimple,
  nearestOnSegment,
  segmentsMeet,
  sides,
  toPlane,
  type Point,
  type Ring,
} from './plane.ts';
import { readLayer } from './read.ts';

/** Metres from a road's centre line to the walls along it: half the carriageway, the pavement, the trees. */
export const wallDistance: Record<string, number> = {
  trunk: 15,
  primary: 13,
  primary_link: 9,
  secondary: 11,
  tertiary: 8.5,
  unclassified: 6.5,
  residential: 5.5,
  living_street: 5,
  pedestrian: 4.5,
  service: 3.5,
  footway: 2.5,
  steps: 2.5,
  cut: 5,
};

const notResidential = new Set(
  'school university police hospital retail marketplace commercial square bus_station subway_station_footprint parking'.split(
    ' ',
  ),
);

/** Outer rings of a polygon or multipolygon, on the plane, counter-clockwise. */
export function outerRings(geometry: Geometry): Ring[] {
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : [];
  return polygons.flatMap(([outer]) => {
    const ring = (outer ?? []).slice(0, -1).map(toPlane);
    return ring.length < 3 ? [] : [area(ring) < 0 ? ring.reverse() : ring];
  });
}

/** Land that no invented yard may touch: parks, water, schools, markets, institutions' large buildings. */
export function obstacles(): Ring[] {
  const take = (
    name: 'green' | 'water' | 'landuse' | 'buildings',
    want: (kind: string, ring: Ring) => boolean,
  ) =>
    readLayer(name).flatMap(({ geometry, properties }) =>
      outerRings(geometry).filter((ring) => want(properties.kind, ring)),
    );
  return [
    ...take('green', () => true),
    ...take('water', () => true),
    ...take('landuse', (kind) => notResidential.has(kind)),
    ...take('buildings', (_, ring) => area(ring) > 6000),
  ];
}

/** Whole centimetres: the clipper loses its way among nearly equal points. */
const tidy = (p: Point): Position => [Math.round(p[0] * 100) / 100, Math.round(p[1] * 100) / 100];
const closed = (ring: Ring): Position[] => [...ring, ring[0] ?? ([0, 0] as const)].map(tidy);
const asPolygon = (ring: Ring): Feature<Polygon> => polygon([closed(ring)]);

/** The line without corners that stand less than half a metre off the line from the last corner kept. */
function straighter(line: readonly Point[]): Point[] {
  const kept: Point[] = [];
  line.forEach((here, i) => {
    const [last, next] = [kept.at(-1), line[i + 1]];
    if (!last || !next || distance(here, nearestOnSegment(here, last, next)) > 0.5) kept.push(here);
  });
  return kept;
}

/** A road as a strip of `half` metres on each side, mitred at its bends; one strip for each segment where a bend is too sharp for that. */
function strips(line: readonly Point[], half: number): Ring[] {
  const normals = line.slice(1).map((b, i): Point => {
    const a = line[i] ?? b;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    return [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
  });
  const corner = (i: number): Point => {
    const [n, m] = [normals[i - 1] ?? normals[i], normals[i] ?? normals[i - 1]];
    if (!n || !m) return [0, 0];
    const scale = half / Math.max(0.35, 1 + n[0] * m[0] + n[1] * m[1]);
    return [(n[0] + m[0]) * scale, (n[1] + m[1]) * scale];
  };
  const left = line.map((p, i): Point => [p[0] + corner(i)[0], p[1] + corner(i)[1]]);
  const right = line.map((p, i): Point => [p[0] - corner(i)[0], p[1] - corner(i)[1]]);
  const whole = [...right, ...left.reverse()];
  if (isSimple(whole)) return [whole];
  return line.slice(1).map((b, i): Ring => {
    const a = line[i] ?? b;
    const [ca, cb] = [corner(i), corner(i + 1)];
    return [
      [a[0] - ca[0], a[1] - ca[1]],
      [b[0] - cb[0], b[1] - cb[1]],
      [b[0] + cb[0], b[1] + cb[1]],
      [a[0] + ca[0], a[1] + ca[1]],
    ];
  });
}

export const roadStrips = (roads: readonly Road[]): Ring[] =>
  roads.flatMap(({ kind, lines }) =>
    lines.flatMap((line) => strips(straighter(line.map(toPlane)), wallDistance[kind] ?? 4)),
  );

const boxOf = (ring: Ring) => {
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
};

function boxesMeet(a: Ring, b: Ring): boolean {
  const [p, q] = [boxOf(a), boxOf(b)];
  return p[0] < q[2] && q[0] < p[2] && p[1] < q[3] && q[1] < p[3];
}

/** Whether two rings have any ground in common. */
export function meet(a: Ring, b: Ring): boolean {
  if (!boxesMeet(a, b)) return false;
  const crossing = sides(a).some(([p, q]) => sides(b).some(([r, s]) => segmentsMeet(p, q, r, s)));
  return crossing || a.some((p) => contains(b, p)) || b.some((p) => contains(a, p));
}

/** `land` without `ring`. The clipper sometimes fails where lines nearly coincide; then `ring` is tried a few centimetres off. */
function without(land: Feature<Polygon | MultiPolygon>, ring: Ring): Feature<Polygon | MultiPolygon> | null {
  for (const off of [0, 0.03, -0.04, 0.07, -0.11]) {
    try {
      return difference(
        featureCollection([land, asPolygon(ring.map(([x, y]): Point => [x + off, y - off * 0.7]))]),
      );
    } catch {
      continue;
    }
  }
  throw new Error('No way was found to take a strip out of a block');
}

/** What is left of a block when `taken` is taken out of it: outer rings without tiny corners, in metres. */
export function freeLand(block: Ring, taken: readonly Ring[]): Ring[] {
  const near = taken.filter((ring) => meet(ring, block));
  let left: Feature<Polygon | MultiPolygon> | null = asPolygon(block);
  for (const ring of near) if (left) left = without(left, ring);
  if (!left) return [];
  const polygons = left.geometry.type === 'Polygon' ? [left.geometry.coordinates] : left.geometry.coordinates;
  return polygons.flatMap(([outer]) => {
    const ring = plainer(
      (outer ?? []).slice(0, -1).map((p): Point => [p[0] ?? 0, p[1] ?? 0]),
      1.2,
    );
    return ring.length > 2 && area(ring) > 400 ? [ring] : [];
  });
}

/** The ring without corners that stand less than `tolerance` metres off the line between their neighbours. */
export function plainer(ring: Ring, tolerance: number): Ring {
  const kept = [...ring];
  for (let again = true; again && kept.length > 3;) {
    again = false;
    let least = tolerance;
    let at = -1;
    sides(kept).forEach(([a, here], i) => {
      const b = kept[(i + 2) % kept.length] ?? here;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const off =
        length < 0.01
          ? 0
          : Math.abs((b[0] - a[0]) * (here[1] - a[1]) - (b[1] - a[1]) * (here[0] - a[0])) / length;
      if (off < least) [least, at] = [off, (i + 1) % kept.length];
    });
    if (at >= 0) {
      kept.splice(at, 1);
      again = true;
    }
  }
  return kept;
}
