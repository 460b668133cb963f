import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WasmStack } from '../../supabase/embedded/database/wasm-stack.ts';
import { DurableFS, durableStartParams } from '../../supabase/embedded/database/durable-fs.ts';
import { postgis } from '../../supabase/embedded/database/postgis.ts';
import { prepareFolder } from '../../supabase/embedded/database/prepared.ts';
import { fixtureOptions, temporaryFolder } from './harness.ts';

const synced: string[] = [];
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    fsyncSync: (file: number) => {
      synced.push(process.platform === 'linux' ? readlinkSync(`/proc/self/fd/${file}`) : 'pg_wal');
      fs.fsyncSync(file);
    },
  };
});

const folder = temporaryFolder();
let db: PGlite;

beforeAll(async () => {
  const path = join(folder.path, 'database');
  await prepareFolder(
    path,
    fixtureOptions.cacheDir,
    () => {},
    () => {},
  );
  db = await PGlite.create({
    fs: new DurableFS(path, new WasmStack()),
    extensions: { postgis, pgcrypto },
    startParams: durableStartParams(PGlite.defaultStartParams),
  });
  await db.exec('create table public.kept (a integer)');
});
afterAll(async () => {
  await db.close();
  folder.remove();
});

async function syncedBy(work: () => Promise<unknown>): Promise<string[]> {
  synced.length = 0;
  await work();
  return [...synced];
}

describe('what is acknowledged is on disk', () => {
  it('each commit syncs the log before it is answered', async () => {
    for (let i = 0; i < 3; i++) {
      const files = await syncedBy(() => db.query('insert into kept values ($1)', [i]));
      expect(files.some((file) => file.includes('pg_wal'))).toBe(true);
    }
  });

  it('a checkpoint syncs the tables it wrote', async () => {
    const files = await syncedBy(() => db.exec('checkpoint'));
    expect(files.some((file) => /\/base\/\d+\/\d+/.test(file))).toBe(true);
    expect(files.some((file) => file.endsWith('pg_control'))).toBe(true);
  });

  it('reading syncs nothing', async () => {
    await db.query('select * from kept');
    expect(await syncedBy(() => db.query('select * from kept'))).toEqual([]);
  });

  it('PostgreSQL is told to sync', async () => {
    const { rows } = await db.query<{ name: string; setting: string }>(
      "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method') order by name",
    );
    expect(rows.map((row) => row.setting)).toEqual(['on', 'on', 'on', 'fsync']);
  });
});
