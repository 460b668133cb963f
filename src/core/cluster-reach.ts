/** Side of the world at zoom 0 in CSS pixels, as MapLibre counts zooms. */
const world = 512;
/** How close pins may come at each zoom, in CSS pixels, before they are drawn as one. The first are places: pins that hide each other at any zoom. */
export const reach: readonly (readonly [zoom: number, pixels: number])[] = [
  [17, 12],
  [16, 38],
  [15, 44],
  [14, 46],
  [13, 46],
  [12, 46],
];
/** As many at one place stand around it like a flower; more are one stack that opens when pressed. */
export const flower = 7;
/** Keys of different levels never meet. */
export const levelKeys = 1e7;

/** The level that a zoom of the map draws. */
export const levelAt = (zoom: number): number =>
  Math.min(Math.max(0, 17 - Math.floor(zoom + 0.25)), reach.length - 1);

/** A cluster's radius at each level, in Web Mercator from 0 to 1; the first is a place. */
export const radii: readonly number[] = reach.map(([zoom, pixels]) => pixels / (world * 2 ** zoom));
