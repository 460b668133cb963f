import * as v from 'valibot';
import { parseIssueColumns } from './issue-columns.ts';
import type { IssueColumns } from './issue-columns.ts';

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
  issues: IssueColumns;
};

export type MapChanges = {
  topic: string;
  seq: number;
  /** False when the server no longer knows that far back: take a new snapshot. */
  complete: boolean;
  issues: IssueColumns;
  gone: number[];
};

const position = v.tuple([v.number(), v.number()]);
const rings = v.array(v.array(position));
const boundary = v.variant('type', [
  v.object({ type: v.literal('Polygon'), coordinates: rings }),
  v.object({ type: v.literal('MultiPolygon'), coordinates: v.array(rings) }),
]);

const snapshotShape = v.object({
  topic: v.string(),
  seq: v.number(),
  at: v.string(),
  areas: v.array(
    v.pipe(
      v.object({
        id: v.number(),
        level: v.string(),
        name: v.string(),
        name_en: v.nullable(v.string()),
        boundary: v.nullable(boundary),
      }),
      v.transform(({ name_en, ...area }): MapArea => ({ ...area, nameEn: name_en })),
    ),
  ),
  courtyards: v.object({
    id: v.array(v.number()),
    name: v.array(v.string()),
    address: v.array(v.string()),
    community_id: v.array(v.nullable(v.number())),
    kind: v.array(v.string()),
    invented: v.array(v.boolean()),
    point: v.array(position),
    outline: v.array(
      v.nullable(
        v.union([
          v.array(rings),
          v.pipe(
            rings,
            v.transform((polygon) => [polygon]),
          ),
        ]),
      ),
    ),
  }),
  issues: v.unknown(),
});

const changesShape = v.object({
  topic: v.string(),
  seq: v.number(),
  complete: v.boolean(),
  issues: v.unknown(),
  gone: v.array(v.number()),
});

/** The answer of `map_snapshot`; throws when it is not as agreed. */
export function parseSnapshot(input: unknown): MapSnapshot {
  const { courtyards: columns, ...rest } = v.parse(snapshotShape, input);
  const courtyards = columns.id.map((id, i): Courtyard => {
    const point = columns.point[i];
    if (!point) throw new TypeError(`courtyards.point[${i}]: missing`);
    return {
      id,
      name: columns.name[i] ?? '',
      address: columns.address[i] ?? '',
      communityId: columns.community_id[i] ?? null,
      kind: columns.kind[i] ?? '',
      invented: columns.invented[i] ?? false,
      point,
      outline: columns.outline[i] ?? [],
    };
  });
  return { ...rest, at: Date.parse(rest.at), courtyards, issues: parseIssueColumns(rest.issues) };
}

/** The answer of `changes_since`; throws when it is not as agreed. */
export function parseChanges(input: unknown): MapChanges {
  const changes = v.parse(changesShape, input);
  return { ...changes, issues: parseIssueColumns(changes.issues) };
}
