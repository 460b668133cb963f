import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phone, stage } from './harness.ts';
import { act, api, report, type Report, resolved } from './resident-steps.ts';

const scene = stage();

const follow = ({ key }: Report) => scene.open(`/t/${key}`, phone);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

it('a report nobody has begun with is taken back, after asking once more', async () => {
  const page = await follow(await report(scene, '水管渗水，后来自己干了'));
  await page.getByText('不用处理了，撤回').click();
  await page.getByText('真的撤回吗？').waitFor();
  await page.getByLabel('想说一句原因吗').fill('已经不渗了');
  await press(page, '确定撤回');
  await page.getByText('已经撤回，不再处理了').waitFor();
  await page.getByText('已撤回', { exact: true }).waitFor();
  const steps = page.getByRole('listitem').filter({ hasText: '您撤回了报告' });
  await steps.getByText('已经不渗了').waitFor();
  expect(await page.getByText('不用处理了，撤回').count()).toBe(0);
});

it('what is said stays through a lost network and news from the office, and is said once', async () => {
  const repair = await report(scene, '水管渗水，网络不好');
  const page = await follow(repair);
  await page.getByText('不用处理了，撤回').click();
  await page.getByLabel('想说一句原因吗').fill('不用修了');
  await page.context().setOffline(true);
  await press(page, '确定撤回');
  await page.getByRole('alert').getByText('现在没有网络').waitFor();
  const lookedAgain = page.waitForResponse('**/rpc/track_issue');
  await page.context().setOffline(false);
  await lookedAgain;
  await act(scene, repair, 'accept');
  await press(page, '确定撤回');
  await page.getByRole('alert').getByText('刚才有了新进展').waitFor();
  await page.getByText('宽巷子社区接手了').waitFor();
  expect(await page.getByLabel('想说一句原因吗').inputValue()).toBe('不用修了');

  // It gets through now, but the phone never hears of it and only sees it at its next look.
  await page.route('**/rpc/withdraw_issue', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await press(page, '确定撤回');
  await page.getByRole('alert').getByText('现在没有网络').waitFor();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.getByText('已经撤回，不再处理了').waitFor();
  expect(await page.getByText('您撤回了报告').count()).toBe(1);
});

it('a finished report is opened again, which needs words, and is worked on again', async () => {
  const repair = await report(scene, '厨房水管漏水');
  await act(scene, repair, 'accept');
  await act(scene, repair, 'resolve', resolved);
  const page = await follow(repair);
  await page.getByLabel('解决了', { exact: true }).check();
  await press(page, '告诉他们');
  await page.getByText('这件事结束了').waitFor();

  await page.getByText('还有问题？重新打开').click();
  await page.getByText(/\d+月\d+日 .* 前都可以重新打开/).waitFor();
  await press(page, '重新打开');
  await page.getByRole('alert').getByText('请写一句哪里还有问题').waitFor();
  await page.getByLabel('哪里还有问题').fill('今天早上又漏了');
  await press(page, '重新打开');
  await page.getByText('已重新打开，现在由宽巷子社区负责').waitFor();
  await page.getByText('正在处理').waitFor();
  await page.getByText('今天早上又漏了').waitFor();
  await page.getByRole('heading', { name: '厨房水管漏水' }).and(page.locator(':focus')).waitFor();

  await act(scene, repair, 'resolve', resolved);
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.getByText('问题解决了吗？').waitFor();
});

it('the second opening is the last; too late, the page says why and gives the words back', async () => {
  const repair = await report(scene, '卫生间水管漏水');
  await act(scene, repair, 'accept');
  await act(scene, repair, 'resolve', resolved);
  const { key } = repair;
  await api(scene, '/rest/v1/rpc/answer_issue', { key, version: 3, answer: 'yes' });
  await api(scene, '/rest/v1/rpc/reopen_issue', { key, version: 4, words: '又漏了' });
  await act(scene, repair, 'resolve', resolved);
  await api(scene, '/rest/v1/rpc/answer_issue', { key, version: 6, answer: 'yes' });
  const page = await follow(repair);
  await page.getByText('还有问题？重新打开').click();
  await page.getByText('这是第二次，也是最后一次').waitFor();
  await page.getByLabel('哪里还有问题').fill('第三次漏水');
  await scene.server.query(
    `update public.issues set ended_at = ended_at - interval '15 days' where id = $1`,
    [repair.id],
  );
  await press(page, '重新打开');
  await page.getByRole('alert').getByText('没能重新打开').waitFor();
  await page.getByText('第三次漏水').waitFor();
  await page.getByText('请扫院里的二维码再报一次').waitFor();
});

it('who reported what somebody reported before follows the other report, and learns nothing of that resident', async () => {
  const [first, repeat] = [await report(scene, '王家厨房漏水'), await report(scene, '三楼也在漏水')];
  await act(scene, repeat, 'merge', { into: first.number });
  await act(scene, first, 'accept');
  const page = await follow(repeat);
  const other = page.getByRole('region', { name: '进展看这里' });
  await other.getByText(first.number).waitFor();
  await other.getByText('收到另一位居民的报告').waitFor();
  await other.getByText('宽巷子社区接手了').waitFor();
  await page.getByText('和另一件同样的事合并办理', { exact: true }).waitFor();
  expect(await page.getByRole('main').textContent()).not.toContain('王家');

  await act(scene, first, 'resolve', resolved);
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await other.getByText('换了水管').waitFor();
  expect(await page.getByText('问题解决了吗？').count()).toBe(0);
});
