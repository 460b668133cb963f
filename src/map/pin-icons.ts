import type { Map as MapLibreMap } from 'maplibre-gl';
import { pinKinds } from '../core/pin-kind.ts';
import type { PinKind } from '../core/pin-kind.ts';
import type { Palette } from './palette.ts';

/** Side of a pin's image in CSS pixels. */
export const pinSide = 24;
const selectedSide = 40;

/** Draws one pin centred on the origin: shape and colour both say the state. */
export function drawPin(pen: CanvasRenderingContext2D, kind: PinKind, palette: Palette): void {
  const colour = palette.pin[kind];
  const disc = (radius: number, fill: string) => {
    pen.beginPath();
    pen.arc(0, 0, radius, 0, 2 * Math.PI);
    pen.fillStyle = fill;
    pen.fill();
  };
  const ring = (radius: number, width: number) => {
    pen.beginPath();
    pen.arc(0, 0, radius, 0, 2 * Math.PI);
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.stroke();
  };
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  if (kind === 'ended') {
    disc(4.5, palette.surface);
    disc(3, colour);
    return;
  }
  disc(9.5, palette.surface);
  if (kind === 'submitted') ring(6.25, 3.5);
  if (kind === 'handling') disc(8, colour);
  if (kind === 'resolved') {
    ring(7.1, 1.8);
    pen.beginPath();
    pen.moveTo(-3.2, 0.2);
    pen.lineTo(-0.9, 2.6);
    pen.lineTo(3.4, -2.4);
    pen.lineWidth = 2;
    pen.stroke();
  }
  if (kind === 'late') {
    // Three quarters of a disc: the quarter that is missing is the time that has run out.
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.arc(0, 0, 8.5, 0.1 * Math.PI - Math.PI / 2 + Math.PI / 2.6, 2 * Math.PI - Math.PI / 2 - 0.02);
    pen.closePath();
    pen.fillStyle = colour;
    pen.fill();
    pen.lineWidth = 1;
    pen.strokeStyle = colour;
    pen.stroke();
  }
}

function image(
  side: number,
  draw: (pen: CanvasRenderingContext2D) => void,
): { data: ImageData; pixelRatio: number } {
  const pixelRatio = Math.max(2, Math.ceil(globalThis.devicePixelRatio ?? 1));
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * pixelRatio;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser gives no 2D canvas.');
  pen.scale(pixelRatio, pixelRatio);
  pen.translate(side / 2, side / 2);
  draw(pen);
  return { data: pen.getImageData(0, 0, canvas.width, canvas.height), pixelRatio };
}

/** Puts the pins' images into the map, or replaces them in the colours of another theme. */
export function setPinImages(map: MapLibreMap, palette: Palette): void {
  const put = (name: string, { data, pixelRatio }: ReturnType<typeof image>) => {
    if (map.hasImage(name)) map.updateImage(name, data);
    else map.addImage(name, data, { pixelRatio });
  };
  for (const kind of pinKinds)
    put(
      `pin-${kind}`,
      image(pinSide, (pen) => drawPin(pen, kind, palette)),
    );
  put(
    'pin-selected',
    image(selectedSide, (pen) => {
      pen.beginPath();
      pen.arc(0, 0, 15, 0, 2 * Math.PI);
      pen.lineWidth = 2.5;
      pen.strokeStyle = palette.accent;
      pen.stroke();
    }),
  );
}
