import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { answer } from './answer.ts';

/** A Data API whose outbox holds `rounds` of messages, and a receiver of them, in one. */
const rounds: unknown[][] = [];
const removals: string[] = [];
const calls: { path: string; authorization: string | undefined; body: unknown }[] = [];
let receiverStatus = 200;
let apiStatus = 200;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const path = request.url ?? '';
    const { authorization } = request.headers;
    calls.push({ path, authorization, body: JSON.parse(Buffer.concat(chunks).toString()) });
    if (path === '/receiver') response.writeHead(receiverStatus).end();
    else if (path.endsWith('claim_deliveries'))
      response.writeHead(apiStatus).end(JSON.stringify(rounds.shift() ?? []));
    else if (path.endsWith('claim_photo_removals'))
      response.writeHead(apiStatus).end(JSON.stringify(removals.splice(0)));
    else response.writeHead(apiStatus).end('"sent"');
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls.length = 0;
  receiverStatus = 200;
  apiStatus = 200;
});

const message = (claim: string) => ({
  claim,
  kind: 'generic',
  url: `${url}/receiver`,
  secret: null,
  notices: [
    {
      id: `delivery-${claim}`,
      notice: 'late',
      at: '2026-11-23T01:00:00Z',
      number: '2611-00042',
      courtyard: '小巷院',
      category: null,
      state: 'handling',
      due_at: null,
      office: null,
    },
  ],
});
const ask = async (key: string | null) => {
  const headers = new Headers(key === null ? {} : { authorization: `Bearer ${key}` });
  const request = new Request(`${url}/send-notices`, { method: 'POST', headers, body: '{}' });
  const answered = await answer(request, { url, serviceKey: 'the-key' }, 1);
  return { status: answered.status, body: await answered.json() };
};

it('goes on until nothing is due, settles each message, and counts', async () => {
  rounds.push([message('a'), message('b')], [message('c')]);
  expect(await ask('the-key')).toEqual({
    status: 200,
    body: { sent: 3, refused: 0, unreached: 0, unsure: 0, push: { sent: 0, gone: 0, failed: 0 }, removed: 0 },
  });
  const settled = calls.filter(({ path }) => path === '/rest/v1/rpc/settle_claim');
  expect(settled.map(({ body }) => Object(body).claim).toSorted()).toEqual(['a', 'b', 'c']);
  expect(settled[0]).toEqual({
    path: '/rest/v1/rpc/settle_claim',
    authorization: 'Bearer the-key',
    body: { claim: expect.any(String), outcome: 'sent', error: null, retry_after: null },
  });
  expect(calls.filter(({ path }) => path.endsWith('claim_deliveries'))).toHaveLength(3);
});

it('removes the photos of who is to be forgotten, and says which are gone', async () => {
  removals.push('folder/1.jpg', 'folder/2.jpg');
  expect(await ask('the-key')).toMatchObject({ status: 200, body: { removed: 2 } });
  expect(calls.slice(0, 3).map(({ path, body }) => [path, body])).toEqual([
    ['/rest/v1/rpc/claim_photo_removals', {}],
    ['/storage/v1/object/issue-photos', { prefixes: ['folder/1.jpg', 'folder/2.jpg'] }],
    ['/rest/v1/rpc/settle_photo_removals', { paths: ['folder/1.jpg', 'folder/2.jpg'] }],
  ]);
});

it('settles what was refused as refused', async () => {
  receiverStatus = 400;
  rounds.push([message('a')]);
  expect(await ask('the-key')).toMatchObject({ status: 200, body: { sent: 0, refused: 1 } });
  expect(calls.at(-2)?.body).toMatchObject({ claim: 'a', outcome: 'refused', error: 'http_400' });
});

it('lets nobody else in, and then asks nothing of the database', async () => {
  for (const key of [null, '', 'the-ke', 'the-key2']) expect((await ask(key)).status).toBe(401);
  expect(calls).toEqual([]);
});

it('says so when the outbox does not answer', async () => {
  apiStatus = 500;
  expect(await ask('the-key')).toMatchObject({ status: 503, body: { error: 'outbox_unavailable' } });
});
