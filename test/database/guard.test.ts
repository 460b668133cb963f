import { beforeAll, expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { solve, type Challenge } from '../../src/core/proof.ts';
import { makeWorld, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

const quick = () => Promise.resolve();

eachEngine('a flood of reports', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
    await db.query(`update private.guards set proof = 'busy' where street_id = 1`);
  });

  const body = (over: object = {}) => ({
    code: world.code.lane,
    key: newTrackingKey(),
    what: '楼道灯不亮',
    name: '王',
    address: '1-1',
    category: 'light',
    ...over,
  });
  const report = (over: object = {}) => db.rpc('anon', 'report_issue', body(over)).then(Object);
  const challengeOf = async (refusal: Promise<unknown>) =>
    Object(await expectError(refusal, 'proof_needed', 428)).challenge as Challenge;
  const calm = () => db.query('truncate private.rates');

  it('an honest phone is asked for nothing', async () => {
    expect(await db.rpc('anon', 'report_challenge', { code: world.code.lane })).toEqual({ challenge: null });
    expect(await report()).toMatchObject({ repeated: false });
  });

  it('is slowed, and never shut out: who does the work is heard', async () => {
    await calm();
    for (let n = 0; n < 12; n++) await report();
    const sent = body();
    const challenge = await challengeOf(db.rpc('anon', 'report_issue', sent));
    expect(challenge.parameters).toMatchObject({ algorithm: 'SHA-256', cost: 4, keyPrefix: '000' });
    const proof = await solve(challenge, quick);
    expect(await db.rpc('anon', 'report_issue', { ...sent, proof })).toMatchObject({ repeated: false });
    // Sent again, it needs no second proof.
    expect(await db.rpc('anon', 'report_issue', { ...sent, proof: null })).toMatchObject({ repeated: true });
    // Another yard of the street is not held up.
    expect(await report({ code: world.code.garden })).toMatchObject({ repeated: false });
  });

  it('a challenge is good once, for what it says, and only if it is ours', async () => {
    const challenge = await challengeOf(report());
    const proof = await solve(challenge, quick);
    const cheap = { ...proof, challenge: { ...challenge, parameters: { ...challenge.parameters, cost: 1 } } };
    const wrong = { ...proof, solution: { ...proof.solution, counter: proof.solution.counter + 1 } };
    for (const bad of [cheap, wrong, {}, { challenge: {}, solution: { counter: 'x' } }])
      await expectError(report({ proof: bad }), 'proof_needed', 428);
    expect(await report({ proof })).toMatchObject({ repeated: false });
    await expectError(report({ proof }), 'proof_needed', 428);

    const late = await solve(await challengeOf(report()), quick);
    db.at(new Date(Date.now() + 21 * 60_000));
    await calm();
    for (let n = 0; n < 12; n++) await report();
    await expectError(report({ proof: late }), 'proof_needed', 428);
    db.at(null);
  });

  it('the switch asks everybody for more, until it is turned back', async () => {
    await calm();
    await expectError(
      db.rpc(people.west, 'save_guard', { proof: 'flood', words: [], hold_links: true }),
      'admin_only',
      403,
    );
    await db.rpc(people.admin, 'save_guard', { proof: 'flood', words: ['贷款'], hold_links: true });
    expect((await challengeOf(report())).parameters.cost).toBe(16);
    await db.rpc(people.admin, 'save_guard', { proof: 'off', words: ['贷款'], hold_links: true });
    expect(await report()).toMatchObject({ repeated: false });
  });

  it('words and links are looked at first; danger never waits', async () => {
    const spam = body({ what: '低息贷款找我' });
    expect(await db.rpc('anon', 'report_issue', spam)).toMatchObject({
      held: true,
      number: expect.stringMatching(/^H/),
    });
    expect(await db.rpc('anon', 'report_issue', spam)).toMatchObject({ held: true, repeated: true });
    await expectError(db.rpc('anon', 'report_issue', { ...spam, what: '别的' }), 'key_reused', 409);
    expect(await report({ what: '看 www.example.com' })).toMatchObject({ held: true });
    expect(await report({ what: '贷款公司那里有燃气味', category: 'gas' })).not.toHaveProperty('held');
    expect(await db.rpc('anon', 'track_issue', { key: spam.key })).toMatchObject({
      held: true,
      state: 'submitted',
    });
    expect(await db.value('select count(*) from public.issues where what like $1', ['%低息%'])).toBe(0);
  });

  it('what was held is restored by its own community, and its link then tells the whole story', async () => {
    const held = Object(await db.rpc(people.west, 'list_held')).find(
      ({ what }: { what: string }) => what === '低息贷款找我',
    );
    expect(held).toMatchObject({ reason: 'words', courtyard: '小巷院', name: '王**' });
    expect(await db.rpc(people.east, 'list_held')).toEqual([]);
    await expectError(
      db.rpc(people.east, 'decide_held', { id: held.id, restore: true }),
      'held_unknown',
      404,
    );
    const { number } = Object(await db.rpc(people.west, 'decide_held', { id: held.id, restore: true }));
    expect(await db.rpc(people.west, 'decide_held', { id: held.id, restore: true })).toEqual({ number });
    const [row] = await db.query(
      `select r.key_hash = h.key_hash as same from private.held_reports h join private.reporters r on r.issue_id = h.issue_id where h.id = $1`,
      [held.id],
    );
    expect(row).toEqual({ same: true });
  });

  it('a marked phone is held from then on, and free again when the mark is taken back', async () => {
    const sent = body({ device: 'phone-of-a-joker' });
    await db.rpc('anon', 'report_issue', sent);
    const id = await db.value('select issue_id from private.reporters order by issue_id desc limit 1');
    await expectError(
      db.rpc(people.east, 'mark_report', { issue_id: id, marked: true, reason: '乱报' }),
      'issue_unknown',
      404,
    );
    const seen = async (who: { id: string }) =>
      Object(await db.rpc(who, 'issue_detail', { issue_id: id })).reporter;
    expect(await seen(people.gridWorker)).toMatchObject({ marked: false, may_mark: false });
    await db.rpc(people.west, 'mark_report', { issue_id: id, marked: true, reason: '乱报' });
    expect(await seen(people.west)).toMatchObject({ marked: true, may_mark: true });
    expect(await report({ device: 'phone-of-a-joker' })).toMatchObject({ held: true });
    expect(await report({ device: 'another phone' })).not.toHaveProperty('held');
    await db.rpc(people.west, 'mark_report', { issue_id: id, marked: false });
    expect(await seen(people.west)).toMatchObject({ marked: false });
    expect(await report({ device: 'phone-of-a-joker' })).not.toHaveProperty('held');
  });

  it('nobody reads the tables behind it', async () => {
    for (const table of ['guards', 'rates', 'held_reports', 'guard_secret', 'marked_phones'])
      for (const who of ['anon', people.admin] as const)
        await expectDenied(db.as(who, ({ query }) => query(`select * from private.${table}`)));
  });
});
