import { randomUUID } from 'node:crypto';
import { contextSql } from '../api/context.ts';
import type { Identity } from '../api/identity.ts';
import { type Database, DatabaseError } from '../database/database.ts';
import { literal } from '../database/literal.ts';

/**
 * Whether `identity` may read or write the topic, decided as Supabase Realtime decides it: in a transaction that is rolled
 * back, with the caller's role and claims and realtime.topic() set, a message of the topic must be visible under the select
 * policies of realtime.messages (read), or insertable under its insert policies (write).
 */
export async function mayUse(
  db: Database,
  identity: Identity,
  topic: string,
  way: 'read' | 'write',
): Promise<boolean> {
  const id = literal(randomUUID());
  const context = `${contextSql(identity, { method: 'GET', path: '/realtime', headers: {} })}, set_config('realtime.topic', ${literal(topic)}, true)`;
  const insert = `insert into realtime.messages (id, topic, extension, event, private) values (${id}, ${literal(topic)}, 'broadcast', 'join', true)`;
  const lease = await db.lease();
  try {
    await lease.script('begin');
    if (way === 'write') {
      await lease.script(`${context}; ${insert}`);
      return true;
    }
    const results = await lease.script(
      `${insert}; ${context}; select exists (select from realtime.messages where id = ${id}) as allowed`,
    );
    return results.at(-1)?.rows[0]?.['allowed'] === true;
  } catch (error) {
    if (error instanceof DatabaseError && /^(42501|PT)/.test(error.code)) return false;
    throw error;
  } finally {
    await lease.release();
  }
}
