import { spokenCode } from './courtyard-code.ts';
import { fitText } from './fit-text.ts';
import type { QrDrawing } from './qr-path.ts';

/** What hangs on the wall: a sheet for the gate, half a sheet for a lift, a sticker for a meter box. */
export const posterFormats = ['a4', 'a5', 'sticker'] as const;
export type PosterFormat = (typeof posterFormats)[number];

/** Sizes in millimetres; `onPage` of them go on one sheet of paper, which is A4 for stickers. */
export const posterSizes: Readonly<Record<PosterFormat, { width: number; height: number; onPage: number }>> =
  {
    a4: { width: 210, height: 297, onPage: 1 },
    a5: { width: 148, height: 210, onPage: 1 },
    sticker: { width: 90, height: 62, onPage: 8 },
  };

/** What a poster says beside the yard's own name; each is one line. */
export interface PosterWords {
  brand: string;
  /** The main sentence: scan and tell. */
  call: string;
  /** What is asked, and what is not; a line each. */
  asks: readonly [string, string];
  /** Three short steps. */
  steps: readonly [string, string, string];
  /** Danger: whom to ring first. */
  emergency: string;
  numbers: string;
  seal: string;
  code: string;
  /** How to tell a false code. */
  genuine: string;
}

export interface Poster {
  name: string;
  address: string;
  /** Who looks after it: community and street. */
  office: string;
  /** Where it hangs; null for the yard itself. */
  place: string | null;
  code: string;
  qr: QrDrawing;
  words: PosterWords;
}

const ink = '#1d2023';
const soft = '#5b6066';
const line = '#c9c4b8';
const door = '#b5332a';
const fonts =
  'PingFang SC, HarmonyOS Sans SC, MiSans, Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, sans-serif';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

type Style = {
  size: number;
  fill?: string;
  weight?: number;
  anchor?: 'start' | 'middle' | 'end';
  spacing?: number;
};

const written = (x: number, y: number, text: string, style: Style): string => {
  const { size, fill = ink, weight = 400, anchor = 'middle', spacing = 0 } = style;
  return `<text x="${x}" y="${y.toFixed(2)}" font-size="${size.toFixed(2)}" fill="${fill}" font-weight="${weight}" text-anchor="${anchor}" letter-spacing="${spacing}">${escaped(text)}</text>`;
};

/** Lines one below the other, the first with its baseline at `y`. */
const block = (x: number, y: number, lines: readonly string[], style: Style, leading = 1.3): string =>
  lines.map((text, n) => written(x, y + n * style.size * leading, text, style)).join('');

const code = (x: number, y: number, side: number, { box, path }: QrDrawing): string =>
  `<svg x="${x}" y="${y}" width="${side}" height="${side}" viewBox="0 0 ${box} ${box}" shape-rendering="crispEdges"><rect width="${box}" height="${box}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;

/** The sheet: name, code, what to write, emergency line, place for the seal. Laid out on 210 × 297. */
function sheet({ name, address, office, place, code: key, qr, words }: Poster): string {
  const title = fitText(name, 178, 2, 21, 10);
  const top = title.lines.length > 1 ? 38 : 46;
  const below = top + (title.lines.length - 1) * title.size * 1.22;
  const where = fitText(place ? `${address} · ${place}` : address, 178, 1, 7.5, 4.5);
  const call = fitText(words.call, 178, 1, 12, 7);
  const asks = words.asks.map((line) => fitText(line, 178, 1, 6.4, 4));
  const steps = words.steps.map((step, n) => {
    const x = 16 + n * 60;
    const said = fitText(step, 40, 2, 5, 3.2);
    return `<circle cx="${x + 5}" cy="222" r="5" fill="none" stroke="${door}" stroke-width="0.7"/>${written(x + 5, 224, String(n + 1), { size: 5.6, fill: door, weight: 600 })}${block(x + 13, said.lines.length > 1 ? 221 : 223.8, said.lines, { size: said.size, anchor: 'start' }, 1.25)}`;
  });
  const emergency = fitText(words.emergency, 120, 1, 6, 4);
  const numbers = fitText(words.numbers, 122, 2, 8, 4.6);
  const genuine = fitText(words.genuine, 178, 1, 3.8, 2.6);
  const signed = fitText(office, 118, 1, 4.6, 3);
  return [
    `<rect x="8" y="8" width="194" height="281" rx="3" fill="none" stroke="${line}" stroke-width="0.6"/>`,
    `<path d="M99 8h12v3.2a6 6 0 0 1-12 0z" fill="${door}"/>`,
    written(105, 24, words.brand, { size: 6, fill: soft, spacing: 1.6 }),
    block(105, top, title.lines, { size: title.size, weight: 700 }, 1.22),
    written(105, below + 10.5, where.lines[0] ?? '', { size: where.size, fill: soft }),
    `<rect x="54" y="70" width="102" height="102" rx="3" fill="#fff" stroke="${line}" stroke-width="0.6"/>`,
    code(55, 71, 100, qr),
    written(105, 179, `${words.code} ${spokenCode(key)}`, { size: 4.2, fill: soft, spacing: 0.3 }),
    written(105, 193, call.lines[0] ?? '', { size: call.size, weight: 700, fill: door }),
    ...asks.map(({ lines, size }, n) => written(105, 203 + n * 8.4, lines[0] ?? '', { size })),
    ...steps,
    `<rect x="16" y="236" width="134" height="36" rx="3" fill="#fbeeec"/>`,
    written(22, 249, emergency.lines[0] ?? '', {
      size: emergency.size,
      fill: door,
      weight: 600,
      anchor: 'start',
    }),
    block(
      22,
      numbers.lines.length > 1 ? 257 : 261,
      numbers.lines,
      { size: numbers.size, weight: 700, anchor: 'start' },
      1.25,
    ),
    `<circle cx="176" cy="254" r="18" fill="none" stroke="${line}" stroke-width="0.6" stroke-dasharray="2 1.6"/>`,
    written(176, 255.6, words.seal, { size: 4.4, fill: '#8a8f94' }),
    written(16, 279, signed.lines[0] ?? '', { size: signed.size, anchor: 'start', weight: 600 }),
    written(16, 285.5, genuine.lines[0] ?? '', { size: genuine.size, fill: soft, anchor: 'start' }),
  ].join('');
}

/** The sticker, 90 × 62: the code at the left, the yard and the call at the right. */
function sticker({ name, address, office, place, code: key, qr, words }: Poster): string {
  const title = fitText(name, 34, 3, 6, 3.2);
  const where = fitText(place ?? address, 34, 2, 3, 2.2);
  const call = fitText(words.call, 34, 2, 4.4, 3);
  const numbers = fitText(words.numbers, 82, 1, 3, 2);
  const signed = fitText(office, 46, 1, 2.5, 1.8);
  const y = 11 + (title.lines.length - 1) * title.size * 1.22;
  return [
    `<rect x="0.3" y="0.3" width="89.4" height="61.4" rx="2" fill="none" stroke="${line}" stroke-width="0.3"/>`,
    code(3, 3, 46, qr),
    block(51, 11, title.lines, { size: title.size, weight: 700, anchor: 'start' }, 1.22),
    block(51, y + 5, where.lines, { size: where.size, fill: soft, anchor: 'start' }),
    block(51, 38, call.lines, { size: call.size, weight: 700, fill: door, anchor: 'start' }, 1.25),
    written(51, 48.6, spokenCode(key), { size: 2.2, fill: soft, anchor: 'start' }),
    `<path d="M3 51.4h84" stroke="${line}" stroke-width="0.25"/>`,
    written(4, 55.4, numbers.lines[0] ?? '', {
      size: numbers.size,
      weight: 600,
      fill: door,
      anchor: 'start',
    }),
    written(4, 59.4, signed.lines[0] ?? '', { size: signed.size, fill: soft, anchor: 'start' }),
  ].join('');
}

/** A poster as one SVG document of the format's size in millimetres. All text is escaped; nothing is fetched. */
export function posterSvg(poster: Poster, format: PosterFormat): string {
  const { width, height } = posterSizes[format];
  const box = format === 'sticker' ? '0 0 90 62' : '0 0 210 297';
  const drawn = format === 'sticker' ? sticker(poster) : sheet(poster);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="${box}" font-family="${fonts}"><rect width="100%" height="100%" fill="#fff"/>${drawn}</svg>`;
}

/** Posters by sheets of paper, in their order. */
export function onSheets<T>(posters: readonly T[], format: PosterFormat): T[][] {
  const { onPage } = posterSizes[format];
  return Array.from({ length: Math.ceil(posters.length / onPage) }, (_, page) =>
    posters.slice(page * onPage, (page + 1) * onPage),
  );
}
