import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { flags, phone } from '../browser/harness.ts';
import { formsStage } from './forms-stage.ts';
import { quantile } from './measure.ts';
import { newFolder, startProduct } from './product.ts';
import { type Figure, kilobytes, seconds } from './table.ts';

const TIMES = 5;
/** A phone of 2019 at the edge of a 3G cell: 400 ms there and back, 400 kbit/s, a quarter of this machine's speed. */
const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const slowdown = 4;
const photoBytes = 4_000_000;

interface Load {
  took: number;
  bytes: number;
  requests: number;
}

/** A new phone: nothing kept of any page. */
const newPhone = (browser: Browser) =>
  browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...phone });

async function throttled(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return page;
}

/**
 * Milliseconds from the start of the navigation until `usable` (a selector) is there and the next frame has come, by the page's own clock:
 * Playwright's locators bring a script of their own, which would cost a slow phone a quarter of a second.
 */
async function usableAt(session: CDPSession, usable: string): Promise<number> {
  const { result } = await session.send('Runtime.evaluate', {
    awaitPromise: true,
    expression: `new Promise((done) => {
      const look = () => document.querySelector('${usable}') ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 5);
      look();
    })`,
  });
  return Number(result.value);
}

/** Opens a page and waits until its form can be used. */
async function opened(page: Page, url: string, usable: string): Promise<Load> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const load = { took: 0, bytes: 0, requests: 0 };
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url.startsWith('http')) load.requests += 1;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => void (load.bytes += encodedDataLength));
  await page.goto(url, { waitUntil: 'commit' });
  load.took = await usableAt(session, usable);
  return load;
}

/** First visits of as many new phones: the median time, and what one of them took over the wire. */
async function firstVisits(browser: Browser, url: string, usable: string): Promise<Load> {
  const loads: Load[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const context = await newPhone(browser);
    loads.push(await opened(await throttled(context), url, usable));
    await context.close();
  }
  const { bytes = 0, requests = 0 } = loads.at(-1) ?? {};
  return {
    took: quantile(
      loads.map(({ took }) => took),
      0.5,
    ),
    bytes,
    requests,
  };
}

const ours = 'textarea';
const survey = 'textarea';
const enketo = 'body[data-ready="0"]';

/** A photo as a phone takes it: a JPEG of about 4 MB, grain and all. */
async function photo(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  const text = await page.evaluate(async (wanted) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 3000, height: 2250 });
    const pen = canvas.getContext('2d');
    const grain = pen?.createImageData(3000, 2250);
    if (!pen || !grain) return '';
    for (let at = 0; at < grain.data.length; at += 4) {
      const light = 128 + 60 * Math.sin(at / 40_000) + 60 * (Math.random() - 0.5);
      grain.data.set([light, light, light, 255], at);
    }
    pen.putImageData(grain, 0, 0);
    let best = '';
    for (let quality = 0.98; quality > 0.3; quality -= 0.04) {
      best = canvas.toDataURL('image/jpeg', quality);
      if (best.length * 0.75 <= wanted * 1.1) break;
    }
    return best;
  }, photoBytes);
  await page.close();
  return Buffer.from(text.replace(/^[^,]*,/, ''), 'base64');
}

/** A report with a photo, from pressing the button: until the receipt, and until the photo is up. */
async function submitted(
  browser: Browser,
  url: string,
): Promise<{ receipt: number; photo: number; bytes: number }> {
  const buffer = await photo(browser);
  const context = await newPhone(browser);
  const page = await throttled(context);
  // The service worker, where there is background sync, would send by a network that is not the slow one.
  await page.addInitScript(() => Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync'));
  await opened(page, url, ours);
  await page.getByLabel('拍照或选照片').setInputFiles({ name: '墙.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor();
  const words = { 什么事: '墙皮掉下来一大块', 您怎么称呼: '王阿姨', 您住哪一户: '2单元201' };
  for (const [label, text] of Object.entries(words)) await page.getByLabel(label).fill(text);
  const startedAt = performance.now();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByRole('heading', { name: '收到了' }).waitFor();
  const receipt = performance.now() - startedAt;
  await page.getByText('1 张照片已上传').waitFor();
  const took = performance.now() - startedAt;
  await context.close();
  return { receipt, photo: took, bytes: buffer.length };
}

/** Visits of a phone that has been here: with the same bad network, and with none. */
async function laterVisits(browser: Browser, url: string): Promise<{ second: number; offline: number }> {
  const context = await newPhone(browser);
  const first = await context.newPage();
  await first.goto(url);
  const path = new URL(url).pathname;
  await first.waitForFunction((name) => caches.match(name).then(Boolean), path, { timeout: 30_000 });
  await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await first.close();
  const second: number[] = [];
  const offline: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const page = await throttled(context);
    second.push((await opened(page, url, ours)).took);
    await context.setOffline(true);
    const session = await context.newCDPSession(page);
    await page.reload({ waitUntil: 'commit' });
    offline.push(await usableAt(session, ours));
    await context.setOffline(false);
    await page.close();
  }
  await context.close();
  return { second: quantile(second, 0.5), offline: quantile(offline, 0.5) };
}

/** The figures of the product's form at `url`, and of the other engines' beside it. */
export async function formFigures(browser: Browser, url: string, others: string): Promise<Figure[]> {
  const own = await firstVisits(browser, url, ours);
  const engines: [string, Load][] = [
    ['SurveyJS 2.5', await firstVisits(browser, `${others}/survey.html`, survey)],
    ['Enketo Core 9', await firstVisits(browser, `${others}/enketo.html`, enketo)],
  ];
  const { second, offline } = await laterVisits(browser, url);
  const sent = await submitted(browser, url);
  const where = '4× CPU, 400 ms, 400 kbit/s';
  const load = ({ took, bytes, requests }: Load) =>
    `usable in ${seconds(took)}, ${kilobytes(bytes)} in ${requests} request(s)`;
  return [
    {
      name: `resident’s form, first visit (${where}; median of ${TIMES})`,
      value: load(own),
      asked: '≤ 1.5 s, ≤ 20 KB, ≤ 4 requests',
    },
    ...engines.map(([name, theirs]) => ({
      name: `the same form by ${name}`,
      value: `${load(theirs)}; ours has ${((own.bytes / theirs.bytes) * 100).toFixed(1)} % of its bytes, ${((own.took / theirs.took) * 100).toFixed(0)} % of its time`,
      asked: 'ours ≤ 20 % of bytes, ≤ 50 % of time',
    })),
    { name: 'resident’s form, second visit, same network', value: seconds(second), asked: '≤ 0.5 s' },
    { name: 'resident’s form, second visit without a network', value: seconds(offline), asked: '≤ 0.5 s' },
    {
      name: `a report with a photo of ${(sent.bytes / 1e6).toFixed(1)} MB, from pressing the button`,
      value: `receipt in ${seconds(sent.receipt)}, photo up in ${seconds(sent.photo)}`,
      asked: '≤ 6 s in the foreground, or at once in the background',
    },
  ];
}

/** The resident's form on a slow phone and a bad network, beside the same form by two form engines others use. */
export async function measureForms(): Promise<Figure[]> {
  const folder = newFolder();
  const [product, others] = await Promise.all([startProduct(folder.path), formsStage()]);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: flags,
  });
  try {
    const url = product.url + product.demoLink;
    await fetch(url, { headers: { 'accept-encoding': 'br' } });
    return await formFigures(browser, url, others.url);
  } finally {
    await browser.close();
    await others.stop();
    await product.stop();
    folder.remove();
  }
}
