import type { ExpressionSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { edgeSource } from './edge.ts';
import type { Layer } from './layers.ts';
import type { Palette } from './palette.ts';

/** Fonts of the reader's own device: no glyph files are fetched. */
export const fonts = [
  'PingFang SC',
  'HarmonyOS Sans SC',
  'MiSans',
  'Noto Sans CJK SC',
  'Noto Sans SC',
  'Microsoft YaHei',
  'sans-serif',
];

const layerFiles = ['landuse', 'green', 'water', 'buildings', 'rail', 'roads', 'pois'] as const;

export type Language = 'zh' | 'en';

const kind = (...kinds: string[]): ExpressionSpecification => ['match', ['get', 'kind'], kinds, true, false];
const big = kind('motorway', 'trunk', 'primary', 'secondary');
const isRoad = kind('motorway', 'trunk', 'primary', 'secondary', 'tertiary');
const isLane: ExpressionSpecification = ['!', isRoad];
const isArea: ExpressionSpecification = [
  'match',
  ['geometry-type'],
  ['Polygon', 'MultiPolygon'],
  true,
  false,
];
const isLine: ExpressionSpecification = ['!', isArea];

/** Width in px of a way that is `at16` px wide at zoom 16, growing as the street does. */
const wide = (at16: ExpressionSpecification | number, extra = 0): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  12,
  ['+', ['*', at16, 0.14], extra * 0.4],
  16,
  ['+', at16, extra],
  19,
  ['+', ['*', at16, 4], extra],
];
const roadWidth: ExpressionSpecification = ['case', big, 13, 8];
const laneWidth: ExpressionSpecification = [
  'match',
  ['get', 'kind'],
  'minor',
  5,
  'lane',
  4,
  'service',
  3,
  1.6,
];

/** A feature's name in the reader's language, as far as the map knows it. */
export const nameIn = (language: Language): ExpressionSpecification =>
  language === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name']] : ['get', 'name'];

const text = (language: Language, size: [at15: number, at18: number]) => ({
  'text-field': nameIn(language),
  'text-font': fonts,
  'text-size': ['interpolate', ['linear'], ['zoom'], 15, size[0], 18, size[1]] as ExpressionSpecification,
});

/** The page in the background: land, water, green, buildings, ways and their names in these colours. */
export function baseLayers(palette: Palette, language: Language): Layer[] {
  const edge = { 'line-color': palette.roadEdge };
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const name = { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 };
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
    {
      id: 'landuse',
      type: 'fill',
      source: 'landuse',
      filter: isArea,
      paint: { 'fill-color': palette.landuse },
    },
    { id: 'green', type: 'fill', source: 'green', filter: isArea, paint: { 'fill-color': palette.green } },
    { id: 'water', type: 'fill', source: 'water', filter: isArea, paint: { 'fill-color': palette.water } },
    {
      id: 'waterway',
      type: 'line',
      source: 'water',
      filter: ['all', isLine, ['match', ['get', 'kind'], ['river', 'canal', 'stream', 'drain'], true, false]],
      layout: round,
      paint: { 'line-color': palette.water, 'line-width': wide(['match', ['get', 'kind'], 'river', 7, 4]) },
    },
    {
      id: 'building',
      type: 'fill',
      source: 'buildings',
      minzoom: 14,
      paint: { 'fill-color': palette.building, 'fill-outline-color': palette.buildingEdge },
    },
    {
      id: 'rail',
      type: 'line',
      source: 'rail',
      minzoom: 14,
      paint: { 'line-color': palette.rail, 'line-width': 1.5, 'line-dasharray': [4, 3] },
    },
    {
      id: 'lane-edge',
      type: 'line',
      source: 'roads',
      filter: isLane,
      minzoom: 14,
      layout: round,
      paint: { ...edge, 'line-width': wide(laneWidth, 1.6) },
    },
    {
      id: 'road-edge',
      type: 'line',
      source: 'roads',
      filter: isRoad,
      layout: round,
      paint: { ...edge, 'line-width': wide(roadWidth, 1.6) },
    },
    {
      id: 'lane',
      type: 'line',
      source: 'roads',
      filter: isLane,
      minzoom: 13,
      layout: round,
      paint: { 'line-color': palette.lane, 'line-width': wide(laneWidth) },
    },
    {
      id: 'road',
      type: 'line',
      source: 'roads',
      filter: isRoad,
      layout: round,
      paint: { 'line-color': palette.road, 'line-width': wide(roadWidth) },
    },
    {
      id: 'edge-fade',
      type: 'fill',
      source: 'edge',
      paint: { 'fill-color': palette.veil, 'fill-opacity': ['get', 'opacity'], 'fill-antialias': false },
    },
    {
      id: 'water-name',
      type: 'symbol',
      source: 'water',
      minzoom: 14.5,
      filter: ['all', isLine, ['has', 'name']],
      layout: { ...text(language, [11, 13]), 'symbol-placement': 'line', 'text-letter-spacing': 0.3 },
      paint: { ...name, 'text-color': palette.waterLabel },
    },
    {
      id: 'lane-name',
      type: 'symbol',
      source: 'roads',
      minzoom: 15.6,
      filter: ['all', isLane, ['has', 'name']],
      layout: {
        ...text(language, [9.5, 12.5]),
        'symbol-placement': 'line',
        'text-max-angle': 30,
        'text-padding': 6,
      },
      paint: name,
    },
    {
      id: 'road-name',
      type: 'symbol',
      source: 'roads',
      minzoom: 14,
      filter: ['all', isRoad, ['has', 'name']],
      layout: {
        ...text(language, [11, 13]),
        'symbol-placement': 'line',
        'text-max-angle': 30,
        'symbol-spacing': 400,
        'text-padding': 8,
      },
      paint: name,
    },
    {
      id: 'poi-name',
      type: 'symbol',
      source: 'pois',
      minzoom: 15.5,
      filter: kind('metro', 'sight', 'hospital', 'park', 'culture', 'market'),
      layout: { ...text(language, [10, 12]), 'text-max-width': 8, 'text-padding': 10 },
      paint: name,
    },
  ];
}

/** The base map's style over the layer files at `folder` (an address on this site); no glyphs, no sprites, nothing foreign. */
export function baseStyle(palette: Palette, language: Language, folder: string): StyleSpecification {
  const source = (file: string): SourceSpecification => ({
    type: 'geojson',
    data: new URL(`${folder}/${file}.geojson`, document.baseURI).href,
    maxzoom: 16,
    tolerance: 0.4,
  });
  return {
    version: 8,
    sources: { ...Object.fromEntries(layerFiles.map((file) => [file, source(file)])), edge: edgeSource },
    layers: baseLayers(palette, language),
  };
}
