import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { desk, flags, signIn, stage } from './harness.ts';

const scene = stage();
const drops = process.env['PROVE'] === '1' ? 100 : 4;

/** A line between a browser and the server that can be cut; while it is cut nobody gets through. */
async function line(): Promise<{ url: string; cut(): void; mend(): void }> {
  const sockets = new Set<Socket>();
  const port = Number(new URL(scene.server.url).port);
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const { port: own } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${own}`, cut, mend: () => void (whole = true) };
}

async function token(account: string): Promise<string> {
  const answer = await fetch(`${scene.server.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: scene.server.anonKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${account}@shaocheng.example`, password: 'shaocheng-2026' }),
  });
  return String(Reflect.get(Object(await answer.json()), 'access_token'));
}

/** Somebody reports, and the community accepts what came before; whatever the map hears of it. */
async function something(nth: number, staff: string): Promise<void> {
  await scene.server.query(
    `select public.report_issue(code => $1, key => $2, what => $3, name => '王阿姨', address => '2单元201', category => 'leak')`,
    [await scene.code(), newTrackingKey(), `断线时的第${nth}件`],
  );
  const [before] = await scene.server.query(
    `select id, version from public.issues where what like '断线时的第%' and state = 'submitted' order by id limit 1`,
  );
  if (nth % 2 === 0 || !before) return;
  const accepted = await fetch(`${scene.server.url}/rest/v1/rpc/act_on_issue`, {
    method: 'POST',
    headers: {
      apikey: scene.server.anonKey,
      authorization: `Bearer ${staff}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      issue_id: before['id'],
      action: 'accept',
      version: before['version'],
      payload: {},
      request_id: crypto.randomUUID(),
    }),
  });
  expect(accepted.status).toBe(200);
}

/** How many of these issues the list has, by where they stand. */
async function listed(page: Page): Promise<{ submitted: number; handling: number }> {
  const list = page.getByRole('region', { name: '诉求列表' });
  const count = async (part: string): Promise<number> => {
    const heading = list.getByRole('heading', { name: new RegExp(`^${part}`) });
    return (await heading.count()) === 0 ? 0 : Number(/\d+/.exec((await heading.textContent()) ?? '')?.[0]);
  };
  return { submitted: await count('待受理'), handling: await count('处理中') };
}

it(
  `after ${drops} dropped connections the map equals the database within five seconds of the last`,
  { timeout: 120_000 + drops * 10_000 },
  async () => {
    await scene.server.query(
      `insert into private.guards (street_id, proof) select id, 'off' from public.areas where level = 'street' on conflict (street_id) do update set proof = 'off'`,
    );
    const staff = await token('kuanxiangzi');
    const { url, cut, mend } = await line();
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: flags,
    });
    onTestFinished(() => browser.close());
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...desk });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const thrown: string[] = [];
    page.on('pageerror', ({ message }) => thrown.push(message));
    await page.goto(`${url}/street/?f=q.断线时的第`);
    await signIn(page, 'street');
    await page.getByText('实时', { exact: true }).waitFor();

    for (let nth = 1; nth <= drops; nth++) {
      cut();
      await something(nth, staff);
      await sleep(nth % 3 === 0 ? 1500 : 100);
      mend();
      await sleep(nth % 2 === 0 ? 700 : 50);
    }
    await page.getByText('实时', { exact: true }).waitFor();
    const [said] = await scene.server.query(
      `select (count(*) filter (where state = 'submitted'))::int as submitted, (count(*) filter (where state = 'handling'))::int as handling
       from public.issues where what like '断线时的第%'`,
    );
    await expect.poll(() => listed(page), { timeout: 5_000 }).toEqual(said);
    expect(thrown).toEqual([]);
  },
);
