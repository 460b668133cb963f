import type { Map as MapLibreMap } from 'maplibre-gl';
import { lateMark } from '../core/issue-state.ts';
import type { DrawnPin } from '../core/drawn-pins.ts';
import { fanOffset, fanSlots } from '../core/fan.ts';
import type { Palette } from './palette.ts';
import { drawPin, pinSide } from './pin-icons.ts';
import './spider.css';

export type SpiderWords = {
  /** What an issue is called, for those who hear it and as a hint. */
  issue(id: number): string;
  /** “12 issues here, page 1 of 2” */
  group(count: number, page: number, pages: number): string;
  close(): string;
  next(): string;
};

type Listener = { onchoose(id: number): void; onclose(): void };

/** Rings of 6, 12 and 18 around the middle. */
const page = fanSlots - 1;
/** Distance between neighbours, in CSS pixels: a finger's width. */
const spacing = 46;
const svg = 'http://www.w3.org/2000/svg';

/**
 * Pins that share a place, spread around it on legs: buttons of their own over the map, so that mouse, finger and
 * keyboard all reach them. Closes with Escape, by its middle, or when the map zooms away.
 */
export class Spider {
  #map: MapLibreMap;
  #centre: [number, number];
  #pins: DrawnPin[];
  #palette: Palette;
  #words: SpiderWords;
  #listener: Listener;
  #zoom: number;
  #page = 0;
  #root = document.createElement('div');

  constructor(
    map: MapLibreMap,
    centre: [number, number],
    pins: readonly DrawnPin[],
    palette: Palette,
    words: SpiderWords,
    listener: Listener,
  ) {
    this.#map = map;
    this.#centre = centre;
    this.#pins = [...pins];
    this.#palette = palette;
    this.#words = words;
    this.#listener = listener;
    this.#zoom = map.getZoom();
    this.#root.className = 'map-spider';
    this.#root.setAttribute('role', 'group');
    this.#root.addEventListener('keydown', this.#key);
    map.getContainer().append(this.#root);
    map.on('move', this.#follow);
    this.#draw();
    this.#follow();
    this.#reveal();
    this.#buttons()[0]?.focus({ preventScroll: true });
  }

  /** Pins that changed are drawn anew; those that went are taken out. */
  refresh(changed: readonly DrawnPin[], gone: readonly number[]): void {
    const now = new Map(changed.map((pin) => [pin.id, pin]));
    if (!this.#pins.some(({ id }) => now.has(id) || gone.includes(id))) return;
    this.#pins = this.#pins.map((pin) => now.get(pin.id) ?? pin);
    this.#redraw();
  }

  /** The focused one keeps the focus. */
  #redraw(): void {
    const focused = this.#buttons().find((button) => button === document.activeElement)?.dataset['issue'];
    this.#draw();
    const again = this.#buttons().find(({ dataset }) => dataset['issue'] === focused);
    if (focused) again?.focus({ preventScroll: true });
  }

  /** All that share the place now, those that came since it was opened among them. */
  put(pins: readonly DrawnPin[]): void {
    this.#pins = [...pins];
    this.#page = Math.min(this.#page, Math.max(0, this.#pages - 1));
    this.#redraw();
  }

  close(): void {
    if (!this.#root.isConnected) return;
    const focused = this.#root.contains(document.activeElement);
    this.#map.off('move', this.#follow);
    this.#root.remove();
    if (focused) this.#map.getCanvas().focus({ preventScroll: true });
    this.#listener.onclose();
  }

  get #pages(): number {
    return Math.ceil(this.#pins.length / page);
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.#root.querySelectorAll<HTMLButtonElement>('.map-spider-pin')];
  }

  #draw(): void {
    const pins = this.#pins.slice(this.#page * page, (this.#page + 1) * page);
    const legs = document.createElementNS(svg, 'svg');
    legs.setAttribute('aria-hidden', 'true');
    const buttons = pins.map((pin, at) => {
      const [x, y] = fanOffset(at + 1).map((unit) => unit * spacing);
      const leg = document.createElementNS(svg, 'line');
      leg.setAttribute('x2', String(x));
      leg.setAttribute('y2', String(y));
      legs.append(leg);
      return this.#button(pin, x ?? 0, y ?? 0);
    });
    this.#root.setAttribute('aria-label', this.#words.group(this.#pins.length, this.#page + 1, this.#pages));
    this.#root.replaceChildren(legs, ...buttons, this.#middle());
  }

  #button(pin: DrawnPin, x: number, y: number): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = pin.mark === lateMark ? 'map-spider-pin late' : 'map-spider-pin';
    button.style.left = `${x}px`;
    button.style.top = `${y}px`;
    button.dataset['issue'] = String(pin.id);
    button.title = this.#words.issue(pin.id);
    button.setAttribute('aria-label', button.title);
    button.append(this.#icon(pin));
    button.addEventListener('click', () => this.#listener.onchoose(pin.id));
    return button;
  }

  #icon({ mark, urgency }: DrawnPin): HTMLCanvasElement {
    const ratio = Math.max(2, globalThis.devicePixelRatio || 1);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = pinSide * ratio;
    const pen = canvas.getContext('2d');
    pen?.scale(ratio, ratio);
    pen?.translate(pinSide / 2, pinSide / 2);
    if (pen) drawPin(pen, mark, urgency, this.#palette);
    return canvas;
  }

  /** Closes; with more pins than one page holds it turns the page. */
  #middle(): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'map-spider-middle';
    const more = this.#pages > 1;
    button.textContent = more ? `${this.#page + 1}/${this.#pages}` : '×';
    button.title = more ? this.#words.next() : this.#words.close();
    button.setAttribute('aria-label', button.title);
    button.addEventListener('click', () => {
      if (!more) return this.close();
      this.#page = (this.#page + 1) % this.#pages;
      this.#draw();
      this.#buttons()[0]?.focus({ preventScroll: true });
    });
    return button;
  }

  #follow = (): void => {
    if (Math.abs(this.#map.getZoom() - this.#zoom) > 0.4) return this.close();
    const { x, y } = this.#map.project(this.#centre);
    this.#root.style.transform = `translate(${x}px, ${y}px)`;
  };

  /** The whole of it comes into view, if it does not lie there already. */
  #reveal(): void {
    const shown = Math.min(this.#pins.length, page);
    const reach = spacing * (shown > 18 ? 3 : shown > 6 ? 2 : 1) + 28;
    const { x, y } = this.#map.project(this.#centre);
    const { clientWidth: width, clientHeight: height } = this.#map.getCanvas();
    const over = (at: number, size: number) => Math.min(0, at - reach) + Math.max(0, at + reach - size);
    const [dx, dy] = [over(x, width), over(y, height)];
    const still = globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (dx !== 0 || dy !== 0) this.#map.panBy([dx, dy], { duration: still ? 0 : 200 });
  }

  #key = (event: KeyboardEvent): void => {
    const buttons = this.#buttons();
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined && buttons.length > 0)
      buttons[(at + step + buttons.length) % buttons.length]?.focus({ preventScroll: true });
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
