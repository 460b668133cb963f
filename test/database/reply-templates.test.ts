import { beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, people } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

type Who = keyof typeof people;
type Fields = Record<string, unknown>;

eachEngine('the reply templates', (db) => {
  beforeAll(async () => {
    await makeWorld(db);
  });

  const template = { action: 'resolve', title: '换好了', words: '{courtyard}的灯换好了，编号{number}。' };
  const save = async (who: Who, over: Fields = {}) =>
    Number(await db.rpc(people[who], 'save_template', { ...template, ...over }));
  const remove = (who: Who, id: number) => db.rpc(people[who], 'remove_template', { id });
  const stored = async (id: number): Promise<Fields | null> =>
    (await db.query('select * from public.reply_templates where id = $1', [id]))[0] ?? null;
  /** Who of everybody in the world sees a template. */
  const seers = async (id: number) => {
    const seeing = [];
    for (const [who, person] of Object.entries(people)) {
      const rows = await db.as(person, ({ query }) =>
        query('select 1 from public.reply_templates where id = $1', [id]),
      );
      if (rows.length > 0) seeing.push(who);
    }
    return seeing;
  };

  it('come with presets that everybody reads and nobody changes', async () => {
    const presets = await db.query(
      `select id, action from public.reply_templates where street_id is null
       and words = private.template_words(words, 1000) and title = private.field('title', title, 40, true) order by id`,
    );
    expect(presets).toHaveLength(Number(await db.value('select count(*) from public.reply_templates')));
    const actions = new Set(presets.map((preset) => preset['action']));
    expect([...actions].toSorted()).toEqual([
      'ask_pause',
      'decline',
      'hand_up',
      'letter',
      'note',
      'resolve',
      'send_back',
      'verify',
    ]);
    const id = Number(presets[0]?.['id']);
    expect(await seers(id)).toEqual(Object.keys(people));
    for (const who of ['west', 'street', 'works', 'admin'] as const) {
      const detail = await expectError(save(who, { id, version: 1 }), 'template_fixed', 403);
      expect(detail).toEqual({ preset: true });
      await expectError(remove(who, id), 'template_fixed', 403);
    }
    await expectDenied(db.as('anon', ({ query }) => query('select 1 from public.reply_templates')));
  });

  it.each<[Who, Who[]]>([
    ['gridWorker', ['gridWorker']],
    ['west', ['west']],
    ['works', ['works']],
    ['street', ['street', 'leader', 'admin']],
    ['leader', ['street', 'leader', 'admin']],
    ['stranger', ['stranger']],
  ])('of %s are seen and kept by their office alone: %j', async (who, office) => {
    const id = await save(who);
    expect(await seers(id)).toEqual(office);
    for (const other of Object.keys(people) as Who[])
      if (!office.includes(other)) {
        await expectError(save(other, { id, version: 1 }), 'template_unknown', 404);
        await expectError(remove(other, id), 'template_unknown', 404);
      }
    expect(await stored(id)).toMatchObject({ ...template, version: 1 });
    for (const colleague of office) {
      const { version } = Object(await stored(id));
      expect(await save(colleague, { id, version, words: `${colleague}改` })).toBe(id);
    }
    expect(await stored(id)).toMatchObject({ version: 1 + office.length, words: `${office.at(-1)}改` });
    await remove(who, id);
    expect(await stored(id)).toBeNull();
    await expectError(remove(who, id), 'template_unknown', 404);
  });

  it('shared by the street are the administrator’s to keep and the street’s to read', async () => {
    for (const who of ['gridWorker', 'west', 'street', 'leader', 'works'] as const)
      await expectError(save(who, { shared: true }), 'admin_only', 403);
    const id = await save('admin', { shared: true });
    expect(await stored(id)).toMatchObject({ street_id: 1, area_id: null, department_id: null });
    const { stranger: _stranger, nobody: _nobody, ...own } = people;
    const seeing = await seers(id);
    expect(seeing).toEqual(Object.keys(own));
    for (const who of ['west', 'street', 'leader', 'works'] as const) {
      const detail = await expectError(save(who, { id, version: 1 }), 'template_fixed', 403);
      expect(detail).toEqual({ preset: false });
      await expectError(remove(who, id), 'template_fixed', 403);
    }
    await expectError(save('stranger', { id, version: 1 }), 'template_unknown', 404);
    await save('admin', { id, version: 1, title: '换了' });
    expect(await stored(id)).toMatchObject({ title: '换了', version: 2, area_id: null });
    await remove('admin', id);
  });

  it('are saved by members only', async () => {
    await expectError(save('nobody'), 'not_member', 403);
    await expectError(save('nobody', { shared: true }), 'not_member', 403);
    await expectDenied(db.rpc('anon', 'save_template', template));
    await expectDenied(db.rpc('service_role', 'save_template', template));
    await expectDenied(db.rpc('anon', 'remove_template', { id: 1 }));
    await expectDenied(
      db.as(people.admin, ({ query }) => query(`update public.reply_templates set words = ''`)),
    );
  });

  it('are changed on the version they were seen at', async () => {
    const id = await save('west');
    await save('west', { id, version: 1, title: '先改' });
    for (const version of [1, null])
      expect(await expectError(save('west', { id, version, title: '后改' }), 'stale_setting', 409)).toEqual({
        version: 2,
      });
    expect(await stored(id)).toMatchObject({ title: '先改', version: 2 });
    await expectError(save('west', { id: 999_999, version: 1 }), 'template_unknown', 404);
  });

  const known = ['number', 'courtyard', 'address', 'what', 'category', 'office', 'date'];
  it.each<[string, Fields, string, Fields]>([
    ['no title', { title: ' ' }, 'field_missing', { field: 'title' }],
    ['a long title', { title: '长'.repeat(41) }, 'field_too_long', { field: 'title', max: 40 }],
    ['no words', { words: '' }, 'field_missing', { field: 'words' }],
    ['endless words', { words: '长'.repeat(1001) }, 'field_too_long', { field: 'words', max: 1000 }],
    ['an action there is not', { action: 'dance' }, 'field_malformed', { field: 'action' }],
    ['an action of residents', { action: 'withdraw' }, 'field_malformed', { field: 'action' }],
    ['no action', { action: null }, 'field_missing', { field: 'action' }],
    ['an addressee without a letter', { addressee: '物业' }, 'field_unknown', { field: 'addressee' }],
    [
      'a placeholder nobody fills',
      { words: '编号{numbr}' },
      'placeholder_unknown',
      { placeholder: 'numbr', known },
    ],
    ['an empty placeholder', { words: '编号{}' }, 'placeholder_unknown', { placeholder: '' }],
  ])('are refused with %s', async (_, over, code, detail) => {
    const count = () => db.value('select count(*)::integer from public.reply_templates');
    const before = await count();
    expect(await expectError(save('west', over), code, 422)).toMatchObject(detail);
    expect(await count()).toBe(before);
  });

  it('for letters carry an addressee and more words', async () => {
    const words = `{date}\n${'长'.repeat(3000)}`;
    const id = await save('west', { action: 'letter', addressee: ' 供电公司 ', words });
    expect(await stored(id)).toMatchObject({ addressee: '供电公司', words });
  });

  describe('in the history', () => {
    const told = async (who: Who): Promise<Fields[]> => {
      const rows: unknown = await db.rpc(people[who], 'settings_history', { what: 'template' });
      return Array.isArray(rows) ? rows.map((row: unknown) => Object(row)) : [];
    };

    it('show each change, an office’s own to that office only', async () => {
      const shared = await save('admin', { shared: true, title: '共用' });
      await save('admin', { id: shared, version: 1, title: '共用二' });
      await remove('admin', shared);
      const ownedByStreet = await save('street', { title: '街道自用' });
      await save('works', { title: '部门自用' });
      const seen = await told('leader');
      expect(seen.slice(0, 4)).toMatchObject([
        { key: String(ownedByStreet), by: '街道员', before: null, after: { title: '街道自用' } },
        { key: String(shared), before: { title: '共用二' }, after: null },
        { key: String(shared), before: { title: '共用' }, after: { title: '共用二', version: 2 } },
        { key: String(shared), by: '管理员', before: null, after: { title: '共用' } },
      ]);
      expect(JSON.stringify(await told('admin'))).not.toMatch(/部门自用|先改/);
    });
  });
});
