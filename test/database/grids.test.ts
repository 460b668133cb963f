import { beforeAll, describe, expect, it } from 'vitest';
import { bowTie, box } from '../fixtures/drawn.ts';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectError } from './harness.ts';

eachEngine('redrawing grids', (db) => {
  let world: World;
  let issue: { id: number };
  beforeAll(async () => {
    world = await makeWorld(db);
    issue = await newIssue(db, world);
    await act(db, people.gridWorker, issue, 'accept');
  });

  const versionOf = (id: number) => db.value('select version from public.areas where id = $1', [id]);
  const save = async (who: { id: string }, over: Record<string, unknown> = {}) =>
    db.rpc(who, 'save_area_boundary', {
      area_id: world.grid.w2,
      boundary: box(104.0505, 30.66, 104.06, 30.67),
      version: await versionOf(world.grid.w2),
      ...over,
    });
  const gridOf = (courtyard: number) =>
    db.value('select grid_id from public.courtyards where id = $1', [courtyard]);
  const boundaries = () =>
    db.query('select id, version, extensions.st_astext(boundary) as boundary from public.areas order by id');

  it('is for the administrator and the command staff', async () => {
    const before = await boundaries();
    for (const who of [people.gridWorker, people.west, people.leader, people.works])
      await expectError(save(who), 'drawing_not_allowed', 403);
    await expectError(save(people.stranger), 'area_unknown', 404);
    await expectError(save(people.street, { area_id: world.west }), 'area_unknown', 404);
    expect(await boundaries()).toEqual(before);
  });

  it('says what it would do and does nothing in a dry run', async () => {
    const before = await boundaries();
    expect(await save(people.street, { dry_run: true })).toMatchObject({
      written: false,
      trimmed: [{ id: world.grid.w1, name: '西一网格' }],
      moved: [{ id: world.courtyard.lane, from: '西一网格', to: '西二网格' }],
    });
    expect(await boundaries()).toEqual(before);
    expect(await gridOf(world.courtyard.lane)).toBe(world.grid.w1);
    expect(await db.value('select count(*)::integer from private.area_history')).toBe(0);
  });

  it.each([
    ['crosses itself', bowTie, 'outline_crosses', 422],
    ['lies outside its community', box(104.062, 30.661, 104.068, 30.669), 'outline_outside', 422],
    ['is drawn around nothing', box(104.0581, 30.6601, 104.0599, 30.6639), 'area_empty', 422],
    ['leaves its neighbour no ground', box(104.05, 30.66, 104.06, 30.67), 'grid_swallowed', 409],
  ])('is refused when the boundary %s', async (_, boundary, code, status) => {
    const before = await boundaries();
    await expectError(save(people.street, { boundary }), code, status);
    expect(await boundaries()).toEqual(before);
  });

  describe('done', () => {
    it('its neighbour gives way, and the yards and their open issues go where they now lie', async () => {
      await save(people.street);
      expect(await gridOf(world.courtyard.lane)).toBe(world.grid.w2);
      const [moved] = await db.query('select grid_id, holder_area_id from public.issues where id = $1', [
        issue.id,
      ]);
      expect(moved).toEqual({ grid_id: world.grid.w2, holder_area_id: world.grid.w2 });
      expect(await faultsOf(db, [issue.id])).toEqual([]);
      const common = await db.value(
        `select private.common_ground(a.boundary, b.boundary) from public.areas a, public.areas b where a.id = 4 and b.id = 5`,
      );
      expect(common).toBe(0);
      expect(await db.value('select count(*)::integer from private.area_history')).toBe(2);
    });

    it('the worker of the old grid no longer sees the issue, and is told', async () => {
      expect(
        await db.rpc(people.gridWorker, 'changes_since', { topic: `area:${world.grid.w1}`, seq: 0 }),
      ).toMatchObject({ complete: false });
      await expectError(
        db.rpc(people.gridWorker, 'issue_detail', { issue_id: issue.id }),
        'issue_unknown',
        404,
      );
    });

    it('on another version is refused', async () => {
      await expectError(save(people.admin, { version: 1 }), 'stale_area', 409);
    });

    it('yards move to a grid by hand, all or none', async () => {
      const { lane, gate } = world.courtyard;
      const version = async (id: number) =>
        Number(await db.value('select version from public.courtyards where id = $1', [id]));
      const versions = [await version(lane), await version(gate)];
      const move = (over: object) =>
        db.rpc(people.street, 'move_courtyards', {
          courtyards: [lane, gate],
          versions,
          grid_id: world.grid.e1,
          ...over,
        });
      await expectError(move({ versions: [versions[0], 99] }), 'stale_courtyard', 409);
      await expectError(move({ grid_id: world.west }), 'grid_unknown', 422);
      expect([await gridOf(lane), await gridOf(gate)]).toEqual([world.grid.w2, world.grid.w2]);
      expect(await move({})).toEqual({ moved: [lane, gate], grid: '东一网格' });
      const [there] = await db.query(
        'select i.community_id, i.holder_area_id, s.community_id as counted from public.issues i join public.issue_steps s on s.issue_id = i.id and s.ended_at is null where i.id = $1',
        [issue.id],
      );
      expect(there).toEqual({
        community_id: world.east,
        holder_area_id: world.grid.e1,
        counted: world.east,
      });
      expect(await faultsOf(db, [issue.id])).toEqual([]);
    });
  });
});
