import type { IssueStore } from '../core/issue-store.ts';
import type { Courtyard, MapArea } from '../core/map-snapshot.ts';
import { PinMirror } from '../core/pin-mirror.ts';
import type { LiveMap } from '../map/live-map.ts';

/** What the map stands on; replaced with each snapshot. */
export type Ground = { areas: readonly MapArea[]; courtyards: ReadonlyMap<number, Courtyard> };

export const byId = <T extends { id: number }>(things: readonly T[]): ReadonlyMap<number, T> =>
  new Map(things.map((thing) => [thing.id, thing]));

export const idsOf = (things: readonly { id: number }[]): ReadonlySet<number> =>
  new Set(things.map(({ id }) => id));

/** Keeps a map equal to the issue store; without a map it does nothing. */
export class PinBoard {
  readonly #store: IssueStore;
  #map: LiveMap | null = null;
  #ground: Ground = { areas: [], courtyards: new Map() };
  #mirror = this.#newMirror();

  constructor(store: IssueStore) {
    this.#store = store;
  }

  /** Draws on this map from now on; null to stop. */
  hang(map: LiveMap | null): void {
    this.#map = map;
    this.#mirror = this.#newMirror();
  }

  /** The ground anew, and the issues on it: these rows (null: all) as they stand at `now` (epoch ms). */
  draw(ground: Ground, rows: Uint32Array | null, now: number): void {
    if (ground !== this.#ground) this.#mirror = this.#newMirror();
    this.#ground = ground;
    this.#map?.setAreas(ground.areas);
    this.#map?.setCourtyards([...ground.courtyards.values()]);
    this.sync(rows, now);
  }

  /** Makes the map equal to the store, with these rows shown; all with null. */
  sync(rows: Uint32Array | null, now: number): void {
    const next = this.#map && this.#mirror.next(this.#store, rows, now);
    if (next) this.#map?.drawIssues(next.ask, next.added);
  }

  /** Time has passed: some may be late now. */
  tick(now: number): void {
    this.#map?.drawIssues({ do: 'tick', now }, []);
  }

  #newMirror(): PinMirror {
    return new PinMirror((courtyard) => this.#ground.courtyards.get(courtyard)?.point ?? null);
  }
}
