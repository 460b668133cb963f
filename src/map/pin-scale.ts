import type { Map as MapLibreMap } from 'maplibre-gl';
import { fanOffset } from '../core/fan.ts';

/** How large pins are at which zoom: small where the whole street shows, full size among the lanes. */
const stops: readonly (readonly [zoom: number, scale: number])[] = [
  [13, 0.42],
  [15, 0.62],
  [16.5, 0.85],
  [18, 1.1],
];

/** Distance between neighbours in a fan, in CSS pixels at scale 1. */
const spacing = 19;

/** How large a pin is drawn at a zoom, as a share of its size. */
export function pinScale(zoom: number): number {
  let [lowZoom, lowScale] = stops[0] ?? [0, 1];
  for (const [nextZoom, nextScale] of stops) {
    if (zoom < nextZoom) {
      const share = nextZoom === lowZoom ? 0 : Math.max(0, (zoom - lowZoom) / (nextZoom - lowZoom));
      return lowScale + (nextScale - lowScale) * share;
    }
    [lowZoom, lowScale] = [nextZoom, nextScale];
  }
  return lowScale;
}

/** Where a slot stands relative to its place, in CSS pixels at scale 1. */
export function slotOffset(slot: number): [x: number, y: number] {
  const [x, y] = fanOffset(slot);
  return [x * spacing, y * spacing];
}

/** Centre of a pin on the map's canvas now, in CSS pixels. */
export function pinOnScreen(
  map: MapLibreMap,
  pin: { lng: number; lat: number; slot: number },
): { x: number; y: number } {
  const scale = pinScale(map.getZoom());
  const [dx, dy] = slotOffset(pin.slot);
  const at = map.project([pin.lng, pin.lat]);
  return { x: at.x + dx * scale, y: at.y + dy * scale };
}
