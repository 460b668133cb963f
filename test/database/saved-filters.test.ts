import { beforeAll, expect, it } from 'vitest';
import { makeWorld, people } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

type Who = keyof typeof people;
type Fields = Record<string, unknown>;

eachEngine('the filters one keeps', (db) => {
  beforeAll(async () => {
    db.at('2026-11-02T09:00:00+08:00');
    await makeWorld(db);
  });

  const filter = { name: '超期漏水', filter: 'g.late*k.leak', words: '已超时；类别：漏水' };
  const save = async (who: Who, over: Fields = {}) => {
    const { id, version } = Object(await db.rpc(people[who], 'save_filter', { ...filter, ...over }));
    return { id: Number(id), version: Number(version) };
  };
  const remove = (who: Who, id: number) => db.rpc(people[who], 'delete_filter', { id });
  const stored = async (id: number): Promise<Fields | null> =>
    (await db.query('select * from public.saved_filters where id = $1', [id]))[0] ?? null;
  /** Who of everybody in the world sees a filter. */
  const seers = async (id: number) => {
    const seeing = [];
    for (const [who, person] of Object.entries(people)) {
      const rows = await db.as(person, ({ query }) =>
        query('select 1 from public.saved_filters where id = $1', [id]),
      );
      if (rows.length > 0) seeing.push(who);
    }
    return seeing;
  };

  it.each<[Who, Who[]]>([
    ['gridWorker', ['gridWorker']],
    ['west', ['west']],
    ['works', ['works']],
    ['street', ['street', 'leader', 'admin']],
    ['leader', ['street', 'leader', 'admin']],
    ['stranger', ['stranger']],
  ])('of %s are their own until shared, then their office’s', async (who, office) => {
    const { id, version } = await save(who);
    expect(version).toBe(1);
    expect(await stored(id)).toMatchObject({ ...filter, shared: false });
    expect(await seers(id)).toEqual([who]);
    expect(await save(who, { id, version, shared: true })).toEqual({ id, version: 2 });
    expect(await seers(id)).toEqual(office);
    await remove(who, id);
    expect(await stored(id)).toBeNull();
  });

  it('are changed on the version they were seen at', async () => {
    const { id } = await save('west');
    await save('west', { id, version: 1, name: '漏水', filter: 'k.leak' });
    const detail = await expectError(save('west', { id, version: 1 }), 'stale_filter', 409);
    expect(detail).toEqual({ version: 2 });
    await expectError(save('west', { id }), 'stale_filter', 409);
    expect(await stored(id)).toMatchObject({ name: '漏水', filter: 'k.leak', version: 2 });
    await remove('west', id);
  });

  it('are changed by nobody else; what is shared goes with its owner or by the administrator', async () => {
    const { id } = await save('street', { shared: true });
    const before = await stored(id);
    for (const who of ['leader'] as const) {
      await expectError(save(who, { id, version: 1, name: '我的' }), 'filter_not_own', 403);
      await expectError(remove(who, id), 'filter_not_own', 403);
    }
    for (const who of ['west', 'works', 'stranger', 'nobody'] as const) {
      await expectError(save(who, { id, version: 1, name: '我的' }), 'filter_unknown', 404);
      await expectError(remove(who, id), 'filter_unknown', 404);
    }
    expect(await stored(id)).toEqual(before);
    const { id: kept } = await save('leader', { name: '自己看' });
    await expectError(remove('admin', kept), 'filter_unknown', 404);
    expect(await stored(kept)).not.toBeNull();
    await remove('admin', id);
    expect(await stored(id)).toBeNull();
    await remove('leader', kept);
  });

  it('are out of reach without an account or an office', async () => {
    await expectError(save('nobody'), 'not_member', 403);
    for (const actor of ['anon', 'service_role'] as const) {
      await expectDenied(db.rpc(actor, 'save_filter', filter));
      await expectDenied(db.rpc(actor, 'delete_filter', { id: 1 }));
    }
    await expectDenied(db.as('anon', ({ query }) => query('select 1 from public.saved_filters')));
    for (const change of [
      `insert into public.saved_filters (name) values ('x')`,
      `update public.saved_filters set shared = true`,
      `delete from public.saved_filters`,
    ])
      await expectDenied(db.as(people.street, ({ query }) => query(change)));
    expect(await db.value('select count(*)::integer from public.saved_filters')).toBe(0);
  });

  it.each<[string, Fields, string, Fields]>([
    ['no name', { name: '　 ' }, 'field_missing', { field: 'name' }],
    ['a long name', { name: '很'.repeat(41) }, 'field_too_long', { field: 'name', max: 40 }],
    ['nothing asked', { filter: '' }, 'field_missing', { field: 'filter' }],
    ['something else in it', { filter: '{"text":"x"}' }, 'field_malformed', { field: 'filter' }],
    ['a key without a value', { filter: 'g.late*k' }, 'field_malformed', { field: 'filter' }],
    [
      'an endless filter',
      { filter: `q.${'x'.repeat(6000)}` },
      'field_too_long',
      { field: 'filter', max: 6000 },
    ],
    ['endless words', { words: '词'.repeat(501) }, 'field_too_long', { field: 'words', max: 500 }],
  ])('are refused with %s', async (_, over, code, detail) => {
    expect(await expectError(save('east', over), code, 422)).toMatchObject(detail);
    expect(await db.value('select count(*)::integer from public.saved_filters')).toBe(0);
  });

  it('have a name of their own with each person, and there are fifty at most', async () => {
    const { id } = await save('east');
    expect(await expectError(save('east'), 'filter_name_taken', 409)).toEqual({ id });
    const { id: other } = await save('east', { name: '别的' });
    expect(await expectError(save('east', { id: other, version: 1 }), 'filter_name_taken', 409)).toEqual({
      id,
    });
    await save('west');
    for (let n = 2; n < 50; n++) await save('east', { name: `第${n}个` });
    expect(await expectError(save('east', { name: '再来一个' }), 'filters_full', 409)).toEqual({ max: 50 });
    await save('east', { id, version: 1, shared: true });
    await remove('east', other);
    await save('east', { name: '再来一个' });
  });
});
