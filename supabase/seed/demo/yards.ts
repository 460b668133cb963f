import { cutRoads, type Grid, type Road } from './areas.ts';
import { cutLand, loosen, takeCorner, type Manner } from './cut.ts';
import { freeLand, meet, obstacles, outerRings, plainer, roadStrips } from './land.ts';
import { area, centroid, contains, isSimple, toPlane, type Point, type Ring } from './plane.ts';
import { seeded } from './random.ts';
import { readLayer } from './read.ts';
import { orientedBox } from './slice.ts';

/** A courtyard before it has an address. `name`: of a real quarter. */
export type Yard = { ring: Ring; grid: Grid; block: number; name: string | null; heritage: boolean };

const institutions =
  /^(amenity\/(school|university|hospital|library|theatre|place_of_worship|marketplace|police|embassy|bus_station)|tourism\/museum|railway\/(station|subway_entrance)|office\/|leisure\/park|historic\/)/;

/** How many corners of a ring turn clearly inwards: one in an L, two in a yard wrapped around a dead end. */
function hollowCorners(ring: Ring): number {
  return ring.filter((here, i) => {
    const [a, b] = [ring.at(i - 1) ?? here, ring[(i + 1) % ring.length] ?? here];
    const [u, v] = [[here[0] - a[0], here[1] - a[1]] as const, [b[0] - here[0], b[1] - here[1]] as const];
    return u[0] * v[1] - u[1] * v[0] < -0.6 * Math.hypot(...u) * Math.hypot(...v);
  }).length;
}

/** A yard has a yard's size and is neither a sliver nor a star. */
function looksLikeAYard(ring: Ring, least: number): boolean {
  const size = area(ring);
  const { long, short } = orientedBox(ring);
  return (
    size > least &&
    size < 9000 &&
    short > 18 &&
    long < short * 3.4 &&
    size / (long * short) > 0.6 &&
    hollowCorners(ring) < 2 &&
    ring.length < 12
  );
}

const mannerOf = (grid: Grid, heritage: boolean): Manner =>
  heritage
    ? { size: 1050, least: 550, deep: 50, passage: 1.6 }
    : grid.community.name === '文翁社区'
      ? { size: 3500, least: 900, deep: 88, passage: 4 }
      : { size: 2350, least: 900, deep: 66, passage: 2.6 };

/** The real residential quarters: those that lie in one block are yards as they are; the others only keep invented ones off. */
function realQuarters(grids: readonly Grid[]): { yards: Yard[]; grounds: Ring[] } {
  const yards: Yard[] = [];
  const grounds: Ring[] = [];
  for (const { geometry, properties } of readLayer('quarters')) {
    for (const ring of outerRings(geometry)) {
      grounds.push(ring);
      for (const grid of grids) {
        const block = grid.blocks.findIndex((face) => ring.every((p) => contains(face.ring, p)));
        if (block >= 0) yards.push({ ring, grid, block, name: properties.name ?? null, heritage: false });
      }
    }
  }
  return { yards, grounds };
}

/** Every yard the street has room for: the real quarters first, then invented ones cut out of the blocks around them. */
export function makeYards(grids: readonly Grid[], roads: readonly Road[]): Yard[] {
  const random = seeded(510105005);
  const real = realQuarters(grids);
  const blocked = obstacles();
  const taken = [...roadStrips([...roads, ...cutRoads()]), ...blocked, ...real.grounds];
  const buildings = readLayer('buildings').flatMap(({ geometry }) => outerRings(geometry));
  const attractions = readLayer('landuse').filter(({ properties }) => properties.kind === 'attraction');
  const heritageGrounds = attractions.flatMap(({ geometry }) => outerRings(geometry));
  const offices = readLayer('pois')
    .filter(({ properties: p }) => institutions.test(`${p.class}/${p.kind}`))
    .flatMap(({ geometry }): Point[] => (geometry.type === 'Point' ? [toPlane(geometry.coordinates)] : []));
  const fits = (ring: Ring, manner: Manner) =>
    isSimple(ring) &&
    looksLikeAYard(ring, manner.least) &&
    !offices.some((p) => contains(ring, p)) &&
    !blocked.some((other) => meet(ring, other)) &&
    !real.grounds.some((ground) => meet(ring, ground));

  const invented = grids.flatMap((grid) =>
    grid.blocks.flatMap((face, block) =>
      freeLand(face.ring, taken).flatMap((land) => {
        const heritage = heritageGrounds.some((ground) => contains(ground, centroid(land)));
        const manner = mannerOf(grid, heritage);
        return cutLand(land, buildings, manner, random)
          .map((ring) => loosen(plainer(ring, 0.8), heritage ? 1.5 : 3.2, random))
          .map((ring) => (random() < 0.24 ? takeCorner(ring, random) : ring))
          .filter((ring) => fits(ring, manner))
          .map((ring): Yard => ({ ring, grid, block, name: null, heritage }));
      }),
    ),
  );
  return [...real.yards, ...invented];
}
