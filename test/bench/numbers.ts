import postgres from 'postgres';
import { migrationFiles, platformFiles, presetFiles, runFiles } from '../database/statements.ts';
import { createNative, openPglite } from '../database/templates.ts';
import { quantile, timed } from './measure.ts';
import { type Figure, ms } from './table.ts';

const ISSUES = 100_000;
const NOW = '2026-10-01T00:00:00+08:00';
const leader = '00000000-0000-4000-8000-000000000001';

const street = `
  insert into public.areas (id, code, level, name, parent_id) values (1, 's', 'street', '街道', null);
  insert into public.areas (id, code, level, name, parent_id)
    select 100 + n, 'c' || n, 'community', '社区' || n, 1 from generate_series(1, 10) n;
  insert into public.areas (id, code, level, name, parent_id)
    select 1000 + n, 'g' || n, 'grid', '网格' || n, 101 + n % 10 from generate_series(1, 50) n;
  insert into public.departments (id, street_id, code, name, name_en) select n, 1, 'd' || n, '部门' || n, 'Office ' || n from generate_series(1, 12) n;
  insert into public.courtyards (id, code, name, address, grid_id, point)
    select n, 'y' || n, '院' || n, n || '号', 1001 + n % 50, extensions.st_setsrid(extensions.st_point(104.05, 30.66), 4326)
    from generate_series(1, 514) n;
  insert into auth.users (id, email) values ('${leader}', 'leader@example.org');
  insert into public.people (id, street_id, name) values ('${leader}', 1, '街道领导');
  insert into public.memberships (person_id, role, area_id) values ('${leader}', 'street_leader', 1)`;

/** Closed issues over a year and a quarter; every third went up to a department, every tenth was re-checked. */
const issues = `
  alter table public.issue_events disable trigger user;
  insert into public.issues (id, number, street_id, community_id, grid_id, courtyard_id, category, what, point, urgency, state, holder_level,
    holder_area_id, holder_department_id, promised_at, version, created_at, updated_at, resolved_at, ended_at)
  select n, 'n' || n, 1, y.community_id, y.grid_id, y.id, k.code, '漏水', y.point, 'ordinary', 'closed', l.level,
    case l.level when 'courtyard' then y.grid_id when 'community' then y.community_id end, case l.level when 'department' then 1 + n % 12 end,
    t.at, 5, t.at, t.at + interval '40 hours', t.at + interval '30 hours', t.at + interval '40 hours'
  from generate_series(1, ${ISSUES}) n
  join public.courtyards y on y.id = 1 + n % 514
  join (select code, row_number() over (order by code) as nth, count(*) over () as kinds from public.categories) k on k.nth = 1 + n % k.kinds,
  lateral (select timestamptz '${NOW}' - make_interval(mins => n * 6) as at) t,
  lateral (select case n % 3 when 0 then 'department' when 1 then 'community' else 'courtyard' end as level) l;
  insert into public.issue_events (issue_id, seq, action, at, actor, payload, is_public, from_state, changes, hash)
  select i.id, e.seq, e.action, i.created_at + make_interval(hours => e.after), 'clock', e.payload, true, e.from_state, e.changes, ''
  from public.issues i, (values (1, 'report', 0, null, '{}'::jsonb, '{"state":"submitted","step":"accept"}'::jsonb),
    (2, 'accept', 1, 'submitted', '{}', '{"state":"handling","step":"handle"}'), (3, 'resolve', 30, 'handling', '{}', '{"state":"resolved"}'),
    (4, 'verify', 35, 'resolved', '{"outcome":"ok"}', '{"step":"answer"}'), (5, 'answer', 40, 'resolved', '{"outcome":"yes"}', '{"state":"closed"}'))
    e (seq, action, after, from_state, payload, changes)
  where e.action <> 'verify' or i.id % 10 = 0;
  insert into public.issue_steps (issue_id, seq, street_id, community_id, category, step, holder_level, department_id, began_at, due_at, ended_at, ended_by)
  select i.id, s.seq, 1, i.community_id, i.category, s.step, i.holder_level, i.holder_department_id, i.created_at + make_interval(hours => s.began),
    i.created_at + make_interval(hours => s.began, mins => 60 + (i.id % 50)::integer * 40), i.created_at + make_interval(hours => s.ended), s.by
  from public.issues i, (values (1, 'accept', 0, 1, 'accept'), (2, 'handle', 1, 30, 'resolve'), (3, 'answer', 30, 40, 'answer'))
    s (seq, step, began, ended, by);
  alter table public.issue_events enable trigger user;
  analyze`;

type Run = (sql: string) => Promise<Record<string, unknown>[]>;

/** Asks for figures as the street's leader does, several times over; gives the median of what each call took, in ms. */
async function ask(run: Run): Promise<{ quarter: number; year: number }> {
  await run(street);
  await run(issues);
  await run(
    `set courtyard.now = '${NOW}'; set request.jwt.claims = '{"sub":"${leader}"}'; set role authenticated`,
  );
  const call = async (since: string) => {
    const [row] = await run(`select (public.numbers('${since}', '${NOW}') ->> 'reported')::int as reported`);
    if (!(Number(row?.['reported']) > ISSUES / 10)) throw new Error('The figures miss issues');
  };
  const took = async (since: string) => quantile(await timed(5, () => call(since)), 0.5);
  return { quarter: await took('2026-07-01T00:00:00+08:00'), year: await took('2025-10-01T00:00:00+08:00') };
}

const files = () => [...migrationFiles(), ...presetFiles()];

async function onNative(): Promise<{ quarter: number; year: number }> {
  const sql = postgres(await createNative('bench_numbers', files()), { max: 1, onnotice: () => {} });
  try {
    return await ask(async (text) => [...(await sql.unsafe(text))]);
  } finally {
    await sql.end();
  }
}

async function onPglite(): Promise<{ quarter: number; year: number }> {
  const db = await openPglite();
  try {
    await runFiles([...platformFiles(), ...files()], (text) => db.exec(text));
    return await ask(async (text) => (await db.exec(text)).at(-1)?.rows ?? []);
  } finally {
    await db.close();
  }
}

/** How long the page of figures takes to add up with 100,000 issues. TEST_DATABASE_URL names the cluster of the native one. */
export async function measureNumbers(engine: 'native' | 'pglite'): Promise<Figure[]> {
  const { quarter, year } = engine === 'native' ? await onNative() : await onPglite();
  const name = engine === 'native' ? 'PostgreSQL' : 'PGlite';
  const of = `${ISSUES.toLocaleString('en')} issues, ${name}`;
  return [
    { name: `figures of a quarter of ${of}`, value: ms(quarter), asked: '' },
    { name: `figures of a year of ${of}`, value: ms(year), asked: '' },
  ];
}
