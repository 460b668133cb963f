import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { desk, phone, signIn, stage } from './harness.ts';
import { report } from './resident-steps.ts';

const scene = stage();

const atTheWall = async () => scene.open(`/c/${await scene.code()}`, phone);
const send = (page: Page) => page.getByRole('button', { name: '提交', exact: true });
const receipt = (page: Page) => page.getByRole('heading', { name: '收到了' });

it('a neighbour’s report is joined in one tap, and leads to its progress', async () => {
  const first = await report(scene, '三楼的水管漏水');
  const page = await atTheWall();
  await page.getByLabel('您怎么称呼').fill('李大爷');
  await page.getByLabel('您住哪一户').fill('2单元301');
  await page.getByLabel('什么事').fill('楼上漏水，滴到我家');
  const neighbours = page.getByRole('region', { name: '邻居已经反映过' });
  const offer = neighbours.getByRole('button', { name: '是这件事，一起跟进' }).first();
  await offer.waitFor();
  expect(await neighbours.textContent()).not.toMatch(/三楼的水管|王阿姨/);
  await offer.click();
  await receipt(page).waitFor();
  const [own] = await scene.server.query(
    `select m.number as joined from public.issues i join public.issues m on m.id = i.merged_into where i.what = $1`,
    ['楼上漏水，滴到我家'],
  );
  expect(own?.['joined']).toBe(first.number);
  await page.getByRole('link', { name: '查看进度' }).click();
  await page.getByRole('region', { name: '进展看这里' }).getByText(first.number).waitFor();
});

it('who has not said who they are is asked for that alone, and then joins', async () => {
  await report(scene, '二楼的水管漏水');
  const page = await atTheWall();
  await page.getByLabel('什么事').fill('厨房漏水，地上都是');
  await page.getByRole('button', { name: '是这件事，一起跟进' }).first().click();
  await page.getByLabel('您怎么称呼').and(page.locator(':focus')).waitFor();
  await page.getByRole('button', { name: '已选：和这件一起跟进' }).waitFor();
  await page.getByLabel('您怎么称呼').fill('李大爷');
  await page.getByLabel('您住哪一户').fill('2单元301');
  await send(page).click();
  await receipt(page).waitFor();
  const [own] = await scene.server.query(`select state from public.issues where what = $1`, [
    '厨房漏水，地上都是',
  ]);
  expect(own?.['state']).toBe('merged');
});

it('a daughter reports for her mother; the community sees whose matter it is and who wrote', async () => {
  const what = '妈妈家的灯不亮，她上下楼看不清';
  const page = await atTheWall();
  await page.getByLabel('什么事').fill(what);
  await page.getByRole('button', { name: '替别人报？点这里' }).click();
  await page.getByLabel('是谁家的事').fill('张婆婆');
  await page.getByLabel('住哪一户').fill('1栋1单元101');
  await page.getByLabel('您是谁').fill('女儿小张');
  await send(page).click();
  await receipt(page).waitFor();
  const [row] = await scene.server.query(
    `select r.name, r.helper from private.reporters r join public.issues i on i.id = r.issue_id where i.what = $1`,
    [what],
  );
  expect(row).toEqual({ name: '张婆婆', helper: '女儿小张' });
  await page.getByRole('link', { name: '查看进度' }).click();
  await page.getByText('我的信息', { exact: true }).click();
  await page.getByText('代您报告的人：女儿小张').waitFor();

  const community = await scene.open('/community/', desk);
  await signIn(community, 'kuanxiangzi');
  await community.getByRole('button', { name: what }).click();
  await community.getByRole('heading', { name: what }).waitFor();
});

it('a photo comes first: with it, nobody has to find words', async () => {
  const page = await atTheWall();
  const photo = await page.screenshot({ type: 'jpeg' });
  await page
    .getByLabel('拍照或选照片')
    .setInputFiles({ name: '墙.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor();
  await page.getByLabel('您怎么称呼').fill('王阿姨');
  await page.getByLabel('您住哪一户').fill('2单元201');
  await send(page).click();
  await page.getByText('1 张照片已上传').waitFor();
  const [row] = await scene.server.query(
    `select i.what from public.issues i join public.issue_photos p on p.issue_id = i.id where i.what = '见照片'`,
  );
  expect(row?.['what']).toBe('见照片');
});

it('words that tell of danger bring the number that helps before anything else', async () => {
  const page = await atTheWall();
  await page.getByLabel('什么事').fill('有老人晕倒在楼道');
  const calls = page.getByRole('alert').getByRole('link');
  await calls.first().waitFor();
  expect(await calls.allTextContents()).toEqual(['120 急救', '119 火警', '110 报警']);
  expect(await calls.first().getAttribute('href')).toBe('tel:120');
  await page.getByLabel('什么事').fill('楼道灯昏暗');
  await calls.first().waitFor({ state: 'detached' });
});
