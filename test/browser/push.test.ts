import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { officeNote } from '../fixtures/office-note.ts';
import { PushService, Subscriber } from '../fixtures/push-service.ts';
import { isOpenToAll } from './axe.ts';
import { phone, stage, workerOf } from './harness.ts';

const scene = stage();
const service = new PushService();
beforeAll(async () => {
  await service.start();
  await scene.server.query('insert into private.push_services (host) values ($1)', [service.host]);
});
afterAll(() => service.stop());

/** A report of the demo street. Gives its private key and its number. */
async function reported(): Promise<{ key: string; number: string }> {
  const key = newTrackingKey();
  const args = { code: await scene.code(), key, what: '楼道灯不亮', name: '王阿姨', address: '2单元201' };
  const [row] = await scene.server.query(
    `select public.report_issue(code => $1, key => $2, what => $3, name => $4, address => $5) ->> 'number' as number`,
    Object.values(args),
  );
  return { key, number: String(row?.['number']) };
}

/** The browser's own push service is on the internet: ours takes its place, with real keys. Everything else is as on a phone. */
async function subscribeHere(page: Page, browser: Subscriber): Promise<void> {
  const { p256dh, auth } = browser;
  const endpoint = `http://${service.host}/phone`;
  await page.addInitScript(
    ({ endpoint, keys }) => {
      const bytes = (text: string) =>
        Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
      const made = {
        endpoint,
        options: { applicationServerKey: null },
        getKey: (name: 'p256dh' | 'auth') => bytes(keys[name]),
      };
      let own: unknown = null;
      Object.assign(PushManager.prototype, {
        subscribe: async () => (own = made),
        getSubscription: async () => own,
      });
    },
    { endpoint, keys: { p256dh, auth } },
  );
}

it('a resident asks to be told, and the phone says so when the office has done something', async () => {
  const { key, number } = await reported();
  const page = await scene.open('/t/mine', phone);
  const context = page.context();
  await context.grantPermissions(['notifications'], { origin: scene.server.url });
  const browser = new Subscriber();
  await subscribeHere(page, browser);
  await page.goto(`${scene.server.url}/t/${key}`);
  await page.getByRole('button', { name: '有进展时提醒我' }).click();
  await page.getByText('有新进展时，这部手机会提醒您。').waitFor();
  await isOpenToAll(page, 'a phone that will be told');

  await scene.server.query(officeNote, [number]);
  await expect.poll(() => service.at('/phone').length, { timeout: 20_000 }).toBe(1);
  const sent = browser.open(service.at('/phone')[0]!.body);

  const session = await context.newCDPSession(page);
  const registrationId = await workerOf(session, '/t/');
  await session.send('ServiceWorker.deliverPushMessage', {
    origin: scene.server.url,
    registrationId,
    data: sent,
  });
  const shown = () =>
    page.evaluate(async () => {
      const here = await navigator.serviceWorker.getRegistration('/t/');
      return ((await here?.getNotifications()) ?? []).map(({ title, body, data }) => [title, body, data]);
    });
  await expect
    .poll(shown, { timeout: 20_000 })
    .toEqual([['您报告的事有新进展', `编号 ${number}，点开看看。`, `/t/${key}`]]);

  await page.getByRole('button', { name: '不用提醒了' }).click();
  await page.getByRole('button', { name: '有进展时提醒我' }).waitFor();
  expect(await scene.server.query('select from private.push_subscriptions')).toHaveLength(0);

  // No script may press a notification: the event is what the worker gets, and where it leads is written down instead of opened.
  await page.goto(`${scene.server.url}/t/mine`);
  const worker = context.serviceWorkers().find((one) => one.url().endsWith('/sw.js'));
  const opened = await worker?.evaluate(`(async () => {
    const [notification] = await registration.getNotifications();
    const led = new Promise((lead) => { clients.openWindow = async (url) => { lead(url); return null; }; });
    dispatchEvent(new NotificationEvent('notificationclick', { notification }));
    return [await led, (await registration.getNotifications()).length];
  })()`);
  expect(opened).toEqual([`/t/${key}`, 0]);
});

it('a phone whose push service is out of reach says so, and one may try again', async () => {
  const { key } = await reported();
  const page = await scene.open('/t/mine', phone);
  await page.context().grantPermissions(['notifications'], { origin: scene.server.url });
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = () =>
      Promise.reject(new DOMException('push service error', 'AbortError'));
  });
  await page.goto(`${scene.server.url}/t/${key}`);
  await page.getByRole('button', { name: '有进展时提醒我' }).click();
  await page.getByText('多半是这部手机的推送服务没连上').waitFor();
  await isOpenToAll(page, 'a push service out of reach');
  await page.getByRole('button', { name: '有进展时提醒我' }).waitFor();
});
