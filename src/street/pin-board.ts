import { markOf } from '../core/issue-state.ts';
import type { Mark } from '../core/issue-state.ts';
import type { IssueRow, IssueStore } from '../core/issue-store.ts';
import type { Courtyard, MapArea } from '../core/map-snapshot.ts';
import type { LiveMap, Pin } from '../map/live-map.ts';

/** What the map stands on; replaced with each snapshot. */
export type Ground = { areas: readonly MapArea[]; courtyards: ReadonlyMap<number, Courtyard> };

export const byId = <T extends { id: number }>(things: readonly T[]): ReadonlyMap<number, T> =>
  new Map(things.map((thing) => [thing.id, thing]));

export const idsOf = (things: readonly { id: number }[]): ReadonlySet<number> =>
  new Set(things.map(({ id }) => id));

/** Puts issues on the map as pins and remembers how each was drawn; without a map it only remembers nothing. */
export class PinBoard {
  #map: LiveMap | null = null;
  #drawn = new Map<number, Mark>();
  #ground: Ground = { areas: [], courtyards: new Map() };

  /** Draws on this map from now on; null to stop. */
  hang(map: LiveMap | null): void {
    this.#map = map;
  }

  /** Everything anew, as it stands at `now` (epoch ms). */
  draw(ground: Ground, store: IssueStore, now: number): void {
    this.#ground = ground;
    this.#map?.setAreas(ground.areas);
    this.#map?.setCourtyards([...ground.courtyards.values()]);
    const pins = [...store.rows()].flatMap((row) => this.#pin(row, now));
    this.#drawn = new Map(pins.map(({ id, mark }) => [id, mark]));
    this.#map?.setIssues(pins, (row) => store.columns.id[row] ?? NaN);
  }

  /** Draws only these rows from now on; all with null. */
  show(rows: Uint32Array | null): void {
    this.#map?.showRows(rows);
  }

  /** What came or changed, what went, and which of them are new here. */
  patch(rows: readonly IssueRow[], gone: readonly number[], added: readonly number[], now: number): void {
    const pins = rows.flatMap((row) => this.#pin(row, now));
    for (const { id, mark } of pins) this.#drawn.set(id, mark);
    for (const id of gone) this.#drawn.delete(id);
    this.#map?.patchIssues(pins, gone, new Set(added));
  }

  /** Those whose mark has become another by the passing of time alone. */
  overtaken(rows: Iterable<IssueRow>, now: number): IssueRow[] {
    return [...rows].filter(
      (row) => this.#drawn.has(row.id) && this.#drawn.get(row.id) !== markOf(row.state, row.dueAt, now),
    );
  }

  #pin(row: IssueRow, now: number): Pin[] {
    const yard = this.#ground.courtyards.get(row.courtyardId ?? 0)?.point;
    const [lng, lat] = Number.isNaN(row.lng) ? (yard ?? [NaN, NaN]) : [row.lng, row.lat];
    return Number.isNaN(lng) ? [] : [{ id: row.id, lng, lat, mark: markOf(row.state, row.dueAt, now) }];
  }
}
