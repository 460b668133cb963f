import type { ClusterAsk } from './cluster-desk.ts';
import type { PinColumns } from './drawn-pins.ts';
import { wider } from './cluster-level.ts';
import type { IssueStore, StoreColumns } from './issue-store.ts';

/** Beyond this many rows at once the clusters are quicker made anew. */
const fewest = 4_000;

/** Where an issue is drawn that has no point of its own; null: nowhere. */
export type PlaceOf = (courtyard: number) => readonly [lng: number, lat: number] | null;

/**
 * Remembers what the map was told of the store, and tells what to tell it next. It compares rather than counts on being
 * told of changes, so that whatever came, in whatever order, the map equals the store.
 */
export class PinMirror {
  #size = 0;
  #id = new Float64Array(0);
  #version = new Int32Array(0);
  #shown = new Uint8Array(0);
  #mask = new Uint8Array(0);
  #begun = false;
  #placeOf: PlaceOf;

  constructor(placeOf: PlaceOf) {
    this.#placeOf = placeOf;
  }

  /**
   * What makes the map equal to the store with `shown` rows (null: all) at `now` (epoch ms), and which of the rows'
   * issues are new to it; null when it is so already.
   */
  next(
    store: IssueStore,
    shown: Uint32Array | null,
    now: number,
  ): { ask: ClusterAsk; added: number[] } | null {
    const { size, columns } = store;
    this.#reserve(size);
    const mask = this.#mask;
    mask.fill(shown ? 0 : 1);
    if (shown) for (const row of shown) mask[row] = 1;
    const known = Math.min(size, this.#size);
    /** The rows that differ, as long as they are few, and how many. */
    const rows: number[] = [];
    let different = 0;
    let written = this.#begun && this.#size === size ? 0 : 1;
    for (let row = 0; row < size; row++) {
      const same =
        row < known && this.#id[row] === columns.id[row] && this.#version[row] === columns.version[row];
      if (same && this.#shown[row] === mask[row]) continue;
      if (!same) written++;
      if (++different <= fewest) rows.push(row);
      else if (written > 0) break;
    }
    if (this.#begun && different === 0 && size === this.#size) return null;

    const anew = !this.#begun || (different > fewest && written > 0);
    const few = !anew && different <= fewest;
    const ids = few ? this.#knownIds(rows, known) : null;
    const changed = Uint32Array.from(rows);
    const flags = Uint8Array.from(rows, (row) => mask[row] ?? 0);
    this.#begun = true;
    this.#size = size;
    this.#id.set(columns.id.subarray(0, size));
    this.#version.set(columns.version.subarray(0, size));
    [this.#shown, this.#mask] = [mask, this.#shown];
    if (anew) {
      return {
        ask: { do: 'load', columns: this.#columns(store, null), shown: shown && shown.slice(), now },
        added: [],
      };
    }
    if (!few) return { ask: { do: 'show', shown: shown && shown.slice() }, added: [] };
    const added = rows.flatMap((row) => {
      const id = columns.id[row] ?? NaN;
      return ids?.has(id) || flags[rows.indexOf(row)] === 0 ? [] : [id];
    });
    return {
      ask: { do: 'patch', rows: changed, columns: this.#columns(store, changed), shown: flags, size, now },
      added,
    };
  }

  /** Ids that were here before among what stands in these rows now. */
  #knownIds(rows: readonly number[], known: number): ReadonlySet<number> {
    const ids = new Set<number>();
    for (const row of rows) if (row < known) ids.add(this.#id[row] ?? NaN);
    for (let row = known; row < this.#size; row++) ids.add(this.#id[row] ?? NaN);
    return ids;
  }

  /** What the map knows of these rows (null: all), each where it is drawn. */
  #columns(store: IssueStore, rows: Uint32Array | null): PinColumns {
    const { id, courtyard, lng, lat, state, urgency, due } = store.columns;
    const { size } = store;
    const columns: PinColumns = rows
      ? picked(store.columns, rows)
      : {
          id: id.slice(0, size),
          lng: lng.slice(0, size),
          lat: lat.slice(0, size),
          state: state.slice(0, size),
          urgency: urgency.slice(0, size),
          due: due.slice(0, size),
        };
    for (let at = 0; at < columns.id.length; at++) {
      if (!Number.isNaN(columns.lng[at])) continue;
      const place = this.#placeOf(courtyard[rows ? (rows[at] ?? 0) : at] ?? NaN);
      if (place) [columns.lng[at], columns.lat[at]] = place;
    }
    return columns;
  }

  #reserve(size: number): void {
    if (size <= this.#id.length) return;
    const capacity = Math.max(64, Math.ceil(size * 1.25));
    this.#id = wider(this.#id, new Float64Array(capacity));
    this.#version = wider(this.#version, new Int32Array(capacity));
    this.#shown = wider(this.#shown, new Uint8Array(capacity));
    this.#mask = wider(this.#mask, new Uint8Array(capacity));
  }
}

const picked = ({ id, lng, lat, state, urgency, due }: StoreColumns, rows: Uint32Array): PinColumns => ({
  id: Float64Array.from(rows, (row) => id[row] ?? NaN),
  lng: Float64Array.from(rows, (row) => lng[row] ?? NaN),
  lat: Float64Array.from(rows, (row) => lat[row] ?? NaN),
  state: Uint8Array.from(rows, (row) => state[row] ?? 0),
  urgency: Uint8Array.from(rows, (row) => urgency[row] ?? 0),
  due: Float64Array.from(rows, (row) => due[row] ?? NaN),
});
