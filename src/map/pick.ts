import type { Point } from 'maplibre-gl';
import type { Pointer } from './part.ts';

/** What a person points at; the id is that kind's own. */
export type Pick = { kind: 'issue' | 'courtyard' | 'resource' | 'hazard' | 'spot'; id: number };

/** How far from a drawing's edge still means it, in CSS pixels: a finger covers more than a mouse. */
const reach: Record<Pointer, number> = { mouse: 3, touch: 12 };

/** The one a point of the map's canvas means, by where each is drawn: the nearest of several; null for none. */
export function nearest<T>(
  drawn: Iterable<T>,
  point: Point,
  by: Pointer,
  circleOf: (one: T) => { x: number; y: number; radius: number },
): T | null {
  let [found, best]: [T | null, number] = [null, Infinity];
  for (const one of drawn) {
    const { x, y, radius } = circleOf(one);
    const away = Math.hypot(x - point.x, y - point.y);
    if (away <= radius + reach[by] && away < best) [found, best] = [one, away];
  }
  return found;
}
