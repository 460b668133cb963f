import type { Corners, Position } from './plane.ts';

/** Corners as one may type them: a line for each, longitude and latitude in degrees. */
export const typedCorners = (corners: Corners): string =>
  corners.map(([lng, lat]) => `${lng.toFixed(6)}, ${lat.toFixed(6)}`).join('\n');

/** Reads typed corners; the number of the first line that is none (from 1) where there is one. */
export function readCorners(typed: string): { corners: Position[] } | { line: number } {
  const corners: Position[] = [];
  for (const [n, line] of typed.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [lng, lat, ...more] = line
      .trim()
      .split(/[\s,，;；]+/)
      .map(Number);
    const fine =
      lng !== undefined &&
      lat !== undefined &&
      more.length === 0 &&
      Math.abs(lng) <= 180 &&
      Math.abs(lat) <= 90;
    if (!fine) return { line: n + 1 };
    corners.push([lng, lat]);
  }
  return { corners };
}
