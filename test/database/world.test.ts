import { beforeAll, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, report, type World } from '../fixtures/world.ts';
import { eachEngine, expectError } from './harness.ts';

eachEngine('the world of the tests', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
  });

  it('knows everybody by their membership', async () => {
    expect(await db.rpc(people.gridWorker, 'me')).toMatchObject({ name: '网格员甲', home_topic: 'area:4' });
    expect(await db.rpc(people.works, 'me')).toMatchObject({ home_topic: 'department:1' });
    await expectError(db.rpc(people.nobody, 'me'), 'not_member', 403);
  });

  it('takes a report from a wall and lets its holder accept it', async () => {
    const issue = await newIssue(db, world);
    await act(db, people.gridWorker, issue, 'accept');
    expect(await db.rpc('anon', 'track_issue', { key: issue.key })).toMatchObject({ state: 'handling' });
  });

  it('gives the same receipt to the same report', async () => {
    const sent = report(world);
    const first = await db.rpc('anon', 'report_issue', sent);
    expect(first).toMatchObject({ repeated: false });
    expect(await db.rpc('anon', 'report_issue', sent)).toEqual({ ...Object(first), repeated: true });
  });
});
