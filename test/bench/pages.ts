import { brotliCompressSync, constants } from 'node:zlib';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { desk, flags, phone, signIn } from '../browser/harness.ts';
import { quantile } from './measure.ts';
import { manyReports } from './reports.ts';
import { newFolder, type Product, rpc, startProduct } from './product.ts';
import { measureRoundFile, measureRoundForm } from './round.ts';
import { type Figure, kilobytes, ms, seconds } from './table.ts';

const SUBMITS = 30;
const OPENED = 5;

/** What a page's first load took over the wire: requests, and bytes with brotli as the server sent them. */
interface Wire {
  requests: number;
  bytes: number;
  scripts: number;
}

async function watchWire(page: Page): Promise<Wire> {
  const wire: Wire = { requests: 0, bytes: 0, scripts: 0 };
  const session = await page.context().newCDPSession(page);
  const kinds = new Map<string, string>();
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, response, type }) => {
    if (!response.url.startsWith('http')) return;
    wire.requests += 1;
    kinds.set(requestId, type);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (!kind) return;
    wire.bytes += encodedDataLength;
    if (kind === 'Script') wire.scripts += encodedDataLength;
  });
  return wire;
}

async function open(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  return context.newPage();
}

async function residentLoad(browser: Browser, product: Product, path: string): Promise<Figure[]> {
  const page = await open(browser, phone);
  const wire = await watchWire(page);
  await page.goto(product.url + path, { waitUntil: 'networkidle' });
  await page.context().close();
  const html = await (await fetch(product.url + path)).text();
  const body = brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  return [
    {
      name: 'resident’s first load, brotli: page with script, style and the yard',
      value: kilobytes(body),
      asked: '≤ 20 KB',
    },
    {
      name: 'resident’s first load, over the wire with headers',
      value: `${kilobytes(wire.bytes)} in ${wire.requests} request(s)`,
      asked: '≤ 4 requests',
    },
  ];
}

/** Waits until the map is there with its data: the list beside it then says how many issues both show. */
async function drawn(page: Page): Promise<void> {
  await page.getByRole('button', { name: '看全街' }).waitFor({ timeout: 60_000 });
  await page
    .getByRole('region', { name: '诉求列表' })
    .getByText(/^\d+ 件/)
    .first()
    .waitFor({ timeout: 60_000 });
}

/** The live map opened by someone signed in, on a server that is warm: from opening the page to the first pins drawn. */
async function streetLoad(browser: Browser, product: Product): Promise<{ page: Page; figures: Figure[] }> {
  const page = await open(browser, desk);
  await page.goto(`${product.url}/street/`);
  await signIn(page, 'street');
  await drawn(page);
  const storageState = await page.context().storageState();
  await page.context().close();
  const took: number[] = [];
  let last: { page: Page; wire: Wire } | null = null;
  for (let n = 0; n < OPENED; n += 1) {
    await last?.page.context().close();
    // A pin that is new slides in: what is waited for below.
    const again = await open(browser, { ...desk, reducedMotion: 'no-preference', storageState });
    const wire = await watchWire(again);
    const startedAt = performance.now();
    await again.goto(`${product.url}/street/`);
    await drawn(again);
    took.push(performance.now() - startedAt);
    last = { page: again, wire };
  }
  if (!last) throw new Error('The map was never opened');
  const { wire } = last;
  return {
    page: last.page,
    figures: [
      {
        name: 'street map, JavaScript before the first paint of the map',
        value: kilobytes(wire.scripts),
        asked: '≤ 450 KB',
      },
      {
        name: `street map with 514 courtyards and 2,000 open issues, opened until drawn, median of ${OPENED} (software GL)`,
        value: `${seconds(quantile(took, 0.5))}, ${kilobytes(wire.bytes)} in ${wire.requests} requests`,
        asked: '≤ 3 s',
      },
    ],
  };
}

/** From sending a report to its pin on an open map, each in ms: the pin slides in as an element of its own over the map. */
async function submitToPin(page: Page, product: Product, code: string): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < SUBMITS; n += 1) {
    await page.locator('.map-arrival').waitFor({ state: 'detached' });
    const shown = page.locator('.map-arrival').waitFor({ state: 'attached' });
    const sentAt = performance.now();
    const what = `第${n}次：三楼水管漏水`;
    await rpc(product, 'report_issue', {
      code,
      key: newTrackingKey(),
      what,
      name: '王小明',
      address: '2单元301',
      category: 'leak',
    });
    await shown;
    took.push(performance.now() - sentAt);
  }
  return took;
}

/** What residents and staff wait for, in Chromium, on PGlite with the demo street. */
export async function measurePages(): Promise<Figure[]> {
  const folder = newFolder();
  const product = await startProduct(folder.path);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: flags,
  });
  try {
    const path = product.demoLink;
    const resident = await residentLoad(browser, product, path);
    await manyReports(product, 8);
    const { page, figures } = await streetLoad(browser, product);
    const took = await submitToPin(page, product, path.replace('/c/', ''));
    return [
      ...resident,
      ...figures,
      {
        name: `from the resident’s submit to the pin on the map, ${SUBMITS} times`,
        value: `p50 ${ms(quantile(took, 0.5))}, p95 ${ms(quantile(took, 0.95))}`,
        asked: 'p95 ≤ 500 ms',
      },
      await measureRoundForm(browser, product.url),
      await measureRoundFile(),
    ];
  } finally {
    await browser.close();
    await product.stop();
    folder.remove();
  }
}
