import { beforeAll, expect, it } from 'vitest';
import { makeArchive, quarter, secrets, sums } from '../fixtures/archive.ts';
import { makeWorld, world } from '../fixtures/world.ts';
import type { Row } from './engines.ts';
import { eachEngine, type Actor, type TestDatabase } from './harness.ts';

const { people } = world;
const all = [...Object.values(secrets), sums].flatMap((kinds) => Object.values(kinds).flat());
const { lane, garden } = secrets;
const streetwide = [...lane.staff, ...garden.staff, ...sums.staff];
const officewide = [...streetwide, ...lane.community, ...garden.community, ...sums.community];

/** What was told, as text; random ids are left out, whose digits may be anybody's. */
const said = (told: unknown): string =>
  JSON.stringify(told).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '');

/** What each may see of the two yards' values; everyone else nothing. Phones: who asks for them in the round checks them. */
const readers: Record<string, { actor: Actor; sees: string[] }> = {
  'staff of the community west': {
    actor: people.west,
    sees: Object.values(lane).flat(),
  },
  'the grid worker of w1': {
    actor: people.gridWorker,
    sees: Object.values(lane).flat(),
  },
  'staff of the community east': {
    actor: people.east,
    sees: Object.values(garden).flat(),
  },
  'the grid worker of e1': {
    actor: people.gridWorkerEast,
    sees: Object.values(garden).flat(),
  },
  'the street’s staff': { actor: people.street, sees: officewide },
  'the street’s leader': { actor: people.leader, sees: officewide },
  'the administrator': { actor: people.admin, sees: streetwide },
  'staff of a department': { actor: people.works, sees: streetwide },
  'staff of another street': { actor: people.stranger, sees: [] },
  'someone without a role': { actor: people.nobody, sees: [] },
  'someone not signed in': { actor: 'anon', sees: [] },
};

/** Values to try for an argument: by its name where that says what it is, else by its type. */
const named: Record<string, unknown[]> = {
  topic: ['area:1', 'area:2', 'area:3', 'area:4', 'area:6', 'department:1'],
  courtyard_id: [world.courtyard.lane, world.courtyard.garden],
  quarter: [quarter, '2026Q3'],
  quarter_a: ['2026Q3'],
  quarter_b: [quarter],
  rule: [
    { field: 'living_alone', is: '>', value: 1 },
    {
      any: [
        { field: 'floors', is: '>', value: 1 },
        { not: { field: 'children_6_14', is: '<', value: 60_000 } },
      ],
    },
  ],
  code: ['living_alone', 'children_many'],
  label: [
    'living_alone',
    {
      code: 'peek',
      group: 'people',
      name: '看',
      name_en: 'Peek',
      rule: { field: 'care_people', is: '=', value: 91_857 },
    },
  ],
  field: [
    {
      code: 'peek',
      module: 'population',
      name: '看',
      name_en: 'Peek',
      type: 'count',
      sensitivity: 'public',
      source: '-',
      owner: '-',
      formula: ['+', 'living_alone', 'care_people'],
    },
  ],
  values: [{ living_alone: { value: -1 }, care_people: { value: 'x' } }],
  rows: [
    [
      { row: 2, courtyard: 'lane', values: { living_alone: '1', care_people: '' } },
      { row: 3, courtyard: 'garden', values: { disabled: '1' } },
    ],
  ],
  unchanged: [['population']],
  place: ['hazard'],
  purpose: ['核对'],
  reason: ['看一看'],
};
const typed: Record<string, unknown> = {
  bigint: 1,
  integer: 1,
  boolean: true,
  text: 'x',
  jsonb: {},
  uuid: '00000000-0000-4000-8000-0000000000cc',
  'text[]': [],
  date: '2026-12-01',
  'double precision': 104.052,
};

interface Callable {
  name: string;
  arguments: { name: string; type: string }[];
}

async function exposedFunctions(db: TestDatabase): Promise<Callable[]> {
  const rows = await db.query(`
    select p.proname as name, (select coalesce(json_agg(json_build_object('name', a.name, 'type', a.type::regtype::text) order by a.n), '[]')
      from unnest(p.proargnames, p.proargtypes::oid[]) with ordinality a (name, type, n) where a.type is not null) as arguments
    from pg_catalog.pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')`);
  return rows.map((row) => ({
    name: String(row['name']),
    arguments: row['arguments'] as Callable['arguments'],
  }));
}

/** Every way of filling the arguments in, at most two dozen. */
function fillings(called: Callable): Row[] {
  let filled: Row[] = [{}];
  for (const { name, type } of called.arguments) {
    const tries = named[name] ?? [typed[type] ?? null];
    const fitting = tries.filter((value) => type !== 'text' || typeof value === 'string');
    filled = filled.flatMap((row) => fitting.map((value) => ({ ...row, [name]: value })));
  }
  return filled.slice(0, 24);
}

class Undone extends Error {}

/** What a call answers, or how it is refused, as one text; nothing of it stays. */
async function heard(
  db: TestDatabase,
  actor: Actor,
  work: (s: Parameters<Parameters<TestDatabase['as']>[1]>[0]) => Promise<unknown>,
) {
  let text = '';
  try {
    await db.as(actor, async (session) => {
      text = JSON.stringify(await work(session));
      throw new Undone();
    });
  } catch (error) {
    // What the API passes on of an error; PGlite's own carries the caller's arguments besides.
    if (!(error instanceof Undone) && error instanceof Error)
      text += JSON.stringify(['message', 'code', 'detail', 'hint'].map((name) => Reflect.get(error, name)));
  }
  return text;
}

eachEngine('protected values of an archive', (db) => {
  let functions: Callable[] = [];
  let relations: string[] = [];
  beforeAll(async () => {
    await makeWorld(db);
    await makeArchive(db);
    await db.rpc(people.west, 'save_draft', {
      courtyard_id: world.courtyard.lane,
      quarter,
      values: {},
      unchanged: ['population'],
    });
    functions = await exposedFunctions(db);
    const readable = await db.query(`select c.oid::regclass::text as name from pg_catalog.pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and has_table_privilege('authenticated', c.oid, 'select')`);
    relations = readable.map((row) => String(row['name']));
  });

  it('are there to be leaked, and their own people see them', async () => {
    const own = JSON.stringify(
      await db.rpc(people.west, 'courtyard_archive', { courtyard_id: world.courtyard.lane }),
    );
    for (const secret of [...lane.key_person, ...lane.community, ...lane.staff])
      expect(own).toContain(secret);
    expect(functions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['courtyard_facts', 'export_archive', 'profile_at', 'round_form']),
    );
  });

  it.each(Object.keys(readers))(
    'reach %s through no function, by answer or by error, beyond what is theirs',
    async (reader) => {
      const { actor, sees } = readers[reader] ?? { actor: 'anon', sees: [] };
      const hidden = all.filter((secret) => !sees.includes(secret));
      for (const called of functions)
        for (const filling of fillings(called)) {
          const text = await heard(db, actor, (session) => session.rpc(called.name, filling));
          const leaked = hidden.filter((secret) => text.includes(secret));
          expect({ call: called.name, filling, leaked }).toEqual({ call: called.name, filling, leaked: [] });
        }
    },
  );

  it.each(Object.keys(readers))(
    'reach %s through no table or view, whole, filtered, ordered or counted',
    async (reader) => {
      const { actor, sees } = readers[reader] ?? { actor: 'anon', sees: [] };
      const hidden = all.filter((secret) => !sees.includes(secret));
      for (const relation of relations) {
        const text = await heard(db, actor, (session) =>
          session.query(`select to_jsonb(t) as row from ${relation} t order by 1`),
        );
        expect({ relation, leaked: hidden.filter((secret) => text.includes(secret)) }).toEqual({
          relation,
          leaked: [],
        });
      }
      for (const table of ['archives', 'profiles', 'drafts', 'courtyard_labels', 'verifications'])
        expect(
          await heard(db, actor, (session) => session.query(`select count(*) from private.${table}`)),
        ).toContain('42501');
    },
  );

  it('count care for its own community only', async () => {
    const care = async (actor: Actor, topic: string) => db.rpc(actor, 'map_points', { topic });
    expect(await care(people.west, 'area:2')).toMatchObject({ care: { courtyard_id: [1], count: [91_857] } });
    expect(await care(people.street, 'area:1')).toMatchObject({ care: null });
    expect(await care(people.works, 'department:1')).toMatchObject({ care: null });
  });

  it('travel in no realtime message, notice, delivery or history, whatever is done', async () => {
    const yard = { courtyard_id: world.courtyard.lane };
    const round = { ...yard, quarter };
    const version = async () =>
      Number(
        await db.value('select version from private.profiles where courtyard_id = 1 and quarter = $1', [
          quarter,
        ]),
      );
    await db.rpc(people.admin, 'save_hook', {
      name: '群',
      kind: 'generic',
      url: 'https://hooks.example.org/x',
    });
    const modules = (await db.query('select code from public.archive_modules')).map(({ code }) => code);
    await db.query('delete from private.drafts');
    // Values a form takes; the number that must not travel is told from all others.
    await db.query(
      `update private.archives set facts = private.with_derived(facts || '{"registered": 5000, "elderly_60": 2500, "living_alone": 3, "care_people": 2,
         "low_income": 1, "disabled": 4, "children_0_3": 1, "children_3_6": 1, "children_6_14": 1, "party_members": 5, "extinguishers": 6}') where courtyard_id = 1`,
    );
    const values = { living_alone: { value: 1987, base: 0 } };
    await db.rpc(people.west, 'save_draft', { ...round, values, unchanged: modules });
    await db.rpc(people.west, 'submit_profile', { ...round, version: await version() });
    await db.rpc(people.street, 'return_profile', { ...round, version: await version(), remark: '请核对' });
    await db.rpc(people.west, 'submit_profile', { ...round, version: await version() });
    await db.rpc(people.street, 'confirm_profile', { ...round, version: await version() });
    await db.rpc(people.west, 'give_label', { ...yard, label: 'model', reason: '示范' });
    await db.rpc(people.west, 'record_visit', {
      ...yard,
      kind: 'care',
      households: 4321,
      visited_on: '2026-10-08',
    });
    await db.query('select private.tick()');
    const sent = said(await db.rpc('service_role', 'claim_deliveries'));
    const notices = said(await db.query('select n.* from public.notices n'));
    expect(notices).toContain('round_returned');
    for (const secret of [...all, '1987', '4321']) expect(sent + notices).not.toContain(secret);
    const told = said(await db.query('select payload from realtime.messages'));
    const kept = said(await db.query('select payload from private.archive_events'));
    for (const secret of [...all, '1987', '4321']) {
      expect(told).not.toContain(secret);
      expect(kept).not.toContain(secret);
    }
    const keys = await db.query(
      `select distinct jsonb_object_keys(payload) as key from realtime.messages where event = 'archive'`,
    );
    expect(keys.map(({ key }) => key).toSorted()).toEqual(
      ['courtyard_ids', 'id', 'seq'].filter((key) => keys.some((row) => row['key'] === key)),
    );
  });
});
