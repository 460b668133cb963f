import { beforeAll, describe, expect, it } from 'vitest';
import { act, makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { eachEngine, expectDenied, expectError } from './harness.ts';

type Who = keyof typeof people;

eachEngine('who sees what', (db) => {
  let world: World;
  let lane: { id: number };
  let gate: { id: number };
  let garden: { id: number };
  beforeAll(async () => {
    world = await makeWorld(db);
    lane = await newIssue(db, world, { phone: '13812345678' });
    gate = await newIssue(db, world, { code: world.code.gate, category: 'leak' });
    garden = await newIssue(db, world, { code: world.code.garden, category: 'leak' });
    await act(db, people.east, garden, 'accept');
    await act(db, people.east, garden, 'hand_up', { reason: '要专业队' });
    await act(db, people.street, garden, 'dispatch', { department_id: world.department.works });
  });

  const seen = async (who: Who) => {
    const rows = await db.as(people[who], ({ query }) =>
      query('select id from public.issue_cards order by id'),
    );
    return rows.map((row) => Number(row['id']));
  };

  it.each<[Who, string]>([
    ['gridWorker', 'lane'],
    ['gridWorkerEast', 'garden'],
    ['west', 'lane gate'],
    ['east', 'garden'],
    ['street', 'lane gate garden'],
    ['leader', 'lane gate garden'],
    ['admin', 'lane gate garden'],
    ['works', 'garden'],
    ['order', ''],
    ['stranger', ''],
    ['nobody', ''],
  ])('%s sees the issues of: %s', async (who, names) => {
    const all = { lane, gate, garden };
    const expected = names
      .split(' ')
      .flatMap((name) => (name in all ? [all[name as keyof typeof all].id] : []));
    expect(await seen(who)).toEqual(expected);
    for (const { id } of Object.values(all)) {
      const detail = () => db.rpc(people[who], 'issue_detail', { issue_id: id });
      const reveal = () => db.rpc(people[who], 'reveal_reporter', { issue_id: id, reason: '联系' });
      if (expected.includes(id)) {
        expect(await detail()).toMatchObject({ issue: { id } });
        expect(await reveal()).toMatchObject({ name: '王小明' });
      } else {
        await expectError(detail(), 'issue_unknown', 404);
        await expectError(reveal(), 'issue_unknown', 404);
      }
    }
    const events = await db.as(people[who], ({ query }) =>
      query('select distinct issue_id from public.issue_events order by 1'),
    );
    expect(events.map((row) => Number(row['issue_id']))).toEqual(expected);
  });

  it.each<[Who, string[]]>([
    ['gridWorker', ['area:4']],
    ['west', ['area:2', 'area:4', 'area:5']],
    ['street', ['area:1', 'area:2', 'area:3', 'area:4', 'area:5', 'area:6']],
    ['works', ['department:1']],
    ['nobody', []],
  ])('%s may follow %j and no other topic', async (who, topics) => {
    const all = [
      'area:1',
      'area:2',
      'area:3',
      'area:4',
      'area:5',
      'area:6',
      'area:11',
      'area:999',
      'department:1',
      'department:2',
    ];
    for (const topic of all) {
      const snapshot = () => db.rpc(people[who], 'map_snapshot', { topic });
      const changes = () => db.rpc(people[who], 'changes_since', { topic, seq: 0 });
      const heard = await db.as(people[who], async ({ query }) => {
        await query(`select set_config('realtime.topic', $1, true)`, [topic]);
        return query(`select 1 from realtime.messages where topic = $1 and extension = 'broadcast' limit 1`, [
          topic,
        ]);
      });
      if (topics.includes(topic)) {
        expect(await snapshot()).toMatchObject({ topic });
        expect(await changes()).toMatchObject({ topic, complete: true });
        expect(heard).toHaveLength(1);
      } else {
        await expectError(snapshot(), 'topic_not_allowed', 403);
        await expectError(changes(), 'topic_not_allowed', 403);
        expect(heard).toEqual([]);
      }
    }
  });

  describe('the reporter', () => {
    it('is masked until revealed with a reason, and the look is logged', async () => {
      const detail = await db.rpc(people.gridWorker, 'issue_detail', { issue_id: lane.id });
      expect(detail).toMatchObject({ reporter: { name: '王**', phone: '138****5678', address: '3单元501' } });
      expect(JSON.stringify(detail)).not.toContain('13812345678');
      await expectError(
        db.rpc(people.gridWorker, 'reveal_reporter', { issue_id: lane.id, reason: ' ' }),
        'field_missing',
        422,
      );
      expect(
        await db.rpc(people.gridWorker, 'reveal_reporter', { issue_id: lane.id, reason: '约上门时间' }),
      ).toMatchObject({
        name: '王小明',
        phone: '13812345678',
      });
      const [last] = await db.query('select person_id, reason from private.reveals order by id desc limit 1');
      expect(last).toEqual({ person_id: people.gridWorker.id, reason: '约上门时间' });
    });

    it('is in no private table that a signed-in person can read', async () => {
      for (const table of ['reporters', 'reveals', 'feeds', 'feed_changes'])
        await expectDenied(db.as(people.admin, ({ query }) => query(`select 1 from private.${table}`)));
    });
  });

  it('lets nobody write a table of the API, whatever they are', async () => {
    const tables = await db.query(
      `select oid::regclass::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    for (const { name } of tables)
      for (const who of ['west', 'street', 'admin', 'works'] as const) {
        await expectDenied(db.as(people[who], ({ query }) => query(`delete from ${String(name)}`)));
        await expectDenied(
          db.as(people[who], ({ query }) => query(`insert into ${String(name)} default values`)),
        );
      }
  });

  it('shows codes to the administrator only', async () => {
    const codes = async (who: Who) =>
      Object(await db.rpc(people[who], 'courtyard_card', { courtyard_id: 1 })).codes;
    expect(await codes('admin')).toEqual([{ code: world.code.lane, place: null }]);
    expect(await codes('street')).toBeNull();
    expect(await codes('west')).toBeNull();
    await expectError(db.rpc(people.east, 'courtyard_card', { courtyard_id: 1 }), 'courtyard_unknown', 404);
  });

  it('carries ids and numbers in realtime messages, and nothing else', async () => {
    const messages = await db.query('select payload from realtime.messages');
    expect(messages.length).toBeGreaterThan(5);
    for (const { payload } of messages) {
      const { id: _id, ...said } = Object(payload);
      expect(['issue_id seq version', 'issue_id notice_id']).toContain(
        Object.keys(said).toSorted().join(' '),
      );
    }
  });
});
