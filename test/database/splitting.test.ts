import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { box } from '../fixtures/drawn.ts';
import { act, makeWorld, newIssue, newKey, people, report, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectError } from './harness.ts';

type Drawn = {
  ended: number[];
  heir: number;
  followed: object;
  courtyards: { id: number; name: string; area_m2: number }[];
};

/** The yard `lane`, cut by a line from north to south. */
const halves = (at: number, south = 30.664, north = 30.666) => [
  { name: '小巷西院', address: '小巷1号', outline: box(104.051, south, at, north) },
  { name: '小巷东院', address: '小巷1号附1号', outline: box(at, south, 104.053, north) },
];

eachEngine('splitting and merging yards', (db) => {
  let world: World;
  let west: { id: number };
  let east: { id: number };
  beforeAll(async () => {
    world = await makeWorld(db);
    west = await newIssue(db, world, { lng: 104.0512, lat: 30.665 });
    east = await newIssue(db, world, { lng: 104.0528, lat: 30.665 });
    await act(db, people.gridWorker, west, 'accept');
  });

  const versionOf = async (id: number) =>
    Number(await db.value('select version from public.courtyards where id = $1', [id]));
  const split = async (id: number, parts: unknown, who: { id: string } = people.street) =>
    (await db.rpc(who, 'split_courtyard', {
      courtyard_id: id,
      parts,
      version: await versionOf(id),
    })) as Drawn;
  const merge = async (ids: number[], over: Record<string, unknown> = {}) =>
    (await db.rpc(people.street, 'merge_courtyards', {
      courtyards: ids,
      versions: await Promise.all(ids.map(versionOf)),
      name: '合院',
      address: '合街1号',
      ...over,
    })) as Drawn;
  const yardOf = (issue: { id: number }) =>
    db.value(
      'select c.name from public.issues i join public.courtyards c on c.id = i.courtyard_id where i.id = $1',
      [issue.id],
    );
  const living = () =>
    db.query('select id, name from public.courtyards where street_id = 1 and ended_at is null order by id');

  describe('a split', () => {
    it('is refused whole when the parts are not the yard', async () => {
      const before = await living();
      const lane = world.courtyard.lane;
      const [left, right] = halves(104.052);
      const less = { ...right, outline: box(104.0522, 30.664, 104.053, 30.666) };
      const more = { ...right, outline: box(104.052, 30.664, 104.0532, 30.666) };
      const twice = { ...right, outline: box(104.0518, 30.664, 104.053, 30.666) };
      await expectError(split(lane, [left, less]), 'parts_uncovered', 422);
      await expectError(split(lane, [left, more]), 'parts_uncovered', 422);
      await expectError(split(lane, [left, twice]), 'parts_overlap', 422);
      await expectError(split(lane, [left]), 'parts_malformed', 422);
      await expectError(split(lane, 'parts'), 'parts_malformed', 422);
      await expectError(split(lane, [left, { ...right, address: left?.address }]), 'address_taken', 409);
      await expectError(split(lane, [left, { ...right, address: '城门街2号' }]), 'address_taken', 409);
      await expectError(split(lane, [left, { ...right, name: ' ' }]), 'field_missing', 422);
      expect(await living()).toEqual(before);
    });

    it('is not for a grid worker', async () => {
      await expectError(
        split(world.courtyard.lane, halves(104.052), people.gridWorker),
        'drawing_not_allowed',
        403,
      );
    });

    it('ends the yard, and each issue goes to the part its pin lies in', async () => {
      const lane = world.courtyard.lane;
      const done = await split(lane, halves(104.0521));
      expect(done).toMatchObject({ ended: [lane], followed: { issues: 2, codes: 1 } });
      expect([await yardOf(west), await yardOf(east)]).toEqual(['小巷西院', '小巷东院']);
      expect((await living()).map(({ name }) => name)).not.toContain('小巷院');
      expect(await faultsOf(db, [west.id, east.id])).toEqual([]);
    });

    it('hands the code on the wall to the part the name stood in, where residents report on', async () => {
      const opened = await db.rpc('anon', 'open_courtyard', { code: world.code.lane });
      expect(opened).toMatchObject({ courtyard: { name: '小巷西院' } });
      await db.rpc('anon', 'report_issue', report(world));
      expect(
        await db.value(`select count(*)::integer from public.courtyard_codes where courtyard_id = $1`, [
          await db.value(`select id from public.courtyards where name = '小巷西院'`),
        ]),
      ).toBe(1);
    });

    it('sends what an office reports for someone to the part that stands for the yard now', async () => {
      const { issue_id: id } = (await db.rpc(people.west, 'report_on_behalf', {
        courtyard_id: world.courtyard.lane,
        key: newKey(),
        what: '厨房漏水',
        name: '王小明',
        address: '3单元501',
        channel: 'counter',
        category: 'leak',
      })) as { issue_id: number };
      expect(await yardOf({ id })).toBe('小巷西院');
    });

    it('tells what became of the yard, to those who see it', async () => {
      const story = await db.rpc(people.west, 'courtyard_story', { courtyard_id: world.courtyard.lane });
      expect(story).toMatchObject({
        name: '小巷院',
        came_from: [],
        went_to: [
          { name: '小巷西院', heir: true },
          { name: '小巷东院', heir: false },
        ],
        history: [{ action: 'split', by: '街道员', before: { address: '小巷1号' } }],
      });
      await expectError(
        db.rpc(people.east, 'courtyard_story', { courtyard_id: world.courtyard.lane }),
        'courtyard_unknown',
        404,
      );
    });

    it('leaves nothing to draw, move or import on the yard that ended', async () => {
      const lane = world.courtyard.lane;
      const detail = await expectError(split(lane, halves(104.052)), 'courtyard_ended', 409);
      expect(detail).toMatchObject({ name: '小巷院', living: expect.any(Number) });
      await expectError(
        db.query(`update public.courtyards set name = '又来' where id = $1`, [lane]),
        'courtyard_ended',
        409,
      );
      const { courtyards } = (await db.rpc(people.street, 'map_snapshot', { topic: 'area:1' })) as {
        courtyards: { id: number[] };
      };
      expect(courtyards.id).not.toContain(lane);
      const rows = [{ row: 1, external_id: 'lane', name: '旧院', address: '旧街1号', geometry: box(104.0545, 30.661, 104.0549, 30.662) }]; // prettier-ignore
      expect(await db.rpc(people.admin, 'import_courtyards', { rows })).toMatchObject({
        written: false,
        rows: [{ outcome: 'refused', reason: 'duplicate', detail: { address: '小巷1号' } }],
      });
    });

    it('of two at once takes one', async () => {
      const id = Number(await db.value(`select id from public.courtyards where name = '小巷东院'`));
      const version = await versionOf(id);
      const outline = box(104.0521, 30.664, 104.053, 30.6661);
      await db.rpc(people.street, 'save_courtyard_outline', { courtyard_id: id, outline, version });
      await expectError(
        db.rpc(people.admin, 'split_courtyard', { courtyard_id: id, parts: halves(104.0525), version }),
        'stale_courtyard',
        409,
      );
    });
  });

  describe('a merge', () => {
    const named = async (name: string) =>
      Number(await db.value('select id from public.courtyards where name = $1 and ended_at is null', [name]));

    it('is refused for yards that lie apart, for one yard, and for the same twice', async () => {
      const [a, b] = [await named('小巷西院'), world.courtyard.garden];
      await expectError(merge([a, b]), 'not_adjacent', 422);
      await expectError(merge([a]), 'parts_malformed', 422);
      await expectError(merge([a, a]), 'parts_malformed', 422);
      await expectError(merge([a, world.courtyard.far]), 'courtyard_unknown', 404);
    });

    it('makes one yard of two, with the issues and codes of both', async () => {
      const ids = [await named('小巷西院'), await named('小巷东院')];
      const done = await merge(ids, { name: '小巷院', address: '小巷1号' });
      expect(done).toMatchObject({
        ended: ids,
        followed: { codes: 2 },
        courtyards: [{ name: '小巷院', grid_id: world.grid.w1 }],
      });
      expect(await yardOf(east)).toBe('小巷院');
      const opened = await db.rpc('anon', 'open_courtyard', { code: world.code.lane });
      expect(opened).toMatchObject({ courtyard: { name: '小巷院', address: '小巷1号' } });
      expect(await faultsOf(db, [west.id, east.id])).toEqual([]);
    });

    it('across grids gives the open ones to the new grid, and leaves what ended with the office that ended it', async () => {
      const a = await named('小巷院');
      const outline = box(104.053, 30.664, 104.0555, 30.666);
      const b = (await db.rpc(people.street, 'add_courtyard', {
        name: '桥院', address: '桥街1号', outline, grid_id: world.grid.w2,
      })) as { id: number }; // prettier-ignore
      await act(db, people.gridWorker, west, 'resolve', { done: '已换灯泡' });
      const done = await merge([a, b.id], { grid_id: world.grid.w2 });
      const placed = await db.query(
        'select state, grid_id, holder_area_id, courtyard_id from public.issues where id = any ($1) order by id',
        [[west.id, east.id]],
      );
      expect(placed).toEqual([
        { state: 'resolved', grid_id: world.grid.w2, holder_area_id: world.grid.w2, courtyard_id: done.heir },
        {
          state: 'submitted',
          grid_id: world.grid.w2,
          holder_area_id: world.grid.w2,
          courtyard_id: done.heir,
        },
      ]);
      expect(await faultsOf(db, [west.id, east.id])).toEqual([]);
      expect(
        await db.rpc(people.gridWorker, 'changes_since', { topic: `area:${world.grid.w1}`, seq: 0 }),
      ).toMatchObject({ complete: false });
    });
  });

  it('adds up: whatever is cut and joined again covers the same ground, and nothing twice', async () => {
    const south = 30.6605;
    const start = (await db.rpc(people.admin, 'add_courtyard', {
      name: '试院', address: '试街0号', outline: box(104.051, south, 104.053, 30.6625),
    })) as { id: number; area_m2: number }; // prettier-ignore
    let id = start.id;
    let n = 0;
    const cut = fc.record({ at: fc.double({ min: 0.1, max: 0.9, noNaN: true }), across: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(cut, async ({ at, across }) => {
        n += 1;
        const x = 104.051 + 0.002 * at;
        const y = south + 0.002 * at;
        const shapes = across
          ? [box(104.051, south, 104.053, y), box(104.051, y, 104.053, 30.6625)]
          : [box(104.051, south, x, 30.6625), box(x, south, 104.053, 30.6625)];
        const parts = shapes.map((outline, k) => ({ name: `试院${k}`, address: `试街${n}-${k}号`, outline }));
        const { courtyards } = await split(id, parts, people.admin);
        const sum = courtyards.reduce((total, { area_m2 }) => total + area_m2, 0);
        expect(Math.abs(sum - start.area_m2)).toBeLessThanOrEqual(2);
        const twice = await db.value(
          `select coalesce(sum(private.common_ground(a.geom, b.geom)), 0) from public.courtyards a join public.courtyards b on a.id < b.id
           where a.street_id = 1 and b.street_id = 1 and a.ended_at is null and b.ended_at is null and a.geom operator(extensions.&&) b.geom`,
        );
        expect(Number(twice)).toBeLessThan(1);
        const joined = await merge(
          courtyards.map((yard) => yard.id),
          { name: '试院', address: `试街${n}号` },
        );
        id = joined.heir;
        expect(Math.abs((joined.courtyards[0]?.area_m2 ?? 0) - start.area_m2)).toBeLessThanOrEqual(1);
      }),
      { numRuns: process.env['PROVE'] === '1' ? 60 : 6, endOnFailure: true },
    );
  });
});
