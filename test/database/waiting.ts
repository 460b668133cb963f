import type { Session, TestDatabase } from './harness.ts';

/**
 * Within an open transaction: waits until someone else waits for a lock. On PGlite everyone waits for the whole transaction anyway.
 * Gives up after some thousand looks, so that a test without the lock fails rather than hangs.
 */
export async function untilSomeoneWaits(db: TestDatabase, { query }: Session): Promise<void> {
  for (let tries = 0; tries < (db.engine === 'native' ? 5000 : 1); tries += 1) {
    const [waiting] = await query('select 1 from pg_catalog.pg_locks where not granted limit 1');
    if (waiting) return;
  }
}

/** Does `first` in a transaction that stays open until `second` has begun and waits; gives how the second ended. */
export async function meanwhile(
  db: TestDatabase,
  first: (session: Session) => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<string> {
  const { ended } = await db.asOwner(async (session) => {
    await first(session);
    const outcome = second().then(
      () => 'done',
      (error: unknown) => String(Object(error).message),
    );
    await untilSomeoneWaits(db, session);
    return { ended: outcome };
  });
  return ended;
}
