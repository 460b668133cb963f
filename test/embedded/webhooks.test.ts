import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer } from '../../supabase/functions/send-notices/answer.ts';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { officeNote } from '../fixtures/office-note.ts';
import { addHook, admin, makeStreet, report, startProduct } from './fixture/street.ts';
import { Receiver, type Received } from './fixture/receiver.ts';
import { temporaryFolder } from './harness.ts';

const folder = temporaryFolder();
const receiver = new Receiver();
let server: EmbeddedSupabase;
let code = '';
const logged: string[] = [];
beforeAll(async () => {
  await receiver.start();
  server = await startProduct(folder.path, (line) => logged.push(line));
  code = await makeStreet(server);
});
afterAll(async () => {
  receiver.stop();
  await server.stop();
  folder.remove();
});
beforeEach(async () => {
  await server.query('delete from private.hooks');
  receiver.received.length = 0;
});

const only = (received: Received[]): Received => {
  expect(received).toHaveLength(1);
  return received[0]!;
};
const states = async (hook: number) =>
  (
    await server.query('select state, error from private.deliveries where hook_id = $1 order by notice_id', [
      hook,
    ])
  ).map((row) => [row['state'], row['error']].filter(Boolean).join(': '));
const become = (hook: number, wanted: string[]) =>
  vi.waitFor(async () => expect(await states(hook)).toEqual(wanted), { timeout: 20_000, interval: 50 });
/** What waits may be sent now, as if its time had come. */
const letTimePass = async () => {
  await server.query('update private.hooks set rests_until = null');
  await server.query(`update private.deliveries set next_at = now() where state in ('due', 'sending')`);
};

describe('a notice goes out', () => {
  it('to a generic receiver: the notice as JSON, signed over its bytes', async () => {
    await addHook(server, 'generic', `${receiver.origin}/generic`, 'shared');
    const number = await report(server, code);
    const { headers, body } = only(await receiver.until('/generic', 1));
    expect(JSON.parse(body)).toMatchObject({
      notice: 'arrived',
      number,
      courtyard: '小巷院',
      office: '西一网格',
    });
    expect(JSON.parse(body).id).toBe(headers['x-courtyard-delivery']);
    const [, seconds = '', hmac] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-courtyard-signature'])) ?? [];
    expect(hmac).toBe(createHmac('sha256', 'shared').update(`${seconds}.${body}`).digest('hex'));
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(60);
    expect(body).not.toMatch(/欧阳|赵某|9单元/);
  });

  it('to the office’s own gateway: a step for the resident, with the phone they left, signed; and no log has it', async () => {
    const hook = await addHook(server, 'generic', `${receiver.origin}/gateway`, 'shared');
    await server.query(`update private.hooks set audience = 'residents' where id = $1`, [hook]);
    const number = await report(server, code);
    await server.query(`update private.reporters set phone = '13987654321'`);
    await server.query(officeNote, [number]);
    const { headers, body } = only(await receiver.until('/gateway', 1));
    expect(JSON.parse(body)).toMatchObject({ kind: 'resident_message', phone: '13987654321', number });
    expect(headers['x-courtyard-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    expect(body).not.toMatch(/欧阳|赵某|9单元|师傅/);
    await become(hook, ['sent']);
    expect(logged.join('\n')).not.toContain('13987654321');
  });

  it('to a WeCom robot: a text', async () => {
    const hook = await addHook(server, 'wecom', `${receiver.origin}/wecom?key=k`);
    const number = await report(server, code);
    const { url, headers, body } = only(await receiver.until('/wecom', 1));
    expect(url.search).toBe('?key=k');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body)).toEqual({ msgtype: 'text', text: { content: expect.any(String) } });
    expect(JSON.parse(body).text.content).toMatch(
      new RegExp(`^【数字院落】新到\\n院落：小巷院\\n类别：.+\\n编号：${number}\\n单位：西一网格\\n时限：`),
    );
    await become(hook, ['sent']);
  });

  it('to a DingTalk robot: a text, signed in the address', async () => {
    await addHook(server, 'dingtalk', `${receiver.origin}/dingtalk?access_token=a`, 'SEC1');
    await report(server, code);
    const { url } = only(await receiver.until('/dingtalk', 1));
    const at = url.searchParams.get('timestamp') ?? '';
    expect(url.searchParams.get('access_token')).toBe('a');
    expect(url.searchParams.get('sign')).toBe(
      createHmac('sha256', 'SEC1').update(`${at}\nSEC1`).digest('base64'),
    );
    expect(Math.abs(Number(at) - Date.now())).toBeLessThan(60_000);
  });

  it('many at once: a robot gets fifteen a message, 3.5 s apart', async () => {
    const hook = await addHook(server, 'wecom', `${receiver.origin}/many`);
    await server.query('update private.hooks set active = false');
    await addHook(server, 'generic', `${receiver.origin}/each`);
    for (let i = 0; i < 20; i += 1) await report(server, code);
    expect(new Set((await receiver.until('/each', 20)).map(({ body }) => JSON.parse(body).id)).size).toBe(20);
    expect(receiver.at('/many')).toEqual([]);
    await server.query(
      `insert into private.deliveries (notice_id, hook_id, next_at) select notice_id, $1, now() from private.deliveries`,
      [hook],
    );
    await server.query('update private.hooks set active = true');
    const [first, second] = await receiver.until('/many', 2);
    expect(JSON.parse(first?.body ?? '').text.content.split('\n')).toHaveLength(16);
    expect(JSON.parse(second?.body ?? '').text.content).toContain('【数字院落】5 条提醒');
    expect(Number(second?.at) - Number(first?.at)).toBeGreaterThan(3_400);
  });
});

describe('a notice that does not arrive', () => {
  it('is sent again after a robot’s refusal, given up in the end, and sent once more when the administrator says so', async () => {
    const hook = await addHook(server, 'wecom', `${receiver.origin}/refusing`);
    receiver.answer('/refusing', { body: { errcode: 93000, errmsg: 'invalid webhook url' } });
    await report(server, code);
    await become(hook, ['due: errcode_93000 invalid webhook url']);
    await server.query('update private.deliveries set tries = 7');
    await letTimePass();
    await become(hook, ['dead: errcode_93000 invalid webhook url']);
    expect(receiver.at('/refusing')).toHaveLength(2);

    receiver.answer('/refusing', {});
    const [row] = await server.query('select id from private.deliveries where hook_id = $1', [hook]);
    expect(await asAdmin('retry_delivery', { id: row?.['id'] })).toBe(true);
    await become(hook, ['sent']);
    expect(receiver.at('/refusing')).toHaveLength(3);
  });

  it('waits as long as the receiver says', async () => {
    const hook = await addHook(server, 'generic', `${receiver.origin}/busy`);
    receiver.answer('/busy', { status: 429, headers: { 'retry-after': '600' } });
    await report(server, code);
    await become(hook, ['due: http_429']);
    const [row] = await server.query(
      'select extract(epoch from rests_until - now())::integer as left from private.hooks where id = $1',
      [hook],
    );
    expect(row?.['left']).toBeGreaterThan(590);
  });

  it('in ten seconds: a generic receiver gets it again with the same id, a robot’s waits for a person', async () => {
    const robot = await addHook(server, 'dingtalk', `${receiver.origin}/slow-robot`);
    const generic = await addHook(server, 'generic', `${receiver.origin}/slow`);
    receiver.answer('/slow-robot', 'silence');
    receiver.answer('/slow', 'silence');
    await report(server, code);
    await become(robot, ['unsure: timed_out']);
    await become(generic, ['due: timed_out']);
    receiver.answer('/slow', {});
    await letTimePass();
    await become(generic, ['sent']);
    const ids = receiver.at('/slow').map(({ headers }) => headers['x-courtyard-delivery']);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(receiver.at('/slow-robot')).toHaveLength(1);
    expect(await asAdmin('dead_letters', {})).toMatchObject([{ state: 'unsure', error: 'timed_out' }]);
  });
});

describe('a server that is killed while it sends', () => {
  it(
    'leaves no duplicate at a robot, and the same id at a generic receiver',
    { timeout: 180_000 },
    async () => {
      const robot = await addHook(server, 'wecom', `${receiver.origin}/cut-robot`);
      const generic = await addHook(server, 'generic', `${receiver.origin}/cut`);
      await server.stop();
      for (const path of ['/cut', '/cut-robot']) receiver.answer(path, 'silence');
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', join(import.meta.dirname, 'fixture/product.ts'), folder.path],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const url = await new Promise<string>((resolve) =>
        child.stdout.once('data', (line) => resolve(String(line).trim())),
      );
      await report({ ...server, url }, code);
      await Promise.all([receiver.until('/cut', 1), receiver.until('/cut-robot', 1)]);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;

      server = await startProduct(folder.path);
      expect(await states(robot)).toEqual(['sending']);
      receiver.answer('/cut', {});
      receiver.answer('/cut-robot', {});
      await letTimePass();
      await become(generic, ['sent']);
      await become(robot, ['unsure: sender_vanished']);
      expect(receiver.at('/cut-robot')).toHaveLength(1);
      const ids = receiver.at('/cut').map(({ headers }) => headers['x-courtyard-delivery']);
      expect(ids).toEqual([ids[0], ids[0]]);
    },
  );
});

describe('the edge function', () => {
  const ask = (key: string, method = 'POST') =>
    answer(
      new Request('http://localhost/send-notices', { method, headers: { authorization: `Bearer ${key}` } }),
      server,
    );

  it('is for the service key only', async () => {
    expect((await ask(server.anonKey)).status).toBe(401);
    expect((await ask('')).status).toBe(401);
    expect((await ask(server.serviceKey, 'GET')).status).toBe(405);
  });

  it('reads the outbox by the Data API, and says how many it sent', async () => {
    const answered = await ask(server.serviceKey);
    expect(answered.status).toBe(200);
    expect(await answered.json()).toMatchObject({ sent: 0, refused: 0, unreached: 0, unsure: 0 });
  });
});

/** Calls a function as the street's administrator, over HTTP. */
async function asAdmin(name: string, args: object): Promise<unknown> {
  const token = await new SignJWT({ role: 'authenticated' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(admin)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(server.jwtSecret));
  const response = await fetch(`${server.url}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { apikey: server.anonKey, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  return response.json();
}
