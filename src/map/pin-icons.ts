import { urgencies } from '../core/issue-columns.ts';
import { markLooks, marks, shapePaths } from '../core/issue-state.ts';
import type { Palette } from './palette.ts';

/** Sides of a pin's drawing and of the ring around it, in CSS pixels. */
export const pinSide = 30;
export const ringSide = 42;

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

/** The ring around what is chosen. */
export function drawRing(pen: CanvasRenderingContext2D, palette: Palette): void {
  pen.beginPath();
  pen.arc(0, 0, 16, 0, 2 * Math.PI);
  pen.lineWidth = 2.5;
  pen.strokeStyle = palette.accent;
  pen.stroke();
}
