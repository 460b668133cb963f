import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newIssue, newKey, people, places, report, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

eachEngine('a resident', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
  });

  const count = (table: string) => db.value(`select count(*)::int from ${table}`);

  describe('opens a courtyard by the code on its wall', () => {
    it('sees the yard, what people report and the limits of the form', async () => {
      const opened = await db.rpc('anon', 'open_courtyard', { code: world.code.lane });
      expect(opened).toMatchObject({
        courtyard: {
          name: '小巷院',
          address: '小巷1号',
          community: '西社区',
          street: '少城街道',
          place: null,
        },
        limits: { what: 500, photos: 6 },
      });
    });

    it('may type the code in capitals, with spaces and o for 0', async () => {
      const typed = ` ${world.code.lane.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'I')} `;
      expect(await db.rpc('anon', 'open_courtyard', { code: typed })).toMatchObject({
        courtyard: { name: '小巷院' },
      });
    });

    it('hears that a mistyped code is mistyped, a foreign one unknown, a revoked one revoked', async () => {
      const last = world.code.lane.at(-1);
      const mistyped = world.code.lane.slice(0, -1) + (last === '7' ? '8' : '7');
      expect(
        await expectError(db.rpc('anon', 'open_courtyard', { code: mistyped }), 'code_unknown', 404),
      ).toEqual({ mistyped: true });
      const foreign = String(await db.value('select private.make_code()'));
      expect(
        await expectError(db.rpc('anon', 'open_courtyard', { code: foreign }), 'code_unknown', 404),
      ).toEqual({ mistyped: false });
      const revoked = String(
        await db.value(
          'insert into public.courtyard_codes (courtyard_id, revoked_at) values (1, now()) returning code',
        ),
      );
      await expectError(db.rpc('anon', 'open_courtyard', { code: revoked }), 'code_revoked', 410);
      await expectError(
        db.rpc('anon', 'report_issue', report(world, { code: revoked })),
        'code_revoked',
        410,
      );
    });
  });

  it('finds every single wrong character of a code by its check character', async () => {
    const missed = await db.value(
      `with made as (select private.make_code() as code from generate_series(1, 20)),
         wrong as (
           select code, overlay(code placing c from n for 1) as typed
           from made, generate_series(1, 17) n, regexp_split_to_table('0123456789abcdefghjkmnpqrstvwxyz', '') c)
       select count(*)::int from wrong
       where typed <> code and private.check_character(left(typed, 16)) = right(typed, 1)`,
    );
    expect(missed).toBe(0);
  });

  describe('reports', () => {
    it('gets one issue and the same receipt for the same report sent five times at once', async () => {
      const before = await count('public.issues');
      const sent = report(world, { photos: 2 });
      const receipts = await Promise.all([1, 2, 3, 4, 5].map(() => db.rpc('anon', 'report_issue', sent)));
      const numbers = new Set(
        receipts.map((receipt) => JSON.stringify({ ...Object(receipt), repeated: null })),
      );
      expect(numbers.size).toBe(1);
      expect(receipts.filter((receipt) => Object(receipt).repeated === false)).toHaveLength(1);
      expect(await count('public.issues')).toBe(Number(before) + 1);
    });

    it('is refused another report under a used key, and the first stands as it was', async () => {
      const sent = report(world);
      await db.rpc('anon', 'report_issue', sent);
      await expectError(db.rpc('anon', 'report_issue', { ...sent, what: '别的' }), 'key_reused', 409);
      expect(await db.rpc('anon', 'track_issue', { key: sent['key'] })).toMatchObject({ what: sent['what'] });
    });

    it.each([
      ['what', '  \n ', 'field_missing'],
      ['name', '', 'field_missing'],
      ['address', null, 'field_missing'],
      ['what', '漏'.repeat(501), 'field_too_long'],
      ['name', '王'.repeat(41), 'field_too_long'],
      ['phone', '1'.repeat(31), 'field_too_long'],
      ['place', '楼'.repeat(101), 'field_too_long'],
      ['category', 'no_such_thing', 'category_unknown'],
      ['photos', 7, 'too_many_photos'],
      ['key', 'short', 'key_malformed'],
    ])('hears which field is wrong: %s = %j', async (field, value, code) => {
      const before = await count('public.issues');
      const detail = await expectError(
        db.rpc('anon', 'report_issue', report(world, { [field]: value })),
        code,
        422,
      );
      if (field !== 'key') expect(detail).toMatchObject({ field });
      expect(await count('public.issues')).toBe(before);
    });

    it('may move the pin inside the street, not outside it', async () => {
      const { id } = await newIssue(db, world, places.inGate);
      expect(
        await db.value('select extensions.st_x(point) from public.issues where id = $1', [id]),
      ).toBeCloseTo(places.inGate.lng);
      expect(
        await expectError(
          db.rpc('anon', 'report_issue', report(world, places.outside)),
          'point_outside',
          422,
        ),
      ).toEqual({
        street: '少城街道',
      });
      await expectError(
        db.rpc('anon', 'report_issue', report(world, { lng: 1e9, lat: -1e9 })),
        'point_outside',
        422,
      );
    });

    it('has the issue start where its category begins, with a promise by its urgency', async () => {
      db.at('2026-03-02T10:00:00+08:00');
      const ofYard = await newIssue(db, world, { category: world.category.ofYard });
      const leak = await newIssue(db, world, { category: world.category.ofCommunity });
      const gas = await newIssue(db, world, { category: world.category.emergency });
      db.at(null);
      const rows = await db.query(
        'select holder_level, urgency, due_at, promised_at from public.issues where id = any ($1) order by id',
        [[ofYard.id, leak.id, gas.id]],
      );
      expect(rows.map((row) => row['holder_level'])).toEqual(['courtyard', 'community', 'community']);
      expect(rows[0]?.['due_at']).toEqual(new Date('2026-03-02T11:00:00+08:00'));
      expect(rows[0]?.['promised_at']).toEqual(new Date('2026-03-09T10:00:00+08:00'));
      expect(rows[2]).toMatchObject({
        urgency: 'emergency',
        promised_at: new Date('2026-03-02T12:00:00+08:00'),
      });
    });

    it('keeps the words free of control and bidi characters', async () => {
      const { key } = await newIssue(db, world, { what: '\u202e漏水\u0007 了\u3000' });
      expect(await db.rpc('anon', 'track_issue', { key })).toMatchObject({ what: '漏水  了' });
    });
  });

  describe('follows by the tracking key', () => {
    it('sees offices and public words, never people, names or reasons between offices', async () => {
      const issue = await newIssue(db, world, { category: world.category.ofCommunity, phone: '13812345678' });
      await act(db, people.west, issue, 'accept');
      await act(db, people.west, issue, 'note', { words: '内部备注' });
      await act(db, people.west, issue, 'note', { words: '师傅下午到', public: true });
      await act(db, people.west, issue, 'hand_up', { reason: '内部理由' });
      await act(db, people.street, issue, 'dispatch', { department_id: world.department.works });
      const story = await db.rpc('anon', 'track_issue', { key: issue.key });
      expect(story).toMatchObject({
        responsible: '城市更新办',
        first_owner: '西社区',
        steps: [
          { action: 'report' },
          { action: 'accept', by: '西社区' },
          { action: 'note', words: '师傅下午到' },
          { action: 'hand_up', by: '西社区', office_to: '少城街道' },
          { action: 'dispatch', by: '少城街道', office_to: '城市更新办' },
        ],
      });
      expect(JSON.stringify(story)).not.toMatch(/内部|西社区员|街道员|王小明|13812345678/);
    });

    it('finds nothing under another key, and the key itself is kept nowhere', async () => {
      await expectError(db.rpc('anon', 'track_issue', { key: newKey() }), 'track_unknown', 404);
      const { key } = await newIssue(db, world);
      const stored = JSON.stringify(await db.query('select to_jsonb(r) from private.reporters r'));
      expect(stored).not.toContain(key);
    });
  });

  describe('has the last word', () => {
    const solved = async () => {
      const issue = await newIssue(db, world, { category: world.category.ofCommunity });
      await act(db, people.west, issue, 'accept');
      await act(db, people.west, issue, 'resolve', { done: '换了阀门' });
      return issue;
    };

    it('yes closes, and the same yes sent again changes nothing', async () => {
      const { key } = await solved();
      const answered = await db.rpc('anon', 'answer_issue', {
        key,
        version: 3,
        answer: 'yes',
        words: '谢谢',
      });
      expect(answered).toMatchObject({ state: 'closed', answered: 'yes', can: ['reopen'], version: 4 });
      expect(await db.rpc('anon', 'answer_issue', { key, version: 3, answer: 'yes', words: '谢谢' })).toEqual(
        answered,
      );
    });

    it.each(['no', 'partly'])(
      '%s brings it back to whoever held it, and it can be solved anew',
      async (answer) => {
        const issue = await solved();
        const back = await db.rpc('anon', 'answer_issue', {
          key: issue.key,
          version: 3,
          answer,
          words: '还在漏',
        });
        expect(back).toMatchObject({
          state: 'handling',
          answered: answer,
          responsible: '西社区',
          first_owner: '西社区',
        });
        await act(db, people.west, issue, 'resolve', { done: '又修了一次' });
        expect(await db.rpc('anon', 'track_issue', { key: issue.key })).toMatchObject({
          state: 'resolved',
          answered: null,
          can: ['answer'],
        });
      },
    );

    it('cannot answer before it is solved, on an old version, or with another word', async () => {
      const fresh = await newIssue(db, world);
      await expectError(
        db.rpc('anon', 'answer_issue', { key: fresh.key, version: 1, answer: 'yes' }),
        'action_not_allowed',
        409,
      );
      const { key } = await solved();
      expect(
        await expectError(
          db.rpc('anon', 'answer_issue', { key, version: 2, answer: 'yes' }),
          'stale_version',
          409,
        ),
      ).toMatchObject({ version: 3, state: 'resolved', last: { action: 'resolve', by: '西社区' } });
      await expectError(
        db.rpc('anon', 'answer_issue', { key, version: 3, answer: 'maybe' }),
        'action_not_allowed',
        409,
      );
      expect(
        await expectError(
          db.rpc('anon', 'answer_issue', { key, version: 3, answer: null }),
          'field_missing',
          422,
        ),
      ).toEqual({ field: 'outcome' });
      expect(await db.rpc('anon', 'track_issue', { key })).toMatchObject({ state: 'resolved', version: 3 });
    });
  });

  it('reads and writes no table', async () => {
    const tables = await db.query(`select oid::regclass::text as name, relkind::text as kind from pg_class
      where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind in ('r', 'v') order by 1`);
    expect(tables.length).toBeGreaterThan(15);
    for (const { name, kind } of tables) {
      await expectDenied(db.as('anon', ({ query }) => query(`select 1 from ${String(name)}`)));
      if (kind === 'r')
        await expectDenied(db.as('anon', ({ query }) => query(`delete from ${String(name)}`)));
    }
  });
});
