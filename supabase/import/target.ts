import type { MultiPolygon, Polygon } from 'geojson';
import * as v from 'valibot';
import type { CourtyardRow } from './check.ts';
import { polygonFromHex } from './ewkb.ts';
import type { Answer } from './outcome.ts';

/** Where courtyards are imported to: a running server, or the database opened by the importer itself. */
export interface Target {
  /** Calls import_courtyards; throws TargetTrouble. */
  take(rows: CourtyardRow[], dryRun: boolean): Promise<Answer['rows']>;
  /** The street's boundary in WGS-84 degrees; null when it has none, or there are several streets. */
  boundary(): Promise<Polygon | MultiPolygon | null>;
  close(): Promise<void>;
}

/** The import could not be carried out; `code` is of the message table. */
export class TargetTrouble extends Error {
  readonly code:
    'server_away' | 'server_elsewhere' | 'server_refused' | 'server_strange' | 'too_much_at_once';
  readonly detail: Record<string, string | number>;
  constructor(code: TargetTrouble['code'], detail: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

const ring = v.array(v.array(v.number()));
const boundary = v.variant('type', [
  v.object({ type: v.literal('Polygon'), coordinates: v.array(ring) }),
  v.object({ type: v.literal('MultiPolygon'), coordinates: v.array(v.array(ring)) }),
]);
const hexadecimal = v.pipe(v.string(), v.transform(polygonFromHex), v.nonNullable(boundary));
const streets = v.array(v.object({ boundary: v.union([boundary, hexadecimal]) }));

/** The one boundary among rows `{boundary}` of streets, or null. */
export function onlyBoundary(rows: unknown): Polygon | MultiPolygon | null {
  const read = v.safeParse(streets, rows);
  return read.success && read.output.length === 1 ? (read.output[0]?.boundary ?? null) : null;
}
