import { beforeAll, beforeEach, expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { act, makeWorld, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

const phone = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/one',
  p256dh: 'B'.repeat(87),
  auth: 'A'.repeat(22),
};

eachEngine('news by web push', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
  });
  beforeEach(() => db.query('delete from private.push_subscriptions'));

  /** A resident reports; gives the private link's key and the issue as staff act on it. */
  const report = async () => {
    const key = newTrackingKey();
    const told = { code: world.code.lane, key, what: '灯不亮', name: '王阿姨', address: '1栋1号' };
    const receipt = Object(await db.rpc('anon', 'report_issue', told));
    const id = Number(await db.value(`select id from public.issues where number = '${receipt.number}'`));
    return { key, number: String(receipt.number), issue: { id } as never };
  };
  const follow = (key: string, over: object = {}) =>
    db.rpc('anon', 'follow_by_push', { key, ...phone, ...over });
  const claim = async () => Object(await db.rpc('service_role', 'claim_pushes'));
  const subscribed = () => db.value('select count(*)::integer from private.push_subscriptions');

  it('is for whoever has the private link, and for nobody else', async () => {
    const { key, number } = await report();
    for (const other of [newTrackingKey(), number, ''])
      await expectError(follow(other), 'track_unknown', 404);
    expect(await subscribed()).toBe(0);
    await follow(key);
    await follow(key);
    expect(await subscribed()).toBe(1);
    await expectError(
      db.rpc('anon', 'unfollow_by_push', { key: newTrackingKey(), endpoint: phone.endpoint }),
      'track_unknown',
      404,
    );
    expect(await subscribed()).toBe(1);
    await db.rpc('anon', 'unfollow_by_push', { key, endpoint: phone.endpoint });
    expect(await subscribed()).toBe(0);
  });

  it('only the sender claims, settles and says its key', async () => {
    for (const who of ['anon', people.street, people.admin] as const) {
      await expectDenied(db.rpc(who, 'claim_pushes'));
      await expectDenied(db.rpc(who, 'settle_push', { id: 1, outcome: 'sent' }));
      await expectDenied(db.rpc(who, 'set_push_key', { public_key: 'B'.repeat(87) }));
    }
  });

  it.each([
    'http://fcm.googleapis.com/x',
    'https://push.example/x',
    'https://127.0.0.1/x',
    'http://127.0.0.1:5432/x',
    'https://169.254.169.254/latest',
    'https://fcm.googleapis.com@evil.example/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evilpush.apple.com.example/x',
    'https://notify.windows.com.evil.example/x',
    'https://xpush.apple.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com\\@evil.example/x',
    'https://fcm.googleapis.com',
  ])('an address that is no browser’s push service is refused: %s', async (endpoint) => {
    const { key } = await report();
    await expectError(follow(key, { endpoint }), 'field_malformed', 422);
    expect(await subscribed()).toBe(0);
  });

  it.each([
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://wns2-sg2p.notify.windows.com/w/?token=x',
    'https://web.push.apple.com/x',
  ])('those of browsers are taken: %s', async (endpoint) => {
    const { key } = await report();
    await follow(key, { endpoint });
    expect(await subscribed()).toBe(1);
  });

  it('tells a phone once of what it has not seen, without a word of what or where', async () => {
    const { key, number, issue } = await report();
    await follow(key);
    expect(await claim()).toEqual([]);
    await act(db, people.west, issue, 'accept');
    const [push] = await claim();
    expect(push).toEqual({ id: expect.any(Number), ...phone, number });
    expect(await claim()).toEqual([]);
    await db.rpc('service_role', 'settle_push', { id: push.id, outcome: 'sent' });
    expect(await db.value('select count(*)::integer from private.pushes')).toBe(0);
    expect(await subscribed()).toBe(1);
  });

  it('what comes while one is being sent is told again', async () => {
    const { key, issue } = await report();
    await follow(key);
    await act(db, people.west, issue, 'accept');
    const [push] = await claim();
    await act(db, people.west, issue, 'note', { words: '师傅明天来', public: true });
    await db.rpc('service_role', 'settle_push', { id: push.id, outcome: 'sent' });
    expect(await claim()).toMatchObject([{ id: push.id }]);
  });

  it('a phone that is reached no more is forgotten', async () => {
    const { key, issue } = await report();
    await follow(key);
    await act(db, people.west, issue, 'accept');
    const [push] = await claim();
    await db.rpc('service_role', 'settle_push', { id: push.id, outcome: 'gone' });
    expect(await subscribed()).toBe(0);
  });

  it('one that fails is tried again eight times, and then given up', async () => {
    const { key, issue } = await report();
    await follow(key);
    await act(db, people.west, issue, 'accept');
    for (let tries = 1; tries <= 8; tries += 1) {
      await db.query('update private.pushes set next_at = private.now()');
      const [push] = await claim();
      await db.rpc('service_role', 'settle_push', { id: push.id, outcome: 'failed' });
      expect(await claim()).toEqual([]);
    }
    expect(await db.value('select count(*)::integer from private.pushes')).toBe(0);
    expect(await subscribed()).toBe(1);
    await expectError(
      db.rpc('service_role', 'settle_push', { id: 1, outcome: 'perhaps' }),
      'outcome_unknown',
      422,
    );
  });

  it('a sender with another key starts anew; with the same it changes nothing', async () => {
    const { key } = await report();
    await db.rpc('service_role', 'set_push_key', { public_key: 'B'.repeat(87) });
    await follow(key);
    await db.rpc('service_role', 'set_push_key', { public_key: 'B'.repeat(87) });
    expect(await subscribed()).toBe(1);
    expect(await db.rpc('anon', 'push_key')).toBe('B'.repeat(87));
    await db.rpc('service_role', 'set_push_key', { public_key: 'C'.repeat(87) });
    expect(await subscribed()).toBe(0);
  });
});
