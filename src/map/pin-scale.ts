import type { ExpressionSpecification, Map as MapLibreMap } from 'maplibre-gl';
import { fanOffset, fanSlots } from '../core/fan.ts';

/** How large pins are at which zoom: small where the whole street shows, full size among the lanes. */
const stops: readonly (readonly [zoom: number, scale: number])[] = [
  [13, 0.42],
  [15, 0.62],
  [16.5, 0.85],
  [18, 1.1],
];

/** Distance between neighbours in a fan, in CSS pixels at scale 1. */
const spacing = 19;

export const pinScaleExpression: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  ...stops.flat(),
];

/** The same figure for what is drawn outside the map's own layers. */
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

const slotOffsets = Array.from({ length: fanSlots }, (_, slot) => slotOffset(slot));

/** The `icon-offset` of a feature by its `slot`; icon-size scales it along with the pin. */
export const slotOffsetExpression: ExpressionSpecification = [
  'array',
  'number',
  2,
  ['at', ['%', ['get', 'slot'], fanSlots], ['literal', slotOffsets]],
];

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
