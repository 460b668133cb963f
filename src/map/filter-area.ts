import type { Feature, Polygon } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap, MapMouseEvent, Point } from 'maplibre-gl';
import type { Layer } from './layers.ts';
import { addLayers, repaint, takeOff } from './layers.ts';
import type { Palette } from './palette.ts';
import type { Look, MapPart } from './part.ts';

type Position = readonly [lng: number, lat: number];

/** How a place is taken from the map: two for a circle (centre, edge), three and more for a polygon, one for a place. */
export type Sketch = 'circle' | 'polygon' | 'place';

const layers = (palette: Palette): Layer[] => [
  {
    id: 'filter-area',
    type: 'fill',
    source: 'filter-area',
    paint: { 'fill-color': palette.accent, 'fill-opacity': 0.08 },
  },
  {
    id: 'filter-area-edge',
    type: 'line',
    source: 'filter-area',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': palette.accent, 'line-width': 2, 'line-dasharray': [3, 2] },
  },
];

const ringFeature = (ring: readonly Position[]): Feature<Polygon> => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Polygon', coordinates: [ring.map((corner) => [...corner])] },
});

/** What the filter's area looks like on the map: closed rings. */
export class FilterArea implements MapPart {
  #map: MapLibreMap | null = null;
  #rings: readonly (readonly Position[])[] = [];

  add(map: MapLibreMap, { palette }: Look): void {
    this.#map = map;
    map.addSource('filter-area', { type: 'geojson', data: this.#data() });
    addLayers(map, layers(palette));
  }

  restyle({ palette }: Look): void {
    if (this.#map) repaint(this.#map, layers(palette));
  }

  show(rings: readonly (readonly Position[])[]): void {
    this.#rings = rings;
    const source = this.#map?.getSource<GeoJSONSource>('filter-area');
    source?.setData(this.#data());
  }

  remove(): void {
    if (this.#map) takeOff(this.#map, ['filter-area-edge', 'filter-area'], ['filter-area']);
    this.#map = null;
  }

  #data(): { type: 'FeatureCollection'; features: Feature<Polygon>[] } {
    return { type: 'FeatureCollection', features: this.#rings.map((ring) => ringFeature(ring)) };
  }
}

export type SketchListener = {
  /** The points so far, with the one under the pointer; drawn by whoever listens. */
  onchange(points: readonly Position[]): void;
  /** Enough was pointed at. */
  ondone(points: readonly Position[]): void;
};

/** Pixels within which a click closes a polygon on its first corner, or ends it on its last. */
const near = 12;

/** Takes points from the map by mouse, finger or keyboard (Enter takes the middle); the map is its alone meanwhile. */
export class SketchPart implements MapPart {
  readonly modal = true;
  readonly #sketch: Sketch;
  readonly #listener: SketchListener;
  #map: MapLibreMap | null = null;
  #points: Position[] = [];

  constructor(sketch: Sketch, listener: SketchListener) {
    this.#sketch = sketch;
    this.#listener = listener;
  }

  add(map: MapLibreMap): void {
    this.#map = map;
    map.getCanvas().style.cursor = 'crosshair';
    map.doubleClickZoom.disable();
    map.on('mousemove', this.#follow);
  }

  restyle(): void {
    // What is drawn meanwhile is the filter area's to draw.
  }

  press(point: Point): boolean {
    const map = this.#map;
    if (!map) return false;
    const { lng, lat } = map.unproject(point);
    const closes =
      this.#sketch === 'polygon' &&
      this.#points.length >= 3 &&
      [this.#points[0], this.#points.at(-1)].some(
        (corner) => corner && map.project([...corner]).dist(point) < near,
      );
    if (closes) return this.#done();
    this.#points.push([lng, lat]);
    this.#listener.onchange(this.#points);
    const enough = { place: 1, circle: 2, polygon: Infinity }[this.#sketch];
    return this.#points.length >= enough ? this.#done() : true;
  }

  /** Takes the last point back; false when there is none. */
  undo(): boolean {
    const had = this.#points.pop() !== undefined;
    this.#listener.onchange(this.#points);
    return had;
  }

  /** Ends a polygon; nothing happens before it has three corners. */
  finish(): void {
    if (this.#points.length >= 3) this.#done();
  }

  remove(): void {
    if (!this.#map) return;
    this.#map.off('mousemove', this.#follow);
    this.#map.doubleClickZoom.enable();
    this.#map.getCanvas().style.cursor = '';
    this.#map = null;
  }

  #done(): true {
    this.#listener.ondone(this.#points);
    return true;
  }

  #follow = ({ lngLat }: MapMouseEvent): void => {
    if (this.#points.length > 0) this.#listener.onchange([...this.#points, [lngLat.lng, lngLat.lat]]);
  };
}
