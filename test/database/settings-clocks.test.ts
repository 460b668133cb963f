import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectError } from './harness.ts';

type Fields = Record<string, unknown>;

const china = (local: string) => `2026-${local}:00+08:00`;
const iso = (local: string) => new Date(china(local)).toISOString();

eachEngine('settings that move the clocks', (db) => {
  let world: World;
  beforeAll(async () => {
    db.at(china('11-02T09:00'));
    world = await makeWorld(db);
  });

  const save = async (name: string, fields: Fields): Promise<Fields> =>
    Object(await db.rpc(people.admin, name, fields));
  const row = async (id: number): Promise<Fields> =>
    Object(await db.value('select to_jsonb(i) from public.issues i where id = $1', [id]));
  const due = async ({ id }: { id: number }) => new Date(String((await row(id))['due_at'])).toISOString();
  const recounts = async ({ id }: { id: number }) =>
    db.value(`select count(*)::integer from public.issue_events where issue_id = $1 and action = 'recount'`, [
      id,
    ]);
  const category = async (code: string): Promise<Fields> =>
    Object(await db.value('select to_jsonb(c) from public.categories c where code = $1', [code]));
  const urgency = async (code: string): Promise<Fields> =>
    Object(await db.value('select to_jsonb(u) from public.urgency_clocks u where urgency = $1', [code]));
  const handling = async (when: string, kind = 'leak') => {
    db.at(china(when));
    const issue = await newIssue(db, world, { category: kind });
    await act(db, people.west, issue, 'accept');
    return issue;
  };
  const week = async (): Promise<unknown> => db.value('select private.week_json()');
  const newest = async (what: string): Promise<Fields> => {
    const rows: unknown = await db.rpc(people.admin, 'settings_history', { what, most: 1 });
    return Object(Array.isArray(rows) ? rows[0] : undefined);
  };

  it('a category’s minutes and urgency: its open issues are counted anew, once', async () => {
    const issue = await handling('11-02T09:00');
    const other = await handling('11-02T09:00', 'drain');
    await save('save_category', { ...(await category('leak')), handle_minutes: 60 });
    expect(await due(issue)).toBe(iso('11-02T10:00'));
    expect([await recounts(issue), await recounts(other)]).toEqual([1, 0]);
    // an issue keeps the urgency it was reported with: from now on it runs by that urgency's clock
    await save('save_category', { ...(await category('leak')), urgency: 'emergency' });
    expect(await due(issue)).toBe(iso('11-02T18:00'));
    expect(await row(issue.id)).toMatchObject({ urgency: 'ordinary' });
    await save('save_category', { ...(await category('leak')), urgency: 'ordinary', handle_minutes: 480 });
    expect(await recounts(issue)).toBe(2);
    expect(await faultsOf(db, [issue.id, other.id])).toEqual([]);
  });

  describe('the clock of an urgency', () => {
    it('counts anew what is verified by it, and what has it without its category', async () => {
      db.at(china('11-03T09:00'));
      const yard = await newIssue(db, world);
      const lift = await handling('11-03T09:00', 'lift');
      const drain = await handling('11-03T09:00', 'drain');
      await act(db, people.gridWorker, yard, 'accept');
      await act(db, people.west, drain, 'hand_up', { reason: '要专业队' });
      await act(db, people.street, drain, 'dispatch', { department_id: 1 });
      await act(db, people.works, drain, 'resolve', { done: '通了' });
      expect(await row(drain.id)).toMatchObject({ step: 'verify', step_minutes: 480 });
      const saved = await save('save_urgency_clock', { ...(await urgency('ordinary')), verify_minutes: 60 });
      expect(saved).toMatchObject({ urgency: 'ordinary', verify_minutes: 60, version: 2 });
      expect(await due(drain)).toBe(iso('11-03T10:00'));
      // the light and the lift run by their categories' own minutes
      expect([await recounts(yard), await recounts(lift)]).toEqual([0, 0]);
      await save('save_category', { ...(await category('light')), urgency: 'urgent', clock: 'wall' });
      await save('save_urgency_clock', { ...(await urgency('ordinary')), handle_minutes: 120 });
      expect(await due(yard)).toBe(iso('11-03T11:00'));
      expect(await newest('clock')).toMatchObject({
        key: 'ordinary',
        before: { handle_minutes: 480 },
        after: { handle_minutes: 120 },
      });
      expect(await faultsOf(db, [yard.id, lift.id, drain.id])).toEqual([]);
    });

    it('is refused on an old version, without one, and with what is no clock', async () => {
      const now = await urgency('urgent');
      const given = (over: Fields) => save('save_urgency_clock', { ...now, ...over });
      expect(await expectError(given({ version: 9 }), 'stale_setting', 409)).toEqual({ version: 1 });
      expect(await expectError(given({ version: null }), 'stale_setting', 409)).toEqual({ version: 1 });
      for (const [over, code, field] of [
        [{ urgency: 'soon' }, 'field_malformed', 'urgency'],
        [{ clock: 'sun' }, 'field_malformed', 'clock'],
        [{ verify_minutes: null }, 'field_missing', 'verify_minutes'],
        [{ accept_minutes: 0 }, 'field_malformed', 'accept_minutes'],
        [{ handle_minutes: -5 }, 'field_malformed', 'handle_minutes'],
      ] as const)
        expect(await expectError(given(over), code, 422)).toMatchObject({ field });
      expect(await urgency('urgent')).toEqual(now);
    });
  });

  describe('the calendar of a year', () => {
    const days = [
      { day: '2026-11-24', working: false, name: '停电' },
      { day: '2026-11-28', working: true, name: null },
    ];

    it('replaces that year’s days and counts every clock anew, once', async () => {
      const issue = await handling('11-23T14:00');
      const drain = await handling('11-23T14:00', 'drain');
      const gas = await handling('11-23T14:00', 'gas');
      await save('save_calendar_year', { year: 2027, days: [{ day: '2027-01-01', working: false }] });
      const saved = await save('save_calendar_year', { year: 2026, days });
      expect(saved).toMatchObject({ saved: 2 });
      expect(Number(saved['recounted'])).toBeGreaterThanOrEqual(2);
      expect([await due(issue), await due(drain)]).toEqual([iso('11-25T14:00'), iso('11-25T14:00')]);
      expect([await recounts(issue), await recounts(gas)]).toEqual([1, 0]);
      expect(await db.value('select private.year_json(2027)')).toMatchObject([{ day: '2027-01-01' }]);
      expect(await newest('calendar')).toMatchObject({ id: saved['version'], key: '2026', after: days });
      expect(await save('save_calendar_year', { year: 2026, days })).toEqual({ ...saved, recounted: 0 });
      await expectError(
        db.rpc(people.admin, 'save_calendar_year', { year: 2026, days: [], version: 0 }),
        'stale_setting',
        409,
      );
      const emptied = await save('save_calendar_year', { year: 2026, days: [], version: saved['version'] });
      expect(emptied).toMatchObject({ saved: 0 });
      expect(await due(issue)).toBe(iso('11-24T14:00'));
      expect(await faultsOf(db, [issue.id, drain.id, gas.id])).toEqual([]);
    });

    const day = { day: '2028-02-01', working: false, name: '节' };
    it.each<[string, Fields, Fields]>([
      ['no year', { year: null }, { field: 'year', row: null }],
      ['a year long gone', { year: 1911 }, { field: 'year', row: null }],
      ['no array', { days: { day } }, { field: 'days', row: null }],
      ['nothing', { days: null }, { field: 'days', row: null }],
      [
        'more days than a year has',
        { days: Array.from({ length: 367 }, () => day) },
        { field: 'days', row: null },
      ],
      ['a row that is none', { days: [day, '2028-02-02'] }, { field: 'days', row: 2 }],
      ['a day that is none', { days: [day, { ...day, day: '2028-02-30' }] }, { field: 'day', row: 2 }],
      ['a day in words', { days: [{ ...day, day: 'tomorrow' }] }, { field: 'day', row: 1 }],
      ['no day', { days: [{ working: true }] }, { field: 'day', row: 1 }],
      ['a day of another year', { days: [{ ...day, day: '2029-02-01' }] }, { field: 'day', row: 1 }],
      ['a day twice', { days: [day, day] }, { field: 'day', row: 2 }],
      ['neither worked nor off', { days: [{ ...day, working: 'yes' }] }, { field: 'working', row: 1 }],
      ['a name that is none', { days: [{ ...day, name: 7 }] }, { field: 'name', row: 1 }],
      ['a long name', { days: [{ ...day, name: '长'.repeat(41) }] }, { field: 'name', row: 1 }],
    ])('is refused with %s', async (_, over, detail) => {
      const given = { year: 2028, days: [], ...over };
      expect(await expectError(save('save_calendar_year', given), 'calendar_malformed', 422)).toEqual(detail);
      expect(await db.value('select private.year_json(2028)')).toEqual([]);
    });
  });

  describe('the office’s week', () => {
    const morning = { weekday: 1, opens: '08:30', closes: '12:00' };

    it('replaces the hours and counts every clock anew, once', async () => {
      const before = await week();
      const issue = await handling('11-30T09:00');
      const saved = await save('save_working_hours', {
        hours: [{ weekday: 1, opens: '13:00', closes: '24:00' }, morning],
      });
      expect(saved).toMatchObject({ saved: 2 });
      // 180 minutes until noon, 300 from 13:00 on
      expect(await due(issue)).toBe(iso('11-30T18:00'));
      const short = [morning, { weekday: 2, opens: '09:00', closes: '18:00' }];
      await save('save_working_hours', { hours: short, version: saved['version'] });
      expect(await week()).toEqual(short);
      expect(await due(issue)).toBe(iso('12-01T14:00'));
      expect(await recounts(issue)).toBe(1);
      expect(await newest('hours')).toMatchObject({ key: 'week', after: short });
      await expectError(
        db.rpc(people.admin, 'save_working_hours', { hours: before, version: saved['version'] }),
        'stale_setting',
        409,
      );
      await save('save_working_hours', { hours: before });
      expect(await due(issue)).toBe(iso('11-30T18:00'));
      expect(await faultsOf(db, [issue.id])).toEqual([]);
    });

    it.each<[string, unknown, Fields]>([
      ['without any hours', [], { field: 'hours', row: null }],
      ['that is no array', morning, { field: 'hours', row: null }],
      ['that is nothing', null, { field: 'hours', row: null }],
      ['with a row that is none', [morning, 5], { field: 'hours', row: 2 }],
      ['with an eighth day', [morning, { ...morning, weekday: 8 }], { field: 'weekday', row: 2 }],
      ['without a weekday', [{ ...morning, weekday: null }], { field: 'weekday', row: 1 }],
      ['with half a weekday', [{ ...morning, weekday: 1.5 }], { field: 'weekday', row: 1 }],
      ['that opens at no time', [{ ...morning, opens: '25:00' }], { field: 'opens', row: 1 }],
      ['that closes at no time', [{ ...morning, closes: '9' }], { field: 'closes', row: 1 }],
      ['that never closes', [{ weekday: 1, opens: '08:30' }], { field: 'closes', row: 1 }],
      ['that closes before it opens', [{ ...morning, closes: '08:00' }], { field: 'closes', row: 1 }],
      ['with the same hours twice', [morning, morning], { field: 'opens', row: 2 }],
      [
        'with hours that overlap',
        [{ weekday: 1, opens: '11:00', closes: '13:00' }, morning],
        { field: 'opens', row: 1 },
      ],
    ])('is refused %s', async (_, hours, detail) => {
      const before = await week();
      expect(await expectError(save('save_working_hours', { hours }), 'calendar_malformed', 422)).toEqual(
        detail,
      );
      expect(await week()).toEqual(before);
    });
  });
});
