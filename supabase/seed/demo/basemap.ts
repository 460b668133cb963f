import type { Feature, Geometry, Position } from 'geojson';
import { joinLines } from './join-lines.ts';
import { readLayer, type LayerFeature, type LayerName } from './read.ts';

type Slim = Feature<Geometry, Record<string, string | number>>;

/** The window that all layers fill: west, south, east, north in degrees. */
export const basemapBounds = [104.0421, 30.6528, 104.085, 30.6925] as const;

const roadKinds: Record<string, string> = {
  trunk: 'primary',
  primary: 'primary',
  primary_link: 'secondary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  unclassified: 'minor',
  residential: 'minor',
  living_street: 'minor',
  pedestrian: 'lane',
  service: 'service',
  footway: 'path',
  steps: 'path',
};

const poiKinds: Record<string, string> = {
  'amenity/school': 'school',
  'amenity/university': 'school',
  'amenity/hospital': 'hospital',
  'amenity/library': 'culture',
  'amenity/theatre': 'culture',
  'tourism/museum': 'culture',
  'amenity/place_of_worship': 'culture',
  'tourism/attraction': 'sight',
  'leisure/park': 'park',
  'railway/station': 'metro',
};

function round(coordinates: unknown): unknown {
  if (typeof coordinates === 'number') return Number(coordinates.toFixed(6));
  return Array.isArray(coordinates) ? coordinates.map(round) : coordinates;
}

function slim(geometry: Geometry, properties: Record<string, string | number | undefined>): Slim {
  const kept: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(properties))
    if (value !== undefined && value !== '') kept[key] = value;
  const rounded = JSON.parse(
    JSON.stringify(geometry, (key, value: unknown) => (key === 'coordinates' ? round(value) : value)),
  );
  return { type: 'Feature', properties: kept, geometry: rounded };
}

const lines = (geometry: Geometry): Position[][] =>
  geometry.type === 'LineString'
    ? [geometry.coordinates]
    : geometry.type === 'MultiLineString'
      ? geometry.coordinates
      : [];

/** Ways of one name and kind become one feature of long lines, so that a street's name is written along the whole street. */
function roads(): Slim[] {
  const groups = new Map<
    string,
    { properties: Record<string, string | number | undefined>; lines: Position[][] }
  >();
  for (const { geometry, properties: p } of readLayer('roads')) {
    const kind = roadKinds[p.kind];
    if (!kind) continue;
    const under = p.tunnel && p.tunnel !== 'no' ? 1 : undefined;
    const key = [kind, p.name, under].join('|');
    const group = groups.get(key) ?? {
      properties: { kind, name: p.name, name_en: p.name_en, tunnel: under },
      lines: [],
    };
    group.properties.name_en ??= p.name_en;
    group.lines.push(...lines(geometry));
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => {
    const joined = joinLines(group.lines);
    const [only] = joined;
    const geometry: Geometry =
      joined.length === 1 && only
        ? { type: 'LineString', coordinates: only }
        : { type: 'MultiLineString', coordinates: joined };
    return slim(geometry, group.properties);
  });
}

const named = ({ geometry, properties: { kind, name, name_en } }: LayerFeature): Slim =>
  slim(geometry, { kind, name, name_en });

function layer(name: LayerName, make: (feature: LayerFeature) => Slim | null): Slim[] {
  return readLayer(name)
    .map(make)
    .filter((feature) => feature !== null);
}

function poi(feature: LayerFeature): Slim | null {
  const { properties: p, geometry } = feature;
  if (!/\p{Script=Han}/u.test(p.name ?? '') || p.name === '毛主席像') return null;
  if (p.class === 'place') return slim(geometry, { kind: 'place', name: p.name, name_en: p.name_en });
  const kind = poiKinds[`${p.class}/${p.kind}`];
  return kind ? slim(geometry, { kind, name: p.name, name_en: p.name_en }) : null;
}

function uniqueByName(features: Slim[]): Slim[] {
  const seen = new Set<string>();
  return features.filter(({ properties: { kind, name } }) => {
    const key = `${kind} ${name}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Every base-map layer, by file name, as it stands in public/basemap. */
export function basemapLayers(): Record<string, Slim[]> {
  return {
    roads: roads(),
    rail: layer('rail', named),
    water: layer('water', ({ geometry, properties: { kind, name, name_en } }) =>
      kind === 'weir' ? null : slim(geometry, { kind: kind === 'riverbank' ? 'water' : kind, name, name_en }),
    ),
    green: layer('green', named),
    landuse: layer('landuse', named),
    buildings: layer('buildings', ({ geometry }) => slim(geometry, {})),
    pois: uniqueByName(layer('pois', poi)),
  };
}

/** A layer as the bytes of its file: one feature a line. */
export function layerText(features: readonly Slim[]): string {
  return `{"type":"FeatureCollection","features":[\n${features.map((feature) => JSON.stringify(feature)).join(',\n')}\n]}\n`;
}
