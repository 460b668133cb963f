import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Kept, Outbox, type Shelf } from '../../src/core/outbox.ts';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import type { Receipt } from '../../src/data/resident.ts';
import { useHome } from '../../src/data/resident-wire.ts';
import { sendProved } from '../../src/resident/proving.ts';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { BadNetwork, seeded } from '../fixtures/bad-network.ts';
import { makeStreet, startProduct } from './fixture/street.ts';
import { temporaryFolder } from './harness.ts';

const prove = process.env['PROVE'] === '1';
const reports = prove ? 10_000 : 150;
const phones = 12;
const seed = 20261130;

const folder = temporaryFolder();
let server: EmbeddedSupabase;
let network: BadNetwork;
let code = '';
beforeAll(async () => {
  server = await startProduct(folder.path);
  code = await makeStreet(server);
  network = new BadNetwork(Number(new URL(server.url).port), seeded(seed));
  await network.start();
  useHome({ url: `http://127.0.0.1:${network.port}`, key: server.anonKey, device: '' });
});
afterAll(async () => {
  network.stop();
  await server.stop();
  folder.remove();
});

const written = (n: number): Kept => ({
  key: newTrackingKey(),
  code,
  courtyard: '小巷院',
  at: n,
  body: {
    what: `坏网络里的第${n}件`,
    place: null,
    name: '王阿姨',
    address: '2单元201',
    phone: null,
    category: 'light',
    lng: null,
    lat: null,
    photos: 0,
    helper: null,
    joins: null,
    lang: 'zh',
  },
});

/** A phone's disk: it stays when the page is closed. */
function disk(): Shelf {
  const kept = new Map<string, Kept>();
  return {
    read: async () => [...kept.values()],
    put: async (one) => (kept.set(one.key, one), true),
    drop: async (key) => void kept.delete(key),
  };
}

/** Sends until the receipt has come, as the resident's page does; now and then the page is closed and opened again. */
async function deliver(kept: Kept, random: () => number): Promise<Receipt> {
  const shelf = disk();
  const open = () => new Outbox<Receipt>(shelf, (one) => sendProved(one, 'phone'));
  let page = open();
  await page.keep(kept);
  for (;;) {
    const [fate] = await page.flush();
    if (fate?.kind === 'arrived') return fate.receipt;
    if (fate?.kind === 'refused') throw fate.error;
    if (random() < 0.3) page = open();
    await page.load();
    await new Promise((later) => setTimeout(later, 5));
  }
}

it(`${reports} reports through a network that delays, cuts, halves and repeats: none lost, none doubled, each with its own receipt`, async () => {
  const random = seeded(seed + 1);
  const told = new Map<string, string>();
  let next = 0;
  const phone = async () => {
    while (next < reports) {
      next += 1;
      const kept = written(next);
      told.set(kept.body.what, (await deliver(kept, random)).number);
    }
  };
  await Promise.all(Array.from({ length: phones }, phone));
  // what was repeated may still be on its way
  await new Promise((later) => setTimeout(later, 500));

  const stored = await server.query(`select what, number from public.issues where what like '坏网络里的第%'`);
  expect(stored).toHaveLength(reports);
  expect(new Set(stored.map(({ number }) => number)).size).toBe(reports);
  expect(stored.filter(({ what, number }) => told.get(String(what)) !== number)).toEqual([]);
  for (const kind of ['delayed', 'cut', 'unheard', 'halved', 'repeated'] as const)
    expect(network.done[kind], kind).toBeGreaterThan(reports / 40);
});
