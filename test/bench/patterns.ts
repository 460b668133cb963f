import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { dbscan } from '../../src/core/pattern/dbscan.ts';
import { quantile } from './measure.ts';
import { newFolder, startProduct } from './product.ts';
import { type Figure, ms } from './table.ts';

const POINTS = 20_000;
/** How often the wall turns while its memory is watched; PROVE asks for a day's turns at 20 seconds. */
const TURNS = process.env['PROVE'] === '1' ? 4320 : 200;

/** DBSCAN over 20,000 issues in the yards of one street, as they would be reported. */
function spots(): Figure {
  let seed = 1;
  const chance = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const yards = Array.from({ length: 514 }, () => [chance() * 1300, chance() * 2300] as const);
  const [x, y] = [new Float64Array(POINTS), new Float64Array(POINTS)];
  for (let at = 0; at < POINTS; at++) {
    const [east, north] = yards[Math.floor(chance() * chance() * yards.length)] ?? [0, 0];
    x[at] = east + chance() * 20;
    y[at] = north + chance() * 20;
  }
  const took = Array.from({ length: 9 }, () => {
    const from = performance.now();
    dbscan(x, y, 35, 8);
    return performance.now() - from;
  });
  return {
    name: 'hot spots among 20,000 issues (DBSCAN), 9 times',
    value: `p50 ${ms(quantile(took, 0.5))}, most ${ms(Math.max(...took))}`,
    asked: '≤ 50 ms',
  };
}

const heap = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1_000_000;
};

async function signIn(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '账号' }).fill('street');
  await page.getByLabel('密码', { exact: true }).fill('shaocheng-2026');
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** From pressing “hexagons” to their legend, which comes when they are counted and drawn; the first time with deck.gl's code. */
async function hexagons(page: Page, url: string): Promise<Figure> {
  await page.goto(`${url}/street/?tool=patterns&t=90d`);
  await signIn(page);
  const choose = (name: string) =>
    page.getByRole('region', { name: '规律' }).getByText(name, { exact: true }).click();
  const legend = page.getByRole('region', { name: '每格诉求（件）' }).getByRole('listitem').first();
  await page.getByRole('region', { name: '规律' }).getByRole('listitem').first().waitFor();
  const took: number[] = [];
  for (let n = 0; n < 3; n++) {
    const from = performance.now();
    await choose('蜂窝');
    await legend.waitFor();
    took.push(performance.now() - from);
    await choose('不显示');
    await legend.waitFor({ state: 'detached' });
  }
  return {
    name: 'hexagons of a quarter switched on (software GL): first with the code, then again',
    value: `${ms(took[0] ?? NaN)}, ${ms(Math.min(...took.slice(1)))}`,
    asked: '',
  };
}

/** What the wall's heap grows by while its scenes turn, all four, after two rounds of warming up. */
async function wall(page: Page, url: string): Promise<Figure> {
  await page.goto(`${url}/street/wall/?every=600`);
  await page.getByRole('region').first().waitFor();
  const turn = async (times: number) => {
    for (let n = 0; n < times; n++) {
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(120);
    }
  };
  await turn(12);
  const before = await heap(page);
  await turn(TURNS);
  const after = await heap(page);
  return {
    name: `wall, heap before and after ${TURNS} turns`,
    value: `${before.toFixed(1)} MB, ${after.toFixed(1)} MB`,
    asked: 'no growth',
  };
}

/** Patterns and the wall, in Chromium, on PGlite with the demo street. */
export async function measurePatterns(): Promise<Figure[]> {
  const folder = newFolder();
  const product = await startProduct(folder.path);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  try {
    const page = await browser.newPage({ locale: 'zh-CN', reducedMotion: 'reduce' });
    page.setDefaultTimeout(120_000);
    return [spots(), await hexagons(page, product.url), await wall(page, product.url)];
  } finally {
    await browser.close();
    await product.stop();
    folder.remove();
  }
}
