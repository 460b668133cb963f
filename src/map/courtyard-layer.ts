import type { Feature } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap, Point } from 'maplibre-gl';
import type { Courtyard, Ring } from '../core/map-snapshot.ts';
import type { Layer } from './layers.ts';
import { addLayers, repaint, takeOff } from './layers.ts';
import type { Palette } from './palette.ts';
import type { Look, MapPart } from './part.ts';
import type { Pick } from './pick.ts';
import { fonts } from './style.ts';

const is = (flag: string): ExpressionSpecification => ['boolean', ['feature-state', flag], false];

const courtyardLayers = (palette: Palette): Layer[] => [
  {
    id: 'courtyard-fill',
    type: 'fill',
    source: 'courtyards',
    paint: {
      'fill-color': ['case', is('selected'), palette.accent, is('hover'), palette.accent, palette.courtyard],
      'fill-opacity': ['case', is('selected'), 0.16, is('hover'), 0.12, 0.07],
    },
  },
  {
    id: 'courtyard-edge',
    type: 'line',
    source: 'courtyards',
    minzoom: 14,
    paint: {
      'line-color': palette.courtyardEdge,
      'line-width': ['interpolate', ['linear'], ['zoom'], 14, 0.4, 16, 0.9, 18, 1.4],
    },
  },
  {
    id: 'courtyard-selected',
    type: 'line',
    source: 'courtyards',
    paint: {
      'line-color': palette.accent,
      'line-width': 2.5,
      'line-opacity': ['case', is('selected'), 1, 0],
    },
  },
  {
    id: 'courtyard-name',
    type: 'symbol',
    source: 'courtyard-points',
    minzoom: 16.4,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': fonts,
      'text-size': ['interpolate', ['linear'], ['zoom'], 16, 10.5, 18.5, 14],
      'text-max-width': 7,
      'text-line-height': 1.15,
      'text-padding': 4,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1.4,
    },
    paint: { 'text-color': palette.courtyardName, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 },
  },
];

type Flag = 'hover' | 'selected';

const sources = ['courtyards', 'courtyard-points'] as const;
const layerIds = ['courtyard-fill', 'courtyard-edge', 'courtyard-selected', 'courtyard-name'] as const;

/** Where only a courtyard's point is known: a disc of ten metres, so that it can be seen, coloured and chosen like the others. */
function disc([lng, lat]: [number, number]): Ring[] {
  const [x, y] = [10 / (111_320 * Math.cos((lat * Math.PI) / 180)), 10 / 110_950];
  const corners = Array.from({ length: 17 }, (_, at): [number, number] => {
    const angle = ((at % 16) * Math.PI) / 8;
    return [lng + x * Math.cos(angle), lat + y * Math.sin(angle)];
  });
  return [corners];
}

/** The courtyards' outlines, one of them hovered and one chosen at most, and their names where there is room. */
export class CourtyardLayer implements MapPart {
  #map: MapLibreMap | null = null;
  #courtyards: readonly Courtyard[] = [];
  #flagged: Record<Flag, number | null> = { hover: null, selected: null };

  add(map: MapLibreMap, { palette }: Look): void {
    this.#map = map;
    const data = { type: 'FeatureCollection' as const, features: [] };
    map.addSource('courtyards', { type: 'geojson', data, tolerance: 0.2 });
    map.addSource('courtyard-points', { type: 'geojson', data });
    addLayers(map, courtyardLayers(palette));
    this.load(this.#courtyards);
    for (const [flag, id] of Object.entries(this.#flagged)) this.#flag(flag, id, true);
  }

  load(courtyards: readonly Courtyard[]): void {
    this.#courtyards = courtyards;
    const features = courtyards.map(({ id, name, outline, point }): [Feature, Feature] => [
      {
        type: 'Feature',
        id,
        properties: {},
        geometry: { type: 'MultiPolygon', coordinates: outline.length > 0 ? outline : [disc(point)] },
      },
      { type: 'Feature', id, properties: { name }, geometry: { type: 'Point', coordinates: point } },
    ]);
    this.#feed(
      'courtyards',
      features.map(([outline]) => outline),
    );
    this.#feed(
      'courtyard-points',
      features.map(([, point]) => point),
    );
  }

  /** Marks one courtyard, or none with null, and unmarks the one before. */
  mark(flag: Flag, id: number | null): void {
    const before = this.#flagged[flag];
    if (before === id) return;
    this.#flag(flag, before, false);
    this.#flag(flag, id, true);
    this.#flagged[flag] = id;
  }

  pick(point: Point): Pick | null {
    const [courtyard] = this.#map?.queryRenderedFeatures(point, { layers: ['courtyard-fill'] }) ?? [];
    return typeof courtyard?.id === 'number' ? { kind: 'courtyard', id: courtyard.id } : null;
  }

  restyle({ palette }: Look): void {
    if (this.#map) repaint(this.#map, courtyardLayers(palette));
  }

  remove(): void {
    if (this.#map) takeOff(this.#map, layerIds, sources);
    this.#map = null;
  }

  #flag(flag: string, id: number | null, on: boolean): void {
    if (id !== null) this.#map?.setFeatureState({ source: 'courtyards', id }, { [flag]: on });
  }

  #feed(source: string, features: Feature[]): void {
    void this.#map?.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features });
  }
}
