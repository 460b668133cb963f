import type { Feature } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap, Point } from 'maplibre-gl';
import type { Layer } from './layers.ts';
import { addLayers, repaint, takeOff } from './layers.ts';
import type { Palette } from './palette.ts';
import type { Look, MapPart } from './part.ts';
import { fonts } from './style.ts';

/** A hot spot to be marked: its outline, and how many issues it holds. */
export type SpotMark = {
  id: number;
  ring: readonly (readonly [lng: number, lat: number])[];
  centre: readonly [lng: number, lat: number];
  count: number;
};

const chosen: ExpressionSpecification = ['boolean', ['feature-state', 'chosen'], false];

const spotLayers = (palette: Palette): Layer[] => [
  {
    id: 'spot-fill',
    type: 'fill',
    source: 'spots',
    paint: { 'fill-color': palette.pin.door, 'fill-opacity': ['case', chosen, 0.16, 0.06] },
  },
  {
    id: 'spot-edge',
    type: 'line',
    source: 'spots',
    paint: {
      'line-color': palette.pin.door,
      'line-width': ['case', chosen, 3, 1.6],
      'line-dasharray': [3, 2],
    },
  },
  {
    id: 'spot-count',
    type: 'symbol',
    source: 'spot-points',
    layout: {
      'text-field': ['to-string', ['get', 'count']],
      'text-font': fonts,
      'text-size': 15,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': palette.pin.door, 'text-halo-color': palette.halo, 'text-halo-width': 2.5 },
  },
];

const layerIds = ['spot-fill', 'spot-edge', 'spot-count'] as const;
const sources = ['spots', 'spot-points'] as const;

/** Hot spots as dashed outlines with their number; one of them may be chosen. */
export class SpotPart implements MapPart {
  #map: MapLibreMap | null = null;
  #spots: readonly SpotMark[] = [];
  #chosen: number | null = null;
  readonly #onpress: (id: number) => void;

  /** `onpress` is told which spot somebody pressed. */
  constructor(onpress: (id: number) => void) {
    this.#onpress = onpress;
  }

  add(map: MapLibreMap, { palette }: Look): void {
    this.#map = map;
    const data = { type: 'FeatureCollection' as const, features: [] };
    for (const source of sources) map.addSource(source, { type: 'geojson', data });
    addLayers(map, spotLayers(palette));
    this.show(this.#spots);
    this.#mark(this.#chosen, true);
  }

  show(spots: readonly SpotMark[]): void {
    this.#spots = spots;
    const feed = (source: string, features: Feature[]) =>
      void this.#map?.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features });
    feed(
      'spots',
      spots.map(({ id, ring }) => ({
        type: 'Feature',
        id,
        properties: {},
        geometry: { type: 'Polygon', coordinates: [ring.map(([lng, lat]) => [lng, lat])] },
      })),
    );
    feed(
      'spot-points',
      spots.map(({ id, centre, count }) => ({
        type: 'Feature',
        id,
        properties: { count },
        geometry: { type: 'Point', coordinates: [...centre] },
      })),
    );
  }

  choose(id: number | null): void {
    if (id === this.#chosen) return;
    this.#mark(this.#chosen, false);
    this.#chosen = id;
    this.#mark(id, true);
  }

  /** Only the outline's edge and number are the spot's: pins and courtyards inside stay within reach. */
  press(point: Point): boolean {
    const [spot] = this.#map?.queryRenderedFeatures(point, { layers: ['spot-count', 'spot-edge'] }) ?? [];
    if (typeof spot?.id !== 'number') return false;
    this.#onpress(spot.id);
    return true;
  }

  restyle({ palette }: Look): void {
    if (this.#map) repaint(this.#map, spotLayers(palette));
  }

  remove(): void {
    if (this.#map) takeOff(this.#map, layerIds, sources);
    this.#map = null;
  }

  #mark(id: number | null, on: boolean): void {
    if (id !== null) this.#map?.setFeatureState({ source: 'spots', id }, { chosen: on });
  }
}
