/** The receipt as a picture to save: number, what happens next, and the link as a code another phone can scan. */
import { create } from 'qrcode';

export interface Slip {
  readonly title: string;
  readonly number: string;
  readonly courtyard: string;
  readonly lines: readonly string[];
  readonly link: string;
}

const width = 720;
const font = '-apple-system, "PingFang SC", "Noto Sans SC", "Microsoft YaHei", sans-serif';

/** Splits a line where it no longer fits. */
function wrapped(pen: CanvasRenderingContext2D, text: string, room: number): string[] {
  const lines = [''];
  for (const character of text) {
    const line = (lines[lines.length - 1] ?? '') + character;
    if (pen.measureText(line).width > room) lines.push(character);
    else lines[lines.length - 1] = line;
  }
  return lines;
}

function drawCode(
  pen: CanvasRenderingContext2D,
  link: string,
  left: number,
  top: number,
  side: number,
): void {
  const { modules } = create(link, { errorCorrectionLevel: 'M' });
  const cell = Math.floor(side / (modules.size + 8));
  const edge = Math.floor((side - cell * modules.size) / 2);
  pen.fillStyle = '#000';
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column))
        pen.fillRect(left + edge + column * cell, top + edge + row * cell, cell, cell);
}

/** A PNG as a data address, which every browser lets one keep by a long press. Null where there is no canvas. */
export function pictureOf({ title, number, courtyard, lines, link }: Slip): string | null {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = 1060;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.fillStyle = '#f7f6f3';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#38291f';
  pen.fillRect(0, 0, width, 128);
  pen.textAlign = 'center';
  pen.fillStyle = '#f9f4e6';
  pen.font = `600 44px ${font}`;
  pen.fillText(courtyard, width / 2, 82, width - 60);
  pen.fillStyle = '#1d2023';
  pen.font = `600 40px ${font}`;
  pen.fillText(title, width / 2, 206);
  pen.font = `600 56px ${font}`;
  pen.fillText(number, width / 2, 282);
  pen.font = `28px ${font}`;
  let top = 340;
  for (const line of lines.flatMap((line) => wrapped(pen, line, width - 100))) {
    pen.fillText(line, width / 2, top);
    top += 42;
  }
  pen.fillStyle = '#fff';
  pen.fillRect((width - 440) / 2, canvas.height - 500, 440, 440);
  drawCode(pen, link, (width - 440) / 2, canvas.height - 500, 440);
  return canvas.toDataURL('image/png');
}
