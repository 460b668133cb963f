import { dbscan, noise } from './dbscan.ts';
import { outline } from './hull.ts';
import { Plane } from './plane.ts';
import type { Position } from './plane.ts';
import { causeOf, isOpenRow, tally } from './rows.ts';
import type { PatternRows, Tally } from './rows.ts';

/** Where the same trouble is dense: `least` issues at least, each with others within `reach` metres. */
export type SpotRule = {
  readonly reach: number;
  readonly least: number;
  /** Of one cause each; else of all causes together. */
  readonly byCause: boolean;
};

export type HotSpot = {
  /** The smallest issue id in it: stays the same while the spot grows by newer issues. */
  readonly id: number;
  /** The one cause it is of; null when it is of several. */
  readonly cause: string | null;
  readonly rows: Uint32Array;
  readonly open: number;
  readonly centre: Position;
  /** A closed ring around it. */
  readonly ring: readonly Position[];
  /** Ids of courtyards, and codes of causes, the most frequent first. */
  readonly courtyards: Tally<number>;
  readonly causes: Tally<string | null>;
  /** Epoch seconds of the first and the last report. */
  readonly first: number;
  readonly last: number;
};

/** The outline keeps this much air around the pins, in metres. */
const air = 14;

/** Where a row's issue is: at its own point, else at its courtyard's; null when it has neither. */
export type PlaceOf = (row: number) => Position | null;

type Placed = { rows: number[]; x: Float64Array; y: Float64Array; plane: Plane };

function placed(rows: Iterable<number>, place: PlaceOf): Placed | null {
  const known: number[] = [];
  const at: Position[] = [];
  for (const row of rows) {
    const position = place(row);
    if (!position) continue;
    known.push(row);
    at.push(position);
  }
  const [first] = at;
  if (!first) return null;
  const plane = new Plane(first);
  return {
    rows: known,
    x: Float64Array.from(at, ([lng]) => plane.x(lng)),
    y: Float64Array.from(at, ([, lat]) => plane.y(lat)),
    plane,
  };
}

function spotOf(
  from: PatternRows,
  { rows, x, y, plane }: Placed,
  members: readonly number[],
  byCause: boolean,
): HotSpot {
  const { columns } = from.store;
  const inside = Uint32Array.from(members, (at) => rows[at] ?? 0);
  const times = [...inside].map((row) => columns.created[row] ?? NaN);
  const mean = (axis: Float64Array): number =>
    members.reduce((sum, at) => sum + (axis[at] ?? 0), 0) / members.length;
  const ring = outline(
    members.map((at) => [x[at] ?? 0, y[at] ?? 0]),
    air,
  ).map(([east, north]) => plane.position(east, north));
  const causes = tally([...inside].map((row) => causeOf(from, row)));
  return {
    id: Math.min(...[...inside].map((row) => columns.id[row] ?? NaN)),
    cause: byCause ? (causes[0]?.key ?? null) : null,
    rows: inside,
    open: inside.filter((row) => isOpenRow(from, row)).length,
    centre: plane.position(mean(x), mean(y)),
    ring: ring[0] ? [...ring, ring[0]] : [],
    courtyards: tally(
      [...inside].map((row) => columns.courtyard[row] ?? NaN).filter((id) => !Number.isNaN(id)),
    ),
    causes,
    first: Math.min(...times),
    last: Math.max(...times),
  };
}

/** The hot spots among these rows, the largest first. */
export function hotSpots(from: PatternRows, place: PlaceOf, rule: SpotRule): HotSpot[] {
  const groups = new Map<number, number[]>();
  for (const row of from.rows) {
    const key = rule.byCause ? (from.store.columns.category[row] ?? -1) : -1;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()]
    .flatMap((rows) => {
      const points = rows.length >= rule.least ? placed(rows, place) : null;
      if (!points) return [];
      const members = new Map<number, number[]>();
      dbscan(points.x, points.y, rule.reach, rule.least).forEach((cluster, at) => {
        if (cluster === noise) return;
        const list = members.get(cluster);
        if (list) list.push(at);
        else members.set(cluster, [at]);
      });
      return [...members.values()].map((list) => spotOf(from, points, list, rule.byCause));
    })
    .sort((a, b) => b.rows.length - a.rows.length || b.last - a.last);
}
