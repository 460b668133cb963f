import { beforeAll, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

type Who = keyof typeof people;

eachEngine('a time that has passed', (db) => {
  let world: World;
  const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T10:00:00+08:00`;
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    db.at(at(2));
    world = await makeWorld(db);
    // Ended within the time, ended before it, still open; one in another community, one that a department held.
    ids['short'] = (await newIssue(db, world)).id;
    ids['open'] = (await newIssue(db, world)).id;
    ids['east'] = (await newIssue(db, world, { code: world.code.garden })).id;
    const leak = await newIssue(db, world, { category: world.category.ofCommunity });
    ids['works'] = leak.id;
    db.at(at(4));
    const withdraw = (id: number | undefined) =>
      db.query(
        `update public.issues set state = 'withdrawn', step = null, step_since = null, due_at = null, warn_at = null, ended_at = private.now() where id = $1`,
        [id],
      );
    await withdraw(ids['short']);
    await act(db, people.west, leak, 'accept');
    await act(db, people.west, leak, 'hand_up', { reason: '要动主管道，社区做不了' });
    await act(db, people.street, leak, 'dispatch', { department_id: world.department.works });
    db.at(at(9));
    await withdraw(ids['east']);
    await withdraw(leak.id);
    ids['late'] = (await newIssue(db, world)).id;
  });

  const history = async (who: Who, topic: string, since: number, until: number) => {
    const answer = Object(
      await db.rpc(people[who], 'issue_history', { topic, since: at(since), until: at(until) }),
    );
    const names = answer.issues.id.map((id: number) => Object.keys(ids).find((name) => ids[name] === id));
    return { ...answer, names: names.toSorted() };
  };

  it('holds what was open at any moment of it, ended or not', async () => {
    const street = `area:${world.street}`;
    expect((await history('street', street, 2, 3)).names).toEqual(['east', 'open', 'short', 'works']);
    expect((await history('street', street, 5, 8)).names).toEqual(['east', 'open', 'works']);
    expect((await history('street', street, 10, 12)).names).toEqual(['late', 'open']);
    const none = await history('street', street, 1, 2);
    expect([none.names, none.count, none.complete]).toEqual([[], 0, true]);
  });

  it('comes as the columns of a snapshot, with when each ended', async () => {
    const { issues } = await history('street', `area:${world.street}`, 2, 3);
    const snapshot = Object(await db.rpc(people.street, 'map_snapshot', { topic: `area:${world.street}` }));
    expect(Object.keys(issues)).toEqual(Object.keys(snapshot.issues));
    const ended = Object.fromEntries(issues.id.map((id: number, row: number) => [id, issues.ended_at[row]]));
    expect(ended[ids['short'] ?? 0]).toBe(Date.parse(at(4)) / 1000);
    expect(ended[ids['open'] ?? 0]).toBeNull();
    expect(issues.state).toHaveLength(4);
    expect(snapshot.issues.ended_at.every((time: unknown) => time === null)).toBe(true);
  });

  it('shows each what their topic sees, and nothing of another’s', async () => {
    const grid = `area:${world.grid.w1}`;
    expect((await history('gridWorker', grid, 2, 3)).names).toEqual(['open', 'short', 'works']);
    expect((await history('west', `area:${world.west}`, 2, 3)).names).toEqual(['open', 'short', 'works']);
    expect((await history('east', `area:${world.east}`, 2, 3)).names).toEqual(['east']);
    expect((await history('works', 'department:1', 2, 12)).names).toEqual(['works']);
    expect((await history('order', 'department:2', 2, 12)).names).toEqual([]);
    await expectError(history('west', `area:${world.street}`, 2, 3), 'topic_not_allowed', 403);
    await expectError(history('works', 'department:2', 2, 3), 'topic_not_allowed', 403);
    await expectError(history('stranger', `area:${world.street}`, 2, 3), 'topic_not_allowed', 403);
    await expectError(history('nobody', `area:${world.street}`, 2, 3), 'topic_not_allowed', 403);
    const asked = { topic: `area:${world.street}`, since: at(2), until: at(3) };
    await expectDenied(db.rpc('anon', 'issue_history', asked));
  });

  it('is refused when it ends before it begins, or is longer than two years', async () => {
    const ask = (since: string | null, until: string | null) =>
      db.rpc(people.street, 'issue_history', { topic: `area:${world.street}`, since, until });
    await expectError(ask(at(3), at(3)), 'field_malformed', 422);
    await expectError(ask(at(3), null), 'field_malformed', 422);
    await expectError(ask('-infinity', at(3)), 'field_malformed', 422);
    expect(await expectError(ask('2024-01-01', at(3)), 'period_too_long', 422)).toEqual({ days: 732 });
  });

  it('is cut at twenty thousand, the latest first, and says so', async () => {
    await db.query(
      `insert into public.issues (number, street_id, community_id, grid_id, courtyard_id, category, what, point, urgency, state, holder_level,
        holder_area_id, promised_at, created_at, updated_at, ended_at)
      select 'X-' || n, street_id, community_id, grid_id, courtyard_id, category, what, point, urgency, 'closed', holder_level,
        holder_area_id, promised_at, '2026-10-01'::timestamptz + n * interval '1 second', updated_at, '2026-10-02'
      from public.issues, generate_series(1, 20001) n where id = $1`,
      [ids['open']],
    );
    const asked = { topic: `area:${world.west}`, since: '2026-10-01', until: '2026-10-03' };
    const answer = Object(await db.rpc(people.west, 'issue_history', asked));
    expect([answer.count, answer.complete, answer.issues.id.length]).toEqual([20001, false, 20000]);
    expect(answer.issues.number).not.toContain('X-1');
    expect(answer.issues.number).toContain('X-20001');
  });
});
