import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { signIn, stage } from './harness.ts';

const scene = stage();
const wide = { viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' } as const;

async function wall(query: string): Promise<Page> {
  const page = await scene.open(`/street/wall/${query}`, wide);
  page.setDefaultTimeout(60_000);
  await signIn(page, 'street');
  await page.getByRole('region').first().waitFor();
  return page;
}
const shows = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

it('the wall turns by itself, is paused and stepped by keyboard, and says nothing a resident wrote', async () => {
  const page = await wall('?scenes=live,late&every=5');
  await shows(page, '此刻').waitFor();
  await shows(page, '超时').waitFor();
  await page.keyboard.press(' ');
  await page.getByText('已暂停').waitFor();
  await page.keyboard.press('ArrowRight');
  await shows(page, '此刻').waitFor();
  const [open] = await scene.server.query(
    `select count(*)::int as n from public.issues where state in ('submitted', 'handling', 'resolved')`,
  );
  expect(await shows(page, '此刻').locator('dd').first().textContent()).toContain(String(open?.['n']));
  const words = await scene.server.query(
    `select what from public.issues where state in ('submitted', 'handling', 'resolved')`,
  );
  const text = (await page.locator('main').textContent()) ?? '';
  for (const { what } of words) expect(text).not.toContain(String(what));
});

it('labels and the quarter in large figures', async () => {
  const page = await wall('?scenes=labels,quarter&every=600');
  await shows(page, '院落标签').getByText('院落最多的标签').waitFor();
  await page.keyboard.press('ArrowRight');
  await shows(page, '本季度').getByText('按时率').waitFor();
  const size = await shows(page, '本季度')
    .locator('dd')
    .first()
    .evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
  // A figure of a tenth of the screen's height is read from six metres on a screen of 55 inches.
  expect(size).toBeGreaterThanOrEqual(1080 / 10);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(1080);
});

it('without the server it says how old it is, and comes back by itself', async () => {
  const page = await wall('?scenes=live&every=600');
  await shows(page, '此刻').waitFor();
  await page.clock.install();
  await page.context().setOffline(true);
  await page.clock.fastForward(90_000);
  await page.clock.runFor(10_000);
  await page.getByText(/数据截至 \d\d:\d\d · 正在重新连接/).waitFor();
  await page.context().setOffline(false);
  await page.clock.runFor(60_000);
  await expect
    .poll(
      async () => {
        await page.clock.runFor(10_000);
        return page.getByText(/数据截至/).count();
      },
      { timeout: 60_000 },
    )
    .toBe(0);
});
