import { ApiError, isRecord } from '../../core/api-error.ts';
import { home as where, useHome } from '../../data/resident-wire.ts';
import type { Kept } from '../../core/outbox.ts';
import type { Receipt } from '../../data/resident.ts';
import { dropKept, putHeard, readHomeRaw, readKeptRaw } from '../box-store.ts';
import { forgetPhoto, photosOf } from '../photo-store.ts';
import { sendProved } from '../proving.ts';
import { readKept } from '../read-kept.ts';
import { bringPhoto } from '../resume-photo.ts';

/**
 * Sends what waits while no page is open; the page hears of it when it is opened next. Throws when something has to wait
 * longer, so that the browser tries again. A page that sends the same report meanwhile gets the same receipt.
 */
export async function sendBox(): Promise<number> {
  const home = await readHomeRaw();
  if (!isRecord(home)) return 0;
  const device = String(home['device']);
  useHome({ url: String(home['url']), key: String(home['key']), device });
  const waiting = (await readKeptRaw()).filter(isRecord).map(readKept);
  for (const kept of waiting) await send(kept, device);
  return waiting.length;
}

async function send(kept: Kept, device: string): Promise<void> {
  try {
    const receipt = await sendProved(kept, device);
    await putHeard({ kept, receipt: receipt.raw });
    await dropKept(kept.key);
    await sendPhotos(kept.key, receipt);
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.passing) throw cause;
    const { status, code, detail } = cause;
    await putHeard({ kept, error: { status, code, detail } });
    await dropKept(kept.key);
  }
}

/** What does not get through now, the page uploads when it is opened. */
async function sendPhotos(key: string, { photos: paths }: Receipt): Promise<void> {
  const photos = await photosOf(key);
  let left = photos.length;
  for (const [at, path] of paths.entries()) {
    const photo = photos[at];
    if (photo) await bringPhoto(where(), path, photo).then(() => (left -= 1));
  }
  if (left === 0) for (const { id } of photos) await forgetPhoto(id);
}
