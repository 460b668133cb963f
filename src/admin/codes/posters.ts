import { type CodedCourtyard, inUse } from '../../core/courtyard-code.ts';
import { type Poster, posterSizes, type PosterFormat, posterSvg } from '../../core/poster.ts';
import { qrPath } from '../../core/qr-path.ts';
import type { Language } from '../../ui/catalogue.ts';
import { posterWords } from './words.ts';

/** Offices as a poster names them. */
export interface Offices {
  street: string;
  community: (id: number) => string;
}

/** A poster for each code in use of these courtyards, in their order. `address` is the public one, without a slash at its end. */
export async function makePosters(
  courtyards: readonly CodedCourtyard[],
  address: string,
  offices: Offices,
  language: Language,
): Promise<Poster[]> {
  const { create } = await import('qrcode');
  const words = posterWords(offices.street, new URL(address).host, language);
  return courtyards.flatMap((yard) =>
    yard.codes.filter(inUse).map(({ code, place }) => {
      // H: readable with a third of it torn, faded or painted over.
      const { modules } = create(`${address}/c/${code}`, { errorCorrectionLevel: 'H' });
      return {
        name: yard.courtyard,
        address: yard.address,
        office: `${offices.community(yard.community_id)} · ${offices.street}`,
        place,
        code,
        qr: qrPath(modules.size, (row, column) => modules.get(row, column) === 1),
        words,
      };
    }),
  );
}

/** Dots a millimetre of a PNG: 150 dpi for posters, 300 for stickers, where modules are small. */
const dots = (format: PosterFormat): number => (format === 'sticker' ? 300 : 150) / 25.4;

async function pngOf(svg: string, format: PosterFormat): Promise<Uint8Array> {
  const { width, height } = posterSizes[format];
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * dots(format));
  canvas.height = Math.round(height * dots(format));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('The canvas gave no picture.');
  return new Uint8Array(await blob.arrayBuffer());
}

/** A file's name that every system takes: the yard, the place, and the end of the code, which tells equal names apart. */
export const fileName = ({ name, place, code }: Poster): string =>
  [name, place, code.slice(-4)]
    .filter(Boolean)
    .join('-')
    .replace(/[\\/:*?"<>|\s]+/g, '_');

/**
 * The posters as files in a zip. Tells how many are done after each; stops with null when `signal` is aborted. PNGs are packed
 * as they are: they are compressed already.
 */
export async function zipPosters(
  posters: readonly Poster[],
  format: PosterFormat,
  kind: 'svg' | 'png',
  signal: AbortSignal,
  ondone: (done: number) => void,
): Promise<Blob | null> {
  const { zip, strToU8 } = await import('fflate');
  const files: Record<string, Uint8Array> = {};
  for (const [n, poster] of posters.entries()) {
    if (signal.aborted) return null;
    const svg = posterSvg(poster, format);
    files[`${fileName(poster)}.${kind}`] = kind === 'svg' ? strToU8(svg) : await pngOf(svg, format);
    ondone(n + 1);
    // Drawing text holds the page up: let it breathe every few posters.
    if (n % 8 === 7) await new Promise((next) => setTimeout(next));
  }
  return new Promise((done, fail) =>
    zip(files, { level: kind === 'png' ? 0 : 6 }, (error, bytes) =>
      error ? fail(error) : done(new Blob([new Uint8Array(bytes)], { type: 'application/zip' })),
    ),
  );
}
