import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { desk, phone, signIn, stage } from './harness.ts';

const scene = stage();

async function street(path = '/street/', options = desk): Promise<Page> {
  const page = await scene.open(path, options);
  await signIn(page, 'street');
  await page.locator('[data-tool=layers]').waitFor({ state: 'attached', timeout: 60_000 });
  return page;
}
const layers = (page: Page) => page.getByRole('toolbar').getByRole('button', { name: '图层' });
const panel = (page: Page) => page.getByRole('region', { name: '图层' });
const legend = (page: Page) => page.getByRole('region', { name: '图例', exact: true });
const said = (page: Page, key: string) => new URL(page.url()).searchParams.get(key);

it('one colours the courtyards by what is late, closes the panel, and the legend stays; the link shows the same', async () => {
  const page = await street();
  await layers(page).click();
  await panel(page).getByRole('radio', { name: '超时诉求' }).check();
  await legend(page).getByText('超时诉求').waitFor();
  const [all] = await scene.server.query(
    'select count(*)::int as n from public.courtyards where ended_at is null',
  );
  const counts = await legend(page).getByRole('listitem').locator('b').allTextContents();
  expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(all?.['n']);
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'detached' });
  await legend(page).waitFor();
  expect(said(page, 'theme')).toBe('late');
  await page.reload();
  await legend(page).getByText('超时诉求').waitFor();
});

it('what the archive says colours them too: freshness, with what is out of date hatched, and any label', async () => {
  const page = await street('/street/?theme=fresh');
  await legend(page).getByText('已过期').waitFor();
  await layers(page).click();
  await panel(page).getByRole('combobox', { name: '哪个标签' }).selectOption({ index: 1 });
  await legend(page)
    .getByText(/^标签：/)
    .waitFor();
  await expect.poll(() => said(page, 'theme')).toMatch(/^label\./);
});

it('a hazard’s card says how it stands and leads to its courtyard, whose card has the archive', async () => {
  const [hazard] = await scene.server.query(
    `select h.id, h.what, c.name from public.hazards h join public.courtyards c on c.id = h.courtyard_id where h.state = 'open' limit 1`,
  );
  const page = await street(`/street/?hazard=${String(hazard?.['id'])}`);
  await page.getByRole('article', { name: String(hazard?.['what']) }).waitFor();
  expect(said(page, 'layers')).toContain('hazard');
  await page
    .getByRole('article')
    .getByRole('button', { name: String(hazard?.['name']) })
    .click();
  const card = page.getByRole('article', { name: String(hazard?.['name']) });
  await card.getByRole('heading', { name: '数字档案' }).waitFor();
  await card.getByText('人口底数').or(card.locator('summary').first()).first().click();
  expect(await card.locator('section summary').count()).toBe(5);
  await card.getByRole('button', { name: String(hazard?.['what']) }).waitFor();
});

it('a base map that is not there leaves a plain ground, a sentence and the data; one goes back by a button', async () => {
  await scene.server.query(
    `insert into private.base_maps (street_id, name, kind, url) select id, '市里底图', 'pmtiles', '/basemaps/gone.pmtiles' from public.areas where level = 'street'`,
  );
  const page = await street('/street/?tool=layers');
  await panel(page).getByRole('radio', { name: '市里底图' }).check();
  await page.getByText('底图“市里底图”没有加载出来').waitFor();
  await panel(page).getByRole('radio', { name: '院落类型' }).check();
  await legend(page).waitFor();
  await page.getByRole('button', { name: '用回内置底图' }).click();
  await page.getByText('没有加载出来').waitFor({ state: 'detached' });
  expect(said(page, 'base')).toBeNull();
});

it('the administrator is told why a GCJ-02 base map cannot be used, and nothing is saved', async () => {
  const page = await scene.open('/admin/?section=bases&item=new', desk);
  await signIn(page, 'admin');
  await page.getByRole('textbox', { name: '名称', exact: true }).fill('高德');
  await page.getByRole('textbox', { name: '网址' }).fill('https://webrd01.is.autonavi.com/style.json');
  await page.getByText('这是 GCJ-02（火星坐标）底图').waitFor();
  await page.getByRole('button', { name: '添加', exact: true }).click();
  const rows = await scene.server.query(`select from private.base_maps where name = '高德'`);
  expect(rows).toHaveLength(0);
});

it('on a phone the tools are behind one button, and their panel is a sheet', async () => {
  const page = await street('/street/', phone);
  await page.getByRole('button', { name: '工具' }).click();
  await layers(page).click();
  await panel(page).getByRole('radio', { name: '未了结诉求' }).check();
  await legend(page).waitFor();
  const box = await panel(page).boundingBox();
  expect(box?.width).toBe(390);
});

it('the office writes a notice on a courtyard’s archive, its people read it by the code, and it is taken down again', async () => {
  const code = await scene.code();
  const [yard] = await scene.server.query(
    'select courtyard_id::int as id from public.courtyard_codes where code = $1',
    [code],
  );
  const page = await street(`/street/?courtyard=${String(yard?.['id'])}`);
  page.setDefaultTimeout(60_000);
  await page.getByRole('button', { name: '整份档案' }).click();
  const sheet = page.getByRole('dialog', { name: '数字档案' });
  await sheet.getByRole('button', { name: '写一条通知' }).click();
  await sheet.getByLabel('通知什么').fill('周六上午停水');
  await sheet.getByLabel('详细内容（可不填）').fill('八点到十二点，请先接好水。');
  await sheet.getByRole('button', { name: '保存' }).click();
  await sheet.getByText('已放到院落页面上').waitFor();

  const resident = await scene.open(`/c/${code}`, phone);
  await resident.getByText('周六上午停水').click();
  await resident.getByText('八点到十二点，请先接好水。').waitFor();

  await sheet.getByRole('button', { name: '撤下“周六上午停水”' }).click();
  await sheet.getByText('已撤下。').waitFor();
  await sheet.getByText('现在没有通知。').waitFor();
  await resident.reload();
  await resident.getByRole('heading').first().waitFor();
  expect(await resident.getByText('周六上午停水').count()).toBe(0);
});
