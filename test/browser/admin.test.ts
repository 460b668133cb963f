import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { desk, phone, signIn, stage } from './harness.ts';

const scene = stage();

/** A resident reports; the clock of its first step then runs. */
async function reported(what: string, category: string): Promise<void> {
  await scene.server.query(
    `select public.report_issue(code => $1, key => $2, what => $3, name => '王阿姨', address => '2单元201', category => $4)`,
    [await scene.code(), newTrackingKey(), what, category],
  );
}

/** When an issue's running step is due, as the database has it. */
async function dueAt(what: string): Promise<number> {
  const [row] = await scene.server.query(
    'select extract(epoch from due_at)::float as due from public.issues where what = $1',
    [what],
  );
  return Number(row?.['due']);
}

async function pages(section: string, account = 'admin'): Promise<Page> {
  const page = await scene.open(`/admin/?section=${section}`, desk);
  await signIn(page, account);
  await page.getByRole('navigation', { name: '管理项目' }).waitFor();
  return page;
}

const panel = (page: Page) => page.getByRole('complementary');
const said = (page: Page, words: string | RegExp) =>
  page.getByRole('status').filter({ hasText: words }).waitFor();

it('a category’s accept time is changed: an open issue’s due time moves, and the record shows it', async () => {
  const what = '天花板一直在滴水';
  await reported(what, 'wire');
  const before = await dueAt(what);
  const page = await pages('categories');
  await page.getByRole('link', { name: /电线裸露/ }).click();
  expect(new URL(page.url()).search).toBe('?section=categories&item=wire');
  const limit = panel(page).getByLabel('受理时限', { exact: true });
  expect(await limit.inputValue()).toBe('15');
  await limit.fill('45');
  await panel(page).getByText('合 45 分钟').waitFor();
  await panel(page).getByRole('button', { name: '保存' }).click();
  await said(page, '已保存');
  await expect.poll(() => dueAt(what)).toBe(before + 30 * 60);

  await page.getByRole('link', { name: '修改记录' }).click();
  const entry = page.getByRole('article').filter({ hasText: '电线裸露' });
  await entry.getByText('周航').waitFor();
  await entry.getByText(/15 分钟/).waitFor();
  await entry.getByText(/45 分钟/).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: /电线裸露/ }).waitFor();
});

it('what is on the negative list cannot begin in the community: said before saving, and by the database with its entry', async () => {
  const page = await pages('categories&item=planting');
  const basis = panel(page).getByLabel('清单依据');
  await basis.selectOption({ label: '拆除违法建设、房屋征收' });
  await panel(page).getByText('“拆除违法建设、房屋征收”在负面清单里，不得由社区承担。').waitFor();
  await panel(page).getByRole('button', { name: '改为从街道开始' }).waitFor();

  // Meanwhile a list is changed elsewhere, which this page cannot know.
  await basis.selectOption({ label: '院落居民议事' });
  await scene.server.query(`update public.duties set list = 'community_never' where code = 'duty_council'`);
  await panel(page).getByRole('button', { name: '保存' }).click();
  await panel(page).getByRole('alert').getByText('“院落居民议事”不能由社区承担').waitFor();
  const [row] = await scene.server.query(`select duty from public.categories where code = 'planting'`);
  expect(row?.['duty']).toBe('duty_greening');
});

it('of two changes the slower is told what the other was, and nothing typed is lost', async () => {
  const page = await pages('categories&item=noise');
  await panel(page).getByLabel('名称', { exact: true }).fill('噪声扰民');
  await scene.server.query(`update public.categories set handle_minutes = 960 where code = 'noise'`);
  await panel(page).getByRole('button', { name: '保存' }).click();
  const alert = panel(page).getByRole('alert');
  await alert.getByText('您打开以后，有人改过这一条').waitFor();
  await alert.getByText('办理时限').waitFor();
  expect(await panel(page).getByLabel('名称', { exact: true }).inputValue()).toBe('噪声扰民');
  await panel(page).getByRole('button', { name: '仍然保存' }).click();
  await said(page, '已保存');
  const [row] = await scene.server.query(`select name from public.categories where code = 'noise'`);
  expect(row?.['name']).toBe('噪声扰民');
});

it('a make-up Saturday is added to the calendar', async () => {
  const page = await pages('calendar');
  const saturday = page.getByRole('button', { name: /^12月12日 周六/ });
  await page.getByRole('region', { name: '放假与调休' }).waitFor();
  while (!(await page.getByText('2026 年', { exact: true }).isVisible()))
    await page.getByRole('button', { name: '上一年' }).click();
  await saturday.click();
  const day = page.getByRole('dialog', { name: /12月12日 周六/ });
  await day.getByText('班', { exact: true }).click();
  await day.getByLabel('名称').fill('防汛值守');
  await day.getByRole('button', { name: '设好' }).click();
  await page.getByText('2026 年改了 1 天').waitFor();

  await page.getByRole('link', { name: '清单', exact: true }).click();
  await page
    .getByRole('dialog', { name: '有修改还没保存' })
    .getByRole('button', { name: '继续修改' })
    .click();
  await page.getByRole('button', { name: '保存日历' }).click();
  await said(page, '已保存');
  await page.getByRole('button', { name: /^12月12日 周六 调休上班 防汛值守/ }).waitFor();
  const [row] = await scene.server.query(
    `select working, name from public.calendar_days where day = '2026-12-12'`,
  );
  expect(row).toEqual({ working: true, name: '防汛值守' });
});

it('a year is taken from a file whole, or not at all', async () => {
  const page = await pages('calendar');
  await page.getByRole('button', { name: '导入一年' }).click();
  const dialog = page.getByRole('dialog', { name: '导入一年的放假安排' });
  const give = (rows: string[]) =>
    dialog.getByLabel('选择文件').setInputFiles({
      name: '2030.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['日期,休/班,名称', ...rows].join('\n')),
    });
  await give(['2030-01-01,休,元旦', '2030-02-30,休,春节']);
  await dialog.getByText('第 3 行：“2030-02-30”不是日期，请写成 2027-01-01。').waitFor();
  await give(['2030-01-01,休,元旦', '2030-02-09,班,春节调休']);
  await page.getByText('2030 年改了 2 天').waitFor();
  const days = async () => {
    const [row] = await scene.server.query(
      `select count(*)::int as n from public.calendar_days where extract(year from day) = 2030`,
    );
    return row?.['n'];
  };
  expect(await days()).toBe(0);
  await page.getByRole('button', { name: '保存日历' }).click();
  await page.getByText('2030 年改了 2 天').waitFor({ state: 'detached' });
  expect(await days()).toBe(2);
});

it('a robot is kept with a secret that no page shows again', async () => {
  const page = await pages('hooks');
  await page.getByRole('button', { name: '添加机器人' }).click();
  await panel(page).getByLabel('名称').fill('街道指挥中心工作群');
  await panel(page).getByText('钉钉', { exact: true }).click();
  await panel(page).getByLabel('Webhook 地址').fill('https://oapi.dingtalk.com/robot/send?access_token=a1b2');
  await panel(page).getByLabel('密钥').fill('SEC-geheim');
  await panel(page).getByRole('button', { name: '添加' }).click();
  await said(page, '已添加');
  const [row] = await scene.server.query(
    `select secret from private.hooks where name = '街道指挥中心工作群'`,
  );
  expect(row?.['secret']).toBe('SEC-geheim');

  await page.getByRole('link', { name: '历史核验' }).click();
  const answer = page.waitForResponse((response) => response.url().endsWith('/rpc/list_hooks'));
  await page.getByRole('link', { name: '通知机器人' }).click();
  const body = await (await answer).text();
  expect(body).toContain('街道指挥中心工作群');
  expect(body).not.toContain('geheim');
  await page.getByRole('link', { name: /街道指挥中心工作群/ }).click();
  expect(await panel(page).getByLabel('密钥').inputValue()).toBe('');
  await panel(page).getByText('只能写入，不能读出；留空就不改。').waitFor();

  await panel(page).getByRole('button', { name: '关闭' }).click();
  await page.getByRole('link', { name: '修改记录' }).click();
  await page.getByRole('article').filter({ hasText: '街道指挥中心工作群' }).waitFor();
  const shown = await page.getByRole('main').textContent();
  expect(shown).not.toContain('geheim');
  expect(shown).not.toContain('a1b2');
});

it('the gateway that tells residents asks for a secret, and is kept as what it is', async () => {
  const page = await pages('hooks');
  await page.getByRole('button', { name: '添加机器人' }).click();
  await panel(page).getByText('居民短信', { exact: true }).click();
  await panel(page).getByText('只发到这里，别处都没有电话').waitFor();
  expect(await panel(page).getByRole('radiogroup', { name: '发哪些通知' }).count()).toBe(0);
  await panel(page).getByLabel('名称').fill('街道短信平台');
  await panel(page).getByLabel('Webhook 地址').fill('https://sms.office.example/send');
  await panel(page).getByRole('button', { name: '添加' }).click();
  expect(await panel(page).getByLabel('密钥').getAttribute('aria-invalid')).toBe('true');
  await panel(page).getByLabel('密钥').fill('geheim');
  await panel(page).getByRole('button', { name: '添加' }).click();
  await said(page, '已添加');
  await page.getByRole('link', { name: /街道短信平台.*居民短信/ }).waitFor();
  const [row] = await scene.server.query(
    `select audience, kind from private.hooks where name = '街道短信平台'`,
  );
  expect(row).toEqual({ audience: 'residents', kind: 'generic' });
});

it('a community’s account is turned away kindly; a leader reads the record and nothing more', async () => {
  const community = await scene.open('/admin/', phone);
  await signIn(community, 'kuanxiangzi');
  await community.getByText('您的账号属于宽巷子社区，不能修改设置').waitFor();
  await community.getByRole('link', { name: '社区工作台' }).click();
  await community.getByRole('heading', { name: '宽巷子社区', level: 1 }).waitFor();

  const leader = await pages('categories', 'leader');
  await leader.getByRole('heading', { name: '修改记录' }).waitFor();
  expect(
    await leader.getByRole('navigation', { name: '管理项目' }).getByRole('link').allTextContents(),
  ).toEqual(['修改记录', '导出记录', '历史核验']);
});
