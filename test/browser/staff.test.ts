import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { choose, desk, signIn, stage } from './harness.ts';

const scene = stage();

/** A resident reports; gives the issue's id. */
async function reported(what: string): Promise<unknown> {
  await scene.server.query(
    `select public.report_issue(code => $1, key => $2, what => $3, name => '王阿姨', address => '2单元201', category => 'leak')`,
    [await scene.code(), newTrackingKey(), what],
  );
  const [issue] = await scene.server.query('select id from public.issues where what = $1', [what]);
  return issue?.['id'];
}

/** What was noted on an issue, as the database has it. */
async function notesOn(issue: unknown): Promise<unknown[]> {
  const rows = await scene.server.query(
    `select payload ->> 'words' as words from public.issue_events where issue_id = $1 and action = 'note'`,
    [issue],
  );
  return rows.map((row) => row['words']);
}

async function count(condition: string, params: unknown[] = []): Promise<number> {
  const [row] = await scene.server.query(
    `select count(*)::int as n from public.issues where state in ('submitted', 'handling', 'resolved') and ${condition}`,
    params,
  );
  return Number(row?.['n']);
}

/** The community's desk with one issue open on it. */
async function deskWith(what: string): Promise<Page> {
  const page = await scene.open('/community/', desk);
  await signIn(page, 'kuanxiangzi');
  await page.getByRole('button', { name: what }).click();
  await page.getByRole('group', { name: '办理' }).waitFor();
  return page;
}

/** Begins a note and gives its form. */
async function noting(page: Page, words: string) {
  await choose(page, '备注');
  const form = page.getByRole('form', { name: '备注' });
  await form.getByLabel('内容').fill(words);
  return {
    form,
    press: (name: string) => form.getByRole('button', { name, exact: true }).click(),
    words: () => form.getByLabel('内容').inputValue(),
  };
}

async function streetMap(path = '/street/'): Promise<Page> {
  const page = await scene.open(path, desk);
  await signIn(page, 'street');
  await page.getByText('实时', { exact: true }).waitFor();
  return page;
}

const list = (page: Page) => page.getByRole('region', { name: '诉求列表' });
const numbers = (text: string | null) => (text?.match(/\d+/g) ?? []).map(Number);

it('a wrong password is said to be wrong, and the account need not be typed again', async () => {
  const page = await scene.open('/street/', desk);
  await signIn(page, 'street', 'shaocheng-2025');
  await page.getByRole('alert').getByText('账号或密码不对').waitFor();
  await page.getByText('请检查大小写和输入法').waitFor();
  expect(await page.getByRole('textbox', { name: '账号' }).inputValue()).toBe('street');
  await page.getByLabel('密码', { exact: true }).fill('shaocheng-2026');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '少城街道', level: 1 }).waitFor();
});

it('a session that ends while one writes is renewed over the words, which are then sent', async () => {
  const what = '水表间的门锁不上';
  const issue = await reported(what);
  const page = await deskWith(what);
  const note = await noting(page, '已联系物业，明早换锁');
  await scene.server.query('delete from auth.refresh_tokens');
  await page.evaluate(() => {
    const session = localStorage.getItem('courtyard-session') ?? '';
    localStorage.setItem('courtyard-session', session.replace(/"expires_at":\d+/, '"expires_at":1'));
  });
  await note.press('备注');
  const dialog = page.getByRole('dialog', { name: '登录已过期' });
  await dialog.getByText('您正在写的内容还在，登录后接着写').waitFor();
  expect(await notesOn(issue)).toEqual([]);

  await signIn(page, 'kuanxiangzi');
  await dialog.waitFor({ state: 'detached' });
  expect(await note.words()).toBe('已联系物业，明早换锁');
  await note.press('备注');
  await note.form.waitFor({ state: 'detached' });
  expect(await notesOn(issue)).toEqual(['已联系物业，明早换锁']);
});

it('who was slower is told who did what, keeps the words and sends them on the new version', async () => {
  const what = '屋檐的瓦要掉了';
  const issue = await reported(what);
  const [slow, quick] = [await deskWith(what), await deskWith(what)];
  const note = await noting(slow, '现场已拉警戒线');
  // The slower one's window does not hear of it.
  await slow.route(/\/(changes_since|issue_cards|map_snapshot)/, (route) => route.abort());
  await choose(quick, '受理');
  await quick.getByText('宽巷子社区 受理').waitFor();

  const refused = slow.waitForResponse((answer) => answer.url().includes('/rpc/act_on_issue'));
  await note.press('备注');
  expect((await refused).status()).toBe(409);
  await note.form.getByText('您打开以后，这件诉求有了变化').waitFor();
  await note.form.getByText(/宽巷子社区 受理.*刘思雨/).waitFor();
  await note.form.getByText('您写的内容还在').waitFor();
  expect(await note.words()).toBe('现场已拉警戒线');
  expect(await notesOn(issue)).toEqual([]);

  await note.press('仍然备注');
  await note.form.waitFor({ state: 'detached' });
  expect(await notesOn(issue)).toEqual(['现场已拉警戒线']);
});

it('an action whose network is cut is sent again without being done twice', async () => {
  const what = '雨水管接头漏水';
  const issue = await reported(what);
  const page = await deskWith(what);
  const note = await noting(page, '已约水电工下午到');
  await page.context().setOffline(true);
  await note.press('备注');
  await note.form.getByText('没有网络', { exact: true }).waitFor();
  expect(await notesOn(issue)).toEqual([]);

  // The network is back, but the answer is lost.
  await page.route('**/rpc/act_on_issue', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.context().setOffline(false);
  await note.press('再发一次');
  await note.form.getByText('再发一次不会重复办理').waitFor();
  await expect.poll(() => notesOn(issue)).toHaveLength(1);
  expect(await note.words()).toBe('已约水电工下午到');

  await page.unrouteAll({ behavior: 'wait' });
  await note.press('再发一次');
  await note.form.waitFor({ state: 'detached' });
  expect(await notesOn(issue)).toEqual(['已约水电工下午到']);
});

it('a street account at the community’s door is shown its own; a community at the street’s sees its own part', async () => {
  const street = await scene.open('/community/', desk);
  await signIn(street, 'street');
  await street.getByText('您的账号属于少城街道，请到街道工作台办理').waitFor();
  await street.getByRole('link', { name: '去街道工作台' }).click();
  await street.getByRole('heading', { name: '少城街道', level: 1 }).waitFor();

  const community = await scene.open('/street/', desk);
  await signIn(community, 'kuanxiangzi');
  await community.getByRole('heading', { name: '宽巷子社区', level: 1 }).waitFor();
  const own = await count(`community_id = (select id from public.areas where code = '510105005004')`);
  await list(community).getByText(`${own} 件`, { exact: true }).waitFor();
});

it('search and filters narrow list and counts alike', async () => {
  const page = await streetMap();
  const total = list(page).getByRole('status');
  const all = numbers(await total.textContent())[0] ?? 0;
  expect(all).toBe(await count('true'));
  const said = async () => {
    await total.getByText(/显示 \d+ 件/).waitFor();
    const [shown = 0, hidden = 0] = numbers(await total.textContent());
    expect(shown + hidden).toBe(all);
    return shown;
  };

  await page.getByRole('searchbox', { name: '搜编号、内容、院落' }).fill('楼道灯');
  expect(await said()).toBe(await count(`what like '%楼道灯%'`));
  const lines = await list(page).getByRole('listitem').allTextContents();
  expect(lines).toHaveLength(await said());
  expect(lines.filter((line) => !line.includes('楼道灯'))).toEqual([]);
  await page.getByRole('button', { name: '清空搜索' }).click();
  await total.getByText(`${all} 件`, { exact: true }).waitFor();

  await page.getByRole('combobox', { name: '社区' }).selectOption('文翁社区');
  expect(await said()).toBe(
    await count(`community_id = (select id from public.areas where code = '510105005006')`),
  );
  await list(page).getByRole('button', { name: '看全部' }).click();

  const late = list(page)
    .getByRole('group', { name: '筛选' })
    .getByRole('button', { name: /已超时/ });
  await late.click();
  const shown = await said();
  expect(shown).toBe(await count('due_at < now()'));
  expect(numbers(await late.textContent())).toEqual([shown]);
  expect(await list(page).getByRole('heading').allTextContents()).toEqual([`已超时 ${shown}`]);
});

it('the street’s map is worked with the keyboard', async () => {
  const page = await streetMap();
  const search = page.getByRole('searchbox', { name: '搜编号、内容、院落' });
  const focused = (line: number) =>
    list(page).getByRole('listitem').nth(line).getByRole('button').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('/');
  await search.and(page.locator(':focus')).waitFor();
  await page.keyboard.insertText('下水道');
  await list(page)
    .getByText(/另有 \d+ 件/)
    .waitFor();
  await page.keyboard.press('Escape');
  expect(await search.inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await focused(0);
  await page.keyboard.press('j');
  await focused(1);
  await page.keyboard.press('k');
  await focused(0);
  const first = await list(page).getByRole('listitem').first().locator('.what').textContent();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: '诉求' });
  await panel.getByRole('heading', { name: first ?? '' }).waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: '快捷键' });
  await keys.waitFor();
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'hidden' });
});

it('a courtyard’s card opens from an issue and from a link sent by a colleague', async () => {
  const what = '井盖响了一夜';
  await reported(what);
  const [yard] = await scene.server.query(
    'select c.id, c.name, c.address from public.courtyards c join public.issues i on i.courtyard_id = c.id where i.what = $1',
    [what],
  );
  const [name, address] = [String(yard?.['name']), String(yard?.['address'])];
  const page = await streetMap();
  // Among hundreds the list holds only what is in sight.
  await page.getByRole('searchbox', { name: '搜编号、内容、院落' }).fill(what);
  await list(page).getByRole('button', { name: what }).click();
  const panel = page.getByRole('complementary', { name: '诉求' });
  await panel.getByRole('button', { name }).click();
  await page.getByRole('article', { name }).waitFor();
  expect(new URL(page.url()).searchParams.get('courtyard')).toBe(String(yard?.['id']));
  await page.close();

  const colleague = await streetMap(`/street/courtyard/${String(yard?.['id'])}`);
  const card = colleague.getByRole('article', { name });
  await card.getByRole('definition').filter({ hasText: address }).first().waitFor();
  const [open] = numbers(await card.getByRole('listitem').filter({ hasText: '未了结' }).textContent());
  expect(open).toBe(await count('courtyard_id = $1', [yard?.['id']]));
  await card.getByRole('button', { name: what }).click();
  await colleague.getByRole('complementary', { name: '诉求' }).getByText(what).first().waitFor();
});

it('the map is really drawn, by day and by night, and speaks English', async () => {
  const page = await streetMap();
  await page.getByRole('button', { name: '看全街' }).waitFor();
  expect(await page.getByText('这台设备画不出地图').count()).toBe(0);
  const map = page.getByRole('region', { name: /街道实时地图，方向键移动/ });
  // A picture of hundreds of lanes does not pack like a blank one, which takes a tenth of this.
  await expect.poll(async () => (await map.screenshot()).length, { timeout: 30_000 }).toBeGreaterThan(60_000);

  await page.getByRole('button', { name: '账号：罗建国' }).click();
  await page.getByText('深色', { exact: true }).click();
  const light = () =>
    page.locator('body').evaluate((body) => {
      const [red = 0, green = 0, blue = 0] = (getComputedStyle(body).backgroundColor.match(/\d+/g) ?? []).map(
        Number,
      );
      return (red + green + blue) / 3;
    });
  await expect.poll(light).toBeLessThan(60);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('region', { name: 'List of issues' }).waitFor();
  await page.getByRole('region', { name: /^Live map of the street/ }).waitFor();
  await page.getByRole('button', { name: 'Zoom in' }).waitFor();
  await page.reload();
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await light()).toBeLessThan(60);
});
