import type { Feature, FeatureCollection, Position } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { MapArea } from '../core/map-snapshot.ts';
import type { Layer } from './layers.ts';
import { addLayers, relabel, repaint } from './layers.ts';
import type { Palette } from './palette.ts';
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
    id: 'area-name',
    type: 'symbol',
    source: 'areas',
    maxzoom: 16.2,
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

function feature(area: MapArea): Feature[] {
  if (!area.boundary) return [];
  const outline: Feature = {
    type: 'Feature',
    properties: { level: area.level, name: area.name, name_en: area.nameEn },
    geometry: area.boundary,
  };
  if (area.level !== 'street') return [outline];
  const shapes = area.boundary.type === 'Polygon' ? [area.boundary.coordinates] : area.boundary.coordinates;
  const holes = shapes.flatMap((rings) => rings.slice(0, 1));
  return [
    outline,
    {
      type: 'Feature',
      properties: { level: 'outside' },
      geometry: { type: 'Polygon', coordinates: [world, ...holes] },
    },
  ];
}

/** Outlines of the street and its communities; everything outside the street steps back. */
export class AreaLayer {
  #map: MapLibreMap;

  constructor(map: MapLibreMap, palette: Palette, language: Language) {
    this.#map = map;
    map.addSource('areas', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    addLayers(map, areaLayers(palette, language));
  }

  load(areas: readonly MapArea[]): void {
    const data: FeatureCollection = { type: 'FeatureCollection', features: areas.flatMap(feature) };
    void this.#map.getSource<GeoJSONSource>('areas')?.setData(data);
  }

  repaint(palette: Palette, language: Language): void {
    repaint(this.#map, areaLayers(palette, language));
    relabel(this.#map, areaLayers(palette, language));
  }
}
