import { beforeAll, expect, it } from 'vitest';
import { box } from '../fixtures/drawn.ts';
import { makeArchive } from '../fixtures/archive.ts';
import { makeWorld, people } from '../fixtures/world.ts';
import { eachEngine, expectError, type Actor } from './harness.ts';

interface DryRun {
  name: string;
  actor: Actor;
  args: Record<string, unknown>;
  /** What it writes before it takes everything back. */
  writes: string;
}

const dryRuns: DryRun[] = [
  {
    name: 'import_courtyards',
    actor: people.admin,
    args: {
      rows: [
        {
          row: 2,
          name: '新一院',
          address: '新街1号',
          community: 'west',
          geometry: box(104.0582, 30.6682, 104.0588, 30.6688),
        },
      ],
      dry_run: true,
    },
    writes: 'public.courtyards',
  },
  {
    name: 'import_profiles',
    actor: people.west,
    args: { rows: [{ row: 2, courtyard: 'lane', values: { registered: '81' } }], dry_run: true },
    writes: 'private.drafts',
  },
  {
    name: 'preview_label_rule',
    actor: people.admin,
    args: { rule: { resources: ['aed'], within: 80, at_most: 0 } },
    writes: 'private.near_kinds',
  },
  {
    name: 'save_area_boundary',
    actor: people.street,
    args: { area_id: 5, boundary: box(104.0505, 30.66, 104.06, 30.67), version: 1, dry_run: true },
    writes: 'public.areas',
  },
];

eachEngine('a dry run', (db) => {
  let tables: string[] = [];
  beforeAll(async () => {
    await makeWorld(db);
    // The importer serves the one street there is.
    await db.query(`update public.areas set level = 'district' where code = 'other'`);
    await makeArchive(db);
    await db.query(`create function private.refuse_here() returns trigger language plpgsql as
      $$ begin perform private.fail(409, 'refused_within', '{}', 'Look again.'); return null; end $$`);
    tables = (
      await db.query(`select c.oid::regclass::text as name from pg_catalog.pg_class c
        where c.relnamespace::regnamespace::text in ('public', 'private', 'realtime') and c.relkind in ('r', 'p') order by 1`)
    ).map(({ name }) => String(name));
  });

  /** All rows of all tables, as one text each. */
  const everything = async () => {
    const found: Record<string, unknown> = {};
    for (const table of tables)
      found[table] = await db.value(
        `select concat(count(*), ' ', md5(coalesce(string_agg(t::text, '|' order by t::text), ''))) from ${table} t`,
      );
    return found;
  };

  it.each(dryRuns)('$name leaves nothing behind', async ({ name, actor, args }) => {
    const before = await everything();
    const answer = JSON.stringify(await db.rpc(actor, name, args));
    expect(answer).not.toContain('"written":true');
    expect(await everything()).toEqual(before);
  });

  it.each(dryRuns)(
    '$name passes on a refusal that comes up in the middle of it, and still leaves nothing',
    async ({ name, actor, args, writes }) => {
      await db.query(
        `create trigger refuse_here after insert or update on ${writes} for each row execute function private.refuse_here()`,
      );
      const before = await everything();
      await expectError(db.rpc(actor, name, args), 'refused_within', 409);
      expect(await everything()).toEqual(before);
      await db.query(`drop trigger refuse_here on ${writes}`);
    },
  );
});
