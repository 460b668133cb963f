import type { Ring } from './map-snapshot.ts';

/** Twice the signed area of a closed ring, in square degrees. */
const doubleArea = (ring: Ring): number =>
  ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);

/** The centre of gravity of a closed ring; its first corner when it encloses nothing, null when it has none. */
export function ringCentre(ring: Ring): [lng: number, lat: number] | null {
  const [origin] = ring;
  if (!origin) return null;
  const [x0, y0] = origin;
  let [area, sumX, sumY] = [0, 0, 0];
  ring.forEach(([ax, ay], at) => {
    const [bx, by] = ring[(at + 1) % ring.length] ?? [ax, ay];
    // Measured from the first corner: degrees are large numbers for a yard of metres.
    const cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
    area += cross;
    sumX += (ax + bx - 2 * x0) * cross;
    sumY += (ay + by - 2 * y0) * cross;
  });
  return area === 0 ? [x0, y0] : [x0 + sumX / (3 * area), y0 + sumY / (3 * area)];
}

/** The ring that encloses most. */
export const largestRing = (rings: readonly Ring[]): Ring =>
  rings.reduce<Ring>(
    (best, ring) => (Math.abs(doubleArea(ring)) > Math.abs(doubleArea(best)) ? ring : best),
    [],
  );
