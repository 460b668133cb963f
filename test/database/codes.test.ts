import { beforeAll, expect, it } from 'vitest';
import { makeWorld, newKey, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

type Who = keyof typeof people;

eachEngine('the codes on the walls', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
    db.at('2026-11-25T09:00:00+08:00');
  });

  const codesOf = async (yard: number) =>
    Object((await db.rpc(people.admin, 'list_codes')) as unknown[]).find(
      (one: { courtyard_id: number }) => one.courtyard_id === yard,
    ).codes as { code: string; place: string | null; revoked_at: string | null; scans: number }[];
  const add = async (place: string | null, yard = world.courtyard.lane) =>
    Object(await db.rpc(people.admin, 'add_code', { courtyard_id: yard, place }));
  const revoke = async (code: string, replace: boolean, reason = '海报被盖住') =>
    Object(await db.rpc(people.admin, 'revoke_code', { code, reason, replace }));
  const opened = (code: string) => db.rpc('anon', 'open_courtyard', { code });

  it('a yard has one from the start, and as many as it has places', async () => {
    const [first] = await codesOf(world.courtyard.lane);
    expect(first).toMatchObject({ place: null, revoked_at: null, scans: 0 });
    const lift = await add('3栋电梯');
    expect(lift.code).toMatch(/^[0-9a-hjkmnp-tv-z]{17}$/);
    expect(lift.code).not.toBe(first?.code);
    expect(await opened(lift.code)).toMatchObject({ courtyard: { name: '小巷院', place: '3栋电梯' } });
    expect(await expectError(add(' 3栋电梯 '), 'place_taken', 409)).toMatchObject({ place: '3栋电梯' });
    expect(await expectError(add('很长'.repeat(21)), 'field_too_long', 422)).toMatchObject({
      field: 'place',
    });
    expect((await codesOf(world.courtyard.lane)).map(({ place }) => place)).toEqual([null, '3栋电梯']);
  });

  it('a report through it starts where the code hangs, and the code survives being renamed', async () => {
    const gate = await add('后门');
    expect(await db.rpc(people.admin, 'rename_code', { code: gate.code, place: '北门' })).toMatchObject({
      code: gate.code,
      place: '北门',
    });
    expect(await opened(gate.code.toUpperCase().replace(/(.{4})/g, '$1 '))).toMatchObject({
      courtyard: { place: '北门' },
    });
    await expectError(
      db.rpc(people.admin, 'rename_code', { code: gate.code, place: '3栋电梯' }),
      'place_taken',
      409,
    );
  });

  it('a replaced code opens nothing, says so, and its successor hangs in the same place', async () => {
    const old = await add('1栋');
    const next = await revoke(old.code, true);
    expect(next).toMatchObject({ place: '1栋', revoked_at: null });
    expect(next.code).not.toBe(old.code);
    expect(await expectError(opened(old.code), 'code_revoked', 410)).toEqual({ replaced: true });
    expect(await opened(next.code)).toMatchObject({ courtyard: { place: '1栋' } });
    expect(await expectError(revoke(old.code, true), 'code_ended', 409)).toEqual({ replaced_by: next.code });
    // whoever had begun to write under the old code is heard all the same
    const sent = { code: old.code, key: newKey(), what: '灯坏了', name: '王', address: '1栋101' };
    expect(await db.rpc('anon', 'report_issue', sent)).toMatchObject({ courtyard: '小巷院' });
  });

  it('an ended code frees its place; without a reason nothing ends', async () => {
    const shed = await add('车棚');
    expect(await expectError(revoke(shed.code, false, ' '), 'field_missing', 422)).toMatchObject({
      field: 'reason',
    });
    expect(await opened(shed.code)).toMatchObject({ courtyard: { place: '车棚' } });
    expect(await revoke(shed.code, false)).toMatchObject({ code: shed.code, revoked_reason: '海报被盖住' });
    expect(await expectError(opened(shed.code), 'code_revoked', 410)).toEqual({ replaced: false });
    expect(await add('车棚')).toMatchObject({ place: '车棚' });
  });

  it('forty are the most a yard may have', async () => {
    const room = 40 - (await codesOf(world.courtyard.gate)).length;
    for (let n = 1; n <= room; n++) await add(`${n}号位`, world.courtyard.gate);
    expect(await expectError(add('再一个', world.courtyard.gate), 'too_many_codes', 409)).toEqual({
      max: 40,
    });
  });

  it.each<Who>(['gridWorker', 'west', 'street', 'leader', 'works', 'stranger', 'nobody'])(
    'acting as %s: nothing of this opens, and nothing changes',
    async (who) => {
      const [first] = await codesOf(world.courtyard.lane);
      const code = first?.code ?? '';
      const calls: [string, object][] = [
        ['list_codes', {}],
        ['add_code', { courtyard_id: world.courtyard.lane, place: '偷偷' }],
        ['rename_code', { code, place: '偷偷' }],
        ['revoke_code', { code, reason: '偷偷', replace: true }],
      ];
      for (const [name, args] of calls)
        await expectError(db.rpc(people[who], name, { ...args }), 'admin_only', 403);
      expect((await codesOf(world.courtyard.lane))[0]).toEqual(first);
    },
  );

  it('a code of another street is not the administrator’s to touch', async () => {
    const far = String(await db.value('select code from public.courtyard_codes where courtyard_id = 11'));
    await expectError(revoke(far, true), 'code_unknown', 404);
    await expectError(add('大门', 11), 'courtyard_unknown', 404);
    expect(JSON.stringify(await db.rpc(people.admin, 'list_codes'))).not.toContain(far);
  });

  it('an opening counts for its day, without saying whose; what is no code counts nowhere', async () => {
    const [first] = await codesOf(world.courtyard.garden);
    const code = first?.code ?? '';
    for (let n = 0; n < 3; n++) expect(await db.rpc('anon', 'count_scan', { code })).toBeNull();
    expect(await db.rpc('anon', 'count_scan', { code: '0'.repeat(17) })).toBeNull();
    db.at('2026-12-24T09:00:00+08:00');
    await db.rpc('anon', 'count_scan', { code });
    expect((await codesOf(world.courtyard.garden))[0]?.scans).toBe(4);
    db.at('2026-12-25T09:00:00+08:00');
    expect((await codesOf(world.courtyard.garden))[0]?.scans).toBe(1);
    db.at('2026-11-25T09:00:00+08:00');
    expect(await db.query('select scans from private.code_scans order by day')).toEqual([
      { scans: 3 },
      { scans: 1 },
    ]);
    await expectDenied(db.as('anon', (session) => session.query('select * from private.code_scans')));
    await db.query("select set_config('courtyard.now', '2028-06-01T00:00:00Z', false)");
    db.at('2028-06-01T00:00:00Z');
    await db.query('select private.prune()');
    expect(await db.value('select count(*)::int from private.code_scans')).toBe(0);
    db.at('2026-11-25T09:00:00+08:00');
  });

  it.each<Who>(['gridWorker', 'west', 'street', 'admin', 'works'])(
    'acting as %s: a poster is checked in one look, and the look is noted without a name',
    async (who) => {
      const [first] = await codesOf(world.courtyard.lane);
      const check = (code: string) => db.rpc(people[who], 'check_code', { code });
      expect(await check(first?.code ?? '')).toMatchObject({ verdict: 'ours', courtyard: '小巷院' });
      expect(await check(first?.code ?? '')).toMatchObject({ checked_at: '2026-11-25T01:00:00+00:00' });
      const ended = (await codesOf(world.courtyard.lane)).filter(({ revoked_at }) => revoked_at);
      const verdicts = await Promise.all(ended.map(({ code }) => check(code)));
      expect(verdicts.map((one) => Object(one).verdict).sort()).toEqual(['replaced', 'revoked']);
      const far = String(await db.value('select code from public.courtyard_codes where courtyard_id = 11'));
      expect(await check(far)).toEqual({ verdict: 'foreign' });
      expect(await check('4a9c')).toEqual({ verdict: 'mistyped' });
      expect(JSON.stringify(await db.query('select * from public.courtyard_codes'))).not.toContain(
        people[who].id,
      );
    },
  );

  it.each<Who>(['nobody'])('acting as %s: no poster is checked', async (who) => {
    await expectError(db.rpc(people[who], 'check_code', { code: '0' }), 'not_member', 403);
  });

  it('the history tells what was done to a code by its last four, never the whole', async () => {
    const old = await add('活动室');
    await revoke(old.code, true, '印错了');
    const log = JSON.stringify(await db.rpc(people.admin, 'settings_history', { what: 'code', most: 2 }));
    expect(log).toContain(`"ending": "${old.code.slice(-4)}"`.replace(': ', ':'));
    expect(log).toContain('印错了');
    expect(log).not.toContain(old.code);
  });
});
