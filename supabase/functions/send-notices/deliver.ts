import { type Claim, parseClaims } from './claim.ts';
import { insist } from './insist.ts';
import { type Outcome, send } from './send.ts';

/** The database as a sender sees it: `claim_deliveries()` and `settle_claim()`, however they are called. */
export interface Outbox {
  claim(): Promise<unknown>;
  settle(claim: string, outcome: Outcome): Promise<unknown>;
}

export type Counts = Record<Outcome['outcome'], number>;

/** Claims what is due, sends it all at once and settles each. Gives how many messages had which outcome; all 0: nothing was due.
 * Throws when the outbox does not answer, after every message under way has ended. */
export async function deliver(outbox: Outbox): Promise<Counts> {
  const claims = parseClaims(await outbox.claim());
  const counts: Counts = { sent: 0, refused: 0, unreached: 0, unsure: 0 };
  const done = await Promise.allSettled(claims.map((claim) => sendAndSettle(claim, outbox)));
  for (const one of done) {
    if (one.status === 'rejected') throw one.reason;
    counts[one.value] += 1;
  }
  return counts;
}

export function messagesIn(counts: Counts): number {
  return counts.sent + counts.refused + counts.unreached + counts.unsure;
}

async function sendAndSettle(claim: Claim, outbox: Outbox): Promise<Outcome['outcome']> {
  const outcome = await send(claim);
  await insist(() => outbox.settle(claim.claim, outcome));
  return outcome.outcome;
}
