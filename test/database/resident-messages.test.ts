import { beforeAll, beforeEach, expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectError } from './harness.ts';
import { after, Outbox, url } from './sender.ts';

const phone = '13800138000';

eachEngine('messages to residents', (db) => {
  let world: World;
  let outbox: Outbox;
  beforeAll(async () => {
    world = await makeWorld(db);
    outbox = new Outbox(db, world);
  });
  beforeEach(async () => {
    await db.query('delete from private.hooks');
    db.at(after(0));
  });

  const gateway = (over: object = {}) => outbox.hook({ audience: 'residents', secret: 'shared', ...over });
  /** A resident's own report, and the key of its private link. */
  const report = async (over: object = {}) => {
    const key = newTrackingKey();
    const told = {
      code: world.code.lane,
      key,
      what: '赵家漏水',
      name: '王阿姨',
      address: '1栋1号',
      phone,
      ...over,
    };
    const receipt = Object(await db.rpc('anon', 'report_issue', told));
    const id = Number(await db.value(`select id from public.issues where number = '${receipt.number}'`));
    return { key, number: String(receipt.number), issue: { id } as never };
  };

  it('only the administrator keeps the gateway; it is no robot in a group, and it has a secret', async () => {
    const hook = { name: '短信', kind: 'generic', url, audience: 'residents', secret: 's' };
    for (const who of [people.street, people.leader, people.west, people.works, people.nobody])
      await expectError(db.rpc(who, 'save_hook', hook), 'admin_only', 403);
    for (const kind of ['wecom', 'dingtalk'])
      await expectError(db.rpc(people.admin, 'save_hook', { ...hook, kind }), 'hook_malformed', 422);
    await expectError(db.rpc(people.admin, 'save_hook', { ...hook, secret: null }), 'field_missing', 422);
    await expectError(db.rpc(people.admin, 'save_hook', { ...hook, audience: 'all' }), 'hook_malformed', 422);
    expect(await db.rpc(people.admin, 'list_hooks')).toEqual([]);
    const id = await gateway();
    await gateway({ id, secret: null, name: '改名' });
    expect(await db.rpc(people.admin, 'list_hooks')).toMatchObject([
      { audience: 'residents', has_secret: true },
    ]);
  });

  it('tells each step of an office to the phone its resident left, and nothing else of them', async () => {
    await gateway();
    const { issue, number } = await report({ lang: 'en' });
    expect(await outbox.claim(1), 'nobody is told of their own report').toEqual([]);
    await act(db, people.west, issue, 'accept');
    const { claim, secret, notices } = await outbox.one(2);
    expect(secret).toBe('shared');
    expect(notices).toEqual([
      {
        id: expect.any(String),
        notice: 'accept',
        at: expect.any(String),
        number,
        courtyard: '小巷院',
        category: expect.any(String),
        state: 'handling',
        due_at: expect.any(String),
        office: expect.any(String),
        phone,
        lang: 'en',
      },
    ]);
    expect(JSON.stringify(notices)).not.toMatch(/赵|王阿姨|1栋/);
    expect(await outbox.settle(claim, 'sent')).toBe('sent');
    await act(db, people.west, issue, 'note', { words: '内部的话', public: false });
    expect(await outbox.claim(3), 'an internal note is no step of theirs').toEqual([]);
  });

  it('who left no phone, or lets a browser tell, gets no message', async () => {
    await gateway();
    const silent = await report({ phone: null });
    const told = await report();
    await db.rpc('anon', 'follow_by_push', {
      key: told.key,
      endpoint: 'https://web.push.apple.com/x',
      p256dh: 'B'.repeat(87),
      auth: 'A'.repeat(22),
    });
    await act(db, people.west, silent.issue, 'accept');
    await act(db, people.west, told.issue, 'accept');
    expect(await outbox.claim(1)).toEqual([]);
  });

  it('goes to residents’ gateways alone, of the street or of their community', async () => {
    await gateway({ name: 'east', area_id: world.east });
    await gateway({ name: 'off', active: false });
    await outbox.hook({ name: 'office' });
    const { issue } = await report();
    const arrived = await outbox.one(1);
    expect(arrived.notices[0]).toMatchObject({ notice: 'arrived' });
    expect(JSON.stringify(arrived)).not.toContain(phone);
    await outbox.settle(arrived.claim, 'sent');
    await act(db, people.west, issue, 'accept');
    expect(await outbox.claim(2)).toEqual([]);
    await gateway({ name: 'west', area_id: world.west });
    await act(db, people.west, issue, 'note', { words: '师傅明天来', public: true });
    expect((await outbox.one(3)).notices[0]).toMatchObject({ notice: 'note', phone });
  });

  it('a notice of an office never goes to a residents’ gateway', async () => {
    await gateway();
    await newIssue(db, world);
    expect(await outbox.claim(1)).toEqual([]);
  });

  it('who follows a neighbour’s report hears of that one, by the number of their own', async () => {
    await gateway();
    const first = await newIssue(db, world, { category: 'leak', phone: null });
    const mine = await report({ category: 'leak', joins: first.number });
    await act(db, people.west, { id: first.id } as never, 'accept');
    const steps = (await outbox.claim(1)).flatMap(({ notices }) => notices);
    expect(steps).toContainEqual(expect.objectContaining({ notice: 'accept', number: mine.number, phone }));
  });

  it('is tried again, given up, listed without the phone, and sent once more when asked', async () => {
    await gateway();
    const { issue } = await report();
    await act(db, people.west, issue, 'accept');
    await db.query('update private.deliveries set tries = 7');
    const { claim, notices } = await outbox.one(1);
    expect(await outbox.settle(claim, 'refused', { error: 'http_400' })).toBe('dead');
    const letters = await db.rpc(people.admin, 'dead_letters');
    expect(letters).toMatchObject([{ state: 'dead', notice: 'step', error: 'http_400' }]);
    expect(JSON.stringify(letters)).not.toContain(phone);
    expect(await db.rpc(people.admin, 'retry_delivery', { id: notices[0]?.id })).toBe(true);
    expect((await outbox.one(2)).notices[0]?.id).toBe(notices[0]?.id);
  });

  it('who has their data deleted is told nothing any more, not even what waited', async () => {
    await gateway();
    const { key, issue } = await report();
    await act(db, people.west, issue, 'accept');
    await db.rpc('anon', 'forget_me', { key });
    await act(db, people.west, issue, 'note', { words: '师傅明天来', public: true });
    expect(await outbox.claim(1)).toEqual([]);
    expect(await db.value('select count(*)::integer from private.deliveries')).toBe(0);
  });

  it('no queue holds a phone, and a hook that turns to offices takes no message with it', async () => {
    const id = await gateway();
    const { issue } = await report();
    await act(db, people.west, issue, 'accept');
    const rows = await db.query('select to_jsonb(d)::text as row from private.deliveries d');
    expect(rows).toHaveLength(1);
    expect(String(rows[0]?.['row'])).not.toContain(phone);
    await outbox.hook({ id, audience: 'office' });
    expect(await outbox.claim(1)).toEqual([]);
  });
});
