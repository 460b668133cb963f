import { type Counts, deliver, messagesIn } from './deliver.ts';
import { removeForgotten } from './forgotten-photos.ts';
import { deliverPushes, type PushCounts } from './push.ts';
import type { PushKeys } from './push-crypto.ts';

export interface Settings {
  /** Where the project's API is. */
  url: string;
  serviceKey: string;
  /** Null: residents' browsers are told of nothing. */
  push?: PushKeys | null;
}

/** A robot's next message may be sent 3.5 s after the one before. */
const PAUSE_MS = 4_000;
/** A call ends in time for the one after the next; what waits still is sent by that. */
const LONGEST_MS = 40_000;
const CALL_MS = 10_000;

/** Answers one call of the edge function: removes the photos of who is to be forgotten, sends what waits and gives the counts. Only who has the service key may call. */
export async function answer(request: Request, settings: Settings, pauseMs = PAUSE_MS): Promise<Response> {
  if (request.method !== 'POST') return say(405, { error: 'post_only' });
  if (!(await same(request.headers.get('authorization') ?? '', `Bearer ${settings.serviceKey}`)))
    return say(401, { error: 'service_key_only' });
  const total: Counts = { sent: 0, refused: 0, unreached: 0, unsure: 0 };
  const pushed: PushCounts = { sent: 0, gone: 0, failed: 0 };
  const until = Date.now() + LONGEST_MS;
  const { push } = settings;
  try {
    if (push) await call(settings, 'set_push_key', { public_key: push.publicKey });
    const removed = await removeForgotten(forgottenPhotos(settings));
    for (;;) {
      const told = push ? await deliverPushes(pushBox(settings), push) : null;
      for (const name of ['sent', 'gone', 'failed'] as const) pushed[name] += told?.[name] ?? 0;
      const counts = await deliver({
        claim: () => call(settings, 'claim_deliveries', {}),
        settle: (claim, { outcome, error = null, retryAfter = null }) =>
          call(settings, 'settle_claim', { claim, outcome, error, retry_after: retryAfter }),
      });
      for (const name of ['sent', 'refused', 'unreached', 'unsure'] as const) total[name] += counts[name];
      if (messagesIn(counts) === 0 || Date.now() + pauseMs > until)
        return say(200, { ...total, push: pushed, removed });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  } catch {
    return say(503, { error: 'outbox_unavailable', ...total });
  }
}

const pushBox = (settings: Settings) => ({
  claim: () => call(settings, 'claim_pushes', {}),
  settle: (id: number, outcome: string) => call(settings, 'settle_push', { id, outcome }),
});

const forgottenPhotos = (settings: Settings) => ({
  claim: () => call(settings, 'claim_photo_removals', {}),
  remove: (prefixes: string[]) => ask(settings, 'DELETE', '/storage/v1/object/issue-photos', { prefixes }),
  settle: (paths: string[]) => call(settings, 'settle_photo_removals', { paths }),
});

const call = (settings: Settings, name: string, args: object): Promise<unknown> =>
  ask(settings, 'POST', `/rest/v1/rpc/${name}`, args);

async function ask(
  { url, serviceKey }: Settings,
  method: string,
  path: string,
  body: object,
): Promise<unknown> {
  const response = await fetch(url + path, {
    method,
    headers: {
      apikey: serviceKey,
      authorization: `Bearer ${serviceKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(CALL_MS),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  // what gives nothing answers 204
  return response.status === 204 ? null : response.json();
}

/** Compares by digests, so that the time it takes says nothing of the key. */
async function same(given: string, wanted: string): Promise<boolean> {
  const [left, right] = await Promise.all([digest(given), digest(wanted)]);
  return left.every((byte, index) => byte === right[index]);
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

function say(status: number, body: object): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
