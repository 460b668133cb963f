import type { Map as MapLibreMap, Point } from 'maplibre-gl';
import type { ClusterAsk, DrawnChange } from '../core/cluster-desk.ts';
import type { DrawnCluster, DrawnPin, PinColumns } from '../core/drawn-pins.ts';
import { lateMark, markCode } from '../core/issue-state.ts';
import type { Breath } from './breath.ts';
import { clusterRadii, clusterSize } from './cluster-icons.ts';
import { Clusters } from './clusters.ts';
import { IssueSprites } from './issue-sprites.ts';
import { layerAbove, takeOff } from './layers.ts';
import type { Look, MapPart, Pointer, Under } from './part.ts';
import { nearest } from './pick.ts';
import type { Pick } from './pick.ts';
import { pinSide } from './pin-icons.ts';
import { pinOnScreen, pinScale } from './pin-scale.ts';
import type { Spider, SpiderWords } from './spider.ts';

/** Code that comes after the first pins are there. */
const later = () => import('./after-pins.ts');

/** How far beyond the view is drawn, as a share of it, so that a pan meets what is there already. */
const margin = 0.35;

export type IssueLayerOptions = {
  words: SpiderWords;
  onchoose(id: number): void;
  /** Brings a place into view at a zoom. */
  go(centre: [number, number], zoom: number): void;
  /** Told of what will be drawn otherwise in the next frame. */
  ondraw?(change: DrawnChange): void;
};

/**
 * Issues as pins and clusters. A worker keeps them all; here is what the view shows, told by changes alone and drawn
 * as sprites, so that one issue among 200,000 is a frame away and nothing is drawn when nothing changes.
 */
export class IssueLayer implements MapPart {
  #map: MapLibreMap | null = null;
  #look: Look | null = null;
  #sprites: IssueSprites | null = null;
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
  /** The cluster whose pins are spread. */
  #spread: number | null = null;

  constructor(options: IssueLayerOptions) {
    this.#options = options;
  }

  add(map: MapLibreMap, look: Look): void {
    this.#map = map;
    this.#look = look;
    this.#sprites = new IssueSprites(look.palette, globalThis.devicePixelRatio || 1);
    this.#lay();
    map.on('webglcontextrestored', this.#again);
    void map.once('idle', () => void this.#breathe(map));
    this.#draw();
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
    this.#draw();
  }

  /** A drawn pin, the nearest of several. */
  pick(point: Point, pointer: Pointer): Pick | null {
    const pin = this.#pinAt(point, pointer);
    return pin && { kind: 'issue', id: pin.id };
  }

  /** A cluster falls apart: the map goes where it does, or its pins are spread around it. */
  press(point: Point, pointer: Pointer): boolean {
    this.#spider?.close();
    const group = this.#groupAt(point, pointer);
    if (group) void this.#open(group);
    return group !== null;
  }

  /** True when something other than a pick lies here that can be pressed. */
  pressable(point: Point): boolean {
    return this.#groupAt(point, 'mouse') !== null;
  }

  under(point: Point): Under | null {
    const pin = this.#pinAt(point, 'touch');
    if (pin) return { issue: pin.id };
    const group = this.#groupAt(point, 'touch');
    return group && { group: { at: [group.lng, group.lat], count: group.count } };
  }

  copyTo(map: MapLibreMap, ratio: number): void {
    if (!this.#look) return;
    const copy = new IssueSprites(this.#look.palette, ratio);
    map.addLayer(copy.layer, layerAbove('issues', map.getLayersOrder()));
    copy.draw([...this.#pins.values()], this.#groups.values(), this.#selected);
  }

  anchor({ kind, id }: Pick): { x: number; y: number } | null {
    const pin = kind === 'issue' ? this.#pins.get(id) : undefined;
    return this.#map && pin && !this.#held.has(id) ? pinOnScreen(this.#map, pin) : null;
  }

  restyle(look: Look): void {
    this.#look = look;
    if (!this.#map) return;
    this.#sprites?.repaint(look.palette);
    this.#draw();
    this.#breath?.repaint(look.palette.pin.door);
    this.#spider?.close();
  }

  remove(): void {
    this.#spider?.close();
    this.#breath?.destroy();
    this.#breath = null;
    this.#map?.off('move', this.#see);
    this.#map?.off('webglcontextrestored', this.#again);
    if (this.#map) takeOff(this.#map, ['issues'], []);
    this.#map = this.#sprites = null;
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

  #take(change: DrawnChange): void {
    const { gonePins, goneClusters, pins, clusters } = change;
    for (const id of gonePins) this.#pins.delete(id);
    for (const key of goneClusters) this.#groups.delete(key);
    for (const pin of pins) this.#pins.set(pin.id, pin);
    for (const cluster of clusters) this.#groups.set(cluster.key, cluster);
    this.#arrive(pins);
    this.#draw();
    this.#options.ondraw?.(change);
    this.#spider?.refresh(pins, gonePins);
    if (clusters.some(({ key }) => key === this.#spread)) void this.#respread();
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
      void this.#slide(pin ?? came);
    }
  }

  async #slide(pin: DrawnPin): Promise<void> {
    const [map, look] = [this.#map, this.#look];
    const land = (): void => {
      this.#held.delete(pin.id);
      this.#draw();
    };
    // Without the code of the motion it is just there.
    const code = await later().catch(() => null);
    if (code && map && look && map === this.#map) code.slideIn(map, pin, look.palette, land);
    else land();
  }

  /** The late ones breathe once everything else is there. */
  async #breathe(map: MapLibreMap): Promise<void> {
    const code = await later().catch(() => null);
    if (code && this.#map === map && this.#look && !this.#breath)
      this.#breath = new code.Breath(map, this.#look.palette.pin.door, () => this.#late());
  }

  async #open(group: DrawnCluster): Promise<void> {
    const { pins, splits } = await this.#clusters.open(group.key);
    if (!this.#map || !this.#look || pins.length === 0) return;
    const centre: [number, number] = [group.lng, group.lat];
    if (splits !== null) return this.#options.go(centre, Math.max(splits, this.#map.getZoom() + 0.5));
    const code = await later();
    if (!this.#map || !this.#look) return;
    this.#spider = new code.Spider(this.#map, centre, pins, this.#look.palette, this.#options.words, {
      onchoose: this.#options.onchoose,
      onclose: () => (this.#spider = this.#spread = null),
    });
    this.#spread = group.key;
  }

  /** Somebody came to the place whose pins are spread, or left it. */
  async #respread(): Promise<void> {
    const key = this.#spread;
    if (key === null) return;
    const { pins } = await this.#clusters.open(key);
    if (key === this.#spread && pins.length > 0) this.#spider?.put(pins);
  }

  *#late(): Generator<DrawnPin> {
    for (const pin of this.#pins.values()) if (pin.mark === lateMark && !this.#held.has(pin.id)) yield pin;
  }

  /** The pin nearest to a point of the canvas, as far as a finger or a mouse would mean it. */
  #pinAt(point: Point, pointer: Pointer): DrawnPin | null {
    const map = this.#map;
    if (!map) return null;
    const radius = (pinSide / 2) * pinScale(map.getZoom());
    const drawn = [...this.#pins.values()].filter(({ id }) => !this.#held.has(id));
    return nearest(drawn, point, pointer, (pin) => ({ ...pinOnScreen(map, pin), radius }));
  }

  #groupAt(point: Point, pointer: Pointer): DrawnCluster | null {
    const map = this.#map;
    return map
      ? nearest(this.#groups.values(), point, pointer, ({ lng, lat, count }) => ({
          ...at(map, lng, lat),
          radius: clusterRadii[clusterSize(count)] ?? 0,
        }))
      : null;
  }

  #lay(): void {
    const map = this.#map;
    if (map && this.#sprites) map.addLayer(this.#sprites.layer, layerAbove('issues', map.getLayersOrder()));
  }

  /** The graphics card lost everything: the style comes back by itself, what was drawn besides it does not. */
  #again = (): void => {
    this.#sprites?.layer.lost();
    void this.#map?.once('style.load', () => {
      if (!this.#map?.getLayer('issues')) this.#lay();
    });
  };

  /** Draws what is there in the next frame. */
  #draw(): void {
    const held = this.#held;
    const pins = [...this.#pins.values()].filter(({ id }) => !held.has(id));
    const chosen = this.#selected && (this.#pins.get(this.#selected.id) ?? this.#selected);
    this.#sprites?.draw(pins, this.#groups.values(), chosen);
    this.#map?.triggerRepaint();
  }
}

function at(map: MapLibreMap, lng: number, lat: number): { x: number; y: number } {
  const { x, y } = map.project([lng, lat]);
  return { x, y };
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
