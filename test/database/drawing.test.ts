import { beforeAll, describe, expect, it } from 'vitest';
import { bowTie, box } from '../fixtures/drawn.ts';
import { makeWorld, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectError } from './harness.ts';

eachEngine('drawing courtyards', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
  });

  const free = box(104.0511, 30.661, 104.0519, 30.662);
  const add = (who: { id: string }, over: Record<string, unknown> = {}) =>
    db.rpc(who, 'add_courtyard', { name: '新院', address: '新街1号', outline: free, ...over });
  const count = () => db.value('select count(*)::integer from public.courtyards');
  const versionOf = (id: number) => db.value('select version from public.courtyards where id = $1', [id]);

  describe('may be done', () => {
    it.each(['gridWorker', 'west', 'leader', 'works'] as const)('not by %s', async (who) => {
      const before = await count();
      await expectError(add(people[who]), 'drawing_not_allowed', 403);
      await expectError(
        db.rpc(people[who], 'save_courtyard_outline', { courtyard_id: 1, outline: free, version: 1 }),
        'drawing_not_allowed',
        403,
      );
      expect(await count()).toBe(before);
    });

    it('not in another street', async () => {
      await expectError(
        db.rpc(people.stranger, 'save_courtyard_outline', { courtyard_id: 1, outline: free, version: 1 }),
        'courtyard_unknown',
        404,
      );
      await expectError(add(people.stranger), 'outline_outside', 422);
    });

    it('by the command staff: the yard joins the grid it lies in and has a code for its wall', async () => {
      const made = await add(people.street);
      expect(made).toMatchObject({
        name: '新院',
        grid_id: world.grid.w1,
        community_id: world.west,
        version: 1,
        grid_there: null,
      });
      const { id } = made as { id: number };
      expect(
        await db.value('select count(*)::integer from public.courtyard_codes where courtyard_id = $1', [id]),
      ).toBe(1);
      expect(await db.rpc(people.west, 'courtyard_story', { courtyard_id: id })).toMatchObject({
        history: [{ action: 'added', by: '街道员', before: null }],
      });
    });
  });

  describe('is refused', () => {
    it('an outline that crosses itself, with where it does', async () => {
      const before = await count();
      const detail = await expectError(
        add(people.admin, { address: '蝴蝶1号', outline: bowTie }),
        'outline_crosses',
        422,
      );
      expect(detail).toMatchObject({ at: [104.0515, 30.6615] });
      expect(await count()).toBe(before);
    });

    it('crossing outlines time and again, without the database going down', async () => {
      for (let n = 0; n < 4; n += 1)
        await expectError(
          add(people.admin, { address: `蝴蝶${n}号`, outline: bowTie }),
          'outline_crosses',
          422,
        );
      expect(await db.value('select 1')).toBe(1);
    });

    it.each([
      ['a line there and back', [[104.051, 30.661], [104.052, 30.661], [104.051, 30.661], [104.051, 30.661]], 'outline_empty'], // prettier-ignore
      ['one place', [[104.051, 30.661], [104.051, 30.661], [104.051, 30.661], [104.051, 30.661]], 'outline_empty'], // prettier-ignore
      ['a palm of ground', box(104.051, 30.661, 104.051001, 30.661001).coordinates[0], 'outline_empty'],
      ['two corners', [[104.051, 30.661], [104.052, 30.661]], 'outline_malformed'], // prettier-ignore
      ['an open ring', [[104.051, 30.661], [104.052, 30.661], [104.052, 30.662], [104.051, 30.662]], 'outline_malformed'], // prettier-ignore
      ['a ring of words', 'ring', 'outline_malformed'],
      ['a place off the earth', box(1e9, 30, 1e9 + 1, 31).coordinates[0], 'outline_malformed'],
    ])('%s', async (_, ring, code) => {
      const outline = { type: 'Polygon', coordinates: [ring] };
      await expectError(add(people.admin, { address: '空1号', outline }), code, 422);
    });

    it('a line, a point, nothing', async () => {
      for (const outline of [null, {}, { type: 'Point', coordinates: [104.05, 30.66] }, []])
        await expectError(add(people.admin, { address: '空2号', outline }), 'outline_malformed', 422);
    });

    it('ground of a neighbour, by name', async () => {
      const outline = box(104.0525, 30.6645, 104.0535, 30.6655);
      const detail = await expectError(
        add(people.admin, { address: '叠1号', outline }),
        'outline_overlaps',
        409,
      );
      expect(detail).toMatchObject({ courtyards: [{ id: world.courtyard.lane, name: '小巷院' }] });
    });

    it('an address another yard has', async () => {
      const outline = box(104.0511, 30.6625, 104.0519, 30.663);
      await expectError(add(people.admin, { address: '小巷1号', outline }), 'address_taken', 409);
    });

    it('a grid of another street', async () => {
      const outline = box(104.0511, 30.6625, 104.0519, 30.663);
      await expectError(add(people.admin, { address: '格1号', outline, grid_id: 13 }), 'grid_unknown', 422);
    });
  });

  describe('an outline anew', () => {
    const wider = box(104.051, 30.664, 104.0535, 30.666);

    it('is saved on the version it was decided on, and no other', async () => {
      const { lane } = world.courtyard;
      const version = await versionOf(lane);
      const saved = await db.rpc(people.street, 'save_courtyard_outline', {
        courtyard_id: lane,
        outline: wider,
        version,
      });
      expect(saved).toMatchObject({ id: lane, version: Number(version) + 1 });
      const detail = await expectError(
        db.rpc(people.admin, 'save_courtyard_outline', { courtyard_id: lane, outline: wider, version }),
        'stale_courtyard',
        409,
      );
      expect(detail).toMatchObject({
        version: Number(version) + 1,
        last: { action: 'redrawn', by: '街道员' },
      });
    });

    it('keeps the outline before it', async () => {
      const story = await db.rpc(people.west, 'courtyard_story', { courtyard_id: world.courtyard.lane });
      expect(story).toMatchObject({
        history: [{ action: 'redrawn', outline: { type: 'MultiPolygon' }, before: { name: '小巷院' } }],
      });
    });

    it('may touch its neighbour along a side', async () => {
      const outline = box(104.0535, 30.664, 104.0545, 30.666);
      expect(await add(people.admin, { address: '邻1号', outline })).toMatchObject({ name: '新院' });
    });

    it('says so when its middle now lies in another grid', async () => {
      const { gate } = world.courtyard;
      const saved = await db.rpc(people.admin, 'save_courtyard_outline', {
        courtyard_id: gate,
        outline: box(104.061, 30.664, 104.063, 30.666),
        version: await versionOf(gate),
      });
      expect(saved).toMatchObject({ grid_id: world.grid.w2, grid_there: { id: world.grid.e1 } });
    });

    it('tells every open map of its street, and nobody elsewhere', async () => {
      const topics = await db.query(
        `select topic, count(*)::integer as times from private.feed_changes where issue_id is null group by 1 order by 1`,
      );
      const named = topics.map(({ topic }) => topic);
      expect(named).toContain(`area:${world.street}`);
      expect(named).toContain(`area:${world.grid.w1}`);
      expect(named).toContain(`department:${world.department.works}`);
      expect(named).not.toContain(`area:${world.otherStreet}`);
      expect(await db.rpc(people.street, 'changes_since', { topic: 'area:1', seq: 0 })).toMatchObject({
        complete: false,
      });
      const told = await db.value(
        `select count(*)::integer from realtime.messages where event = 'ground' and topic = 'area:1'`,
      );
      expect(told).toBeGreaterThan(0);
    });
  });

  it('nobody writes its history or the exports by hand', async () => {
    await expectError(db.query('delete from private.courtyard_history'), 'history_is_final', 403);
    await expectError(db.query(`update private.area_history set at = now()`), 'history_is_final', 403).catch(
      async () => expect(await db.value('select count(*)::integer from private.area_history')).toBe(0),
    );
  });
});
