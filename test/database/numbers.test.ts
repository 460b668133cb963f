import { beforeAll, describe, expect, it } from 'vitest';
import { china, type Issue, makeNovember, november } from '../fixtures/november.ts';
import { people, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

const week = { since: china('02T00:00'), upto: china('09T00:00') };
const nextWeek = { since: week.upto, upto: china('16T00:00') };

eachEngine('the figures', (db) => {
  let world: World;

  const { reported, does, answers, sweep, numbers, steps } = november(db, () => world);

  beforeAll(async () => {
    world = await makeNovember(db);
  });

  describe('of a week told by hand', () => {
    const told: Record<string, Issue> = {};

    beforeAll(async () => {
      // solved at the community: accepted after 30 minutes, solved 6 hours after the report, closed on Tuesday
      const plain = await reported('02T09:00');
      await does('02T09:30', people.west, plain, 'accept');
      await does('02T15:00', people.west, plain, 'resolve', { done: '修好了' });
      await answers('03T09:00', plain, 'yes');

      // the long way: climbs at 10:00 (late), 90 minutes until accepted; the street is late once; sent back once; false once; one “no”
      const long = await reported('02T09:00', { category: 'light' });
      await sweep('02T10:00');
      await does('02T10:30', people.west, long, 'accept');
      await does('02T11:00', people.west, long, 'hand_up', { reason: '要更换线路' });
      const ruling = '属市政设施';
      await does('02T13:30', people.street, long, 'dispatch', { department_id: 1, ruling });
      await does('02T14:00', people.works, long, 'send_back', { reason: '不归我们' });
      await does('02T14:30', people.street, long, 'dispatch', { department_id: 2, ruling, assisting: [1] });
      await does('02T17:00', people.works, long, 'finish_task', { done: '图纸已给' });
      await does('03T10:00', people.order, long, 'resolve', { done: '换了灯' });
      await does('03T10:30', people.street, long, 'verify', { outcome: 'not_ok', finding: '还是不亮' });
      await does('04T11:00', people.order, long, 'resolve', { done: '换了线' });
      await does('04T11:30', people.street, long, 'verify', { outcome: 'ok', finding: '亮了' });
      await answers('04T12:00', long, 'no');
      await does('04T14:00', people.order, long, 'resolve', { done: '三楼也换了' });
      await does('04T14:30', people.street, long, 'verify', { outcome: 'ok', finding: '都亮了' });
      await answers('04T15:00', long, 'yes');

      // in the east: accepted late after 90 minutes, paused over its first due time, solved within what was left; closes by silence next week
      const paused = await reported('02T09:00', { code: world.code.garden });
      await does('02T10:30', people.east, paused, 'accept');
      await does('02T11:00', people.east, paused, 'ask_pause', { reason: '等配件', until: '2026-11-05' });
      await does('02T11:05', people.street, paused, 'grant');
      await does('05T09:00', people.east, paused, 'resume');
      await does('05T15:00', people.east, paused, 'resolve', { done: '配件装好' });
      await sweep('12T15:00');

      // taken back before it was due: proves nothing about anyone
      const back = await reported('03T09:00');
      db.at(china('03T09:20'));
      await db.rpc('anon', 'withdraw_issue', { key: back.key, version: 1 });

      // declined in time
      const declined = await reported('03T09:00');
      await does('03T09:10', people.west, declined, 'decline', {
        reason: '属行政执法',
        duty: 'never_enforcement',
        instead: '请找综合执法队',
      });

      // left alone since Friday, and reported a second before the week ends in China, which is still Sunday afternoon in UTC
      const alone = await reported('06T09:00');
      const sunday = await reported('08T23:59:59');
      Object.assign(told, { plain, long, paused, back, declined, alone, sunday });
      db.at(week.upto);
    });

    const of = (name: string) => told[name] ?? { id: 0, key: '' };

    it('judges every step, and leaves it to whom it belonged', async () => {
      expect(await steps(of('plain'))).toEqual([
        ['accept', '西社区', true],
        ['handle', '西社区', true],
        ['answer', '西社区', true],
      ]);
      expect(await steps(of('long'))).toEqual([
        // the grid is one person: its community answers for it; climbing at the very minute is still late
        ['accept', '西社区', false],
        ['accept', '西社区', true],
        ['handle', '西社区', true],
        ['dispatch', '少城街道', false],
        ['handle', '城市更新办', true],
        ['dispatch', '少城街道', true],
        ['handle', '综合执法队', true],
        ['task', '城市更新办', true],
        // who verifies answers for the verifying
        ['verify', '少城街道', true],
        ['handle', '综合执法队', false],
        ['verify', '少城街道', true],
        ['answer', '综合执法队', true],
        ['handle', '综合执法队', true],
        ['verify', '少城街道', true],
        ['answer', '综合执法队', true],
      ]);
      expect((await steps(of('paused'))).slice(0, 2)).toEqual([
        ['accept', '东社区', false],
        ['handle', '东社区', true],
      ]);
      expect(await steps(of('back'))).toEqual([['accept', '西社区', null]]);
      expect(await steps(of('declined'))).toEqual([['accept', '西社区', true]]);
      expect(await steps(of('alone'))).toEqual([['accept', '西社区', false]]);
      expect(await steps(of('sunday'))).toEqual([['accept', '西社区', null]]);
    });

    it('adds the week up', async () => {
      expect(await numbers(people.leader, week)).toMatchObject({
        reported: 7,
        closed: 2,
        declined: 1,
        merged: 0,
        withdrawn: 1,
        closed_by_level: { courtyard: 0, community: 1, street: 0, department: 1 },
        // 30, 90, 90
        accept_minutes: { count: 3, median: 90, p90: 90 },
        // 6 h and Monday 9:00 to Wednesday 14:00 = 53 h; nine tenths of the way between them: 6 + 0.9 × 47
        solve_hours: { count: 2, median: 29.5, p90: 48.3 },
        returns: 1,
        reopened: 0,
        answered_no: 1,
        verified: 3,
        false_closings: 1,
        by_step: [
          { step: 'accept', on_time: 3, decided: 6 },
          { step: 'dispatch', on_time: 1, decided: 2 },
          { step: 'handle', on_time: 6, decided: 7 },
          { step: 'task', on_time: 1, decided: 1 },
          { step: 'verify', on_time: 3, decided: 3 },
        ],
        by_holder: [
          { level: 'community', id: 2, name: '西社区', name_en: 'West', on_time: 5, decided: 7 },
          { level: 'street', id: 1, name: '少城街道', name_en: 'Shaocheng', on_time: 4, decided: 5 },
          { level: 'department', id: 2, name: '综合执法队', name_en: 'Order', on_time: 2, decided: 3 },
          { level: 'community', id: 3, name: '东社区', name_en: 'East', on_time: 1, decided: 2 },
          { level: 'department', id: 1, name: '城市更新办', name_en: 'Works', on_time: 2, decided: 2 },
        ],
        by_category: [
          {
            code: 'leak',
            name: '漏水渗水',
            name_en: 'Leak or seepage',
            reported: 6,
            closed: 1,
            on_time: 4,
            decided: 6,
          },
          { code: 'light', reported: 1, closed: 1, on_time: 10, decided: 13 },
        ],
        by_week: [{ week: '2026-11-02', reported: 7, closed: 2 }],
      });
    });

    it('closes by silence in the week it closed in, and goes on counting what is left alone', async () => {
      db.at(nextWeek.upto);
      expect(await numbers(people.leader, nextWeek)).toMatchObject({
        reported: 0,
        closed: 1,
        // Monday 9:00 to Thursday 15:00 = 78 h
        solve_hours: { count: 1, median: 78 },
        accept_minutes: { count: 0, median: null, p90: null },
        // Sunday night's report was due on Monday at 10:00
        by_step: [{ step: 'accept', on_time: 0, decided: 1 }],
        by_week: [{ week: '2026-11-09', reported: 0, closed: 1 }],
      });
      // a week that is over keeps its figures
      expect(await numbers(people.leader, week)).toMatchObject({
        reported: 7,
        closed: 2,
        by_step: { length: 5 },
      });
      db.at(week.upto);
    });

    it('counts by weeks that begin on Monday in China, the empty ones too', async () => {
      db.at(china('20T00:00'));
      const { by_week } = await numbers(people.leader, { since: china('01T00:00'), upto: china('30T00:00') });
      expect(by_week).toEqual([
        { week: '2026-10-26', reported: 0, closed: 0 },
        { week: '2026-11-02', reported: 7, closed: 2 },
        { week: '2026-11-09', reported: 0, closed: 1 },
        { week: '2026-11-16', reported: 0, closed: 0 },
      ]);
      db.at(week.upto);
    });

    it('gives one row for each issue, with the names of offices and no word of what was said', async () => {
      const rows = await db.as(people.leader, ({ query }) =>
        query('select * from public.issue_times order by issue_id'),
      );
      expect(rows).toHaveLength(7);
      expect(rows[1]).toMatchObject({
        issue_id: of('long').id,
        community: '西社区',
        courtyard: '小巷院',
        category_name: '路灯楼道灯',
        category_name_en: 'Lights out',
        state: 'closed',
        holder_level: 'department',
        holder: '综合执法队',
        accepted_at: new Date(china('02T10:30')),
        resolved_at: new Date(china('04T14:00')),
        ended_at: new Date(china('04T15:00')),
        returns: 1,
        reopened: 0,
        answered_no: 1,
        verified: 3,
        false_closings: 1,
      });
      expect(JSON.stringify(rows)).not.toMatch(/王小明|501|楼道灯不亮/);
    });

    describe('as', () => {
      it('staff of a community: their own issues, whichever community is asked for', async () => {
        expect(await numbers(people.east, week)).toMatchObject({ reported: 1, closed: 0, verified: 0 });
        expect(await numbers(people.west, { ...week, community: world.west })).toMatchObject({
          reported: 6,
          closed: 2,
        });
        await expectError(numbers(people.east, { ...week, community: world.west }), 'community_unknown', 404);
      });

      it('the street: one community when it asks for one', async () => {
        expect(await numbers(people.street, { ...week, community: world.east })).toMatchObject({
          reported: 1,
          accept_minutes: { count: 1, median: 90 },
          by_holder: [{ name: '东社区', on_time: 1, decided: 2 }],
        });
      });

      it('a department: what it holds or helps with', async () => {
        expect(await numbers(people.order, week)).toMatchObject({ reported: 1, closed: 1, returns: 1 });
        expect(await numbers(people.works, week)).toMatchObject({ reported: 1 });
        const seen = await db.as(people.order, ({ query }) =>
          query('select distinct issue_id from public.step_times'),
        );
        expect(seen).toEqual([{ issue_id: of('long').id }]);
      });

      it('staff of another street: nothing', async () => {
        expect(await numbers(people.stranger, week)).toMatchObject({
          reported: 0,
          closed: 0,
          by_step: [],
          by_holder: [],
        });
        await expectError(
          numbers(people.stranger, { ...week, community: world.west }),
          'community_unknown',
          404,
        );
      });

      it('someone without a role, or nobody: refused', async () => {
        await expectError(numbers(people.nobody, week), 'not_member', 403);
        await expectDenied(db.rpc('anon', 'numbers', { ...week }));
        for (const what of ['issue_times', 'step_times', 'issue_steps'])
          await expectDenied(db.as('anon', ({ query }) => query(`select * from public.${what}`)));
      });

      it('nobody writes the steps', async () => {
        await expectDenied(
          db.as(people.street, ({ query }) => query('update public.issue_steps set due_at = due_at')),
        );
      });
    });

    it.each([
      ['ends before it begins', { since: week.upto, upto: week.since }, 'period_reversed', 422],
      ['ends where it begins', { since: week.since, upto: week.since }, 'period_reversed', 422],
      ['is longer than two years', { since: '2024-11-01', upto: '2026-11-09' }, 'period_too_long', 422],
      ['has no end', { since: week.since, upto: null }, 'field_missing', 422],
      ['reaches to infinity', { since: week.since, upto: 'infinity' }, 'period_too_long', 422],
    ])('refuses a period that %s', async (_, period, code, status) => {
      await expectError(numbers(people.leader, period), code, status);
    });
  });
});
