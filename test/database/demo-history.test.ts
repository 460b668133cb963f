import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoFiles, migrationFiles } from './statements.ts';
import { createNative } from './templates.ts';

// The demo's past is written in sets, past the functions of the loop; it has to be what those functions would have written.
let sql: postgres.Sql;
beforeAll(async () => {
  const files = [...migrationFiles(), ...demoFiles()];
  sql = postgres(await createNative('demo_history', files), { max: 1, onnotice: () => {} });
}, 180_000);
afterAll(async () => {
  const [{ name } = { name: '' }] = await sql`select current_database() as name`;
  await sql.end();
  const admin = postgres(process.env['TEST_DATABASE_URL'] ?? '', { max: 1 });
  await admin`drop database ${admin(String(name))} with (force)`;
  await admin.end();
});

const one = async (text: string) => (await sql.unsafe(text))[0];

it('every history of the demo verifies and rebuilds its issue', async () => {
  expect(await one('select cardinality(private.altered_issues()) as altered')).toEqual({ altered: 0 });
  const past =
    await one(`select count(*)::int as n, count(*) filter (where created_at > now() - interval '102 days')::int as quarter
    from public.issues where ended_at is not null`);
  expect(past?.['n']).toBeGreaterThan(1000);
  expect(past?.['quarter']).toBe(past?.['n']);
  expect(await one('select count(*)::int as n from public.issues where ended_at > now()')).toEqual({ n: 0 });
});

it('its steps and clocks are those that the loop’s own functions count', async () => {
  const late = await one(`select count(*)::int as n from public.issue_events e
    where e.action <> 'grant' and e.changes ->> 'step_mode' in ('working', 'wall') and e.changes ->> 'due_at' is not null
      and (e.changes ->> 'due_at')::timestamptz
        <> private.after_minutes(e.at, (e.changes ->> 'step_minutes')::integer, e.changes ->> 'step_mode')`);
  expect(late).toEqual({ n: 0 });
  const differing = await sql.begin(async (tx) => {
    await tx.unsafe('create temporary table kept on commit drop as select * from public.issue_steps');
    await tx.unsafe('delete from public.issue_steps');
    await tx.unsafe(`do $$
      declare event public.issue_events;
      begin
        for event in select e.* from public.issue_events e order by e.issue_id, e.seq loop
          perform private.note_step(event);
        end loop;
      end $$`);
    const [row] = await tx.unsafe(`select
      (select count(*) from (select * from kept except select * from public.issue_steps) a)::int as more,
      (select count(*) from (select * from public.issue_steps except select * from kept) a)::int as missing`);
    return row;
  });
  expect(differing).toEqual({ more: 0, missing: 0 });
});

it('the loop would have allowed every one of its actions, by someone who may', async () => {
  const refused =
    await sql.unsafe(`select distinct e.action, e.actor, e.from_state, e.from_level from public.issue_events e
    where e.action not in ('report', 'recount') and not exists (select from public.issue_actions a
      where a.action = e.action and a.actor = e.actor and a.state = e.from_state and a.holder_level = e.from_level
        and a.outcome = coalesce(e.payload ->> 'outcome', ''))`);
  expect([...refused]).toEqual([]);
  expect(
    await one(`select count(*)::int as n from public.issue_events e
      join public.issues i on i.id = e.issue_id and i.ended_at is not null
      where e.actor not in ('resident', 'clock') and (e.person_id is null or not exists (select from public.memberships m
        where m.person_id = e.person_id and m.role = e.actor))`),
  ).toEqual({ n: 0 });
});

it('it has places of trouble to find: one cause three times in one yard', async () => {
  const again =
    await sql.unsafe(`select i.category from public.issues i where i.created_at > now() - interval '90 days'
    group by i.courtyard_id, i.category having count(*) >= 3`);
  for (const cause of ['leak', 'ebike', 'rubbish', 'drain'])
    expect(again.some((row) => row['category'] === cause)).toBe(true);
});
