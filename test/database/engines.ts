import { randomBytes } from 'node:crypto';
import { MemoryFS, type PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import { inject } from 'vitest';
import { WasmStack } from '../../supabase/embedded/database/wasm-stack.ts';
import { openPglite } from './templates.ts';

export type Row = Record<string, unknown>;
export type Run = (sql: string, params?: unknown[]) => Promise<Row[]>;

/** One of the two databases the product runs on; both speak the same to a test. */
export interface Engine {
  name: 'pglite' | 'native';
  /** Runs `work` in one transaction and commits it; an error rolls it back and is thrown on. */
  transaction<T>(work: (run: Run) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Files in memory, and a hold on PGlite's stack: what is refused would use it up, in the tests as in the product. */
class WatchedMemory extends MemoryFS {
  readonly stack = new WasmStack();

  override async init(pg: PGlite, options: Parameters<MemoryFS['init']>[1]): ReturnType<MemoryFS['init']> {
    const prepared = await super.init(pg, options);
    const { instantiateWasm } = prepared.emscriptenOpts;
    if (instantiateWasm) prepared.emscriptenOpts.instantiateWasm = this.stack.watch(instantiateWasm);
    return prepared;
  }
}

async function startPglite(): Promise<Engine> {
  const memory = new WatchedMemory();
  const db = await openPglite(inject('pgliteSnapshot'), memory);
  memory.stack.settle();
  return {
    name: 'pglite',
    transaction: (work) =>
      db.transaction((tx) =>
        work(async (sql, params) => {
          memory.stack.clear();
          return (await tx.query<Row>(sql, params)).rows;
        }),
      ),
    close: () => db.close(),
  };
}

async function startNative(): Promise<Engine> {
  const url = new URL(inject('nativeUrl'));
  const template = url.pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = postgres(process.env['TEST_DATABASE_URL'] ?? '', { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${template}`);
  url.pathname = `/${name}`;
  const sql = postgres(url.href, {
    max: 8,
    onnotice: () => {},
    // PGlite gives numbers for bigint; so does this.
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  });
  return {
    name: 'native',
    async transaction<T>(work: (run: Run) => Promise<T>): Promise<T> {
      const done = await sql.begin(async (tx) => ({
        value: await work(async (text, params) => [
          ...(await tx.unsafe<Row[]>(text, params as postgres.ParameterOrJSON<never>[])),
        ]),
      }));
      return done.value;
    },
    async close() {
      await sql.end();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

export const engines = { pglite: startPglite, native: startNative };
