import type { Feature } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap, Point } from 'maplibre-gl';
import type { Layer } from './layers.ts';
import { addLayers, layerOrder, repaint, takeOff } from './layers.ts';
import type { Palette } from './palette.ts';
import type { Look, MapPart, Pointer } from './part.ts';
import type { Pick } from './pick.ts';
import { drawMark } from './place-marks.ts';
import type { MarkOf } from './place-marks.ts';

/** A resource or hazard where it is; `dim`: idle, or being mended. */
export type PlacePoint = MarkOf & { id: number; lng: number; lat: number; dim: boolean };

const imageOf = ({ icon, level }: MarkOf): string => `place-${level ?? 'r'}-${icon}`;

const layerOf = (kind: 'resource' | 'hazard'): Layer => ({
  id: kind,
  type: 'symbol',
  source: `${kind}s`,
  minzoom: kind === 'hazard' ? 12 : 14.2,
  layout: {
    'icon-image': ['get', 'image'],
    'icon-size': ['interpolate', ['linear'], ['zoom'], 14, 0.5, 16, 0.8, 18, 1],
    // A hazard is never hidden by another thing; the worst lie on top.
    'icon-allow-overlap': kind === 'hazard' ? true : ['step', ['zoom'], false, 16.2, true],
    'symbol-sort-key': ['get', 'rank'],
    'icon-padding': 1,
  },
  paint: { 'icon-opacity': ['case', ['get', 'dim'], 0.6, 1] },
});

/** A ring around the chosen one. */
const ringOf = (kind: 'resource' | 'hazard', palette: Palette, chosen: number | null): Layer => ({
  id: `${kind}-selected`,
  type: 'circle',
  source: `${kind}s`,
  filter: ['==', ['id'], chosen ?? -1],
  paint: {
    'circle-radius': 19,
    'circle-color': palette.accent,
    'circle-opacity': 0.12,
    'circle-stroke-color': palette.accent,
    'circle-stroke-width': 2.5,
  },
});

/** What lies over these points and is chosen before them. */
const issueLayers = layerOrder.filter((id) => id.startsWith('issue-'));

/** Resources, or hazards, each with the icon of its kind. */
export class PlacePoints implements MapPart {
  #map: MapLibreMap | null = null;
  #look: Look | null = null;
  #points: readonly PlacePoint[] = [];
  #chosen: number | null = null;
  readonly #kind: 'resource' | 'hazard';

  constructor(kind: 'resource' | 'hazard') {
    this.#kind = kind;
  }

  add(map: MapLibreMap, look: Look): void {
    this.#map = map;
    this.#look = look;
    map.addSource(`${this.#kind}s`, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    addLayers(map, [layerOf(this.#kind), ringOf(this.#kind, look.palette, this.#chosen)]);
    this.load(this.#points);
  }

  load(points: readonly PlacePoint[]): void {
    this.#points = points;
    this.#paint();
    const features = points.map(({ id, lng, lat, dim, ...mark }): Feature => ({
      type: 'Feature',
      id,
      properties: { image: imageOf(mark), dim, rank: mark.level ?? 0 },
      geometry: { type: 'Point', coordinates: [lng, lat] },
    }));
    void this.#map
      ?.getSource<GeoJSONSource>(`${this.#kind}s`)
      ?.setData({ type: 'FeatureCollection', features });
  }

  select(id: number | null): void {
    this.#chosen = id;
    if (this.#map?.getLayer(`${this.#kind}-selected`))
      this.#map.setFilter(`${this.#kind}-selected`, ['==', ['id'], id ?? -1]);
  }

  pick(point: Point, pointer: Pointer): Pick | null {
    const map = this.#map;
    if (!map) return null;
    const r = pointer === 'touch' ? 12 : 2;
    const layers = [this.#kind, ...issueLayers.filter((id) => map.getLayer(id))];
    const [top] = map.queryRenderedFeatures(
      [
        [point.x - r, point.y - r],
        [point.x + r, point.y + r],
      ],
      { layers },
    );
    return top?.layer.id === this.#kind && typeof top.id === 'number'
      ? { kind: this.#kind, id: top.id }
      : null;
  }

  anchor(pick: Pick): { x: number; y: number } | null {
    const point = pick.kind === this.#kind ? this.#points.find(({ id }) => id === pick.id) : undefined;
    return point && this.#map ? this.#map.project([point.lng, point.lat]) : null;
  }

  restyle(look: Look): void {
    this.#look = look;
    this.#paint();
    if (this.#map) repaint(this.#map, [ringOf(this.#kind, look.palette, this.#chosen)]);
  }

  remove(): void {
    if (this.#map) takeOff(this.#map, [this.#kind, `${this.#kind}-selected`], [`${this.#kind}s`]);
    this.#map = null;
  }

  /** Draws the icons that are needed, in the colours of now. */
  #paint(): void {
    const [map, look] = [this.#map, this.#look];
    if (!map || !look) return;
    for (const mark of new Map(this.#points.map((point) => [imageOf(point), point])).values()) {
      const [id, image] = [imageOf(mark), drawMark(mark, look.palette)];
      if (map.hasImage(id)) map.updateImage(id, image);
      else map.addImage(id, image, { pixelRatio: 2 });
    }
  }
}
