import { readFileSync } from 'node:fs';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import * as v from 'valibot';

const properties = v.object({
  kind: v.optional(v.string(), ''),
  class: v.optional(v.string()),
  name: v.optional(v.string()),
  name_en: v.optional(v.string()),
  addr_street: v.optional(v.string()),
  addr_housenumber: v.optional(v.string()),
  oneway: v.optional(v.string()),
  bridge: v.optional(v.string()),
  tunnel: v.optional(v.string()),
  station: v.optional(v.string()),
});
export type LayerProperties = v.InferOutput<typeof properties>;
export type LayerFeature = Feature<Geometry, LayerProperties> & { id: string };

export type LayerName = 'roads' | 'rail' | 'water' | 'green' | 'landuse' | 'buildings' | 'pois' | 'quarters';

function isCollection(value: unknown): value is FeatureCollection<Geometry> {
  return v.is(
    v.object({
      type: v.literal('FeatureCollection'),
      features: v.array(
        v.object({ geometry: v.object({ type: v.string(), coordinates: v.array(v.unknown()) }) }),
      ),
    }),
    value,
  );
}

/** The lane's official name; the data has a homophone of its first character. */
const corrected: Record<string, string> = { 魁星楼街: '奎星楼街' };

function parseProperties(value: unknown): LayerProperties {
  const parsed = v.parse(properties, value ?? {});
  return { ...parsed, name: corrected[parsed.name ?? ''] ?? parsed.name };
}

/** One of the committed OpenStreetMap layers, in file order; WGS-84 degrees. Throws when the file is not such a layer. */
export function readLayer(name: LayerName): LayerFeature[] {
  const file = new URL(`layers/${name}.geojson`, import.meta.url);
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isCollection(parsed)) throw new Error(`${name}.geojson is no collection of features`);
  return parsed.features.map((feature) => ({
    ...feature,
    id: String(feature.id),
    properties: parseProperties(feature.properties),
  }));
}
