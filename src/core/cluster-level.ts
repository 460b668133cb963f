/** Wider copies of the arrays a thing that grows is kept in. */
export function wider<T extends Float64Array | Int32Array | Uint8Array | Uint16Array>(old: T, to: T): T {
  to.set(old);
  return to;
}

/**
 * One level of clusters: what lies within a radius of a cluster's first point joins it. Clusters never move among each
 * other afterwards, so that taking one point in or out touches one cluster a level and nothing jumps on the map.
 * Coordinates are Web Mercator, 0 to 1.
 */
export class ClusterLevel {
  readonly radius: number;
  size = 0;
  seedX = new Float64Array(64);
  seedY = new Float64Array(64);
  /** Sums over the members, for their mean and, of one member alone, for which row it is. */
  sumX = new Float64Array(64);
  sumY = new Float64Array(64);
  sumRow = new Float64Array(64);
  count = new Int32Array(64);
  late = new Int32Array(64);
  emergency = new Int32Array(64);
  /** The cluster of the next wider level it belongs to. */
  parent = new Int32Array(64);
  /** Chains of clusters by where they begin: the last begun of each bucket, and before each the one begun earlier. */
  #buckets = new Int32Array(128).fill(-1);
  #next = new Int32Array(64);

  constructor(radius: number) {
    this.radius = radius;
  }

  /** The nearest cluster whose first point is within the radius; -1 when there is none. */
  near(x: number, y: number): number {
    const { radius: r, seedX, seedY } = this;
    const side = 2 * r;
    const [left, right] = [Math.floor((x - r) / side), Math.floor((x + r) / side)];
    const [top, bottom] = [Math.floor((y - r) / side), Math.floor((y + r) / side)];
    let found = -1;
    let best = r * r;
    for (let cx = left; cx <= right; cx++) {
      for (let cy = top; cy <= bottom; cy++) {
        // What another cell put into the same bucket is too far away to matter.
        for (let at = this.#buckets[this.#bucket(cx, cy)] ?? -1; at >= 0; at = this.#next[at] ?? -1) {
          const [dx, dy] = [(seedX[at] ?? 0) - x, (seedY[at] ?? 0) - y];
          const away = dx * dx + dy * dy;
          if (away >= best) continue;
          best = away;
          found = at;
        }
      }
    }
    return found;
  }

  /** Counts `rows` (1 in, -1 out, 0 for a change of what they weigh) at x, y into a cluster. */
  add(item: number, x: number, y: number, row: number, rows: number, late: number, emergency: number): void {
    this.count[item] = (this.count[item] ?? 0) + rows;
    this.late[item] = (this.late[item] ?? 0) + late;
    this.emergency[item] = (this.emergency[item] ?? 0) + emergency;
    this.sumX[item] = (this.sumX[item] ?? 0) + x * rows;
    this.sumY[item] = (this.sumY[item] ?? 0) + y * rows;
    this.sumRow[item] = (this.sumRow[item] ?? 0) + row * rows;
  }

  /** A new cluster that begins here, with nothing in it yet. */
  begin(x: number, y: number): number {
    if (this.size === this.count.length) this.#grow();
    const at = this.size++;
    this.seedX[at] = x;
    this.seedY[at] = y;
    this.#chain(at);
    return at;
  }

  /** Clusters whose first point lies in this box. */
  *within(west: number, north: number, east: number, south: number): Generator<number> {
    const side = 2 * this.radius;
    const inside = (at: number) => {
      const [x, y] = [this.seedX[at] ?? 0, this.seedY[at] ?? 0];
      return x >= west && x <= east && y >= north && y <= south;
    };
    const [left, right] = [Math.floor(west / side), Math.floor(east / side)];
    const [top, bottom] = [Math.floor(north / side), Math.floor(south / side)];
    if ((right - left + 1) * (bottom - top + 1) > this.size) {
      for (let at = 0; at < this.size; at++) if (inside(at)) yield at;
      return;
    }
    for (let cx = left; cx <= right; cx++)
      for (let cy = top; cy <= bottom; cy++)
        for (let at = this.#buckets[this.#bucket(cx, cy)] ?? -1; at >= 0; at = this.#next[at] ?? -1)
          if (this.#isIn(at, cx, cy) && inside(at)) yield at;
  }

  /** Adds what each cluster holds to the wider one it belongs to; once, after many rows were taken in. */
  addTo(wide: ClusterLevel): void {
    const { parent, sumX, sumY, sumRow, count, late, emergency } = this;
    const into = (to: Float64Array | Int32Array, from: Float64Array | Int32Array) => {
      for (let at = 0; at < this.size; at++) {
        const item = parent[at] ?? 0;
        to[item] = (to[item] ?? 0) + (from[at] ?? 0);
      }
    };
    into(wide.sumX, sumX);
    into(wide.sumY, sumY);
    into(wide.sumRow, sumRow);
    into(wide.count, count);
    into(wide.late, late);
    into(wide.emergency, emergency);
  }

  #bucket(cx: number, cy: number): number {
    return (Math.imul(cx, 0x9e37_79b1) ^ Math.imul(cy, 0x85eb_ca6b)) & (this.#buckets.length - 1);
  }

  #isIn(at: number, cx: number, cy: number): boolean {
    const side = 2 * this.radius;
    return Math.floor((this.seedX[at] ?? 0) / side) === cx && Math.floor((this.seedY[at] ?? 0) / side) === cy;
  }

  #chain(at: number): void {
    const side = 2 * this.radius;
    const bucket = this.#bucket(
      Math.floor((this.seedX[at] ?? 0) / side),
      Math.floor((this.seedY[at] ?? 0) / side),
    );
    this.#next[at] = this.#buckets[bucket] ?? -1;
    this.#buckets[bucket] = at;
  }

  #grow(): void {
    const size = this.count.length * 2;
    for (const name of ['seedX', 'seedY', 'sumX', 'sumY', 'sumRow'] as const)
      this[name] = wider(this[name], new Float64Array(size));
    for (const name of ['count', 'late', 'emergency', 'parent'] as const)
      this[name] = wider(this[name], new Int32Array(size));
    this.#next = wider(this.#next, new Int32Array(size));
    this.#buckets = new Int32Array(size * 2).fill(-1);
    for (let at = 0; at < this.size; at++) this.#chain(at);
  }
}
