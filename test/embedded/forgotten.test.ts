import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { answer } from '../../supabase/functions/send-notices/answer.ts';
import { jpeg } from '../fixtures/jpeg.ts';
import { makeStreet, startProduct } from './fixture/street.ts';
import { request, rpc, temporaryFolder } from './harness.ts';

const folder = temporaryFolder();
let server: EmbeddedSupabase;
let code = '';
beforeAll(async () => {
  server = await startProduct(folder.path);
  code = await makeStreet(server);
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

/** A report with a photo that has come up. Gives its private key. */
async function reported(): Promise<string> {
  const key = newTrackingKey();
  const report = { code, key, what: '楼道灯不亮', name: '王阿姨', address: '2单元201', photos: 1 };
  const receipt: unknown = await (await rpc(server, 'report_issue', report)).json();
  const [path] = Object(receipt).photos;
  const sent = await request(server, `/storage/v1/object/issue-photos/${path}`, {
    method: 'POST',
    body: jpeg(),
    headers: { 'content-type': 'image/jpeg' },
  });
  expect(sent.status).toBe(200);
  return key;
}

function kept(): string[] {
  const storage = join(folder.path, 'storage');
  if (!existsSync(storage)) return [];
  return readdirSync(storage, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
const objects = async () => (await server.query('select name from storage.objects')).length;

it('the photos of who asks to be forgotten are gone from the disk, and nobody else’s', async () => {
  const [mine] = [await reported(), await reported()];
  const before = kept();
  expect([before.length, await objects()]).toEqual([4, 2]);
  await rpc(server, 'forget_me', { key: mine });
  await vi.waitFor(() => expect(kept()).toHaveLength(2), { timeout: 10_000 });
  expect(await objects()).toBe(1);
  expect(await server.query('select from private.photos_to_remove')).toEqual([]);
});

it('the edge function removes them through Storage, once', async () => {
  // the embedded sender is kept from it: it asks the database without a claim
  await server.query('alter function public.claim_photo_removals(integer) rename to claimed_elsewhere');
  await server.query(
    `create function public.claim_photo_removals(most integer default 50) returns text[] language sql as $$
       select case when current_setting('request.jwt.claims', true) <> '' then public.claimed_elsewhere(most) else '{}' end $$`,
  );
  await server.query('grant execute on function public.claim_photo_removals to service_role');
  await server.query("notify pgrst, 'reload schema'");
  const key = await reported();
  const before = kept();
  await rpc(server, 'forget_me', { key });
  const call = async (): Promise<unknown> => {
    const headers = { authorization: `Bearer ${server.serviceKey}` };
    return (await answer(new Request(server.url, { method: 'POST', headers }), server)).json();
  };
  expect(await call()).toMatchObject({ removed: 1 });
  expect(kept()).toHaveLength(before.length - 2);
  expect(await call()).toMatchObject({ removed: 0 });
});
