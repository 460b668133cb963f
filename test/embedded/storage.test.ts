import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { boot, one, request, signedIn } from './harness.ts';

const segment = (code: number, ...content: number[]) => [
  0xff,
  code,
  (content.length + 2) >> 8,
  (content.length + 2) & 0xff,
  ...content,
];
const words = (text: string) => [...new TextEncoder().encode(text)];
const exif = segment(0xe1, ...words('Exif'), 0, 0, ...words('GPS 30.66,104.05'));
const picture = [
  ...segment(0xc0, 8, 0, 1, 0, 1, 1, 1, 0x11, 0),
  ...segment(0xda, 1, 1, 0, 0, 63, 0),
  0x12,
  0x34,
  0xff,
  0xd9,
];
const photo = new Uint8Array([0xff, 0xd8, ...exif, ...picture]);
const stripped = new Uint8Array([0xff, 0xd8, ...picture]);

let server: EmbeddedSupabase;
beforeAll(async () => {
  server = await boot();
});
afterAll(() => server.stop());

function upload(
  path: string,
  body: BodyInit,
  headers: Record<string, string> = { 'content-type': 'image/jpeg' },
): Promise<Response> {
  return request(server, `/storage/v1/object/issue-photos/${path}`, { method: 'POST', body, headers });
}

async function refused(answer: Promise<Response>): Promise<[number, string]> {
  const { status, ...rest } = await answer.then(async (got) => ({
    status: got.status,
    body: await got.json(),
  }));
  return [status, rest.body.error];
}

describe('a resident’s photo', () => {
  it('is kept without its metadata and shown to staff only', async () => {
    expect((await upload('promised/1.jpg', photo)).status).toBe(200);
    const staff = await signedIn(server, one.email);
    const { data } = await staff.storage.from('issue-photos').download('promised/1.jpg');
    expect(data?.type).toBe('image/jpeg');
    expect(new Uint8Array((await data?.arrayBuffer()) ?? [])).toEqual(stripped);
    expect((await request(server, '/storage/v1/object/issue-photos/promised/1.jpg')).status).toBe(404);
  });

  it('may come as a form, as supabase-js sends it', async () => {
    const form = new FormData();
    form.append('cacheControl', '3600');
    form.append('', new Blob([photo], { type: 'image/jpeg' }));
    expect((await upload('promised/form.jpg', form, {})).status).toBe(200);
    const { data } = await (
      await signedIn(server, one.email)
    ).storage
      .from('issue-photos')
      .download('promised/form.jpg');
    expect(data?.size).toBe(stripped.length);
  });

  it('can be opened by a link for a while', async () => {
    await upload('promised/link.jpg', photo);
    const staff = await signedIn(server, one.email);
    const { data } = await staff.storage.from('issue-photos').createSignedUrl('promised/link.jpg', 60);
    const answer = await fetch(data?.signedUrl ?? '');
    expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, stripped.length]);
  });

  it('is written once: again, by two at once, and by force it is refused', async () => {
    expect((await upload('promised/2.jpg', photo)).status).toBe(200);
    expect((await refused(upload('promised/2.jpg', photo)))[0]).toBe(409);
    expect(
      (
        await refused(upload('promised/2.jpg', photo, { 'content-type': 'image/jpeg', 'x-upsert': 'true' }))
      )[0],
    ).toBe(405);
    const both = await Promise.all([upload('promised/3.jpg', photo), upload('promised/3.jpg', photo)]);
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409]);
  });

  it('is refused where no report promised it', async () => {
    expect((await refused(upload('elsewhere/1.jpg', photo)))[0]).toBe(403);
    expect((await server.query("select from storage.objects where name like 'elsewhere%'")).length).toBe(0);
  });

  it('is refused when it is no JPEG, whatever it says it is', async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
    expect(await refused(upload('promised/4.jpg', png))).toEqual([422, 'photo_not_jpeg']);
    expect(
      await refused(
        upload('promised/4.jpg', new Uint8Array([...words('RIFF'), 0, 0, 0, 0, ...words('WEBP')])),
      ),
    ).toEqual([422, 'photo_not_jpeg']);
  });

  it('is refused when it is too large', async () => {
    expect(await refused(upload('promised/5.jpg', new Uint8Array(5 * 1024 * 1024 + 1)))).toEqual([
      413,
      'photo_too_large',
    ]);
    expect(await refused(upload('promised/5.jpg', new Uint8Array(8 * 1024 * 1024)))).toEqual([
      413,
      'photo_too_large',
    ]);
  });

  it('cannot be placed outside its bucket', async () => {
    const { status } = await upload('promised/..%2F..%2Fescape.jpg', photo);
    expect(status).toBeGreaterThanOrEqual(400);
  });
});
