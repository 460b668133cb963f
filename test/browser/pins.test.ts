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

/** The map above the demo's courtyard, at a zoom. */
async function above(zoom: number, options = desk): Promise<Page> {
  const [yard] = await scene.server.query(
    `select extensions.st_x(c.point) as lng, extensions.st_y(c.point) as lat
     from public.courtyard_codes k join public.courtyards c on c.id = k.courtyard_id where k.code = $1`,
    [await scene.code()],
  );
  // A tool's panel makes no room when the address says where to look: the yard stays in the middle.
  const page = await scene.open(
    `/street/?at=${zoom}/${String(yard?.['lng'])}/${String(yard?.['lat'])}`,
    options,
  );
  page.setDefaultTimeout(60_000);
  await signIn(page, 'street');
  await page.locator('[data-tool]').first().waitFor({ state: 'attached' });
  return page;
}
const spread = (page: Page) => page.getByRole('group', { name: /此处 \d+ 件诉求/ });
const count = async (page: Page): Promise<number> =>
  Number(/此处 (\d+) 件诉求/.exec((await spread(page).getAttribute('aria-label')) ?? '')?.[1]);

it('issues of one place are spread by Enter and chosen by the keyboard; one that comes meanwhile joins them', async () => {
  for (let n = 1; n <= 9; n++) await reported(`同一处的第${n}件`);
  const page = await above(19);
  const canvas = page.locator('canvas.maplibregl-canvas');
  await expect
    .poll(
      async () => {
        await canvas.focus();
        await page.keyboard.press('Enter');
        return spread(page).isVisible();
      },
      { timeout: 60_000, interval: 1000 },
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

it('zoomed out they are one cluster, which falls apart when pressed', async () => {
  const page = await above(14);
  const scale = () => page.locator('.maplibregl-ctrl-scale').textContent();
  const before = await scale();
  const canvas = page.locator('canvas.maplibregl-canvas');
  await expect
    .poll(
      async () => {
        await canvas.focus();
        await page.keyboard.press('Enter');
        return (await scale()) !== before || (await spread(page).isVisible());
      },
      { timeout: 60_000, interval: 1500 },
    )
    .toBe(true);
});
