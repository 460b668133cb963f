import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { desk, signIn, stage } from './harness.ts';

const scene = stage();

type Place = readonly [lng: number, lat: number];

/** Some 20 m, in degrees. */
const step = 0.0002;

/** Somewhere in the street with no courtyard within 80 m, so that a new one can be drawn there. */
async function freeGround(nth: number): Promise<Place> {
  const [found] = await scene.server.query(
    `select extensions.st_x(p) as lng, extensions.st_y(p) as lat
     from (select (extensions.st_dump(extensions.st_generatepoints(extensions.st_buffer(a.boundary, -0.001), 4000, 1))).geom as p
       from public.areas a where a.level = 'street') g
     where not exists (select from public.courtyards c where extensions.st_dwithin(coalesce(c.geom, c.point), p, 0.0009))
     order by extensions.st_x(p) limit 1 offset $1`,
    [nth],
  );
  return [Number(found?.['lng']), Number(found?.['lat'])];
}

async function street(path: string): Promise<Page> {
  const page = await scene.open(path, desk);
  page.setDefaultTimeout(60_000);
  await signIn(page, 'street');
  await page.locator('[data-tool=edit]').waitFor({ state: 'attached' });
  return page;
}
const tool = (page: Page) => page.getByRole('region', { name: '院落与点位' });
const looking = ([lng, lat]: Place, zoom = 18): string => `at=${zoom}/${lng}/${lat}`;
const corners = (places: readonly Place[]): string =>
  places.map(([lng, lat]) => `${lng.toFixed(6)}, ${lat.toFixed(6)}`).join('\n');
const square = ([lng, lat]: Place, half = step): Place[] => [
  [lng - half, lat - half],
  [lng + half, lat - half],
  [lng + half, lat + half],
  [lng - half, lat + half],
];

async function write(page: Page, places: readonly Place[]): Promise<void> {
  const panel = tool(page);
  const typed = panel.getByRole('textbox', { name: '直接填坐标' });
  if (!(await typed.isVisible())) await panel.getByText('直接填坐标').first().click();
  await typed.fill(corners(places));
  await panel.getByRole('button', { name: '用这些坐标' }).click();
}

async function addYard(page: Page, name: string, at: Place): Promise<void> {
  const panel = tool(page);
  await panel.getByRole('button', { name: '画一个新院落' }).click();
  await write(page, square(at));
  await panel.getByLabel('院落名称').fill(name);
  await panel.getByLabel('门牌地址').fill(`${name}门牌`);
  await panel.getByRole('button', { name: '保存' }).click();
  await panel.getByText(`已添加“${name}”`).waitFor();
}

const yardNamed = async (name: string): Promise<number> => {
  const [row] = await scene.server.query(
    'select id::int from public.courtyards where name = $1 and ended_at is null',
    [name],
  );
  return Number(row?.['id']);
};

it('an outline that crosses itself is ringed and refused with a sentence; mended, it becomes a courtyard with a code', async () => {
  const at = await freeGround(0);
  const page = await street(`/street/?tool=edit&${looking(at)}`);
  const panel = tool(page);
  await panel.getByRole('button', { name: '画一个新院落' }).click();
  const [a, b, c, d] = square(at) as [Place, Place, Place, Place];
  await write(page, [a, c, b, d]);
  await panel.getByText('边界和自己交叉了').waitFor();
  await panel.getByLabel('院落名称').fill('测试一院');
  await panel.getByLabel('门牌地址').fill('测试巷1号');
  await panel.getByRole('button', { name: '保存' }).click();
  await panel.getByRole('alert').first().waitFor();
  expect(await yardNamed('测试一院')).toBeNaN();
  expect(await panel.getByLabel('院落名称').inputValue()).toBe('测试一院');

  await write(page, [a, b, c, d]);
  await panel.getByText('边界和自己交叉了').waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: '保存' }).click();
  await panel.getByText('已添加“测试一院”').waitFor();
  const [code] = await scene.server.query(
    'select count(*)::int as n from public.courtyard_codes where courtyard_id = $1',
    [await yardNamed('测试一院')],
  );
  expect(code).toEqual({ n: 1 });
});

it('a courtyard is redrawn, split along a line and merged again, and its card tells the story', async () => {
  const at = await freeGround(12);
  const page = await street(`/street/?tool=edit&${looking(at)}`);
  await addYard(page, '测试二院', at);
  const id = await yardNamed('测试二院');
  const panel = tool(page);

  await page.goto(`${scene.server.url}/street/?tool=edit&courtyard=${id}&${looking(at)}`);
  await panel.getByRole('button', { name: '改院落边界' }).click();
  await write(page, square(at, step * 0.9));
  await panel.getByRole('button', { name: '撤销' }).click();
  await panel.getByRole('button', { name: '重做' }).click();
  await panel.getByRole('button', { name: '保存' }).click();
  await panel.getByText('“测试二院”的边界已更新').waitFor();

  await page.goto(`${scene.server.url}/street/?tool=edit&courtyard=${id}&${looking(at)}`);
  await panel.getByRole('button', { name: '拆分院落' }).click();
  await write(page, [
    [at[0], at[1] - 2 * step],
    [at[0], at[1] + 2 * step],
  ]);
  await panel.getByRole('button', { name: '拆成 2 个院落' }).click();
  await panel.getByText('已拆成：测试二院1、测试二院2').waitFor();
  const [first, second] = [await yardNamed('测试二院1'), await yardNamed('测试二院2')];
  expect(first * second).toBeGreaterThan(0);
  const card = page.getByRole('article', { name: /测试二院/ });
  await card.getByText('这个院落的变迁').click();
  await card.getByText('来自：测试二院').waitFor();

  await page.goto(`${scene.server.url}/street/?tool=edit&courtyard=${first}&${looking(at)}`);
  await panel.getByRole('button', { name: '合并或划转院落' }).click();
  await panel.getByText('已选 1 个院落').waitFor();
  // The map looks at the line between the two: the other one lies beside it.
  const canvas = await page.locator('canvas.maplibregl-canvas').boundingBox();
  const [half] = await scene.server.query(
    'select extensions.st_x(point) > $2 as right from public.courtyards where id = $1',
    [second, at[0]],
  );
  const middle = {
    x: (canvas?.x ?? 0) + (canvas?.width ?? 0) / 2,
    y: (canvas?.y ?? 0) + (canvas?.height ?? 0) / 2,
  };
  await expect
    .poll(
      async () => {
        await page.mouse.click(middle.x + (half?.['right'] ? 14 : -14), middle.y);
        return panel.getByText('已选 2 个院落').isVisible();
      },
      { timeout: 30_000, interval: 1500 },
    )
    .toBe(true);
  await panel.getByLabel('院落名称').fill('测试合院');
  await panel.getByRole('button', { name: '合并成一个院落' }).click();
  await panel.getByText('已合并为“测试合院”').waitFor();
  const [left] = await scene.server.query(
    'select count(*)::int as n from public.courtyards where id in ($1, $2) and ended_at is null',
    [first, second],
  );
  expect(Number(left?.['n'])).toBeLessThan(2);
});

it('a hazard is placed in the middle of the map, by keyboard alone, and is on the map at once', async () => {
  const [yard] = await scene.server.query(
    `select name, extensions.st_x(point) as lng, extensions.st_y(point) as lat from public.courtyards where ended_at is null order by id limit 1`,
  );
  const page = await street(`/street/?tool=edit&${looking([Number(yard?.['lng']), Number(yard?.['lat'])])}`);
  const panel = tool(page);
  await panel.getByRole('button', { name: '标出一处隐患' }).press('Enter');
  await panel.getByRole('button', { name: '放在地图正中' }).press('Enter');
  await panel.getByText(`位置：${String(yard?.['name'])}`).waitFor();
  await panel.getByLabel('种类').selectOption({ index: 1 });
  await panel.getByLabel('哪里有什么危险').fill('二单元门口的护栏松了');
  await panel.getByLabel('等级').selectOption({ index: 0 });
  await panel.getByRole('button', { name: '保存' }).press('Enter');
  await panel.getByText('已放到地图上：二单元门口的护栏松了').waitFor();
  const [placed] = await scene.server.query(
    `select h.level, c.name from public.hazards h join public.courtyards c on c.id = h.courtyard_id where h.what = '二单元门口的护栏松了'`,
  );
  expect(placed).toEqual({ level: 3, name: yard?.['name'] });
  expect(new URL(page.url()).searchParams.get('layers')).toContain('hazard');
});

it('a distance is measured, the view is printed with its legend, and what is filtered is exported as GeoJSON', async () => {
  const page = await street('/street/?tool=measure');
  const box = await page.locator('canvas.maplibregl-canvas').boundingBox();
  const [x, y] = [(box?.x ?? 0) + 200, (box?.y ?? 0) + 300];
  const measure = page.getByRole('region', { name: '测量' });
  await measure.getByRole('button', { name: '量距离' }).waitFor();
  for (const dx of [0, 120, 240]) await page.mouse.click(x + dx, y);
  await page.keyboard.press('Enter');
  await measure.getByText(/全长 \d/).waitFor();

  await page.locator('[data-tool=print]').click();
  const print = page.getByRole('region', { name: '打印' });
  await print.getByRole('button', { name: '生成预览' }).click();
  const picture = print.getByRole('img');
  await picture.waitFor();
  expect(await picture.getAttribute('alt')).toMatch(/图例：.*已超时/);
  // A4 at 200 dots an inch or more.
  expect(
    await picture.evaluate((node) => (node instanceof HTMLImageElement ? node.naturalWidth : 0)),
  ).toBeGreaterThan(2200);

  await page.locator('[data-tool=share]').click();
  const share = page.getByRole('region', { name: '分享与导出' });
  await share.getByLabel('格式').selectOption('geojson');
  await share.getByRole('button', { name: '导出', exact: true }).click();
  await share.getByText('请写明用途。').waitFor();
  await share.getByLabel('用途').fill('街道例会');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    share.getByRole('button', { name: '导出', exact: true }).click(),
  ]);
  const exported = JSON.parse(readFileSync(await file.path(), 'utf8'));
  const [open] = await scene.server.query(
    `select count(*)::int as n from public.issues where state in ('submitted', 'handling', 'resolved')`,
  );
  expect(exported.features.length).toBe(open?.['n']);
  expect(JSON.stringify(exported)).not.toMatch(/1[3-9]\d{9}/);
});
