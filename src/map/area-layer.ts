import type { Feature, Position } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { MapArea, Ring } from '../core/map-snapshot.ts';
import { largestRing, ringCentre } from '../core/ring.ts';
import type { Layer } from './layers.ts';
import { addLayers, relabel, repaint, takeOff } from './layers.ts';
import type { Palette } from './palette.ts';
import type { Look, MapPart } from './part.ts';
import { fonts, nameIn } from './style.ts';
import type { Language } from './style.ts';

const world: Position[] = [
  [-180, -85],
  [180, -85],
  [180, 85],
  [-180, 85],
  [-180, -85],
];

const areaLayers = (palette: Palette, language: Language): Layer[] => [
  {
    id: 'area-veil',
    type: 'fill',
    source: 'areas',
    filter: ['==', ['get', 'level'], 'outside'],
    paint: { 'fill-color': palette.veil, 'fill-opacity': 0.62, 'fill-antialias': false },
  },
  {
    id: 'area-community',
    type: 'line',
    source: 'areas',
    filter: ['==', ['get', 'level'], 'community'],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.boundary,
      'line-width': 1,
      'line-dasharray': [5, 3],
      'line-opacity': 0.75,
    },
  },
  {
    id: 'area-street',
    type: 'line',
    source: 'areas',
    filter: ['==', ['get', 'level'], 'street'],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': palette.boundary, 'line-width': 2, 'line-opacity': 0.8 },
  },
  {
    id: 'area-grid',
    type: 'line',
    source: 'areas',
    filter: ['==', ['get', 'level'], 'grid'],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.boundary,
      'line-width': 1,
      'line-dasharray': [1.5, 2],
      'line-opacity': 0.9,
    },
  },
  {
    id: 'grid-name',
    type: 'symbol',
    source: 'area-names',
    minzoom: 14.4,
    filter: ['==', ['get', 'level'], 'grid'],
    layout: {
      'text-field': nameIn(language),
      'text-font': fonts,
      'text-size': ['interpolate', ['linear'], ['zoom'], 14.4, 10, 18, 13],
      'text-padding': 6,
    },
    paint: { 'text-color': palette.boundaryName, 'text-halo-color': palette.halo, 'text-halo-width': 2 },
  },
  {
    id: 'area-name',
    type: 'symbol',
    source: 'area-names',
    maxzoom: 16.4,
    filter: ['==', ['get', 'level'], 'community'],
    layout: {
      'text-field': nameIn(language),
      'text-font': fonts,
      'text-size': ['interpolate', ['linear'], ['zoom'], 13, 11, 16, 15],
      'text-letter-spacing': 0.25,
      'text-padding': 12,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': palette.boundaryName, 'text-halo-color': palette.halo, 'text-halo-width': 2 },
  },
];

const outerRings = ({ boundary }: MapArea): Ring[] => {
  if (!boundary) return [];
  const shapes = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;
  return shapes.flatMap((rings) => rings.slice(0, 1));
};

function outline(area: MapArea): Feature[] {
  if (!area.boundary) return [];
  const itself: Feature = { type: 'Feature', properties: { level: area.level }, geometry: area.boundary };
  if (area.level !== 'street') return [itself];
  const coordinates = [world, ...outerRings(area)];
  return [
    itself,
    { type: 'Feature', properties: { level: 'outside' }, geometry: { type: 'Polygon', coordinates } },
  ];
}

/** The name of a community or a grid once, at its centre: a polygon would be named anew in each tile it crosses. */
function name(area: MapArea): Feature[] {
  const centre = area.level === 'street' ? null : ringCentre(largestRing(outerRings(area)));
  if (!centre) return [];
  const properties = { level: area.level, name: area.name, name_en: area.nameEn };
  return [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates: centre } }];
}

const sources = ['areas', 'area-names'] as const;
const layerIds = [
  'area-veil',
  'area-community',
  'area-street',
  'area-grid',
  'grid-name',
  'area-name',
] as const;

/** Whose boundaries can be drawn. */
export type AreaLevel = 'street' | 'community' | 'grid';
const layersOfLevel = {
  street: ['area-street'],
  community: ['area-community', 'area-name'],
  grid: ['area-grid', 'grid-name'],
} as const;

/** Outlines of the street, its communities and, when asked for, its grids; everything outside the street steps back. */
export class AreaLayer implements MapPart {
  #map: MapLibreMap | null = null;
  #areas: readonly MapArea[] = [];
  #levels: ReadonlySet<AreaLevel> = new Set<AreaLevel>(['street', 'community']);

  add(map: MapLibreMap, { palette, language }: Look): void {
    this.#map = map;
    const data = { type: 'FeatureCollection' as const, features: [] };
    for (const source of sources) map.addSource(source, { type: 'geojson', data });
    addLayers(map, areaLayers(palette, language));
    this.load(this.#areas);
    this.show(this.#levels);
  }

  /** Draws the boundaries of these levels only. */
  show(levels: ReadonlySet<AreaLevel>): void {
    this.#levels = levels;
    for (const level of ['street', 'community', 'grid'] as const)
      for (const id of layersOfLevel[level])
        this.#map?.setLayoutProperty(id, 'visibility', levels.has(level) ? 'visible' : 'none');
  }

  load(areas: readonly MapArea[]): void {
    this.#areas = areas;
    this.#feed('areas', areas.flatMap(outline));
    this.#feed('area-names', areas.flatMap(name));
  }

  restyle({ palette, language }: Look): void {
    if (!this.#map) return;
    repaint(this.#map, areaLayers(palette, language));
    relabel(this.#map, areaLayers(palette, language));
  }

  remove(): void {
    if (this.#map) takeOff(this.#map, layerIds, sources);
    this.#map = null;
  }

  #feed(source: string, features: Feature[]): void {
    void this.#map?.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features });
  }
}
