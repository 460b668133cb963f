import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PortInUse } from './http.ts';
import { startEmbeddedSupabase } from './index.ts';
import { FolderInUse } from './lock.ts';
import { announcement, progressLine } from './terminal.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const { env } = process;

async function main(): Promise<void> {
  const startedAt = performance.now();
  const server = await startEmbeddedSupabase({
    dataDir: env['DATA_DIR'] ?? join(root, '.data'),
    cacheDir: join(root, '.cache'),
    port: Number(env['PORT'] ?? 3000),
    host: env['HOST'] ?? '127.0.0.1',
    databaseUrl: env['DATABASE_URL'],
    pushContact: env['PUSH_CONTACT'],
    site: existsSync(dist) ? dist : null,
    demo: env['DEMO'] !== '0',
    log: (line) => console.error(line),
    progress: progressLine(process.stderr),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(server.stop));
  console.log(await announcement(server, (performance.now() - startedAt) / 1000));
}

let stopping = false;

async function stop(close: () => Promise<void>): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.error('Stopping …');
  await close();
  process.exit(0);
}

main().catch((error: unknown) => {
  const isForPeople = error instanceof FolderInUse || error instanceof PortInUse;
  console.error(`\n${isForPeople ? error.message : error instanceof Error ? error.stack : String(error)}`);
  process.exit(1);
});
