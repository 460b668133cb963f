import * as v from 'valibot';
import { answer } from './outcome.ts';
import { onlyBoundary, TargetTrouble, type Target } from './target.ts';

const refusal = v.object({ message: v.string() });

// What a server answers when a request is larger, or takes longer, than it allows.
const tooMuch = new Set([408, 413, 504]);

/** A running server, by its address and service key. */
export function httpTarget(url: string, key: string): Target {
  async function ask(path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, url), {
      method: body === undefined ? 'GET' : 'POST',
      headers: { apikey: key, authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new TargetTrouble('server_away', { url });
    });
    const read: unknown = await response.json().catch(() => null);
    if (response.ok) return read;
    if (tooMuch.has(response.status)) throw new TargetTrouble('too_much_at_once');
    const words = v.safeParse(refusal, read);
    throw new TargetTrouble('server_refused', {
      status: response.status,
      message: words.success ? words.output.message : response.statusText,
    });
  }

  return {
    async take(rows, dryRun) {
      const read = v.safeParse(
        answer,
        await ask('/rest/v1/rpc/import_courtyards', { rows, dry_run: dryRun }),
      );
      if (!read.success) throw new TargetTrouble('server_strange');
      return read.output.rows;
    },
    boundary: async () => onlyBoundary(await ask('/rest/v1/areas?select=boundary&level=eq.street')),
    close: async () => {},
  };
}

/** True when something answers HTTP there. */
export async function answers(url: string): Promise<boolean> {
  return fetch(new URL('/rest/v1/', url), { signal: AbortSignal.timeout(3000) }).then(
    () => true,
    () => false,
  );
}
