import { beforeAll, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { requestId } from '../../src/core/request-id.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectError } from './harness.ts';

eachEngine('what a resident sees and may do', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
  });
  const send = async (over: object = {}) => {
    const key = newTrackingKey();
    const receipt = Object(
      await db.rpc('anon', 'report_issue', {
        code: world.code.lane,
        key,
        what: '我家漏水',
        name: '王阿姨',
        address: '3栋2单元501',
        place: '3栋2单元501门口',
        category: 'leak',
        ...over,
      }),
    );
    return { key, number: String(receipt.number) };
  };
  const track = async (key: string) => Object(await db.rpc('anon', 'track_issue', { key }));

  it('the yard’s page shows matters by category and building, never words, households or names', async () => {
    const { key } = await send();
    await act(
      db,
      people.west,
      { ...(await newIssue(db, world, { category: 'leak', what: '李家的事' })) },
      'accept',
    );
    const { board } = Object(await db.rpc('anon', 'open_courtyard', { code: world.code.lane }));
    expect(board.open_count).toBe(2);
    expect(board.open).toContainEqual([
      'leak',
      '3栋2单元',
      'submitted',
      expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    ]);
    expect(JSON.stringify(board)).not.toMatch(/我家|李家|王阿姨|501/);
    expect(board.grid).toBe('西一网格');
    await db.rpc('anon', 'withdraw_issue', { key, version: 1 });
  });

  it('an office writes to one yard or to all of its community, and takes it down', async () => {
    const post = (who: object, args: object) =>
      db.rpc(who as never, 'post_yard_notice', {
        community_id: 2,
        title: '周四停水',
        body: '上午九点到十二点',
        ...args,
      });
    const id = await post(people.west, { courtyard_id: 1 });
    await post(people.street, { title: '消防演练' });
    await expectError(post(people.east, {}), 'notice_not_allowed', 403);
    await expectError(post(people.gridWorker, {}), 'notice_not_allowed', 403);
    await expectError(post(people.west, { courtyard_id: 3 }), 'courtyard_unknown', 404);
    const shown = async (code: string) =>
      Object(await db.rpc('anon', 'open_courtyard', { code })).board.notices.map(
        ([title]: string[]) => title,
      );
    expect(await shown(world.code.lane)).toEqual(['消防演练', '周四停水']);
    expect(await shown(world.code.gate)).toEqual(['消防演练']);
    expect(await shown(world.code.garden)).toEqual([]);
    await db.rpc(people.west, 'take_down_notice', { id });
    db.at(new Date(Date.now() + 5000));
    expect(await shown(world.code.lane)).toEqual(['消防演练']);
    db.at(null);
  });

  it('what neighbours have reported is shown in public words; one tap joins it', async () => {
    const first = await send({ what: '厨房顶上滴水' });
    const alike = Object(
      await db.rpc('anon', 'similar_reports', { code: world.code.lane, category: 'leak', place: '3栋2单元' }),
    );
    expect(alike[0]).toMatchObject({ number: first.number, place: '3栋2单元', followers: 0 });
    expect(JSON.stringify(alike)).not.toMatch(/厨房|王阿姨|501/);
    expect(await db.rpc('anon', 'similar_reports', { code: world.code.garden, category: 'leak' })).toEqual(
      [],
    );

    const joined = await send({ what: '我家也漏', joins: first.number });
    expect(joined.number).not.toBe(first.number);
    expect(await track(joined.key)).toMatchObject({
      state: 'merged',
      what: '我家也漏',
      merged_into: { number: first.number },
    });
    expect(JSON.stringify((await track(joined.key)).merged_into)).not.toMatch(/厨房/);
    const ids = (
      await db.query('select id from public.issues where number in ($1, $2)', [first.number, joined.number])
    ).map(({ id }) => Number(id));
    expect(await faultsOf(db, ids)).toEqual([]);
    expect(
      await db.value(
        `select actor from public.issue_events where action = 'merge' and issue_id = (select id from public.issues where number = $1)`,
        [joined.number],
      ),
    ).toBe('resident');
    // A neighbour's report elsewhere, of something else or ended is no reason to lose one's own.
    expect(await track((await send({ category: 'light', joins: first.number })).key)).toMatchObject({
      state: 'submitted',
    });
    expect(await track((await send({ joins: '9999-00001' })).key)).toMatchObject({ state: 'submitted' });
    await expectError(
      act(db, people.west, { id: ids[0] ?? 0 } as never, 'merge', { into: '9999' }),
      'merge_unknown',
      422,
    );
  });

  it('one writes for another, who is named apart', async () => {
    const { key } = await send({ helper: '女儿小王 13900000000' });
    expect(await db.rpc('anon', 'my_data', { key })).toMatchObject({
      name: '王阿姨',
      helper: '女儿小王 13900000000',
    });
  });

  it('words and photos are added once, to what is not over', async () => {
    const { key } = await send();
    const id = requestId();
    const added = Object(
      await db.rpc('anon', 'add_to_report', { key, request_id: id, words: '今天漏得更大了', photos: 2 }),
    );
    expect(added.photos).toHaveLength(2);
    expect(added.story.steps.at(-1)).toMatchObject({ action: 'note', words: '今天漏得更大了' });
    expect(
      Object(
        await db.rpc('anon', 'add_to_report', { key, request_id: id, words: '今天漏得更大了', photos: 2 }),
      ).photos,
    ).toEqual(added.photos);
    await expectError(
      db.rpc('anon', 'add_to_report', { key, request_id: requestId(), photos: 8 }),
      'too_many_photos',
      422,
    );
    await expectError(
      db.rpc('anon', 'add_to_report', { key, request_id: requestId() }),
      'field_missing',
      422,
    );
    await db.rpc('anon', 'withdraw_issue', { key, version: 2 });
    await expectError(
      db.rpc('anon', 'add_to_report', { key, request_id: requestId(), words: 'x' }),
      'action_not_allowed',
      409,
    );
  });

  it('what is kept of a resident is shown, corrected and forgotten for good', async () => {
    const { key } = await send({ phone: '13912345678', what: '王阿姨家漏水', photos: 1 });
    await db.rpc('anon', 'correct_my_data', { key, name: '王婆婆', address: '3栋2单元502', phone: null });
    expect(await db.rpc('anon', 'my_data', { key })).toMatchObject({
      name: '王婆婆',
      address: '3栋2单元502',
      phone: null,
      photos: 1,
    });
    const story = Object(await db.rpc('anon', 'forget_me', { key }));
    expect(story).toMatchObject({ forgotten: true, what: '漏水渗水', place: '3栋2单元', photos: 0 });
    expect(await db.rpc('anon', 'my_data', { key })).toMatchObject({ name: null, address: null });
    await expectError(
      db.rpc('anon', 'correct_my_data', { key, name: 'x', address: 'y' }),
      'data_forgotten',
      409,
    );
    expect(
      await db.value(
        `select count(*) from public.issues i join private.reporters r on r.issue_id = i.id where (i.what like '%王阿姨家%' or r.name = '王婆婆')`,
      ),
    ).toBe(0);
    const [path] = Object(await db.rpc('service_role', 'claim_photo_removals'));
    expect(path).toMatch(/\/1\.jpg$/);
    await db.rpc('service_role', 'settle_photo_removals', { paths: [path] });
    expect(await db.rpc('service_role', 'claim_photo_removals')).toEqual([]);
  });

  it('reports move to another phone once, within ten minutes, sealed', async () => {
    const name = 'a'.repeat(64);
    await db.rpc('anon', 'leave_parcel', { name, sealed: 'x' });
    await expectError(db.rpc('anon', 'leave_parcel', { name, sealed: 'y' }), 'parcel_taken', 409);
    expect(await db.rpc('anon', 'fetch_parcel', { name })).toBe('x');
    await expectError(db.rpc('anon', 'fetch_parcel', { name }), 'parcel_unknown', 404);
    await db.rpc('anon', 'leave_parcel', { name, sealed: 'z' });
    db.at(new Date(Date.now() + 11 * 60_000));
    await expectError(db.rpc('anon', 'fetch_parcel', { name }), 'parcel_unknown', 404);
    db.at(null);
  });
});
