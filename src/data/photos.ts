import { isRecord, parseApiError } from '../core/api-error.ts';
import { authorisedFetch, supabaseUrl } from './client.ts';
import { fromStorage, unreached } from './errors.ts';

type Bucket = 'issue-photos' | 'place-photos';
const address = (bucket: Bucket, path: string): string =>
  `${supabaseUrl}/storage/v1/object/${bucket}/${path}`;

/** A photo as a blob URL of this page; the caller revokes it. Throws ApiError. */
export async function loadFrom(bucket: Bucket, path: string): Promise<string> {
  const answer = await authorisedFetch(address(bucket, path)).catch((error: unknown) => {
    throw unreached(String(error));
  });
  if (!answer.ok) throw fromStorage(answer.status);
  return URL.createObjectURL(await answer.blob());
}

/** Puts one JPEG where it was promised; one that is there already counts as done. Throws ApiError. */
export async function putInto(bucket: Bucket, path: string, photo: Blob): Promise<void> {
  const headers = { 'content-type': 'image/jpeg' };
  const answer = await authorisedFetch(address(bucket, path), { method: 'POST', headers, body: photo }).catch(
    (error: unknown) => {
      throw unreached(String(error));
    },
  );
  if (answer.ok || answer.status === 409) return;
  const body: unknown = await answer.json().catch(() => null);
  if (isRecord(body) && String(body['statusCode']) === '409') return;
  throw parseApiError(answer.status, body);
}
