import type { Palette } from './palette.ts';
import { iconBox, iconPath } from './place-icons.ts';

/** What a mark says: a resource, or a hazard with its level (3 is the worst). */
export type MarkOf = { icon: string; level: 1 | 2 | 3 | null };

/** Pixels a side, at twice the size they are shown in. */
const side = 56;
const middle = side / 2;

/** Level tells by shape as well as colour: a rounded square is a resource, then triangle, diamond, octagon. */
function frame({ level }: MarkOf): Path2D {
  const path = new Path2D();
  const corners = (count: number, reach: number, turn: number, y = middle): void => {
    for (let at = 0; at < count; at++) {
      const angle = turn + (at * 2 * Math.PI) / count;
      path.lineTo(middle + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    path.closePath();
  };
  if (level === null) path.roundRect(8, 8, side - 16, side - 16, 10);
  else if (level === 1) corners(3, 27, -Math.PI / 2, middle + 5);
  else if (level === 2) corners(4, 26, 0);
  else corners(8, 24, Math.PI / 8);
  return path;
}

function colours({ level }: MarkOf, palette: Palette): { fill: string; line: string; ink: string } {
  const { door, amber, jade } = palette.pin;
  if (level === null) return { fill: palette.surface, line: jade, ink: jade };
  if (level === 1) return { fill: palette.surface, line: amber, ink: amber };
  if (level === 2) return { fill: amber, line: palette.surface, ink: palette.surface };
  return { fill: door, line: palette.surface, ink: palette.surface };
}

const drawing = (icon: string): Path2D => new Path2D(iconPath(icon));

/** Draws a mark as an image of the map. */
export function drawMark(mark: MarkOf, palette: Palette): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no canvas.');
  const { fill, line, ink } = colours(mark, palette);
  const shape = frame(mark);
  context.lineJoin = 'round';
  context.fillStyle = fill;
  context.strokeStyle = line;
  context.lineWidth = 4;
  context.fill(shape);
  context.stroke(shape);
  const size = mark.level === null ? 30 : mark.level === 3 ? 28 : 22;
  context.translate(middle - size / 2, middle - size / 2 + (mark.level === 1 ? 7 : 0));
  context.scale(size / iconBox, size / iconBox);
  context.fillStyle = ink;
  context.fill(drawing(mark.icon));
  return context.getImageData(0, 0, side, side);
}
