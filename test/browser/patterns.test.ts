import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { barriers } from './axe.ts';
import { desk, phone, signIn, stage } from './harness.ts';

const scene = stage();

async function patterns(path: string, options = desk): Promise<Page> {
  const page = await scene.open(path, options);
  page.setDefaultTimeout(60_000);
  await signIn(page, 'street');
  await page.getByRole('region', { name: '规律' }).waitFor();
  return page;
}
const panel = (page: Page) => page.getByRole('region', { name: '规律' });
const pick = (page: Page, name: string) => panel(page).getByText(name, { exact: true }).click();
const said = (page: Page, key: string) => new URL(page.url()).searchParams.get(key);

it('hexagons are switched on with their legend, kept in the address, and switched off without a trace', async () => {
  const page = await patterns('/street/?tool=patterns&t=90d');
  await pick(page, '蜂窝');
  const legend = page.getByRole('region', { name: '每格诉求（件）' });
  await legend.getByRole('listitem').first().waitFor();
  expect(said(page, 'pattern')).toBe('hexagon.50');
  expect(await legend.getByRole('listitem').count()).toBe(6);
  await pick(page, '热力');
  await page.getByRole('region', { name: '诉求密度' }).waitFor();
  await page.getByRole('button', { name: '关闭', exact: true }).last().click();
  await page.getByRole('region', { name: '诉求密度' }).waitFor({ state: 'detached' });
  expect(said(page, 'pattern')).toBeNull();
});

it('the hot spots of ninety days are listed with courtyards and cause; one is revealed and filtered to', async () => {
  const page = await patterns('/street/?tool=patterns&t=90d');
  const first = panel(page).getByRole('listitem').first();
  await first.waitFor();
  expect(await first.textContent()).toMatch(/垃圾没清运 \d+ 件.*包家巷/s);
  await first.getByRole('button').first().click();
  expect(await first.getByRole('button').first().getAttribute('aria-pressed')).toBe('true');
  expect(said(page, 'pattern')).toBe('spots.cause');
  await pick(page, '反复发生');
  const again = panel(page).getByRole('listitem').filter({ hasText: '四道街印刷厂宿舍' });
  expect(await again.first().textContent()).toMatch(/三个月内这里漏水渗水 3 次/);
  await pick(page, '热点');
  await panel(page).getByRole('button', { name: '只看这里' }).click();
  expect(said(page, 'f')).toMatch(/k\.rubbish/);
});

it('two communities and two periods are compared in figures, on a phone too', async () => {
  const page = await patterns('/street/?tool=patterns', phone);
  await pick(page, '对比');
  await panel(page).getByRole('table', { name: '前 45 天与近 45 天对比' }).waitFor();
  await pick(page, '两个社区');
  const names = await panel(page).getByRole('combobox').first().locator('option').allTextContents();
  const table = panel(page).getByRole('table', { name: `${names[0]}与${names[1]}对比` });
  await table.waitFor();
  const cells = await table
    .getByRole('row', { name: /^诉求（件）/ })
    .getByRole('cell')
    .allTextContents();
  const [counted] = await scene.server.query(
    `select count(*)::int as n from public.issues i join public.areas a on a.id = i.community_id
     where a.name = $1 and i.created_at >= now() - interval '45 days'`,
    [names[0]],
  );
  expect(cells[0]).toBe(String(counted?.['n']));

  await page.evaluate(() => {
    history.pushState(history.state, '', `${location.pathname}${location.search}&f=k.leak`);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
  });
  await panel(page).getByText('只对比筛选出的诉求').waitFor();
  const [leaks] = await scene.server.query(
    `select count(*)::int as n from public.issues i join public.areas a on a.id = i.community_id
     where a.name = $1 and i.category = 'leak' and i.created_at >= now() - interval '45 days'`,
    [names[0]],
  );
  const issues = table.getByRole('row', { name: /^诉求（件）/ }).getByRole('cell');
  await expect.poll(() => issues.first().textContent()).toBe(String(leaks?.['n']));
  expect(Number(leaks?.['n'])).toBeLessThan(Number(counted?.['n']));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

it('on a phone the sheet has the foot of the map to itself; the time comes back when it closes', async () => {
  const page = await patterns('/street/?tool=patterns&t=90d', phone);
  const back = page.getByRole('button', { name: '回到现在' }).filter({ visible: true });
  await pick(page, '对比');
  await panel(page).getByRole('table').waitFor();
  expect(await back.count()).toBe(0);
  const foot = await panel(page).evaluate((sheet) => {
    const { bottom } = sheet.getBoundingClientRect();
    return [bottom, document.querySelector('.ground')?.getBoundingClientRect().bottom];
  });
  expect(foot[0]).toBe(foot[1]);
  await panel(page).getByRole('button', { name: '关闭', exact: true }).click();
  await back.waitFor();
});

it('from pin to pin by keyboard, each said by its name, and opened with Enter', async () => {
  const page = await scene.open('/street/', desk);
  page.setDefaultTimeout(60_000);
  await signIn(page, 'street');
  await page.getByRole('toolbar', { name: '地图工具' }).waitFor({ state: 'attached' });
  await page.locator('canvas.maplibregl-canvas').focus();
  await expect
    .poll(async () => {
      await page.keyboard.press('.');
      return page.getByText(/按回车打开$/).count();
    })
    .toBe(1);
  const one = await page.getByText(/按回车打开$/).textContent();
  await page.keyboard.press('.');
  await expect.poll(() => page.getByText(/按回车打开$/).textContent()).not.toBe(one);
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: '诉求' }).waitFor();
  expect(said(page, 'issue')).toMatch(/^\d+$/);
});

it('axe finds nothing serious on the map in its states, light and dark', async () => {
  const page = await patterns('/street/?tool=patterns&t=90d&pattern=hexagon.50*spots.cause');
  await panel(page).getByRole('listitem').first().waitFor();
  expect.soft(await barriers(page, 'serious'), 'patterns').toEqual([]);
  await pick(page, '对比');
  await panel(page).getByRole('table').waitFor();
  expect.soft(await barriers(page, 'serious'), 'comparison').toEqual([]);
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
  expect.soft(await barriers(page, 'serious'), 'dark').toEqual([]);
  await page.getByRole('toolbar', { name: '地图工具' }).getByRole('button', { name: '图层' }).click();
  await page.getByRole('region', { name: '图层' }).waitFor();
  expect.soft(await barriers(page, 'serious'), 'layers').toEqual([]);
});
