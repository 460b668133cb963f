import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { desk, phone, signIn, stage } from './harness.ts';

const scene = stage();

/** A resident of Kuanxiangzi reports something its community holds. */
async function reported(what: string): Promise<number> {
  await scene.server.query(
    `select public.report_issue(code => $1, key => $2, what => $3, name => '王阿姨', address => '2单元201', phone => '13900001234', category => 'leak')`,
    [await scene.code(), newTrackingKey(), what],
  );
  const [issue] = await scene.server.query('select id from public.issues where what = $1', [what]);
  return Number(issue?.['id']);
}

async function stateOf(what: string): Promise<unknown> {
  const [issue] = await scene.server.query('select state from public.issues where what = $1', [what]);
  return issue?.['state'];
}

async function communityDesk(options = desk): Promise<Page> {
  const page = await scene.open('/community/', options);
  await signIn(page, 'kuanxiangzi');
  await page.getByText('实时', { exact: true }).waitFor({ state: 'attached' });
  return page;
}

const row = (page: Page, what: string) => page.getByRole('listitem').filter({ hasText: what });
const bulk = (page: Page) => page.getByRole('region', { name: '批量办理' });

it('three are accepted at once; the one a colleague was faster with says so, and is done no second time', async () => {
  const whats = ['一号楼水管渗水', '二号楼水管渗水', '三号楼水管渗水'];
  const ids = [];
  for (const what of whats) ids.push(await reported(what));
  const page = await communityDesk();
  await row(page, whats[0] ?? '').waitFor();
  // This window does not hear what others do.
  await page.route(/\/(changes_since|issue_cards|map_snapshot)/, (route) => route.abort());
  await page.getByRole('button', { name: '选择', exact: true }).click();
  for (const what of whats) await row(page, what).getByRole('checkbox').check();
  await bulk(page).getByText('已选 3 件').waitFor();

  // Taken back in time, nothing is sent.
  await bulk(page).getByRole('button', { name: '受理 3 件' }).click();
  await bulk(page).getByText('3 件即将受理').waitFor();
  await bulk(page).getByRole('button', { name: '撤回' }).click();
  await bulk(page).getByRole('button', { name: '受理 3 件' }).waitFor();
  expect(await Promise.all(whats.map(stateOf))).toEqual(['submitted', 'submitted', 'submitted']);

  const quick = await communityDesk();
  await quick.goto(`${scene.server.url}/community/#${ids[1]}`);
  await quick.getByRole('group', { name: '办理' }).getByRole('button', { name: '受理' }).click();
  await quick.getByRole('button', { name: '立即发送' }).click();
  await expect.poll(() => stateOf(whats[1] ?? '')).toBe('handling');

  await bulk(page).getByRole('button', { name: '受理 3 件' }).click();
  await bulk(page).getByRole('button', { name: '立即发送' }).click();
  await bulk(page).getByText('2 件已受理，1 件没有成功').waitFor();
  const results = bulk(page).getByRole('list', { name: '每一件的结果' });
  const refused = results.getByRole('listitem').filter({ hasText: '二号楼水管渗水' });
  await refused.getByText('宽巷子社区刚刚受理').waitFor();
  await refused.getByText('现在由宽巷子社区负责').waitFor();
  expect(await Promise.all(whats.map(stateOf))).toEqual(['handling', 'handling', 'handling']);
  await bulk(page).getByRole('button', { name: '完成' }).click();
  await bulk(page).getByText('已选 1 件').waitFor();
  expect(await row(page, '二号楼水管渗水').getByRole('checkbox').isChecked()).toBe(true);
  const accepted = await scene.server.query(
    `select count(*)::int as n from public.issue_events where action = 'accept' and issue_id = any ($1)`,
    [ids],
  );
  expect(accepted).toEqual([{ n: 3 }]);
});

it('an answer that was lost on the way is asked for again, and done once', async () => {
  const what = '四号楼水管渗水';
  const id = await reported(what);
  const page = await communityDesk();
  await row(page, what).hover();
  await row(page, what).getByRole('checkbox').check();
  await page.route('**/rpc/act_on_issue', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await bulk(page).getByRole('button', { name: '受理 1 件' }).click();
  await bulk(page).getByRole('button', { name: '立即发送' }).click();
  await bulk(page).getByText('1 件没有成功').waitFor();
  await page.unrouteAll({ behavior: 'wait' });
  await bulk(page).getByRole('button', { name: '再试一次' }).click();
  await bulk(page).getByText('1 件已受理').waitFor();
  const events = await scene.server.query(
    `select action from public.issue_events where issue_id = $1 and action = 'accept'`,
    [id],
  );
  expect(events).toHaveLength(1);
});

it('the repeats of one matter are merged into the first', async () => {
  const whats = ['院门锁坏了，第一次说', '院门锁坏了，第二次说', '院门锁坏了，第三次说'];
  for (const what of whats) await reported(what);
  const page = await communityDesk();
  await page.getByRole('searchbox', { name: '搜索' }).fill('院门锁坏了');
  await page.getByRole('button', { name: '选择', exact: true }).click();
  await page.getByRole('button', { name: '全选' }).first().click();
  await bulk(page).getByRole('button', { name: '并案 3 件' }).click();
  const form = bulk(page).getByRole('form', { name: '并案' });
  expect(await form.getByRole('radio', { name: /第一次说/ }).isChecked()).toBe(true);
  await form.getByRole('button', { name: '并案 2 件' }).click();
  await bulk(page).getByRole('button', { name: '立即发送' }).click();
  await bulk(page).getByText('2 件已并案').waitFor();
  expect(await Promise.all(whats.map(stateOf))).toEqual(['submitted', 'merged', 'merged']);
});

it('one accepts by keyboard alone, and may take it back', async () => {
  const what = '天台的排水口堵了';
  await reported(what);
  const page = await communityDesk();
  await row(page, what).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.insertText('天台的排水口');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.getByRole('heading', { name: what }).waitFor();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: '快捷键' });
  await help.getByText('受理', { exact: true }).waitFor();
  expect(await help.getByText('派遣', { exact: true }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });

  await page.keyboard.press('a');
  await page.getByText(/^受理 26/).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText(/^受理 26/).waitFor({ state: 'hidden' });
  expect(await stateOf(what)).toBe('submitted');
  await page.keyboard.press('a');
  await expect.poll(() => stateOf(what), { timeout: 15_000 }).toBe('handling');
});

it('somebody at the counter is reported for, goes home with a slip, and follows it on the phone', async () => {
  const what = '二楼楼道的水管漏水';
  const page = await communityDesk();
  const [yard] = await scene.server.query(
    `select c.name, c.address from public.courtyards c join public.areas a on a.id = c.community_id where a.code = '510105005004' order by c.id limit 1`,
  );
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog', { name: '代居民登记' });
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await dialog.getByText('请选一个院落').waitFor();
  await dialog.getByText('来电话').click();
  await dialog.getByRole('combobox', { name: '哪个院落' }).fill(String(yard?.['address']));
  await dialog.getByRole('option').first().click();
  await dialog.getByLabel('什么事').fill(what);
  await dialog.getByText('按内容建议：').waitFor({ state: 'attached' });
  await dialog.getByLabel('居民怎么称呼').fill('李大爷');
  await dialog.getByLabel('住哪一户').fill('1单元102');

  // The network is cut: all that was typed stays, also over a reload.
  await page.context().setOffline(true);
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await dialog.getByText('没有网络', { exact: true }).waitFor();
  await page.context().setOffline(false);
  await page.reload();
  await page.getByText('实时', { exact: true }).waitFor();
  await page.keyboard.press('i');
  await dialog.getByText('上次没登记完的内容还在').waitFor();
  expect(await dialog.getByLabel('什么事').inputValue()).toBe(what);

  // The answer is lost: sent again, it is one report.
  await page.route('**/rpc/report_on_behalf', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await dialog.getByText('再发一次也只登记一件').waitFor();
  await page.unrouteAll({ behavior: 'wait' });
  await dialog.getByRole('button', { name: '再发一次' }).click();
  const slip = page.getByRole('region', { name: '诉求回执' });
  await slip.getByRole('img', { name: '查看进度的二维码' }).waitFor();
  const rows = await scene.server.query('select number from public.issues where what = $1', [what]);
  expect(rows).toHaveLength(1);
  await slip.getByText(String(rows[0]?.['number'])).waitFor();

  const link = (await slip.getByRole('link').getAttribute('href')) ?? '';
  const resident = await scene.open(new URL(link).pathname, phone);
  await resident.getByText(what).waitFor();
  await resident.getByText('等待受理').waitFor();

  await page.getByRole('button', { name: '打开这件诉求' }).click();
  await page.getByText('宽巷子社区 代为登记（来电）').waitFor();
});

it('a grid worker’s phone has everything under the thumb, and nothing beyond its edge', async () => {
  for (const viewport of [phone.viewport, { width: 360, height: 640 }]) {
    const page = await communityDesk({ ...phone, viewport: viewport ?? null });
    const height = viewport?.height ?? 0;
    const beyond = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const rows = page.getByRole('listitem').getByRole('button');
    await rows.first().waitFor();
    const box = await rows.first().boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(56);
    expect(await beyond()).toBe(0);
    const report = await page.getByRole('button', { name: '代登记' }).boundingBox();
    expect(report?.y).toBeGreaterThan(height - 80);

    await rows.first().tap();
    const actions = page.getByRole('group', { name: '办理' });
    const main = await actions.getByRole('button').filter({ visible: true }).first().boundingBox();
    expect(main?.y).toBeGreaterThan(height - 120);
    expect(main?.height).toBeGreaterThanOrEqual(44);
    expect(await beyond()).toBe(0);
    await page.close();
  }
});

it('after the reporter was shown, the call is one touch away', async () => {
  const what = '水表井里有积水';
  await reported(what);
  const page = await communityDesk(phone);
  await row(page, what).getByRole('button').tap();
  const reporter = page.getByRole('region', { name: '反映人' });
  await reporter.getByRole('button', { name: '显示姓名和电话' }).tap();
  await reporter.getByRole('button', { name: '电话核实情况' }).tap();
  await reporter.getByRole('button', { name: '显示并记录' }).tap();
  const call = page.getByRole('link', { name: '拨打 王阿姨 13900001234' });
  expect(await call.getAttribute('href')).toBe('tel:13900001234');
  const box = await call.boundingBox();
  expect(box?.y).toBeGreaterThan(844 - 80);
});

it('two that cannot be solved here are handed up with one reason, which is asked for', async () => {
  const whats = ['主排污管堵了', '主排污管裂了'];
  for (const what of whats) await reported(what);
  const page = await communityDesk();
  await page.getByRole('button', { name: '选择', exact: true }).click();
  const check = async (): Promise<void> => {
    for (const what of whats) await row(page, what).getByRole('checkbox').check();
    await bulk(page).getByText('已选 2 件').waitFor();
  };
  await check();
  await bulk(page).getByRole('button', { name: '受理 2 件' }).click();
  await bulk(page).getByRole('button', { name: '立即发送' }).click();
  await bulk(page).getByText('2 件已受理').waitFor();
  await bulk(page).getByRole('button', { name: '完成' }).click();
  if (await page.getByRole('button', { name: '选择', exact: true }).isVisible())
    await page.getByRole('button', { name: '选择', exact: true }).click();
  await check();
  await bulk(page).getByRole('button', { name: '上报 2 件' }).click();
  const form = bulk(page).getByRole('form', { name: '上报 2 件到上一级' });
  await form.getByRole('button', { name: '上报 2 件' }).click();
  await form.getByText('请写明原因').waitFor();
  await form.getByLabel('为什么这里解决不了').fill('要市政的吸污车');
  await form.getByRole('button', { name: '上报 2 件' }).click();
  await bulk(page).getByRole('button', { name: '立即发送' }).click();
  await bulk(page).getByText('2 件已上报').waitFor();
  const now = await scene.server.query(
    `select i.holder_level, e.payload ->> 'reason' as reason from public.issues i
     join public.issue_events e on e.issue_id = i.id and e.action = 'hand_up' where i.what = any ($1)`,
    [whats],
  );
  expect(now).toEqual([
    { holder_level: 'street', reason: '要市政的吸污车' },
    { holder_level: 'street', reason: '要市政的吸污车' },
  ]);
});

it('a report that was none is marked with its reason, says so, and the mark is taken back', async () => {
  await reported('乱按的一件');
  const page = await communityDesk();
  await page.getByRole('button', { name: '乱按的一件' }).click();
  const reporter = page.getByRole('region', { name: '反映人' });
  await reporter.getByRole('button', { name: '标为骚扰或虚假' }).click();
  await reporter.getByRole('button', { name: '标记', exact: true }).click();
  await reporter.getByText('请写明为什么').waitFor();
  await reporter.getByLabel('为什么').fill('到现场看过，没有这回事');
  await reporter.getByRole('button', { name: '标记', exact: true }).click();
  await reporter.getByText('已标为骚扰或虚假').waitFor();
  const marked = () =>
    scene.server.query(
      `select r.marked_at is not null as marked from private.reporters r join public.issues i on i.id = r.issue_id where i.what = '乱按的一件'`,
    );
  expect(await marked()).toEqual([{ marked: true }]);
  await reporter.getByRole('button', { name: '撤销标记' }).click();
  await reporter.getByRole('button', { name: '标为骚扰或虚假' }).waitFor();
  expect(await marked()).toEqual([{ marked: false }]);
});
