import type { MultiPolygon, Point, Polygon } from 'geojson';

export type Geometry = Point | Polygon | MultiPolygon;

/** The columns the importer understands; `lng`, `lat`, `lnglat` and `geometry` become the row's place. */
export type Field =
  'name' | 'address' | 'community' | 'kind' | 'code' | 'lng' | 'lat' | 'lnglat' | 'geometry';

/** Why a row was refused: a code of the message table, with facts for its words. */
export interface Refusal {
  reason: string;
  detail?: Record<string, string | number> | undefined;
}

/** A row as it was read. `row` is what a spreadsheet shows (1 = its first line), or the feature's place in the file. */
export interface SourceRow {
  row: number;
  text: Partial<Record<'name' | 'address' | 'community' | 'kind' | 'code', string>>;
  place: Geometry | Refusal;
}

export interface Source {
  rows: SourceRow[];
  /** Columns of the file that nothing here reads, named so that a misspelt one is noticed. */
  unused: string[];
}

/** A file that can not be read at all; `code` is of the message table. */
export class UnreadableFile extends Error {
  readonly code: string;
  readonly detail: Record<string, string | number>;
  constructor(code: string, detail: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** True for a refusal, false for a geometry. */
export function isRefusal(place: Geometry | Refusal): place is Refusal {
  return 'reason' in place;
}
