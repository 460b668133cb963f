import { beforeAll, expect, it } from 'vitest';
import { china, type Issue, makeNovember, november } from '../fixtures/november.ts';
import { people, type World } from '../fixtures/world.ts';
import { eachEngine } from './harness.ts';

eachEngine('the time of one step', (db) => {
  let world: World;
  const { reported, does, numbers, steps } = november(db, () => world);

  beforeAll(async () => {
    world = await makeNovember(db);
  });

  const handled = async () => {
    const issue = await reported('16T09:00');
    await does('16T09:00', people.west, issue, 'accept');
    return issue;
  };
  const ask = { reason: '等配件', until: '2026-11-20' };
  const handle = async (issue: Issue) => (await steps(issue)).find(([step]) => step === 'handle')?.[2];

  it('counts a step once however often it is counted anew', async () => {
    const issue = await handled();
    db.at(china('16T10:00'));
    await db.query(`update public.categories set handle_minutes = 60 where code = 'leak'`);
    await db.query(`update public.categories set handle_minutes = 480 where code = 'leak'`);
    expect(await steps(issue)).toEqual([
      ['accept', '西社区', true],
      ['handle', '西社区', null],
    ]);
    const [events] = await db.query(
      `select count(*)::int as n from public.issue_events where issue_id = $1 and action = 'recount'`,
      [issue.id],
    );
    expect(events).toEqual({ n: 2 });
  });

  it('does not run while it is paused, nor is it late then', async () => {
    const issue = await handled();
    await does('16T10:00', people.west, issue, 'ask_pause', ask);
    await does('16T10:30', people.street, issue, 'grant');
    db.at(china('18T12:00'));
    expect(await handle(issue)).toBeNull();
    await does('18T12:00', people.west, issue, 'resolve', { done: '好了' });
    expect(await handle(issue)).toBe(true);
  });

  it('granted late but asked for in time it is in time; asked for after the breach it stays late', async () => {
    const asked = await handled();
    const slow = await handled();
    await does('16T17:00', people.west, asked, 'ask_extension', ask);
    await does('17T09:00', people.west, slow, 'ask_extension', ask);
    await does('17T10:00', people.street, asked, 'grant');
    await does('17T10:00', people.street, slow, 'grant');
    await does('18T10:00', people.west, asked, 'resolve', { done: '好了' });
    await does('18T10:00', people.west, slow, 'resolve', { done: '好了' });
    expect(await handle(asked)).toBe(true);
    expect(await handle(slow)).toBe(false);
  });

  it('of a letter is a step of its own, and no office answers for it', async () => {
    const issue = await handled();
    await does('16T10:00', people.west, issue, 'letter', {
      addressee: '自来水公司',
      title: '请修水管',
      text: '请于期限前修复。',
      due_on: '2026-11-17',
    });
    const letter_id = await db.value('select id from public.letters where issue_id = $1', [issue.id]);
    expect((await steps(issue)).find(([step]) => step === 'letter')).toEqual(['letter', null, null]);
    await does('18T10:00', people.west, issue, 'letter_reply', { letter_id, reply: '已修' });
    expect((await steps(issue)).find(([step]) => step === 'letter')).toEqual(['letter', null, false]);
    const day = { since: china('17T00:00'), upto: china('18T00:00'), community: world.west };
    const figures = await numbers(people.street, day);
    expect(figures['by_step']).toContainEqual({ step: 'letter', on_time: 0, decided: 1 });
    const sum = (list: unknown) =>
      Object(list).reduce((all: number, one: { decided: number }) => all + one.decided, 0);
    expect(sum(figures['by_holder'])).toBe(sum(figures['by_step']) - 1);
    expect(sum(figures['by_category'])).toBe(sum(figures['by_step']) - 1);
  });

  it('keeps the steps equal to what the whole history says', async () => {
    const stored = 'select to_jsonb(s) as step from public.issue_steps s order by issue_id, seq';
    const before = await db.query(stored);
    expect(before.length).toBeGreaterThan(8);
    await db.query('delete from public.issue_steps');
    await db.query(`do $$ declare event public.issue_events; begin
      for event in select e.* from public.issue_events e order by e.issue_id, e.seq loop perform private.note_step(event); end loop; end $$`);
    expect(await db.query(stored)).toEqual(before);
  });
});
