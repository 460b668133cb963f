import { booleanPointInPolygon, circle, distance, polygon } from '@turf/turf';
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

const parts = ({ area, near }: Pick<IssueFilter, 'area' | 'near'>): { box: Box; inside: Inside }[] => [
  ...(area
    ? [
        {
          box: boxOf(area),
          inside: area.kind === 'circle' ? within(area.centre, area.metres) : inRing(area.ring),
        },
      ]
    : []),
  ...(near ? [{ box: boxAround(near.at, near.metres), inside: within(near.at, near.metres) }] : []),
];

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
    for (const at of this.#tree?.range(...box) ?? []) {
      const [lng, lat] = [this.#at[2 * at] ?? NaN, this.#at[2 * at + 1] ?? NaN];
      if (tests.every(({ inside }) => inside(lng, lat))) mask[this.#rows[at] ?? 0] = 1;
    }
    return mask;
  }
}
