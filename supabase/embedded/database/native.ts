import postgres from 'postgres';
import { type Database, DatabaseError, deadlinePassed, type Lease, type Result } from './database.ts';
import { readers, SEARCH_PATH, writers } from './types.ts';

const CONNECTIONS = 10;

const TYPES = Object.fromEntries(
  [...Object.entries(readers), ['16', (text: string) => text === 't'] as const].map(([oid, parse]) => [
    `type${oid}`,
    { to: Number(oid), from: [Number(oid)], serialize: writers[Number(oid)] ?? asSent, parse },
  ]),
);

type Runner = postgres.Sql | postgres.ReservedSql;

/** A native PostgreSQL at `url`; each statement is limited by the server's own statement_timeout. */
export class NativeDatabase implements Database {
  readonly kind = 'native';
  private readonly sql: postgres.Sql;
  private readonly reopened: (() => void)[] = [];

  constructor(url: string, deadlineMs: number) {
    this.sql = postgres(url, {
      max: CONNECTIONS,
      connect_timeout: 10,
      onnotice: () => {},
      connection: {
        TimeZone: 'UTC',
        search_path: SEARCH_PATH,
        statement_timeout: deadlineMs,
        application_name: 'digital-courtyard',
      },
      types: TYPES,
    });
  }

  query(sql: string, params: readonly unknown[] = []): Promise<Result> {
    return run(this.sql, sql, params);
  }

  async script(sql: string, deadlineMs?: number): Promise<Result[]> {
    if (deadlineMs === undefined) return runScript(this.sql, sql);
    const lease = await this.lease(deadlineMs);
    try {
      return await lease.script(sql);
    } finally {
      await lease.release();
    }
  }

  async lease(deadlineMs?: number): Promise<Lease> {
    const reserved = await this.sql.reserve().catch((error: unknown) => {
      throw asDatabaseError(error);
    });
    if (deadlineMs !== undefined)
      await runScript(reserved, `set statement_timeout = ${Math.trunc(deadlineMs)}`);
    return {
      query: (sql, params = []) => run(reserved, sql, params),
      script: (sql) => runScript(reserved, sql),
      release: async () => {
        await runScript(
          reserved,
          deadlineMs === undefined ? 'rollback' : 'rollback; reset statement_timeout',
        ).catch(() => []);
        reserved.release();
      },
    };
  }

  async listen(channel: string, heard: (payload: string) => void): Promise<void> {
    let first = true;
    await this.sql.listen(channel, heard, () => {
      if (!first) for (const reopened of this.reopened) reopened();
      first = false;
    });
  }

  onReopen(reopened: () => void): void {
    this.reopened.push(reopened);
  }

  async close(): Promise<void> {
    await this.sql.end({ timeout: 5 });
  }
}

async function run(sql: Runner, text: string, params: readonly unknown[]): Promise<Result> {
  try {
    const result = await sql.unsafe<Record<string, unknown>[]>(text, params.map(asParameter));
    return { rows: [...result], affected: result.count };
  } catch (error) {
    throw asDatabaseError(error);
  }
}

async function runScript(sql: Runner, text: string): Promise<Result[]> {
  try {
    const answer: unknown = await sql.unsafe(text).simple();
    const results: unknown[] =
      Array.isArray(answer) && answer.every(Array.isArray) && answer.length > 0 ? answer : [answer];
    return results.map((rows) => ({
      rows: Array.isArray(rows) ? [...rows] : [],
      affected: Number(Reflect.get(Object(rows), 'count') ?? 0),
    }));
  } catch (error) {
    throw asDatabaseError(error);
  }
}

/** Objects travel as JSON text, as PGlite sends them. */
function asSent(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}

function asParameter(value: unknown): postgres.SerializableParameter {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(asParameter) as postgres.SerializableParameter[];
  return JSON.stringify(value);
}

function asDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  if (error instanceof postgres.PostgresError && error.code === '57014') return deadlinePassed();
  if (error instanceof postgres.PostgresError) {
    return new DatabaseError({
      message: error.message,
      code: error.code,
      detail: error.detail,
      hint: error.hint,
    });
  }
  return new DatabaseError({
    code: '08006',
    message: error instanceof Error ? error.message : 'connection_lost',
  });
}
