import * as v from 'valibot';
import { fieldNamed } from './columns.ts';
import { UnreadableFile, type Geometry, type Refusal, type Source, type SourceRow } from './source.ts';

const position = v.array(v.number());
const geometry = v.variant('type', [
  v.object({ type: v.literal('Point'), coordinates: position }),
  v.object({ type: v.literal('Polygon'), coordinates: v.array(v.array(position)) }),
  v.object({ type: v.literal('MultiPolygon'), coordinates: v.array(v.array(v.array(position))) }),
]);
const feature = v.object({
  type: v.literal('Feature'),
  id: v.optional(v.union([v.string(), v.number()])),
  properties: v.nullish(v.record(v.string(), v.unknown())),
  geometry: v.unknown(),
});
const collection = v.object({
  type: v.literal('FeatureCollection'),
  crs: v.nullish(v.object({ properties: v.nullish(v.object({ name: v.nullish(v.string()) })) })),
  features: v.array(v.unknown()),
});

const known = new Set(['Point', 'Polygon', 'MultiPolygon']);
const typeOf = (value: unknown) =>
  typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : '';

function placeOf(value: unknown): Geometry | Refusal {
  if (value === null || value === undefined) return { reason: 'geometry_missing' };
  const read = v.safeParse(geometry, value);
  if (read.success) return read.output;
  const type = typeOf(value);
  return known.has(type) ? { reason: 'geometry_numbers' } : { reason: 'geometry_kind', detail: { type } };
}

const asText = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function rowOf(value: unknown, row: number, unused: Set<string>): SourceRow {
  const read = v.safeParse(feature, value);
  if (!read.success) return { row, text: {}, place: { reason: 'feature_malformed' } };
  const text: SourceRow['text'] = {};
  for (const [key, content] of Object.entries(read.output.properties ?? {})) {
    const field = fieldNamed(key);
    if (
      field === 'name' ||
      field === 'address' ||
      field === 'community' ||
      field === 'kind' ||
      field === 'code'
    )
      text[field] ??= asText(content);
    else unused.add(key);
  }
  return { row, text, place: placeOf(read.output.geometry) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableFile('file_not_json');
  }
}

/** Courtyards from GeoJSON: a FeatureCollection or one Feature, of points or polygons. Throws UnreadableFile. */
export function readGeojson(text: string): Source {
  const value = parse(text);
  const read = v.safeParse(
    collection,
    typeOf(value) === 'Feature' ? { type: 'FeatureCollection', features: [value] } : value,
  );
  if (!read.success) throw new UnreadableFile('file_not_geojson');
  // GeoJSON of 2008 may name another system; 4326, 4490 (CGCS2000) and CRS84 are degrees and within a metre of each other.
  const named = read.output.crs?.properties?.name;
  if (named && !/(4326|4490|CRS84)$/.test(named)) throw new UnreadableFile('file_projected', { crs: named });
  const unused = new Set<string>();
  return {
    rows: read.output.features.map((value, index) => rowOf(value, index + 1, unused)),
    unused: [...unused],
  };
}
