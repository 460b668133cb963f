import type { Feature, Point as GeoPoint } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap, Point, SymbolLayerSpecification } from 'maplibre-gl';
import { Fan } from '../core/fan.ts';
import type { Mark } from '../core/issue-state.ts';
import type { Layer } from './layers.ts';
import { addLayers, takeOff } from './layers.ts';
import type { Look, MapPart, Pointer } from './part.ts';
import { pinAt } from './pick.ts';
import type { Pick } from './pick.ts';
import { setPinImages } from './pin-icons.ts';
import { pinOnScreen, pinScaleExpression, slotOffsetExpression } from './pin-scale.ts';

/** One issue as the map draws it: where (WGS-84 degrees) and in which shape. */
export type Pin = { id: number; lng: number; lat: number; mark: Mark };
/** A pin with the slot it has in the fan at its place. */
export type PlacedPin = Pin & { slot: number };

/** Where pins overlap, the later of these lies on top: what waits for a person over what is over. */
const weights: readonly Mark[] = [
  'withdrawn',
  'merged',
  'declined',
  'closed',
  'resolved',
  'handling',
  'submitted',
  'soon',
  'late',
];

const sources = ['issue-selected', 'issue-static', 'issue-live'] as const;
const empty = { type: 'FeatureCollection' as const, features: [] };

const pins = (id: 'issue-static' | 'issue-live'): Layer & SymbolLayerSpecification => ({
  id,
  type: 'symbol',
  source: id,
  layout: {
    'icon-image': ['concat', 'pin-', ['get', 'mark']],
    'icon-size': pinScaleExpression,
    'icon-offset': slotOffsetExpression,
    'icon-allow-overlap': true,
    'symbol-sort-key': ['get', 'rank'],
  },
  paint: { 'icon-opacity': ['case', ['boolean', ['feature-state', 'off'], false], 0, 1] },
});

const selected: Layer = {
  id: 'issue-selected',
  type: 'symbol',
  source: 'issue-selected',
  layout: {
    'icon-image': 'pin-selected',
    'icon-size': pinScaleExpression,
    'icon-offset': slotOffsetExpression,
    'icon-allow-overlap': true,
    'icon-ignore-placement': true,
  },
};

function feature({ id, lng, lat, mark, slot }: PlacedPin): Feature<GeoPoint> {
  const rank = weights.indexOf(mark);
  return {
    type: 'Feature',
    id,
    properties: { mark, slot, rank },
    geometry: { type: 'Point', coordinates: [lng, lat] },
  };
}

/**
 * Issues as pins. What was there at the start lies in a static source that is fed once; what changed since
 * lies in a small live one, and its former self is switched off. So one change never costs a walk over all.
 */
export class IssueLayer implements MapPart {
  #map: MapLibreMap | null = null;
  #fan = new Fan();
  #pins = new Map<number, PlacedPin>();
  #static = new Set<number>();
  #live = new Set<number>();
  #visible: ReadonlySet<number> | null = null;
  #selected: number | null = null;

  add(map: MapLibreMap, { palette }: Look): void {
    this.#map = map;
    for (const id of sources) map.addSource(id, { type: 'geojson', data: empty });
    setPinImages(map, palette);
    addLayers(map, [selected, pins('issue-static'), pins('issue-live')]);
    this.load([...this.#pins.values()]);
  }

  /** All pins anew: after a snapshot only. */
  load(all: readonly Pin[]): void {
    for (const source of ['issue-static', 'issue-live']) this.#map?.removeFeatureState({ source });
    this.#fan = new Fan();
    this.#pins = new Map(all.map((pin) => [pin.id, this.#place(pin)]));
    this.#static = new Set(this.#pins.keys());
    this.#live.clear();
    void this.#source('issue-live')?.setData(empty);
    void this.#source('issue-static')?.setData({
      type: 'FeatureCollection',
      features: [...this.#pins.values()].map(feature),
    });
    for (const id of this.#pins.keys()) if (!this.#shows(id)) this.#switch('issue-static', id, true);
    this.#drawSelection();
  }

  /** Draws pins that came or changed and takes away those that went; resolves when the live source holds them. */
  async patch(changed: readonly Pin[], gone: readonly number[]): Promise<void> {
    const placed = changed.map((pin) => this.#place(pin));
    const removed = gone.filter((id) => this.#live.has(id));
    for (const id of gone) {
      this.#fan.leave(id);
      this.#pins.delete(id);
      this.#live.delete(id);
      if (this.#static.has(id)) this.#switch('issue-static', id, true);
    }
    for (const pin of placed) {
      this.#pins.set(pin.id, pin);
      this.#live.add(pin.id);
      if (this.#static.has(pin.id)) this.#switch('issue-static', pin.id, true);
      this.#switch('issue-live', pin.id, !this.#shows(pin.id));
    }
    this.#drawSelection();
    await this.#source('issue-live')?.updateData({ remove: removed, add: placed.map(feature) });
  }

  /** Shows only these; all with null. */
  show(visible: ReadonlySet<number> | null): void {
    const before = this.#visible;
    this.#visible = visible;
    for (const id of this.#pins.keys()) {
      const shown = visible?.has(id) ?? true;
      if (shown === (before?.has(id) ?? true)) continue;
      this.#switch(this.#live.has(id) ? 'issue-live' : 'issue-static', id, !shown);
    }
  }

  select(id: number | null): void {
    this.#selected = id;
    this.#drawSelection();
  }

  /** Holds a live pin back while something else shows it arriving. */
  hold(id: number, held: boolean): void {
    if (this.#live.has(id)) this.#switch('issue-live', id, held || !this.#shows(id));
  }

  pin(id: number): PlacedPin | null {
    return this.#pins.get(id) ?? null;
  }

  /** True when this pin is drawn now; a switched-off feature is still found under the pointer. */
  isDrawn(id: number, layer: string): boolean {
    if (!this.#pins.has(id) || !this.#shows(id)) return false;
    return layer === (this.#live.has(id) ? 'issue-live' : 'issue-static');
  }

  *drawn(mark: Mark): Generator<PlacedPin> {
    for (const pin of this.#pins.values()) if (pin.mark === mark && this.#shows(pin.id)) yield pin;
  }

  /** A drawn pin, the nearest of several. */
  pick(point: Point, pointer: Pointer): Pick | null {
    if (!this.#map) return null;
    const id = pinAt(this.#map, this, point, pointer);
    return id === null ? null : { kind: 'issue', id };
  }

  anchor({ kind, id }: Pick): { x: number; y: number } | null {
    const pin = kind === 'issue' ? this.pin(id) : null;
    return pin && this.#map && pinOnScreen(this.#map, pin);
  }

  restyle({ palette }: Look): void {
    if (this.#map) setPinImages(this.#map, palette);
  }

  remove(): void {
    if (this.#map) takeOff(this.#map, sources, sources);
    this.#map = null;
  }

  #shows(id: number): boolean {
    return this.#visible?.has(id) ?? true;
  }

  #place(pin: Pin): PlacedPin {
    return { ...pin, slot: this.#fan.place(pin.id, pin.lng, pin.lat) };
  }

  #switch(source: 'issue-static' | 'issue-live', id: number, off: boolean): void {
    this.#map?.setFeatureState({ source, id }, { off });
  }

  #drawSelection(): void {
    const pin = this.#selected === null ? null : this.#pins.get(this.#selected);
    const features = pin ? [feature(pin)] : [];
    void this.#source('issue-selected')?.setData({ type: 'FeatureCollection', features });
  }

  #source(id: string): GeoJSONSource | undefined {
    return this.#map?.getSource<GeoJSONSource>(id);
  }
}
