import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { act, choose, desk, press, signIn, stage } from './harness.ts';

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

/** What was done on an issue since it was reported, oldest first, as the database has it. */
async function storyOf(issue: unknown): Promise<unknown[]> {
  const rows = await scene.server.query(
    `select action from public.issue_events where issue_id = $1 and seq > 1 order by seq`,
    [issue],
  );
  return rows.map((row) => row['action']);
}

/** The community's desk with one issue open on it. */
async function deskWith(what: string): Promise<Page> {
  const page = await scene.open('/community/', desk);
  await signIn(page, 'kuanxiangzi');
  await open(page, what);
  return page;
}

async function open(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: what }).click();
  await page.getByRole('heading', { name: what }).waitFor();
}

const reason = '为什么这里解决不了';

/** Writes why it is handed up and presses the button, which leaves it waiting. */
async function handUp(page: Page, words: string) {
  await press(page, '上报');
  const form = page.getByRole('form', { name: '上报' });
  await form.getByLabel(reason).fill(words);
  await form.getByRole('button', { name: '上报', exact: true }).click();
  await page
    .getByText(/秒后发送/)
    .first()
    .waitFor();
  return { form, words: () => form.getByLabel(reason).inputValue() };
}

it('what was pressed can be taken back: nothing happened, and the words are in the form again', async () => {
  const what = '配电箱的门掉了';
  const issue = await reported(what);
  const page = await deskWith(what);
  await choose(page, '受理');
  await page.getByText('宽巷子社区 受理').waitFor();

  const up = await handUp(page, '要供电公司来换');
  await page.getByRole('button', { name: '撤回' }).click();
  expect(await up.words()).toBe('要供电公司来换');
  expect(await storyOf(issue)).toEqual(['accept']);

  // Left alone, it is sent.
  await up.form.getByRole('button', { name: '上报', exact: true }).click();
  await up.form.waitFor({ state: 'detached' });
  await page.getByText('宽巷子社区 上报').waitFor();
  expect(await storyOf(issue)).toEqual(['accept', 'hand_up']);
});

it('the keyboard takes the last one back, also when another issue is open, and opens it', async () => {
  const [first, second] = ['楼顶的太阳能支架松了', '单元门的闭门器坏了'];
  const [one, other] = [await reported(first), await reported(second)];
  const page = await deskWith(first);
  await press(page, '受理');
  await page
    .getByText(/秒后发送/)
    .first()
    .waitFor();
  await open(page, second);
  await page.getByRole('status', { name: '等待发送的办理' }).getByText(/受理/).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('heading', { name: first }).waitFor();
  await page.getByRole('group', { name: '办理' }).getByRole('button', { name: '受理' }).waitFor();
  expect(await storyOf(one)).toEqual([]);
  expect(await storyOf(other)).toEqual([]);
});

it('what becomes stale while it waits is told where one is, and its words are kept', async () => {
  const [what, next] = ['围墙裂了一道缝', '门口的路灯一闪一闪'];
  const issue = await reported(what);
  await reported(next);
  const page = await deskWith(what);
  await choose(page, '受理');
  await page.getByText('宽巷子社区 受理').waitFor();
  await page.route(/\/(changes_since|issue_cards|map_snapshot)/, (route) => route.abort());
  const quick = await deskWith(what);

  const up = await handUp(page, '要请房管所鉴定');
  await act(quick, '备注', { 内容: '裂缝在变大' });
  await expect.poll(() => storyOf(issue)).toEqual(['accept', 'note']);
  await open(page, next);
  const toast = page.getByRole('status', { name: '等待发送的办理' });
  await toast.getByText(/没有发出去：上报/).waitFor();
  await toast.getByText('刚刚有人办理过这件诉求').waitFor();
  await toast.getByRole('button', { name: '打开' }).click();
  await page.getByText('您打开以后，这件诉求有了变化').waitFor();
  await up.form.getByText('裂缝在变大').waitFor();
  expect(await up.words()).toBe('要请房管所鉴定');
  expect(await storyOf(issue)).toEqual(['accept', 'note']);

  await up.form.getByRole('button', { name: '仍然上报' }).click();
  await page.getByRole('button', { name: '立即发送' }).click();
  await expect.poll(() => storyOf(issue)).toEqual(['accept', 'note', 'hand_up']);
});

it('leaving the page, or signing out, sends what waits', async () => {
  const [left, out] = ['电梯按钮不亮', '消防栓漏水'];
  const [one, other] = [await reported(left), await reported(out)];
  const page = await deskWith(left);
  await press(page, '受理');
  await page
    .getByText(/秒后发送/)
    .first()
    .waitFor();
  await page.goto('about:blank');
  await expect.poll(() => storyOf(one), { timeout: 15_000 }).toEqual(['accept']);

  const again = await deskWith(out);
  await press(again, '受理');
  await again.getByRole('button', { name: /^账号/ }).click();
  await again.getByRole('button', { name: '退出登录' }).click();
  await again.getByRole('button', { name: '登录', exact: true }).waitFor();
  expect(await storyOf(other)).toEqual(['accept']);
});

it('a letter prints alone, as an official letter on A4, over as many pages as it needs', async () => {
  const what = '主水管又爆了，水从路面冒出来';
  await reported(what);
  const page = await deskWith(what);
  await choose(page, '受理');
  const sentence = '贵单位管养的主供水管渗漏，路面积水，请派员抢修。';
  await act(page, '去函', {
    收函单位: '市水务集团',
    标题: '关于请求抢修主供水管的函',
    正文: Array.from({ length: 60 }, () => sentence).join('\n'),
    请对方答复的日期: new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10),
  });
  await page.getByRole('button', { name: /^打印去函/ }).click();
  const preview = page.getByRole('dialog', { name: '打印预览' });
  const sheet = preview.getByRole('article', { name: '关于请求抢修主供水管的函' });
  await sheet.getByText('市水务集团：', { exact: true }).waitFor();
  expect(await sheet.getByText('宽巷子社区居民委员会').count()).toBe(2);
  expect(await sheet.textContent()).not.toContain('王阿姨');

  await page.emulateMedia({ media: 'print' });
  const seen = page.locator('body > *').filter({ visible: true });
  expect(await seen.count()).toBe(1);
  expect(await seen.getByRole('button', { name: '打印' }).count()).toBe(0);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  // A4 in points, and 60 paragraphs of 22 lines a page.
  expect(pdf).toMatch(/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  expect(Number(/\/Count (\d+)/.exec(pdf)?.[1])).toBeGreaterThan(2);

  await page.emulateMedia({ media: null });
  await preview.getByRole('button', { name: '关闭' }).click();
  await page
    .getByRole('button', { name: /^打印去函/ })
    .and(page.locator(':focus'))
    .waitFor();
});

it('ready words are filled with the issue’s facts, and what one writes is kept for the office', async () => {
  const what = '晾衣杆快掉下来了';
  const issue = await reported(what);
  const [row] = await scene.server.query('select number from public.issues where id = $1', [issue]);
  const number = String(row?.['number']);
  const page = await deskWith(what);
  await choose(page, '受理');
  await page.getByText('宽巷子社区 受理').waitFor();
  const { form, press: pressIn } = await noting(page);
  await form.getByLabel('内容').fill(`${number} 已约师傅明早加固`);
  await pressIn('常用语');
  await pressIn('把现在写的存为常用语');
  await form.getByLabel('起个名字，如“已修好”').fill('约了师傅');
  await pressIn('保存');
  await form.getByRole('button', { name: /^约了师傅/ }).waitFor();
  const kept = await scene.server.query(
    `select words, action from public.reply_templates where title = '约了师傅'`,
  );
  expect(kept).toEqual([{ words: '{number} 已约师傅明早加固', action: 'note' }]);

  await form.getByLabel('内容').fill('');
  await form.getByRole('button', { name: /^约了师傅/ }).click();
  expect(await form.getByLabel('内容').inputValue()).toBe(`${number} 已约师傅明早加固`);

  await pressIn('常用语');
  await pressIn('删除常用语“约了师傅”');
  await form.getByRole('button', { name: /^约了师傅/ }).waitFor({ state: 'detached' });
  expect(await scene.server.query(`select id from public.reply_templates where title = '约了师傅'`)).toEqual(
    [],
  );
});

/** Begins a note and gives its form. */
async function noting(page: Page) {
  await choose(page, '备注');
  const form = page.getByRole('form', { name: '备注' });
  return { form, press: (name: string) => form.getByRole('button', { name, exact: true }).click() };
}

it('photos of the result go up after resolving, shown apart; a network that fails them does not stop it', async () => {
  const what = '楼梯扶手松动';
  const issue = await reported(what);
  const page = await deskWith(what);
  await choose(page, '受理');
  await page.getByText('宽巷子社区 受理').waitFor();
  const photo = await page.screenshot({ type: 'jpeg' });
  await press(page, '办结');
  const form = page.getByRole('form', { name: '办结' });
  await form.getByLabel('办了什么').fill('重新焊好了');
  const add = form.getByLabel('拍照或选照片');
  await add.setInputFiles({ name: '合同.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo') });
  await form.getByText('这个文件不是照片').waitFor();
  await add.setInputFiles([
    { name: '一.jpg', mimeType: 'image/jpeg', buffer: photo },
    { name: '二.jpg', mimeType: 'image/jpeg', buffer: photo },
  ]);
  await form.getByAltText('第 2 张照片').waitFor();

  await page.route('**/storage/v1/object/issue-photos/**', (route) => route.abort());
  await form.getByRole('button', { name: '办结', exact: true }).click();
  await page.getByRole('button', { name: '立即发送' }).click();
  await page.getByText('宽巷子社区 办结').waitFor();
  await page.getByText(/照片没有传上去/).waitFor();
  expect(await storyOf(issue)).toEqual(['accept', 'resolve']);

  await page.unrouteAll({ behavior: 'wait' });
  await page.getByRole('button', { name: '再传一次' }).click();
  await page.getByRole('heading', { name: '办理后（2 张）' }).waitFor();
  await page.getByRole('button', { name: '放大第 2 张照片' }).waitFor();
  const rows = await scene.server.query('select by_resident from public.issue_photos where issue_id = $1', [
    issue,
  ]);
  expect(rows).toEqual([{ by_resident: false }, { by_resident: false }]);
});
