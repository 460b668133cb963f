import type { MapMouseEvent, PaddingOptions, Point, StyleSpecification } from 'maplibre-gl';
import type { ClusterAsk } from '../core/cluster-desk.ts';
import type { DrawnPin } from '../core/drawn-pins.ts';
import type { Courtyard, MapArea } from '../core/map-snapshot.ts';
import { AreaLayer } from './area-layer.ts';
import type { AreaLevel } from './area-layer.ts';
import { CourtyardLayer } from './courtyard-layer.ts';
import { credit, nameControls } from './controls.ts';
import { IssueLayer } from './issue-layer.ts';
import { relabel, repaint } from './layers.ts';
import { MapLibreMap, NavigationControl, ScaleControl } from './maplibre.ts';
import type { AttributionControl } from './maplibre.ts';
import { palettes } from './palette.ts';
import type { Theme } from './palette.ts';
import type { MapPart, Pointer } from './part.ts';
import { Parts } from './parts.ts';
import type { Pick } from './pick.ts';
import { baseLayers, baseStyle } from './style.ts';
import type { Language } from './style.ts';
import { around } from './view.ts';
import type { View, WholeView } from './view.ts';
import { spiderWords } from './words.ts';
import './live-map.css';

export type { AreaLevel } from './area-layer.ts';
export type { MapPart } from './part.ts';
export type { Pick } from './pick.ts';
export type { Theme } from './palette.ts';
export type { View, WholeView } from './view.ts';

/** Space covered by panels over the map, in CSS pixels a side. */
export type Cover = { top: number; right: number; bottom: number; left: number };

export type LiveMapOptions = {
  /** What to show at first: west, south, east, north. */
  bounds: [number, number, number, number];
  theme: Theme;
  language: Language;
  /** A person chose this, by mouse, finger or keyboard; null for the empty ground. */
  onpick(pick: Pick | null): void;
  /** What an issue is called, for buttons that stand for it on the map. */
  nameOf(issue: number): string;
  /** The pointer is over this at that place of the map's element; null when over nothing. */
  onhover(hover: { pick: Pick; x: number; y: number } | null): void;
};

/** The street's live map in an element: base, areas, courtyards and pins. Screens speak to this class only. */
export class LiveMap {
  #map: MapLibreMap;
  #options: LiveMapOptions;
  #parts: Parts;
  #areas = new AreaLayer();
  #courtyards = new CourtyardLayer();
  #issues: IssueLayer;
  #cover: Cover = { top: 0, right: 0, bottom: 0, left: 0 };
  #watch: ResizeObserver;
  #attribution: AttributionControl | null = null;
  #seen = false;
  #gone = false;
  /** Another base map than the built-in one, with a credit of its own. */
  #foreign = false;

  /** Resolves when the first data can be drawn; rejects when the browser has no WebGL 2. */
  static async open(element: HTMLElement, options: LiveMapOptions): Promise<LiveMap> {
    const palette = palettes[options.theme];
    const map = new MapLibreMap({
      container: element,
      style: baseStyle(palette, options.language, '/basemap'),
      bounds: options.bounds,
      fitBoundsOptions: { padding: 24 },
      maxBounds: around(options.bounds, 1.2),
      minZoom: 12,
      maxZoom: 20,
      attributionControl: false,
      pitchWithRotate: false,
      touchPitch: false,
      rollEnabled: false,
      renderWorldCopies: false,
      fadeDuration: 0,
    });
    await new Promise<void>((resolve, reject) => {
      map.once('style.load', () => resolve());
      map.once('error', ({ error }) => reject(error));
    });
    return new LiveMap(map, element, options);
  }

  private constructor(map: MapLibreMap, element: HTMLElement, options: LiveMapOptions) {
    const { theme, language } = options;
    const palette = palettes[theme];
    this.#map = map;
    this.#options = options;
    this.#parts = new Parts(map, { theme, palette, language });
    this.#issues = new IssueLayer({
      words: spiderWords(() => this.#parts.look.language, options.nameOf),
      onchoose: (id) => options.onpick({ kind: 'issue', id }),
      go: (centre, zoom) => this.#glide(centre, zoom),
    });
    for (const part of [this.#areas, this.#courtyards, this.#issues]) this.#parts.attach(part);
    element.dataset['theme'] = options.theme;
    this.#attribute();
    map.addControl(new NavigationControl({ visualizePitch: false }), 'bottom-right');
    map.addControl(new ScaleControl({ maxWidth: 96 }), 'bottom-left');
    nameControls(this.#map, this.#parts.look.language);
    map.once('idle', () => (this.#seen = true));
    map.on('click', this.#click);
    map.on('mousemove', this.#hover);
    map.on('mouseout', this.#leave);
    map.on('movestart', this.#leave);
    map.getCanvas().addEventListener('keydown', this.#key);
    this.#watch = new ResizeObserver(() => map.resize());
    this.#watch.observe(element);
  }

  /** Puts a part on the map and gives the function that takes it off again. It stays when the base map changes. */
  attach(part: MapPart): () => void {
    return this.#parts.attach(part);
  }

  /** Puts another base map under everything; the built-in one with null. The parts wait until it is there. */
  setBase(style: StyleSpecification | null): void {
    if (this.#gone) return;
    const { palette, language } = this.#parts.look;
    this.#foreign = style !== null;
    this.#parts.unbase();
    this.#map.once('style.load', () => this.#parts.rebase());
    this.#map.setStyle(style ?? baseStyle(palette, language, '/basemap'), { diff: false });
    this.#attribute();
  }

  /** Calls `listener` with the source of each thing that could not be loaded; gives the function that ends it. */
  onfault(listener: (source: string) => void): () => void {
    const heard = (event: object): void => listener('sourceId' in event ? String(event.sourceId) : '');
    this.#map.on('error', heard);
    return () => this.#map.off('error', heard);
  }

  view(): WholeView {
    const { lng, lat } = this.#map.getCenter();
    const [[w, s], [e, n]] = this.#map.getBounds().toArray();
    const bearing = this.#map.getBearing();
    return { centre: [lng, lat], zoom: this.#map.getZoom(), bearing, bounds: [w, s, e, n] };
  }

  /** Calls `listener` after each move has ended, or all along; gives the function that ends it. */
  onmove(listener: () => void, when: 'moveend' | 'move' = 'moveend'): () => void {
    this.#map.on(when, listener);
    return () => this.#map.off(when, listener);
  }

  /** Goes there at once. */
  go({ centre, zoom, bearing }: Partial<View>): void {
    this.#map.jumpTo({
      ...(centre && { center: centre }),
      ...(zoom !== undefined && { zoom }),
      ...(bearing !== undefined && { bearing }),
    });
  }

  setAreas(areas: readonly MapArea[]): void {
    this.#areas.load(areas);
  }

  /** Draws the boundaries of these levels only. */
  showAreas(levels: ReadonlySet<AreaLevel>): void {
    if (this.#gone) return;
    this.#areas.show(levels);
  }

  setCourtyards(courtyards: readonly Courtyard[]): void {
    this.#courtyards.load(courtyards);
  }

  /** What became of the issues; those in `added` are new and slide in. Reduced motion: they just appear. */
  drawIssues(ask: ClusterAsk, added: readonly number[]): void {
    this.#issues.tell(ask, added);
  }

  /** Rings what is chosen; an issue is drawn by itself as `pin` says when it is inside a cluster. */
  select(pick: Pick | null, pin: DrawnPin | null = null): void {
    this.#issues.select(pick?.kind === 'issue' ? pin : null);
    this.#courtyards.mark('selected', pick?.kind === 'courtyard' ? pick.id : null);
  }

  setTheme(theme: Theme): void {
    const { look } = this.#parts;
    if (theme === look.theme) return;
    this.#map.getContainer().dataset['theme'] = theme;
    const palette = palettes[theme];
    repaint(this.#map, baseLayers(palette, look.language));
    this.#parts.restyle({ ...look, theme, palette });
  }

  /** The map's own words in another language, and names on the base map where it has them. */
  setLanguage(language: Language): void {
    const { look } = this.#parts;
    if (language === look.language) return;
    relabel(this.#map, baseLayers(look.palette, language));
    this.#parts.restyle({ ...look, language });
    this.#attribute();
    nameControls(this.#map, this.#parts.look.language);
  }

  /** Tells which parts of the map panels cover; what is brought into view stays clear of them. */
  setCover(cover: Cover): void {
    this.#cover = cover;
    const { style } = this.#map.getContainer();
    style.setProperty('--cover-right', `${cover.right}px`);
    style.setProperty('--cover-bottom', `${cover.bottom}px`);
  }

  /** Brings a place into the uncovered part; moves nothing when it is comfortably there already. */
  reveal(point: [lng: number, lat: number], minZoom = 0): void {
    const at = this.#map.project(point);
    const { clientWidth: width, clientHeight: height } = this.#map.getCanvas();
    const { top, right, bottom, left } = this.#cover;
    const margin = 48;
    const inside =
      at.x > left + margin &&
      at.x < width - right - margin &&
      at.y > top + margin &&
      at.y < height - bottom - margin;
    const zoom = Math.max(this.#map.getZoom(), minZoom);
    if (!inside || zoom !== this.#map.getZoom()) this.#glide(point, zoom);
  }

  /** Brings a place into the middle of what is uncovered. */
  #glide(center: [lng: number, lat: number], zoom: number): void {
    const { top, right, bottom, left } = this.#cover;
    const offset: [number, number] = [(left - right) / 2, (top - bottom) / 2];
    // Before anything is drawn there is nothing to follow with the eye: go there at once.
    this.#map.easeTo({ center, zoom, offset, duration: this.#seen ? 200 : 0 });
  }

  /** Moves the map by so many pixels: what is drawn goes left and up. */
  nudge(x: number, y: number): void {
    this.#map.panBy([x, y], { duration: 200 });
  }

  /** Shows the whole of the first bounds again. */
  showAll(): void {
    const gap = 24;
    const { top, right, bottom, left } = this.#cover;
    const padding: PaddingOptions = {
      top: top + gap,
      right: right + gap,
      bottom: bottom + gap,
      left: left + gap,
    };
    this.#map.fitBounds(this.#options.bounds, { padding, duration: 200 });
  }

  destroy(): void {
    this.#watch.disconnect();
    this.#parts.clear();
    this.#issues.destroy();
    this.#map.remove();
    this.#gone = true;
  }

  #attribute(): void {
    if (this.#attribution) this.#map.removeControl(this.#attribution);
    this.#attribution = credit(this.#map, this.#foreign, this.#parts.look.language);
  }

  #click = (event: MapMouseEvent): void => {
    const touch = 'pointerType' in event.originalEvent && event.originalEvent.pointerType === 'touch';
    this.#choose(event.point, touch ? 'touch' : 'mouse');
  };

  #choose(point: Point, pointer: Pointer): void {
    const { modal } = this.#parts;
    if (this.#parts.press(point, pointer)) return;
    const pick = this.#parts.pick(point, pointer);
    // A part that has the map to itself decides what a click on nothing means.
    if (pick || !modal) this.#options.onpick(pick);
  }

  #hover = (event: MapMouseEvent): void => {
    if (this.#map.isMoving()) return;
    const { modal } = this.#parts;
    const pick = this.#parts.pick(event.point, 'mouse');
    const pressable = pick !== null || this.#issues.pressable(event.point);
    if (!modal) this.#map.getCanvas().style.cursor = pressable ? 'pointer' : '';
    this.#courtyards.mark('hover', pick?.kind === 'courtyard' ? pick.id : null);
    const at = pick && (this.#parts.anchor(pick) ?? event.point);
    this.#options.onhover(pick && at && { pick, x: at.x, y: at.y });
  };

  #leave = (_event: unknown): void => {
    this.#courtyards.mark('hover', null);
    this.#options.onhover(null);
  };

  /** Arrow keys and +/− are the map's own; Enter chooses what lies under the cross in the middle. */
  #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    this.#choose(this.#map.project(this.#map.getCenter()), 'touch');
  };
}
