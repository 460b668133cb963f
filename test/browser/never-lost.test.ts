import { connect, createServer } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { phone, stage, workerOf } from './harness.ts';

const scene = stage();
const soon = { timeout: 60_000 };

const written = { 您怎么称呼: '王阿姨', 您住哪一户: '2单元201' };
const send = (page: Page) => page.getByRole('button', { name: '提交', exact: true });
const receipt = (page: Page) => page.getByRole('heading', { name: '收到了' });
const kept = (page: Page) => page.getByRole('heading', { name: '先替您存好了' });
const reportsOf = async (what: string) =>
  (await scene.server.query('select id from public.issues where what = $1', [what])).length;
/** Its photos that have come up. */
const photosOf = async (what: string) =>
  (
    await scene.server.query(
      `select 1 from public.issue_photos p join public.issues i on i.id = p.issue_id join storage.objects o on o.name = p.path where i.what = $1`,
      [what],
    )
  ).length;

async function write(page: Page, what: string): Promise<void> {
  for (const [label, text] of Object.entries({ 什么事: what, ...written }))
    await page.getByLabel(label).fill(text);
}

/** A phone that has been here once: the page and what it loads later stay on it. */
async function visited(options = phone): Promise<{ page: Page; context: BrowserContext; path: string }> {
  const path = `/c/${await scene.code()}`;
  const page = await scene.open(path, options);
  await page.getByLabel('什么事').fill('院');
  await page.getByLabel('什么事').fill('');
  await expect
    .poll(
      () =>
        page.evaluate(async (path) => {
          const names = await caches.keys();
          const files = names.includes('files-1') ? await (await caches.open('files-1')).keys() : [];
          return !!(await caches.match(path)) && files.some(({ url }) => url.includes('photo-file'));
        }, path),
      soon,
    )
    .toBe(true);
  return { page, context: page.context(), path };
}

it('a second visit opens without a network; a report with a photo written then goes when there is one, once', async () => {
  const what = '停网时打开页面写的';
  const { page, context, path } = await visited();
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('heading', { name: '报告院里的事' }).waitFor();
  await write(page, what);
  const photo = await page.screenshot({ type: 'jpeg' });
  await page
    .getByLabel('拍照或选照片')
    .setInputFiles({ name: '墙.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor();
  await send(page).click();
  await kept(page).waitFor();
  await page.close();

  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(scene.server.url + path);
  await expect.poll(() => reportsOf(what), soon).toBe(1);
  await receipt(again).waitFor();
  await expect.poll(() => photosOf(what), soon).toBe(1);
  expect(await reportsOf(what)).toBe(1);
});

/** A proxy that cuts the first photo off on its way, once so many bytes of it have passed; all else passes as it is. */
async function cutter(bytes: number): Promise<string> {
  let left = bytes;
  const proxy = createServer((phone) => {
    const server = connect(Number(new URL(scene.server.url).port), '127.0.0.1');
    let isPhoto = false;
    for (const end of [phone, server]) end.on('error', () => undefined);
    server.pipe(phone);
    phone.on('end', () => server.end());
    phone.on('data', (piece) => {
      isPhoto ||= piece.toString('latin1', 0, 6) === 'PATCH ';
      server.write(piece);
      if (!isPhoto || left <= 0) return;
      left -= piece.length;
      if (left > 0) return;
      server.end();
      phone.destroy();
    });
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

it('a photo that is cut off on its way goes on where it was, without beginning again', async () => {
  const what = '照片传到一半断了';
  const server = await cutter(40_000);
  const { page, path } = await visited({ ...phone, proxy: { server, bypass: '<-loopback>' } });
  // As on iOS, where no service worker sends what waits: one sender, whose requests are counted.
  await page.addInitScript(() => Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync'));
  await page.goto(scene.server.url + path);
  const from: number[] = [];
  page.context().on('request', (request) => {
    if (request.method() === 'PATCH') from.push(Number(request.headers()['upload-offset']));
  });
  await write(page, what);
  const photo = await page.screenshot({ type: 'jpeg', quality: 100 });
  await page
    .getByLabel('拍照或选照片')
    .setInputFiles({ name: '墙.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor();
  await send(page).click();
  await receipt(page).waitFor();
  await expect.poll(() => photosOf(what), soon).toBe(1);
  expect(from).toEqual([0, expect.any(Number)]);
  expect(from[1]).toBeGreaterThan(0);
});

it('with every tab closed, the service worker sends it, and the page hears of it', async () => {
  const what = '关了页面自己提交的';
  const { page, context, path } = await visited();
  // Opened before the network goes: a new tab has it for a moment, and lets the others have it too.
  const blank = await context.newPage();
  await write(page, what);
  await context.setOffline(true);
  await send(page).click();
  await kept(page).waitFor();
  await page.getByText('一有网手机就会自己提交').waitFor();
  await page.close();
  await context.setOffline(false);
  const session = await context.newCDPSession(blank);
  const registrationId = await workerOf(session, '/c/');
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin: scene.server.url,
    registrationId,
    tag: 'outbox',
    lastChance: false,
  });
  await expect.poll(() => reportsOf(what), soon).toBe(1);

  await blank.goto(scene.server.url + path);
  await receipt(blank).waitFor();
  expect(await reportsOf(what)).toBe(1);
});

it('with a full disk nothing typed is lost, and one is told what to do', async () => {
  const what = '手机存满了写的';
  const path = `/c/${await scene.code()}`;
  const page = await scene.open(path, phone);
  await page.evaluate(() => {
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    IDBObjectStore.prototype.put = full;
    Storage.prototype.setItem = full;
  });
  await write(page, what);
  await page.context().setOffline(true);
  await send(page).click();
  await kept(page).waitFor();
  await page.getByText('请先别关这个页面').waitFor();
  await page.context().setOffline(false);
  await receipt(page).waitFor();
  expect(await reportsOf(what)).toBe(1);
});

it('a code that was replaced since the last visit says so, and takes nothing from who is writing', async () => {
  const [row] = await scene.server.query(
    'insert into public.courtyard_codes (courtyard_id) select min(id) from public.courtyards returning code',
  );
  const code = String(row?.['code']);
  const page = await scene.open(`/c/${code}`, phone);
  await expect
    .poll(() => page.evaluate((path) => caches.match(path).then(Boolean), `/c/${code}`), soon)
    .toBe(true);
  await scene.server.query('update public.courtyard_codes set revoked_at = now() where code = $1', [code]);
  await page.reload();
  await page.getByRole('heading', { name: '这个二维码已经换新了' }).waitFor();
});
