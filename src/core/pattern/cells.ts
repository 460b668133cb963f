/** Points sorted into square cells so small that any two in one cell lie within reach of each other. Typed arrays only. */
export type Cells = {
  readonly count: number;
  /** The given points in the order of their cells, and their places in that order. */
  readonly points: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Where each cell's points begin; one more entry than there are cells. */
  readonly starts: Uint32Array;
  /** The other cells that may hold a neighbour, `neighbours[from[cell]]` up to `neighbours[from[cell + 1]]`. */
  readonly from: Uint32Array;
  readonly neighbours: Uint32Array;
};

/** Two cells off in both directions is out of reach; all else of the five by five may be within. */
const around: readonly (readonly [dx: number, dy: number])[] = [-2, -1, 0, 1, 2].flatMap((dy) =>
  [-2, -1, 0, 1, 2].flatMap((dx) => ((dx || dy) && Math.abs(dx * dy) < 4 ? [[dx, dy] as const] : [])),
);

/** Sorts points (metres) for a search within `reach` metres. Points that are NaN are left out. */
export function cellsOf(x: Float64Array, y: Float64Array, reach: number): Cells {
  const side = (reach / Math.SQRT2) * (1 - 1e-9);
  let [west, south, east] = [Infinity, Infinity, -Infinity];
  let size = 0;
  for (let at = 0; at < x.length; at++) {
    if (Number.isNaN(x[at]! + y[at]!)) continue;
    if (x[at]! < west) west = x[at]!;
    if (x[at]! > east) east = x[at]!;
    if (y[at]! < south) south = y[at]!;
    size++;
  }
  // Empty columns at the end of each line of cells keep it from touching the beginning of the next.
  const columns = Math.floor((east - west) / side) + 3;
  // Key and point in one number, so that the engine's own sort of numbers does the work.
  const sorted = new Float64Array(size);
  for (let at = 0, next = 0; at < x.length; at++) {
    if (Number.isNaN(x[at]! + y[at]!)) continue;
    const key = Math.floor((y[at]! - south) / side) * columns + Math.floor((x[at]! - west) / side);
    sorted[next++] = key * x.length + at;
  }
  sorted.sort();

  const points = new Uint32Array(size);
  const [sx, sy] = [new Float64Array(size), new Float64Array(size)];
  const starts = new Uint32Array(size + 1);
  const keys = new Float64Array(size);
  const cellAt = new Map<number, number>();
  let count = 0;
  for (let at = 0; at < size; at++) {
    const key = Math.floor(sorted[at]! / x.length);
    const point = sorted[at]! - key * x.length;
    points[at] = point;
    sx[at] = x[point]!;
    sy[at] = y[point]!;
    if (count > 0 && keys[count - 1] === key) continue;
    cellAt.set(key, count);
    keys[count] = key;
    starts[count++] = at;
  }
  starts[count] = size;

  const from = new Uint32Array(count + 1);
  const neighbours = new Uint32Array(count * around.length);
  let next = 0;
  for (let cell = 0; cell < count; cell++) {
    from[cell] = next;
    for (const [dx, dy] of around) {
      const other = cellAt.get(keys[cell]! + dy * columns + dx);
      if (other !== undefined) neighbours[next++] = other;
    }
  }
  from[count] = next;
  return { count, points, x: sx, y: sy, starts, from, neighbours };
}
