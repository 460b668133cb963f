import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { desk, signIn, stage } from './harness.ts';

const scene = stage();

/** A yard of 宽巷子社区 whose round nobody has begun, with so many old people at least: one more is no sudden jump. */
async function freshYard(elderly = 0): Promise<{ id: number; name: string }> {
  const [row] = await scene.server.query(
    `select c.id, c.name from public.courtyards c join public.areas a on a.id = c.community_id
     join private.archives k on k.courtyard_id = c.id
     where a.name like '宽巷子%' and c.ended_at is null and not exists (
       select from private.profiles p where p.courtyard_id = c.id and p.quarter = (select max(quarter) from public.rounds))
       and coalesce((k.facts ->> 'elderly_60')::int, 0) >= $1
     order by c.id limit 1`,
    [elderly],
  );
  return { id: Number(row?.['id']), name: String(row?.['name']) };
}

async function profile(yard: number): Promise<{ state: unknown; facts: Record<string, unknown> }> {
  const [row] = await scene.server.query(
    `select p.state, a.facts from private.archives a left join private.profiles p on p.courtyard_id = a.courtyard_id
       and p.quarter = (select max(quarter) from public.rounds) where a.courtyard_id = $1`,
    [yard],
  );
  return { state: row?.['state'] ?? null, facts: (row?.['facts'] ?? {}) as Record<string, unknown> };
}

async function openYard(yard: number): Promise<Page> {
  const page = await scene.open(`/community/?view=round&yard=${yard}`, desk);
  page.setDefaultTimeout(60_000);
  await signIn(page, 'kuanxiangzi');
  await page.locator('[data-field]').first().waitFor();
  // Every yard's form is on this device before the network goes.
  await expect.poll(() => page.locator('[data-yard]').count()).toBeGreaterThan(50);
  return page;
}

/** Goes to a question by its letters and writes over what is there. Gives the keys pressed. */
async function write(page: Page, name: string, text: string): Promise<number> {
  const letters = await page
    .locator('[data-field]')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('kbd')
    .last()
    .textContent();
  const keys = [...(letters ?? ''), 'Enter', ...text];
  for (const key of keys) await page.keyboard.press(key);
  return keys.length;
}

/** “Nothing changed” for every part that still waits. */
async function restUnchanged(page: Page): Promise<number> {
  const buttons = page.getByRole('button', { name: /^没有变化/ });
  let keys = 0;
  for (let left = await buttons.count(); left > 0; left = await buttons.count()) {
    await page.keyboard.press('F2');
    keys++;
    await expect.poll(() => buttons.count()).toBeLessThan(left);
  }
  return keys;
}

/** How many files of the page this device holds. */
const keptFiles = (page: Page) => () =>
  page.evaluate(async () => (await (await caches.open('community-1')).keys()).length);

it('the secretary finishes a yard from the keyboard, half of it without a network; the street confirms, and map and labels follow', async () => {
  const yard = await freshYard();
  const before = (await profile(yard.id)).facts;
  const [registered, floating] = [Number(before['registered']), Number(before['floating'])];
  const page = await openYard(yard.id);
  let keys = await write(page, '户籍人口', String(registered + 3));
  await expect.poll(async () => (await profile(yard.id)).state).toBe('drafted');

  // The network goes in the middle of it.
  await page.context().setOffline(true);
  const elderly = Math.ceil((registered + 3 + floating) * 0.45);
  keys += await write(page, '60岁以上', String(elderly));
  // So many more at once may be a slip of the finger: Enter says it is none.
  keys += await page
    .getByRole('button', { name: '确定', exact: true })
    .count()
    .then(async (asked) => {
      if (asked > 0) await page.keyboard.press('Enter');
      return asked;
    });
  keys += await write(page, '空置户', '0');
  keys += await restUnchanged(page);
  await page.keyboard.press('Enter');
  keys++;
  await page.getByText('已填完，连上网络就提交').waitFor();
  expect(await profile(yard.id)).toMatchObject({ state: 'drafted' });
  expect(keys).toBeLessThanOrEqual(25);

  // Back again: what was written arrives once, and is handed in.
  await page.context().setOffline(false);
  await expect.poll(async () => (await profile(yard.id)).state, { timeout: 60_000 }).toBe('submitted');
  const drafts = await scene.server.query(
    `select count(*)::int as n from private.archive_events where courtyard_id = $1 and action = 'submitted'`,
    [yard.id],
  );
  expect(drafts).toEqual([{ n: 1 }]);

  // Another day without a network: page and form come from the device.
  const other = await freshYard();
  await expect.poll(keptFiles(page), { timeout: 60_000 }).toBeGreaterThan(10);
  await page.context().setOffline(true);
  const later = await page.context().newPage();
  await later.goto(`${scene.server.url}/community/?view=round&yard=${other.id}`);
  await later.locator('[data-field]').first().waitFor();
  await later.close();
  await page.context().setOffline(false);

  const street = await scene.open('/street/?view=round', desk);
  street.setDefaultTimeout(60_000);
  await signIn(street, 'street');
  const row = street.locator(`li[data-yard="${yard.id}"]`);
  await row.getByRole('button', { name: yard.name }).click();
  await row.getByRole('rowheader', { name: '户籍人口' }).waitFor();
  await row.getByRole('button', { name: '确认', exact: true }).click();
  await expect.poll(async () => (await profile(yard.id)).state, { timeout: 60_000 }).toBe('confirmed');

  const after = (await profile(yard.id)).facts;
  expect(after['registered']).toBe(registered + 3);
  expect(after['elderly_60']).toBe(elderly);
  // What the map draws: fresh now, and 老人多 by its rule.
  const [facts] = await scene.server.query(
    `select exists (select from private.courtyard_labels c join public.labels l on l.id = c.label_id
       where c.courtyard_id = $1 and l.code = 'elderly_many' and c.ended_at is null) as labelled`,
    [yard.id],
  );
  expect(facts).toEqual({ labelled: true });
  await row.getByText('已确认').first().waitFor();
});

it('two people on one yard keep what each wrote, and choose where they differ', async () => {
  const yard = await freshYard(40);
  const { facts } = await profile(yard.id);
  const [registered, elderly] = [Number(facts['registered']), Number(facts['elderly_60'])];
  const one = await openYard(yard.id);
  const other = await openYard(yard.id);
  // The other one has no network meanwhile: else what was written first is there before they write.
  await other.context().setOffline(true);
  await write(one, '户籍人口', String(registered + 1));
  await expect.poll(async () => (await profile(yard.id)).state, { timeout: 60_000 }).toBe('drafted');
  await write(other, '60岁以上', String(elderly + 1));
  await write(other, '户籍人口', String(registered + 2));
  await other.context().setOffline(false);
  const choice = other.getByRole('listitem').filter({ hasText: '户籍人口' });
  await choice.getByRole('button', { name: new RegExp(`${registered + 2}`) }).click();
  const answers = () =>
    scene.server.query(
      `select code, value from private.drafts where courtyard_id = $1 and code in ('registered', 'elderly_60') order by code`,
      [yard.id],
    );
  await expect.poll(answers, { timeout: 60_000 }).toEqual([
    { code: 'elderly_60', value: elderly + 1 },
    { code: 'registered', value: registered + 2 },
  ]);

  // The form of a grid worker, who stands in the yard with a phone.
  await one.setViewportSize({ width: 390, height: 844 });
  expect(await one.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const sheet = one.locator('[data-field]').first();
  expect((await sheet.boundingBox())?.width).toBe(390);
});

it('signing out takes forms and page off the device; what has not arrived waits, and goes out when one is back', async () => {
  const yard = await freshYard(40);
  const registered = Number((await profile(yard.id)).facts['registered']);
  const page = await openYard(yard.id);
  await expect.poll(keptFiles(page), { timeout: 60_000 }).toBeGreaterThan(10);
  /** What this device holds: rows of the round's stores by name, and the stored page. */
  const held = () =>
    page.evaluate(async () => {
      const [shelf] = (await indexedDB.databases()).filter(({ name }) =>
        name?.startsWith('courtyard-round-'),
      );
      const stores = await caches.keys();
      if (!shelf?.name) return { pages: 0, queue: 0, page: stores.includes('community-1') };
      const db = await new Promise<IDBDatabase>((done, fail) => {
        const opening = indexedDB.open(shelf.name ?? '');
        opening.addEventListener('success', () => done(opening.result));
        opening.addEventListener('error', () => fail(opening.error ?? new Error('closed')));
      });
      const count = (store: string) =>
        new Promise<number>((done) => {
          const asked = db.transaction(store).objectStore(store).count();
          asked.addEventListener('success', () => done(asked.result));
        });
      const found = { pages: await count('pages'), queue: await count('queue') };
      db.close();
      return { ...found, page: stores.includes('community-1') };
    });
  expect(await held()).toMatchObject({ page: true });

  // The line to the server breaks for what is written; signing out still works.
  await page.route('**/rpc/save_draft', (route) => route.abort());
  await write(page, '户籍人口', String(registered + 1));
  await expect.poll(async () => (await held()).queue).toBe(1);
  const leave = async (): Promise<void> => {
    await page.getByRole('button', { name: /刘思雨/ }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  };
  await leave();
  await expect.poll(held, { timeout: 60_000 }).toEqual({ pages: 0, queue: 1, page: false });
  expect((await profile(yard.id)).state).toBe(null);

  // Back with the line mended: the answer arrives, and next time nothing is left at all.
  await page.unroute('**/rpc/save_draft');
  await page.goto(`${scene.server.url}/community/?view=round`);
  await signIn(page, 'kuanxiangzi');
  await expect.poll(async () => (await profile(yard.id)).state, { timeout: 60_000 }).toBe('drafted');
  await expect.poll(async () => (await held()).queue).toBe(0);
  await leave();
  await expect.poll(held, { timeout: 60_000 }).toEqual({ pages: 0, queue: 0, page: false });
});
