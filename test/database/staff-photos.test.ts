import { beforeAll, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';
import { meanwhile } from './waiting.ts';

type Issue = { id: number; key: string };
type Who = keyof typeof people;

eachEngine('photos by staff', (db) => {
  let world: World;
  let inYard: Issue;
  let dispatched: Issue;
  beforeAll(async () => {
    world = await makeWorld(db);
    db.at('2026-11-23T09:00:00+08:00');
    inYard = await newIssue(db, world);
    dispatched = await newIssue(db, world, { category: 'leak' });
    await act(db, people.west, dispatched, 'accept');
    await act(db, people.west, dispatched, 'hand_up', { reason: '要专业队' });
    await act(db, people.street, dispatched, 'dispatch', { department_id: 1, assisting: [2] });
  });

  const promise = async (who: Who, { id }: Issue, photos: number | null = 1): Promise<string[]> =>
    Object(await db.rpc(people[who], 'promise_photos', { issue_id: id, photos }));
  const upload = (who: Who, path: string) =>
    db.as(people[who], ({ query }) =>
      query(`insert into storage.objects (bucket_id, name) values ('issue-photos', $1)`, [path]),
    );
  const shown = async (who: Who, { id }: Issue) =>
    Object(await db.rpc(people[who], 'issue_detail', { issue_id: id })).photos;

  it('are put where they were promised, each once, and seen by who sees the issue', async () => {
    const [path = '', second = ''] = await promise('gridWorker', inYard, 2);
    expect(path).toMatch(/^[0-9a-f-]{36}\/1\.jpg$/);
    expect(await shown('gridWorker', inYard)).toEqual([]);
    await upload('gridWorker', path);
    expect(await shown('west', inYard)).toEqual([{ path, by_resident: false }]);
    await expectDenied(upload('gridWorker', `${path}x`));
    expect(second).not.toBe(path);
    expect(await db.rpc('anon', 'track_issue', { key: inYard.key })).toMatchObject({ photos: 0 });
  });

  it('are promised to the lead and to who assists it, until their task is done', async () => {
    expect(await promise('works', dispatched)).toHaveLength(1);
    expect(await promise('order', dispatched)).toHaveLength(1);
    await act(db, people.order, dispatched, 'finish_task', { done: '清了占道' });
    await expectError(promise('order', dispatched), 'action_not_allowed', 403);
  });

  it.each<[Who, 'inYard' | 'dispatched', string]>([
    ['west', 'inYard', 'action_not_allowed'],
    ['street', 'dispatched', 'action_not_allowed'],
    ['leader', 'dispatched', 'action_not_allowed'],
    ['admin', 'inYard', 'action_not_allowed'],
    ['gridWorkerEast', 'inYard', 'issue_unknown'],
    ['works', 'inYard', 'issue_unknown'],
    ['stranger', 'dispatched', 'issue_unknown'],
    ['nobody', 'dispatched', 'issue_unknown'],
  ])('are refused to %s %s: %s', async (who, which, code) => {
    const before = await db.value('select count(*)::int from public.issue_photos');
    await expectError(
      promise(who, { inYard, dispatched }[which]),
      code,
      code === 'issue_unknown' ? 404 : 403,
    );
    expect(await db.value('select count(*)::int from public.issue_photos')).toBe(before);
  });

  it('are refused for an issue that is none or is over, and to a resident', async () => {
    await expectError(promise('west', { id: 999_999, key: '' }), 'issue_unknown', 404);
    const over = await newIssue(db, world);
    await db.rpc('anon', 'withdraw_issue', { key: over.key, version: 1 });
    await expectError(promise('gridWorker', over), 'action_not_allowed', 403);
    await expectDenied(db.rpc('anon', 'promise_photos', { issue_id: inYard.id, photos: 1 }));
  });

  it('are six at most, and those that never came do not count for long', async () => {
    const issue = await newIssue(db, world);
    for (const photos of [0, -1, 7, null])
      expect(await expectError(promise('gridWorker', issue, photos), 'too_many_photos', 422)).toEqual({
        field: 'photos',
        max: 6,
      });
    const [arrived = ''] = await promise('gridWorker', issue, 4);
    await upload('gridWorker', arrived);
    expect(await expectError(promise('gridWorker', issue, 3), 'too_many_photos', 422)).toMatchObject({
      max: 2,
    });
    await promise('gridWorker', issue, 2);
    await expectError(promise('gridWorker', issue), 'too_many_photos', 422);
    db.at('2026-11-23T10:00:01+08:00');
    expect(await promise('gridWorker', issue, 5)).toHaveLength(5);
    expect(await shown('gridWorker', issue)).toEqual([{ path: arrived, by_resident: false }]);
    db.at('2026-11-23T09:00:00+08:00');
  });

  it('of two who ask at once, both together get six at most', async () => {
    const issue = await newIssue(db, world);
    const first = 'select public.promise_photos($1, 4)';
    const claims = `select set_config('request.jwt.claims', $1, true)`;
    const second = await meanwhile(
      db,
      async ({ query }) => {
        await query(claims, [JSON.stringify({ role: 'authenticated', sub: people.gridWorker.id })]);
        await query(first, [issue.id]);
      },
      () => promise('gridWorker', issue, 4),
    );
    expect(second).toBe('too_many_photos');
    const paths = 'select count(*)::int from public.issue_photos where issue_id = $1';
    expect(await db.value(paths, [issue.id])).toBe(4);
  });
});
