import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectError } from './harness.ts';

type Issue = { id: number; key: string; number: string };
type Who = keyof typeof people;

eachEngine('the queues', (db) => {
  let world: World;
  /** at the department, which assists nobody and is helped by `order` */
  let dispatched: Issue;
  /** solved by the department, so to be verified by the street */
  let solved: Issue;
  /** with the community, which asked the street for a pause and wrote a letter */
  let asked: Issue;
  /** with the grid worker, who asked the community for more time */
  let inYard: Issue;
  beforeAll(async () => {
    world = await makeWorld(db);
    db.at('2026-11-23T09:00:00+08:00');
    const atDepartment = async () => {
      const issue = await newIssue(db, world, { category: 'leak' });
      await act(db, people.west, issue, 'accept');
      await act(db, people.west, issue, 'hand_up', { reason: '要专业队' });
      await act(db, people.street, issue, 'dispatch', { department_id: 1, assisting: [2] });
      return issue;
    };
    dispatched = await atDepartment();
    solved = await atDepartment();
    await act(db, people.order, solved, 'finish_task', { done: '清了占道' });
    await act(db, people.works, solved, 'resolve', { done: '修好' });
    asked = await newIssue(db, world, { category: 'leak' });
    await act(db, people.west, asked, 'accept');
    const letter = { addressee: '水务公司', title: '请修水管', text: '正文', due_on: '2026-11-25' };
    await act(db, people.west, asked, 'letter', letter);
    await act(db, people.west, asked, 'ask_pause', { reason: '等回函', until: '2026-11-26' });
    inYard = await newIssue(db, world);
    await act(db, people.gridWorker, inYard, 'accept');
    await act(db, people.gridWorker, inYard, 'ask_extension', { reason: '等配件', until: '2026-11-27' });
  });

  const card = async (who: Who, { id }: Issue) =>
    Object(
      await db.as(people[who], async ({ query }) => {
        const [row] = await query('select to_jsonb(c) as card from public.issue_cards c where id = $1', [id]);
        return row?.['card'];
      }),
    );
  const board = async (who: Who, topic: string) =>
    Object(await db.rpc(people[who], 'clock_board', { topic }));
  const letters = (who: Who) =>
    db.as(people[who], ({ query }) => query('select * from public.letter_cards order by id'));

  it('a card says who has to verify, who has to decide, and who leads its category', async () => {
    for (const who of ['west', 'street', 'leader', 'works', 'admin'] as const)
      expect(await card(who, solved), who).toMatchObject({
        to_verify: who === 'street',
        to_decide: false,
        lead_department_id: 1,
      });
    for (const who of ['gridWorker', 'west', 'street', 'leader', 'admin'] as const) {
      expect(await card(who, asked), who).toMatchObject({ to_decide: who === 'street', to_verify: false });
      expect(await card(who, inYard), who).toMatchObject({
        to_decide: who === 'west',
        lead_department_id: null,
      });
    }
  });

  it('a card asks to decide exactly where the table has the decision for its reader', async () => {
    for (const who of ['gridWorker', 'west', 'street', 'leader', 'works', 'order'] as const)
      for (const issue of [dispatched, solved, asked, inYard]) {
        const { to_decide, to_verify, id } = await card(who, issue);
        if (id === undefined) continue;
        const { actions } = Object(await db.rpc(people[who], 'issue_detail', { issue_id: issue.id }));
        const can = actions.map((each: { action: string }) => each.action);
        expect([to_decide, to_verify]).toEqual([can.includes('refuse'), can.includes('verify')]);
      }
  });

  it('the map’s columns carry the step, what was asked and when it warns', async () => {
    const { issues } = Object(await db.rpc(people.street, 'map_snapshot', { topic: 'area:1' }));
    const at = issues.id.indexOf(asked.id);
    expect([issues.step[at], issues.asked[at]]).toEqual(['handle', 'pause']);
    expect(issues.step[issues.id.indexOf(solved.id)]).toBe('verify');
    expect(issues.warn_at[at]).toBe(Date.parse(String(Object(await card('west', asked)).warn_at)) / 1000);
    for (const column of ['step', 'asked', 'warn_at']) expect(issues[column]).toHaveLength(issues.id.length);
  });

  describe('letters', () => {
    it('are listed for who sees the issue, and late after 18:00 of their day', async () => {
      const [mine, ...more] = await letters('west');
      expect(more).toEqual([]);
      expect(mine).toMatchObject({
        issue_id: asked.id,
        issue_number: asked.number,
        addressee: '水务公司',
        courtyard: '小巷院',
        office: '西社区',
        mine: true,
        awaited: true,
        late: false,
        replied_at: null,
      });
      expect((await letters('street'))[0]).toMatchObject({ mine: false });
      for (const who of ['east', 'works', 'stranger', 'nobody'] as const)
        expect(await letters(who)).toEqual([]);
      db.at('2026-11-25T18:00:01+08:00');
      expect((await letters('west'))[0]).toMatchObject({ late: true });
      db.at('2026-11-23T09:00:00+08:00');
    });

    it('wait for nothing once the issue has ended', async () => {
      const issue = await newIssue(db, world, { category: 'leak', code: world.code.garden });
      await act(db, people.east, issue, 'accept');
      const letter = { addressee: '电力', title: '函', text: '正文', due_on: '2026-11-24' };
      await act(db, people.east, issue, 'letter', letter);
      const refusal = { reason: '不归', duty: 'never_enforcement', instead: '执法队' };
      await act(db, people.east, issue, 'decline', refusal);
      db.at('2026-11-30T09:00:00+08:00');
      expect((await letters('east'))[0]).toMatchObject({ awaited: false, late: false, reply: null });
      db.at('2026-11-23T09:00:00+08:00');
    });
  });

  describe('the board of clocks', () => {
    it('counts for each office and step what runs, is soon due and is late', async () => {
      const { at, offices, next } = await board('street', 'area:1');
      expect(Date.parse(at)).toBe(Date.parse('2026-11-23T09:00:00+08:00'));
      const count = (office: string, step: string) =>
        offices.find(
          (each: { office: string; step: string }) => each.office === office && each.step === step,
        );
      const counts = { running: 1, soon: 0, late: 0 };
      expect(count('城市更新办', 'handle')).toMatchObject({
        ...counts,
        level: 'department',
        department_id: 1,
      });
      expect(count('综合执法队', 'task')).toMatchObject({ ...counts, level: 'department', department_id: 2 });
      expect(count('少城街道', 'verify')).toMatchObject({ ...counts, level: 'street', area_id: 1 });
      expect(count('西社区', 'handle')).toMatchObject({ ...counts, level: 'community', area_id: 2 });
      expect(count('西社区', 'letter')).toMatchObject(counts);
      expect(count('西一网格', 'handle')).toMatchObject({ ...counts, level: 'courtyard', area_id: 4 });
      expect(offices).toHaveLength(6);
      const times = next.map((each: { due_at: string }) => Date.parse(each.due_at));
      expect(times).toEqual(times.toSorted((one: number, two: number) => one - two));
      expect(next.find((each: { clock: string }) => each.clock === 'letter')).toMatchObject({
        issue_id: asked.id,
        number: asked.number,
        courtyard: '小巷院',
        office: '西社区',
        warn_at: null,
      });
    });

    it('tells warned from late', async () => {
      const due = Date.parse(String((await card('works', dispatched)).due_at));
      const state = async (moment: number) => {
        db.at(new Date(moment));
        const { offices } = await board('works', 'department:1');
        db.at('2026-11-23T09:00:00+08:00');
        return offices;
      };
      const one = { office: '城市更新办', step: 'handle', running: 1 };
      expect(await state(due - 1000)).toMatchObject([{ ...one, soon: 1, late: 0 }]);
      expect(await state(due)).toMatchObject([{ ...one, soon: 0, late: 1 }]);
    });

    it('shows a department its own clocks, a community those of its area, and nobody another’s', async () => {
      const clocksOf = async (who: Who, topic: string) =>
        (await board(who, topic)).next.map((each: { clock: string }) => each.clock).toSorted();
      expect(await clocksOf('order', 'department:2')).toEqual(['task']);
      expect(await clocksOf('gridWorker', 'area:4')).toEqual(await clocksOf('street', 'area:1'));
      expect(await clocksOf('east', 'area:3')).toEqual([]);
      for (const topic of ['area:1', 'department:1', 'area:x', 'x', ''])
        for (const name of ['clock_board', 'map_snapshot'])
          await expectError(db.rpc(people.east, name, { topic }), 'topic_not_allowed', 403);
      await expectError(db.rpc(people.nobody, 'clock_board', { topic: 'area:1' }), 'topic_not_allowed', 403);
    });

    it('leaves out what is paused and what waits for the resident', async () => {
      await act(db, people.street, asked, 'grant');
      const paused = (await board('street', 'area:1')).next;
      const mine = paused.filter((each: { issue_id: number }) => each.issue_id === asked.id);
      expect(mine.map((each: { clock: string }) => each.clock)).toEqual(['letter']);
      await act(db, people.street, solved, 'verify', { outcome: 'ok', finding: '看过' });
      const after = (await board('street', 'area:1')).next;
      expect(after.some((each: { issue_id: number }) => each.issue_id === solved.id)).toBe(false);
      expect(await faultsOf(db, [asked.id, solved.id, dispatched.id, inYard.id])).toEqual([]);
    });
  });

  it('every clock of the board rings by the same row', async () => {
    db.at('2026-12-20T09:00:00+08:00');
    const running = await db.query('select issue_id, clock, due_at from public.running_clocks order by 1, 2');
    await db.value('select private.sweep()');
    const rung = await db.query(
      `select issue_id, clock, due_at from private.rings where kind = 'late' order by 1, 2`,
    );
    expect(running.length).toBeGreaterThan(3);
    expect(rung).toEqual(running);
  });
});
