import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { flags } from '../browser/harness.ts';
import { snapshotWith } from './map-answer.ts';
import { newFolder } from './product.ts';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** The page the maps are measured on, built by itself and served with answers of any size; nothing of it is shipped. */
export interface MapStage {
  /** A new page in a window of its own. */
  open(): Promise<MapPage>;
  /** Where the answer with so many issues lies. */
  answer(count: number): string;
  stop(): Promise<void>;
}
export interface MapPage {
  page: Page;
  /** Runs `work` and gives what of it ran on the main thread, ms, and how long it took in all. */
  timed(work: () => Promise<unknown>): Promise<{ main: number; took: number }>;
  /** JavaScript's heap after a collection, bytes. */
  heap(): Promise<number>;
  /** Memory of the tab's process, bytes. */
  memory(): Promise<number>;
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((one) => one.name === name)?.value ?? NaN;
}

/** Resident memory of the browser's largest page process. */
async function resident(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) * 1024);
  return Math.max(...sizes);
}

async function openPage(browser: Browser, url: string): Promise<MapPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  page.on('pageerror', (error) => console.error(error));
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in globalThis);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  return {
    page,
    async timed(work) {
      const [before, began] = [await metric(session, 'TaskDuration'), performance.now()];
      await work();
      const took = performance.now() - began;
      return { main: ((await metric(session, 'TaskDuration')) - before) * 1000, took };
    },
    async heap() {
      await session.send('HeapProfiler.collectGarbage');
      return metric(session, 'JSHeapUsedSize');
    },
    memory: () => resident(browser),
  };
}

export async function mapStage(): Promise<MapStage> {
  const folder = newFolder();
  await build({
    configFile: false,
    root: resolve(import.meta.dirname, 'map-page'),
    logLevel: 'error',
    build: { outDir: folder.path, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 5000 },
    worker: { format: 'es' },
  });
  const answers = new Map<string, string>();
  const server = createServer(({ url = '/' }, response) => {
    const count = /^\/answer-(\d+)$/.exec(url)?.[1];
    if (count) {
      if (!answers.has(count)) answers.set(count, snapshotWith(Number(count)));
      response.setHeader('Content-Type', 'application/json').end(answers.get(count));
      return;
    }
    const file = url === '/' ? 'index.html' : url.replace(/\?.*/, '').slice(1);
    try {
      const body = readFileSync(join(folder.path, file));
      response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream').end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/` : '';
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: flags });
  return {
    open: () => openPage(browser, url),
    answer: (count) => `/answer-${count}`,
    async stop() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      folder.remove();
    },
  };
}
