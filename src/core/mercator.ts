/** Web Mercator between 0 and 1, as maps cut the world into squares; degrees of WGS-84. */
export const mercatorX = (lng: number): number => lng / 360 + 0.5;

export function mercatorY(lat: number): number {
  const sin = Math.sin((lat * Math.PI) / 180);
  return 0.5 - (0.25 * Math.log((1 + sin) / (1 - sin))) / Math.PI;
}

export const lngOf = (x: number): number => (x - 0.5) * 360;
export const latOf = (y: number): number =>
  (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;
