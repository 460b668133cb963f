import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import type { Result } from './database.ts';
import { DurableFS, durableStartParams } from './durable-fs.ts';
import { postgis } from './postgis.ts';
import { readers, writers } from './types.ts';
import { WasmStack } from './wasm-stack.ts';
import { BROKEN, type Failure, type Reply, type Request } from './worker-messages.ts';

const port = parentPort;
if (!port) throw new Error('pglite-worker.ts runs as a worker thread');
const reply = (message: Reply) => port.postMessage(message);

const stack = new WasmStack();
const db = await PGlite.create({
  fs: new DurableFS(String(workerData), stack),
  extensions: { postgis, pgcrypto },
  startParams: durableStartParams(PGlite.defaultStartParams),
  parsers: readers,
  serializers: writers,
});
stack.settle();

async function run(request: Request): Promise<Result[]> {
  stack.clear();
  switch (request.kind) {
    case 'query': {
      const { rows, affectedRows } = await db.query<Record<string, unknown>>(request.sql, [
        ...request.params,
      ]);
      return [{ rows, affected: affectedRows ?? 0 }];
    }
    case 'script':
      return (await db.exec(request.sql)).map(({ rows, affectedRows }) => ({
        rows,
        affected: affectedRows ?? 0,
      }));
    case 'listen':
      await db.listen(request.channel, (payload) =>
        reply({ kind: 'notification', channel: request.channel, payload }),
      );
      return [];
    case 'close':
      await db.close();
      return [];
  }
}

/** The fields of PostgreSQL's error. Any other is the caller's parameter that cannot be sent, or WebAssembly breaking down. */
function fields(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), code: BROKEN };
  const isBroken = error instanceof WebAssembly.RuntimeError || error.name === 'ExitStatus' || db.closed;
  const found: Failure = { message: error.message, code: isBroken ? BROKEN : '22P02' };
  for (const name of ['code', 'detail', 'hint'] as const) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

async function answer(request: Request, before: Promise<void>): Promise<void> {
  await before;
  try {
    reply({ kind: 'result', id: request.id, results: await run(request) });
  } catch (error) {
    reply({ kind: 'failure', id: request.id, error: fields(error) });
  }
}

let last = Promise.resolve();
port.on('message', (request: Request) => {
  last = answer(request, last);
});
reply({ kind: 'ready' });
