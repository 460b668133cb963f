import type { Map as MapLibreMap, Point } from 'maplibre-gl';
import type { Look, MapPart, Others, Pointer, Under } from './part.ts';
import type { Pick } from './pick.ts';

/** What stands on a map, from the first attached to the last; it outlives the base map under it. */
export class Parts implements Others {
  #map: MapLibreMap;
  #look: Look;
  #parts: MapPart[] = [];
  /** The base map is there, so that parts can be added to it. */
  #based = true;

  constructor(map: MapLibreMap, look: Look) {
    this.#map = map;
    this.#look = look;
  }

  get look(): Look {
    return this.#look;
  }

  /** Clicks and hovers belong to one part alone. */
  get modal(): MapPart | null {
    return this.#parts.findLast(({ modal }) => modal) ?? null;
  }

  attach(part: MapPart): () => void {
    this.#parts.push(part);
    if (this.#based) part.add(this.#map, this.#look, this);
    return () => {
      const at = this.#parts.indexOf(part);
      if (at < 0) return;
      this.#parts.splice(at, 1);
      if (this.#based) part.remove();
    };
  }

  /** The base map is about to go: everything is taken off, and waits for the next. */
  unbase(): void {
    if (this.#based) for (const part of this.#parts) part.remove();
    this.#based = false;
  }

  /** Another base map is there: everything is added again. */
  rebase(): void {
    if (this.#based) return;
    this.#based = true;
    for (const part of this.#parts) part.add(this.#map, this.#look, this);
  }

  /** Takes everything off, before the map itself goes. */
  clear(): void {
    this.unbase();
    this.#parts = [];
  }

  restyle(look: Look): void {
    this.#look = look;
    if (this.#based) for (const part of this.#parts) part.restyle(look);
  }

  /** True when a part took care of the click itself. */
  press(point: Point, pointer: Pointer): boolean {
    return this.#asked().some((part) => part.press?.(point, pointer) ?? false);
  }

  pick(point: Point, pointer: Pointer): Pick | null {
    for (const part of this.#asked()) {
      const pick = part.pick?.(point, pointer);
      if (pick) return pick;
    }
    return null;
  }

  anchor(pick: Pick): { x: number; y: number } | null {
    for (const part of this.#parts) {
      const at = part.anchor?.(pick);
      if (at) return at;
    }
    return null;
  }

  under(point: Point): Under | null {
    for (const part of this.#parts) {
      const found = this.#based ? part.under?.(point) : null;
      if (found) return found;
    }
    return null;
  }

  copyTo(map: MapLibreMap, ratio: number): void {
    for (const part of this.#parts) part.copyTo?.(map, ratio);
  }

  #asked(): MapPart[] {
    if (!this.#based) return [];
    const { modal } = this;
    return modal ? [modal] : this.#parts.toReversed();
  }
}
