import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { act, desk, phone, signIn, stage } from './harness.ts';

const scene = stage();
const what = '二楼楼道的水管爆了，水流到一楼';
/** A tenth of what is resolved is drawn to be checked again, and then waits for the street. */
const solved = /已办结|等我们核查/;

/** Waits until the street's list, which is the map in words, has this issue under the heading. */
const underHeading = (street: Page, heading: RegExp) =>
  street
    .getByRole('region', { name: '诉求列表' })
    .getByRole('region', { name: heading })
    .getByRole('button', { name: what });

async function report(page: Page): Promise<string> {
  await page.getByLabel('什么事').fill(what);
  await page.getByLabel('您怎么称呼').fill('王阿姨');
  await page.getByLabel('您住哪一户').fill('2单元201');
  await page.getByLabel('电话').fill('13900001234');
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '收到了' }).waitFor();
  const link = await page.getByRole('link', { name: '查看进度' }).getAttribute('href');
  return new URL(link ?? '', page.url()).pathname;
}

it('a report goes from the wall to the department and back, and everybody sees each step live', async () => {
  const [resident, street, community] = await Promise.all([
    scene.open(`/c/${await scene.code()}`, phone),
    scene.open('/street/', desk),
    scene.open('/community/', desk),
  ]);
  await signIn(street, 'street');
  await street.getByText('实时', { exact: true }).waitFor();
  await signIn(community, 'kuanxiangzi');
  await community.getByText('实时', { exact: true }).waitFor();

  const before = await street
    .getByText(/^\d+ 件$/)
    .first()
    .textContent();
  const link = await report(resident);
  await expect
    .poll(() =>
      street
        .getByText(/^\d+ 件$/)
        .first()
        .textContent(),
    )
    .toBe(`${parseInt(before ?? '', 10) + 1} 件`);
  // Among hundreds the list holds only what is in sight.
  await street.getByRole('searchbox', { name: '搜编号、内容、院落' }).fill(what);
  await underHeading(street, /待受理/).waitFor();

  await resident.goto(scene.server.url + link);
  await resident.getByText('等待受理').waitFor();

  await community.getByRole('button', { name: what }).click();
  await act(community, '受理');
  await underHeading(street, /处理中/).waitFor();
  await act(community, '上报', { 为什么这里解决不了: '主水管要专业队伍更换' });
  await underHeading(street, /等我们办理/).waitFor();

  await underHeading(street, /等我们办理/).click();
  await act(street, '派遣', {});
  await underHeading(street, /处理中/).waitFor();

  const department = await scene.open('/street/', desk);
  await signIn(department, 'gongshui');
  await department.getByRole('button', { name: what }).first().click();
  await act(department, '办结', { 办了什么: '已更换二楼水管，观察两小时不漏' });
  await underHeading(street, solved).waitFor();

  await resident.reload();
  await resident.getByText('问题解决了吗？').waitFor();
  await resident.getByText('已转给供排水抢修站处理').waitFor();
  await resident.getByText('没解决', { exact: true }).click();
  await resident.getByLabel(/哪里还没解决/).fill('晚上又开始滴水');
  await resident.getByRole('button', { name: '告诉他们' }).click();
  await resident.getByText('已退回供排水抢修站重新办').waitFor();
  await underHeading(street, /处理中/).waitFor();

  await act(department, '办结', { 办了什么: '换了整段立管' });
  await underHeading(street, solved).waitFor();
  await resident.reload();
  await resident.getByText('解决了', { exact: true }).click();
  await resident.getByRole('button', { name: '告诉他们' }).click();
  await resident.getByText('这件事结束了').waitFor();
  await underHeading(street, /刚刚了结/).waitFor();
}, 180_000);
