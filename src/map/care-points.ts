import type { Feature } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { Layer } from './layers.ts';
import { addLayers, repaint, takeOff } from './layers.ts';
import type { Palette } from './palette.ts';
import type { Look, MapPart } from './part.ts';
import { fonts } from './style.ts';

/** How many people a courtyard looks after, at its point. Numbers only: nobody is on this map. */
export type CareCount = { courtyard: number; lng: number; lat: number; count: number };

const layerIds = ['care-dot', 'care-count'] as const;

const careLayers = (palette: Palette): Layer[] => [
  {
    id: 'care-dot',
    type: 'circle',
    source: 'care',
    minzoom: 13.5,
    paint: {
      // The area of the circle, not its width, tells the number.
      'circle-radius': ['+', 5, ['*', 1.5, ['sqrt', ['get', 'count']]]],
      'circle-color': palette.care,
      'circle-opacity': 0.88,
      'circle-stroke-color': palette.surface,
      'circle-stroke-width': 1.5,
    },
  },
  {
    id: 'care-count',
    type: 'symbol',
    source: 'care',
    minzoom: 14.6,
    layout: {
      'text-field': ['to-string', ['get', 'count']],
      'text-font': fonts,
      'text-size': 11,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': palette.surface },
  },
];

/** The care counts, for those who may see them. */
export class CarePoints implements MapPart {
  #map: MapLibreMap | null = null;
  #counts: readonly CareCount[] = [];

  add(map: MapLibreMap, { palette }: Look): void {
    this.#map = map;
    map.addSource('care', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    addLayers(map, careLayers(palette));
    this.load(this.#counts);
  }

  load(counts: readonly CareCount[]): void {
    this.#counts = counts;
    const features = counts.map(({ courtyard, lng, lat, count }): Feature => ({
      type: 'Feature',
      id: courtyard,
      properties: { count },
      geometry: { type: 'Point', coordinates: [lng, lat] },
    }));
    void this.#map?.getSource<GeoJSONSource>('care')?.setData({ type: 'FeatureCollection', features });
  }

  restyle({ palette }: Look): void {
    if (this.#map) repaint(this.#map, careLayers(palette));
  }

  remove(): void {
    if (this.#map) takeOff(this.#map, layerIds, ['care']);
    this.#map = null;
  }
}
