import type { Feature } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap, Point } from 'maplibre-gl';
import type { ClusterAsk, DrawnChange } from '../core/cluster-desk.ts';
import type { DrawnCluster, DrawnPin, PinColumns } from '../core/drawn-pins.ts';
import { lateMark, markCode } from '../core/issue-state.ts';
import { slideIn } from './arrival.ts';
import { Breath } from './breath.ts';
import { Clusters } from './clusters.ts';
import { clusterFeature, clusterId, issueLayers, keyOfCluster, pinFeature } from './issue-layers.ts';
import { addLayers, repaint, takeOff } from './layers.ts';
import type { Look, MapPart, Pointer } from './part.ts';
import { pinAt } from './pick.ts';
import type { Pick } from './pick.ts';
import { clusterImage, PinImages, pinImage, ringImage } from './pin-icons.ts';
import { pinOnScreen } from './pin-scale.ts';
import type { Spider, SpiderWords } from './spider.ts';

const sources = ['issues', 'issue-selected'] as const;
const layers = ['issue-cluster', 'issue-cluster-late', 'issue-pin', 'issue-selected'] as const;
const empty = { type: 'FeatureCollection' as const, features: [] };

/** How far beyond the view is drawn, as a share of it, so that a pan meets what is there already. */
const margin = 0.35;

export type IssueLayerOptions = {
  words: SpiderWords;
  onchoose(id: number): void;
  /** Brings a place into view at a zoom. */
  go(centre: [number, number], zoom: number): void;
};

/**
 * Issues as pins and clusters. A worker keeps them all; the source here holds what the view shows and is fed with
 * changes alone, so that one issue among 200,000 is drawn at once and nothing is drawn when nothing changes.
 */
export class IssueLayer implements MapPart {
  #map: MapLibreMap | null = null;
  #look: Look | null = null;
  #images: PinImages | null = null;
  #breath: Breath | null = null;
  #options: IssueLayerOptions;
  #clusters = new Clusters((change) => this.#take(change));
  #pins = new Map<number, DrawnPin>();
  #groups = new Map<number, DrawnCluster>();
  #asked: { box: [number, number, number, number]; level: number } | null = null;
  #arriving = new Map<number, DrawnPin>();
  #held = new Set<number>();
  #selected: DrawnPin | null = null;
  #spider: Spider | null = null;

  constructor(options: IssueLayerOptions) {
    this.#options = options;
  }

  add(map: MapLibreMap, look: Look): void {
    this.#map = map;
    this.#look = look;
    this.#images = new PinImages(map, look.palette);
    for (const source of sources) map.addSource(source, { type: 'geojson', data: empty });
    addLayers(map, issueLayers(look.palette));
    this.#breath?.destroy();
    this.#breath = new Breath(map, look.palette.pin.door, () => this.#late());
    this.#source('issues')?.setData({ type: 'FeatureCollection', features: this.#features() });
    this.#drawSelection();
    map.on('move', this.#see);
    this.#see();
  }

  /** Tells the worker what became of the issues; what it draws otherwise then is drawn here. `added` slide in. */
  tell(ask: ClusterAsk, added: readonly number[]): void {
    if (ask.do === 'patch')
      for (const pin of arrivals(ask.columns, new Set(added))) this.#arriving.set(pin.id, pin);
    this.#clusters.ask(ask);
  }

  /** Rings an issue, and draws it by itself when it is inside a cluster; null for none. */
  select(pin: DrawnPin | null): void {
    this.#selected = pin;
    this.#drawSelection();
  }

  /** A drawn pin, the nearest of several. */
  pick(point: Point, pointer: Pointer): Pick | null {
    const id = this.#map && pinAt(this.#map, 'issue-pin', point, pointer, (at) => this.#place(at));
    return id === null ? null : { kind: 'issue', id };
  }

  /** A cluster falls apart: the map goes where it does, or its pins are spread around it. */
  press(point: Point, pointer: Pointer): boolean {
    this.#spider?.close();
    const id = this.#map && pinAt(this.#map, 'issue-cluster', point, pointer, (at) => this.#place(at));
    const group = id === null ? undefined : this.#groups.get(keyOfCluster(id));
    if (group) void this.#open(group);
    return group !== undefined;
  }

  /** True when something other than a pick lies here that can be pressed. */
  pressable(point: Point): boolean {
    return (
      this.#map !== null &&
      pinAt(this.#map, 'issue-cluster', point, 'mouse', (at) => this.#place(at)) !== null
    );
  }

  anchor({ kind, id }: Pick): { x: number; y: number } | null {
    return kind === 'issue' && this.#pins.has(id) ? this.#place(id) : null;
  }

  restyle(look: Look): void {
    this.#look = look;
    if (!this.#map) return;
    this.#images?.repaint(look.palette);
    repaint(this.#map, issueLayers(look.palette));
    this.#breath?.repaint(look.palette.pin.door);
    this.#spider?.close();
  }

  remove(): void {
    this.#spider?.close();
    this.#breath?.destroy();
    this.#map?.off('move', this.#see);
    if (this.#map) takeOff(this.#map, layers, sources);
    this.#map = null;
  }

  destroy(): void {
    this.#spider?.close();
    this.#breath?.destroy();
    this.#clusters.end();
  }

  /** Asks for what a new view shows, when it shows more than what is there. */
  #see = (): void => {
    if (!this.#map) return;
    const [[w, s], [e, n]] = this.#map.getBounds().toArray();
    const zoom = this.#map.getZoom();
    const level = Math.floor(zoom + 0.25);
    const { box, level: before } = this.#asked ?? {};
    if (box && level === before && w >= box[0] && s >= box[1] && e <= box[2] && n <= box[3]) return;
    const [dx, dy] = [(e - w) * margin, (n - s) * margin];
    this.#asked = { box: [w - dx, s - dy, e + dx, n + dy], level };
    this.#clusters.ask({ do: 'view', box: this.#asked.box, zoom });
  };

  #take({ gonePins, goneClusters, pins, clusters }: DrawnChange): void {
    for (const id of gonePins) this.#pins.delete(id);
    for (const key of goneClusters) this.#groups.delete(key);
    for (const pin of pins) this.#pins.set(pin.id, pin);
    for (const cluster of clusters) this.#groups.set(cluster.key, cluster);
    this.#arrive(pins);
    this.#update(
      [...gonePins, ...goneClusters.map(clusterId)],
      [
        ...clusters.map((cluster) => this.#clusterFeature(cluster)),
        ...pins.filter(({ id }) => !this.#held.has(id)).map((pin) => this.#pinFeature(pin)),
      ],
    );
    if (this.#selected && pins.some(({ id }) => id === this.#selected?.id)) this.#drawSelection();
    this.#spider?.refresh(pins, gonePins);
  }

  /** Pins that are new slide into their place, and are drawn there once they have arrived; or into their cluster. */
  #arrive(pins: readonly DrawnPin[]): void {
    const arriving = [...this.#arriving.values()];
    this.#arriving.clear();
    const still = document.hidden || globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (still || !this.#map || !this.#look) return;
    const bounds = this.#map.getBounds();
    for (const came of arriving) {
      const pin = pins.find(({ id }) => id === came.id);
      if (!bounds.contains([came.lng, came.lat])) continue;
      if (pin) this.#held.add(pin.id);
      slideIn(this.#map, pin ?? came, this.#look.palette, () => {
        this.#held.delete(came.id);
        const now = this.#pins.get(came.id);
        if (pin && now) this.#update([], [this.#pinFeature(now)]);
      });
    }
  }

  async #open(group: DrawnCluster): Promise<void> {
    const { pins, splits } = await this.#clusters.open(group.key);
    if (!this.#map || !this.#look || pins.length === 0) return;
    const centre: [number, number] = [group.lng, group.lat];
    if (splits !== null) return this.#options.go(centre, Math.max(splits, this.#map.getZoom() + 0.5));
    const code = await import('./spider.ts');
    if (!this.#map || !this.#look) return;
    this.#spider = new code.Spider(this.#map, centre, pins, this.#look.palette, this.#options.words, {
      onchoose: this.#options.onchoose,
      onclose: () => (this.#spider = null),
    });
  }

  *#late(): Generator<DrawnPin> {
    for (const pin of this.#pins.values()) if (pin.mark === lateMark && !this.#held.has(pin.id)) yield pin;
  }

  /** Where a feature stands on the screen; null when it is not drawn any more. */
  #place(id: number): { x: number; y: number } | null {
    if (!this.#map) return null;
    const pin = this.#pins.get(id);
    if (pin) return this.#held.has(id) ? null : pinOnScreen(this.#map, pin);
    const group = this.#groups.get(keyOfCluster(id));
    return group ? this.#map.project([group.lng, group.lat]) : null;
  }

  #drawSelection(): void {
    const chosen = this.#selected;
    const drawn = chosen && this.#pins.get(chosen.id);
    const pin = drawn ?? chosen;
    this.#images?.need(ringImage);
    const features = pin
      ? [...(drawn ? [] : [this.#pinFeature(pin)]), { ...pinFeature(pin, ringImage), id: clusterId(0) }]
      : [];
    void this.#source('issue-selected')?.setData({ type: 'FeatureCollection', features });
  }

  #features(): Feature[] {
    return [
      ...[...this.#groups.values()].map((group) => this.#clusterFeature(group)),
      ...[...this.#pins.values()].map((pin) => this.#pinFeature(pin)),
    ];
  }

  #pinFeature(pin: DrawnPin): Feature {
    this.#images?.need(pinImage(pin.mark, pin.urgency));
    return pinFeature(pin);
  }

  #clusterFeature(group: DrawnCluster): Feature {
    const feature = clusterFeature(group);
    this.#images?.need(String(feature.properties?.['image'] ?? clusterImage(0, 0)));
    return feature;
  }

  #update(remove: number[], add: Feature[]): void {
    if (remove.length + add.length > 0) void this.#source('issues')?.updateData({ remove, add });
  }

  #source(id: string): GeoJSONSource | undefined {
    return this.#map?.getSource<GeoJSONSource>(id);
  }
}

/** The new ones among these, as they would be drawn alone. */
function arrivals(columns: PinColumns, added: ReadonlySet<number>): DrawnPin[] {
  return Array.from(columns.id, (id, at) => ({
    id,
    lng: columns.lng[at] ?? NaN,
    lat: columns.lat[at] ?? NaN,
    mark: markCode(columns.state[at] ?? 0, columns.due[at] ?? NaN, Date.now()),
    urgency: columns.urgency[at] ?? 0,
    slot: 0,
  })).filter(({ id, lng }) => added.has(id) && !Number.isNaN(lng));
}
