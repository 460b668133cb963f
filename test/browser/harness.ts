import { constants, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest';
import { type EmbeddedSupabase, startEmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { cacheDir } from './demo.ts';

const root = resolve(import.meta.dirname, '../..');

/** Software WebGL and nothing else by it: pages are drawn by the processor itself. No calls to foreign hosts, runs as root. */
export const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-rasterization',
  '--disable-gpu-compositing',
];

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};
/** Without motion: a pulse drawn in software all the time would slow every other page down. */
export const desk: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
};

/** The running product with the demo street, and browsers to use it with. */
export interface Stage {
  server: EmbeddedSupabase;
  /** A window of its own, as another person's; its errors fail the test that opened it, whose end closes it. */
  open(path: string, options: BrowserContextOptions): Promise<Page>;
  /** A code on a wall of the demo street. */
  code(): Promise<string>;
}

/** Starts the product and a browser for one file of tests, and ends both. */
export function stage(): Stage {
  let server: EmbeddedSupabase | undefined;
  let browser: Browser | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'courtyard-browser-'));
  const running = () => {
    if (!server || !browser) throw new Error('The stage is set only inside tests and hooks.');
    return { server, browser };
  };
  beforeAll(async () => {
    const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
    cpSync(inject('demoFolder'), folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
    [server, browser] = await Promise.all([
      startEmbeddedSupabase({
        dataDir: folder,
        cacheDir,
        port: 0,
        site: join(root, 'dist'),
        demo: true,
      }),
      chromium.launch({ executablePath, args: flags }),
    ]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get server() {
      return running().server;
    },
    async open(path, options) {
      const context = await running().browser.newContext({
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        ...options,
      });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', (error) => expect.soft(error.message, `${path} threw`).toBe(''));
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http')) expect.soft(origin, 'no foreign host').toBe(running().server.url);
      });
      await page.goto(running().server.url + path);
      return page;
    },
    async code() {
      const [row] = await running().server.query('select path from private.demo_links');
      return String(row?.['path']).replace('/c/', '');
    },
  };
}

/** Signs in on a staff page as a demo account. */
export async function signIn(page: Page, account: string, password = 'shaocheng-2026'): Promise<void> {
  await page.getByRole('textbox', { name: '账号' }).fill(account);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** Presses an action of the open issue, where the bar has it or behind “more”, and sends it at once if it would wait. */
export async function choose(page: Page, action: string): Promise<void> {
  await press(page, action);
  const form = page.getByRole('form', { name: action });
  const waiting = page.getByRole('button', { name: '立即发送' }).first();
  await form.or(waiting).first().waitFor();
  if (!(await form.isVisible())) await waiting.click();
}

/** Presses an action of the open issue and leaves it at that. */
export async function press(page: Page, action: string): Promise<void> {
  const bar = page.getByRole('group', { name: '办理' });
  const button = bar.getByRole('button', { name: action, exact: true }).filter({ visible: true });
  const more = bar.getByText('更多').filter({ visible: true });
  await button.or(more).first().waitFor();
  if ((await button.count()) === 0) await more.click();
  await button.click();
}

/** Fills one field as a person would: a choice is chosen, a box ticked, words and days written. */
async function fill(field: Locator, said: string): Promise<void> {
  const kind = await field.evaluate((node) => (node instanceof HTMLInputElement ? node.type : node.tagName));
  if (kind === 'radio' || kind === 'checkbox') await field.check({ force: true });
  else if (kind === 'SELECT') await field.selectOption({ label: said });
  else await field.fill(said);
}

/** Presses an action and, where it asks for something, fills its form by the labels; sends it at once if it would wait. */
export async function act(page: Page, action: string, fields?: Record<string, string>): Promise<void> {
  await choose(page, action);
  if (!fields) return;
  const form = page.getByRole('form', { name: action });
  for (const [label, said] of Object.entries(fields)) await fill(form.getByLabel(label).first(), said);
  await form.getByRole('button', { name: action, exact: true }).click();
  const waiting = page.getByRole('button', { name: '立即发送' });
  await waiting
    .or(page.getByRole('group', { name: '办理' }))
    .first()
    .waitFor();
  // On a busy machine the five seconds may be over first: then it has been sent, and the button is gone.
  if (await waiting.isVisible())
    await waiting.click({ timeout: 6000 }).catch(() => waiting.waitFor({ state: 'detached' }));
}

/** By which name DevTools know the service worker of these pages. */
export async function workerOf(session: CDPSession, scope: string): Promise<string> {
  const found = new Promise<string>((done) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.endsWith(scope));
      if (own) done(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  return found;
}
