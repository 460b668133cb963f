import { cellsOf } from './cells.ts';
import type { Cells } from './cells.ts';

/** Stands for a point that belongs to no cluster. */
export const noise = -1;

/** Which points, in the order of the cells, have `least` points within reach, themselves included. */
function coresOf({ count, x, y, starts, from, neighbours }: Cells, limit: number, least: number): Uint8Array {
  const isCore = new Uint8Array(x.length);
  for (let cell = 0; cell < count; cell++) {
    const [begin, end] = [starts[cell]!, starts[cell + 1]!];
    if (end - begin >= least) {
      isCore.fill(1, begin, end);
      continue;
    }
    for (let point = begin; point < end; point++) {
      let near = end - begin;
      for (let link = from[cell]!; link < from[cell + 1]! && near < least; link++) {
        const other = neighbours[link]!;
        for (let at = starts[other]!; at < starts[other + 1]! && near < least; at++) {
          if ((x[at]! - x[point]!) ** 2 + (y[at]! - y[point]!) ** 2 <= limit) near++;
        }
      }
      if (near >= least) isCore[point] = 1;
    }
  }
  return isCore;
}

/** Joins the cells whose cores lie within reach of each other; gives the cell that stands for each one's cluster. */
function joined(cells: Cells, isCore: Uint8Array, limit: number): Uint32Array {
  const { count, x, y, starts, from, neighbours } = cells;
  const links = Uint32Array.from({ length: count }, (_, cell) => cell);
  const rootOf = (cell: number): number => {
    let root = cell;
    while (links[root] !== root) root = links[root] = links[links[root]!]!;
    return root;
  };
  const touch = (a: number, b: number): boolean => {
    for (let one = starts[a]!; one < starts[a + 1]!; one++) {
      if (!isCore[one]) continue;
      for (let other = starts[b]!; other < starts[b + 1]!; other++) {
        if (isCore[other] && (x[other]! - x[one]!) ** 2 + (y[other]! - y[one]!) ** 2 <= limit) return true;
      }
    }
    return false;
  };
  for (let cell = 0; cell < count; cell++) {
    for (let link = from[cell]!; link < from[cell + 1]!; link++) {
      const other = neighbours[link]!;
      if (other > cell && rootOf(cell) !== rootOf(other) && touch(cell, other))
        links[rootOf(other)] = rootOf(cell);
    }
  }
  return links.map((_, cell) => rootOf(cell));
}

/** The cluster's cell of the core nearest to a point that is none; `noise` when none is within reach. */
function nearestCore(
  cells: Cells,
  isCore: Uint8Array,
  roots: Uint32Array,
  point: number,
  cell: number,
  limit: number,
): number {
  const { points, x, y, starts, from, neighbours } = cells;
  let [best, found, first] = [limit, noise, Infinity];
  for (let link = from[cell]! - 1; link < from[cell + 1]!; link++) {
    // its own cell first, then the others
    const other = link < from[cell]! ? cell : neighbours[link]!;
    for (let at = starts[other]!; at < starts[other + 1]!; at++) {
      if (!isCore[at]) continue;
      const far = (x[at]! - x[point]!) ** 2 + (y[at]! - y[point]!) ** 2;
      if (far > best || (far === best && points[at]! > first)) continue;
      [best, found, first] = [far, roots[other]!, points[at]!];
    }
  }
  return found;
}

/**
 * DBSCAN over points in metres: clusters around points that have at least `least` points (themselves included) within
 * `reach` metres. Gives each point's cluster, numbered from 0 in the order of their first points, `noise` for none.
 * A point on the border of several belongs to its nearest core's. Points that are NaN are noise.
 */
export function dbscan(x: Float64Array, y: Float64Array, reach: number, least: number): Int32Array {
  const cells = cellsOf(x, y, reach);
  const limit = reach * reach;
  const isCore = coresOf(cells, limit, least);
  const roots = joined(cells, isCore, limit);
  const root = new Int32Array(x.length).fill(noise);
  for (let cell = 0; cell < cells.count; cell++) {
    for (let at = cells.starts[cell]!; at < cells.starts[cell + 1]!; at++) {
      root[cells.points[at]!] = isCore[at]
        ? roots[cell]!
        : nearestCore(cells, isCore, roots, at, cell, limit);
    }
  }
  const numbers = new Map<number, number>();
  return root.map((of) => {
    if (of === noise) return noise;
    const number = numbers.get(of) ?? numbers.size;
    numbers.set(of, number);
    return number;
  });
}
