import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

type Export = { number: number; by: string; office: string; rows: Record<string, unknown>[] };

eachEngine('exports', (db) => {
  let world: World;
  let ids: number[];
  beforeAll(async () => {
    world = await makeWorld(db);
    const sent = [
      { what: '=SUM(A1:A9)', place: '@3单元' },
      { what: '联系我 13812345678 或 138-1234-5678，身份证51010519900307123X', code: world.code.garden },
      { what: '-2+3', code: world.code.gate, category: world.category.ofCommunity },
    ];
    const made = [];
    for (const over of sent) made.push(await newIssue(db, world, { phone: '13900001111', ...over }));
    ids = made.map(({ id }) => id);
  });

  const take = (who: { id: string }, over: Record<string, unknown> = {}) =>
    db.rpc(who, 'export_issues', { ids, format: 'csv', reason: '周例会', ...over }) as Promise<Export>;
  const logged = () => db.value('select count(*)::integer from private.exports');

  it('hold what the caller sees and nothing else', async () => {
    const seen = async (who: { id: string }) => (await take(who)).rows.length;
    expect(await seen(people.street)).toBe(3);
    expect(await seen(people.leader)).toBe(3);
    expect(await seen(people.west)).toBe(2);
    expect(await seen(people.gridWorkerEast)).toBe(1);
    await expectError(take(people.works), 'export_empty', 422);
    await expectError(take(people.stranger), 'export_empty', 422);
    await expectError(take(people.nobody), 'export_empty', 422);
    await expectDenied(db.rpc('anon', 'export_issues', { ids, format: 'csv', reason: '周例会' }));
  });

  it('name no reporter, mask numbers in the words, and hold no formula', async () => {
    const { rows } = await take(people.street);
    const text = JSON.stringify(rows);
    expect(text).not.toMatch(/王小明|13900001111|3单元501|13812345678|1234-5678|19900307/);
    expect(rows.map(({ what }) => what)).toEqual([
      `'=SUM(A1:A9)`,
      '联系我 138****5678 或 138****5678，身份证510105********123X',
      `'-2+3`,
    ]);
    expect(rows[0]).toMatchObject({ place: `'@3单元`, courtyard: '小巷院', state: 'submitted' });
  });

  it('are written down with who, when, why and which, before anything is handed out', async () => {
    const before = Number(await logged());
    const made = await take(people.west, { reason: ' 走访 ' });
    expect(made).toMatchObject({ by: '西社区员', office: '西社区', reason: '走访' });
    const [entry] = await db.query(
      'select what, format, reason, rows, ids from private.exports where id = $1',
      [made.number],
    );
    expect(entry).toMatchObject({ what: 'issues', format: 'csv', reason: '走访', rows: 2 });
    expect(await logged()).toBe(before + 1);
    await expectError(db.query('delete from private.exports'), 'history_is_final', 403);
  });

  it('are refused without a reason, in another format, empty, and too large', async () => {
    const before = await logged();
    await expectError(take(people.street, { reason: ' ' }), 'field_missing', 422);
    await expectError(take(people.street, { format: 'pdf' }), 'field_malformed', 422);
    await expectError(take(people.street, { ids: [] }), 'export_empty', 422);
    const many = Array.from({ length: 5001 }, (_, n) => n + 1);
    expect(await expectError(take(people.street, { ids: many }), 'export_too_large', 422)).toEqual({
      rows: 5001,
      max: 5000,
    });
    expect(await logged()).toBe(before);
  });

  it('of what a department leads are the department’s too', async () => {
    const [, , leak] = ids;
    await act(db, people.west, { id: leak ?? 0 }, 'accept');
    await act(db, people.west, { id: leak ?? 0 }, 'hand_up', { reason: '需专业队伍' });
    await act(db, people.street, { id: leak ?? 0 }, 'dispatch', { department_id: world.department.works });
    expect((await take(people.works)).rows).toMatchObject([{ holder: '城市更新办' }]);
  });

  describe('of courtyards', () => {
    const yards = (who: { id: string }, format: string) =>
      db.rpc(who, 'export_courtyards', { ids: [1, 2, 3, 11], format, reason: '核对' }) as Promise<Export>;

    it('hold the caller’s yards, with outlines as GeoJSON only', async () => {
      expect((await yards(people.street, 'geojson')).rows).toMatchObject([
        { code: 'lane', outline: { type: 'MultiPolygon' }, open: 1 },
        { code: 'gate' },
        { code: 'garden' },
      ]);
      const { rows } = await yards(people.east, 'xlsx');
      expect(rows).toMatchObject([{ code: 'garden', grid: '东一网格' }]);
      expect(rows[0]).not.toHaveProperty('outline');
    });
  });

  it('are listed for the administrator and the leaders of the street only', async () => {
    const listed = (await db.rpc(people.admin, 'list_exports')) as { by: string }[];
    expect(listed.length).toBe(await logged());
    expect(listed[0]).toMatchObject({ what: 'courtyards', by: '东社区员', reason: '核对', rows: 1 });
    await expectError(db.rpc(people.street, 'list_exports'), 'admin_only', 403);
  });
});
