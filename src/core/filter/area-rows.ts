import { area as squareMetres, booleanPointInPolygon, circle, distance, polygon } from '@turf/turf';
import KDBush from 'kdbush';
import type { DrawnArea, IssueFilter, Near, Position } from './issue-filter.ts';
import type { Inside, Rows } from './match-rows.ts';
import type { YardTable } from './yard-table.ts';

type Box = [west: number, south: number, east: number, north: number];

/** Metres of a degree of latitude, a little less than the least there is, so that a box is never too small. */
const metresADegree = 110_500;

function boxAround([lng, lat]: Position, metres: number): Box {
  const high = metres / metresADegree;
  const wide = high / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return [lng - wide, lat - high, lng + wide, lat + high];
}

function boxOf(area: DrawnArea): Box {
  if (area.kind === 'circle') return boxAround(area.centre, area.metres);
  const [lngs, lats] = [area.ring.map(([lng]) => lng), area.ring.map(([, lat]) => lat)];
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

const within = (centre: Position, metres: number): Inside => {
  const from = [...centre];
  return (lng, lat) => distance(from, [lng, lat], { units: 'meters' }) <= metres;
};

function inRing(ring: readonly Position[]): Inside {
  const corners = ring.map((corner) => [...corner]);
  const closed = polygon([[...corners, corners[0] ?? []]]);
  return (lng, lat) => booleanPointInPolygon([lng, lat], closed);
}

/** One condition: the box it lies in, the exact test, and whether a whole box lies inside or outside; null for neither. */
type Part = { box: Box; inside: Inside; whole: (box: Box) => boolean | null };

function circlePart(centre: Position, metres: number): Part {
  const inside = within(centre, metres);
  const box = boxAround(centre, metres);
  return {
    box,
    inside,
    // Round things are convex: with its four corners a box lies inside as a whole.
    whole: ([w, s, e, n]) => (inside(w, s) && inside(w, n) && inside(e, s) && inside(e, n) ? true : null),
  };
}

function ringPart(ring: readonly Position[], box: Box): Part {
  const inside = inRing(ring);
  const edges = ring.map(([lng, lat], at) => {
    const [toLng, toLat] = ring[(at + 1) % ring.length] ?? [lng, lat];
    return [Math.min(lng, toLng), Math.min(lat, toLat), Math.max(lng, toLng), Math.max(lat, toLat)] as const;
  });
  return {
    box,
    inside,
    // Where no edge comes near, one point tells for all.
    whole: ([w, s, e, n]) =>
      edges.some(([west, south, east, north]) => west <= e && east >= w && south <= n && north >= s)
        ? null
        : inside((w + e) / 2, (s + n) / 2),
  };
}

function parts({ area, near }: Pick<IssueFilter, 'area' | 'near'>): Part[] {
  const found: Part[] = [];
  if (area?.kind === 'circle') found.push(circlePart(area.centre, area.metres));
  if (area?.kind === 'polygon') found.push(ringPart(area.ring, boxOf(area)));
  if (near) found.push(circlePart(near.at, near.metres));
  return found;
}

/** So many cells a side are looked at as a whole before single places are. */
const cells = 48;

/** The tests of a box's places, with the cells told first that lie inside or outside as a whole. */
function tester(tests: readonly Part[], [west, south, east, north]: Box): Inside {
  const [wide, high] = [(east - west) / cells || 1, (north - south) / cells || 1];
  // 0: not looked at, 1: inside, 2: outside, 3: each place by itself.
  const known = new Uint8Array(cells * cells);
  const exact: Inside = (lng, lat) => tests.every(({ inside }) => inside(lng, lat));
  return (lng, lat) => {
    const x = Math.min(cells - 1, Math.floor((lng - west) / wide));
    const y = Math.min(cells - 1, Math.floor((lat - south) / high));
    const cell = y * cells + x;
    if (known[cell] === 0) {
      const box: Box = [west + x * wide, south + y * high, west + (x + 1) * wide, south + (y + 1) * high];
      const said = tests.map(({ whole }) => whole(box));
      known[cell] = said.includes(false) ? 2 : said.every((one) => one === true) ? 1 : 3;
    }
    return known[cell] === 1 || (known[cell] === 3 && exact(lng, lat));
  };
}

/** The exact test of a place against what was drawn and what it has to be near. */
export function insideOf(filter: Pick<IssueFilter, 'area' | 'near'>): Inside {
  const tests = parts(filter);
  return (lng, lat) => tests.every(({ inside }) => inside(lng, lat));
}

/** What is drawn as a closed ring, for the map. */
export const ringOf = (area: DrawnArea | Pick<Near, 'at' | 'metres'>): Position[] => {
  if ('ring' in area) return [...area.ring, ...area.ring.slice(0, 1)];
  const [centre, metres] = 'centre' in area ? [area.centre, area.metres] : [area.at, area.metres];
  const round = circle([...centre], metres, { units: 'meters', steps: 72 });
  return (round.geometry.coordinates[0] ?? []).flatMap(([lng, lat]) =>
    lng === undefined || lat === undefined ? [] : [[lng, lat] as const],
  );
};

/** From one place to another, in metres. */
export const metresBetween = (from: Position, to: Position): number =>
  distance([...from], [...to], { units: 'meters' });

/** Less than a parking space is a slip of the hand, and three corners on one line enclose nothing. In square metres. */
const least = 10;

export const encloses = (ring: readonly Position[]): boolean =>
  ring.length >= 3 &&
  squareMetres(polygon([ringOf({ kind: 'polygon', ring }).map((corner) => [...corner])])) > least;

/** An index of where the issues stand; it holds for one state of the store. */
export class PlaceIndex {
  #tree: KDBush | null = null;
  #rows: Uint32Array;
  #at: Float64Array;
  readonly size: number;

  constructor(rows: Rows, yards: YardTable) {
    const { lng, lat, courtyard } = rows.columns;
    this.size = rows.size;
    this.#rows = new Uint32Array(rows.size);
    this.#at = new Float64Array(2 * rows.size);
    let count = 0;
    for (let row = 0; row < rows.size; row++) {
      let [x, y] = [lng[row] ?? NaN, lat[row] ?? NaN];
      if (Number.isNaN(x)) [x, y] = yards.yards[yards.at(courtyard[row] ?? NaN)]?.point ?? [NaN, NaN];
      if (Number.isNaN(x)) continue;
      this.#rows[count] = row;
      this.#at[2 * count] = x;
      this.#at[2 * count + 1] = y;
      count++;
    }
    if (count === 0) return;
    this.#tree = new KDBush(count);
    for (let at = 0; at < count; at++) this.#tree.add(this.#at[2 * at] ?? 0, this.#at[2 * at + 1] ?? 0);
    this.#tree.finish();
  }

  /** By row: 1 for those that stand inside. The index narrows it to a box, Turf decides. */
  mask(filter: Pick<IssueFilter, 'area' | 'near'>): Uint8Array {
    const mask = new Uint8Array(this.size);
    const tests = parts(filter);
    const box = tests.reduce<Box>(
      (so, { box: [w, s, e, n] }) => [
        Math.max(so[0], w),
        Math.max(so[1], s),
        Math.min(so[2], e),
        Math.min(so[3], n),
      ],
      [-Infinity, -Infinity, Infinity, Infinity],
    );
    const inside = tester(tests, box);
    for (const at of this.#tree?.range(...box) ?? []) {
      if (inside(this.#at[2 * at] ?? NaN, this.#at[2 * at + 1] ?? NaN)) mask[this.#rows[at] ?? 0] = 1;
    }
    return mask;
  }
}
