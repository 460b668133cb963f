import { expect, test } from 'vitest';
import { ApiError } from './api-error.ts';
import { Outbox, retryDelay } from './outbox.ts';
import type { Kept } from './outbox.ts';

const report = (key: string): Kept => ({
  key,
  code: 'code',
  courtyard: '泡桐树街12号院',
  at: 0,
  body: {
    what: '漏水',
    place: null,
    name: '王',
    address: '1-2',
    phone: null,
    category: null,
    lng: null,
    lat: null,
    photos: 0,
    helper: null,
    joins: null,
    lang: 'zh',
  },
});

function world(answer: (kept: Kept) => Promise<string>, room = true) {
  const shelf = { box: [] as readonly Kept[] };
  const sent: string[] = [];
  const drop = async (key: string) => void (shelf.box = shelf.box.filter((kept) => kept.key !== key));
  const open = () =>
    new Outbox<string>(
      {
        read: async () => shelf.box,
        put: async (kept) => room && ((shelf.box = [...shelf.box, kept]), true),
        drop,
      },
      (kept) => (sent.push(kept.key), answer(kept)),
    );
  return { shelf, sent, open, drop };
}

test('a report that arrives leaves the box with its receipt', async () => {
  const { shelf, open } = world(async () => '2611-00001');
  const box = open();
  expect(await box.keep(report('a'))).toBe(true);
  expect(await box.deliver(report('a'))).toMatchObject({ kind: 'arrived', receipt: '2611-00001' });
  expect(shelf.box).toEqual([]);
});

test('without a network it stays, survives the page, and is sent unchanged when there is one', async () => {
  let online = false;
  const { sent, open } = world(async () => {
    if (!online) throw new ApiError(0, 'offline');
    return 'ok';
  });
  const before = open();
  await before.keep(report('a'));
  expect((await before.deliver(report('a'))).kind).toBe('waiting');
  online = true;
  const after = open();
  await after.load();
  expect((await after.flush()).map((fate) => fate.kind)).toEqual(['arrived']);
  expect(sent).toEqual(['a', 'a']);
});

test('pressed twice, it is sent once', async () => {
  const { sent, open } = world(async () => 'ok');
  const box = open();
  await box.keep(report('a'));
  const fates = await Promise.all([box.deliver(report('a')), box.deliver(report('a')), box.flush()]);
  expect(sent).toEqual(['a']);
  expect(fates[0]).toBe(fates[1]);
});

test('what the server refuses goes back to its writer and is not sent again', async () => {
  const { shelf, open } = world(async () => {
    throw new ApiError(422, 'field_missing', { field: 'what' });
  });
  const box = open();
  await box.keep(report('a'));
  expect(await box.deliver(report('a'))).toMatchObject({ kind: 'refused', error: { code: 'field_missing' } });
  expect(shelf.box).toEqual([]);
});

test('several wait in line; one that cannot get through holds the rest back, one refused does not', async () => {
  const fate: Record<string, ApiError | null> = {
    a: new ApiError(410, 'code_revoked'),
    b: null,
    c: new ApiError(503, 'server_down'),
    d: null,
  };
  const { shelf, sent, open } = world(async (kept) => {
    const error = fate[kept.key];
    if (error) throw error;
    return 'ok';
  });
  const box = open();
  for (const key of ['a', 'b', 'c', 'd']) await box.keep(report(key));
  expect((await box.flush()).map((one) => one.kind)).toEqual(['refused', 'arrived', 'waiting']);
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(shelf.box.map((kept) => kept.key)).toEqual(['c', 'd']);
});

test('with a full disk the window still sends it, and says that it must stay open', async () => {
  const { sent, open } = world(async () => 'ok', false);
  const box = open();
  expect(await box.keep(report('a'))).toBe(false);
  await box.load();
  expect(box.all).toHaveLength(1);
  await box.flush();
  expect(sent).toEqual(['a']);
  expect(box.all).toEqual([]);
});

test('what somebody else has sent meanwhile is not sent again', async () => {
  const { sent, open, drop } = world(async () => 'ok');
  const box = open();
  await box.keep(report('a'));
  await drop('a');
  await box.load();
  await box.flush();
  expect(sent).toEqual([]);
});

test('attempts grow apart, never beyond five minutes', () => {
  expect([1, 2, 3, 20].map(retryDelay)).toEqual([5000, 10_000, 20_000, 300_000]);
});
