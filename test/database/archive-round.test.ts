import { beforeAll, expect, it } from 'vitest';
import * as v from 'valibot';
import { makeWorld, world } from '../fixtures/world.ts';
import { eachEngine, expectError, type Actor, type TestDatabase } from './harness.ts';

const { people } = world;
const quarter = '2026Q4';
const lane = world.courtyard.lane;

const Answer = v.object({ state: v.string(), version: v.number() });
const Draft = v.object({
  ...Answer.entries,
  saved: v.record(v.string(), v.number()),
  conflicts: v.array(v.object({ code: v.string(), value: v.unknown(), version: v.number() })),
});
const Field = v.object({
  code: v.string(),
  value: v.unknown(),
  due: v.boolean(),
  formula: v.unknown(),
  draft: v.nullable(v.object({ value: v.unknown(), version: v.number() })),
});
const Form = v.object({
  state: v.string(),
  version: v.number(),
  remark: v.nullable(v.string()),
  modules: v.array(v.object({ code: v.string(), fields: v.array(Field) })),
});

const formOf = async (db: TestDatabase, actor: Actor, courtyard_id = lane) =>
  v.parse(Form, await db.rpc(actor, 'round_form', { courtyard_id }));
const fieldsOf = async (db: TestDatabase, actor: Actor) =>
  new Map(
    (await formOf(db, actor)).modules.flatMap((module) => module.fields.map((field) => [field.code, field])),
  );
const save = async (db: TestDatabase, actor: Actor, values: object, more: object = {}) =>
  v.parse(Draft, await db.rpc(actor, 'save_draft', { courtyard_id: lane, quarter, values, ...more }));
const act = (db: TestDatabase, actor: Actor, name: string, version: number, more: object = {}) =>
  db.rpc(actor, name, { courtyard_id: lane, quarter, version, ...more });

/** Answers every due field of a yard with something that fits. */
async function answerAll(db: TestDatabase, actor: Actor, answers: Record<string, unknown> = {}) {
  const form = await formOf(db, actor);
  const due = form.modules
    .flatMap((module) => module.fields)
    .filter((field) => field.due && field.draft === null);
  const values = Object.fromEntries(due.map(({ code }) => [code, { value: answers[code] ?? null, base: 0 }]));
  return save(db, actor, values);
}

const numbers = {
  households: 40,
  registered: 80,
  floating: 20,
  elderly_60: 35,
  elderly_80: 6,
  visited: 30,
  living_alone: 4,
  care_people: 5,
};

eachEngine('the quarterly round', (db) => {
  beforeAll(() => makeWorld(db));

  it('opens by itself on the first working day of the quarter, once, and tells the communities', async () => {
    db.at('2026-10-07T03:00:00Z'); // the last day of the National Day holiday
    await db.query('select private.tick()');
    expect(await db.query('select * from public.rounds')).toEqual([]);
    db.at('2026-10-08T01:00:00Z');
    await db.query('select private.tick()');
    await db.query('select private.tick()');
    expect(await db.query('select street_id, quarter, due_on::text from public.rounds order by 1')).toEqual([
      { street_id: 1, quarter, due_on: '2026-11-30' },
      { street_id: 11, quarter, due_on: '2026-11-30' },
    ]);
    const told = await db.as(people.west, (s) =>
      s.query('select kind, quarter, unread from public.notice_cards'),
    );
    expect(told).toEqual([{ kind: 'round_opened', quarter, unread: true }]);
  });

  it('lists a community its own yards as due or stale, and a grid worker those of the topic asked for', async () => {
    const list = await db.rpc(people.west, 'round_worklist', { topic: `area:${world.west}` });
    expect(list).toMatchObject({ quarter, may: ['draft', 'submit'], totals: { stale: 2, confirmed: 0 } });
    await expectError(
      db.rpc(people.west, 'round_worklist', { topic: `area:${world.east}` }),
      'topic_not_allowed',
      403,
    );
  });

  it('merges two people field by field and shows conflicts', async () => {
    const first = await save(db, people.gridWorker, { households: { value: 40, base: 0 } });
    expect(first).toMatchObject({ state: 'drafted', saved: { households: 1 }, conflicts: [] });
    const other = await save(db, people.west, {
      registered: { value: 80, base: 0 },
      households: { value: 41, base: 0 },
    });
    expect(other.saved).toEqual({ registered: 1 });
    expect(other.conflicts).toMatchObject([{ code: 'households', value: 40, version: 1 }]);
    expect(await save(db, people.west, { households: { value: 40, base: 0 } })).toMatchObject({
      saved: { households: 1 },
      conflicts: [],
    });
    expect(await save(db, people.west, { households: { value: 42, base: 1 } })).toMatchObject({
      saved: { households: 2 },
    });
  });

  it('takes a request that is sent twice once', async () => {
    const request_id = '00000000-0000-4000-8000-0000000000aa';
    const once = await save(db, people.west, { floating: { value: 20, base: 0 } }, { request_id });
    await save(db, people.west, { floating: { value: 21, base: 1 } });
    expect(await save(db, people.west, { floating: { value: 20, base: 0 } }, { request_id })).toEqual(once);
    expect((await fieldsOf(db, people.west)).get('floating')?.draft?.value).toBe(21);
    await save(db, people.west, { floating: { value: 20, base: 2 }, households: { value: 40, base: 2 } });
  });

  it('refuses what a field can not hold, and saves nothing of it', async () => {
    const bad = {
      registered: { value: 81, base: 1 },
      elderly_60: { value: -1 },
      built_year: { value: 1900.5 },
      committee: { value: 'maybe' },
      piped_gas: { value: 'yes' },
      residents: { value: 3 },
      made_up: { value: 1 },
    };
    const refused = await expectError(save(db, people.west, bad), 'value_refused', 422);
    expect(refused).toMatchObject({
      fields: [
        { code: 'built_year', why: 'range' },
        { code: 'committee', why: 'option' },
        { code: 'elderly_60', why: 'range' },
        { code: 'made_up', why: 'unknown' },
        { code: 'piped_gas', why: 'type' },
        { code: 'residents', why: 'derived' },
      ],
    });
    expect((await fieldsOf(db, people.west)).get('registered')?.draft?.value).toBe(80);
  });

  it('is drafted by the yard’s own people only, and submitted by the community', async () => {
    for (const actor of [people.street, people.leader, people.admin, people.works])
      await expectError(save(db, actor, {}), 'round_not_allowed', 403);
    for (const actor of [people.gridWorkerEast, people.east, people.stranger])
      await expectError(save(db, actor, {}), 'courtyard_unknown', 404);
    const { version } = await formOf(db, people.gridWorker);
    await expectError(act(db, people.gridWorker, 'submit_profile', version), 'round_not_allowed', 403);
    await expectError(
      db.rpc(people.west, 'save_draft', { courtyard_id: lane, quarter: '2026Q3', values: {} }),
      'round_closed',
      409,
    );
  });

  it('asks for everything that is due and for sums that hold, before it is submitted', async () => {
    const { version } = await formOf(db, people.west);
    await expectError(act(db, people.west, 'submit_profile', version), 'fields_missing', 422);
    await answerAll(db, people.gridWorker, { ...numbers, elderly_80: 36 });
    const whole = await formOf(db, people.west);
    await expectError(act(db, people.west, 'submit_profile', version), 'stale_version', 409);
    await expectError(act(db, people.west, 'submit_profile', whole.version), 'sums_broken', 422);
    const mended = await save(db, people.west, { elderly_80: { value: 6, base: 1 } });
    const submitted = v.parse(Answer, await act(db, people.west, 'submit_profile', mended.version));
    expect(submitted.state).toBe('submitted');
    await expectError(save(db, people.west, {}), 'profile_submitted', 409);
  });

  it('comes back with a remark and a notice, and is confirmed the second time', async () => {
    const submitted = await formOf(db, people.street);
    await expectError(act(db, people.leader, 'confirm_profile', submitted.version), 'round_not_allowed', 403);
    await act(db, people.street, 'return_profile', submitted.version, { remark: '请核对老人数' });
    expect(await formOf(db, people.west)).toMatchObject({ state: 'drafted', remark: '请核对老人数' });
    const told = await db.as(people.gridWorker, (s) =>
      s.query(`select kind, courtyard from public.notice_cards where kind = 'round_returned'`),
    );
    expect(told).toEqual([{ kind: 'round_returned', courtyard: '小巷院' }]);
    const again = v.parse(
      Answer,
      await act(db, people.west, 'submit_profile', (await formOf(db, people.west)).version),
    );
    const done = v.parse(Answer, await act(db, people.street, 'confirm_profile', again.version));
    expect(done.state).toBe('confirmed');
    expect(await db.value('select count(*)::int from private.drafts')).toBe(0);
  });

  it('becomes the archive, with who verified what, and labels that follow from it', async () => {
    const archive = await db.rpc(people.west, 'courtyard_archive', { courtyard_id: lane });
    expect(JSON.stringify(archive)).toContain('"elderly_share"');
    const facts = await db.rpc(people.west, 'courtyard_facts', { topic: `area:${world.west}` });
    expect(facts).toMatchObject({
      courtyard_id: [1, 2],
      freshness: ['confirmed', 'stale'],
      fields: { elderly_share: [0.35, null], residents: [100, null] },
    });
    const labels = await db.query(
      'select l.code, c.evidence from private.courtyard_labels c join public.labels l on l.id = c.label_id where c.courtyard_id = 1 and c.ended_at is null order by 1',
    );
    expect(labels).toEqual([
      { code: 'elderly_many', evidence: [{ field: 'elderly_share', value: 0.35 }] },
      { code: 'no_hydrant', evidence: [{ resources: ['hydrant'], within: 100, count: 0 }] },
    ]);
  });

  it('asks next quarter only what is due, already filled in, and “nothing changed” is one press a module', async () => {
    db.at('2027-01-04T02:00:00Z');
    await db.query('select private.tick()');
    const fields = await fieldsOf(db, people.gridWorker);
    expect(fields.get('registered')).toMatchObject({ value: 80, due: true });
    expect(fields.get('households')).toMatchObject({ value: 40, due: false });
    const drafted = v.parse(
      Draft,
      await db.rpc(people.gridWorker, 'save_draft', {
        courtyard_id: lane,
        quarter: '2027Q1',
        values: { registered: { value: 82, base: 0 } },
        unchanged: ['population', 'resources', 'bodies', 'services', 'response'],
      }),
    );
    expect(drafted.saved).toMatchObject({ registered: 1, floating: 1, elderly_60: 1 });
    const submitted = v.parse(
      Answer,
      await db.rpc(people.west, 'submit_profile', {
        courtyard_id: lane,
        quarter: '2027Q1',
        version: drafted.version,
      }),
    );
    await db.rpc(people.street, 'confirm_profile', {
      courtyard_id: lane,
      quarter: '2027Q1',
      version: submitted.version,
    });
    const compared = await db.rpc(people.west, 'profile_differences', {
      topic: `area:${world.west}`,
      quarter_a: quarter,
      quarter_b: '2027Q1',
    });
    expect(compared).toMatchObject({
      compared: 1,
      yards: [
        { courtyard_id: 1, changes: expect.arrayContaining([{ code: 'registered', before: 80, after: 82 }]) },
      ],
      sums: expect.arrayContaining([
        { community_id: 2, community: '西社区', code: 'registered', before: 80, after: 82 },
      ]),
    });
    await expectError(
      db.query(`update private.profiles set facts = '{}' where quarter = '2026Q4'`),
      'history_is_final',
      403,
    );
  });

  it('reminds the communities that are behind, and the street once it is late', async () => {
    for (const day of ['2027-02-19', '2027-02-20', '2027-02-26', '2027-03-01']) {
      db.at(`${day}T02:00:00Z`);
      await db.query('select private.tick()');
    }
    const kinds = await db.query(
      `select area_id, kind, count(*)::int as n from public.notices where quarter = '2027Q1' and kind in ('round_due', 'round_late') and area_id in (1, 2) group by 1, 2 order by 1, 2`,
    );
    expect(kinds).toEqual([
      { area_id: 1, kind: 'round_late', n: 1 },
      { area_id: 2, kind: 'round_due', n: 2 },
      { area_id: 2, kind: 'round_late', n: 1 },
    ]);
  });
});
