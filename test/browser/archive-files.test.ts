import { readFileSync, writeFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { desk, phone, signIn, stage } from './harness.ts';

const scene = stage();

interface Yard {
  id: number;
  code: string;
  name: string;
  facts: Record<string, unknown>;
}

/** A yard of 宽巷子社区 whose round nobody has begun. */
async function freshYard(): Promise<Yard> {
  const [row] = await scene.server.query(
    `select c.id, c.code, c.name, k.facts from public.courtyards c join public.areas a on a.id = c.community_id
     join private.archives k on k.courtyard_id = c.id
     where a.name like '宽巷子%' and c.ended_at is null and (k.facts ->> 'registered')::int > 40 and not exists (
       select from private.profiles p where p.courtyard_id = c.id and p.quarter = (select max(quarter) from public.rounds))
     order by c.id limit 1`,
  );
  return {
    id: Number(row?.['id']),
    code: String(row?.['code']),
    name: String(row?.['name']),
    facts: (row?.['facts'] ?? {}) as Record<string, unknown>,
  };
}

async function drafts(yard: number): Promise<Record<string, unknown>> {
  const [row] = await scene.server.query(
    `select coalesce(jsonb_object_agg(d.code, d.value), '{}') as given from private.drafts d
     where d.courtyard_id = $1 and d.quarter = (select max(quarter) from public.rounds)`,
    [yard],
  );
  return (row?.['given'] ?? {}) as Record<string, unknown>;
}

/** What a person types into cells of the first sheet, by the yard's code and the column's. Gives the cells' places. */
function fillIn(file: string, yard: string, typed: Record<string, number | string>): Record<string, string> {
  const parts = unzipSync(readFileSync(file));
  const text = (path: string) => strFromU8(parts[path] ?? new Uint8Array());
  const shared = [...text('xl/sharedStrings.xml').matchAll(/<si>.*?<\/si>/gs)].map(([item]) =>
    item.replace(/<[^>]*>/g, ''),
  );
  let sheet = text('xl/worksheets/sheet1.xml');
  const cellOf = (line: RegExp, words: string): string => {
    const at = shared.indexOf(words);
    for (const [, place = '', index] of sheet.matchAll(/<c r="([A-Z]+\d+)"[^>]* t="s"><v>(\d+)<\/v><\/c>/g))
      if (Number(index) === at && line.test(place)) return place;
    throw new Error(`No cell says ${words}.`);
  };
  const row = cellOf(/^A\d+$/, yard).slice(1);
  const places: Record<string, string> = {};
  for (const [code, value] of Object.entries(typed)) {
    const place = cellOf(/^[A-Z]+1$/, code).slice(0, -1) + row;
    const cell =
      typeof value === 'number'
        ? `<c r="${place}"><v>${value}</v></c>`
        : `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;
    sheet = sheet.replace(new RegExp(`<c r="${place}"[^>]*>.*?</c>`), cell);
    places[code] = place;
  }
  writeFileSync(file, zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(sheet) }));
  return places;
}

async function takeWorkbook(page: Page): Promise<string> {
  await page.getByRole('button', { name: '表格' }).click();
  await page.getByLabel('做什么用').fill('带到院里填写');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /Excel/ }).click(),
  ]);
  return download.path();
}

it('the secretary fills in a workbook offline; what each cell would do is reported before it is written, and then it is true', async () => {
  const yard = await freshYard();
  const registered = Number(yard.facts['registered']);
  const page = await scene.open('/community/?view=round', desk);
  page.setDefaultTimeout(60_000);
  await signIn(page, 'kuanxiangzi');
  const file = await takeWorkbook(page);
  const places = fillIn(file, yard.code, {
    registered: registered + 2,
    empty_homes: Number(yard.facts['empty_homes']) + 1,
    rented: Number(yard.facts['rented']) + 1,
    floors: '很高',
  });
  const back = { name: '季度更新.xlsx', mimeType: 'application/octet-stream' };
  await page.getByLabel('选择文件').setInputFiles({ ...back, buffer: readFileSync(file) });

  // The dry run: each cell with what it would do, and nothing written.
  const report = page.getByRole('region', { name: '核对结果' });
  const line = (code: string) => report.getByRole('listitem').filter({ hasText: places[code] ?? '' });
  await expect
    .poll(() => line('registered').textContent())
    .toContain(`${registered} 人 → ${registered + 2} 人`);
  await expect.poll(() => line('floors').textContent()).toContain('“很高”');
  await expect.poll(() => report.getByRole('listitem').count()).toBe(4);
  expect(await drafts(yard.id)).toEqual({});

  await report.getByRole('button', { name: /3/ }).click();
  await page.getByText(/已写入/).waitFor();
  expect(await drafts(yard.id)).toEqual({
    registered: registered + 2,
    empty_homes: Number(yard.facts['empty_homes']) + 1,
    rented: Number(yard.facts['rented']) + 1,
  });
  // The same file again has nothing more to say than the cell that was wrong.
  await expect.poll(() => page.getByLabel('选择文件').isEnabled(), { timeout: 60_000 }).toBe(true);
  await page.getByLabel('选择文件').setInputFiles({ ...back, buffer: readFileSync(file) });
  await expect.poll(() => report.getByRole('listitem').count()).toBe(1);
  await expect.poll(() => report.getByRole('button').count()).toBe(0);
});

it('the grid worker records a visit on the phone, and the label that said nobody came goes with it', async () => {
  const [row] = await scene.server.query(
    `select c.id, c.name from public.courtyards c join public.memberships m on m.area_id = c.grid_id and m.role = 'grid_worker'
     join auth.users u on u.id = m.person_id
     where u.email like 'grid1@%' and exists (select from private.courtyard_labels w join public.labels l on l.id = w.label_id
       where w.courtyard_id = c.id and l.code = 'unvisited' and w.ended_at is null) order by c.id limit 1`,
  );
  const page = await scene.open(`/community/?view=round&yard=${Number(row?.['id'])}`, phone);
  page.setDefaultTimeout(60_000);
  await signIn(page, 'grid1');
  await page.getByRole('button', { name: '整份档案' }).click();
  const sheet = page.getByRole('dialog', { name: '数字档案' });
  await sheet.getByText('久未走访').waitFor();
  await sheet.getByRole('button', { name: '登记走访' }).click();
  await sheet.getByLabel('走访了几户').fill('7');
  await sheet.getByRole('button', { name: '保存' }).click();
  await sheet.getByText('已登记这次走访').waitFor();
  await sheet.getByText(/入户走访 · 7 户/).waitFor();
  await sheet.getByText('久未走访').waitFor({ state: 'detached' });
  await sheet
    .getByRole('button', { name: /登记错了，撤掉/ })
    .first()
    .click();
  await sheet.getByText('久未走访').waitFor();
});
