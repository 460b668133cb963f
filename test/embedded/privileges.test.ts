import { getAuthSchemaSql, getStorageSchemaSql } from '@supabase/lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../supabase/embedded/database/database.ts';
import { NativeDatabase } from '../../supabase/embedded/database/native.ts';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import {
  applyMigrations,
  applyPlatform,
  migrationsFolder,
  seedFolder,
} from '../../supabase/embedded/schema/migrate.ts';
import { boot, freshNative, request } from './harness.ts';

const SCHEMAS = "('public', 'private', 'auth', 'storage', 'realtime', 'supabase_migrations')";
/** Every privilege as text; MAINTAIN came with PostgreSQL 17. */
const PRIVILEGES = `
  with held (what, acl) as (
    select 'schema ' || nspname, nspacl from pg_namespace where nspname in ${SCHEMAS}
    union all select 'relation ' || oid::regclass, relacl from pg_class where relnamespace::regnamespace::text in ${SCHEMAS} and relkind in ('r', 'v', 'm', 'S', 'p')
    union all select 'function ' || oid::regprocedure, coalesce(proacl, acldefault('f', proowner)) from pg_proc where pronamespace::regnamespace::text in ${SCHEMAS}
    union all select 'column ' || attrelid::regclass || '.' || attname, attacl from pg_attribute a join pg_class c on c.oid = attrelid where c.relnamespace::regnamespace::text in ${SCHEMAS} and attacl is not null
    union all select 'default ' || defaclnamespace::regnamespace || ' ' || defaclobjtype::text, defaclacl from pg_default_acl)
  select what || ': ' || case grantee when 0 then 'public' else grantee::regrole::text end || ' ' || privilege_type as line
  from held, aclexplode(acl) where privilege_type <> 'MAINTAIN' order by line`;
const RLS = `select oid::regclass::text as table, relrowsecurity as on from pg_class
  where relnamespace::regnamespace::text in ${SCHEMAS} and relkind = 'r' order by 1`;

const COLUMNS = `select table_schema || '.' || table_name || '.' || column_name as name, data_type, is_generated
  from information_schema.columns where table_schema = any ($1) order by 1`;

let server: EmbeddedSupabase;
beforeAll(async () => {
  server = await boot({ migrationsDir: migrationsFolder, seedDir: seedFolder, demo: false });
});
afterAll(() => server.stop());

describe('the platform', () => {
  it('has every column of auth and storage that @supabase/lite expects', async () => {
    const ours = (await server.query(COLUMNS, [['auth', 'storage']])).map((row) => JSON.stringify(row));
    let theirs: string[] = [];
    const undone = transaction(server.db, async (lease) => {
      await lease.script('drop schema auth cascade; drop schema storage cascade');
      await lease.script(getAuthSchemaSql(false));
      await lease.script(getStorageSchemaSql(false));
      theirs = (await lease.query(COLUMNS, [['auth', 'storage']])).rows.map((row) => JSON.stringify(row));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(theirs.length).toBeGreaterThan(60);
    expect(theirs.filter((column) => !ours.includes(column))).toEqual([]);
  });

  it('may be applied again', async () => {
    const before = await server.query('select count(*) as count from categories');
    await applyPlatform(server.db, () => {});
    expect(await server.query('select count(*) as count from categories')).toEqual(before);
  });
});

describe.runIf(process.env['TEST_DATABASE_URL'])('privileges', () => {
  let native: NativeDatabase;
  beforeAll(async () => {
    native = new NativeDatabase((await freshNative('embedded_privileges')) ?? '', 60_000);
    await applyPlatform(native, () => {});
    await applyMigrations(native, migrationsFolder, () => {});
  });
  afterAll(() => native.close());

  it('are those of a native PostgreSQL with the same migrations, also after the API has served', async () => {
    for (const path of ['/rest/v1/issue_cards', '/rest/v1/areas', '/storage/v1/bucket', '/auth/v1/settings'])
      await request(server, path);
    const [here, there] = [await server.query(PRIVILEGES), (await native.query(PRIVILEGES)).rows];
    expect(there.length).toBeGreaterThan(50);
    expect(here).toEqual(there);
    expect(await server.query(RLS)).toEqual((await native.query(RLS)).rows);
  });

  it('let an anonymous caller at no table', async () => {
    for (const table of ['issues', 'issue_events', 'people', 'memberships', 'issue_cards']) {
      const answer = await request(server, `/rest/v1/${table}`);
      expect([table, answer.status]).toEqual([table, answer.status === 404 ? 404 : 401]);
    }
  });
});
