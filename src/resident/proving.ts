import { ApiError } from '../core/api-error.ts';
import type { Kept } from '../core/outbox.ts';
import type { Challenge, Proof } from '../core/proof.ts';
import { reportIssue } from '../data/resident.ts';
import { ask } from '../data/resident-wire.ts';
import type { Receipt } from '../data/resident.ts';

/** When many reports come at once, a phone does a little arithmetic before it reports: while one types, or on sending. */
let ready: Promise<Proof | null> = Promise.resolve(null);

async function prove(challenge: unknown): Promise<Proof> {
  const { solve } = await import('../core/proof.ts');
  const pause = () => new Promise<void>((go) => void setTimeout(go));
  return solve(challenge as Challenge, pause);
}

/** Asks whether there is something to solve, and solves it while one types. */
export function prepareProof(code: string, device: string): void {
  ready = ask('report_challenge', { code, device })
    .then((answer) => {
      const challenge = (answer as { challenge?: unknown } | null)?.challenge;
      return challenge ? prove(challenge) : null;
    })
    .catch(() => null);
}

/** Sends a report with what the server asks for at that moment; the page and the service worker alike. */
export async function sendProved(kept: Kept, device: string): Promise<Receipt> {
  let proof = await ready;
  ready = Promise.resolve(null);
  for (let tries = 0; ; tries++) {
    try {
      return await reportIssue(kept, device, proof);
    } catch (cause) {
      if (!(cause instanceof ApiError) || cause.code !== 'proof_needed' || tries === 3) throw cause;
      proof = await prove(cause.detail['challenge']);
    }
  }
}
