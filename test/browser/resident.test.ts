import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { desk, phone, signIn, stage } from './harness.ts';

const scene = stage();

const written = {
  什么事: '单元门口的灯坏了',
  您怎么称呼: '王阿姨',
  您住哪一户: '2单元201',
  电话: '13900001234',
};

async function write(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
}

async function expectWritten(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(fields))
    expect(await page.getByLabel(label).inputValue(), label).toBe(text);
}

const send = (page: Page) => page.getByRole('button', { name: '提交', exact: true });
const receipt = (page: Page) => page.getByRole('heading', { name: '收到了' });
const atTheWall = async (options = phone) => scene.open(`/c/${await scene.code()}`, options);
const reportsOf = async (what: string) =>
  (await scene.server.query('select id from public.issues where what = $1', [what])).length;

/** The sentence of a page that cannot go on, which comes as its heading. */
const shut = (page: Page, title: string) => page.getByRole('heading', { name: title }).waitFor();

/** Presses Tab until the focus is where it should be; fails when it never comes there. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page.getByRole('textbox', { name }).or(page.getByRole('link', { name }));
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error(`Tab never reaches “${name}”.`);
}

it('a code nobody knows is told what to do', async () => {
  const page = await scene.open('/c/nosuchyard123', phone);
  await shut(page, '网址输错了一个字');
  await page.getByText('请对着海报上的字再核对一遍').waitFor();
  // Well typed, and yet of no yard.
  const [row] = await scene.server.query(
    `select body || private.check_character(body) as code from (select repeat('0', 16) as body) b`,
  );
  await page.goto(`${scene.server.url}/c/${String(row?.['code'])}`);
  await shut(page, '没有找到这个院落');
  await page.getByText('请回到墙上再扫一次').waitFor();
});

it('a replaced code is told what to do, also when it is replaced while one writes', async () => {
  const [row] = await scene.server.query(
    'insert into public.courtyard_codes (courtyard_id) select min(id) from public.courtyards returning code',
  );
  const page = await scene.open(`/c/${String(row?.['code'])}`, phone);
  await write(page, written);
  await scene.server.query('update public.courtyard_codes set revoked_at = now() where code = $1', [
    row?.['code'],
  ]);
  await send(page).click();
  await page.getByRole('alert').getByText('您写的内容都还在本机').waitFor();
  await expectWritten(page, written);

  // The phone opens what it has kept, and stops nobody who is writing; the next time it knows.
  await expect
    .poll(
      async () => {
        await page.reload();
        await page.waitForTimeout(500);
        return page.getByRole('heading', { name: '这个二维码已经换新了' }).isVisible();
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  await page.getByText('请扫新的那张').waitFor();
});

it('an unfinished report is told what is missing, is led to it and loses nothing', async () => {
  const page = await atTheWall();
  await write(page, { 电话: written.电话 });
  await send(page).click();
  const summary = page.getByRole('alert');
  await summary.getByText('还有 3 处要改').waitFor();
  expect(await summary.getByRole('link').allTextContents()).toEqual([
    '什么事？',
    '您怎么称呼？',
    '您住哪一户？',
  ]);
  await page.getByText('请写一下是什么事').waitFor();
  await page.getByLabel('什么事').and(page.locator(':focus')).waitFor();
  await expectWritten(page, { 电话: written.电话 });

  await summary.getByRole('link', { name: '您住哪一户' }).click();
  await page.getByLabel('您住哪一户').and(page.locator(':focus')).waitFor();
});

it('a story that is too long is counted and kept, and goes when it is shorter', async () => {
  const page = await atTheWall();
  const long = '水'.repeat(501);
  await write(page, { ...written, 什么事: long });
  await page.getByText('501/500').waitFor();
  await send(page).click();
  await page.getByText('太长了，最多 500 个字，现在有 501 个').waitFor();
  await expectWritten(page, { ...written, 什么事: long });
  await write(page, { 什么事: long.slice(1) });
  await send(page).click();
  await receipt(page).waitFor();
});

it('a pin outside the street is refused and can be put back', async () => {
  const page = await atTheWall();
  const what = '桥头的栏杆松了';
  await write(page, { ...written, 什么事: what });
  await page.getByRole('button', { name: '在地图上标一下' }).click();
  const map = page.getByRole('region', { name: /方向键/ });
  await map.focus();
  for (const key of [...'---', ...Array.from({ length: 60 }, () => 'ArrowUp')])
    await page.keyboard.press(key);
  await page.getByText('已按您在地图上标的位置').waitFor();
  await send(page).click();
  await page.getByRole('alert').getByText('图钉标到了少城街道以外').waitFor();
  await expectWritten(page, { ...written, 什么事: what });
  expect(await reportsOf(what)).toBe(0);

  await page.getByRole('button', { name: '改回院落位置' }).click();
  await send(page).click();
  await receipt(page).waitFor();
  expect(await reportsOf(what)).toBe(1);
});

it('a photo arrives at the community; a file that is no photo does not stop the report', async () => {
  const what = '墙皮掉下来一大块';
  const page = await atTheWall();
  await write(page, { ...written, 什么事: what });
  const photo = await page.screenshot({ type: 'jpeg' });
  const add = page.getByLabel('拍照或选照片');
  await add.setInputFiles({ name: '合同.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo') });
  await page.getByRole('alert').getByText('这个文件不是照片').waitFor();
  await expectWritten(page, { ...written, 什么事: what });
  await add.setInputFiles({ name: '墙.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor();
  await send(page).click();
  await page.getByText('1 张照片已上传').waitFor();

  const community = await scene.open('/community/', desk);
  await signIn(community, 'kuanxiangzi');
  await community.getByRole('button', { name: what }).click();
  await community.getByRole('button', { name: '放大第 1 张照片' }).click();
  const large = community.getByRole('dialog', { name: '照片（1 张）' }).locator('img');
  await large.waitFor();
  expect(await large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
});

it('a report sent without a network is kept, survives a reload and arrives by itself, once', async () => {
  const what = '没有信号时写的报告';
  // No worker, which no route of a test holds back: what waits is sent by the page alone.
  const page = await atTheWall({ ...phone, serviceWorkers: 'block' });
  await write(page, { ...written, 什么事: what });
  await page.context().setOffline(true);
  await send(page).click();
  await page.getByRole('heading', { name: '先替您存好了' }).waitFor();
  await page.getByText('现在没有网络').waitFor();
  expect(await reportsOf(what)).toBe(0);

  // The report gets through now, but the phone never hears of it.
  await page.route('**/rpc/report_issue', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.context().setOffline(false);
  await page.getByText('服务器暂时没有回应').waitFor();
  await expect.poll(() => reportsOf(what)).toBe(1);
  await page.reload();
  await page.getByText('我在本机的报告 (1)').click();
  await page.getByText('等待提交').waitFor();
  await expectWritten(page, { ...written, 什么事: what });

  await page.unrouteAll({ behavior: 'wait' });
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await receipt(page).waitFor();
  expect(await reportsOf(what)).toBe(1);
});

it('pressing twice makes one report and one receipt', async () => {
  const what = '按了两下的报告';
  const page = await atTheWall();
  await write(page, { ...written, 什么事: what });
  await send(page).dblclick();
  await receipt(page).waitFor();
  expect(await reportsOf(what)).toBe(1);
  await page.getByRole('button', { name: '再报一件事' }).click();
  await page.getByText('我在本机的报告 (1)').waitFor();
  expect(await page.getByLabel('什么事').inputValue()).toBe('');
});

it('a tracking link that was not copied whole is told what to do', async () => {
  const page = await scene.open('/t/0123456789abcdefghjkmnpqrs', phone);
  await shut(page, '没有找到这份报告');
  await page.getByText('链接可能没有复制完整').waitFor();
});

it('what was being written is still there after a reload, and can be cleared', async () => {
  const page = await atTheWall();
  await write(page, written);
  await page.reload();
  await page.getByText('上次没写完的内容还在').waitFor();
  await expectWritten(page, written);
  await page.getByRole('button', { name: '清空重写' }).click();
  await page.reload();
  await page.getByText('哪里不对、谁家有难处').waitFor();
  await expectWritten(page, { 什么事: '', 您怎么称呼: '' });
});

it('the page speaks English and large type, and remembers both', async () => {
  const page = await atTheWall();
  await write(page, written);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Report a problem' }).waitFor();
  expect(await page.getByLabel('What is the matter?').inputValue()).toBe(written.什么事);
  const button = page.getByRole('button', { name: 'Send', exact: true });
  await page.getByRole('button', { name: 'Large type' }).click();
  await page.getByRole('button', { name: 'Normal type' }).waitFor();
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(56);

  await page.reload();
  await page.getByRole('button', { name: 'Normal type' }).waitFor();
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(56);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.getByRole('main').textContent()).not.toMatch(/什么事|您/);
  await page.getByRole('button', { name: '简体' }).click();
  await page.getByRole('heading', { name: '报告院里的事' }).waitFor();
});

it('a report can be made and followed with the keyboard alone', async () => {
  const what = '只用键盘写的报告';
  const page = await scene.open(`/c/${await scene.code()}`, desk);
  await page.getByRole('heading', { name: '报告院里的事' }).waitFor();
  for (const [label, text] of Object.entries({ ...written, 什么事: what })) {
    await tabTo(page, label);
    await page.keyboard.insertText(text);
  }
  await page.keyboard.press('Enter');
  await receipt(page).and(page.locator(':focus')).waitFor();
  await tabTo(page, '查看进度');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: what }).waitFor();
  expect(await reportsOf(what)).toBe(1);
});
