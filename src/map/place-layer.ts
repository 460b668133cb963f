import type { Geometry } from 'geojson';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { addLayers } from './layers.ts';
import type { Palette } from './palette.ts';

/** The outline of the one courtyard a picker is about. */
export function addPlaceOutline(map: MapLibreMap, outline: Geometry, palette: Palette): void {
  map.addSource('place', { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: outline } });
  addLayers(map, [
    {
      id: 'place-outline',
      type: 'line',
      source: 'place',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.accent, 'line-width': 2, 'line-dasharray': [3, 2] },
    },
  ]);
}
