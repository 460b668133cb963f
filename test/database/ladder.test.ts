import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, world as layout, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectError } from './harness.ts';

type Issue = { id: number; key: string; number: string };

eachEngine('the ladder', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
    db.at('2026-11-23T09:00:00+08:00');
  });

  const { works, order } = layout.department;
  const row = async ({ id }: Issue) =>
    Object(await db.value('select to_jsonb(i) from public.issues i where id = $1', [id]));
  const detailOf = async (person: { id: string }, { id }: Issue) =>
    Object(await db.rpc(person, 'issue_detail', { issue_id: id })).issue;
  const leak = () => newIssue(db, world, { category: 'leak' });
  const resident = async (issue: Issue, name: string, args: object = {}, version?: number) =>
    Object(
      await db.rpc('anon', name, { key: issue.key, version: version ?? (await row(issue)).version, ...args }),
    );
  const handling = async () => {
    const issue = await leak();
    await act(db, people.west, issue, 'accept');
    return issue;
  };
  const atStreet = async () => {
    const issue = await handling();
    await act(db, people.west, issue, 'hand_up', { reason: '要专业队' });
    return issue;
  };
  const dispatched = async (more: object = { assisting: [order] }) => {
    const issue = await atStreet();
    await act(db, people.street, issue, 'dispatch', { department_id: works, ...more });
    return issue;
  };
  const resolved = async () => {
    const issue = await handling();
    await act(db, people.west, issue, 'resolve', { done: '换了阀门' });
    return issue;
  };
  const closed = async () => {
    const issue = await resolved();
    await resident(issue, 'answer_issue', { answer: 'yes' });
    return issue;
  };

  describe('assisting departments', () => {
    it('see the issue, have a clock of their own, and the lead waits for them', async () => {
      const issue = await dispatched();
      const detail = Object(await db.rpc(people.order, 'issue_detail', { issue_id: issue.id }));
      expect(detail.actions.map((each: { action: string }) => each.action)).toEqual(['finish_task', 'note']);
      expect(detail.issue).toMatchObject({
        my_task: true,
        mine: false,
        tasks: [{ department_id: order, state: 'open' }],
      });
      expect((await row(issue)).tasks[order].due_at).toBe((await row(issue)).due_at);
      expect(
        await expectError(act(db, people.works, issue, 'resolve', { done: '修好' }), 'tasks_open', 409),
      ).toEqual({ departments: ['综合执法队'] });
      await act(db, people.order, issue, 'finish_task', { done: '清了占道' });
      await expectError(act(db, people.order, issue, 'finish_task', { done: '又清' }), 'not_now', 409);
      await act(db, people.works, issue, 'resolve', { done: '修好' });
      expect(await row(issue)).toMatchObject({
        state: 'resolved',
        tasks: { [order]: { state: 'done', done: '清了占道' } },
      });
    });

    it('are let off by the street only, whoever holds the issue by then', async () => {
      const issue = await dispatched();
      const waive = { department_id: order, reason: '不需要了' };
      await expectError(act(db, people.works, issue, 'waive_task', waive), 'action_not_allowed', 403);
      await expectError(
        act(db, people.street, issue, 'waive_task', { ...waive, department_id: works }),
        'department_unknown',
        422,
      );
      await act(db, people.works, issue, 'send_back', { reason: '不归我们' });
      await expectError(act(db, people.street, issue, 'resolve', { done: '街道自办' }), 'tasks_open', 409);
      await act(db, people.street, issue, 'waive_task', waive);
      await act(db, people.street, issue, 'resolve', { done: '街道自办' });
      expect(await faultsOf(db, [issue.id])).toEqual([]);
    });

    it('that come to lead no longer assist', async () => {
      const issue = await dispatched();
      await act(db, people.works, issue, 'send_back', { reason: '不归我们' });
      await act(db, people.street, issue, 'dispatch', { department_id: order, ruling: '执法事项' });
      expect(await row(issue)).toMatchObject({ tasks: {}, assisting: [] });
      await act(db, people.order, issue, 'resolve', { done: '处置了' });
    });

    it.each([[[works]], [[order, 11]], [[1.5]], [['x']], ['2']])(
      'are others of the street: %j is refused',
      async (assisting) => {
        const issue = await atStreet();
        const call = act(db, people.street, issue, 'dispatch', { department_id: works, assisting });
        await expectError(
          call,
          Array.isArray(assisting) && Number.isInteger(assisting[0])
            ? 'department_unknown'
            : 'field_malformed',
          422,
        );
      },
    );
  });

  it('a department sends back twice; then the ruling stands, by name', async () => {
    const issue = await dispatched({});
    for (const ruling of ['更新办主责', '再次裁定：更新办主责']) {
      await act(db, people.works, issue, 'send_back', { reason: '不归我们' });
      await act(db, people.street, issue, 'dispatch', { department_id: works, ruling });
    }
    const detail = await expectError(
      act(db, people.works, issue, 'send_back', { reason: '仍不归' }),
      'returns_exhausted',
      409,
    );
    expect(detail).toMatchObject({ returns: 2, ruling: { by: '街道员', words: '再次裁定：更新办主责' } });
  });

  describe('letters', () => {
    const letter = {
      addressee: '市水务集团',
      title: '关于漏水的函',
      text: '请贵单位…',
      due_on: '2026-12-01',
    };

    it('are numbered, due, and wait for a reply, wherever the issue lies by then', async () => {
      const issue = await atStreet();
      await act(db, people.street, issue, 'letter', letter);
      await act(db, people.street, issue, 'letter', letter);
      await act(db, people.street, issue, 'dispatch', { department_id: works });
      const { letters } = await detailOf(people.street, issue);
      expect(letters).toMatchObject([
        { number: `${issue.number}-函1`, due_on: '2026-12-01', reply: null },
        { number: `${issue.number}-函2` },
      ]);
      const reply = (letter_id: number) =>
        act(db, people.street, issue, 'letter_reply', { letter_id, reply: '已安排' });
      await reply(letters[0].id);
      await expectError(reply(letters[0].id), 'letter_unknown', 422);
      await reply(letters[1].id);
      await expectError(reply(letters[1].id), 'not_now', 409);
    });

    it('are written by the street while a department handles the issue, never by the department', async () => {
      const issue = await dispatched({});
      await expectError(act(db, people.works, issue, 'letter', letter), 'action_not_allowed', 403);
      await act(db, people.street, issue, 'letter', letter);
      const { letters, holder_department_id } = await detailOf(people.street, issue);
      expect(letters).toMatchObject([{ addressee: '市水务集团', replied_at: null }]);
      expect(holder_department_id).toBe(works);
    });

    it.each([
      [undefined, 'field_missing'],
      ['2026-11-22', 'date_past'],
      ['2028-01-01', 'date_past'],
      ['soon', 'field_malformed'],
      ['2026-02-30', 'field_malformed'],
      ['2026-12-01T00:00 Nowhere/City', 'field_malformed'],
    ])('due on %j is refused (%s)', async (due_on, code) => {
      const issue = await handling();
      await expectError(act(db, people.west, issue, 'letter', { ...letter, due_on }), code, 422);
      expect(await db.value('select count(*)::int from public.letters where issue_id = $1', [issue.id])).toBe(
        0,
      );
    });

    it('without a reply on the day are told to whoever wrote them', async () => {
      const issue = await handling();
      await act(db, people.west, issue, 'letter', letter);
      db.at('2026-12-01T18:00:00+08:00');
      await db.value('select private.sweep()');
      db.at('2026-11-23T09:00:00+08:00');
      expect(
        await db.query(
          `select area_id, department_id from public.notices where issue_id = $1 and kind = 'letter_due'`,
          [issue.id],
        ),
      ).toEqual([{ area_id: world.west, department_id: null }]);
    });
  });

  describe('verifying', () => {
    it('a department’s work is always verified by the street before the resident’s days begin', async () => {
      const issue = await dispatched({});
      await act(db, people.works, issue, 'resolve', { done: '修好' });
      expect(await row(issue)).toMatchObject({ state: 'resolved', step: 'verify', recheck: true });
      await expectError(
        act(db, people.works, issue, 'verify', { outcome: 'ok', finding: '好' }),
        'action_not_allowed',
        403,
      );
      await act(db, people.street, issue, 'verify', { outcome: 'not_ok', finding: '还在漏' });
      expect(await row(issue)).toMatchObject({
        state: 'handling',
        step: 'handle',
        recheck: false,
        holder_department_id: works,
      });
      await act(db, people.works, issue, 'resolve', { done: '再修' });
      await act(db, people.street, issue, 'verify', { outcome: 'ok', finding: '不漏了' });
      const { due_at } = await row(issue);
      db.at('2026-11-25T09:00:00+08:00');
      await act(db, people.street, issue, 'verify', { outcome: 'ok', finding: '再看也好' });
      db.at('2026-11-23T09:00:00+08:00');
      expect(await row(issue)).toMatchObject({ step: 'answer', due_at });
    });

    it('of what communities solve a random tenth is drawn, of what the yard or the street solves none', async () => {
      const issue = await handling();
      const drawn = (level: string) =>
        db.value(
          `select count(*) filter (where private.draws_recheck(jsonb_populate_record(i, jsonb_build_object('holder_level', $2::text))))::int
           from public.issues i, generate_series(1, 4000) where i.id = $1`,
          [issue.id, level],
        );
      // 400 ± 5 standard deviations of a coin with one tenth
      expect(Math.abs(Number(await drawn('community')) - 400)).toBeLessThan(95);
      expect([await drawn('department'), await drawn('courtyard'), await drawn('street')]).toEqual([
        4000, 0, 0,
      ]);
    });
  });

  describe('the resident', () => {
    it('reopens within 14 days, the second time one level up, and not a third time', async () => {
      const issue = await closed();
      const words = '又漏了';
      await resident(issue, 'reopen_issue', { words });
      expect(await row(issue)).toMatchObject({
        state: 'handling',
        holder_level: 'community',
        reopened: 1,
        first_owner_area_id: world.west,
      });
      await act(db, people.west, issue, 'resolve', { done: '再修' });
      await resident(issue, 'answer_issue', { answer: 'yes' });
      await resident(issue, 'reopen_issue', { words });
      expect(await row(issue)).toMatchObject({
        holder_level: 'street',
        step: 'dispatch',
        reopened: 2,
        first_owner_area_id: world.west,
      });
      await act(db, people.street, issue, 'resolve', { done: '街道修' });
      expect(await resident(issue, 'answer_issue', { answer: 'yes' })).toMatchObject({
        state: 'closed',
        can: [],
      });
      expect(await expectError(resident(issue, 'reopen_issue', { words }), 'reopen_over', 409)).toMatchObject(
        { reopened: 2 },
      );
    });

    it('not after 14 days, nor without words; the same press twice reopens once', async () => {
      const issue = await closed();
      await expectError(resident(issue, 'reopen_issue', { words: ' ' }), 'field_missing', 422);
      db.at('2026-12-07T09:00:00+08:00');
      await expectError(resident(issue, 'reopen_issue', { words: '漏' }), 'reopen_over', 409);
      db.at('2026-12-07T08:59:00+08:00');
      const { version } = await row(issue);
      const first = await resident(issue, 'reopen_issue', { words: '漏' }, version);
      expect(await resident(issue, 'reopen_issue', { words: '漏' }, version)).toEqual(first);
      db.at('2026-11-23T09:00:00+08:00');
    });

    it('takes the report back, once', async () => {
      const issue = await handling();
      const { version } = await row(issue);
      const gone = await resident(issue, 'withdraw_issue', { words: '自己修好了' });
      expect(gone).toMatchObject({ state: 'withdrawn', can: [] });
      expect(await resident(issue, 'withdraw_issue', { words: '自己修好了' }, version)).toEqual(gone);
      await expectError(act(db, people.west, issue, 'resolve', { done: '好' }), 'action_not_allowed', 403);
    });
  });

  it('declining names an entry of the lists and where to go instead', async () => {
    const issue = await handling();
    const reason = { reason: '属行政执法', instead: '请找综合执法队' };
    await expectError(
      act(db, people.west, issue, 'decline', { ...reason, duty: 'no_such' }),
      'duty_unknown',
      422,
    );
    await act(db, people.west, issue, 'decline', { ...reason, duty: 'never_enforcement' });
    expect(await row(issue)).toMatchObject({ state: 'declined', duty: 'never_enforcement' });
    const { steps } = Object(await db.rpc('anon', 'track_issue', { key: issue.key }));
    expect(steps.at(-1)).toMatchObject({ action: 'decline', words: '请找综合执法队', reason: '属行政执法' });
  });
});
