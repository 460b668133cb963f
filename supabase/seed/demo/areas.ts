import type { Position } from 'geojson';
import { communities, cuts } from './communities.ts';
import { dissolve, facesOf, makeNetwork, type Face } from './network.ts';
import { area, contains, distance, sides, toPlane, type Ring } from './plane.ts';
import { readLayer } from './read.ts';

const drivable = new Set(
  'trunk primary primary_link secondary tertiary unclassified residential living_street'.split(' '),
);

/** A road as it lies on the plane. */
export type Road = { name: string | undefined; kind: string; drivable: boolean; lines: Position[][] };

/** The roads in and around the street; tunnels are left out. */
export function streetRoads(): Road[] {
  const near = ([lng = 0, lat = 0]: Position) =>
    lng > 104.041 && lng < 104.066 && lat > 30.65 && lat < 30.682;
  return readLayer('roads').flatMap(({ geometry, properties: { kind, name, tunnel } }) => {
    if (tunnel && tunnel !== 'no') return [];
    const lines =
      geometry.type === 'LineString'
        ? [geometry.coordinates]
        : geometry.type === 'MultiLineString'
          ? geometry.coordinates
          : [];
    return lines.some((line) => line.some(near)) ? [{ name, kind, drivable: drivable.has(kind), lines }] : [];
  });
}

/** The cuts as roads of a kind of their own, so that yards keep off them. */
export const cutRoads = (): Road[] => [
  { name: undefined, kind: 'cut', drivable: false, lines: cuts.map((cut) => cut.map((end) => [...end])) },
];

export type Grid = {
  code: string;
  name: string;
  nameEn: string;
  community: (typeof communities)[number];
  /** The blocks and, between them, the strips of divided roads. */
  faces: Face[];
  /** The blocks alone. */
  blocks: Face[];
};

const numerals = '一二三四五六七八九';
const edgesOf = ({ keys }: Face) => keys.map((key, i) => [key, keys[(i + 1) % keys.length] ?? ''] as const);

/** Gives each strip between carriageways that lies mostly among the grids to the grid it borders longest. */
function adoptStrips(grids: readonly Grid[], strips: Face[]): void {
  const owner = new Map<string, Grid>();
  const own = (grid: Grid, face: Face) => edgesOf(face).forEach(([a, b]) => owner.set(`${a}>${b}`, grid));
  for (const grid of grids) grid.faces.forEach((face) => own(grid, face));
  for (let adopted = true; adopted;) {
    adopted = false;
    for (const strip of strips.slice()) {
      const shared = new Map<Grid, number>();
      let around = 0;
      edgesOf(strip).forEach(([a, b], i) => {
        const [from, to] = sides(strip.ring)[i] ?? [];
        const length = from && to ? distance(from, to) : 0;
        const grid = owner.get(`${b}>${a}`);
        around += length;
        if (grid) shared.set(grid, (shared.get(grid) ?? 0) + length);
      });
      const [best] = [...shared].sort((a, b) => b[1] - a[1]);
      if (!best || [...shared.values()].reduce((sum, length) => sum + length, 0) < around * 0.6) continue;
      best[0].faces.push(strip);
      own(best[0], strip);
      strips.splice(strips.indexOf(strip), 1);
      adopted = true;
    }
  }
}

/** The street's grids, made of whole faces of the road network. Throws when an anchor stands in no block. */
export function makeGrids(roads: readonly Road[]): Grid[] {
  const ways = roads
    .filter((road) => road.drivable || road.kind === 'pedestrian')
    .flatMap((road) => road.lines);
  const free = facesOf(
    makeNetwork(
      ways,
      cuts.map((cut) => cut.map((end) => [...end])),
    ),
  );
  const grids = communities.flatMap((community) =>
    community.grids.map((anchors, i): Grid => {
      const blocks = anchors.map((anchor) => {
        const at = free.findIndex((face) => contains(face.ring, toPlane([...anchor])));
        const [face] = at < 0 ? [] : free.splice(at, 1);
        if (!face) throw new Error(`No block of its own around ${anchor.join(', ')} in ${community.name}`);
        return face;
      });
      return {
        code: `${community.code}${String(i + 1).padStart(3, '0')}`,
        name: `${community.name}第${numerals[i]}网格`,
        nameEn: `${community.nameEn} Grid ${i + 1}`,
        community,
        faces: [...blocks],
        blocks,
      };
    }),
  );
  adoptStrips(grids, free);
  return grids;
}

/** The outlines of an area made of faces, largest first. */
export const outlines = (faces: readonly Face[]): Ring[] =>
  dissolve(faces)
    .map((face) => face.ring)
    .filter((ring) => area(ring) > 1);
