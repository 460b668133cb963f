import type { Map as MapLibreMap } from 'maplibre-gl';
import type { DrawnPin } from '../core/drawn-pins.ts';
import type { Palette } from './palette.ts';
import { drawPin, pinSide } from './pin-icons.ts';
import { pinOnScreen, pinScale } from './pin-scale.ts';

/** How long a new pin takes to slide into its place, in milliseconds. */
export const arrivalTime = 180;

/** Shows a pin sliding in at its place, then calls `done`; follows the map if it moves meanwhile. */
export function slideIn(map: MapLibreMap, pin: DrawnPin, palette: Palette, done: () => void): void {
  const ratio = Math.max(2, globalThis.devicePixelRatio || 1);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = pinSide * ratio;
  canvas.className = 'map-arrival';
  canvas.setAttribute('aria-hidden', 'true');
  const pen = canvas.getContext('2d');
  pen?.scale(ratio, ratio);
  pen?.translate(pinSide / 2, pinSide / 2);
  if (pen) drawPin(pen, pin.mark, pin.urgency, palette);

  const place = () => {
    const { x, y } = pinOnScreen(map, pin);
    const side = pinSide * pinScale(map.getZoom());
    canvas.style.width = canvas.style.height = `${side}px`;
    canvas.style.left = `${x - side / 2}px`;
    canvas.style.top = `${y - side / 2}px`;
  };
  place();
  map.on('move', place);
  map.getCanvasContainer().append(canvas);
  const slide = canvas.animate(
    [
      { opacity: 0, transform: 'translateY(-14px) scale(1.25)' },
      { opacity: 1, transform: 'none' },
    ],
    { duration: arrivalTime, easing: 'cubic-bezier(0.2, 0.8, 0.3, 1)' },
  );
  const end = () => {
    done();
    map.off('move', place);
    // The pin itself is drawn in the next frame; leave only then, so that it never blinks.
    map.once('render', () => canvas.remove());
    map.triggerRepaint();
  };
  slide.addEventListener('finish', end);
  slide.addEventListener('cancel', end);
}
