import { AuthClient } from '@supabase/auth-js';
import { PostgrestClient } from '@supabase/postgrest-js';
import type { Database } from './database.types.ts';

/** What the server wrote into the page's head; a placeholder nobody replaced counts as empty. */
function setting(name: string): string {
  const said = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
  return said.startsWith('%') ? '' : said;
}

/** Milliseconds after which an unanswered request counts as “no network”. */
const patience = 20_000;

type Listener = () => void;
const refused = new Set<Listener>();

/** Calls `listener` whenever the API answers that nobody is signed in. Gives the function that ends it. */
export function onSessionRefused(listener: Listener): () => void {
  refused.add(listener);
  return () => refused.delete(listener);
}

/** The answer with its body already here, so that a body that stops half-way ends with the wait too. */
async function whole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers });
}

let leaving = false;
addEventListener('pagehide', () => (leaving = true));
addEventListener('pageshow', () => (leaving = false));
/** The page is going, or may be: what is sent now has to arrive all the same. */
const ending = (): boolean => leaving || document.visibilityState === 'hidden';
/** Browsers carry at most 64 KB beyond a page's end. */
const outlives = ({ body }: RequestInit): boolean =>
  ending() && (!body || (typeof body === 'string' && body.length < 20_000));

async function fetchInTime(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new DOMException('no answer', 'TimeoutError')), patience);
  init.signal?.addEventListener('abort', () => stop.abort(init.signal?.reason));
  try {
    const response = await whole(
      await fetch(input, { ...init, signal: stop.signal, keepalive: outlives(init) }),
    );
    const path = new URL(input instanceof Request ? input.url : input, location.href).pathname;
    if (response.status === 401 && !path.startsWith('/auth/')) for (const listener of refused) listener();
    return response;
  } finally {
    clearTimeout(timer);
  }
}

export const supabaseUrl: string = setting('supabase-url') || location.origin;
export const supabaseKey: string = setting('supabase-key') || 'anon';

// The parts of supabase-js that the staff screens use; the whole would bring 7 KB more before the map's first paint.

/** Where this browser keeps the session. */
export const sessionSlot = 'courtyard-session';

/** Who is signed in. The session is kept in this browser and renewed while the page is open. */
export const auth = new AuthClient({
  url: `${supabaseUrl}/auth/v1`,
  headers: { apikey: supabaseKey, Authorization: `Bearer ${supabaseKey}` },
  storageKey: sessionSlot,
  autoRefreshToken: true,
  persistSession: true,
  detectSessionInUrl: false,
  fetch: fetchInTime,
});

let known: { token: string; until: number } | null = null;

/** The token of whoever is signed in, else the public key. */
export const accessToken = async (): Promise<string> => {
  // A page that is going has no time to wait for its turn at the stored session.
  if (ending() && known && known.until > Date.now() / 1000 + 10) return known.token;
  const { data } = await auth.getSession();
  return data.session?.access_token ?? supabaseKey;
};

/** Sends a request as whoever is signed in. */
export async function authorisedFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('apikey', supabaseKey);
  headers.set('Authorization', `Bearer ${await accessToken()}`);
  return fetchInTime(input, { ...init, headers });
}

/** The Data API: tables, views and functions of schema public. */
export const rest = new PostgrestClient<Database>(`${supabaseUrl}/rest/v1`, { fetch: authorisedFetch });

auth.onAuthStateChange((_event, session) => {
  known = session && { token: session.access_token, until: session.expires_at ?? 0 };
});
