import { beforeAll, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

eachEngine('the history of an issue', (db) => {
  let world: World;
  let issue: { id: number; key: string };
  beforeAll(async () => {
    world = await makeWorld(db);
    issue = await newIssue(db, world, { category: world.category.ofCommunity });
    await act(db, people.west, issue, 'accept');
    await act(db, people.west, issue, 'hand_up', { reason: '要专业队' });
    await act(db, people.street, issue, 'dispatch', { department_id: world.department.works });
    await act(db, people.works, issue, 'send_back', { reason: '不归我们' });
    await act(db, people.street, issue, 'dispatch', {
      department_id: world.department.order,
      ruling: '由执法队先行处置',
    });
    await act(db, people.order, issue, 'resolve', { done: '已处理' });
    await db.rpc('anon', 'answer_issue', { key: issue.key, version: 7, answer: 'no' });
  });

  const chain = () => db.value('select public.verify_chain($1)', [issue.id]);

  it('replays to exactly the row', async () => {
    const [row] = await db.query('select to_jsonb(i) as row from public.issues i where id = $1', [issue.id]);
    const events = await db.query(
      'select changes from public.issue_events where issue_id = $1 order by seq',
      [issue.id],
    );
    const replayed: object = Object.assign({}, ...events.map((event) => event['changes']));
    expect(events).toHaveLength(8);
    expect(Object(row?.['row'])).toMatchObject(replayed);
    const loop = [
      'category',
      'state',
      'holder_level',
      'holder_area_id',
      'holder_department_id',
      'first_owner_area_id',
      'step',
      'due_at',
      'returns',
      'answered',
      'version',
      'updated_at',
    ];
    expect(Object.keys(replayed)).toEqual(expect.arrayContaining(loop));
  });

  it('cannot be changed, removed or emptied by anyone, not even the service key or the owner', async () => {
    for (const statement of [
      'update public.issue_events set action = action',
      'delete from public.issue_events',
    ]) {
      await expectError(db.query(statement), 'history_is_final', 403);
      await expectDenied(db.as('service_role', ({ query }) => query(statement)));
      await expectDenied(db.as(people.admin, ({ query }) => query(statement)));
    }
    await expectError(db.query('truncate public.issue_events cascade'), 'history_is_final', 403);
    expect(await chain()).toBe(true);
  });

  it.each(['action', 'actor', 'at', 'payload', 'changes', 'is_public', 'person_id', 'from_state'])(
    'shows a %s that was altered behind its back',
    async (column) => {
      const altered = {
        action: `'decline'`,
        actor: `'clock'`,
        at: `at + interval '1 second'`,
        payload: `'{"done":"x"}'`,
        changes: `'{}'`,
        is_public: 'not is_public',
        person_id: 'null',
        from_state: `'closed'`,
      }[column];
      const whole = db.asOwner(async ({ query }) => {
        await query('alter table public.issue_events disable trigger never_changed');
        await query(`update public.issue_events set ${column} = ${altered} where issue_id = $1 and seq = 3`, [
          issue.id,
        ]);
        const [row] = await query('select public.verify_chain($1) as whole', [issue.id]);
        throw new Error(`whole: ${String(row?.['whole'])}`);
      });
      await expect(whole).rejects.toThrow('whole: false');
      expect(await chain()).toBe(true);
    },
  );
});
