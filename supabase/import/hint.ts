import { middleOf, systems, toWgs84, type Crs } from './crs.ts';
import type { Geometry } from './source.ts';

export type Inside = (position: [number, number]) => boolean;

export interface Hint {
  crs: Crs;
  /** How many of the shapes lie inside the street as the file was read, and how many would as `crs`. */
  now: number;
  instead: number;
  of: number;
}

/**
 * When shapes fall outside the street: the coordinate system under which clearly more of them lie inside, or null.
 * `shapes` are as the file has them, before any conversion.
 */
export function hintForCrs(shapes: Geometry[], chosen: Crs, inside: Inside): Hint | null {
  const middles = shapes.map(middleOf);
  const insideAs = (crs: Crs) => middles.filter((middle) => inside(toWgs84(middle, crs))).length;
  const now = insideAs(chosen);
  let best: Hint | null = null;
  for (const crs of systems) {
    const instead = crs === chosen ? now : insideAs(crs);
    if (instead > Math.max(now, best?.instead ?? 0)) best = { crs, now, instead, of: shapes.length };
  }
  return best;
}
