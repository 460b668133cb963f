import type { BrowserContext, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phone, stage, workerOf } from './harness.ts';

const scene = stage();
const soon = { timeout: 60_000 };

const written = { 您怎么称呼: '王阿姨', 您住哪一户: '2单元201' };
const send = (page: Page) => page.getByRole('button', { name: '提交', exact: true });
const receipt = (page: Page) => page.getByRole('heading', { name: '收到了' });
const kept = (page: Page) => page.getByRole('heading', { name: '先替您存好了' });
const reportsOf = async (what: string) =>
  (await scene.server.query('select id from public.issues where what = $1', [what])).length;

async function write(page: Page, what: string): Promise<void> {
  for (const [label, text] of Object.entries({ 什么事: what, ...written }))
    await page.getByLabel(label).fill(text);
}

/** A phone that has been here once: the page and what it loads later stay on it. */
async function visited(): Promise<{ page: Page; context: BrowserContext; path: string }> {
  const path = `/c/${await scene.code()}`;
  const page = await scene.open(path, phone);
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
  const arrived = async () =>
    (
      await scene.server.query(
        `select 1 from public.issue_photos p join public.issues i on i.id = p.issue_id join storage.objects o on o.name = p.path where i.what = $1`,
        [what],
      )
    ).length;
  await expect.poll(arrived, soon).toBe(1);
  expect(await reportsOf(what)).toBe(1);
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
