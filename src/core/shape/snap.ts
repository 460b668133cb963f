import type { Position } from './plane.ts';
import { distance, nearestOn } from './plane.ts';

/**
 * The place on these lines that a hand meant: the nearest corner within `reach` metres, else the nearest place on a
 * stretch; null when there is none. A closed line says its first corner again.
 */
export function snapTo(at: Position, lines: Iterable<readonly Position[]>, reach: number): Position | null {
  let corner: Position | null = null;
  let side: Position | null = null;
  let [cornerAway, sideAway] = [reach, reach];
  for (const line of lines) {
    line.forEach((to, n) => {
      const away = distance(at, to);
      if (away <= cornerAway) [corner, cornerAway] = [to, away];
      const from = line[n - 1];
      if (!from) return;
      const near = nearestOn(at, from, to);
      const off = distance(at, near);
      if (off <= sideAway) [side, sideAway] = [near, off];
    });
  }
  return corner ?? side;
}
