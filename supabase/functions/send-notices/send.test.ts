import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Claim } from './claim.ts';
import { send } from './send.ts';

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked = 0;
const server = createServer((request, response) => {
  asked += 1;
  request.resume().on('end', () => answer(request, response));
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hidden-path?key=hidden-key`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = 0;
});

/** An address of this machine where nobody listens. */
async function closedPort(): Promise<string> {
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const address = other.address();
  await new Promise((closed) => other.close(closed));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

const notice = {
  id: '30000000-0000-4000-8000-000000000001',
  notice: 'late',
  at: '2026-11-23T01:00:00Z',
  number: '2611-00042',
  courtyard: '小巷院',
  category: null,
  state: 'handling',
  due_at: null,
  office: null,
};
const to = (kind: Claim['kind'], over: Partial<Claim> = {}): Claim => ({
  claim: 'c',
  kind,
  url,
  secret: 'hidden-secret',
  notices: [notice],
  ...over,
});
const robot = (body: unknown) => {
  answer = (_, response) => response.end(typeof body === 'string' ? body : JSON.stringify(body));
  return send(to('wecom'));
};
const status = (code: number, headers: Record<string, string> = {}) => {
  answer = (_, response) => response.writeHead(code, headers).end('hidden words');
};

it('a robot’s errcode decides, not its HTTP status', async () => {
  expect(await robot({ errcode: 0, errmsg: 'ok' })).toEqual({ outcome: 'sent' });
  expect(await robot({ errcode: 93000, errmsg: 'invalid webhook url' })).toEqual({
    outcome: 'refused',
    error: 'errcode_93000 invalid webhook url',
  });
});

it('one message too many waits as long as the robot is deaf', async () => {
  expect(await robot({ errcode: 45009, errmsg: 'api freq out of limit' })).toMatchObject({ retryAfter: 60 });
  expect(await robot({ errcode: 130101, errmsg: 'send too fast' })).toMatchObject({ retryAfter: 600 });
});

it('neither address nor secret is in what a robot is quoted with', async () => {
  const { error = '' } = await robot({
    errcode: 1,
    errmsg: `no ${url} hidden-key hidden-secret ${'x'.repeat(900)}`,
  });
  expect(error).toMatch(/^errcode_1 no … … … x+$/);
  expect(error.length).toBeLessThan(220);
});

it('an answer no robot gives leaves open whether it arrived, and is not read to its end', async () => {
  expect(await robot('<html>welcome</html>')).toEqual({ outcome: 'unsure', error: 'answer_not_understood' });
  let written = 0;
  answer = (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536))) written += 65_536;
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
  expect(await send(to('dingtalk'))).toMatchObject({ outcome: 'unsure' });
  expect(written).toBeLessThan(20_000_000);
});

it('a generic receiver’s status decides', async () => {
  status(204);
  expect(await send(to('generic'))).toEqual({ outcome: 'sent' });
  status(400);
  expect(await send(to('generic'))).toEqual({ outcome: 'refused', error: 'http_400' });
  status(503, { 'retry-after': '120' });
  expect(await send(to('generic'))).toEqual({ outcome: 'unsure', error: 'http_503', retryAfter: 120 });
  expect(await send(to('wecom'))).toEqual({ outcome: 'refused', error: 'http_503', retryAfter: 120 });
  status(502);
  expect(await send(to('wecom'))).toEqual({ outcome: 'unsure', error: 'http_502' });
});

it('Retry-After may be a date, counts an hour at most, and nonsense is passed over', async () => {
  status(429, { 'retry-after': new Date(Date.now() + 90_000).toUTCString() });
  const { retryAfter = 0 } = await send(to('generic'));
  expect(retryAfter).toBeGreaterThan(85);
  expect(retryAfter).toBeLessThan(92);
  status(429, { 'retry-after': '999999999' });
  expect(await send(to('generic'))).toMatchObject({ retryAfter: 3600 });
  status(429, { 'retry-after': 'soon' });
  expect(await send(to('generic'))).toEqual({ outcome: 'refused', error: 'http_429' });
});

it('a redirect is not followed', async () => {
  status(307, { location: url });
  expect(await send(to('generic'))).toEqual({ outcome: 'refused', error: 'http_307' });
  expect(asked).toBe(1);
});

it('after the deadline a message may have arrived, also when only the answer stalls', async () => {
  answer = () => {};
  expect(await send(to('wecom'), Date.now(), 200)).toEqual({ outcome: 'unsure', error: 'timed_out' });
  answer = (_, response) => response.write('{"errcode":');
  expect(await send(to('wecom'), Date.now(), 200)).toEqual({ outcome: 'unsure', error: 'timed_out' });
});

it('a connection that breaks after the request leaves it open; one that was never made does not', async () => {
  answer = (request) => request.socket.destroy();
  expect(await send(to('wecom'))).toEqual({ outcome: 'unsure', error: 'connection_lost' });
  for (const nowhere of [await closedPort(), 'https://robot.invalid/send?key=hidden-key'])
    expect(await send(to('wecom', { url: nowhere }))).toEqual({ outcome: 'unreached', error: 'not_reached' });
});

it('only https is spoken, or http to this machine', async () => {
  for (const refused of [
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:80@169.254.169.254/',
    'http://10.0.0.1/',
    'https://user:word@example.org/',
    'file:///etc/passwd',
    'http://',
    'nothing',
  ])
    expect(await send(to('generic', { url: refused }))).toEqual({
      outcome: 'refused',
      error: 'address_not_allowed',
    });
});
