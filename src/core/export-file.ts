import { toCsv } from './numbers-csv.ts';
import type { Cell } from './numbers-csv.ts';

export const exportFormats = ['xlsx', 'csv', 'geojson'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export type ExportKind = 'issues' | 'courtyards';

type Shape = { type: string; coordinates: unknown[] };
export type Value = string | number | boolean | null;

/** What the server handed out, and to whom: `number` is that of its log. */
export type Exported = {
  number: number;
  by: string;
  office: string | null;
  at: string;
  reason: string;
  rows: ({ outline?: Shape | null | undefined } & Record<string, Value | Shape | null | undefined>)[];
};

const plain = (value: Value | Shape | null | undefined): Value =>
  typeof value === 'object' || value === undefined ? null : value;

export type Column = { key: string; name: string };

const cellOf = (value: Value): Cell =>
  typeof value === 'string' || typeof value === 'number'
    ? value
    : value === true
      ? 1
      : value === false
        ? 0
        : null;

/** The rows as a table, in the order of the columns, each value as `spoken` says it; columns the server did not send are left out. */
export function table(
  { rows }: Exported,
  columns: readonly Column[],
  spoken: (key: string, value: Value) => Value = (_, value) => value,
): { head: string[]; rows: Cell[][] } {
  const sent = columns.filter(({ key }) => rows.some((row) => key in row));
  return {
    head: sent.map(({ name }) => name),
    rows: rows.map((row) => sent.map(({ key }) => cellOf(spoken(key, plain(row[key]))))),
  };
}

/** A table as CSV, with the line that says who took it, when and why, above it. */
export const csvFile = ({ head, rows }: { head: string[]; rows: Cell[][] }, mark: string): string =>
  toCsv([[mark], head, ...rows]);

/** A FeatureCollection in WGS-84 that carries its mark; outlines where the server sent them, else points. */
export function geojsonFile({ rows }: Exported, mark: string): string {
  const features = rows.map(({ outline, lng, lat, ...properties }) => ({
    type: 'Feature',
    properties,
    geometry: outline ?? (typeof lng === 'number' ? { type: 'Point', coordinates: [lng, lat] } : null),
  }));
  return JSON.stringify({ type: 'FeatureCollection', note: mark, features }, null, 1);
}
