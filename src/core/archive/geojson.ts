import { isRecord } from '../api-error.ts';
import type { Field } from './field.ts';
import { neutral } from './neutral.ts';
import { keyColumns, type Cells, type YardRow } from './table.ts';
import { writeValue } from './value.ts';

/** Where a yard's name stands, WGS-84 degrees. */
export type Point = readonly [lng: number, lat: number];

/** The archives as GeoJSON: a point for each yard, its properties named by the fields' codes; unknown ones are null. */
export function writeGeoJson(
  fields: readonly Field[],
  yards: readonly (YardRow & { point: Point })[],
  mark: string,
): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    source: mark,
    features: yards.map(({ code, name, address, values, point }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: point },
      properties: {
        code,
        name,
        address,
        ...Object.fromEntries(fields.map(({ code }) => [code, values[code] ?? null])),
      },
    })),
  });
}

function textOf(value: unknown, field: Field | undefined): string {
  if (typeof value === 'number' || typeof value === 'boolean')
    return field ? writeValue(value, field) : String(value);
  return typeof value === 'string' ? neutral(value) : '';
}

/** A GeoJSON file's properties as a table, so that it is read as any other file; null for what is none. */
export function tableOfGeoJson(text: string, fields: readonly Field[]): Cells | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const features = isRecord(parsed) ? parsed['features'] : null;
  if (!Array.isArray(features)) return null;
  const rows = features.flatMap((feature: unknown) =>
    isRecord(feature) && isRecord(feature['properties']) ? [feature['properties']] : [],
  );
  const names = [...new Set([...keyColumns, ...rows.flatMap((row) => Object.keys(row))])];
  return [
    names,
    ...rows.map((row) =>
      names.map((name) =>
        textOf(
          row[name],
          fields.find(({ code }) => code === name),
        ),
      ),
    ),
  ];
}
