import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedSupabase, type EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { fixtureOptions, one, rpc, temporaryFolder } from './harness.ts';

const folder = temporaryFolder();
const options = { ...fixtureOptions, dataDir: folder.path };
afterAll(() => folder.remove());

describe('a server on its data folder', () => {
  let server: EmbeddedSupabase;
  beforeAll(async () => {
    server = await startEmbeddedSupabase(options);
  });
  afterAll(() => server.stop());

  it('applies migrations and seeds once and records them as the Supabase CLI does', async () => {
    const rows = await server.query(
      'select version, name, cardinality(statements) as count from supabase_migrations.schema_migrations order by 1',
    );
    expect(rows).toEqual([
      { version: '20260101000000', name: 'notes', count: expect.any(Number) },
      { version: '20260101000100', name: 'channels_and_photos', count: 5 },
    ]);
    const seeds = await server.query(
      'select path from supabase_migrations.seed_files where path like $1 order by 1',
      ['%seed/%'],
    );
    expect(seeds).toEqual([
      { path: 'supabase/seed/10_words.sql' },
      { path: 'supabase/seed/40_demo_people.sql' },
    ]);
  });

  it('keeps its secret to its owner', () => {
    expect(statSync(join(folder.path, 'jwt-secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder.path, 'jwt-secret'), 'utf8').length).toBeGreaterThanOrEqual(64);
  });

  it('lets no second server on the same folder', async () => {
    await expect(startEmbeddedSupabase(options)).rejects.toThrow(
      /Another server is already running on the data folder/,
    );
    expect((await rpc(server, 'who_am_i', {})).status).toBe(200);
  });

  it('says so when its port is taken, and gives the folder back', async () => {
    const other = temporaryFolder();
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    await expect(startEmbeddedSupabase({ ...options, dataDir: other.path, port })).rejects.toThrow(
      `Port ${port} is already in use`,
    );
    const { lockFolder } = await import('../../supabase/embedded/lock.ts');
    await (await lockFolder(other.path)).release();
    holder.close();
    other.remove();
  });

  it('finds everything again when it is started again', async () => {
    await rpc(server, 'write_note', { words: 'stays', owner: one.id });
    const before = { anonKey: server.anonKey, notes: await server.query('select * from notes order by id') };
    await server.stop();
    server = await startEmbeddedSupabase(options);
    expect({ anonKey: server.anonKey, notes: await server.query('select * from notes order by id') }).toEqual(
      before,
    );
  });

  it('is as able after thousands of refused statements as before', { timeout: 120_000 }, async () => {
    const refused = `do $$ begin raise exception 'no'; end $$`;
    const messages = new Set<string>();
    for (let i = 0; i < 6_000; i++)
      await server.query(refused).catch((error: unknown) => messages.add(String(Object(error).message)));
    expect([...messages]).toEqual(['no']);
  });

  it('leaves nothing of a migration that fails', async () => {
    await server.stop();
    const migrationsDir = join(folder.path, 'broken');
    mkdirSync(migrationsDir);
    writeFileSync(
      join(migrationsDir, '20260102000000_half.sql'),
      'create table public.half (); select 1 / 0;',
    );
    await expect(startEmbeddedSupabase({ ...options, migrationsDir })).rejects.toThrow(
      '20260102000000_half.sql: division by zero',
    );
    server = await startEmbeddedSupabase(options);
    expect(await server.query("select to_regclass('public.half') as half")).toEqual([{ half: null }]);
    expect(
      await server.query("select 1 from supabase_migrations.schema_migrations where name = 'half'"),
    ).toEqual([]);
  });
});

describe('a query that does not end', () => {
  it('is cut off, the database reopened, and nothing acknowledged lost', async () => {
    const own = temporaryFolder();
    const server = await startEmbeddedSupabase({ ...options, dataDir: own.path, deadlineMs: 2_000 });
    await rpc(server, 'write_note', { words: 'before', owner: one.id });
    const [stuck, waiting] = await Promise.all([
      rpc(server, 'slow', { seconds: 600 }),
      later(100).then(() => rpc(server, 'who_am_i', {})),
    ]);
    expect([stuck.status, await stuck.json()]).toEqual([
      504,
      expect.objectContaining({ code: '57014', message: 'deadline_passed' }),
    ]);
    expect(waiting.status).toBe(200);
    expect(await server.query("select words from notes where words = 'before'")).toHaveLength(1);
    await server.stop();
    own.remove();
  });
});

describe('a server that is killed', () => {
  const rounds = process.env['PROVE'] === '1' ? 15 : 1;

  it('keeps everything it acknowledged and leaves no lock behind', { timeout: rounds * 60_000 }, async () => {
    const own = temporaryFolder();
    const acknowledged = new Set<number>();
    for (let round = 0; round < rounds; round++) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', join(import.meta.dirname, 'fixture/writer.ts'), own.path],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.add(Number(line));
        if (acknowledged.size % 40 === 39 - round) child.kill('SIGKILL');
      }
    }
    const server = await startEmbeddedSupabase({ ...options, dataDir: own.path });
    const kept = new Set((await server.query('select id from notes')).map((row) => row['id']));
    expect(acknowledged.size).toBeGreaterThan(rounds * 30);
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
    await server.stop();
    own.remove();
  });
});

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
