/** Brings photos up in pieces (TUS 1.0.0, as Supabase Storage speaks it), so that a cut connection costs only what was on its way. */
import type { Home } from '../data/resident-wire.ts';
import { forgetPlace, keepPlace, placeOf } from './photo-store.ts';
import type { StoredPhoto } from './photo-store.ts';

/** Milliseconds for one request; what has arrived by then stays there. */
const patience = 60_000;
/** A server that forgets what it was sent so often will not keep it now. */
const begins = 3;
/** What is answered so will not be taken later either. */
const refusals = [400, 401, 403, 413, 415, 422];

/**
 * Puts one JPEG where a receipt said, going on where an earlier try ended, on this page or another. A path that already holds one counts
 * as done. Goes on as long as anything arrives; throws when nothing does, or when the photo is refused.
 */
export async function bringPhoto(home: Home, path: string, { id, photo }: StoredPhoto): Promise<void> {
  const storage = new Storage(home);
  let place = await placeOf(id);
  let arrived = place ? await storage.arrived(place) : null;
  for (let begun = 0; arrived !== photo.size;) {
    if (!place || arrived === null) {
      if (begun++ === begins) throw new Error('what arrived is forgotten');
      place = await storage.begin(path, photo.size);
      if (!place) break;
      await keepPlace(id, place);
      arrived = 0;
    }
    const before = arrived;
    const status = await storage.send(place, before, photo).catch(() => 0);
    if (status === 204) break;
    // Somewhere on the way nobody knows this method.
    if (status === 405 || status === 501) return storage.whole(path, photo);
    if (refusals.includes(status)) throw new Error(`photo refused: ${status}`);
    arrived = await storage.arrived(place);
    if (arrived !== null && arrived <= before) throw new Error('nothing arrives');
  }
  await forgetPlace(id);
}

class Storage {
  constructor(private readonly home: Home) {}

  /** How many bytes have arrived; null: nothing is known of that place. */
  async arrived(place: string): Promise<number | null> {
    const answer = await this.ask('HEAD', place, {});
    if (!answer.ok && answer.status < 500) return null;
    if (!answer.ok) throw new Error(`photo: ${answer.status}`);
    return Number(answer.headers.get('upload-offset'));
  }

  /** A place to send so many bytes to; null when the path has its photo already. */
  async begin(path: string, size: number): Promise<string | null> {
    const said = { bucketName: 'issue-photos', objectName: path, contentType: 'image/jpeg' };
    const answer = await this.ask('POST', `${this.home.url}/storage/v1/upload/resumable`, {
      'upload-length': String(size),
      'upload-metadata': Object.entries(said)
        .map(([name, value]) => `${name} ${btoa(value)}`)
        .join(),
    });
    if (answer.status === 409) return null;
    const place = answer.headers.get('location');
    if (!answer.ok || !place) throw new Error(`photo refused: ${answer.status}`);
    return new URL(place, answer.url).href;
  }

  async send(place: string, from: number, photo: Blob): Promise<number> {
    const type = 'application/offset+octet-stream';
    const headers = { 'upload-offset': String(from), 'content-type': type };
    return (await this.ask('PATCH', place, headers, photo.slice(from))).status;
  }

  async whole(path: string, photo: Blob): Promise<void> {
    const place = `${this.home.url}/storage/v1/object/issue-photos/${path}`;
    const { ok, status } = await this.ask('POST', place, { 'content-type': 'image/jpeg' }, photo);
    if (!ok && status !== 409) throw new Error(`photo refused: ${status}`);
  }

  private async ask(
    method: string,
    url: string,
    headers: Record<string, string>,
    body?: Blob,
  ): Promise<Response> {
    const { key } = this.home;
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), patience);
    try {
      return await fetch(url, {
        method,
        headers: { 'tus-resumable': '1.0.0', apikey: key, authorization: `Bearer ${key}`, ...headers },
        body: body ?? null,
        signal: ending.signal,
      });
    } finally {
      clearTimeout(timer);
    }
  }
}
