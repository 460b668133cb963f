import type { DrawnArea, Position } from '../../core/filter/issue-filter.ts';
import { encloses, metresBetween, ringOf } from '../../core/filter/area-rows.ts';
import { FilterArea, SketchPart } from '../../map/filter-area.ts';
import type { Sketch } from '../../map/filter-area.ts';
import type { LiveMap } from '../../map/live-map.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';

/** Degrees as the address keeps them. */
const rounded = ([lng, lat]: Position): Position => [
  Math.round(lng * 1e6) / 1e6,
  Math.round(lat * 1e6) / 1e6,
];
const least = 10;

/** Takes areas and places for the filter from the map, and shows on it what the filter asks for. */
export class AreaSketch {
  readonly #issues: LiveIssues;
  #map: LiveMap | null = null;
  #shown = new FilterArea();
  #detach: (() => void) | null = null;
  #part: SketchPart | null = null;
  #mode = $state<Sketch | null>(null);
  #points = $state.raw<readonly Position[]>([]);
  #thin = $state(false);
  /** Within how many metres “near” is. */
  metres = $state(200);

  #rings = $derived.by(() => {
    if (this.#mode) return this.#sketched();
    const { area, near } = this.#issues.filter;
    return [area, near].flatMap((one) => (one ? [ringOf(one)] : []));
  });

  constructor(issues: LiveIssues) {
    this.#issues = issues;
  }

  /** What is being taken from the map; null when nothing is. */
  get mode(): Sketch | null {
    return this.#mode;
  }
  get points(): number {
    return this.#points.length;
  }
  /** What was drawn last enclosed nothing. */
  get thin(): boolean {
    return this.#thin;
  }

  /** Shows the filter's area on this map; gives the function that takes it off. To be called in an effect. */
  hang(map: LiveMap): () => void {
    this.#map = map;
    const off = map.attach(this.#shown);
    return () => {
      this.stop();
      off();
      this.#map = null;
    };
  }
  draw(): void {
    this.#shown.show(this.#rings);
  }

  begin(mode: Sketch): void {
    this.stop();
    if (!this.#map) return;
    this.#thin = false;
    this.#part = new SketchPart(mode, {
      onchange: (points) => (this.#points = [...points]),
      ondone: (points) => this.#take(mode, points),
    });
    this.#mode = mode;
    this.#detach = this.#map.attach(this.#part);
  }
  undo(): void {
    if (!this.#part?.undo()) this.stop();
  }
  finish(): void {
    this.#part?.finish();
  }
  stop(): void {
    this.#detach?.();
    this.#detach = null;
    this.#part = null;
    this.#mode = null;
    this.#points = [];
  }

  /** A circle around what the map shows the middle of: the way without a pointer. */
  around(metres: number): void {
    const centre = this.#map?.view().centre;
    if (centre) this.#setArea({ kind: 'circle', centre: rounded(centre), metres });
  }

  #take(mode: Sketch, points: readonly Position[]): void {
    this.stop();
    const [first, second] = points;
    if (!first) return;
    if (mode === 'place') {
      const near = { kind: 'place' as const, id: null, at: rounded(first), metres: this.metres };
      this.#issues.filter = { ...this.#issues.filter, near };
    } else if (mode === 'circle') {
      const metres = Math.round(metresBetween(first, second ?? first));
      if (metres < least) this.#thin = true;
      else this.#setArea({ kind: 'circle', centre: rounded(first), metres: Math.min(20_000, metres) });
    } else if (encloses(points)) this.#setArea({ kind: 'polygon', ring: points.slice(0, 200).map(rounded) });
    else this.#thin = true;
  }

  #setArea(area: DrawnArea): void {
    this.#thin = false;
    this.#issues.filter = { ...this.#issues.filter, area };
  }

  #sketched(): Position[][] {
    const [first, second] = this.#points;
    if (!first || this.#mode === 'place') return [];
    if (this.#mode === 'polygon') return [[...this.#points, first]];
    const metres = metresBetween(first, second ?? first);
    return metres > 0 ? [ringOf({ kind: 'circle', centre: first, metres })] : [];
  }
}
