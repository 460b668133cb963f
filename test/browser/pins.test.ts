import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { desk, signIn, stage } from './harness.ts';

const scene = stage();

async function reported(what: string): Promise<void> {
  await scene.server.query(
    `select public.report_issue(code => $1, key => $2, what => $3, name => '王阿姨', address => '2单元201', category => 'leak')`,
    [await scene.code(), newTrackingKey(), what],
  );
}

/** The address of the map above the demo's courtyard. */
async function above(zoom: number): Promise<string> {
  const [yard] = await scene.server.query(
    `select extensions.st_x(c.point) as lng, extensions.st_y(c.point) as lat
     from public.courtyard_codes k join public.courtyards c on c.id = k.courtyard_id where k.code = $1`,
    [await scene.code()],
  );
  return `/street/?at=${zoom}/${String(yard?.['lng'])}/${String(yard?.['lat'])}`;
}
const spread = (page: Page) => page.getByRole('group', { name: /此处 \d+ 件诉求/ });
const count = async (page: Page): Promise<number> =>
  Number(/此处 (\d+) 件诉求/.exec((await spread(page).getAttribute('aria-label')) ?? '')?.[1]);

it('issues of one place are spread by Enter and chosen by the keyboard; one that comes meanwhile joins them', async () => {
  for (let n = 1; n <= 9; n++) await reported(`同一处的第${n}件`);
  const address = await above(19);
  const page = await scene.open(address, desk);
  page.setDefaultTimeout(60_000);
  await signIn(page, 'street');
  const canvas = page.locator('canvas.maplibregl-canvas');
  await expect
    .poll(
      async () => {
        // Pressed before they are drawn, Enter means the courtyard below, whose card moves the map.
        if (new URL(page.url()).searchParams.has('courtyard')) await page.goto(scene.server.url + address);
        await page.locator('[data-tool]').first().waitFor({ state: 'attached' });
        await page.waitForTimeout(2000);
        await canvas.focus();
        await page.keyboard.press('Enter');
        await page.waitForTimeout(1000);
        return spread(page).getByRole('button').first().isVisible();
      },
      { timeout: 100_000, interval: 100 },
    )
    .toBe(true);
  const before = await count(page);
  expect(before).toBeGreaterThanOrEqual(9);
  await reported('同一处又来的一件');
  await expect.poll(() => count(page)).toBe(before + 1);
  await page.keyboard.press('ArrowRight');
  const chosen = (await page.locator(':focus').getAttribute('aria-label')) ?? '';
  expect(chosen).toMatch(/同一处/);
  await page.keyboard.press('Enter');
  await page
    .getByRole('complementary', { name: '诉求' })
    .getByText(/同一处/)
    .first()
    .waitFor();
  await canvas.focus();
});
