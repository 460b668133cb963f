/** How the resident's pages reach the server: plain fetch, small enough for the first load. */
import { ApiError, parseApiError } from '../core/api-error.ts';

/** Milliseconds until an answer is no longer waited for; a slow phone network needs patience. */
export const patience = 20_000;

/** What the server wrote into the page's head; a placeholder nobody replaced counts as empty. */
function setting(name: string): string {
  const said = document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? '';
  return said.startsWith('%') ? '' : said;
}

export interface Home {
  readonly url: string;
  readonly key: string;
  /** A random mark of this phone, which the server keeps blinded. */
  readonly device: string;
}

let away: Home | null = null;

/** Where the API is and by which public key it is asked. */
export function home(): Home {
  return away ?? { url: setting('supabase-url'), key: setting('supabase-key'), device: '' };
}

/** For the service worker, which has no page to read that from. */
export function useHome(told: Home): void {
  away = told;
}

/** Posts to the server that the page came from. `wait`: milliseconds. Throws ApiError (timeout, offline). */
export async function post(path: string, body: BodyInit, type: string, wait: number): Promise<Response> {
  const { url, key } = home();
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), wait);
  try {
    return await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': type, apikey: key, authorization: `Bearer ${key}` },
      body,
      signal: ending.signal,
    });
  } catch {
    throw new ApiError(0, ending.signal.aborted ? 'timeout' : 'offline');
  } finally {
    clearTimeout(timer);
  }
}

/** Calls a function of the API that anyone may call, and gives its JSON. */
export async function ask(name: string, args: object): Promise<unknown> {
  const response = await post(`/rest/v1/rpc/${name}`, JSON.stringify(args), 'application/json', patience);
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  throw parseApiError(response.status, body);
}
