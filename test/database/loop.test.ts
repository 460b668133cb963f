import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectError } from './harness.ts';

eachEngine('the loop', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
  });

  const leak = () => newIssue(db, world, { category: world.category.ofCommunity });
  const row = async (issue: { id: number }) =>
    Object(
      (await db.query('select to_jsonb(i) as row from public.issues i where id = $1', [issue.id]))[0]?.[
        'row'
      ],
    );
  const atDepartment = async () => {
    const issue = await leak();
    await act(db, people.west, issue, 'accept');
    await act(db, people.west, issue, 'hand_up', { reason: '要专业队' });
    await act(db, people.street, issue, 'dispatch', { department_id: world.department.works });
    return issue;
  };

  it('takes an issue from the wall to the department and back, and the first owner stays', async () => {
    const issue = await atDepartment();
    expect(await row(issue)).toMatchObject({
      state: 'handling',
      holder_level: 'department',
      holder_department_id: 1,
      first_owner_area_id: 2,
    });
    await act(db, people.works, issue, 'resolve', { done: '换了水管' });
    expect(await row(issue)).toMatchObject({ state: 'resolved', step: 'verify', first_owner_area_id: 2 });
  });

  it('lets a community take over what lies with its grid worker', async () => {
    const issue = await newIssue(db, world);
    await act(db, people.west, issue, 'accept');
    expect(await row(issue)).toMatchObject({
      state: 'handling',
      holder_level: 'community',
      holder_area_id: 2,
      first_owner_area_id: 2,
    });
  });

  describe('decided on an old version', () => {
    it('is refused with what changed, and nothing happens', async () => {
      const issue = await leak();
      await act(db, people.west, issue, 'accept');
      const detail = await expectError(
        act(db, people.west, issue, 'resolve', { done: '好了' }, 1),
        'stale_version',
        409,
      );
      expect(detail).toMatchObject({
        version: 2,
        state: 'handling',
        holder: '西社区',
        last: { action: 'accept', by: '西社区' },
      });
      expect(await row(issue)).toMatchObject({ state: 'handling', version: 2 });
    });

    it('of two at once, one wins and the other is told', async () => {
      const issue = await leak();
      const outcomes = await Promise.allSettled([
        act(db, people.west, issue, 'accept', {}, 1),
        act(
          db,
          people.west,
          issue,
          'decline',
          { reason: '不属实', duty: 'never_market', instead: '请联系物业' },
          1,
        ),
      ]);
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      expect(await row(issue)).toMatchObject({ version: 2 });
    });

    it('sent again with the same request id acts once', async () => {
      const issue = await leak();
      const call = {
        issue_id: issue.id,
        action: 'accept',
        version: 1,
        payload: {},
        request_id: crypto.randomUUID(),
      };
      const first = await db.rpc(people.west, 'act_on_issue', call);
      expect(await db.rpc(people.west, 'act_on_issue', call)).toEqual(first);
      expect(await row(issue)).toMatchObject({ version: 2 });
    });
  });

  describe('what an action must carry', () => {
    it.each([
      ['hand_up', {}, 'field_missing', { field: 'reason' }],
      ['hand_up', { reason: '　 ' }, 'field_missing', { field: 'reason' }],
      ['resolve', { done: '好'.repeat(1001) }, 'field_too_long', { field: 'done', max: 1000 }],
      ['decline', { reason: '不归我们' }, 'field_missing', { field: 'duty' }],
      ['decline', { reason: '不归我们', duty: 'never_market' }, 'field_missing', { field: 'instead' }],
      ['note', { words: '看过了', public: 'perhaps' }, 'field_malformed', { field: 'public' }],
      ['accept', { reason: '多余' }, 'action_not_allowed', {}],
      ['hand_up', { reason: '要专业队', state: 'closed' }, 'field_unknown', { field: 'state' }],
    ])('%s %j', async (action, payload, code, detail) => {
      const issue = await leak();
      await act(db, people.west, issue, 'accept');
      const status = code === 'action_not_allowed' ? 403 : 422;
      expect(await expectError(act(db, people.west, issue, action, payload), code, status)).toMatchObject(
        detail,
      );
      expect(await row(issue)).toMatchObject({ version: 2 });
    });

    it('verify: one of its outcomes', async () => {
      const issue = await atDepartment();
      await act(db, people.works, issue, 'resolve', { done: '换了水管' });
      for (const [outcome, code] of [
        [undefined, 'field_missing'],
        ['', 'field_malformed'],
        ['maybe', 'field_malformed'],
        ['yes', 'field_malformed'],
      ])
        expect(
          await expectError(
            act(db, people.street, issue, 'verify', {
              finding: '看过',
              ...(outcome === undefined ? {} : { outcome }),
            }),
            String(code),
            422,
          ),
        ).toEqual({ field: 'outcome', outcomes: ['not_ok', 'ok'] });
      await expectError(
        act(db, people.works, issue, 'verify', { finding: '看过' }),
        'action_not_allowed',
        403,
      );
      expect(await row(issue)).toMatchObject({ state: 'resolved', step: 'verify' });
    });

    it('dispatch: a department of this street, its category’s lead or one named by a ruling', async () => {
      const issue = await leak();
      await act(db, people.west, issue, 'accept');
      await act(db, people.west, issue, 'hand_up', { reason: '要专业队' });
      for (const department_id of [world.department.elsewhere, 999, 'works', 1.5])
        await expectError(
          act(db, people.street, issue, 'dispatch', { department_id }),
          'department_unknown',
          422,
        );
      expect(
        await expectError(
          act(db, people.street, issue, 'dispatch', { department_id: world.department.order }),
          'field_missing',
          422,
        ),
      ).toEqual({
        field: 'ruling',
      });
      await act(db, people.street, issue, 'dispatch', {
        department_id: world.department.order,
        ruling: '执法事项',
      });
      expect(await row(issue)).toMatchObject({ holder_department_id: world.department.order });
    });
  });

  it('refuses the third return: the ruling stands', async () => {
    const issue = await atDepartment();
    for (let i = 0; i < 2; i += 1) {
      expect(await act(db, people.works, issue, 'send_back', { reason: '不归我们' })).toEqual({ gone: true });
      await act(db, people.street, issue, 'dispatch', { department_id: world.department.works });
    }
    await expectError(
      act(db, people.works, issue, 'send_back', { reason: '还是不归我们' }),
      'returns_exhausted',
      409,
    );
    const detail = Object(await db.rpc(people.works, 'issue_detail', { issue_id: issue.id }));
    expect(detail.actions.map((entry: { action: string }) => entry.action)).toEqual([
      'resolve',
      'safety',
      'ask_pause',
      'ask_extension',
      'note',
    ]);
  });

  it('tells the topics an issue leaves as well as those it reaches', async () => {
    const issue = await atDepartment();
    const { seq } = Object(await db.rpc(people.works, 'changes_since', { topic: 'department:1', seq: 0 }));
    await act(db, people.works, issue, 'send_back', { reason: '不归我们' });
    expect(await db.rpc(people.works, 'changes_since', { topic: 'department:1', seq })).toMatchObject({
      complete: true,
      gone: [issue.id],
    });
  });
});
