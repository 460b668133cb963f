import { beforeAll, expect, it } from 'vitest';
import * as v from 'valibot';
import { labelsOf, makeArchive } from '../fixtures/archive.ts';
import { makeWorld, world } from '../fixtures/world.ts';
import { eachEngine, expectError, type Actor } from './harness.ts';

const { people } = world;
const { lane, garden } = world.courtyard;
const Made = v.object({ id: v.number() });
const Seen = v.object({
  households: v.number(),
  visits: v.array(v.object({ id: v.number(), kind: v.string(), households: v.number(), by: v.string() })),
});
const today = '2026-10-09';

eachEngine('visits', (db) => {
  beforeAll(async () => {
    await makeWorld(db);
    await makeArchive(db);
  });

  const record = async (actor: Actor, facts: Record<string, unknown> = {}) =>
    v.parse(
      Made,
      await db.rpc(actor, 'record_visit', {
        courtyard_id: lane,
        kind: 'household',
        households: 12,
        visited_on: today,
        ...facts,
      }),
    );
  const seen = async (actor: Actor, courtyard_id = lane) =>
    v.parse(Seen, await db.rpc(actor, 'courtyard_visits', { courtyard_id }));
  const save = (code: string, rule: unknown) =>
    db.rpc(people.admin, 'save_label', {
      label: { code, group: 'service', name: '走访标签', name_en: 'Visits', rule },
    });

  it('are counted for the yard by whoever tends it, once however often they are sent', async () => {
    const request_id = '00000000-0000-4000-8000-0000000000a1';
    const first = await record(people.gridWorker, { request_id });
    expect(await record(people.gridWorker, { request_id })).toEqual(first);
    await record(people.west, { households: 3, visited_on: '2026-09-20' });
    expect(await seen(people.street)).toMatchObject({
      // the one of September was in the quarter before
      households: 12,
      visits: [
        { households: 12, by: '网格员甲' },
        { households: 3, by: '西社区员' },
      ],
    });
    expect(await seen(people.street, garden)).toEqual({ households: 0, visits: [] });
  });

  it.each([
    [people.gridWorkerEast, {}, 'courtyard_unknown', 404],
    [people.works, {}, 'place_not_allowed', 403],
    [people.leader, {}, 'place_not_allowed', 403],
    [people.street, { kind: 'care' }, 'place_not_allowed', 403],
    [people.stranger, {}, 'courtyard_unknown', 404],
    [people.gridWorker, { kind: 'check_in' }, 'field_malformed', 422],
    [people.gridWorker, { households: 0 }, 'field_malformed', 422],
    [people.gridWorker, { households: null }, 'field_malformed', 422],
    [people.gridWorker, { visited_on: '2026-10-10' }, 'field_malformed', 422],
    [people.gridWorker, { visited_on: '2026-07-01' }, 'field_malformed', 422],
  ] as const)('refuses %j with %j as %s', async (actor, facts, code, status) => {
    const before = await db.value('select count(*)::int from public.visits');
    await expectError(record(actor, facts), code, status);
    expect(await db.value('select count(*)::int from public.visits')).toBe(before);
  });

  it('to key persons are seen by the yard’s own community only, whatever is asked', async () => {
    const { id } = await record(people.gridWorker, { kind: 'care', households: 77 });
    for (const actor of [people.west, people.gridWorker])
      expect(JSON.stringify(await seen(actor))).toContain('77');
    for (const actor of [people.street, people.leader, people.admin, people.works, people.east]) {
      expect(JSON.stringify(await seen(actor))).not.toContain('77');
      for (const sql of [
        `select coalesce(jsonb_agg(v), '[]') from public.visits v where v.kind = 'care'`,
        `select coalesce(jsonb_agg(v.id order by v.households), '[]') from public.visits v where v.households > 70`,
      ])
        expect(
          await db.as(actor, async (session) => Object.values((await session.query(sql))[0] ?? {})[0]),
        ).toEqual([]);
      await expectError(db.rpc(actor, 'take_back_visit', { id }), 'visit_unknown', 404);
    }
  });

  it('recorded by mistake are taken back, and stay as they were for the history', async () => {
    const { id } = await record(people.gridWorker, { households: 400 });
    await expectError(db.rpc(people.works, 'take_back_visit', { id }), 'place_not_allowed', 403);
    await db.rpc(people.west, 'take_back_visit', { id });
    expect(await seen(people.street)).toMatchObject({ households: 12 });
    expect(await db.value('select households from public.visits where id = $1', [id])).toBe(400);
    expect(
      await db.value(
        `select array_agg(e.action order by e.id) from private.archive_events e where e.subject = 'visit' and e.key = $1`,
        [String(id)],
      ),
    ).toEqual(['recorded', 'taken_back']);
  });

  it('give and take labels: so many in so many days, or none for so long', async () => {
    await save('visited_often', { visits: ['household'], days: 30, at_least: 2 });
    await save('visited_never', { visits: ['household'], days: 10, at_most: 0 });
    expect(await labelsOf(db, people.street)).toContain('visited_often');
    expect(await labelsOf(db, people.street)).not.toContain('visited_never');
    expect(await labelsOf(db, people.street, garden)).toContain('visited_never');
    const { id } = await record(people.east, { courtyard_id: garden, visited_on: '2026-09-30' });
    expect(await labelsOf(db, people.street, garden)).not.toContain('visited_never');
    await db.rpc(people.east, 'take_back_visit', { id });
    expect(await labelsOf(db, people.street, garden)).toContain('visited_never');
    expect(
      await db.value(
        `select c.evidence from private.courtyard_labels c join public.labels l on l.id = c.label_id where l.code = 'visited_often' and c.courtyard_id = $1 and c.ended_at is null`,
        [lane],
      ),
    ).toEqual([{ visits: ['household'], days: 30, count: 2 }]);
  });

  it('age by themselves: ten days after the last one the label comes', async () => {
    db.at('2026-10-18T02:00:00Z');
    await db.query('select private.tick()');
    expect(await labelsOf(db, people.street)).not.toContain('visited_never');
    db.at('2026-10-19T02:00:00Z');
    await db.query('select private.tick()');
    expect(await labelsOf(db, people.street)).toContain('visited_never');
    db.at('2026-10-09T02:00:00Z');
  });

  it.each([{ visits: ['care'] }, { visits: [] }])(
    'of key persons say nothing in a label or a preview: %j',
    async (which) => {
      const rule = { ...which, days: 30, at_least: 1 };
      const code = `cared_${which.visits.length}`;
      expect(await db.rpc(people.admin, 'preview_label_rule', { rule })).toMatchObject({ hidden: true });
      await save(code, rule);
      expect(await labelsOf(db, people.west)).toContain(code);
      for (const actor of [people.street, people.admin, people.works])
        expect(await labelsOf(db, actor)).not.toContain(code);
    },
  );

  it.each([{ visits: ['x'] }, { visits: ['household'], days: 0 }, { visits: 'household' }])(
    'refuses the rule %j',
    async (part) => {
      const rule = { days: 30, at_least: 1, ...part };
      await expectError(db.rpc(people.admin, 'preview_label_rule', { rule }), 'rule_malformed', 422);
    },
  );

  it('are no check-in: a day and a number of homes, neither hour nor place nor whose', async () => {
    expect(
      await db.value(
        `select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = 'public.visits'::regclass and a.attnum > 0`,
      ),
    ).toEqual([
      'id',
      'courtyard_id',
      'community_id',
      'kind',
      'visited_on',
      'households',
      'person_id',
      'recorded_at',
      'taken_back_at',
    ]);
  });
});
