import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine, expectError } from './harness.ts';
import { meanwhile } from './waiting.ts';

type Issue = { id: number; key: string; number: string };

eachEngine('a report merged into another', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
    db.at('2026-11-23T09:00:00+08:00');
  });

  const row = async ({ id }: Issue) =>
    Object(await db.value('select to_jsonb(i) from public.issues i where id = $1', [id]));
  const leak = () => newIssue(db, world, { category: 'leak' });
  const track = async ({ key }: Issue) => Object(await db.rpc('anon', 'track_issue', { key }));
  const resident = async (issue: Issue, name: string, args: object = {}) =>
    Object(await db.rpc('anon', name, { key: issue.key, version: (await row(issue)).version, ...args }));
  const reopen = (issue: Issue) => resident(issue, 'reopen_issue', { words: '我家还在漏' });
  const merge = (issue: Issue, into: Issue) => act(db, people.west, issue, 'merge', { into: into.number });
  const told = async ({ id }: Issue, since: number) =>
    (
      await db.query('select kind, area_id from public.notices where issue_id = $1 and id > $2 order by id', [
        id,
        since,
      ])
    ).map((each) => `${String(each['kind'])} ${String(each['area_id'])}`);
  const lastNotice = async () => Number(await db.value('select max(id) from public.notices'));
  const close = async (issue: Issue) => {
    await act(db, people.west, issue, 'accept');
    await act(db, people.west, issue, 'resolve', { done: '修好' });
    await resident(issue, 'answer_issue', { answer: 'yes' });
  };
  const pair = async () => {
    const both = { repeat: await leak(), other: await leak() };
    await merge(both.repeat, both.other);
    return both;
  };

  describe('that is withdrawn', () => {
    it('comes apart by the clock, where it stood, and its office is told', async () => {
      const [fresh, accepted, other] = [await leak(), await leak(), await leak()];
      await act(db, people.west, accepted, 'accept');
      for (const repeat of [fresh, accepted]) await merge(repeat, other);
      const since = await lastNotice();
      await resident(other, 'withdraw_issue');
      expect(await row(fresh)).toMatchObject({ state: 'merged' });
      await db.value('select private.sweep()');
      expect(await row(fresh)).toMatchObject({
        state: 'submitted',
        step: 'accept',
        merged_into: null,
        ended_at: null,
      });
      expect(await row(accepted)).toMatchObject({
        state: 'handling',
        step: 'handle',
        state_before_merge: null,
      });
      expect((await track(fresh)).steps.at(-1)).toMatchObject({ action: 'unmerge', by: null });
      for (const repeat of [fresh, accepted]) expect(await told(repeat, since)).toEqual(['arrived 2']);
      expect(await db.value('select private.sweep()')).toBe(0);
      expect(await faultsOf(db, [fresh.id, accepted.id, other.id])).toEqual([]);
    });

    it('comes apart from that one only: what it was merged into in turn is followed on', async () => {
      const { repeat, other } = await pair();
      const third = await leak();
      await merge(other, third);
      await resident(third, 'withdraw_issue');
      await db.value('select private.sweep()');
      expect(await row(other)).toMatchObject({ state: 'submitted' });
      expect(await row(repeat)).toMatchObject({ state: 'merged', merged_into: other.id });
      expect(await faultsOf(db, [repeat.id, other.id, third.id])).toEqual([]);
    });

    it('just now: a merge into it waits, and hears that it is over', async () => {
      const [repeat, other] = [await leak(), await leak()];
      const withdraw = `select private.resident_acts($1, 1, 'withdraw', '{}')`;
      const merging = meanwhile(
        db,
        ({ query }) => query(withdraw, [other.key]),
        () => merge(repeat, other),
      );
      expect(await merging).toBe('merge_ended');
      expect(await row(repeat)).toMatchObject({ state: 'submitted', version: 1 });
    });

    it('of a merge and a withdrawal at once, nothing stays behind', async () => {
      for (let n = 0; n < 6; n += 1) {
        const [repeat, other] = [await leak(), await leak()];
        const both = [merge(repeat, other), resident(other, 'withdraw_issue')];
        await Promise.allSettled(n % 2 === 0 ? both : both.toReversed());
        await db.value('select private.sweep()');
        expect((await row(other)).state).toBe('withdrawn');
        expect((await row(repeat)).state).toBe('submitted');
        expect(await faultsOf(db, [repeat.id, other.id])).toEqual([]);
      }
    });
  });

  describe('that has ended', () => {
    it('closed: its own resident may open theirs again, and whoever merged it first dealt with it', async () => {
      const { repeat, other } = await pair();
      expect((await track(repeat)).can).toEqual([]);
      expect(await expectError(reopen(repeat), 'action_not_allowed', 409)).toMatchObject({
        state: 'merged',
        follows: other.number,
      });
      await close(other);
      expect((await track(repeat)).can).toEqual(['reopen']);
      const since = await lastNotice();
      expect(await reopen(repeat)).toMatchObject({
        state: 'handling',
        responsible: '西社区',
        first_owner: '西社区',
        merged_into: null,
        can: ['withdraw'],
      });
      expect(await row(repeat)).toMatchObject({
        step: 'handle',
        reopened: 1,
        ended_at: null,
        state_before_merge: null,
      });
      expect(await row(other)).toMatchObject({ state: 'closed' });
      expect(await told(repeat, since)).toEqual(['reopened 2']);
      expect(await faultsOf(db, [repeat.id, other.id])).toEqual([]);
    });

    it('declined: the same', async () => {
      const { repeat, other } = await pair();
      const refusal = { reason: '不归', duty: 'never_enforcement', instead: '执法队' };
      await act(db, people.west, other, 'decline', refusal);
      expect(await reopen(repeat)).toMatchObject({ state: 'handling', responsible: '西社区' });
    });

    it('through another one that it was merged into: the last of them counts', async () => {
      const { repeat, other } = await pair();
      const third = await leak();
      await merge(other, third);
      expect((await track(repeat)).can).toEqual([]);
      await close(third);
      expect((await track(repeat)).can).toEqual(['reopen']);
      expect((await track(other)).can).toEqual(['reopen']);
      await reopen(other);
      expect((await track(repeat)).can, 'what it follows is open again').toEqual([]);
      expect(await faultsOf(db, [repeat.id, other.id, third.id])).toEqual([]);
    });

    it('for the second time one level up, and never a third', async () => {
      const { repeat, other } = await pair();
      await close(other);
      await reopen(repeat);
      const again = await leak();
      await merge(repeat, again);
      await close(again);
      expect(await reopen(repeat)).toMatchObject({ state: 'handling', responsible: '少城街道' });
      expect(await row(repeat)).toMatchObject({ step: 'dispatch', reopened: 2, holder_level: 'street' });
      const last = await leak();
      await act(db, people.street, repeat, 'merge', { into: last.number });
      await close(last);
      expect((await track(repeat)).can).toEqual([]);
      expect(await expectError(reopen(repeat), 'reopen_over', 409)).toMatchObject({ reopened: 2 });
      expect(await faultsOf(db, [repeat.id])).toEqual([]);
    });

    it('within 14 days of that end', async () => {
      const { repeat, other } = await pair();
      await close(other);
      db.at('2026-12-07T08:59:59+08:00');
      expect((await track(repeat)).can).toEqual(['reopen']);
      db.at('2026-12-07T09:00:00+08:00');
      expect((await track(repeat)).can).toEqual([]);
      const { ended_at } = Object(await expectError(reopen(repeat), 'reopen_over', 409));
      expect(Date.parse(ended_at)).toBe(Date.parse('2026-11-23T09:00:00+08:00'));
      expect(await row(repeat)).toMatchObject({ state: 'merged', version: 2 });
      db.at('2026-11-23T09:00:00+08:00');
    });

    it('sent again it finds it done; without words it is refused', async () => {
      const { repeat, other } = await pair();
      await close(other);
      const call = { key: repeat.key, version: 2, words: '还在漏' };
      await expectError(db.rpc('anon', 'reopen_issue', { ...call, words: ' ' }), 'field_missing', 422);
      await expectError(db.rpc('anon', 'reopen_issue', { ...call, version: 1 }), 'stale_version', 409);
      const done = await db.rpc('anon', 'reopen_issue', call);
      expect(await db.rpc('anon', 'reopen_issue', call)).toEqual(done);
      expect(await row(repeat)).toMatchObject({ version: 3 });
    });
  });
});
