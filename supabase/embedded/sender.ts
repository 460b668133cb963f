import { deliver, messagesIn, type Outbox } from '../functions/send-notices/deliver.ts';
import { type ForgottenPhotos, removeForgotten } from '../functions/send-notices/forgotten-photos.ts';
import { deliverPushes, type PushBox } from '../functions/send-notices/push.ts';
import type { PushKeys } from '../functions/send-notices/push-crypto.ts';
import type { FileStore } from './api/file-store.ts';
import { type Database, DatabaseError } from './database/database.ts';

/** How often the outbox is looked at by itself: for what is tried again, and for a robot's next message. */
const LOOK_EVERY_MS = 2_000;

/**
 * Sends notices to the street's webhooks and news to residents' browsers, and removes the photos of who asked to be forgotten, with the same
 * modules as the edge function: at once when a message is queued, and looks every two seconds for what is due again. One round at a time. Gives what stops it and waits for messages under way (ten seconds at most).
 * Does nothing where the migrations bring no outbox.
 */
export async function startSender(
  db: Database,
  push: PushKeys,
  photos: FileStore,
  log: (line: string) => void,
): Promise<() => Promise<void>> {
  const { rows } = await db.query(
    "select to_regprocedure('public.claim_deliveries(integer)') is not null as there",
  );
  if (rows[0]?.['there'] !== true) return async () => {};
  await db.query('select public.set_push_key($1)', [push.publicKey]);
  const [outbox, pushBox, forgotten] = [outboxOf(db), pushBoxOf(db), forgottenPhotos(db, photos)];
  const rounds = new Rounds(async () => {
    const { sent, gone, failed } = await deliverPushes(pushBox, push);
    return messagesIn(await deliver(outbox)) + sent + gone + failed + (await removeForgotten(forgotten));
  }, log);
  await db.listen('deliveries', () => rounds.now());
  const timer = setInterval(() => rounds.now(), LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await rounds.stop();
  };
}

function outboxOf(db: Database): Outbox {
  return {
    claim: async () => (await db.query('select public.claim_deliveries() as claims')).rows[0]?.['claims'],
    settle: (claim, { outcome, error = null, retryAfter = null }) =>
      db.query('select public.settle_claim($1, $2, $3, $4)', [claim, outcome, error, retryAfter]),
  };
}

function pushBoxOf(db: Database): PushBox {
  return {
    claim: async () => (await db.query('select public.claim_pushes() as claims')).rows[0]?.['claims'],
    settle: (id, outcome) => db.query('select public.settle_push($1, $2)', [id, outcome]),
  };
}

function forgottenPhotos(db: Database, photos: FileStore): ForgottenPhotos {
  return {
    claim: async () => (await db.query('select public.claim_photo_removals() as paths')).rows[0]?.['paths'],
    remove: async (paths) => {
      await db.query("delete from storage.objects where bucket_id = 'issue-photos' and name = any($1)", [
        paths,
      ]);
      for (const path of paths) photos.remove('issue-photos', path);
    },
    settle: (paths) => db.query('select public.settle_photo_removals($1)', [paths]),
  };
}

/** Rounds of sending, one after the other: one asked for during another follows it. */
class Rounds {
  /** Sends what is due; gives how much that was. */
  private readonly send: () => Promise<number>;
  private readonly log: (line: string) => void;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(send: () => Promise<number>, log: (line: string) => void) {
    this.send = send;
    this.log = log;
  }

  now(): void {
    this.again = true;
    if (this.stopped || this.running) return;
    this.running = this.run().finally(() => {
      this.running = null;
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        this.again = (await this.send()) > 0 || this.again;
      } catch (error) {
        this.log(
          `sender: a round failed (${error instanceof DatabaseError ? error.code : 'internal error'})`,
        );
        return;
      }
    }
  }
}
