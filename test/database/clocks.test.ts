import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectError } from './harness.ts';

const china = (local: string) => `2026-${local}:00+08:00`;

eachEngine('the clocks', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
    // the National Day week of 2026, with its make-up Saturday
    await db.query(`
      insert into public.calendar_days (day, working, name)
      select d::date, false, '国庆节' from generate_series(date '2026-10-01', date '2026-10-07', interval '1 day') d
      union all select date '2026-10-10', true, '国庆节调休'
      on conflict (day) do update set working = excluded.working`);
  });

  type Issue = { id: number; key: string };
  const row = async ({ id }: Issue) =>
    Object(await db.value('select to_jsonb(i) from public.issues i where id = $1', [id]));
  const due = async (issue: Issue) => new Date((await row(issue)).due_at);
  const at = (local: string) => db.at(china(local));
  const sweep = async () => Number(await db.value('select private.sweep()'));
  /** Who was told what about an issue, in order: kind → office. */
  const told = async ({ id }: Issue) =>
    (
      await db.query(
        'select kind, private.office_name(area_id, department_id) as office from public.notices where issue_id = $1 order by id',
        [id],
      )
    ).map((notice) => `${String(notice['kind'])} ${String(notice['office'])}`);
  const leak = async (when: string) => {
    at(when);
    return newIssue(db, world, { category: 'leak' });
  };
  const handling = async (when: string) => {
    const issue = await leak(when);
    await act(db, people.west, issue, 'accept');
    return issue;
  };

  describe('run in working time', () => {
    // accepting takes 60 minutes, handling 480: one working day
    it.each([
      ['into the evening before the holiday week, over it', '09-30T17:30', '10-08T09:30'],
      ['within the holiday week', '10-03T12:00', '10-08T10:00'],
      ['over midnight', '09-28T23:59', '09-29T10:00'],
      ['from the Friday into the make-up Saturday', '10-09T17:30', '10-10T09:30'],
      ['from the make-up Saturday over the Sunday', '10-10T17:30', '10-12T09:30'],
      ['over lunch', '09-28T11:30', '09-28T13:30'],
    ])('%s', async (_, reported, expected) => {
      expect(await due(await leak(reported))).toEqual(new Date(china(expected)));
    });

    it('handle: a working day that begins before the holiday ends after it', async () => {
      expect(await due(await handling('09-30T14:00'))).toEqual(new Date(china('10-08T14:00')));
    });

    it('an emergency runs on through the night and the holiday', async () => {
      at('10-02T23:50');
      const gas = await newIssue(db, world, { category: 'gas' });
      expect(await due(gas)).toEqual(new Date(china('10-03T00:05')));
      await act(db, people.west, gas, 'accept');
      expect(await due(gas)).toEqual(new Date(china('10-03T01:50')));
    });
  });

  it('warns the holder at 80 % and tells the level above too at 100 %, once each however often swept', async () => {
    const issue = await handling('11-02T09:00');
    expect(await row(issue)).toMatchObject({ step: 'handle', version: 2 });
    at('11-02T16:23');
    await sweep();
    expect(await told(issue)).toEqual(['arrived 西社区']);
    at('11-02T16:24');
    await sweep();
    await sweep();
    expect(await told(issue)).toEqual(['arrived 西社区', 'warned 西社区']);
    at('11-02T18:00');
    await sweep();
    at('11-20T18:00');
    await sweep();
    await sweep();
    expect((await told(issue)).slice(2).toSorted()).toEqual(['late 少城街道', 'late 西社区']);
    expect(await row(issue)).toMatchObject({ version: 2, holder_level: 'community' });
  });

  it('a breach nobody was warned of is told once', async () => {
    const issue = await handling('11-02T09:00');
    at('11-03T18:00');
    await sweep();
    expect((await told(issue)).slice(1).toSorted()).toEqual(['late 少城街道', 'late 西社区']);
  });

  it('what nobody accepts climbs from the yard to the community to the street, and no further', async () => {
    at('11-02T09:00');
    const issue = await newIssue(db, world);
    at('11-02T10:00');
    await sweep();
    expect(await row(issue)).toMatchObject({
      state: 'submitted',
      holder_level: 'community',
      step: 'accept',
      first_owner_area_id: null,
    });
    at('11-02T11:00');
    await sweep();
    expect(await row(issue)).toMatchObject({ state: 'submitted', holder_level: 'street', step: 'dispatch' });
    at('11-09T11:00');
    await sweep();
    await sweep();
    expect(await row(issue)).toMatchObject({ state: 'submitted', holder_level: 'street', version: 3 });
    expect((await told(issue)).filter((line) => !line.startsWith('late'))).toEqual([
      'arrived 西一网格',
      'climbed 西社区',
      'climbed 少城街道',
    ]);
    const story = Object(await db.rpc('anon', 'track_issue', { key: issue.key }));
    expect(story.steps.map((step: { action: string }) => step.action)).toEqual(['report', 'climb', 'climb']);
  });

  it('closes after seven days of silence, not before', async () => {
    at('11-02T09:00');
    const issue = await newIssue(db, world);
    await act(db, people.gridWorker, issue, 'accept');
    await act(db, people.gridWorker, issue, 'resolve', { done: '换了灯' });
    at('11-09T08:59');
    await sweep();
    expect(await row(issue)).toMatchObject({ state: 'resolved', step: 'answer' });
    at('11-09T09:00');
    await sweep();
    expect(await row(issue)).toMatchObject({ state: 'closed', step: null, due_at: null, answered: null });
    expect(await sweep()).toBe(0);
  });

  describe('a pause', () => {
    const asked = async () => {
      const issue = await handling('11-02T09:00');
      // six of nine office hours are left: 12–13 is lunch
      at('11-02T11:00');
      await act(db, people.west, issue, 'ask_pause', { reason: '等配件', until: china('11-05T10:00') });
      return issue;
    };

    it('is granted one level up, stops the clock, and ends by itself with what was left', async () => {
      const issue = await asked();
      expect(await due(issue)).toEqual(new Date(china('11-02T18:00')));
      await expectError(act(db, people.west, issue, 'grant'), 'action_not_allowed', 403);
      await act(db, people.street, issue, 'grant', { words: '同意' });
      expect(await row(issue)).toMatchObject({ due_at: null, warn_at: null, step_minutes: 360, asked: null });
      at('11-04T12:00');
      await sweep();
      expect(await row(issue)).toMatchObject({ due_at: null });
      at('11-05T10:00');
      await sweep();
      // 360 minutes from 10:00, with lunch between: 17:00
      expect(await due(issue)).toEqual(new Date(china('11-05T17:00')));
      expect(await row(issue)).toMatchObject({ paused_at: null, paused_until: null });
      expect(await told(issue)).toEqual(['arrived 西社区', 'asked 少城街道', 'granted 西社区']);
    });

    it('is resumed early by the holder, or refused with a reason', async () => {
      const issue = await asked();
      await act(db, people.street, issue, 'grant');
      at('11-03T09:00');
      await act(db, people.west, issue, 'resume');
      expect(await due(issue)).toEqual(new Date(china('11-03T16:00')));
      const other = await asked();
      await act(db, people.street, other, 'refuse', { reason: '配件已到' });
      expect(await row(other)).toMatchObject({ asked: null, paused_at: null });
      expect(await due(other)).toEqual(new Date(china('11-02T18:00')));
      await expectError(act(db, people.street, other, 'grant'), 'nothing_asked', 409);
    });

    it('cannot be granted for a date that has passed meanwhile', async () => {
      const issue = await asked();
      at('11-06T09:00');
      await expectError(act(db, people.street, issue, 'grant'), 'asked_over', 409);
      await act(db, people.street, issue, 'refuse', { reason: '已过期' });
    });
  });

  it('an extension sets the date that was granted, and warns anew at 80 % of it', async () => {
    const issue = await handling('11-02T09:00');
    await expectError(
      act(db, people.west, issue, 'ask_extension', { reason: '雨', until: china('11-02T17:00') }),
      'date_past',
      422,
    );
    await act(db, people.west, issue, 'ask_extension', { reason: '雨', until: china('11-12T09:00') });
    await expectError(
      act(db, people.west, issue, 'ask_pause', { reason: '雨', until: china('11-12T09:00') }),
      'asked_already',
      409,
    );
    await act(db, people.street, issue, 'grant');
    expect(await due(issue)).toEqual(new Date(china('11-12T09:00')));
    at('11-10T09:00');
    await sweep();
    expect(await told(issue)).toEqual([
      'arrived 西社区',
      'asked 少城街道',
      'granted 西社区',
      'warned 西社区',
    ]);
  });

  describe('are counted anew', () => {
    it('when a holiday is declared, and the history says so', async () => {
      const issue = await handling('12-01T14:00');
      const gas = await newIssue(db, world, { category: 'gas' });
      expect(await due(issue)).toEqual(new Date(china('12-02T14:00')));
      await db.query(`insert into public.calendar_days (day, working) values ('2026-12-02', false)`);
      expect(await due(issue)).toEqual(new Date(china('12-03T14:00')));
      const [event] = await db.query(
        'select action, actor, is_public from public.issue_events where issue_id = $1 order by seq desc limit 1',
        [issue.id],
      );
      expect(event).toEqual({ action: 'recount', actor: 'clock', is_public: false });
      expect(await row(gas)).toMatchObject({ version: 1 });
      await db.query(`delete from public.calendar_days where day = '2026-12-02'`);
      expect(await due(issue)).toEqual(new Date(china('12-02T14:00')));
      expect(await faultsOf(db, [issue.id, gas.id])).toEqual([]);
    });

    it('when a category’s minutes change: its own issues, their tasks, but not what was granted or paused', async () => {
      const issue = await handling('12-07T09:00');
      const resumed = await handling('12-07T09:00');
      const granted = await handling('12-07T09:00');
      const helped = await handling('12-07T09:00');
      await act(db, people.west, granted, 'ask_extension', { reason: '雨', until: china('12-17T09:00') });
      await act(db, people.street, granted, 'grant');
      await act(db, people.west, resumed, 'ask_pause', { reason: '雨', until: china('12-17T09:00') });
      await act(db, people.street, resumed, 'grant');
      at('12-07T09:30');
      await act(db, people.west, resumed, 'resume');
      await act(db, people.west, helped, 'hand_up', { reason: '要专业队' });
      await act(db, people.street, helped, 'dispatch', { department_id: 1, assisting: [2] });
      await db.query(`update public.categories set handle_minutes = 240 where code = 'leak'`);
      const dueOf = async () =>
        Promise.all([issue, resumed, granted, helped].map(async (each) => (await due(each)).toISOString()));
      const iso = (local: string) => new Date(china(local)).toISOString();
      expect(await dueOf()).toEqual([
        iso('12-07T14:00'),
        iso('12-08T09:30'),
        iso('12-17T09:00'),
        iso('12-07T14:30'),
      ]);
      expect(new Date((await row(helped)).tasks['2'].due_at)).toEqual(new Date(china('12-07T14:30')));
      await db.query(`update public.categories set handle_minutes = 480 where code = 'leak'`);
      expect(await faultsOf(db, [issue.id, resumed.id, granted.id, helped.id])).toEqual([]);
    });
  });
});
