import { beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import postgres from 'postgres';
import { supabase } from './supabase-cli.ts';
import { migrationFiles } from './statements.ts';
import { createNative } from './templates.ts';
import { waivers } from './waivers.ts';

const advice = v.object({
  results: v.array(v.object({ level: v.string(), cacheKey: v.string(), detail: v.string() })),
});

async function adviceFor(url: string) {
  const { out } = await supabase([
    'db',
    'advisors',
    `--remote=${url}`,
    '--level',
    'warn',
    '--output-format',
    'json',
  ]);
  return v.parse(advice, JSON.parse(out)).results;
}

async function run(url: string, statement: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

describe('the Supabase CLI', () => {
  let url = '';
  beforeAll(async () => {
    url = await createNative('referee', []);
    await supabase(['db', 'push', `--remote=${url}`, '--yes']);
  });

  it('applies every migration, and has nothing to do the second time', async () => {
    const applied = await run(
      url,
      'select count(*)::integer as count from supabase_migrations.schema_migrations',
    );
    expect(applied[0]?.['count']).toBe(migrationFiles().length);
    const again = await supabase(['db', 'push', `--remote=${url}`, '--yes']);
    expect(again.out + again.err).toContain('up to date');
  });

  it('finds nothing to lint', async () => {
    const { out, err } = await supabase(['db', 'lint', `--remote=${url}`, '--schema', 'public,private']);
    expect(err).toContain('Linting schema: private');
    expect(out.trim() === '' ? [] : JSON.parse(out)).toEqual([]);
  });

  it('advises nothing that is not waived by name', async () => {
    const found = await adviceFor(url);
    expect(found.filter(({ cacheKey }) => !(cacheKey in waivers))).toEqual([]);
    const stale = Object.keys(waivers).filter((key) => !found.some(({ cacheKey }) => cacheKey === key));
    expect(stale, 'waivers that no longer come up').toEqual([]);
  });

  it('would advise against a table without row-level security', async () => {
    const broken = await createNative('referee_broken', []);
    await run(
      broken,
      'create table public.open (id integer primary key); grant select on public.open to anon',
    );
    expect(await adviceFor(broken)).toMatchObject([{ cacheKey: 'rls_disabled_in_public_public_open' }]);
  });
});
