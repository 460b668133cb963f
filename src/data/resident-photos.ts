import { isRecord, parseApiError } from '../core/api-error.ts';
import { home, patience, post } from './resident-wire.ts';

/** An office's photo of the finished work, for whoever has the report's key. */
export async function fetchPhoto(path: string, trackingKey: string): Promise<Blob | null> {
  const { url, key } = home();
  const headers = { apikey: key, authorization: `Bearer ${key}`, 'x-courtyard-key': trackingKey };
  const answer = await fetch(`${url}/storage/v1/object/authenticated/issue-photos/${path}`, { headers });
  return answer.ok ? answer.blob() : null;
}

/** Puts one JPEG where a receipt said. A path that already holds one counts as done. */
export async function uploadPhoto(path: string, photo: Blob): Promise<void> {
  const response = await post(`/storage/v1/object/issue-photos/${path}`, photo, 'image/jpeg', 6 * patience);
  if (response.ok) return;
  const body: unknown = await response.json().catch(() => null);
  const repeated = response.status === 409 || (isRecord(body) && String(body['statusCode']) === '409');
  if (!repeated) throw parseApiError(response.status, body);
}
