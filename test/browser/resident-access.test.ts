import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { isOpenToAll } from './axe.ts';
import { phone, stage } from './harness.ts';
import { act, ended, report, resolved } from './resident-steps.ts';

const scene = stage();

const atTheWall = async (options: BrowserContextOptions = phone) =>
  scene.open(`/c/${await scene.code()}`, options);
const send = (page: Page) => page.getByRole('button', { name: '提交', exact: true });
const fields = { 您怎么称呼: '王阿姨', 您住哪一户: '2单元201' };

async function write(page: Page, what: string): Promise<void> {
  for (const [label, text] of Object.entries({ 什么事: what, ...fields }))
    await page.getByLabel(label).fill(text);
}

it('axe finds nothing on the form in any of its states', async () => {
  const neighbour = await report(scene, '楼上漏水滴到我家');
  const page = await atTheWall();
  await isOpenToAll(page, 'the form');
  await send(page).click();
  await page.getByRole('alert').getByText('还有 3 处要改').waitFor();
  await isOpenToAll(page, 'what is missing');
  await page.getByLabel('什么事').fill('三楼厨房漏水');
  await page.getByText('看起来是').waitFor();
  await page.getByRole('heading', { name: '邻居已经反映过' }).waitFor();
  await isOpenToAll(page, 'a suggestion and neighbours');
  await page.getByRole('button', { name: '替别人报？点这里' }).click();
  await page.getByLabel('您是谁').waitFor();
  await page.getByRole('button', { name: '更多' }).click();
  await isOpenToAll(page, 'on behalf, all kinds');
  await page.getByLabel('什么事').fill('三楼着火了，有烟');
  await page.getByText('有人身危险，请先打电话').waitFor();
  await isOpenToAll(page, 'danger');
  const photo = await page.screenshot({ type: 'jpeg' });
  await page
    .getByLabel('拍照或选照片')
    .setInputFiles({ name: '墙.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor();
  await page.getByRole('button', { name: '在地图上标一下' }).click();
  await page.getByRole('region', { name: /方向键/ }).waitFor();
  await isOpenToAll(page, 'a photo and the map');
  expect(neighbour.number).toMatch(/^\d{4}-/);
});

it('axe finds nothing while a report is kept, on its receipt and in one’s list', async () => {
  const page = await atTheWall({ ...phone, serviceWorkers: 'block' });
  await write(page, '路灯忽明忽暗');
  await page.context().setOffline(true);
  await send(page).click();
  await page.getByRole('heading', { name: '先替您存好了' }).waitFor();
  await isOpenToAll(page, 'kept');
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: '收到了' }).waitFor();
  await page.getByText('路灯忽明忽暗').waitFor({ state: 'detached' });
  await isOpenToAll(page, 'the receipt');
  await page.getByRole('button', { name: '再报一件事' }).click();
  await page.getByText('我在本机的报告 (1)').click();
  await isOpenToAll(page, 'the form with a list');
  await page.goto(`${scene.server.url}/t/mine`);
  await page.getByText('路灯忽明忽暗').waitFor();
  await page.getByRole('button', { name: '换手机，带走我的报告' }).click();
  await page.getByRole('button', { name: '要一个码' }).click();
  await page.getByText('在新手机上打开').waitFor();
  await isOpenToAll(page, 'mine, and moving');
});

it('axe finds nothing on a followed report, from its arrival to its end', async () => {
  const mended = await report(scene, '水管渗水');
  const page = await scene.open(`/t/${mended.key}`, phone);
  await page.getByText('补充一句话或照片').waitFor();
  await isOpenToAll(page, 'submitted');
  await page.getByText('补充一句话或照片').click();
  await page.getByText('我的信息', { exact: true }).click();
  await page.getByText('还没有人看过您的完整姓名和电话').waitFor();
  await page.getByText('不用处理了，撤回').click();
  await page.getByRole('button', { name: '存成图片' }).click();
  await page.getByRole('img', { name: /回执图片/ }).waitFor();
  await isOpenToAll(page, 'all that one may do');
  const again = () => page.reload();
  await act(scene, mended, 'accept');
  await again();
  await page.getByText('正在处理').waitFor();
  await isOpenToAll(page, 'handling');
  await act(scene, mended, 'resolve', resolved);
  await again();
  await page.getByText('问题解决了吗？').waitFor();
  await page.getByLabel('没解决', { exact: true }).check();
  await isOpenToAll(page, 'is it fixed?');
  await page.getByLabel('解决了', { exact: true }).check();
  await page.getByRole('button', { name: '告诉他们' }).click();
  await page.getByText('这件事结束了').waitFor();
  await page.getByText('还有问题？重新打开').click();
  await isOpenToAll(page, 'closed');
});

it.each(ended)('axe finds nothing on a report that was %s', async (state, words) => {
  const [first, other] = [await report(scene, `管道漏水：${state}`), await report(scene, `又漏水：${state}`)];
  if (state === 'declined') await act(scene, other, 'accept');
  if (state === 'withdrawn') await scene.server.query('select public.withdraw_issue($1, 1)', [other.key]);
  else if (state === 'merged') await act(scene, other, 'merge', { into: first.number });
  else
    await act(scene, other, 'decline', {
      reason: '不归社区管',
      duty: 'never_demolition',
      instead: '请打12345',
    });
  const page = await scene.open(`/t/${other.key}`, phone);
  await page.getByText(words, { exact: true }).first().waitFor();
  await isOpenToAll(page, state);
});

it('axe finds nothing where something is waited for, or fails', async () => {
  const page = await scene.open('/t/mine', { ...phone, serviceWorkers: 'block' });
  const path = `/c/${await scene.code()}`;
  // A static host writes nothing of the yard into the page: it is asked for, and here the answer does not come.
  await page.route(`**${path}`, async (route) => {
    const answer = await route.fetch();
    const html = (await answer.text()).replace(/(id="courtyard">)[^<]*/, '$1');
    await route.fulfill({ response: answer, body: html, headers: { 'content-type': 'text/html' } });
  });
  let answers = (): void => {};
  const later = new Promise<void>((answer) => (answers = answer));
  await page.route('**/rpc/open_courtyard', async (route) => {
    await later;
    await route.continue();
  });
  await page.goto(scene.server.url + path);
  await page.getByRole('status', { name: '正在打开' }).waitFor();
  await isOpenToAll(page, 'opening');
  answers();
  await page
    .getByLabel('拍照或选照片')
    .setInputFiles({ name: '墙.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') });
  await page.getByText('这个文件不是照片').waitFor();
  await isOpenToAll(page, 'a photo that is none');
  await page.route('**/storage/v1/**', (route) => route.abort());
  const photo = await page.screenshot({ type: 'jpeg' });
  await page
    .getByLabel('拍照或选照片')
    .setInputFiles({ name: '墙.jpg', mimeType: 'image/jpeg', buffer: photo });
  await write(page, '楼梯扶手松了');
  await send(page).click();
  await page.getByText('照片还有 1 张没传上去').waitFor();
  await isOpenToAll(page, 'a photo that does not come up');
});

it('axe finds nothing where a code or a link leads nowhere', async () => {
  const page = await scene.open('/c/nosuchyard123', phone);
  await page.getByRole('heading', { name: '网址输错了一个字' }).waitFor();
  await isOpenToAll(page, 'a wrong code');
  const [row] = await scene.server.query(
    'insert into public.courtyard_codes (courtyard_id) select min(id) from public.courtyards returning code',
  );
  await scene.server.query('update public.courtyard_codes set revoked_at = now() where code = $1', [
    row?.['code'],
  ]);
  await page.goto(`${scene.server.url}/c/${String(row?.['code'])}`);
  await page.getByRole('heading', { name: '这个二维码已经换新了' }).waitFor();
  await isOpenToAll(page, 'a revoked code');
  await page.goto(`${scene.server.url}/t/0123456789abcdefghjkmnpqrs`);
  await page.getByRole('heading', { name: '没有找到这份报告' }).waitFor();
  await isOpenToAll(page, 'a link of nothing');
  await page.goto(`${scene.server.url}/`);
  await page.getByRole('heading', { name: '扫一扫墙上的二维码' }).waitFor();
  await isOpenToAll(page, 'no code at all');
  await page.goto(`${scene.server.url}/codes`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await isOpenToAll(page, 'how to tell a false code');
  await page.goto(`${scene.server.url}/nowhere`);
  await page.getByText('This page does not exist').waitFor();
  await isOpenToAll(page, 'no page at all');
});

/** What does not fit: words that are cut off, and whatever makes the page scroll sideways. */
const overflowing = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('button, a, label, h1, h2, h3, p, summary')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 40)}`),
  );

const large: [string, BrowserContextOptions, (page: Page) => Promise<unknown>][] = [
  [
    'at 200 % zoom',
    { ...phone, viewport: { width: 195, height: 422 }, deviceScaleFactor: 4 },
    async () => {},
  ],
  [
    'with the browser’s text twice as large',
    phone,
    async (page) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
      const size = () => page.evaluate(() => getComputedStyle(document.body).fontSize);
      await expect.poll(size).toBe('32px');
    },
  ],
  ['in 长者版', phone, (page) => page.getByRole('button', { name: '长者版' }).click()],
  [
    'in 长者版, in English, on a narrow phone',
    { ...phone, viewport: { width: 320, height: 640 } },
    async (page) => {
      await page.getByRole('button', { name: '长者版' }).click();
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Report a problem' }).waitFor();
      expect.soft(await overflowing(page), 'in English').toEqual([]);
      await page.getByRole('button', { name: '简体' }).click();
    },
  ],
];

it.each(large)('the form is finished and the report followed %s', async (how, options, enlarge) => {
  const what = `大字写的：${how}`;
  const page = await atTheWall(options);
  await enlarge(page);
  await page.getByRole('heading', { name: '报告院里的事' }).waitFor();
  expect.soft(await overflowing(page), 'the form').toEqual([]);
  await write(page, what);
  await send(page).click();
  await page.getByRole('heading', { name: '收到了' }).waitFor();
  expect.soft(await overflowing(page), 'the receipt').toEqual([]);
  await page.getByRole('link', { name: '查看进度' }).click();
  await page.getByRole('heading', { name: what }).waitFor();
  await page.getByText('补充一句话或照片').waitFor();
  expect.soft(await overflowing(page), 'the followed report').toEqual([]);
});
