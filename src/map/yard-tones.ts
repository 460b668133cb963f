import type { Feature } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap, Point } from 'maplibre-gl';
import type { Courtyard } from '../core/map-snapshot.ts';
import { addLayers, repaint, takeOff, type Layer } from './layers.ts';
import type { Palette } from './palette.ts';
import type { Look, MapPart } from './part.ts';
import type { Pick } from './pick.ts';

/** How a yard is drawn: the colour of what it stands for, and how strongly, 0–1; under one half it is only outlined. */
export interface Tone {
  colour: keyof Palette['pin'];
  strength: number;
}

/** Without an outline a yard is a square of this half side, in degrees: some 15 m. */
const half = 0.00014;

const layers = (palette: Palette): Layer[] => {
  const tone: ExpressionSpecification = [
    'match',
    ['get', 'colour'],
    ...Object.entries(palette.pin).flat(),
    palette.courtyard,
  ] as unknown as ExpressionSpecification;
  const chosen: ExpressionSpecification = ['boolean', ['feature-state', 'chosen'], false];
  return [
    {
      id: 'yard-tone',
      type: 'fill',
      source: 'yard-tones',
      paint: { 'fill-color': tone, 'fill-opacity': ['*', 0.72, ['get', 'strength']] },
    },
    {
      id: 'yard-tone-edge',
      type: 'line',
      source: 'yard-tones',
      paint: {
        'line-color': tone,
        // Thin where the whole street shows: else the edges of small yards would drown what fills them.
        'line-width': [
          'interpolate',
          ['linear'],
          ['zoom'],
          13.5,
          ['case', chosen, 4, 0.4],
          16,
          ['case', chosen, 4, 1.4],
        ],
      },
    },
  ];
};

const squareAround = ([lng, lat]: Courtyard['point']): Courtyard['outline'] => [
  [
    [
      [lng - half, lat - half],
      [lng + half, lat - half],
      [lng + half, lat + half],
      [lng - half, lat + half],
      [lng - half, lat - half],
    ],
  ],
];

/** Courtyards coloured by what a list beside the map says of them: how far their round is, what changed, who gains a label. */
export class YardTones implements MapPart {
  #map: MapLibreMap | null = null;
  #yards: readonly Courtyard[] = [];
  #tones: ReadonlyMap<number, Tone> = new Map();
  #chosen: number | null = null;

  add(map: MapLibreMap, { palette }: Look): void {
    this.#map = map;
    map.addSource('yard-tones', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    addLayers(map, layers(palette));
    this.#feed();
  }

  /** The yards and how each is drawn; those without a tone are left out. */
  show(yards: readonly Courtyard[], tones: ReadonlyMap<number, Tone>): void {
    this.#yards = yards;
    this.#tones = tones;
    this.#feed();
  }

  choose(id: number | null): void {
    this.#mark(false);
    this.#chosen = id;
    this.#mark(true);
  }

  pick(point: Point): Pick | null {
    const [yard] = this.#map?.queryRenderedFeatures(point, { layers: ['yard-tone'] }) ?? [];
    return typeof yard?.id === 'number' ? { kind: 'courtyard', id: yard.id } : null;
  }

  restyle({ palette }: Look): void {
    if (this.#map) repaint(this.#map, layers(palette));
  }

  remove(): void {
    if (this.#map) takeOff(this.#map, ['yard-tone', 'yard-tone-edge'], ['yard-tones']);
    this.#map = null;
  }

  #mark(chosen: boolean): void {
    if (this.#chosen !== null)
      this.#map?.setFeatureState({ source: 'yard-tones', id: this.#chosen }, { chosen });
  }

  #feed(): void {
    const features = this.#yards.flatMap(({ id, outline, point }): Feature[] => {
      const tone = this.#tones.get(id);
      if (!tone) return [];
      const coordinates = outline.length > 0 ? outline : squareAround(point);
      return [
        { type: 'Feature', id, properties: { ...tone }, geometry: { type: 'MultiPolygon', coordinates } },
      ];
    });
    void this.#map?.getSource<GeoJSONSource>('yard-tones')?.setData({ type: 'FeatureCollection', features });
    this.#mark(true);
  }
}
