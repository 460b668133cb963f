import type { ConnectionContextOptions, VarsContext } from '@supabase/lite';
import { PostgresConnection } from '@supabase/lite/postgres';
import { sql } from 'kysely';
import * as v from 'valibot';
import { type Database, DatabaseError } from '../database/database.ts';
import { literal } from '../database/literal.ts';
import { contextSql } from './context.ts';
import { asErrorBody, errorStatus } from './errors.ts';
import { kyselyOn } from './kysely.ts';

type LiteKysely = PostgresConnection['kysely'];

const Vars = v.looseObject({
  auth: v.optional(
    v.looseObject({
      role: v.optional(v.nullable(v.picklist(['anon', 'authenticated', 'service_role'])), 'anon'),
      jwt: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
    }),
  ),
  storage: v.optional(v.looseObject({ operation: v.optional(v.nullable(v.string())) })),
});

/**
 * What @supabase/lite reads and writes through. It differs from its own connection in three ways: the caller's role and
 * claims are set in one statement instead of five; it never grants anything, so the migrations' privileges stand; and every
 * database error reaches the client as PostgREST would answer it.
 */
export class LiteConnection extends PostgresConnection {
  constructor(db: Database) {
    super({ url: 'postgres://unused.invalid/unused' });
    this.kysely = kyselyOn(db);
  }

  override async withContext<T>(
    vars: VarsContext | undefined,
    work: (db: LiteKysely) => Promise<T>,
    options?: ConnectionContextOptions,
  ): Promise<T> {
    if (!vars) return work(options?.transaction ?? this.kysely);
    const prelude = preludeSql(vars, options);
    const inside = async (db: LiteKysely) => {
      await sql.raw(prelude).execute(db);
      const result = await work(db);
      if (options?.forceRollback) throw new Undone(result);
      return result;
    };
    const { role } = v.parse(Vars, vars).auth ?? { role: 'anon' };
    try {
      return await (options?.transaction
        ? inside(options.transaction)
        : this.kysely.transaction().execute(inside));
    } catch (error) {
      if (error instanceof Undone) return error.result as T;
      throw options?.rpc || vars['storage'] === undefined ? asPostgrest(error, role ?? 'anon') : error;
    }
  }

  override async close(): Promise<void> {
    await this.clearSchemaCache();
  }
}

/** Carries a result out of a transaction that was only to be tried: Storage asks so whether the policies would allow it. */
class Undone extends Error {
  readonly result: unknown;

  constructor(result: unknown) {
    super('undone');
    this.result = result;
  }
}

function preludeSql(vars: VarsContext, options: ConnectionContextOptions | undefined): string {
  const { auth, storage } = v.parse(Vars, vars);
  const role = auth?.role ?? 'anon';
  const context = contextSql(
    { role, claims: auth?.jwt ?? { role }, expiresAt: Infinity },
    {
      method: options?.rpc?.method ?? '',
      path: options?.rpc?.path ?? '',
      headers: options?.rpc?.requestHeaders ?? {},
    },
  );
  const operation = `set_config('storage.operation', ${literal(storage?.operation ?? '')}, true)`;
  const readOnly = options?.rpc?.readOnly ? ", set_config('transaction_read_only', 'on', true)" : '';
  return `${context}, ${operation}${readOnly}`;
}

/** Hands @supabase/lite a database error as the PGRST error it answers word for word. */
function asPostgrest(error: unknown, role: 'anon' | 'authenticated' | 'service_role'): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const body = asErrorBody(error);
  return new DatabaseError({
    code: 'PGRST',
    message: JSON.stringify(body),
    detail: JSON.stringify({ status: errorStatus(body.code, role), headers: {} }),
  });
}
