import { expect, it } from 'vitest';
import { eachEngine, expectDenied, expectError } from './harness.ts';

eachEngine('the database of a test', (db) => {
  it('has the migrations and speaks as the actor it is told', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const who = await db.as({ id }, ({ query }) => query(`select auth.uid() as uid, current_user as role`));
    expect(who).toEqual([{ uid: id, role: 'authenticated' }]);
    expect(await db.as('anon', ({ query }) => query('select auth.uid() as uid'))).toEqual([{ uid: null }]);
  });

  it('keeps the clock it is given', async () => {
    db.at('2026-03-02T09:00:00+08:00');
    expect(await db.value('select private.now()')).toEqual(new Date('2026-03-02T01:00:00Z'));
    db.at(null);
    const now = await db.value('select extract(epoch from private.now())::float8');
    expect(Number(now) * 1000).toBeGreaterThan(Date.parse('2026-03-03'));
  });

  it('tells a refusal of the API from one of PostgreSQL', async () => {
    await expectError(db.rpc('anon', 'open_courtyard', { code: 'none' }), 'code_unknown', 404);
    await expectDenied(db.as('anon', ({ query }) => query('select * from public.issues')));
  });
});
