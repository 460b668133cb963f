import { beforeAll, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectError } from './harness.ts';

type Issue = { id: number; key: string; number: string };

eachEngine('what repeats, what may not be, what is seen', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
  });

  const row = async ({ id }: Issue) =>
    Object(await db.value('select to_jsonb(i) from public.issues i where id = $1', [id]));
  const leak = (over: object = {}) => newIssue(db, world, { category: 'leak', ...over });
  const track = async ({ key }: Issue) => Object(await db.rpc('anon', 'track_issue', { key }));

  it('who reported a repeat follows the other issue, without its reporter’s words', async () => {
    const [repeat, other] = [
      await leak({ what: '我家漏水' }),
      await leak({ what: '王家漏水', place: '501' }),
    ];
    await act(db, people.west, repeat, 'merge', { into: other.number });
    await act(db, people.west, other, 'accept');
    await act(db, people.west, other, 'resolve', { done: '换了水管' });
    await db.rpc('anon', 'answer_issue', { key: other.key, version: 3, answer: 'no', words: '王家还在漏' });
    const story = await track(repeat);
    expect(story).toMatchObject({
      state: 'merged',
      what: '我家漏水',
      can: [],
      merged_into: { number: other.number, state: 'handling', responsible: '西社区', can: [] },
    });
    expect(JSON.stringify(story)).toContain('换了水管');
    expect(JSON.stringify(story)).not.toMatch(/王家|501/);
    expect(JSON.stringify(await track(other))).toContain('王家还在漏');

    await act(db, people.west, repeat, 'unmerge', { reason: '不是同一处' });
    expect(await row(repeat)).toMatchObject({
      state: 'submitted',
      step: 'accept',
      merged_into: null,
      ended_at: null,
    });
    expect(await track(repeat)).toMatchObject({ merged_into: null });
    expect(await faultsOf(db, [repeat.id, other.id])).toEqual([]);
  });

  it('an issue merges into one that is open, seen, and not itself', async () => {
    const [issue, gone] = [await leak(), await leak()];
    const elsewhere = await leak({ code: world.code.garden });
    const far = await newIssue(db, world, { code: world.code.far, category: 'leak' });
    await db.rpc('anon', 'withdraw_issue', { key: gone.key, version: 1 });
    for (const into of [issue.number, elsewhere.number, far.number, '9999', 'x'])
      await expectError(act(db, people.west, issue, 'merge', { into }), 'merge_unknown', 422);
    await expectError(act(db, people.west, issue, 'merge', { into: gone.number }), 'merge_ended', 409);
    expect(await row(issue)).toMatchObject({ state: 'submitted', version: 1 });
  });

  it('a community is never made to hold what stands on its negative list', async () => {
    const issue = await newIssue(db, world, { category: 'illegal_building' });
    expect(await row(issue)).toMatchObject({ holder_level: 'street', step: 'dispatch' });
    const down = db.query(
      `update public.issues set holder_level = 'community', holder_area_id = community_id where id = $1`,
      [issue.id],
    );
    expect(await expectError(down, 'community_never', 422)).toMatchObject({
      duty: 'never_demolition',
      title: '拆除违法建设、房屋征收',
    });
    await expectError(
      db.query(`update public.categories set level = 'community' where code = 'illegal_building'`),
      'community_never',
      422,
    );
  });

  it('an issue whose category comes onto the list later goes past the community, and is not stuck where it stands', async () => {
    db.at('2026-11-23T09:00:00+08:00');
    const inYard = await newIssue(db, world);
    const unaccepted = await newIssue(db, world, { category: 'light', code: world.code.gate });
    await act(db, people.gridWorker, inYard, 'accept');
    await db.query(
      `update public.categories set level = 'street', duty = 'never_market' where code = 'light'`,
    );
    await act(db, people.gridWorker, inYard, 'note', { words: '看过' });
    await expectError(
      act(db, people.gridWorker, inYard, 'hand_up', { reason: '修不了' }),
      'community_never',
      422,
    );
    await expectError(act(db, people.west, unaccepted, 'accept'), 'community_never', 422);
    db.at('2026-11-23T10:00:00+08:00');
    await db.value('select private.sweep()');
    expect(await row(unaccepted)).toMatchObject({ holder_level: 'street', state: 'submitted' });
    await db.query(
      `update public.categories set level = 'courtyard', duty = 'duty_facilities' where code = 'light'`,
    );
  });

  it('the first owner is who accepted first, through every hand it goes', async () => {
    const issue = await newIssue(db, world);
    await act(db, people.gridWorker, issue, 'accept');
    const hands: [keyof typeof people, string, Record<string, unknown>][] = [
      ['gridWorker', 'hand_up', { reason: '修不了' }],
      ['west', 'hand_up', { reason: '要专业队' }],
      ['street', 'dispatch', { department_id: 1, ruling: '公共照明' }],
      ['works', 'send_back', { reason: '不归我们' }],
      ['street', 'resolve', { done: '街道换灯' }],
    ];
    for (const [who, action, payload] of hands) {
      await act(db, people[who], issue, action, payload);
      expect(await row(issue)).toMatchObject({
        first_owner_area_id: world.grid.w1,
        first_owner_department_id: null,
      });
    }
    expect(await track(issue)).toMatchObject({ first_owner: '西一网格', responsible: '少城街道' });
  });

  it('a resident reads what was put up, granted, written and found, and no reason between offices', async () => {
    db.at('2026-11-23T09:00:00+08:00');
    const issue = await leak();
    await act(db, people.west, issue, 'accept');
    await act(db, people.west, issue, 'safety', { words: '已拉警戒线' });
    const letter = { addressee: '市水务集团', title: '内部函', text: '内部正文', due_on: '2026-11-25' };
    await act(db, people.west, issue, 'letter', letter);
    await act(db, people.west, issue, 'ask_pause', { reason: '内部理由', until: '2026-11-26' });
    await act(db, people.street, issue, 'grant', { words: '等配件三天' });
    await act(db, people.west, issue, 'resume');
    await act(db, people.west, issue, 'ask_extension', { reason: '内部理由', until: '2026-12-01' });
    await act(db, people.street, issue, 'grant');
    const letter_id = await db.value('select id from public.letters where issue_id = $1', [issue.id]);
    await act(db, people.west, issue, 'letter_reply', { letter_id, reply: '内部回函' });
    await act(db, people.west, issue, 'hand_up', { reason: '内部上报' });
    await act(db, people.street, issue, 'dispatch', { department_id: 2, ruling: '内部裁定', assisting: [1] });
    await act(db, people.works, issue, 'finish_task', { done: '内部协办' });
    await act(db, people.order, issue, 'resolve', { done: '已修好' });
    await act(db, people.street, issue, 'verify', { outcome: 'ok', finding: '现场看过，不漏了' });
    const story = await track(issue);
    const told = (name: string) =>
      story.steps.flatMap((step: Record<string, unknown>) => (step[name] === null ? [] : [step[name]]));
    expect(told('words')).toEqual(['已拉警戒线', '等配件三天', '已修好']);
    expect(told('finding')).toEqual(['现场看过，不漏了']);
    expect(
      told('granted').map(({ kind, until }: { kind: string; until: string }) => [kind, Date.parse(until)]),
    ).toEqual([
      ['pause', Date.parse('2026-11-26T23:59:59+08:00')],
      ['extension', Date.parse('2026-12-01T23:59:59+08:00')],
    ]);
    const seen = { addressee: '市水务集团', due_on: '2026-11-25', replied: true };
    expect(told('letter')).toEqual([seen, seen]);
    expect(story.steps.map((step: { action: string }) => step.action)).toContain('letter_reply');
    expect(JSON.stringify(story)).not.toMatch(/内部|街道员|西社区员/);
    db.at(null);
  });
});
