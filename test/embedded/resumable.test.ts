import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { jpeg } from '../fixtures/jpeg.ts';
import { boot, one, request, signedIn } from './harness.ts';

let server: EmbeddedSupabase;
beforeAll(async () => {
  server = await boot();
});
afterAll(() => server.stop());

const tus = { 'tus-resumable': '1.0.0' };
const piece = { ...tus, 'content-type': 'application/offset+octet-stream' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

async function begin(path: string, length: number): Promise<Response> {
  const named = `bucketName ${base64('issue-photos')},objectName ${base64(path)}`;
  return request(server, '/storage/v1/upload/resumable', {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(length), 'upload-metadata': named },
  });
}
async function begun(path: string, length: number): Promise<string> {
  const answer = await begin(path, length);
  expect(answer.status).toBe(201);
  return String(answer.headers.get('location'));
}
const send = (place: string, offset: number, body: Uint8Array<ArrayBuffer>) =>
  request(server, place, { method: 'PATCH', headers: { ...piece, 'upload-offset': String(offset) }, body });
const arrived = async (place: string) => {
  const answer = await request(server, place, { method: 'HEAD', headers: tus });
  return answer.ok ? Number(answer.headers.get('upload-offset')) : answer.status;
};
const kept = async (path: string) => {
  const { data } = await (await signedIn(server, one.email)).storage.from('issue-photos').download(path);
  return data && new Uint8Array(await data.arrayBuffer());
};

/** Sends a part of what it announces, and cuts the connection. */
function sendAndCut(place: string, offset: number, announced: number, part: Uint8Array): Promise<void> {
  const { hostname, port } = new URL(server.url);
  const headers = { ...piece, 'upload-offset': offset, 'content-length': announced };
  return new Promise((done) => {
    const sending = httpRequest({
      hostname,
      port,
      path: place,
      method: 'PATCH',
      headers: { ...headers, apikey: server.anonKey, authorization: `Bearer ${server.anonKey}` },
    });
    sending.on('error', () => {});
    sending.on('close', done);
    sending.write(part, () => setTimeout(() => sending.destroy(), 100));
  });
}

it('what has arrived of a photo stays when the connection is cut; the rest alone is sent again', async () => {
  const photo = jpeg(200_000);
  const place = await begun('promised/cut.jpg', photo.length);
  await sendAndCut(place, 0, photo.length, photo.slice(0, 80_000));
  await vi.waitFor(async () => expect(await arrived(place)).toBe(80_000));
  expect(await kept('promised/cut.jpg')).toBeNull();
  await sendAndCut(place, 80_000, photo.length - 80_000, photo.slice(80_000, 150_000));
  await vi.waitFor(async () => expect(await arrived(place)).toBe(150_000));
  expect((await send(place, 150_000, photo.slice(150_000))).status).toBe(204);
  expect(await kept('promised/cut.jpg')).toEqual(photo);
  expect(await arrived(place)).toBe(photo.length);
});

it('what is sent from a wrong place is refused and changes nothing', async () => {
  const photo = jpeg(1000);
  const place = await begun('promised/offset.jpg', photo.length);
  expect((await send(place, 10, photo.slice(10))).status).toBe(409);
  expect((await send(place, 0, photo.slice(0, 500))).status).toBe(204);
  expect((await send(place, 0, photo)).status).toBe(409);
  expect((await send(place, 500, jpeg(1000))).status).toBe(413);
  expect(await arrived(place)).toBe(500);
  expect((await send(place, 500, photo.slice(500))).status).toBe(204);
  expect(await kept('promised/offset.jpg')).toEqual(photo);
});

it('the rules of a whole photo hold: promised, a JPEG, not too large, written once', async () => {
  const photo = jpeg();
  const elsewhere = await begun('elsewhere/1.jpg', photo.length);
  expect((await send(elsewhere, 0, photo)).status).toBe(403);
  expect(await arrived(elsewhere)).toBe(404);
  const text = await begun('promised/text.jpg', 5);
  expect((await send(text, 0, new Uint8Array(5))).status).toBe(422);
  expect((await begin('promised/large.jpg', 5 * 1024 * 1024 + 1)).status).toBe(413);
  const twice = await Promise.all([1, 2].map(() => begun('promised/twice.jpg', photo.length)));
  const answers = await Promise.all(twice.map((place) => send(place, 0, photo)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  expect((await begin('promised/twice.jpg', photo.length)).status).toBe(409);
});

it('nonsense is refused', async () => {
  for (const length of [0, -1, 1.5, Number.NaN])
    expect((await begin('promised/nonsense.jpg', length)).status).toBe(400);
  expect((await begin('', 10)).status).toBe(400);
  expect(await arrived('/storage/v1/upload/resumable/unknown')).toBe(404);
  const place = await begun('promised/nonsense.jpg', 10);
  expect((await request(server, place, { method: 'PATCH', headers: tus, body: 'x' })).status).toBe(415);
  expect((await request(server, place, { method: 'HEAD' })).status).toBe(412);
  expect((await request(server, place, { method: 'DELETE', headers: tus })).status).toBe(405);
});

it('what nobody finishes does not fill the memory: the longest untouched is forgotten', async () => {
  const size = 4 * 1024 * 1024;
  const most = jpeg(size).slice(0, size);
  const places: string[] = [];
  for (let n = 0; n < 17; n += 1) {
    const place = await begun(`promised/heap-${n}.jpg`, size + 100);
    places.push(place);
    expect((await send(place, 0, most)).status).toBe(204);
  }
  expect(await Promise.all(places.map(arrived))).toEqual([404, ...Array.from({ length: 16 }, () => size)]);
});
