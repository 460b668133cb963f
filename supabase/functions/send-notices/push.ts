import { insist } from './insist.ts';
import { type PushKeys, seal, type Subscriber, toBase64url, vapid } from './push-crypto.ts';
import { DEADLINE_MS, isAllowed } from './send.ts';

/** A phone to be told that there is news of a report. */
export interface Push extends Subscriber {
  id: number;
  endpoint: string;
  number: string;
}

/** gone: this phone is reached no more. failed: perhaps later. */
export type PushOutcome = 'sent' | 'gone' | 'failed';

/** The database as a sender of pushes sees it: `claim_pushes()` and `settle_push()`, however they are called. */
export interface PushBox {
  claim(): Promise<unknown>;
  settle(id: number, outcome: PushOutcome): Promise<unknown>;
}

export type PushCounts = Record<PushOutcome, number>;

/** How long a push service keeps it for a phone that is off, in seconds. */
const KEPT_S = 3 * 86_400;

/** Claims what is due, sends it all at once and settles each. Gives how many had which outcome; all 0: nothing was due. Throws when the
 * database does not answer, after every push under way has ended. */
export async function deliverPushes(box: PushBox, keys: PushKeys): Promise<PushCounts> {
  const pushes = parsePushes(await box.claim());
  const counts: PushCounts = { sent: 0, gone: 0, failed: 0 };
  const done = await Promise.allSettled(
    pushes.map(async (push) => {
      const outcome = await sendPush(push, keys);
      await insist(() => box.settle(push.id, outcome));
      return outcome;
    }),
  );
  for (const one of done) {
    if (one.status === 'rejected') throw one.reason;
    counts[one.value] += 1;
  }
  return counts;
}

/**
 * Tells one phone that there is news, within ten seconds; never throws. The push service learns that something came for that
 * browser; the browser learns the report's number, which says nothing without the key the phone has.
 * The database lets in only addresses of known push services; redirects are not followed, and nothing of an answer is kept.
 */
export async function sendPush(push: Push, keys: PushKeys, nowMs = Date.now()): Promise<PushOutcome> {
  if (!isAllowed(push.endpoint)) return 'gone';
  let body: Uint8Array<ArrayBuffer>;
  try {
    body = await seal(JSON.stringify({ number: push.number }), push);
  } catch {
    return 'gone';
  }
  try {
    const response = await fetch(push.endpoint, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: {
        authorization: await vapid(keys, push.endpoint, nowMs),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(KEPT_S),
        urgency: 'normal',
        topic: await topicOf(push),
      },
      body,
    });
    await response.body?.cancel();
    if (response.ok) return 'sent';
    return response.status === 404 || response.status === 410 ? 'gone' : 'failed';
  } catch {
    return 'failed';
  }
}

/** What a phone that is off has not seen yet is replaced by what is newer of the same report; the push service cannot tell which. */
async function topicOf({ auth, number }: Push): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${auth} ${number}`));
  return toBase64url(new Uint8Array(digest)).slice(0, 32);
}

/** Reads what `claim_pushes` gave. Throws when it is of another shape. */
export function parsePushes(given: unknown): Push[] {
  if (!Array.isArray(given)) throw new TypeError('pushes are no list');
  return given.map((one: unknown) => {
    const read = (name: string) => {
      const value: unknown = Reflect.get(Object(one), name);
      if (typeof value !== 'string') throw new TypeError(`a push without ${name}`);
      return value;
    };
    const id = Number(Reflect.get(Object(one), 'id'));
    if (!Number.isSafeInteger(id)) throw new TypeError('a push without id');
    return {
      id,
      endpoint: read('endpoint'),
      p256dh: read('p256dh'),
      auth: read('auth'),
      number: read('number'),
    };
  });
}
