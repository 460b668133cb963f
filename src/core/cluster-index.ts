import { ClusterLevel, wider } from './cluster-level.ts';
import { flower, levelAt, levelKeys, radii, reach } from './cluster-reach.ts';
import type { Box, Drawn, DrawnCluster, DrawnPin, PinColumns } from './drawn-pins.ts';
import { fanSlots } from './fan.ts';
import { emergencyCode } from './issue-columns.ts';
import { lateMark, markCode } from './issue-state.ts';
import { latOf, lngOf, mercatorX, mercatorY } from './mercator.ts';

/**
 * Pins in clusters, at every zoom, kept up one by one: a change costs a few steps a level, so it can be drawn at once
 * among 200,000 others. (supercluster makes all its levels anew for each change.)
 */
export class ClusterIndex {
  #levels: ClusterLevel[] = [];
  #size = 0;
  #id = new Float64Array(0);
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  #state = new Uint8Array(0);
  #urgency = new Uint8Array(0);
  #due = new Float64Array(0);
  #mark = new Uint8Array(0);
  #slot = new Uint16Array(0);
  /** The place of each row, -1 while it is not shown or has none; rows of one place are chained. */
  #place = new Int32Array(0);
  #next = new Int32Array(0);
  #before = new Int32Array(0);
  #first = new Int32Array(64);
  #now = 0;
  /** Seats in use while one is looked for; one more than there are, so that one is always free. */
  #taken = new Uint8Array(fanSlots + 1);

  constructor() {
    this.#clear();
  }

  get size(): number {
    return this.#size;
  }

  /** Everything anew, with all rows shown or those of `shown`; `now` in epoch milliseconds. */
  load(columns: PinColumns, shown: Uint32Array | null, now: number): void {
    this.#now = now;
    this.#size = 0;
    this.#reserve(columns.id.length);
    for (let row = 0; row < columns.id.length; row++) this.#write(row, columns, row);
    this.#size = columns.id.length;
    this.show(shown);
  }

  /** Shows these rows alone; all with null. */
  show(shown: Uint32Array | null): void {
    this.#clear();
    this.#place.fill(-1);
    const [place, ...wide] = this.#levels;
    if (!place) return;
    const take = (row: number) => {
      if (this.#sit(row))
        place.add(this.#place[row] ?? 0, this.#x[row] ?? 0, this.#y[row] ?? 0, row, 1, ...this.#weight(row));
    };
    if (shown) shown.forEach(take);
    else for (let row = 0; row < this.#size; row++) take(row);
    let finer = place;
    for (const level of wide) {
      finer.addTo(level);
      finer = level;
    }
  }

  /** Writes rows; `shown` tells of each whether it is drawn. Rows from `size` on are gone. */
  patch(rows: Uint32Array, columns: PinColumns, shown: Uint8Array, size: number, now: number): void {
    this.#now = now;
    for (let row = size; row < this.#size; row++) this.#leave(row);
    this.#reserve(size);
    rows.forEach((row, from) => {
      if (row >= size) return;
      const seat = row < this.#size ? (this.#place[row] ?? -1) : -1;
      if (row < this.#size && this.#stays(row, seat, columns, from, shown[from] === 1)) return;
      if (row < this.#size) this.#leave(row);
      this.#write(row, columns, from);
      if (shown[from]) this.#enter(row);
    });
    this.#size = size;
  }

  /** What time alone has made late or soon; true when anything shown looks different now. */
  tick(now: number): boolean {
    this.#now = now;
    let changed = false;
    for (let row = 0; row < this.#size; row++) {
      const mark = markCode(this.#state[row] ?? 0, this.#due[row] ?? NaN, now);
      if (mark === this.#mark[row]) continue;
      changed ||= (this.#place[row] ?? -1) >= 0;
      this.#remark(row, mark, this.#urgency[row] ?? 0);
    }
    return changed;
  }

  /** What is drawn in a box of degrees at a zoom. */
  view([west, south, east, north]: Box, zoom: number): Drawn {
    const drawn: Drawn = { pins: [], clusters: [] };
    const at = levelAt(zoom);
    const level = this.#levels[at];
    if (!level) return drawn;
    for (const item of level.within(mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south))) {
      const count = level.count[item] ?? 0;
      if (count === 0) continue;
      if (count === 1) drawn.pins.push(this.#pin(level.sumRow[item] ?? 0));
      else if (at === 0 && count <= flower)
        for (const row of this.#rowsAt(item)) drawn.pins.push(this.#pin(row));
      else drawn.clusters.push(this.#cluster(at, item));
    }
    return drawn;
  }

  /** The pins of a cluster, what waits longest first, and the zoom at which it falls apart; null when it never does. */
  open(key: number): { pins: DrawnPin[]; splits: number | null } {
    const at = Math.floor(key / levelKeys);
    const item = key % levelKeys;
    const rows: number[] = [];
    for (let row = 0; row < this.#size; row++) if (this.#up(row, at) === item) rows.push(row);
    rows.sort(
      (a, b) =>
        this.#rank(b) - this.#rank(a) || (this.#due[a] || Infinity) - (this.#due[b] || Infinity) || a - b,
    );
    const parts = (level: number) => new Set(rows.map((row) => this.#up(row, level))).size;
    let finer = at - 1;
    while (finer >= 0 && parts(finer) === 1) finer--;
    return {
      pins: rows.map((row) => this.#pin(row)),
      splits: finer < 0 ? null : (reach[finer]?.[0] ?? null),
    };
  }

  #clear(): void {
    this.#levels = radii.map((radius) => new ClusterLevel(radius));
    this.#first.fill(-1);
  }

  /** The cluster of a level a row belongs to; -1 when it is not shown. */
  #up(row: number, level: number): number {
    let item = this.#place[row] ?? -1;
    for (let at = 0; at < level && item >= 0; at++) item = this.#levels[at]?.parent[item] ?? -1;
    return item;
  }

  #rank(row: number): number {
    return (this.#mark[row] === lateMark ? 4 : 0) + (this.#urgency[row] ?? 0);
  }

  /** A change that neither moves nor hides the row is made where it stands. */
  #stays(row: number, place: number, columns: PinColumns, from: number, shown: boolean): boolean {
    const same =
      this.#id[row] === columns.id[from] &&
      this.#x[row] === mercatorX(columns.lng[from] ?? NaN) &&
      this.#y[row] === mercatorY(columns.lat[from] ?? NaN) &&
      shown === place >= 0;
    if (!same) return false;
    this.#state[row] = columns.state[from] ?? 0;
    this.#due[row] = columns.due[from] ?? NaN;
    const mark = markCode(columns.state[from] ?? 0, columns.due[from] ?? NaN, this.#now);
    this.#remark(row, mark, columns.urgency[from] ?? 0);
    return true;
  }

  #remark(row: number, mark: number, urgency: number): void {
    const late = Number(mark === lateMark) - Number(this.#mark[row] === lateMark);
    const emergency = Number(urgency === emergencyCode) - Number(this.#urgency[row] === emergencyCode);
    this.#mark[row] = mark;
    this.#urgency[row] = urgency;
    if (late !== 0 || emergency !== 0) this.#count(row, 0, late, emergency);
  }

  #write(row: number, columns: PinColumns, from: number): void {
    this.#id[row] = columns.id[from] ?? NaN;
    this.#x[row] = mercatorX(columns.lng[from] ?? NaN);
    this.#y[row] = mercatorY(columns.lat[from] ?? NaN);
    this.#state[row] = columns.state[from] ?? 0;
    this.#urgency[row] = columns.urgency[from] ?? 0;
    this.#due[row] = columns.due[from] ?? NaN;
    this.#mark[row] = markCode(columns.state[from] ?? 0, columns.due[from] ?? NaN, this.#now);
    this.#place[row] = -1;
  }

  /** Takes a row into its place and every wider cluster. */
  #enter(row: number): void {
    if (this.#sit(row)) this.#count(row, 1, ...this.#weight(row));
  }

  /** Gives a row its place and its seat there, without counting it; false when it has no point. */
  #sit(row: number): boolean {
    const [x, y] = [this.#x[row] ?? NaN, this.#y[row] ?? NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) return false;
    const place = this.#join(0, x, y);
    this.#slot[row] = this.#seat(place);
    if (place >= this.#first.length) this.#first = wider(this.#first, new Int32Array(2 * place).fill(-1));
    const first = this.#first[place] ?? -1;
    this.#next[row] = first;
    this.#before[row] = -1;
    if (first >= 0) this.#before[first] = row;
    this.#first[place] = row;
    this.#place[row] = place;
    return true;
  }

  #weight(row: number): [late: number, emergency: number] {
    return [Number(this.#mark[row] === lateMark), Number(this.#urgency[row] === emergencyCode)];
  }

  #leave(row: number): void {
    const place = this.#place[row] ?? -1;
    if (place < 0) return;
    const [late, emergency] = this.#weight(row);
    this.#count(row, -1, -late, -emergency);
    const [before, next] = [this.#before[row] ?? -1, this.#next[row] ?? -1];
    if (before >= 0) this.#next[before] = next;
    else this.#first[place] = next;
    if (next >= 0) this.#before[next] = before;
    this.#place[row] = -1;
  }

  /** The cluster around a point, begun if there is none, with its chain of wider ones. */
  #join(at: number, x: number, y: number): number {
    const level = this.#levels[at];
    if (!level) return -1;
    const found = level.near(x, y);
    if (found >= 0) return found;
    const begun = level.begin(x, y);
    level.parent[begun] = this.#join(at + 1, x, y);
    return begun;
  }

  #count(row: number, rows: number, late: number, emergency: number): void {
    let item = this.#place[row] ?? -1;
    for (const level of this.#levels) {
      if (item < 0) return;
      level.add(item, this.#x[row] ?? 0, this.#y[row] ?? 0, row, rows, late, emergency);
      item = level.parent[item] ?? -1;
    }
  }

  /** The first free seat at a place, so that those who sit keep theirs. */
  #seat(place: number): number {
    const count = this.#levels[0]?.count[place] ?? 0;
    if (count === 0 || count >= fanSlots) return count;
    this.#taken.fill(0);
    for (let row = this.#first[place] ?? -1; row >= 0; row = this.#next[row] ?? -1)
      this.#taken[this.#slot[row] ?? 0] = 1;
    return this.#taken.indexOf(0);
  }

  *#rowsAt(place: number): Generator<number> {
    for (let row = this.#first[place] ?? -1; row >= 0; row = this.#next[row] ?? -1) yield row;
  }

  /** A pin stands at its own point when it is alone, else around the place it shares. */
  #pin(row: number): DrawnPin {
    const level = this.#levels[0];
    const place = this.#place[row] ?? -1;
    const shared = (level?.count[place] ?? 0) > 1;
    return {
      id: this.#id[row] ?? NaN,
      lng: lngOf((shared ? level?.seedX[place] : this.#x[row]) ?? NaN),
      lat: latOf((shared ? level?.seedY[place] : this.#y[row]) ?? NaN),
      mark: this.#mark[row] ?? 0,
      urgency: this.#urgency[row] ?? 0,
      slot: shared ? (this.#slot[row] ?? 0) : 0,
    };
  }

  #cluster(at: number, item: number): DrawnCluster {
    const level = this.#levels[at] ?? new ClusterLevel(1);
    const count = level.count[item] ?? 1;
    return {
      key: at * levelKeys + item,
      lng: lngOf((level.sumX[item] ?? 0) / count),
      lat: latOf((level.sumY[item] ?? 0) / count),
      count,
      late: level.late[item] ?? 0,
      emergency: level.emergency[item] ?? 0,
    };
  }

  #reserve(size: number): void {
    if (size <= this.#id.length) return;
    const capacity = Math.max(64, size, Math.ceil(this.#id.length * 1.5));
    this.#id = wider(this.#id, new Float64Array(capacity));
    this.#x = wider(this.#x, new Float64Array(capacity));
    this.#y = wider(this.#y, new Float64Array(capacity));
    this.#due = wider(this.#due, new Float64Array(capacity));
    this.#state = wider(this.#state, new Uint8Array(capacity));
    this.#urgency = wider(this.#urgency, new Uint8Array(capacity));
    this.#mark = wider(this.#mark, new Uint8Array(capacity));
    this.#slot = wider(this.#slot, new Uint16Array(capacity));
    this.#place = wider(this.#place, new Int32Array(capacity).fill(-1));
    this.#next = wider(this.#next, new Int32Array(capacity));
    this.#before = wider(this.#before, new Int32Array(capacity));
  }
}
