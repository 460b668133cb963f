import { beforeAll, beforeEach, expect, it } from 'vitest';
import * as v from 'valibot';
import { makeWorld, people } from '../fixtures/world.ts';
import { after, Outbox } from './sender.ts';
import { eachEngine, expectError } from './harness.ts';

eachEngine('sending', (db) => {
  let outbox: Outbox;
  beforeAll(async () => {
    outbox = new Outbox(db, await makeWorld(db));
  });
  beforeEach(async () => {
    await db.query('delete from private.hooks');
    db.at(after(0));
  });

  const letters = async () =>
    v.parse(v.array(v.record(v.string(), v.unknown())), await db.rpc(people.admin, 'dead_letters'));

  it('a robot gets one message at a time, 3.5 s apart, with up to fifteen notices in the order they came', async () => {
    await outbox.hook({ kind: 'dingtalk', secret: 'SEC' });
    await outbox.notices(20);
    const first = await outbox.one(1);
    expect(first.notices).toHaveLength(15);
    expect(first.notices.map(({ number }) => number)).toEqual(
      first.notices.map(({ number }) => number).toSorted(),
    );
    expect(await outbox.claim(60)).toEqual([]);
    expect(await outbox.settle(first.claim, 'sent')).toBe('sent');
    const second = await outbox.one(60);
    expect(second.notices).toHaveLength(5);
    await outbox.settle(second.claim, 'sent');
    await outbox.notices(1);
    expect(await outbox.claim(63)).toEqual([]);
    expect((await outbox.one(64)).notices).toHaveLength(1);
  });

  it('a generic hook gets each notice by itself', async () => {
    await outbox.hook();
    await outbox.notices(12);
    const first = await outbox.claim(1);
    expect(first.map((message) => message.notices.length)).toEqual(Array(10).fill(1));
    expect(new Set(first.map(({ claim }) => claim)).size).toBe(10);
    expect(await outbox.claim(1)).toHaveLength(2);
  });

  it('what was refused is tried again after 30 s, then twice as long, and given up after eight times', async () => {
    await outbox.hook();
    await outbox.notices(1);
    const waits = [30, 60, 120, 240, 480, 960, 1920];
    let at = 1;
    for (const wait of waits) {
      const { claim } = await outbox.one(at);
      expect(await outbox.settle(claim, 'refused', { error: 'http_400' })).toBe('due');
      expect(await outbox.claim(at + wait - 1)).toEqual([]);
      at += wait;
    }
    const last = await outbox.one(at);
    expect(await outbox.settle(last.claim, 'refused', { error: 'http_400' })).toBe('dead');
    expect(await outbox.claim(at + 100_000)).toEqual([]);
    expect(await letters()).toEqual([
      expect.objectContaining({
        hook: '值班群',
        state: 'dead',
        tries: 8,
        error: 'http_400',
        notice: 'arrived',
      }),
    ]);
    expect(await db.rpc(people.admin, 'retry_delivery', { id: last.notices[0]?.id })).toBe(true);
    expect(await db.rpc(people.admin, 'retry_delivery', { id: last.notices[0]?.id })).toBeNull();
    const again = await outbox.one(at + 100_000);
    expect(await outbox.settle(again.claim, 'sent')).toBe('sent');
    expect(await letters()).toEqual([]);
  });

  it('a receiver says how long to wait, an hour at most, and everything for it waits', async () => {
    await outbox.hook({ kind: 'wecom' });
    await outbox.notices(1);
    const first = await outbox.one(1);
    await outbox.settle(first.claim, 'refused', { error: 'errcode_45009', retry_after: 600 });
    await outbox.notices(1);
    expect(await outbox.claim(599)).toEqual([]);
    const second = await outbox.one(601);
    expect(second.notices).toHaveLength(2);
    await outbox.settle(second.claim, 'refused', { error: 'errcode_45009', retry_after: 1e6 });
    expect(await outbox.claim(601 + 3599)).toEqual([]);
    expect(await outbox.claim(601 + 3600)).toHaveLength(1);
  });

  it('a receiver out of reach rests, so that what waits is not used up on it; another hook is not kept', async () => {
    await outbox.hook();
    await outbox.hook({ name: 'other' });
    await outbox.notices(1);
    const [out, fine] = await outbox.claim(1);
    await outbox.settle(out?.claim ?? '', 'unreached', { error: 'not_reached' });
    await outbox.settle(fine?.claim ?? '', 'sent');
    await outbox.notices(3);
    expect(await outbox.claim(20)).toHaveLength(3);
    const again = await outbox.claim(31);
    expect(again).toHaveLength(4);
    for (const { claim } of again) await outbox.settle(claim, 'unsure', { error: 'timed_out' });
    expect(await outbox.states()).toEqual(expect.arrayContaining(['due: timed_out', 'sent', 'sending']));
    expect(await outbox.claim(31 + 61)).toEqual([]);
    expect(await outbox.claim(31 + 481)).not.toEqual([]);
  });

  it('when a sender vanishes, a generic message comes again with its id, a robot’s waits for a person', async () => {
    await outbox.hook();
    await outbox.hook({ kind: 'wecom', name: '机器人' });
    await outbox.notices(1);
    const sent = await outbox.claim(1);
    const generic = sent.find(({ kind }) => kind === 'generic');
    const robot = sent.find(({ kind }) => kind === 'wecom');
    expect(await outbox.claim(120)).toEqual([]);
    const again = await outbox.one(122);
    expect(again.kind).toBe('generic');
    expect(again.notices[0]?.id).toBe(generic?.notices[0]?.id);
    expect(again.claim).not.toBe(generic?.claim);
    expect(await letters()).toEqual([
      expect.objectContaining({ hook: '机器人', state: 'unsure', error: 'sender_vanished' }),
    ]);
    for (const claim of [generic?.claim, robot?.claim])
      expect(await outbox.settle(claim ?? '', 'refused')).toBeNull();
    expect(await db.rpc(people.admin, 'retry_delivery', { id: robot?.notices[0]?.id })).toBe(true);
    expect((await outbox.one(123)).kind).toBe('wecom');
  });

  it('a robot that may have got a message does not get it again by itself', async () => {
    await outbox.hook({ kind: 'dingtalk' });
    await outbox.notices(2);
    const message = await outbox.one(1);
    expect(await outbox.settle(message.claim, 'unsure', { error: 'timed_out' })).toBe('unsure');
    expect(await outbox.claim(1e6)).toEqual([]);
    expect(await outbox.states()).toEqual(['unsure: timed_out', 'unsure: timed_out']);
    expect(await outbox.settle(message.claim, 'sent')).toBeNull();
  });

  it('a hook switched off keeps what waits until it is on again', async () => {
    const id = await outbox.hook();
    await outbox.notices(1);
    await outbox.hook({ id, active: false });
    await outbox.notices(1);
    expect(await outbox.claim(1)).toEqual([]);
    expect(await db.rpc(people.admin, 'list_hooks')).toMatchObject([{ active: false, waiting: 1 }]);
    await outbox.hook({ id });
    expect(await outbox.claim(1)).toHaveLength(1);
  });

  it('an outcome nobody knows is refused', async () => {
    await outbox.hook();
    await outbox.notices(1);
    const { claim } = await outbox.one(1);
    await expectError(outbox.settle(claim, 'perhaps'), 'outcome_unknown', 422);
    expect(await outbox.states()).toEqual(['sending']);
  });

  it('two senders at once never take the same', async () => {
    await outbox.hook();
    await outbox.hook({ kind: 'wecom', name: '机器人' });
    await outbox.notices(40);
    const taken: string[] = [];
    let robots = 0;
    for (let round = 0; round < 4; round += 1) {
      const both = await Promise.all([1, 2, 3, 4].map(() => outbox.claim(1 + round)));
      for (const message of both.flat()) {
        if (message.kind === 'wecom') robots += 1;
        else taken.push(...message.notices.map(({ id }) => id));
      }
    }
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken).toHaveLength(40);
    expect(robots).toBe(1);
  });
});
