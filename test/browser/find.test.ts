import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { desk, phone, signIn, stage } from './harness.ts';

const scene = stage();

const list = (page: Page) => page.getByRole('region', { name: '诉求列表' });
const panel = (page: Page) => page.getByRole('heading', { name: '筛选', exact: true });
const numbers = (text: string | null) => (text?.match(/\d+/g) ?? []).map(Number);

async function map(address = '/street/'): Promise<Page> {
  const page = await scene.open(address, desk);
  await signIn(page, 'street');
  await list(page)
    .getByRole('status')
    .getByText(/\d+ 件/)
    .waitFor();
  return page;
}

/** What the list says it shows, and how many lines it has all in all. */
async function shown(page: Page): Promise<number> {
  let all = 0;
  await expect
    .poll(async () => {
      const [said = 0] = numbers(await list(page).getByRole('status').textContent());
      const parts = await list(page).getByRole('heading').allTextContents();
      all = parts.flatMap((part) => numbers(part)).reduce((sum, count) => sum + count, 0);
      return said - all;
    })
    .toBe(0);
  return all;
}

const filtered = (page: Page) =>
  list(page)
    .getByText(/显示 \d+ 件，另有 \d+ 件被筛选隐藏/)
    .waitFor();

it('initials and pinyin find what Chinese finds', async () => {
  const page = await map();
  const search = page.getByRole('searchbox');
  await search.fill('垃圾');
  await filtered(page);
  const found = await shown(page);
  expect(found).toBeGreaterThan(0);
  await search.fill('laji');
  await expect.poll(() => shown(page), { timeout: 30_000 }).toBe(found);
  await expect.poll(() => new URL(page.url()).searchParams.get('f')).toBe('q.laji');
});

it('an area narrows list, counts and table alike; kept, it comes back by its name and by its link', async () => {
  const page = await map();
  await page.getByRole('button', { name: '筛选', exact: true }).click();
  await panel(page).waitFor();
  await page.getByRole('button', { name: '画面中央 300 米' }).click();
  await filtered(page);
  const found = await shown(page);
  await page.getByLabel('名字').fill('中央三百米');
  await page.getByRole('button', { name: '存下', exact: true }).click();
  await page.getByText('“中央三百米”已存下').waitFor();
  await page.getByRole('button', { name: '全部清除' }).click();
  await list(page)
    .getByText(/^\d+ 件$/)
    .waitFor();
  await page.getByRole('button', { name: '中央三百米', exact: true }).click();
  await filtered(page);
  expect(await shown(page)).toBe(found);
  await expect.poll(() => new URL(page.url()).searchParams.get('f')).toMatch(/^a\.c\./);

  const colleague = await map(page.url().replace(/^https?:\/\/[^/]+/, ''));
  await filtered(colleague);
  expect(await shown(colleague)).toBe(found);
  await colleague.getByRole('button', { name: '表格', exact: true }).click();
  const table = colleague.getByRole('table');
  await table.waitFor();
  expect(await table.getAttribute('aria-rowcount')).toBe(String(found + 1));
});

it('a link that is broken, or names what is gone, says so and shows the rest', async () => {
  const page = await map('/street/?f=s.handling*k.carriages*zz.1');
  await page.getByText('这个链接不完整，读得出的条件都用上了').waitFor();
  await page.getByText(/类别“carriages”/).waitFor();
  await filtered(page);
  expect(await shown(page)).toBeGreaterThan(0);
  await page.getByRole('button', { name: '从筛选里去掉' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('f')).toBe('s.handling');
});

it('one looks back over a quarter, moves through it by keyboard, and returns to now with one press', async () => {
  const page = await map();
  const now = await shown(page);
  await page.getByRole('button', { name: '时间', exact: true }).click();
  await page.getByRole('button', { name: '90 天' }).click();
  const status = page.getByRole('region', { name: '时间' }).getByRole('status');
  await status.getByText(/ 至 .*件/).waitFor();
  const quarter = await shown(page);
  expect(quarter).toBeGreaterThan(now);
  await page.getByText('您在看过去的一段时间，不是现在').waitFor();

  await page.getByRole('slider', { name: '开头' }).press('End');
  await expect.poll(() => shown(page)).toBeLessThan(quarter);
  await page.getByRole('slider', { name: '移动整段' }).press('Home');
  await page.getByRole('button', { name: '走一步' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('t')).toMatch(/^90d\*w\./);
  await page.getByRole('region', { name: '时间' }).getByRole('button', { name: '回到现在' }).click();
  await expect.poll(() => shown(page)).toBe(now);
  await expect.poll(() => new URL(page.url()).searchParams.get('t')).toBeNull();
});

it('on a phone the filter is a sheet', async () => {
  const page = await scene.open('/street/', phone);
  await signIn(page, 'street');
  await page.getByRole('button', { name: '筛选', exact: true }).click();
  await panel(page).waitFor();
  await page.getByRole('button', { name: '已超时', exact: true }).click();
  const [said = 0] = numbers(
    await page
      .getByText(/^显示 \d+ 件/)
      .last()
      .textContent(),
  );
  expect(said).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
