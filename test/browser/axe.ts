import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How strict: what keeps somebody out; or all that axe knows, with the contrast that residents are promised (7:1). */
export type Strictness = 'serious' | 'everything';

/** What axe finds, as lines one can read. */
export async function barriers(page: Page, strictness: Strictness): Promise<string[]> {
  await page.evaluate(axe);
  const found: unknown = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast-enhanced': { enabled: ${strictness === 'everything'} } } })
      .then(({ violations }) => violations.filter(({ impact }) => ${strictness === 'everything'} || impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`,
  );
  return Array.isArray(found) ? found.map(String) : ['axe gave no answer'];
}

/** Axe finds nothing here, by day, by night and in large type. */
export async function isOpenToAll(page: Page, state: string): Promise<void> {
  const look = async (as: string) =>
    expect.soft(await barriers(page, 'everything'), `${state}, ${as}`).toEqual([]);
  await look('light');
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
  await look('dark');
  await page.evaluate(() => {
    delete document.documentElement.dataset['theme'];
    document.documentElement.dataset['size'] = 'large';
  });
  await look('large');
  await page.evaluate(() => delete document.documentElement.dataset['size']);
}
