import { isRecord } from './api-error.ts';
import { parseIssueColumns } from './issue-columns.ts';
import type { IssueColumns } from './issue-columns.ts';
import { packIssues } from './issue-pack.ts';
import type { IssuePack } from './issue-pack.ts';

/** A closed ring of WGS-84 positions; a courtyard's outline is its outer ring and its holes. */
export type Ring = [lng: number, lat: number][];

export type CourtyardKind = 'quarter' | 'yard' | 'danwei' | 'heritage';

export type Courtyard = {
  id: number;
  name: string;
  address: string;
  communityId: number | null;
  kind: string;
  /** Cut from a real block for the demo rather than surveyed. */
  invented: boolean;
  point: [lng: number, lat: number];
  /** Polygons, each an outer ring and its holes; empty when only the point is known. */
  outline: Ring[][];
};

export type MapArea = {
  id: number;
  level: string;
  name: string;
  nameEn: string | null;
  boundary: { type: 'MultiPolygon'; coordinates: Ring[][] } | { type: 'Polygon'; coordinates: Ring[] } | null;
};

export type MapSnapshot = {
  topic: string;
  seq: number;
  /** When the server answered, epoch milliseconds. */
  at: number;
  areas: MapArea[];
  courtyards: Courtyard[];
  issues: IssuePack;
};

export type MapChanges = {
  topic: string;
  seq: number;
  /** False when the server no longer knows that far back: take a new snapshot. */
  complete: boolean;
  issues: IssueColumns;
  gone: number[];
};

type Fields = Record<string, unknown>;

function wrong(where: string): never {
  throw new TypeError(`${where}: not as agreed`);
}
const record = (value: unknown, where: string): Fields => (isRecord(value) ? value : wrong(where));
const list = (value: unknown, where: string): readonly unknown[] =>
  Array.isArray(value) ? value : wrong(where);
const text = (value: unknown, where: string): string => (typeof value === 'string' ? value : wrong(where));
const textOrNull = (value: unknown, where: string): string | null =>
  value === null || value === undefined ? null : text(value, where);
const number = (value: unknown, where: string): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : wrong(where);

function position(value: unknown, where: string): [number, number] {
  const [lng, lat] = list(value, where);
  return [number(lng, where), number(lat, where)];
}

/** Rings within rings within polygons: checked to the depth that is said, and given as they are. */
function rings(value: unknown, where: string): Ring[] {
  return list(value, where).map((ring) => list(ring, where).map((at) => position(at, where)));
}

/** A polygon's coordinates or several of them, as `st_asgeojson` gives them; null: none. */
function outline(value: unknown, where: string): Ring[][] {
  if (value === null) return [];
  const parts = list(value, where);
  const [ring] = list(parts[0] ?? [], where);
  const [first] = list(ring ?? [], where);
  return typeof first === 'number' ? [rings(parts, where)] : parts.map((polygon) => rings(polygon, where));
}

function area(value: unknown, at: number): MapArea {
  const where = `areas[${at}]`;
  const said = record(value, where);
  return {
    id: number(said['id'], where),
    level: text(said['level'], where),
    name: text(said['name'], where),
    nameEn: textOrNull(said['name_en'], where),
    boundary: boundary(said['boundary'], where),
  };
}

function boundary(value: unknown, where: string): MapArea['boundary'] {
  if (value === null) return null;
  const { type, coordinates } = record(value, where);
  if (type === 'Polygon') return { type, coordinates: rings(coordinates, where) };
  if (type !== 'MultiPolygon') return wrong(where);
  return { type, coordinates: list(coordinates, where).map((polygon) => rings(polygon, where)) };
}

function courtyards(columns: Fields): Courtyard[] {
  const ids = list(columns['id'], 'courtyards.id');
  const column = (name: string) => {
    const values = list(columns[name], `courtyards.${name}`);
    return values.length === ids.length ? values : wrong(`courtyards.${name}`);
  };
  const [names, addresses, communities] = [column('name'), column('address'), column('community_id')];
  const [kinds, invented, points, outlines] = ['kind', 'invented', 'point', 'outline'].map(column);
  return ids.map((id, at) => {
    const where = `courtyards[${at}]`;
    const community = communities[at];
    return {
      id: number(id, where),
      name: text(names[at], where),
      address: text(addresses[at], where),
      communityId: community === null ? null : number(community, where),
      kind: text(kinds?.[at], where),
      invented: invented?.[at] === true,
      point: position(points?.[at], where),
      outline: outline(outlines?.[at], where),
    };
  });
}

/** The answer of `map_snapshot`; throws a TypeError when it is not as agreed. By hand: it is read before the first paint. */
export function parseSnapshot(input: unknown): MapSnapshot {
  const said = record(input, 'snapshot');
  return {
    topic: text(said['topic'], 'topic'),
    seq: number(said['seq'], 'seq'),
    at: Date.parse(text(said['at'], 'at')),
    areas: list(said['areas'] ?? [], 'areas').map(area),
    courtyards: courtyards(record(said['courtyards'], 'courtyards')),
    issues: packIssues(said['issues']),
  };
}

/** The answer of `changes_since`; throws a TypeError when it is not as agreed. */
export function parseChanges(input: unknown): MapChanges {
  const said = record(input, 'changes');
  return {
    topic: text(said['topic'], 'topic'),
    seq: number(said['seq'], 'seq'),
    complete: said['complete'] === true,
    issues: parseIssueColumns(said['issues']),
    gone: list(said['gone'], 'gone').map((id) => number(id, 'gone')),
  };
}
