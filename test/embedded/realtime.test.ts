import { setTimeout as sleep } from 'node:timers/promises';
import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { transaction } from '../../supabase/embedded/database/database.ts';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { boot, client, freshNative, one, signedIn, two } from './harness.ts';

const engines = process.env['TEST_DATABASE_URL'] ? ['pglite', 'native'] : ['pglite'];

describe.each(engines)('realtime on %s', (engine) => {
  let server: EmbeddedSupabase;
  const open: SupabaseClient[] = [];
  beforeAll(async () => {
    server = await boot({
      databaseUrl: engine === 'native' ? await freshNative('embedded_realtime') : undefined,
    });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((supabase) => supabase.realtime.disconnect()));
  });
  afterAll(() => server.stop());

  async function as(email: string): Promise<SupabaseClient> {
    const supabase = await signedIn(server, email);
    open.push(supabase);
    return supabase;
  }

  it('brings what the database sends to who may read the topic, and to no one else', async () => {
    const [mine, theirs] = [await as(one.email), await as(two.email)];
    const heard: unknown[] = [];
    await joined(
      topic(mine, one.id).on('broadcast', { event: 'note' }, ({ payload }) => heard.push(payload)),
    );
    const others: unknown[] = [];
    await joined(
      topic(theirs, two.id).on('broadcast', { event: '*' }, ({ payload }) => others.push(payload)),
    );
    const { data } = await mine.rpc('write_note', { words: 'live' });
    await until(() => heard.length > 0);
    expect(heard).toEqual([expect.objectContaining({ note: data.id })]);
    expect(others).toEqual([]);
  });

  it('brings it at once', async () => {
    const mine = await as(one.email);
    let arrived = 0;
    await joined(topic(mine, one.id).on('broadcast', { event: 'note' }, () => (arrived = performance.now())));
    const waits: number[] = [];
    for (let i = 0; i < 40; i++) {
      arrived = 0;
      const sent = performance.now();
      await mine.rpc('write_note', { words: 'quick' });
      await until(() => arrived > 0);
      waits.push(arrived - sent);
    }
    expect(waits.sort((a, b) => a - b)[37]).toBeLessThan(500);
  });

  it('says nothing of what was rolled back', async () => {
    const mine = await as(one.email);
    const heard: unknown[] = [];
    await joined(topic(mine, one.id).on('broadcast', { event: '*' }, (message) => heard.push(message)));
    const undone = transaction(server.db, async (lease) => {
      await lease.query("select realtime.send('{}', 'note', $1, true)", [`person:${one.id}`]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await server.query("select realtime.send('{\"last\": true}', 'note', $1, true)", [`person:${one.id}`]);
    await until(() => heard.length > 0);
    expect(heard).toEqual([expect.objectContaining({ payload: expect.objectContaining({ last: true }) })]);
  });

  it('brings messages too long for a notification', async () => {
    const mine = await as(one.email);
    const heard: { words: string }[] = [];
    await joined(
      topic(mine, one.id).on('broadcast', { event: 'note' }, ({ payload }) => heard.push(payload)),
    );
    await server.query(
      "select realtime.send(jsonb_build_object('words', repeat('长', 9000)), 'note', $1, true)",
      [`person:${one.id}`],
    );
    await until(() => heard.length > 0);
    expect(heard[0]?.words).toHaveLength(9000);
  });

  it('refuses a topic that the policies do not allow, to staff and to strangers', async () => {
    const theirs = await as(two.email);
    await expect(joined(topic(theirs, one.id))).rejects.toThrow('Unauthorized');
    const stranger = client(server);
    open.push(stranger);
    await expect(joined(topic(stranger, one.id))).rejects.toThrow('Unauthorized');
  });

  it('keeps a public channel of the same name apart', async () => {
    const stranger = client(server);
    open.push(stranger);
    const heard: unknown[] = [];
    await joined(
      stranger.channel(`person:${one.id}`).on('broadcast', { event: '*' }, (message) => heard.push(message)),
    );
    await (await as(one.email)).rpc('write_note', { words: 'private' });
    await sleep(100);
    expect(heard).toEqual([]);
  });

  it('passes on what a client sends when the policies let it write', async () => {
    const [sender, receiver] = [await as(one.email), await as(one.email)];
    const heard: unknown[] = [];
    await joined(
      topic(receiver, one.id).on('broadcast', { event: 'typing' }, ({ payload }) => heard.push(payload)),
    );
    const channel = sender.channel(`person:${one.id}`, {
      config: { private: true, broadcast: { ack: true } },
    });
    await joined(channel);
    expect(await channel.send({ type: 'broadcast', event: 'typing', payload: { on: true } })).toBe('ok');
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ on: true }]);
  });

  it('answers heartbeats and lets a channel be left and joined again', async () => {
    const mine = await as(one.email);
    const beats: string[] = [];
    mine.realtime.onHeartbeat((status) => beats.push(status));
    await joined(mine.channel('another'));
    const first = topic(mine, one.id);
    await joined(first);
    await mine.realtime.sendHeartbeat();
    await until(() => beats.includes('ok'));
    await mine.removeChannel(first);
    const heard: unknown[] = [];
    await joined(topic(mine, one.id).on('broadcast', { event: 'note' }, (message) => heard.push(message)));
    await mine.rpc('write_note', { words: 'again' });
    await until(() => heard.length > 0);
    expect(heard).toHaveLength(1);
  });

  it('comes back by itself after the connection was cut', async () => {
    const mine = await as(one.email);
    const states: string[] = [];
    const heard: unknown[] = [];
    topic(mine, one.id)
      .on('broadcast', { event: 'note' }, (message) => heard.push(message))
      .subscribe((state) => states.push(state));
    await until(() => states.includes('SUBSCRIBED'));
    mine.realtime.conn?.close(4000);
    await until(() => states.filter((state) => state === 'SUBSCRIBED').length === 2, 8_000);
    await mine.rpc('write_note', { words: 'back' });
    await until(() => heard.length > 0);
  });

  it('closes the channel when its token ends, and goes on when it was renewed', async () => {
    const supabase = client(server);
    open.push(supabase);
    await supabase.realtime.setAuth(await token(one.id, 2));
    const states: string[] = [];
    topic(supabase, one.id).subscribe((state) => states.push(state));
    await until(() => states.includes('SUBSCRIBED'));
    await supabase.realtime.setAuth(await token(one.id, 4));
    await sleep(2_500);
    expect(states).toEqual(['SUBSCRIBED']);
    await until(() => states.includes('CLOSED'));
  });

  it('refuses a socket without the key, and a frame that is no message', async () => {
    const refused = new WebSocket(`${server.url.replace('http', 'ws')}/realtime/v1/websocket?vsn=2.0.0`);
    expect(await ended(refused)).toBe(1006);
    const babbling = new WebSocket(
      `${server.url.replace('http', 'ws')}/realtime/v1/websocket?vsn=2.0.0&apikey=${server.anonKey}`,
    );
    babbling.on('open', () => babbling.send('{"not":"a message"}'));
    expect(await ended(babbling)).toBe(1003);
  });

  it('closes a socket that sends too much', async () => {
    const address = `${server.url.replace('http', 'ws')}/realtime/v1/websocket?vsn=2.0.0&apikey=${server.anonKey}`;
    const flooding = new WebSocket(address);
    flooding.on('open', () => {
      for (let i = 0; i < 400; i++) flooding.send('[null,"1","phoenix","heartbeat",{}]');
    });
    expect(await ended(flooding)).toBe(1008);
    const shouting = new WebSocket(address);
    shouting.on('open', () => shouting.send('x'.repeat(100_000)));
    expect(await ended(shouting)).toBe(1009);
  });

  function token(sub: string, seconds: number): Promise<string> {
    return new SignJWT({ role: 'authenticated', sub })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .sign(new TextEncoder().encode(server.jwtSecret));
  }
});

function topic(supabase: SupabaseClient, person: string): RealtimeChannel {
  return supabase.channel(`person:${person}`, { config: { private: true } });
}

function joined(channel: RealtimeChannel): Promise<void> {
  return new Promise((resolve, reject) => {
    channel.subscribe((state, error) => {
      if (state === 'SUBSCRIBED') resolve();
      else reject(error ?? new Error(state));
    });
  });
}

async function until(holds: () => boolean, longestMs = 5_000): Promise<void> {
  const end = Date.now() + longestMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await sleep(1);
  }
}

function ended(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => {
    socket.on('error', () => {});
    socket.on('close', resolve);
  });
}
