import { beforeAll, expect, it } from 'vitest';
import * as v from 'valibot';
import { labelsOf, makeArchive } from '../fixtures/archive.ts';
import { makeWorld, world } from '../fixtures/world.ts';
import { type Actor, eachEngine, expectError } from './harness.ts';

const { people } = world;
const { lane } = world.courtyard;
const Placed = v.object({ id: v.number(), version: v.number() });
const Reported = v.object({ ...Placed.entries, issue_id: v.number(), number: v.string() });
const found = {
  courtyard_id: lane,
  kind: 'ebike_stairwell',
  what: '一楼楼道充电',
  level: 3,
  ...world.places.inLane,
  due_on: '2026-10-20',
};

eachEngine('resources and hazards', (db) => {
  beforeAll(async () => {
    await makeWorld(db);
    await makeArchive(db);
  });

  it('are placed by who tends the yard, once a request', async () => {
    const request_id = '00000000-0000-4000-8000-0000000000bb';
    const once = await db.rpc(people.gridWorker, 'place_hazard', { ...found, request_id });
    expect(await db.rpc(people.gridWorker, 'place_hazard', { ...found, request_id })).toEqual(once);
    for (const actor of [people.leader, people.works, people.admin])
      await expectError(db.rpc(actor, 'place_hazard', found), 'place_not_allowed', 403);
    await expectError(db.rpc(people.east, 'place_hazard', found), 'courtyard_unknown', 404);
    await expectError(
      db.rpc(people.west, 'place_hazard', { ...found, kind: 'hydrant' }),
      'field_malformed',
      422,
    );
    await expectError(db.rpc(people.west, 'place_hazard', { ...found, level: 4 }), 'field_malformed', 422);
    expect(await labelsOf(db, people.west)).toEqual(expect.arrayContaining(['ebikes', 'severe_hazard']));
  });

  it('become an issue in one press, and close with it', async () => {
    const hazard = { id: 1, version: 1 };
    const made = v.parse(
      Reported,
      await db.rpc(people.gridWorker, 'act_on_hazard', { ...hazard, action: 'report' }),
    );
    const issue = await db.query(
      'select category, what, courtyard_id, holder_level from public.issues where id = $1',
      [made.issue_id],
    );
    expect(issue).toEqual([
      { category: 'ebike', what: '一楼楼道充电', courtyard_id: lane, holder_level: 'community' },
    ]);
    await expectError(
      db.rpc(people.west, 'act_on_hazard', { id: 1, version: made.version, action: 'mended' }),
      'hazard_in_issue',
      409,
    );
    expect(await db.rpc(people.west, 'issue_detail', { issue_id: made.issue_id })).toMatchObject({
      reporter: { name: expect.any(String) },
    });
    const act = async (action: string, payload: object) => {
      const version = await db.value('select version from public.issues where id = $1', [made.issue_id]);
      await db.rpc(people.west, 'act_on_issue', { issue_id: made.issue_id, action, version, payload });
    };
    await act('accept', {});
    await act('resolve', { done: '已劝导，移到充电棚' });
    db.at('2026-10-25T02:00:00Z');
    await db.query('select private.tick()');
    const state = () =>
      db.query(
        'select i.state, h.state as hazard from public.issues i join public.hazards h on h.issue_id = i.id',
      );
    const resolved = await state();
    if (resolved[0]?.['state'] === 'resolved')
      await db.query(`update public.issues set state = 'closed', step = null, due_at = null, warn_at = null`);
    expect(await state()).toEqual([{ state: 'closed', hazard: 'mended' }]);
    await db.query('select private.tick()');
    expect(await labelsOf(db, people.west)).not.toContain('severe_hazard');
    expect(await db.rpc(people.west, 'place_story', { place: 'hazard', id: 1 })).toMatchObject({
      events: [{ action: 'placed' }, { action: 'report' }, { action: 'closed_with_issue' }],
    });
    db.at('2026-10-09T02:00:00Z');
  });

  it('tell the grid when they have to be looked at, and the community when they are late', async () => {
    await db.rpc(people.west, 'place_hazard', { ...found, kind: 'wiring', level: 2 });
    db.at('2026-11-10T02:00:00Z');
    await db.query('select private.tick()');
    await db.query('select private.tick()');
    const kinds = (actor: Actor) =>
      db.as(actor, (s) =>
        s.query(
          `select kind from public.notice_cards where kind like 'hazard%' and at = private.now() order by kind`,
        ),
      );
    expect(await kinds(people.gridWorker)).toEqual([{ kind: 'hazard_due' }, { kind: 'hazard_late' }]);
    expect(await kinds(people.west)).toEqual([{ kind: 'hazard_late' }]);
    expect(await labelsOf(db, people.west)).toContain('hazard_late');
    db.at('2026-10-09T02:00:00Z');
  });

  it('idle ones are offered, claimed with a promise, and delivered', async () => {
    const room = v.parse(
      Placed,
      await db.rpc(people.west, 'place_resource', {
        courtyard_id: lane,
        kind: 'idle_room',
        name: '门卫旁空房',
        ...world.places.inLane,
      }),
    );
    const offer = v.parse(
      Placed,
      await db.rpc(people.west, 'make_offer', {
        courtyard_id: lane,
        title: '空房找用处',
        resource_id: room.id,
      }),
    );
    const claim = {
      organisation: '蓝天公益',
      promise: '每周开放三次，教老人用手机',
      promised_on: '2026-12-31',
    };
    await expectError(
      db.rpc(people.west, 'act_on_offer', {
        ...offer,
        action: 'claim',
        payload: { organisation: '蓝天公益' },
      }),
      'field_missing',
      422,
    );
    const claimed = v.parse(
      Placed,
      await db.rpc(people.west, 'act_on_offer', { ...offer, action: 'claim', payload: claim }),
    );
    const stateOf = () => db.value('select state from public.resources where id = $1', [room.id]);
    expect(await stateOf()).toBe('claimed');
    await expectError(
      db.rpc(people.west, 'act_on_resource', { id: room.id, version: 3, action: 'remove' }),
      'resource_offered',
      409,
    );
    const open = {
      id: claimed.id,
      version: claimed.version,
      action: 'deliver',
      payload: { delivery: '已开课八次' },
    };
    await expectError(db.rpc(people.east, 'act_on_offer', open), 'courtyard_unknown', 404);
    expect(await db.rpc(people.west, 'act_on_offer', open)).toMatchObject({ state: 'delivered' });
    expect(await stateOf()).toBe('in_use');
  });

  it('are read by who looks after the yard', async () => {
    const seen = (actor: Actor) =>
      db.as(actor, (s) => s.query('select count(*)::int as n from public.hazards'));
    expect(await seen(people.works)).toEqual([{ n: 2 }]);
    expect(await seen(people.east)).toEqual([{ n: 0 }]);
    expect(await seen(people.stranger)).toEqual([{ n: 0 }]);
  });
});

eachEngine('who looks after a yard', (db) => {
  let code = '';
  beforeAll(async () => {
    ({
      code: { lane: code },
    } = await makeWorld(db));
    await makeArchive(db);
  });

  it('is kept by the community and shown to residents as it wants', async () => {
    await db.rpc(people.west, 'set_yard_worker', {
      courtyard_id: lane,
      name: '何桂芳',
      phone: '13900011122',
      shown: 'name',
    });
    await expectError(
      db.rpc(people.east, 'set_yard_worker', { courtyard_id: lane, name: '别人' }),
      'courtyard_unknown',
      404,
    );
    await expectError(
      db.rpc(people.works, 'set_yard_worker', { courtyard_id: lane, name: '别人' }),
      'worker_not_allowed',
      403,
    );
    expect(await db.rpc(people.west, 'yard_workers', { topic: `area:${world.grid.w1}` })).toEqual([
      {
        courtyard_id: lane,
        role: 'grid_worker',
        person_id: people.gridWorker.id,
        name: '网格员甲',
        phone_masked: null,
        shown: 'name',
      },
      {
        courtyard_id: lane,
        role: 'microgrid_worker',
        person_id: null,
        name: '何桂芳',
        phone_masked: '139****1122',
        shown: 'name',
      },
    ]);
    const shown = () =>
      db.value('select private.shown_workers(c) from public.courtyards c where c.id = $1', [lane]);
    expect(await shown()).toEqual([
      { role: 'grid_worker', name: '网格员甲', phone: null },
      { role: 'microgrid_worker', name: '何桂芳', phone: null },
    ]);
    const onPage = async () => Object(await db.rpc('anon', 'open_courtyard', { code })).board.workers;
    expect(await onPage()).toEqual([
      ['网格员甲', null],
      ['何桂芳', null],
    ]);
    const phoned = { grid_id: world.grid.w1, shown: 'name_phone', phone: '028-86001234' };
    await db.rpc(people.admin, 'show_grid_worker', phoned);
    expect(await onPage()).toContainEqual(['网格员甲', '028-86001234']);
    expect(await db.rpc(people.admin, 'list_shown_workers')).toContainEqual({
      ...phoned,
      grid: expect.any(String),
      community: expect.any(String),
      workers: ['网格员甲'],
    });
    expect(await db.rpc(people.east, 'list_shown_workers')).not.toContainEqual(
      expect.objectContaining({ grid_id: world.grid.w1 }),
    );
    await expectError(db.rpc(people.works, 'list_shown_workers'), 'admin_only', 403);
    await db.rpc(people.west, 'show_grid_worker', { grid_id: world.grid.w1, shown: 'none' });
    expect(await shown()).toHaveLength(1);
    expect(await onPage()).toEqual([['何桂芳', null]]);
  });

  it('is handed over in one step, and nothing is orphaned', async () => {
    const move = { from_person: people.gridWorker.id, to_person: people.gridWorkerEast.id };
    await expectError(db.rpc(people.west, 'hand_over', move), 'admin_only', 403);
    await expectError(
      db.rpc(people.admin, 'hand_over', { ...move, to_person: people.stranger.id }),
      'person_unknown',
      422,
    );
    expect(await db.rpc(people.admin, 'hand_over', move)).toEqual({
      grids: [world.grid.w1],
      yards: 1,
      left: true,
    });
    expect(
      await db.query('select area_id from public.memberships where person_id = $1 order by 1', [
        people.gridWorkerEast.id,
      ]),
    ).toEqual([{ area_id: 4 }, { area_id: 6 }]);
    await expectError(
      db.rpc(people.gridWorker, 'round_form', { courtyard_id: lane }),
      'courtyard_unknown',
      404,
    );
    expect(await db.rpc(people.gridWorkerEast, 'round_form', { courtyard_id: lane })).toMatchObject({
      may: ['draft'],
    });
  });
});
