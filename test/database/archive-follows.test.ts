import { beforeAll, expect, it } from 'vitest';
import { box } from '../fixtures/drawn.ts';
import { makeWorld, people, type World } from '../fixtures/world.ts';
import { eachEngine } from './harness.ts';

type Drawn = { courtyards: { id: number; version: number }[] };

eachEngine('the archive of a yard that is split and merged again', (db) => {
  let world: World;
  let parts: Drawn['courtyards'];
  beforeAll(async () => {
    world = await makeWorld(db);
    await db.query(`insert into public.archive_modules values ('test', '试', 'Test', 1)`);
    await db.query(
      `insert into public.archive_fields (code, module, name, name_en, type, sensitivity, source, owner)
       values ('t_people', 'test', '人口', 'People', 'count', 'staff', '走访', '社区'), ('t_year', 'test', '建成年份', 'Built', 'year', 'staff', '走访', '社区')`,
    );
    await db.query(
      `insert into private.archives (courtyard_id, facts, quarter) values (1, '{"t_people": 120, "t_year": 1986}', '2026Q3')`,
    );
    await db.query(
      `insert into public.place_kinds (code, place, name, name_en, icon) values ('t_room', 'resource', '活动室', 'Room', 'home')`,
    );
    await db.query(
      `insert into public.resources (courtyard_id, kind, name, point, created_at, updated_at)
       select 1, 't_room', n, extensions.st_setsrid(extensions.st_point(x, 30.665), 4326), now(), now()
       from (values ('西屋', 104.0512), ('东屋', 104.0528)) v (n, x)`,
    );
    await db.query(
      `insert into public.label_groups (code, name, name_en, colour, sort) values ('t_group', '试', 'Test', '#34558b', 1) on conflict do nothing`,
    );
    await db.query(
      `insert into public.labels (code, name, name_en, label_group, colour, icon) values ('t_old', '老院', 'Old yard', 't_group', '#34558b', 'home')`,
    );
    await db.query(
      `insert into private.courtyard_labels (courtyard_id, label_id, derived, reason, since)
       select 1, id, false, '八十年代建成', now() from public.labels where code = 't_old'`,
    );
    const made = (await db.rpc(people.street, 'split_courtyard', {
      courtyard_id: world.courtyard.lane,
      version: 1,
      parts: [
        { name: '西院', address: '小巷1号', outline: box(104.051, 30.664, 104.052, 30.666) },
        { name: '东院', address: '小巷3号', outline: box(104.052, 30.664, 104.053, 30.666) },
      ],
    })) as Drawn;
    parts = made.courtyards;
  });

  const facts = async (ids: number[]) =>
    (
      await db.query(
        'select facts from private.archives where courtyard_id = any ($1) order by courtyard_id',
        [ids],
      )
    ).map((row) => row['facts']);
  const labels = (id: number) =>
    db.query(
      `select l.code, c.reason from private.courtyard_labels c join public.labels l on l.id = c.label_id
       where c.courtyard_id = $1 and c.ended_at is null and not c.derived`,
      [id],
    );
  const roomOf = (name: string) =>
    db.value(
      'select c.name from public.resources r join public.courtyards c on c.id = r.courtyard_id where r.name = $1',
      [name],
    );

  it('split: what holds for each part stays, what was counted has to be counted anew', async () => {
    expect(await facts(parts.map(({ id }) => id))).toEqual([{ t_year: 1986 }, { t_year: 1986 }]);
    expect(
      await db.value('select count(quarter)::integer from private.archives where courtyard_id = any ($1)', [
        parts.map(({ id }) => id),
      ]),
    ).toBe(0);
  });

  it('split: places go where they lie, labels given by hand to both', async () => {
    expect([await roomOf('西屋'), await roomOf('东屋')]).toEqual(['西院', '东院']);
    for (const { id } of parts) expect(await labels(id)).toEqual([{ code: 't_old', reason: '八十年代建成' }]);
    expect(await labels(world.courtyard.lane)).toEqual([]);
  });

  it('keeps what the yard that ended was', async () => {
    expect(await facts([world.courtyard.lane])).toEqual([{ t_people: 120, t_year: 1986 }]);
    const listed = (await db.rpc(people.street, 'courtyard_facts', { topic: 'area:1' })) as {
      courtyard_id: number[];
    };
    expect(listed.courtyard_id).not.toContain(world.courtyard.lane);
  });

  it('merged: counts are added, and the one label is carried once', async () => {
    const ids = parts.map(({ id }) => id);
    for (const [id, count] of [
      [ids[0], 50],
      [ids[1], 71],
    ])
      // prettier-ignore
      await db.query(
        `update private.archives set facts = facts || jsonb_build_object('t_people', $2::integer), quarter = '2026Q4' where courtyard_id = $1`,
        [id, count],
      );
    const merged = (await db.rpc(people.street, 'merge_courtyards', {
      courtyards: ids, versions: parts.map(({ version }) => version), name: '合院', address: '小巷1号',
    })) as Drawn; // prettier-ignore
    const id = merged.courtyards[0]?.id ?? 0;
    expect(await facts([id])).toEqual([{ t_people: 121, t_year: 1986 }]);
    expect(await labels(id)).toHaveLength(1);
    expect([await roomOf('西屋'), await roomOf('东屋')]).toEqual(['合院', '合院']);
  });
});
