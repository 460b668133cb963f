import { expect, it } from 'vitest';
import { eachEngine } from './harness.ts';

const functionsOf = (role: string) => `
  select p.proname as name from pg_catalog.pg_proc p
  where p.pronamespace = 'public'::regnamespace and has_function_privilege('${role}', p.oid, 'execute')
  order by 1`;

const relationsOf = (role: string) => `
  select c.oid::regclass::text as name from pg_catalog.pg_class c
  where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
    and case
      when c.relkind = 'S' then has_sequence_privilege('${role}', c.oid, 'usage, select, update')
      when c.relkind in ('r', 'p', 'v', 'm', 'f') then
        has_table_privilege('${role}', c.oid, 'select, insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege('${role}', c.oid, 'select, insert, update, references')
      else false end
  order by 1`;

eachEngine('who is not signed in', (db) => {
  it('reaches these functions and no other', async () => {
    expect(await db.query(functionsOf('anon'))).toEqual([
      { name: 'add_to_report' },
      { name: 'answer_issue' },
      { name: 'correct_my_data' },
      { name: 'count_scan' },
      { name: 'fetch_parcel' },
      { name: 'follow_by_push' },
      { name: 'forget_me' },
      { name: 'leave_parcel' },
      { name: 'my_data' },
      { name: 'open_courtyard' },
      { name: 'push_key' },
      { name: 'reopen_issue' },
      { name: 'report_challenge' },
      { name: 'report_issue' },
      { name: 'similar_reports' },
      { name: 'track_issue' },
      { name: 'unfollow_by_push' },
      { name: 'withdraw_issue' },
    ]);
  });

  it('has no privilege on any table, view or sequence', async () => {
    expect(await db.query(relationsOf('anon'))).toEqual([]);
  });

  it('cannot make anything in the exposed schema', async () => {
    expect(await db.value(`select has_schema_privilege('anon', 'public', 'create')`)).toBe(false);
  });
});

eachEngine('who is signed in', (db) => {
  it('writes no table but by functions', async () => {
    const written = await db.query(`
      select c.oid::regclass::text as name from pg_catalog.pg_class c
      where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p', 'v')
        and (has_table_privilege('authenticated', c.oid, 'insert, update, delete, truncate')
          or has_any_column_privilege('authenticated', c.oid, 'insert, update'))`);
    expect(written).toEqual([]);
  });

  it('reads no private table', async () => {
    const read = await db.query(`
      select c.oid::regclass::text as name from pg_catalog.pg_class c
      where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'p', 'v')
        and has_any_column_privilege('authenticated', c.oid, 'select')`);
    expect(read).toEqual([]);
  });
});
