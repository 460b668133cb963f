import type { Map as MapLibreMap } from 'maplibre-gl';
import { urgencies } from '../core/issue-columns.ts';
import { markLooks, marks, shapePaths } from '../core/issue-state.ts';
import { drawCluster } from './cluster-icons.ts';
import type { Palette } from './palette.ts';

/** Side of a pin's image in CSS pixels. */
export const pinSide = 30;
const selectedSide = 42;
const clusterSide = 64;

/** The shapes are drawn in a box of 16; on the map they stand a little larger than in a list. */
const enlarged = 1.3;

/** A shape of its own for what cannot wait, at the pin's upper right: a triangle; for emergencies a diamond with a bar. */
function drawUrgency(pen: CanvasRenderingContext2D, emergency: boolean, palette: Palette): void {
  pen.save();
  pen.translate(8, -8);
  pen.beginPath();
  if (emergency) {
    pen.moveTo(0, -6.5);
    pen.lineTo(6.5, 0);
    pen.lineTo(0, 6.5);
    pen.lineTo(-6.5, 0);
  } else {
    pen.moveTo(0, -5.5);
    pen.lineTo(5.5, 4);
    pen.lineTo(-5.5, 4);
  }
  pen.closePath();
  pen.lineJoin = 'round';
  pen.lineWidth = 2.5;
  pen.strokeStyle = palette.surface;
  pen.stroke();
  pen.fillStyle = emergency ? palette.pin.door : palette.pin.amber;
  pen.fill();
  if (emergency) {
    pen.fillStyle = palette.surface;
    pen.fillRect(-0.9, -3.6, 1.8, 4.2);
    pen.fillRect(-0.9, 1.6, 1.8, 1.8);
  }
  pen.restore();
}

/** Draws one pin centred on the origin, in the shape and colour its mark has everywhere, on a light coin. */
export function drawPin(
  pen: CanvasRenderingContext2D,
  mark: number,
  urgency: number,
  palette: Palette,
): void {
  const { colour, shape } = markLooks[marks[mark] ?? 'submitted'];
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
  if (urgency > 0) drawUrgency(pen, urgencies[urgency] === 'emergency', palette);
}

function drawRing(pen: CanvasRenderingContext2D, palette: Palette): void {
  pen.beginPath();
  pen.arc(0, 0, 16, 0, 2 * Math.PI);
  pen.lineWidth = 2.5;
  pen.strokeStyle = palette.accent;
  pen.stroke();
}

function image(
  side: number,
  draw: (pen: CanvasRenderingContext2D) => void,
): { data: ImageData; pixelRatio: number } {
  const pixelRatio = Math.max(2, Math.ceil(globalThis.devicePixelRatio ?? 1));
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * pixelRatio;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('This browser gives no 2D canvas.');
  pen.scale(pixelRatio, pixelRatio);
  pen.translate(side / 2, side / 2);
  draw(pen);
  return { data: pen.getImageData(0, 0, canvas.width, canvas.height), pixelRatio };
}

export const ringImage = 'pin-selected';
export const pinImage = (mark: number, urgency: number): string => `pin-${mark}-${urgency}`;
/** `size` 0 to 3; `late` is the share that is late, in eighths. */
export const clusterImage = (size: number, late: number): string => `cluster-${size}-${late}`;

/** The images on a map, each made when it is first needed, and made anew in another theme. */
export class PinImages {
  #map: MapLibreMap;
  #palette: Palette;
  #made = new Set<string>();

  constructor(map: MapLibreMap, palette: Palette) {
    this.#map = map;
    this.#palette = palette;
  }

  need(name: string): string {
    if (!this.#made.has(name)) {
      this.#made.add(name);
      const { data, pixelRatio } = this.#draw(name);
      if (this.#map.hasImage(name)) this.#map.updateImage(name, data);
      else this.#map.addImage(name, data, { pixelRatio });
    }
    return name;
  }

  repaint(palette: Palette): void {
    this.#palette = palette;
    for (const name of this.#made) this.#map.updateImage(name, this.#draw(name).data);
  }

  #draw(name: string): ReturnType<typeof image> {
    const [kind, a = 0, b = 0] = name.split('-').map((word, at) => (at === 0 ? word : Number(word)));
    if (name === ringImage) return image(selectedSide, (pen) => drawRing(pen, this.#palette));
    if (kind === 'pin') return image(pinSide, (pen) => drawPin(pen, Number(a), Number(b), this.#palette));
    return image(clusterSide, (pen) => drawCluster(pen, Number(a), Number(b), this.#palette));
  }
}
