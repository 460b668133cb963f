import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { act, desk, phone, signIn, stage } from './harness.ts';

const scene = stage();
const what = '三楼楼道灯不亮，老人上下楼看不见';

async function issue(): Promise<Record<string, unknown>> {
  const [row] = await scene.server.query(
    `select to_jsonb(i) || jsonb_build_object('holder', private.office_name(i.holder_area_id, i.holder_department_id)) as issue
     from public.issues i where what = $1`,
    [what],
  );
  return Object(row?.['issue']);
}

/** Puts the whole product's clock to a moment, never back, and lets everything ring that is due by then. */
async function timeComes(moment: unknown): Promise<void> {
  await scene.server.query(
    `select set_config('courtyard.now', ($1::timestamptz + interval '1 minute')::text, false)`,
    [moment],
  );
  await scene.server.query('select private.tick()');
}

/** A day `ahead` of the product's clock, as a date field takes it. */
async function day(ahead: number): Promise<string> {
  const [row] = await scene.server.query(
    `select to_char(private.now() at time zone 'Asia/Shanghai' + make_interval(days => $1), 'YYYY-MM-DD') as day`,
    [ahead],
  );
  return String(row?.['day']);
}

async function report(resident: Page): Promise<string> {
  await resident.getByLabel('什么事').fill(what);
  await resident.getByLabel('您怎么称呼').fill('王阿姨');
  await resident.getByLabel('您住哪一户').fill('2单元201');
  await resident.getByRole('button', { name: '提交' }).click();
  await resident.getByRole('heading', { name: '收到了' }).waitFor();
  const link = await resident.getByRole('link', { name: '查看进度' }).getAttribute('href');
  return new URL(link ?? '', resident.url()).pathname;
}

/** One person's desk with the issue open on it. */
async function desktop(account: string, path: `/street/?view=${'queues' | 'tasks'}&issue=` | '/community/#') {
  const page = await scene.open(path, desk);
  await signIn(page, account);
  await page.getByText('实时', { exact: true }).waitFor();
  return {
    page,
    /** Does one action on the issue, and waits until it has happened. */
    async act(action: string, fields?: Record<string, string>): Promise<void> {
      const { id, version } = await issue();
      const address = `${scene.server.url}${path}${String(id)}`;
      if (page.url() !== address) await page.goto(address);
      await act(page, action, fields);
      await expect
        .poll(async () => Number((await issue())['version']), { timeout: 10_000 })
        .toBe(Number(version) + 1);
    },
  };
}

it('the longest way: climbed, handed up, sent back, paused, written for, re-checked, refused, reopened one level up, solved', async () => {
  const resident = await scene.open(`/c/${await scene.code()}`, phone);
  const link = await report(resident);
  const tells = async (sentence: string | RegExp) => {
    await resident.goto(scene.server.url + link);
    await resident.getByText(sentence).first().waitFor();
  };
  expect(await issue()).toMatchObject({ category: 'light', holder_level: 'courtyard', step: 'accept' });

  // nobody accepts, it climbs
  await timeComes((await issue())['due_at']);
  expect(await issue()).toMatchObject({ state: 'submitted', holder_level: 'community' });
  await tells(/没人及时接手，已自动转给/);

  // the community accepts, and hands up
  const community = await desktop('kuanxiangzi', '/community/#');
  await community.act('受理');
  await community.act('上报', { 为什么这里解决不了: '整栋线路老化，要专业队伍' });
  expect(await issue()).toMatchObject({ holder_level: 'street', step: 'dispatch' });

  // the street dispatches to two departments; the lead sends back and gets it again
  const street = await desktop('street', '/street/?view=queues&issue=');
  await street.act('派遣', { 住建物业服务站: '' });
  expect(await issue()).toMatchObject({ holder: '供电抢修站', step: 'handle' });
  const lead = await desktop('gongdian', '/street/?view=tasks&issue=');
  const helper = await desktop('wuye', '/street/?view=tasks&issue=');
  await lead.act('退单', { 退单原因: '灯具属于公共照明，请再核实' });
  expect(await issue()).toMatchObject({ holder: '少城街道', returns: 1 });
  await street.act('派遣', {});
  await tells(/已转给供电抢修站处理/);

  // a pause is asked for and granted; a letter goes out and is answered meanwhile
  await lead.act('申请暂停', { 为什么要暂停: '等厂家配件', 到哪一天: await day(5) });
  await street.act('同意', {});
  expect(await issue()).toMatchObject({ due_at: null, step: 'handle' });
  await street.act('去函', {
    收函单位: '国网成都市青羊供电公司',
    标题: '关于协助更换楼道公共线路的函',
    正文: '请贵公司协助更换三楼楼道公共线路。',
    请对方答复的日期: await day(10),
  });
  await street.act('登记回函', {
    哪一封函: '国网成都市青羊供电公司 · 关于协助更换楼道公共线路的函',
    对方怎么答复: '配件已到，明日进场',
  });
  await lead.act('恢复计时', {});

  // the assisting department finishes its part, the lead solves it; the re-check finds it is not so
  await helper.act('完成协办', { 办了什么: '已通知物业配合断电' });
  await lead.act('办结', { 办了什么: '更换灯具' });
  expect(await issue()).toMatchObject({ state: 'resolved', step: 'verify' });
  await street.act('核查', { 不属实: '', 核查情况: '灯还是不亮' });
  expect(await issue()).toMatchObject({ state: 'handling', holder: '供电抢修站' });
  await lead.act('办结', { 办了什么: '更换灯具和整段线路' });
  await street.act('核查', { 属实: '', 核查情况: '现场看过，亮了' });

  // the resident says no, and it is done again; seven days of silence close it
  await tells('问题解决了吗？');
  await resident.getByText('没解决', { exact: true }).click();
  await resident.getByLabel(/哪里还没解决/).fill('四楼的灯又不亮了');
  await resident.getByRole('button', { name: '告诉他们' }).click();
  await resident.getByText('已退回供电抢修站重新办').waitFor();
  for (const [nth, done] of ['四楼也换了', '又查了一遍接头'].entries()) {
    await lead.act('办结', { 办了什么: done });
    await street.act('核查', { 属实: '', 核查情况: '亮着' });
    await timeComes((await issue())['due_at']);
    expect(await issue()).toMatchObject({ state: 'closed', reopened: nth });
    await tells('还有问题？重新打开');
    await resident.getByText('还有问题？重新打开').click();
    await resident.getByLabel(/哪里还有问题/).fill('下雨天又灭了');
    await resident.getByRole('button', { name: '重新打开', exact: true }).click();
    await resident.getByText(/已重新打开/).waitFor();
  }

  // reopened the second time it stands one level up, with the street
  expect(await issue()).toMatchObject({ state: 'handling', holder_level: 'street', reopened: 2 });
  await street.act('办结', { 办了什么: '街道请设计单位重做了防水接线盒' });
  await tells('问题解决了吗？');
  await resident.getByText('解决了', { exact: true }).click();
  await resident.getByRole('button', { name: '告诉他们' }).click();
  await resident.getByText('这件事结束了').waitFor();
  await tells(/首问负责：宽巷子社区/);

  // who accepted first stays named; the history is whole and rebuilds the row
  const { id, first_owner_area_id, state } = await issue();
  expect(state).toBe('closed');
  const [owner] = await scene.server.query('select name from public.areas where id = $1', [
    first_owner_area_id,
  ]);
  expect(owner?.['name']).toBe('宽巷子社区');
  const [history] = await scene.server.query(
    'select public.verify_chain($1) as whole, $1 = any (private.altered_issues()) as altered',
    [id],
  );
  expect(history).toEqual({ whole: true, altered: false });
}, 300_000);
