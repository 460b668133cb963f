import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import readXlsxFile from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { periodOf } from '../../src/core/numbers-period.ts';
import { desk, phone, signIn, stage } from './harness.ts';

const scene = stage();

const quarter = periodOf('quarter', Date.now());

/** What the database itself counts in this quarter; `where` narrows the issues. */
async function counted(what: string): Promise<number> {
  const [row] = await scene.server.query(
    `select count(*)::int as n from public.issues i where ${what} >= ($1 || 'T00:00:00+08:00')::timestamptz`,
    [quarter.from],
  );
  return Number(row?.['n']);
}

const period = (page: Page, name: string) =>
  page.getByRole('group', { name: '时段' }).getByText(name, { exact: true }).click();

async function figures(account: string, options: typeof desk): Promise<Page> {
  const page = await scene.open('/street/?view=numbers', options);
  await signIn(page, account);
  await period(page, '本季度');
  return page;
}

/** The value that stands under a name. */
const figure = (page: Page, name: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd')
    .first();

/** Presses an entry of the export menu; gives the file's name and bytes. */
async function exported(page: Page, entry: string): Promise<{ name: string; content: Buffer }> {
  await page.locator('summary').filter({ hasText: '导出' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: entry, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

it('a leader reads the quarter: the figures are the database’s, as charts and as tables', async () => {
  const page = await figures('street', desk);
  const closed = await counted(`i.state = 'closed' and i.ended_at`);
  expect(closed).toBeGreaterThan(10);
  await expect.poll(() => figure(page, '结案').textContent()).toBe(`${closed}件`);
  expect(await figure(page, '收到').textContent()).toBe(`${await counted('i.created_at')}件`);

  const weeks = page.getByRole('region', { name: '每周收到与结案' });
  const drawing = weeks.getByRole('img');
  await drawing.locator('svg').waitFor();
  expect(await drawing.getAttribute('aria-label')).toMatch(/的一周：收到 \d+ 件，结案 \d+ 件/);

  // by keyboard alone: the arrow turns the chart into a table
  await weeks.getByRole('radio', { name: '图' }).focus();
  await page.keyboard.press('ArrowRight');
  const cells = await weeks.getByRole('row').locator('td:last-child').allTextContents();
  expect(cells.reduce((sum, cell) => sum + Number(cell), 0)).toBe(closed);

  // the theme is followed without asking anew
  const colour = () =>
    page
      .getByRole('region', { name: '各环节按时率' })
      .locator('svg path[fill^="#"]')
      .first()
      .getAttribute('fill');
  await page.getByRole('region', { name: '各环节按时率' }).locator('svg path').first().waitFor();
  const light = await colour();
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
  await expect.poll(colour).not.toBe(light);
});

it('takes the quarter along: a workbook and CSV with every issue, without a resident’s words', async () => {
  const page = await figures('street', desk);
  await page.getByRole('img').first().waitFor();
  const [row] = await scene.server.query(
    `select count(*)::int as n, max(r.name) as resident, max(i.what) as words from public.issues i join private.reporters r on r.issue_id = i.id
     where i.created_at >= ($1 || 'T00:00:00+08:00')::timestamptz or i.ended_at >= ($1 || 'T00:00:00+08:00')::timestamptz`,
    [quarter.from],
  );
  const asked = `${quarter.from}_${quarter.to}`;

  const list = await exported(page, 'CSV：逐件');
  expect(list.name).toBe(`运行数字-逐件-${asked}.csv`);
  expect([...list.content.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const issues: Record<string, string>[] = parse(list.content, { bom: true, columns: true });
  const all = await scene.server.query(
    `select count(*)::int as n from public.issues i
     where i.created_at >= ($1 || 'T00:00:00+08:00')::timestamptz or i.ended_at >= ($1 || 'T00:00:00+08:00')::timestamptz`,
    [quarter.from],
  );
  expect(issues).toHaveLength(Number(all[0]?.['n']));
  expect(new Set(issues.map((issue) => issue['编号'])).size).toBe(issues.length);
  const text = list.content.toString();
  for (const secret of [row?.['resident'], row?.['words']])
    if (secret) expect(text).not.toContain(String(secret));

  const summary = await exported(page, 'CSV：汇总');
  const lines: string[][] = parse(summary.content, { bom: true });
  const closed = await counted(`i.state = 'closed' and i.ended_at`);
  expect(lines).toContainEqual(['总览', '结案', '数值', String(closed)]);

  const book = await exported(page, 'Excel 表格（汇总与逐件）');
  expect(book.name).toBe(`运行数字-${asked}.xlsx`);
  const sheets = await readXlsxFile(book.content);
  expect(sheets.map(({ sheet }) => sheet)).toEqual([
    '总览',
    '在哪一级结案',
    '各环节按时率',
    '各单位按时率',
    '各类诉求按时率',
    '每周收到与结案',
    '逐件',
  ]);
  expect(sheets.at(-1)?.data).toHaveLength(issues.length + 1);
});

it('narrows to a community, refuses a period that is none, and says so when nothing happened', async () => {
  const page = await figures('street', desk);
  await page.getByRole('combobox', { name: '社区' }).selectOption({ label: '宽巷子社区' });
  const narrowed = await counted(
    `(select a.name from public.areas a where a.id = i.community_id) = '宽巷子社区' and i.created_at`,
  );
  await expect.poll(() => figure(page, '收到').textContent()).toBe(`${narrowed}件`);

  await period(page, '自选');
  await page.getByLabel('从', { exact: true }).fill('2026-02-02');
  await page.getByLabel('到', { exact: true }).fill('2026-02-01');
  await page.getByRole('button', { name: '查看' }).click();
  await page.getByRole('alert').getByText('结束日期要在开始日期之后').waitFor();
  await page.getByLabel('从', { exact: true }).fill('2020-01-01');
  await page.getByLabel('到', { exact: true }).fill('2020-01-31');
  await page.getByRole('button', { name: '查看' }).click();
  await page.getByText('这段时间还没有数字').waitFor();
});

it('keeps the figures on the screen when the network goes, and says how old they are', async () => {
  const page = await figures('street', desk);
  await page.getByRole('img').first().waitFor();
  await page.route('**/rest/v1/rpc/numbers', (route) => route.abort());
  await page.getByRole('button', { name: '刷新' }).click();
  await page
    .getByRole('alert')
    .getByText(/下面还是 .* 的数字/)
    .waitFor();
  expect(await figure(page, '收到').textContent()).toMatch(/^\d+件$/);
  await page.unroute('**/rest/v1/rpc/numbers');
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect.poll(() => page.getByRole('alert').count()).toBe(0);
});

it('a department sees its own, on a phone, and nothing sticks out', async () => {
  const page = await figures('chengguan', phone);
  await page.getByRole('img').first().waitFor();
  expect(await page.getByRole('combobox', { name: '社区' }).count()).toBe(0);
  const [row] = await scene.server.query(
    `select count(*)::int as n from public.issues i join public.departments d on d.id = i.holder_department_id or d.id = any (i.assisting)
     where d.code = 'chengguan' and i.state = 'closed' and i.ended_at >= ($1 || 'T00:00:00+08:00')::timestamptz`,
    [quarter.from],
  );
  await expect.poll(() => figure(page, '结案').textContent()).toBe(`${row?.['n']}件`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
