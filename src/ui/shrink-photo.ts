/** Makes a phone's photo small enough for its network, without what a camera writes into it. Loaded when first needed. */
import { stripJpeg } from '../core/jpeg.ts';

/** Longest side in pixels, and the size in bytes a photo is brought under if it can be. */
const longest = 1600;
const wanted = 600_000;
/** What the server takes at most. */
const limit = 5_242_880;

export type PhotoFault = 'bad' | 'large';

async function decoded(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    await new Promise((done, failed) => {
      image.addEventListener('load', done);
      image.addEventListener('error', failed);
      image.src = url;
    });
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function drawn(image: HTMLImageElement, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
}

/** A JPEG of at most 1600 px and about 600 KB without any metadata, or why there is none. */
export async function shrinkPhoto(file: Blob): Promise<Blob | PhotoFault> {
  try {
    const image = await decoded(file);
    if (!image.naturalWidth) return 'bad';
    let smallest: Blob | null = null;
    for (const [side, quality] of [
      [longest, 0.82],
      [longest, 0.65],
      [1280, 0.6],
      [960, 0.5],
    ] as const) {
      smallest = await encoded(drawn(image, side), quality);
      if (smallest && smallest.size <= wanted) break;
    }
    if (!smallest || smallest.type !== 'image/jpeg') return 'bad';
    if (smallest.size > limit) return 'large';
    const plain = stripJpeg(new Uint8Array(await new Response(smallest).arrayBuffer()));
    return new Blob([new Uint8Array(plain)], { type: 'image/jpeg' });
  } catch {
    return 'bad';
  }
}
