import type { Feature } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap, Point } from 'maplibre-gl';
import { closed } from '../core/shape/plane.ts';
import type { Corners, Position } from '../core/shape/plane.ts';
import { addLayers, repaint, takeOff } from './layers.ts';
import type { Layer } from './layers.ts';
import type { Look, MapPart, Others } from './part.ts';
import type { Palette } from './palette.ts';
import { fonts } from './style.ts';

/** What can be marked: chosen shapes and places, a flaw, words at a place. */
export type Marking = {
  shapes?: readonly Corners[];
  places?: readonly Position[];
  flaw?: Position | null;
  words?: readonly { at: Position; words: string }[];
};

/** A press: where, and what lies there: a yard, an issue, a cluster with its place and how many are in it. */
export type Pressed = {
  at: Position;
  courtyard: number | null;
  issue: number | null;
  group: { at: Position; count: number } | null;
};

const markLayers = ({ accent, surface, pin, courtyardName }: Palette): Layer[] => [
  {
    id: 'mark-fill',
    type: 'fill',
    source: 'mark',
    filter: ['==', ['get', 'kind'], 'shape'],
    paint: { 'fill-color': accent, 'fill-opacity': 0.22 },
  },
  {
    id: 'mark-edge',
    type: 'line',
    source: 'mark',
    filter: ['==', ['get', 'kind'], 'shape'],
    paint: { 'line-color': accent, 'line-width': 2.5 },
  },
  {
    id: 'mark-place',
    type: 'circle',
    source: 'mark',
    filter: ['in', ['get', 'kind'], ['literal', ['place', 'flaw']]],
    paint: {
      'circle-radius': 13,
      'circle-color': accent,
      'circle-opacity': 0.12,
      'circle-stroke-width': 2.5,
      'circle-stroke-color': ['case', ['==', ['get', 'kind'], 'flaw'], pin.door, accent],
    },
  },
  {
    id: 'mark-words',
    type: 'symbol',
    source: 'mark',
    filter: ['==', ['get', 'kind'], 'words'],
    layout: {
      'text-field': ['get', 'words'],
      'text-font': fonts,
      'text-size': 12.5,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': courtyardName, 'text-halo-color': surface, 'text-halo-width': 2 },
  },
];

/** Marks on the map, and presses that choose instead of opening: has the map to itself when `onpress` is given. */
export class MarkPart implements MapPart {
  readonly modal: boolean;
  readonly #onpress: ((pressed: Pressed) => void) | undefined;
  #map: MapLibreMap | null = null;
  #others: Others | null = null;
  #marking: Marking = {};

  constructor(onpress?: (pressed: Pressed) => void) {
    this.#onpress = onpress;
    this.modal = onpress !== undefined;
  }

  add(map: MapLibreMap, { palette }: Look, others: Others): void {
    this.#map = map;
    this.#others = others;
    map.addSource('mark', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    addLayers(map, markLayers(palette));
    this.mark(this.#marking);
  }

  restyle({ palette }: Look): void {
    if (this.#map) repaint(this.#map, markLayers(palette));
  }

  mark(marking: Marking): void {
    this.#marking = marking;
    const { shapes = [], places = [], flaw = null, words = [] } = marking;
    const point = (at: Position, properties: object): Feature => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Point', coordinates: at },
    });
    const features: Feature[] = [
      ...shapes.map((corners): Feature => ({
        type: 'Feature',
        properties: { kind: 'shape' },
        geometry: { type: 'Polygon', coordinates: [closed(corners)] },
      })),
      ...places.map((at) => point(at, { kind: 'place' })),
      ...(flaw ? [point(flaw, { kind: 'flaw' })] : []),
      ...words.map(({ at, words: said }) => point(at, { kind: 'words', words: said })),
    ];
    void this.#map?.getSource<GeoJSONSource>('mark')?.setData({ type: 'FeatureCollection', features });
  }

  press(point: Point): boolean {
    const map = this.#map;
    if (!map || !this.#onpress) return false;
    const found = this.#others?.under(point) ?? null;
    const [yard] = map.getLayer('courtyard-fill')
      ? map.queryRenderedFeatures(point, { layers: ['courtyard-fill'] })
      : [];
    const { lng, lat } = map.unproject(point);
    this.#onpress({
      at: [lng, lat],
      courtyard: typeof yard?.id === 'number' ? yard.id : null,
      issue: found && 'issue' in found ? found.issue : null,
      group: found && 'group' in found ? found.group : null,
    });
    return true;
  }

  remove(): void {
    if (this.#map) takeOff(this.#map, ['mark-words', 'mark-place', 'mark-edge', 'mark-fill'], ['mark']);
  }
}
