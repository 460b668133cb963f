import { lengthWords, scaleLength } from '../../core/shape/measures.ts';
import { shapePaths } from '../../core/issue-state.ts';
import type { Shape } from '../../core/issue-state.ts';
import type { Picture } from '../../map/print-part.ts';

export const papers = { A4: [297, 210], A3: [420, 297] } as const;
export type Paper = keyof typeof papers;

/** Dots in an inch of paper: what an office printer resolves. */
const dpi = 200;
/** CSS pixels in a millimetre. */
const perMm = 96 / 25.4;
/** In CSS pixels: the white around, and the rows above and below the map. */
const room = { edge: 36, head: 58, foot: 40, legend: 210 };

/** A line of the legend: a filled box, or the mark of an issue. */
export type LegendLine = { colour: string; words: string; shape: Shape | null; hatched?: boolean };
export type LegendPart = { title: string; lines: LegendLine[] };

export type SheetWords = {
  title: string;
  below: string;
  foot: string;
  made: string;
  north: string;
  legend: string;
  language: 'zh' | 'en';
};

/** A sheet's size and its map's, in CSS pixels, and how many dots one of them has. */
export function layout(paper: Paper, portrait: boolean) {
  const [long, short] = papers[paper];
  const [width, height] = (portrait ? [short, long] : [long, short]).map((mm) => Math.round(mm * perMm));
  const sheet = { width: width ?? 0, height: height ?? 0 };
  return {
    ...sheet,
    ratio: dpi / 96,
    map: {
      x: room.edge,
      y: room.edge + room.head,
      width: sheet.width - 2 * room.edge,
      height: sheet.height - 2 * room.edge - room.head - room.foot,
    },
  };
}

const font = (size: number, weight = 400): string =>
  `${weight} ${size}px -apple-system, "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif`;
const ink = '#1d2023';
const soft = '#5b6066';

function swatch(pen: CanvasRenderingContext2D, { colour, shape, hatched }: LegendLine): void {
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  if (shape) {
    const { fill, line } = shapePaths[shape];
    pen.lineWidth = 2;
    const mark = new Path2D(fill ?? line ?? '');
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas is no array
    if (fill) pen.fill(mark);
    else pen.stroke(mark);
    return;
  }
  pen.fillRect(0, 2, 18, 12);
  if (!hatched) return;
  pen.strokeStyle = ink;
  pen.lineWidth = 0.8;
  for (let x = 2; x < 18; x += 4) pen.stroke(new Path2D(`M${x} 14L${Math.min(18, x + 6)} 2`));
}

function drawLegend(
  pen: CanvasRenderingContext2D,
  title: string,
  parts: readonly LegendPart[],
  right: number,
  bottom: number,
): void {
  const rows = parts.reduce((sum, { lines }) => sum + lines.length + 1, 0);
  const height = 38 + rows * 20;
  const [x, y] = [right - room.legend, bottom - height];
  pen.fillStyle = 'rgba(255,255,255,0.94)';
  pen.strokeStyle = '#b9b4a9';
  pen.lineWidth = 1;
  pen.fillRect(x, y, room.legend, height);
  pen.strokeRect(x, y, room.legend, height);
  pen.fillStyle = ink;
  pen.font = font(13, 600);
  pen.fillText(title, x + 12, y + 21);
  let at = y + 42;
  for (const { title: heading, lines } of parts) {
    pen.fillStyle = soft;
    pen.font = font(11, 600);
    pen.fillText(heading, x + 12, at);
    at += 20;
    for (const line of lines) {
      pen.save();
      pen.translate(x + 12, at - 12);
      swatch(pen, line);
      pen.restore();
      pen.fillStyle = ink;
      pen.font = font(12);
      pen.fillText(line.words, x + 38, at, room.legend - 48);
      at += 20;
    }
  }
}

function drawScale(
  pen: CanvasRenderingContext2D,
  metres: number,
  language: 'zh' | 'en',
  x: number,
  y: number,
): void {
  const long = scaleLength(metres * 150);
  const width = long / metres;
  pen.fillStyle = 'rgba(255,255,255,0.9)';
  pen.fillRect(x - 8, y - 24, width + 16, 34);
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  pen.stroke(new Path2D(`M${x} ${y - 6}V${y}H${x + width}V${y - 6}`));
  pen.fillStyle = ink;
  pen.font = font(11);
  pen.fillText(lengthWords(long, language), x, y - 10);
}

function drawNorth(pen: CanvasRenderingContext2D, word: string, bearing: number, x: number, y: number): void {
  pen.save();
  pen.translate(x, y);
  pen.fillStyle = 'rgba(255,255,255,0.9)';
  pen.beginPath();
  pen.arc(0, 0, 25, 0, 2 * Math.PI);
  pen.fill();
  pen.rotate((-bearing * Math.PI) / 180);
  pen.fillStyle = ink;
  const arrow = new Path2D('M0 -8L6 16L0 11L-6 16Z');
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas is no array
  pen.fill(arrow);
  pen.font = font(12, 600);
  pen.textAlign = 'center';
  pen.fillText(word, 0, -11);
  pen.restore();
}

/** The whole sheet as a picture: title, map, legend, scale, north, date and whose base map it is. */
export function sheetOf(
  picture: Picture,
  paper: Paper,
  portrait: boolean,
  parts: readonly LegendPart[],
  words: SheetWords,
): HTMLCanvasElement {
  const { width, height, ratio, map } = layout(paper, portrait);
  const sheet = document.createElement('canvas');
  sheet.width = Math.round(width * ratio);
  sheet.height = Math.round(height * ratio);
  const pen = sheet.getContext('2d');
  if (!pen) throw new Error('No canvas to draw on.');
  pen.scale(ratio, ratio);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = ink;
  pen.font = font(24, 600);
  pen.fillText(words.title, map.x, room.edge + 22, map.width);
  pen.fillStyle = soft;
  pen.font = font(13);
  pen.fillText(words.below, map.x, room.edge + 44, map.width);
  pen.drawImage(picture.canvas, map.x, map.y, map.width, map.height);
  pen.strokeStyle = '#8f8879';
  pen.strokeRect(map.x, map.y, map.width, map.height);
  drawLegend(pen, words.legend, parts, map.x + map.width - 12, map.y + map.height - 12);
  drawScale(pen, picture.metres, words.language, map.x + 20, map.y + map.height - 20);
  drawNorth(pen, words.north, picture.bearing, map.x + map.width - 42, map.y + 42);
  pen.fillStyle = soft;
  pen.font = font(11);
  const low = map.y + map.height + 22;
  pen.fillText(words.foot, map.x, low, map.width * 0.62);
  pen.textAlign = 'right';
  pen.fillText(words.made, map.x + map.width, low, map.width * 0.36);
  return sheet;
}
