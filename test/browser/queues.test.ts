import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { desk, phone, signIn, stage } from './harness.ts';

const scene = stage();

/** Someone of the demo street acts on an issue without a screen. */
async function acts(account: string, issue: unknown, action: string, payload: object): Promise<void> {
  const { url, anonKey } = scene.server;
  const post = async (path: string, body: object, token = anonKey): Promise<Record<string, unknown>> => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { apikey: anonKey, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const said: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(said)}`);
    return Object(said);
  };
  const session = await post('/auth/v1/token?grant_type=password', {
    email: `${account}@shaocheng.example`,
    password: 'shaocheng-2026',
  });
  const [row] = await scene.server.query('select version from public.issues where id = $1', [issue]);
  await post(
    '/rest/v1/rpc/act_on_issue',
    { issue_id: issue, action, version: row?.['version'], payload, request_id: randomUUID() },
    String(session['access_token']),
  );
}

/** A leak in Kuanxiangzi, handed up to the street by its community; gives its id. */
async function handedUp(what: string): Promise<unknown> {
  await scene.server.query(
    `select public.report_issue(code => $1, key => $2, what => $3, name => '王阿姨', address => '2单元201', category => 'leak')`,
    [await scene.code(), newTrackingKey(), what],
  );
  const [issue] = await scene.server.query('select id from public.issues where what = $1', [what]);
  await acts('kuanxiangzi', issue?.['id'], 'accept', {});
  await acts('kuanxiangzi', issue?.['id'], 'hand_up', { reason: '要开挖路面，社区没有力量' });
  return issue?.['id'];
}

async function works(): Promise<unknown> {
  const [row] = await scene.server.query(`select id from public.departments where code = 'gongshui'`);
  return row?.['id'];
}

const holderOf = async (issue: unknown): Promise<unknown> => {
  const [row] = await scene.server.query(
    `select coalesce(d.name, a.name) as holder, i.state from public.issues i
     left join public.departments d on d.id = i.holder_department_id left join public.areas a on a.id = i.holder_area_id where i.id = $1`,
    [issue],
  );
  return row;
};

async function screen(account: string, path: string, options = desk): Promise<Page> {
  const page = await scene.open(path, options);
  await signIn(page, account);
  await page.getByText('实时', { exact: true }).waitFor({ state: 'attached' });
  return page;
}

const view = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '视图' }).getByRole('button', { name });
const queue = (page: Page, name: RegExp) =>
  page.getByRole('group', { name: '办件' }).getByRole('button', { name });
const list = (page: Page) => page.getByRole('list', { name: '办件列表' });
const panel = (page: Page) => page.getByRole('complementary', { name: '诉求' });

/** Lets what was pressed go out without waiting for its five seconds. */
const sendNow = (page: Page) => page.getByRole('button', { name: '立即发送' }).first().click();

it('the street dispatches from the queue with the keyboard alone', async () => {
  const what = '巷口的总水管爆了';
  const issue = await handedUp(what);
  const page = await screen('street', '/street/');
  await page.keyboard.press('2');
  await queue(page, /^待派遣/).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.insertText(what);
  const row = list(page).getByRole('button', { name: what });
  await row.getByText('建议派 供排水抢修站').waitFor();
  await expect.poll(() => list(page).getByRole('listitem').count()).toBe(1);
  await page.getByRole('searchbox').press('Escape');
  await page.getByRole('searchbox').fill(what);
  await page.getByRole('searchbox').blur();

  await page.keyboard.press('j');
  await row.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('d');
  const form = panel(page).getByRole('form', { name: '派遣' });
  const lead = form.getByLabel('主办部门');
  await expect.poll(() => lead.inputValue()).toBe(String(await works()));
  await lead.and(page.locator(':focus')).waitFor();
  await form.getByRole('button', { name: '派遣', exact: true }).press('Enter');
  await sendNow(page);
  await row.waitFor({ state: 'detached' });
  expect(await holderOf(issue)).toEqual({ holder: '供排水抢修站', state: 'handling' });
});

it('what a department solved is verified from the queue, and goes back when it is not so', async () => {
  const what = '三楼水表一直在转';
  const issue = await handedUp(what);
  await acts('street', issue, 'dispatch', { department_id: await works() });
  const page = await screen('street', '/street/?view=queues&queue=verify');
  await queue(page, /^待核查/).waitFor();
  await acts('gongshui', issue, 'resolve', { done: '换了水表' });
  const row = list(page).getByRole('button', { name: what });
  await row.getByText('供排水抢修站 已办结').waitFor();
  await row.click();
  await panel(page).getByRole('heading', { name: what }).waitFor();
  await page.keyboard.press('v');
  const form = panel(page).getByRole('form', { name: '核查' });
  await form.getByText('不属实', { exact: true }).click();
  await form.getByLabel('核查情况').fill('表还在转');
  await form.getByRole('button', { name: '核查', exact: true }).click();
  await sendNow(page);
  await row.waitFor({ state: 'detached' });
  expect(await holderOf(issue)).toEqual({ holder: '供排水抢修站', state: 'handling' });
});

it('what a department sent back stands apart with its reason, and the second time says that the ruling is final', async () => {
  const what = '院墙根渗水';
  const issue = await handedUp(what);
  const department_id = await works();
  const page = await screen('street', '/street/?view=queues&queue=returned');
  await acts('street', issue, 'dispatch', { department_id });
  await acts('gongshui', issue, 'send_back', { reason: '属于房屋防水，不归我们' });
  const row = list(page).getByRole('button', { name: what });
  await row.getByText('供排水抢修站 退回').waitFor();
  await row.getByText('属于房屋防水，不归我们').waitFor();
  await acts('street', issue, 'dispatch', { department_id, ruling: '公共管网先排查' });
  await row.waitFor({ state: 'detached' });
  await acts('gongshui', issue, 'send_back', { reason: '排查过，不是管网' });
  await row.getByText('第二次退回').waitFor();
  await row.getByText('这次派遣即为最终决定').waitFor();
});

it('a pause asked by a department waits for the street, one asked by the street for its leader', async () => {
  const [theirs, ours] = ['化粪池返水', '院门口塌陷'];
  const [issue, own] = [await handedUp(theirs), await handedUp(ours)];
  await acts('street', issue, 'dispatch', { department_id: await works() });
  const page = await screen('street', '/street/?view=queues&queue=decide');
  const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await acts('gongshui', issue, 'ask_pause', { reason: '等配件', until });
  await acts('street', own, 'ask_pause', { reason: '等勘测', until });
  await list(page).getByRole('button', { name: theirs }).getByText('供排水抢修站 申请暂停').waitFor();
  expect(await list(page).getByRole('button', { name: ours }).count()).toBe(0);

  const leader = await screen('leader', '/street/?view=queues');
  await list(leader).getByRole('button', { name: ours }).getByText('少城街道 申请暂停').waitFor();
  expect(await list(leader).getByRole('button', { name: theirs }).count()).toBe(0);
  expect(await queue(leader, /^待派遣/).count()).toBe(0);
  expect(await leader.getByRole('button', { name: '代登记' }).count()).toBe(0);
});

it('the street reports for someone at its counter', async () => {
  const page = await screen('street', '/street/?view=queues');
  await page.getByRole('button', { name: '代登记' }).click();
  await page
    .getByRole('dialog', { name: '代居民登记' })
    .getByRole('combobox', { name: '哪个院落' })
    .waitFor();
});

it('a letter is due, and its reply is registered from the list', async () => {
  const what = '电线杆往院里歪';
  const issue = await handedUp(what);
  const due_on = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await acts('street', issue, 'letter', {
    addressee: '青羊供电中心',
    title: '关于扶正电线杆的函',
    text: '请派人查看。',
    due_on,
  });
  const page = await screen('street', '/street/');
  await view(page, '去函').click();
  const soon = page.getByRole('region', { name: /^三天内到期/ });
  const letter = soon.getByRole('listitem').filter({ hasText: '关于扶正电线杆的函' });
  await letter.getByText('青羊供电中心').waitFor();
  await letter.getByRole('button', { name: '登记回函' }).click();
  const form = panel(page).getByRole('form', { name: '登记回函' });
  await form.getByLabel('对方怎么答复').fill('下周一派人扶正');
  await form.getByRole('button', { name: '登记回函', exact: true }).click();
  const replied = page.getByRole('region', { name: /^已回函/ });
  await replied.getByText('下周一派人扶正').waitFor();
});

it('a department sees its own tasks, lead and assisting apart, and what it answers for', async () => {
  const what = '雨水井塌了一半';
  const issue = await handedUp(what);
  const [assisting] = await scene.server.query(`select id from public.departments where code = 'shizheng'`);
  await acts('street', issue, 'dispatch', { department_id: await works(), assisting: [assisting?.['id']] });
  const lead = await screen('gongshui', '/street/?view=tasks');
  await lead.getByRole('region', { name: /^主办/ }).getByRole('button', { name: what }).waitFor();
  await view(lead, '职责').click();
  await lead
    .getByRole('row', { name: /^漏水渗水/ })
    .getByText('8 工作时')
    .waitFor();
  await lead.getByRole('heading', { name: '院落公共设施报修' }).waitFor();
  await lead.close();

  const assist = await screen('shizheng', '/street/?view=tasks');
  const task = assist.getByRole('region', { name: /^协办/ }).getByRole('button', { name: what });
  await task.getByText('供排水抢修站 主办').waitFor();
  await assist.close();

  const other = await screen('ranqi', '/street/?view=tasks');
  await other.getByRole('region', { name: '我的任务' }).waitFor();
  expect(await other.getByText(what).count()).toBe(0);
});

it('the board of clocks follows what happens, narrows by office and opens an issue', async () => {
  const page = await screen('street', '/street/?view=clocks');
  const table = page.getByRole('table', { name: '各单位的时限' });
  await table.waitFor();
  const what = '消防栓漏水';
  const issue = await handedUp(what);
  const next = page.getByRole('region', { name: '最先到期' });
  await next.getByRole('button', { name: what }).waitFor();
  await table.getByRole('button', { name: /^少城街道，派遣/ }).click();
  await next.getByRole('button', { name: '只看 少城街道 · 派遣' }).waitFor();
  await next.getByRole('button', { name: what }).click();
  await panel(page).getByRole('heading', { name: what }).waitFor();
  expect(new URL(page.url()).searchParams.get('issue')).toBe(String(issue));
});

it('a view survives reload and back, and the map beside it is never loaded again', async () => {
  const page = await scene.open('/street/', desk);
  const loaded: string[] = [];
  page.on('request', (request) => {
    if (/map_snapshot|basemap/.test(request.url())) loaded.push(request.url());
  });
  await signIn(page, 'street');
  const map = page.getByRole('region', { name: /街道实时地图，方向键移动/ });
  await map.waitFor();
  await map.evaluate((element) => element.setAttribute('data-same', 'yes'));
  await view(page, '办件').click();
  await queue(page, /^待派遣/).click();
  await view(page, '时限').click();
  await page.getByRole('table', { name: '各单位的时限' }).waitFor();
  expect(await map.count()).toBe(0);
  await page.goBack();
  await queue(page, /^待派遣/).waitFor();
  expect(await queue(page, /^待派遣/).getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('1');
  await map.waitFor();
  expect(await map.getAttribute('data-same')).toBe('yes');
  expect(loaded.length).toBeGreaterThan(1);
  expect(loaded).toEqual([...new Set(loaded)]);
  await page.keyboard.press('2');
  await page.reload();
  await queue(page, /^待派遣/).waitFor();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: '快捷键' });
  await keys.getByText('派遣', { exact: true }).waitFor();
});

it('on a phone the queue is a list under the thumb, and an issue covers it until one goes back', async () => {
  const what = '门口的水龙头关不紧';
  await handedUp(what);
  const page = await screen('street', '/street/', phone);
  await view(page, '办件').click();
  const row = list(page).getByRole('button', { name: what });
  await row.click();
  await panel(page).getByRole('heading', { name: what }).waitFor();
  expect((await panel(page).boundingBox())?.width).toBe(390);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
  ).toBe(true);
  await page.goBack();
  await panel(page).waitFor({ state: 'hidden' });
  const box = await row.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
});
