import type { Map as MapLibreMap } from 'maplibre-gl';
import { markLooks, shapePaths } from '../core/issue-state.ts';
import type { Mark } from '../core/issue-state.ts';
import type { Palette } from './palette.ts';

/** Side of a pin's image in CSS pixels. */
export const pinSide = 26;
const selectedSide = 40;

const marks = Object.keys(markLooks) as Mark[];
/** The shapes are drawn in a box of 16; on the map they stand a little larger than in a list. */
const enlarged = 1.3;

/** Draws one pin centred on the origin, in the shape and colour its mark has everywhere, on a light coin. */
export function drawPin(pen: CanvasRenderingContext2D, mark: Mark, palette: Palette): void {
  const { colour, shape } = markLooks[mark];
  const { fill, line } = shapePaths[shape];
  pen.beginPath();
  pen.arc(0, 0, shape === 'dot' ? 5.5 : 10.5, 0, 2 * Math.PI);
  pen.fillStyle = palette.surface;
  pen.fill();
  pen.save();
  pen.scale(enlarged, enlarged);
  pen.translate(-8, -8);
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.lineWidth = shape === 'ring' ? 2.6 : 2;
  pen.fillStyle = pen.strokeStyle = palette.pin[colour];
  const path = new Path2D(fill ?? line);
  pen[fill ? 'fill' : 'stroke'](path);
  pen.restore();
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
  for (const mark of marks)
    put(
      `pin-${mark}`,
      image(pinSide, (pen) => drawPin(pen, mark, palette)),
    );
  put(
    'pin-selected',
    image(selectedSide, (pen) => {
      pen.beginPath();
      pen.arc(0, 0, 15.5, 0, 2 * Math.PI);
      pen.lineWidth = 2.5;
      pen.strokeStyle = palette.accent;
      pen.stroke();
    }),
  );
}
