import { beforeAll, expect, it } from 'vitest';
import * as v from 'valibot';
import { labelsOf, makeArchive } from '../fixtures/archive.ts';
import { makeWorld, world } from '../fixtures/world.ts';
import { eachEngine, expectError } from './harness.ts';

const { people } = world;
const { lane, garden } = world.courtyard;
const Placed = v.object({ id: v.number(), version: v.number() });
const leak = (code: string, n: number) => ({
  code,
  key: `0123456789abcdefghjkmnpq${String(n).padStart(2, '0')}`,
  what: '三楼漏水',
  name: '王秀英',
  address: '1单元',
  category: 'leak',
});

eachEngine('labels', (db) => {
  let code = '';
  beforeAll(async () => {
    ({
      code: { lane: code },
    } = await makeWorld(db));
    await makeArchive(db);
  });

  it('follow from the fields, each with its evidence', async () => {
    expect(await labelsOf(db, people.street)).toEqual([
      'elderly_many',
      'children_many',
      'old_building',
      'no_lift',
      'no_hydrant',
      'no_property',
      'no_committee',
    ]);
    const evidence = await db.value(
      `select c.evidence from private.courtyard_labels c join public.labels l on l.id = c.label_id where l.code = 'no_lift' and c.courtyard_id = $1`,
      [lane],
    );
    expect(evidence).toEqual([
      { field: 'floors', value: 6 },
      { field: 'lifts', value: 0 },
    ]);
  });

  it('keep their day and say what they rest on now, when those of all yards are derived at once', async () => {
    const worn = () =>
      db.query(
        `select c.evidence, c.since from private.courtyard_labels c join public.labels l on l.id = c.label_id where l.code = 'no_lift' and c.courtyard_id = $1 and c.ended_at is null`,
        [lane],
      );
    const [before] = await worn();
    const floors = (count: number) =>
      db.query(
        `update private.archives set facts = facts || jsonb_build_object('floors', $1::int) where courtyard_id = $2`,
        [count, lane],
      );
    const deriveAll = () =>
      db.query(
        `select private.derive(array(select l.id from public.labels l where l.active and l.rule is not null))`,
      );
    await floors(7);
    db.at('2026-10-10T02:00:00Z');
    await deriveAll();
    expect(await worn()).toEqual([
      {
        since: before?.['since'],
        evidence: [
          { field: 'floors', value: 7 },
          { field: 'lifts', value: 0 },
        ],
      },
    ]);
    db.at('2026-10-09T02:00:00Z');
    await floors(6);
    await deriveAll();
  });

  it('that rest on protected fields are seen by the yard’s own community only', async () => {
    expect(await labelsOf(db, people.west)).toEqual(
      expect.arrayContaining(['living_alone', 'care_many', 'children_many']),
    );
    expect(await labelsOf(db, people.works)).not.toContain('children_many');
    expect(await labelsOf(db, people.street)).not.toContain('living_alone');
  });

  it('follow from three leaks in ninety days, and go when these are over', async () => {
    for (const n of [1, 2, 3]) await db.rpc('anon', 'report_issue', leak(code, n));
    await db.query('select private.tick()');
    expect(await labelsOf(db, people.west)).toEqual(expect.arrayContaining(['leaks', 'busy']));
    db.at('2027-01-20T02:00:00Z');
    await db.query('select private.tick()');
    expect(await labelsOf(db, people.west)).not.toContain('leaks');
    db.at('2026-10-09T02:00:00Z');
  });

  it('follow from what lies near, as soon as it is placed, moved or gone', async () => {
    const { lng, lat } = world.places.inLane;
    const place = { courtyard_id: lane, kind: 'hydrant', name: '消火栓', lng, lat };
    const hydrant = v.parse(Placed, await db.rpc(people.gridWorker, 'place_resource', place));
    expect(await labelsOf(db, people.west)).not.toContain('no_hydrant');
    const far = { place: 'resource', id: hydrant.id, version: hydrant.version, lng: lng - 0.003, lat };
    await expectError(db.rpc(people.west, 'move_point', { ...far, lng: lng - 0.02 }), 'point_outside', 422);
    const moved = v.parse(Placed, await db.rpc(people.west, 'move_point', far));
    expect(await labelsOf(db, people.west)).toContain('no_hydrant');
    await expectError(db.rpc(people.west, 'move_point', far), 'stale_version', 409);
    const back = v.parse(
      Placed,
      await db.rpc(people.west, 'move_point', { ...far, lng, version: moved.version }),
    );
    expect(await labelsOf(db, people.west)).not.toContain('no_hydrant');
    await db.rpc(people.west, 'act_on_resource', { id: back.id, action: 'remove', version: back.version });
    expect(await labelsOf(db, people.west)).toContain('no_hydrant');
  });

  it('are previewed without being saved', async () => {
    const rule = { field: 'parking_ratio', is: '<', value: 0.5 };
    expect(await db.rpc(people.admin, 'preview_label_rule', { rule, code: 'parking_tight' })).toEqual({
      hidden: false,
      count: 2,
      gains: [lane, garden],
      loses: [],
    });
    const stricter = {
      all: [{ field: 'floors', is: '>', value: 6 }, { not: { field: 'lifts', is: '>', value: 0 } }],
    };
    expect(
      await db.rpc(people.admin, 'preview_label_rule', { rule: stricter, code: 'no_lift' }),
    ).toMatchObject({ loses: [lane, garden] });
    expect(await labelsOf(db, people.admin)).toContain('no_lift');
    const near = { resources: ['aed'], within: 80, at_most: 0 };
    expect(await db.rpc(people.admin, 'preview_label_rule', { rule: near })).toMatchObject({ count: 2 });
    expect(await db.value(`select count(*)::int from private.near_kinds where kind = 'aed'`)).toBe(0);
    await expectError(db.rpc(people.west, 'preview_label_rule', { rule }), 'admin_only', 403);
  });

  it('say nothing in a preview that the administrator may not see', async () => {
    const rule = { field: 'living_alone', is: '>', value: 0 };
    expect(await db.rpc(people.admin, 'preview_label_rule', { rule })).toEqual({
      hidden: true,
      count: null,
      gains: [],
      loses: [],
    });
  });

  it('are saved by the administrator, with history, and gained at once', async () => {
    const label = {
      code: 'parking_tight',
      group: 'resources',
      name: '车位紧张',
      name_en: 'Short of parking',
      rule: { field: 'parking_ratio', is: '<', value: 0.5 },
    };
    await expectError(db.rpc(people.admin, 'save_label', { label }), 'code_taken', 409);
    await expectError(db.rpc(people.street, 'save_label', { label, version: 1 }), 'admin_only', 403);
    await db.rpc(people.admin, 'save_label', { label, version: 1 });
    expect(await labelsOf(db, people.street)).toContain('parking_tight');
    await expectError(db.rpc(people.admin, 'save_label', { label, version: 1 }), 'stale_setting', 409);
    expect(await db.rpc(people.leader, 'settings_history', { what: 'label' })).toMatchObject([
      { key: 'parking_tight', before: { version: 1 }, after: { version: 2 } },
    ]);
    await db.rpc(people.admin, 'save_label', { label: { ...label, active: false }, version: 2 });
    expect(await labelsOf(db, people.street)).not.toContain('parking_tight');
  });

  it.each([
    { rule: [], why: 'shape' },
    { rule: { field: 'floors; drop table x', is: '=', value: 1 }, why: 'field' },
    { rule: { field: 'floors', is: 'or 1=1 or', value: 1 }, why: 'is' },
    { rule: { field: 'floors', is: '=', value: "1' or '1" }, why: 'value' },
    { rule: { field: 'committee', is: '=', value: 'unheard' }, why: 'value' },
    { rule: { cases: ["x') or ('1"], days: 90, at_least: 1 }, why: 'cases' },
    { rule: { cases: [], days: 90, at_least: 0 }, why: 'count' },
    { rule: { cases: [], days: 9000, at_least: 1 }, why: 'days' },
    { rule: { resources: ['hydrant'], within: 5000, at_most: 0 }, why: 'within' },
    { rule: { all: [] }, why: 'all' },
    {
      rule: { not: { not: { not: { not: { not: { not: { not: { field: 'floors', is: 'known' } } } } } } } },
      why: 'shape',
    },
  ])('refuse a rule that is no rule: $why of $rule', async ({ rule, why }) => {
    expect(
      await expectError(db.rpc(people.admin, 'preview_label_rule', { rule }), 'rule_malformed', 422),
    ).toMatchObject({ why });
  });

  it('are given by hand with a reason, expire, and are taken', async () => {
    const given = { courtyard_id: lane, label: 'model', reason: '年度示范院落', expires_on: '2026-12-01' };
    await expectError(db.rpc(people.gridWorker, 'give_label', given), 'label_not_allowed', 403);
    await expectError(db.rpc(people.east, 'give_label', given), 'courtyard_unknown', 404);
    await expectError(
      db.rpc(people.street, 'give_label', { ...given, label: 'living_alone' }),
      'label_unknown',
      404,
    );
    await db.rpc(people.west, 'give_label', given);
    await expectError(db.rpc(people.west, 'give_label', given), 'label_worn', 409);
    expect(await labelsOf(db, people.works)).toContain('model');
    db.at('2026-12-01T02:00:00Z');
    await db.query('select private.tick()');
    expect(await labelsOf(db, people.works)).not.toContain('model');
    await db.rpc(people.street, 'give_label', { courtyard_id: lane, label: 'model', reason: '再次评选' });
    await db.rpc(people.west, 'take_label', { courtyard_id: lane, label: 'model', reason: '评选有误' });
    expect(await labelsOf(db, people.works)).not.toContain('model');
    await expectError(
      db.rpc(people.west, 'take_label', { courtyard_id: lane, label: 'no_lift', reason: '装了' }),
      'label_derived',
      409,
    );
  });
});
