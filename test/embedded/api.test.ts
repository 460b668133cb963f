import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { boot, client, freshNative, one, password, request, rpc, signedIn, two } from './harness.ts';

const engines = process.env['TEST_DATABASE_URL'] ? ['pglite', 'native'] : ['pglite'];

describe.each(engines)('the API on %s', (engine) => {
  let server: EmbeddedSupabase;
  beforeAll(async () => {
    server = await boot({ databaseUrl: engine === 'native' ? await freshNative('embedded_api') : undefined });
  });
  afterAll(() => server.stop());

  describe('a call', () => {
    it('answers what the function gives', async () => {
      const answer = await rpc(server, 'who_am_i', {});
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ uid: null, role: 'anon', user: 'anon' });
    });

    it('carries a refusal through unchanged, from a direct call', async () => {
      const answer = await rpc(server, 'write_note', { words: 'x', fail: 'stale_version' });
      expect(answer.status).toBe(409);
      expect(await answer.json()).toEqual({
        code: 'PT409',
        message: 'stale_version',
        details: '{"version": 3}',
        hint: 'Look again.',
      });
    });

    it('carries a refusal through unchanged, by way of the Data API', async () => {
      const answer = await request(server, '/rest/v1/rpc/write_note', {
        method: 'POST',
        body: JSON.stringify({ words: 'x', fail: 'stale_version' }),
        headers: { 'content-type': 'application/json', prefer: 'return=representation' },
      });
      expect(answer.status).toBe(409);
      expect(await answer.json()).toEqual({
        code: 'PT409',
        message: 'stale_version',
        details: '{"version": 3}',
        hint: 'Look again.',
      });
    });

    it.each(['directly', 'by way of the Data API'])(
      'takes a plain exception as a bad request, %s',
      async (way) => {
        const answer = await request(server, '/rest/v1/rpc/write_note', {
          method: 'POST',
          body: JSON.stringify({ words: 'x', fail: 'plain' }),
          headers: {
            'content-type': 'application/json',
            ...(way === 'directly' ? {} : { prefer: 'return=representation' }),
          },
        });
        expect(answer.status).toBe(400);
        expect(await answer.json()).toMatchObject({ code: 'P0001', message: 'a plain refusal' });
      },
    );

    it('takes quotes, backslashes and dollar signs as they are', async () => {
      const words = `O'Brien \\' $1 $$ "q" \\u0041 ; drop table notes; --`;
      const supabase = await signedIn(server, one.email);
      const { data } = await supabase.rpc('write_note', { words });
      expect(data).toMatchObject({ words });
    });

    it('refuses a NUL character', async () => {
      expect((await rpc(server, 'write_note', { words: 'a\0b', owner: one.id })).status).toBe(400);
    });

    it('takes a value that cannot be what it should be as a bad request, and goes on', async () => {
      const supabase = await signedIn(server, one.email);
      expect((await supabase.from('notes').select().eq('id', 'abc')).status).toBe(400);
      expect((await supabase.from('notes').select().eq('is_done', 'perhaps')).status).toBe(400);
      expect((await supabase.from('notes').select().eq('is_done', 'true')).status).toBe(200);
      await expect(server.query("select extensions.st_geomfromtext('POINT(')")).rejects.toThrow(
        'parse error',
      );
      expect((await rpc(server, 'who_am_i', {})).status).toBe(200);
    });

    it('says that a function is not there', async () => {
      const answer = await rpc(server, 'no_such_function', {});
      expect([answer.status, (await answer.json()).code]).toEqual([404, 'PGRST202']);
    });

    it('does not tell rows in its errors', async () => {
      const body = await (await rpc(server, 'write_note', { words: null, owner: one.id })).text();
      expect(body).toContain('23502');
      expect(body).not.toContain('Failing row');
    });

    it('lets functions see headers, but never keys', async () => {
      const { headers } = await (await rpc(server, 'who_am_i', {})).json();
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'x-forwarded-for': expect.stringContaining('127.0.0.1'),
      });
      expect(headers).not.toHaveProperty('apikey');
      expect(headers).not.toHaveProperty('authorization');
    });
  });

  describe('who is calling', () => {
    it('is refused without the key, and with a wrong one', async () => {
      expect((await fetch(`${server.url}/rest/v1/notes`)).status).toBe(401);
      expect((await fetch(`${server.url}/rest/v1/notes`, { headers: { apikey: 'wrong' } })).status).toBe(401);
    });

    it('is refused with a token someone else signed', async () => {
      const token = `${server.anonKey.slice(0, -4)}AAAA`;
      expect(
        (await request(server, '/rest/v1/notes', { headers: { authorization: `Bearer ${token}` } })).status,
      ).toBe(401);
    });

    it('is never mixed up between requests that run at once', async () => {
      const people = await Promise.all(
        [one, two].map(async (who) => ({ who, supabase: await signedIn(server, who.email) })),
      );
      const anonymous = client(server);
      const rounds = Array.from({ length: 60 }, (_, i) => i);
      await Promise.all(
        rounds.flatMap(() => [
          ...people.map(async ({ who, supabase }) => {
            expect((await supabase.rpc('who_am_i')).data).toMatchObject({
              uid: who.id,
              user: 'authenticated',
            });
            const { data } = await supabase.from('notes').select('owner');
            expect(data?.every((note) => note.owner === who.id)).toBe(true);
          }),
          anonymous
            .rpc('who_am_i')
            .then(({ data }) => expect(data).toMatchObject({ uid: null, user: 'anon' })),
          anonymous
            .from('notes')
            .select()
            .then(({ error }) => expect(error?.code).toBe('42501')),
        ]),
      );
    });
  });

  describe('signing in', () => {
    it('lets staff in and keeps the session going', async () => {
      const supabase = await signedIn(server, one.email);
      const { data, error } = await supabase.auth.refreshSession();
      expect(error).toBeNull();
      expect(data.user?.id).toBe(one.id);
    });

    it('refuses a wrong password, and slows down guessing', async () => {
      const supabase = client(server);
      const answers: (number | undefined)[] = [];
      for (let i = 0; i < 11; i++) {
        answers.push(
          (await supabase.auth.signInWithPassword({ email: 'nobody@demo.example', password: 'wrong' })).error
            ?.status,
        );
      }
      expect(answers).toEqual([...Array.from({ length: 10 }, () => 400), 429]);
    });

    it('refuses someone banned', async () => {
      await server.query(
        "update auth.users set banned_until = now() + interval '1 day' where id = $1::uuid",
        [two.id],
      );
      const { error } = await client(server).auth.signInWithPassword({ email: two.email, password });
      await server.query('update auth.users set banned_until = null where id = $1::uuid', [two.id]);
      expect(error?.code).toBe('user_banned');
    });

    it('offers no sign-up, no mail and no administration', async () => {
      const supabase = client(server);
      expect((await supabase.auth.signUp({ email: 'new@demo.example', password })).error?.status).toBe(404);
      expect((await supabase.auth.signInWithOtp({ email: one.email })).error?.status).toBe(404);
      expect((await request(server, '/auth/v1/admin/users')).status).toBe(404);
    });

    it('lets staff change their password and nothing else', async () => {
      const supabase = await signedIn(server, one.email);
      expect((await supabase.auth.updateUser({ email: 'other@demo.example' })).error?.status).toBe(422);
      expect((await supabase.auth.updateUser({ password: 'another long one' })).error).toBeNull();
      expect((await supabase.auth.updateUser({ password })).error).toBeNull();
    });
  });
});
