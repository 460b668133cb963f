import type { Browser, Page } from 'playwright-core';
import { readFile } from '../../src/core/archive/file.ts';
import type { YardRow } from '../../src/core/archive/table.ts';
import { writeXlsx } from '../../src/core/archive/xlsx.ts';
import { dictionary } from '../fixtures/archive-values.ts';
import { desk, signIn } from '../browser/harness.ts';
import { type Figure, ms, seconds } from './table.ts';

const changed = ['户籍人口', '60岁以上', '空置户'];

/** Presses keys as a person would and counts them; a chord counts each of its keys. */
async function press(page: Page, keys: readonly string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key);
  return keys.reduce((sum, key) => sum + key.split('+').length, 0);
}

/** A secretary's yard where three values changed, by the keyboard: keys and time from the open form until it is handed in. */
export async function measureRoundForm(browser: Browser, url: string): Promise<Figure> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...desk });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${url}/community/?view=round`);
  await signIn(page, 'kuanxiangzi');
  // The first yard nobody has begun.
  await page.getByRole('button', { name: /^待更新 \d+$/ }).click();
  await page.locator('li [data-yard]').first().click();
  await page.locator('[data-field] kbd').first().waitFor();
  const startedAt = performance.now();
  let keys = 0;
  for (const name of changed) {
    const row = page.locator('[data-field]').filter({ has: page.getByText(name, { exact: true }) });
    const letters = (await row.locator('kbd').last().textContent()) ?? '';
    const value = Number(await row.getByRole('textbox').inputValue()) + 1;
    keys += await press(page, [...letters, 'Enter', ...String(value)]);
  }
  const unchanged = page.getByRole('button', { name: /^没有变化/ });
  for (let left = await unchanged.count(); left > 0; left = await unchanged.count()) {
    keys += await press(page, ['F2']);
    for (let wait = 0; wait < 100 && (await unchanged.count()) >= left; wait++) await page.waitForTimeout(10);
  }
  keys += await press(page, ['Enter']);
  await page.getByText('已提交，等街道确认').waitFor();
  const took = performance.now() - startedAt;
  await context.close();
  return {
    name: 'a yard’s round by the form, three values changed',
    value: `${keys} keystrokes, ${seconds(took)} by script`,
    asked: '≤ 25 keystrokes',
  };
}

/**
 * The same by a workbook: 86 yards written and read back, and the keys of one yard: in the sheet Ctrl+F, a name of four letters and
 * Enter to find its row; for each of three values the name of its column the same way, and two digits with Enter; then saving.
 */
export async function measureRoundFile(): Promise<Figure> {
  const yards: YardRow[] = Array.from({ length: 86 }, (_, at) => ({
    code: `5101050050${at}`,
    name: `东胜街${at}号院`,
    address: `东胜街${at}号`,
    values: {
      households: 40 + at,
      residents: 120 + at,
      elderly_60: 30,
      green: 0.3,
      gas: true,
      property: 'none',
    },
  }));
  const startedAt = performance.now();
  const blob = await writeXlsx({ fields: dictionary, yards, english: false, mark: '' });
  const written = performance.now();
  await readFile(new Uint8Array(await blob.arrayBuffer()), dictionary, yards);
  const find = 2 + 4 + 1;
  const keys = find + changed.length * (find + 3) + 2;
  return {
    name: 'the same by a workbook of 86 yards',
    value: `${keys} keystrokes counted, file written in ${ms(written - startedAt)}, read in ${ms(performance.now() - written)}`,
    asked: '',
  };
}
