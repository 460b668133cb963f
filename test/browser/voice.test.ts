import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { isOpenToAll } from './axe.ts';
import { phone, stage } from './harness.ts';

const scene = stage();

/** No Chromium of Debian's understands speech: in its place stands one that “hears” what a test dispatches to `window.ear`. */
async function opened(where: string): Promise<Page> {
  const page = await scene.open('/t/mine', phone);
  await page.addInitScript((where) => {
    class Ear extends EventTarget {
      static available = async ({ processLocally }: { processLocally: boolean }) =>
        processLocally ? where : 'available';
      processLocally = false;
      start = () => Object.assign(window, { ear: this });
      stop = () => this.dispatchEvent(new Event('end'));
      abort = this.stop;
    }
    Object.assign(window, { SpeechRecognition: Ear, webkitSpeechRecognition: Ear });
  }, where);
  await page.goto(`${scene.server.url}/c/${await scene.code()}`);
  await page.getByLabel('什么事').waitFor();
  return page;
}
const hear = (page: Page, type: string, more: object) =>
  page.evaluate(
    ([type, more]) => Reflect.get(window, 'ear').dispatchEvent(Object.assign(new Event(String(type)), more)),
    [type, more] as const,
  );
const result = (...words: string[]) => ({ results: words.map((transcript) => [{ transcript }]) });
const speak = (page: Page) => page.getByRole('button', { name: '说给手机听' });

it('what is said to the phone becomes the words, on the phone alone, and suggests the matter', async () => {
  const page = await opened('available');
  await page.getByLabel('什么事').fill('三楼');
  await speak(page).click();
  await page.getByText('声音不会传出去').waitFor();
  await isOpenToAll(page, 'listening');
  expect(await page.evaluate(() => Reflect.get(window, 'ear').processLocally)).toBe(true);
  await hear(page, 'result', result('水管'));
  await hear(page, 'result', result('水管', '漏水'));
  await expect.poll(() => page.getByLabel('什么事').inputValue()).toBe('三楼，水管漏水');
  await page.getByRole('button', { name: '在听，说完点这里' }).click();
  await speak(page).waitFor();
  expect(await page.getByRole('button', { name: /漏水渗水/ }).getAttribute('aria-pressed')).toBe('true');
});

it('without leave to use the microphone it says so, and nothing typed is lost', async () => {
  const page = await opened('available');
  await page.getByLabel('什么事').fill('路灯不亮');
  await speak(page).click();
  await hear(page, 'error', { error: 'not-allowed' });
  await page.getByText('没有使用话筒的许可').waitFor();
  await isOpenToAll(page, 'no microphone');
  expect(await page.getByLabel('什么事').inputValue()).toBe('路灯不亮');
});

it('a browser that would send the sound elsewhere is not asked to listen', async () => {
  const page = await opened('unavailable');
  await page.getByLabel('什么事').fill('路灯');
  await page.waitForLoadState('networkidle');
  expect(await speak(page).count()).toBe(0);
});
