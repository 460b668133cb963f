import { beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, newIssue, people, report, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

type Who = keyof typeof people;
type Fields = Record<string, unknown>;

eachEngine('the settings', (db) => {
  let world: World;
  beforeAll(async () => {
    db.at('2026-11-02T09:00:00+08:00');
    world = await makeWorld(db);
  });

  const category = {
    code: 'flood',
    name: '积水内涝',
    name_en: 'Flooding',
    class: '突发事件',
    keywords: ['积水', ' 内涝 ', '积水', ''],
    level: 'community',
    department_id: 1,
    duty: 'duty_facilities',
    urgency: 'urgent',
    clock: 'wall',
    accept_minutes: 30,
    dispatch_minutes: 30,
    handle_minutes: 600,
    sort: 15,
    active: true,
  };
  const duty = { code: 'duty_new', list: 'community_duty', title: '新的职责', instead: '' };
  const clock = {
    urgency: 'urgent',
    clock: 'wall',
    accept_minutes: 60,
    dispatch_minutes: 60,
    handle_minutes: 1440,
    verify_minutes: 1440,
  };
  const saved = async (name: string, fields: Fields, who: Who = 'admin'): Promise<Fields> =>
    Object(await db.rpc(people[who], name, fields));
  const stored = async (code: string): Promise<Fields> =>
    Object(await db.value('select to_jsonb(c) from public.categories c where code = $1', [code]));
  /** Saves a category as it stands, with some of it changed. */
  const change = async (code: string, over: Fields): Promise<Fields> =>
    saved('save_category', { ...(await stored(code)), ...over });
  const history = async (what?: string, who: Who = 'admin'): Promise<Fields[]> => {
    const rows: unknown = await db.rpc(people[who], 'settings_history', what === undefined ? {} : { what });
    return Array.isArray(rows) ? rows.map((row: unknown) => Object(row)) : [];
  };

  describe('who may', () => {
    const calls: [string, () => Fields][] = [
      ['save_category', () => category],
      ['save_duty', () => duty],
      ['save_urgency_clock', () => ({ ...clock, version: 1 })],
      ['save_working_hours', () => ({ hours: [{ weekday: 1, opens: '09:00', closes: '12:00' }] })],
      ['save_calendar_year', () => ({ year: 2027, days: [] })],
    ];
    const others = ['gridWorker', 'west', 'street', 'leader', 'works', 'stranger', 'nobody'] as const;

    it.each(calls)('%s: nobody but the administrator', async (name, fields) => {
      for (const who of others) await expectError(db.rpc(people[who], name, fields()), 'admin_only', 403);
      await expectDenied(db.rpc('anon', name, fields()));
      await expectDenied(db.rpc('service_role', name, fields()));
      expect(await db.value('select count(*)::integer from private.settings_log')).toBe(0);
    });

    it('reads the history as administrator or leader only', async () => {
      expect(await history(undefined, 'leader')).toEqual([]);
      for (const who of ['gridWorker', 'west', 'street', 'works', 'stranger', 'nobody'] as const)
        await expectError(db.rpc(people[who], 'settings_history'), 'admin_only', 403);
      await expectDenied(db.rpc('anon', 'settings_history'));
    });
  });

  describe('a category', () => {
    it('is added, with its words cleaned, and changed on the version it was seen at', async () => {
      const made = await saved('save_category', category);
      expect(made).toMatchObject({ ...category, keywords: ['积水', '内涝'], version: 1 });
      const renamed = await change('flood', { name: '内涝', name_en: '' });
      expect(renamed).toMatchObject({ name: '内涝', name_en: '内涝', version: 2 });
      expect(
        await expectError(saved('save_category', { ...made, name: '旧页面' }), 'stale_setting', 409),
      ).toEqual({ version: 2 });
      expect(await stored('flood')).toEqual(renamed);
      expect((await history('category')).slice(0, 2)).toMatchObject([
        {
          what: 'category',
          key: 'flood',
          by: '管理员',
          before: { name: '积水内涝' },
          after: { name: '内涝' },
        },
        { what: 'category', key: 'flood', by: '管理员', before: null, after: { version: 1 } },
      ]);
    });

    it('leaves no trace when nothing changed', async () => {
      const before = await history();
      const { version } = await stored('leak');
      expect(await change('leak', {})).toMatchObject({ version });
      expect(await history()).toEqual(before);
    });

    it('has a code of its own, and is known to be changed', async () => {
      await expectError(saved('save_category', category), 'code_taken', 409);
      await expectError(
        saved('save_category', { ...category, code: 'nothing', version: 3 }),
        'setting_unknown',
        404,
      );
    });

    it.each<[string, Fields, string, Fields]>([
      ['no name', { name: ' \u3000' }, 'field_missing', { field: 'name' }],
      ['a long name', { name: '很'.repeat(21) }, 'field_too_long', { field: 'name', max: 20 }],
      ['no class', { class: null }, 'field_missing', { field: 'class' }],
      ['a code with capitals', { code: 'Flood' }, 'field_malformed', { field: 'code' }],
      ['no code', { code: '' }, 'field_missing', { field: 'code' }],
      ['an unknown level', { level: 'city' }, 'field_malformed', { field: 'level' }],
      ['no level', { level: null }, 'field_missing', { field: 'level' }],
      ['an unknown urgency', { urgency: 'soon' }, 'field_malformed', { field: 'urgency' }],
      ['an unknown clock', { clock: 'sun' }, 'field_malformed', { field: 'clock' }],
      ['no minutes', { accept_minutes: null }, 'field_missing', { field: 'accept_minutes' }],
      [
        'minutes of nothing',
        { dispatch_minutes: 0 },
        'field_malformed',
        { field: 'dispatch_minutes', min: 1 },
      ],
      [
        'minutes for years',
        { handle_minutes: 525601 },
        'field_malformed',
        { field: 'handle_minutes', max: 525600 },
      ],
      ['an odd place in the list', { sort: -1 }, 'field_malformed', { field: 'sort' }],
      [
        'an endless keyword',
        { keywords: ['水'.repeat(21)] },
        'field_too_long',
        { field: 'keywords', max: 20 },
      ],
      [
        'too many keywords',
        { keywords: Array.from({ length: 61 }, (_, n) => `水${n}`) },
        'field_too_long',
        { field: 'keywords', max: 60 },
      ],
      ['an unknown department', { department_id: 999 }, 'department_unknown', { field: 'department_id' }],
      [
        'another street’s department',
        { department_id: 11 },
        'department_unknown',
        { field: 'department_id' },
      ],
      ['an unknown duty', { duty: 'nothing' }, 'duty_unknown', { field: 'duty' }],
    ])('is refused with %s, and stays as it was', async (_, over, code, detail) => {
      const before = await stored('leak');
      const given = { ...before, ...over, ...('code' in over ? { version: null } : {}) };
      expect(await expectError(saved('save_category', given), code, 422)).toMatchObject(detail);
      expect(await stored('leak')).toEqual(before);
    });

    it('cannot begin at a community when its duty stands on the negative list', async () => {
      expect(
        await expectError(change('illegal_building', { level: 'community' }), 'community_never', 422),
      ).toMatchObject({ duty: 'never_demolition', title: '拆除违法建设、房屋征收' });
      await expectError(change('leak', { duty: 'never_enforcement' }), 'community_never', 422);
      expect(await stored('illegal_building')).toMatchObject({ level: 'street' });
    });

    it('is no longer offered once inactive; what has it keeps it', async () => {
      const issue = await newIssue(db, world, { category: 'pests' });
      const offered = async () =>
        Object(await db.rpc('anon', 'open_courtyard', { code: world.code.lane })).categories.map(
          (each: { code: string }) => each.code,
        );
      expect(await offered()).toContain('pests');
      await change('pests', { active: false });
      expect(await offered()).not.toContain('pests');
      const sent = report(world, { category: 'pests' });
      expect(await expectError(db.rpc('anon', 'report_issue', sent), 'category_unknown', 422)).toEqual({
        field: 'category',
      });
      const { code: _code, ...atCounter } = sent;
      await expectError(
        db.rpc(people.west, 'report_on_behalf', { ...atCounter, courtyard_id: 1, channel: 'counter' }),
        'category_unknown',
        422,
      );
      expect(await db.value('select category from public.issues where id = $1', [issue.id])).toBe('pests');
      await change('pests', { active: true });
      await db.rpc('anon', 'report_issue', sent);
      await expectError(change('other', { active: false }), 'category_needed', 409);
    });
  });

  describe('an entry of the duty lists', () => {
    it('is added and changed, with its history', async () => {
      const made = await saved('save_duty', duty);
      expect(made).toMatchObject({ ...duty, title_en: '新的职责', instead: null, active: true, version: 1 });
      expect(await saved('save_duty', { ...made, instead: '找物业' })).toMatchObject({ version: 2 });
      expect(await expectError(saved('save_duty', made), 'stale_setting', 409)).toEqual({ version: 2 });
      await expectError(saved('save_duty', duty), 'code_taken', 409);
      expect((await history('duty')).map(({ before, after }) => [before, after])).toMatchObject([
        [{ instead: null }, { instead: '找物业' }],
        [null, { code: 'duty_new' }],
      ]);
    });

    it.each<[string, Fields, string, Fields]>([
      ['no title', { title: '' }, 'field_missing', { field: 'title' }],
      ['a long title', { title: '长'.repeat(61) }, 'field_too_long', { field: 'title' }],
      ['an unknown list', { list: 'others' }, 'field_malformed', { field: 'list' }],
      ['a malformed code', { code: 'x' }, 'field_malformed', { field: 'code' }],
      ['a long way round', { instead: '长'.repeat(201) }, 'field_too_long', { field: 'instead' }],
    ])('is refused with %s', async (_, over, code, detail) => {
      const given = { ...duty, code: 'duty_other', ...over };
      expect(await expectError(saved('save_duty', given), code, 422)).toMatchObject(detail);
    });

    const entry = async (code: string): Promise<Fields> =>
      Object(await db.value('select to_jsonb(d) from public.duties d where code = $1', [code]));

    it('cannot come onto the negative list while categories on it begin at a community', async () => {
      const order = await entry('duty_order');
      expect(
        await expectError(saved('save_duty', { ...order, list: 'community_never' }), 'duty_in_use', 409),
      ).toEqual({ duty: 'duty_order', categories: ['乱停车', '宠物与流浪动物'] });
      for (const code of ['parking', 'pets']) await change(code, { level: 'street' });
      expect(await saved('save_duty', { ...order, list: 'community_never' })).toMatchObject({
        list: 'community_never',
      });
      await expectError(change('pets', { level: 'courtyard' }), 'community_never', 422);
    });

    it('cannot go out of force while a category that is offered rests on it', async () => {
      const pests = await entry('assist_pests');
      expect(
        await expectError(saved('save_duty', { ...pests, active: false }), 'duty_in_use', 409),
      ).toMatchObject({ categories: ['老鼠蟑螂蚊虫'] });
      await change('pests', { active: false });
      await saved('save_duty', { ...pests, active: false });
      await expectError(change('pests', { active: true }), 'duty_unknown', 422);
      await change('pests', { active: true, duty: null });
    });
  });

  describe('the history', () => {
    it('is changed and emptied by nobody, not even the server', async () => {
      const statements = [
        `update private.settings_log set after = null`,
        'delete from private.settings_log',
        'truncate private.settings_log',
      ];
      const before = await history();
      expect(before.length).toBeGreaterThan(5);
      for (const statement of statements) {
        await expectError(db.query(statement), 'history_is_final', 403);
        for (const who of [people.admin, 'service_role'] as const)
          await expectDenied(db.as(who, ({ query }) => query(statement)));
      }
      expect(await history()).toEqual(before);
    });

    it('knows the webhooks without their addresses and secrets', async () => {
      const hook = { name: '值班群', kind: 'wecom', url: 'https://robot.example/send?key=geheim' };
      const id = await db.rpc(people.admin, 'save_hook', { ...hook, secret: 'geheim' });
      await db.rpc(people.admin, 'save_hook', { ...hook, id, active: false });
      const told = await history('hook');
      expect(told).toMatchObject([
        { key: String(id), before: { active: true }, after: { active: false } },
        { key: String(id), before: null, after: { name: '值班群', kind: 'wecom', kinds: [], active: true } },
      ]);
      expect(JSON.stringify(told)).not.toMatch(/geheim|robot/);
    });

    it('gives the newest first, as many as asked for', async () => {
      const all = await history();
      const two = await db.rpc(people.leader, 'settings_history', { most: 2 });
      expect(two).toEqual(all.slice(0, 2));
      expect(all.map(({ id }) => Number(id))).toEqual(
        all.map(({ id }) => Number(id)).toSorted((a, b) => b - a),
      );
    });
  });
});
