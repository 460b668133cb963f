import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { answer } from '../../supabase/functions/send-notices/answer.ts';
import { officeNote } from '../fixtures/office-note.ts';
import { PushService, Subscriber } from '../fixtures/push-service.ts';
import { makeStreet, startProduct } from './fixture/street.ts';
import { rpc, temporaryFolder } from './harness.ts';

const folder = temporaryFolder();
const service = new PushService();
let server: EmbeddedSupabase;
let code = '';
beforeAll(async () => {
  await service.start();
  server = await startProduct(folder.path);
  code = await makeStreet(server);
  await server.query('insert into private.push_services (host) values ($1)', [service.host]);
});
afterAll(async () => {
  service.stop();
  await server.stop();
  folder.remove();
});
beforeEach(() => server.query('delete from private.push_subscriptions'));

/** A resident reports and asks to be told on `path` of the push service. Gives the report's number and what the browser keeps. */
async function followed(path: string): Promise<{ number: string; browser: Subscriber }> {
  const key = newTrackingKey();
  const report = { code, key, what: '赵某某家漏水', name: '欧阳独一', address: '9单元909', category: 'leak' };
  const receipt: unknown = await (await rpc(server, 'report_issue', report)).json();
  const browser = new Subscriber();
  const { p256dh, auth } = browser;
  const asked = await rpc(server, 'follow_by_push', {
    key,
    endpoint: `http://${service.host}${path}`,
    p256dh,
    auth,
  });
  expect(asked.status).toBe(204);
  return { number: String(Reflect.get(Object(receipt), 'number')), browser };
}

const step = (number: string) => server.query(officeNote, [number]);
const subscriptions = async () =>
  (await server.query('select count(*)::integer as count from private.push_subscriptions'))[0]?.['count'];

it('a step reaches the browser that asked, sealed for it and signed by this server', async () => {
  const { number, browser } = await followed('/phone');
  await step(number);
  await vi.waitFor(() => expect(service.at('/phone')).toHaveLength(1), { timeout: 10_000 });
  const [push] = service.at('/phone');
  expect(JSON.parse(browser.open(push!.body))).toEqual({ number });
  expect(() => new Subscriber().open(push!.body)).toThrow();
  const key: unknown = await (await rpc(server, 'push_key', {})).json();
  expect(push!.headers).toMatchObject({
    'content-encoding': 'aes128gcm',
    ttl: '259200',
    topic: expect.stringMatching(/^[\w-]{32}$/),
    authorization: expect.stringMatching(`^vapid t=[\\w-]+\\.[\\w-]+\\.[\\w-]+, k=${String(key)}$`),
  });
  expect(push!.body.toString('latin1') + JSON.stringify(push!.headers)).not.toMatch(
    new RegExp(`${number}|漏水|欧阳|909`),
  );
  await vi.waitFor(async () => expect(await server.query('select from private.pushes')).toHaveLength(0));
});

it.each([404, 410])('after a %i the phone is asked no more', async (status) => {
  const path = `/gone-${status}`;
  service.answer(path, status);
  const { number } = await followed(path);
  await step(number);
  await vi.waitFor(async () => expect(await subscriptions()).toBe(0), { timeout: 10_000 });
  expect(service.at(path)).toHaveLength(1);
});

it('a push service that is down is asked again later, and then it arrives', async () => {
  service.answer('/down', 503);
  const { number } = await followed('/down');
  await step(number);
  await vi.waitFor(() => expect(service.at('/down')).toHaveLength(1), { timeout: 10_000 });
  service.answer('/down', 201);
  await server.query('update private.pushes set next_at = now()');
  await vi.waitFor(() => expect(service.at('/down')).toHaveLength(2), { timeout: 10_000 });
  await vi.waitFor(async () => expect(await server.query('select from private.pushes')).toHaveLength(0));
  expect(await subscriptions()).toBe(1);
});

it('the edge function sends the same, with keys of its own', async () => {
  const { number, browser } = await followed('/edge');
  // the embedded sender is kept from it
  await server.query(`alter function public.claim_pushes(integer) rename to claim_pushes_elsewhere`);
  await step(number);
  await server.query(`alter function public.claim_pushes_elsewhere(integer) rename to claim_pushes`);
  const kept: unknown = JSON.parse(readFileSync(join(folder.path, 'push-keys'), 'utf8'));
  const push = {
    publicKey: String(Reflect.get(Object(kept), 'publicKey')),
    privateKey: String(Reflect.get(Object(kept), 'privateKey')),
  };
  const request = new Request('http://localhost/send-notices', {
    method: 'POST',
    headers: { authorization: `Bearer ${server.serviceKey}` },
  });
  const answered = await answer(request, { ...server, push }, 1);
  expect(answered.status).toBe(200);
  await vi.waitFor(() => expect(service.at('/edge')).toHaveLength(1), { timeout: 10_000 });
  expect(JSON.parse(browser.open(service.at('/edge')[0]!.body))).toEqual({ number });
});

it('the keys are made once, for their owner alone, and stay through a restart', async () => {
  const before: unknown = await (await rpc(server, 'push_key', {})).json();
  expect(statSync(join(folder.path, 'push-keys')).mode & 0o777).toBe(0o600);
  await server.stop();
  server = await startProduct(folder.path);
  expect(await (await rpc(server, 'push_key', {})).json()).toBe(before);
});
