import { beforeAll, expect, it } from 'vitest';
import { newTrackingKey } from '../../src/core/tracking-key.ts';
import { makeWorld, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectError } from './harness.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const guesses = process.env['PROVE'] ? 100_000 : 400;
const random = (length: number) =>
  Array.from({ length }, () => alphabet[Math.floor(Math.random() * 32)]).join('');

eachEngine('a code that opens nothing', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
  });
  const open = (code: string) => db.rpc('anon', 'open_courtyard', { code }).then(Object);
  const report = (code: string) =>
    db.rpc('anon', 'report_issue', { code, key: newTrackingKey(), what: '灯', name: '王', address: '1' });

  it('says whether it was ended, replaced, is foreign or mistyped', async () => {
    const made = Object(await db.rpc(people.admin, 'add_code', { courtyard_id: 1, place: '门岗' }));
    await db.rpc(people.admin, 'revoke_code', { code: made.code, reason: '被人换了' });
    expect(await expectError(open(made.code), 'code_revoked', 410)).toEqual({ replaced: false });
    await expectError(report(made.code), 'code_revoked', 410);
    const foreign = String(
      await db.value(`select b || private.check_character(b) from (select '0123456789abcdef' as b) s`),
    );
    expect(await expectError(open(foreign), 'code_unknown', 404)).toEqual({ mistyped: false });
    const { lane } = world.code;
    expect(
      await expectError(open((lane[0] === 'x' ? 'y' : 'x') + lane.slice(1)), 'code_unknown', 404),
    ).toEqual({ mistyped: true });
  });

  it('still takes for 14 days what was begun under it, when another hangs in its place', async () => {
    const old = Object(await db.rpc(people.admin, 'add_code', { courtyard_id: 1, place: '大门' }));
    await db.rpc(people.admin, 'revoke_code', { code: old.code, reason: '旧了', replace: true });
    expect(await expectError(open(old.code), 'code_revoked', 410)).toEqual({ replaced: true });
    expect(await report(old.code)).toMatchObject({ courtyard: '小巷院' });
    await db.query(
      `update public.courtyard_codes set revoked_at = now() - interval '15 days' where code = $1`,
      [old.code],
    );
    await expectError(report(old.code), 'code_revoked', 410);
  });

  it(`is not found by ${guesses} guesses, and takes as long as a right one`, async () => {
    const bodies = JSON.stringify(Array.from({ length: guesses }, () => random(16)));
    const found = await db.value(
      `select count(*) from jsonb_array_elements_text($1::text::jsonb) b (body), public.courtyard_codes c where c.code = b.body || private.check_character(b.body)`,
      [bodies],
    );
    expect(found).toBe(0);
    const timed = async (code: () => string) => {
      const times: number[] = [];
      for (let n = 0; n < 60; n++) {
        const before = performance.now();
        await open(code()).catch(() => undefined);
        times.push(performance.now() - before);
      }
      return times.sort((a, b) => a - b)[30] ?? 0;
    };
    const hit = await timed(() => world.code.lane);
    const miss = await timed(() => random(17));
    expect(Math.max(hit, miss) / Math.min(hit, miss)).toBeLessThan(2.5);
  });
});
