import postgres from 'postgres';
import { migrationFiles, platformFiles, presetFiles, runFiles } from '../database/statements.ts';
import { createNative, openPglite } from '../database/templates.ts';
import { type Figure, ms } from './table.ts';

const OPEN = 100_000;
const NOW = '2026-11-23T10:00:00+08:00';

const place = `
  insert into public.areas (id, code, level, name, parent_id) values (1, 's', 'street', '街道', null);
  insert into public.areas (id, code, level, name, parent_id)
    select 100 + n, 'c' || n, 'community', '社区' || n, 1 from generate_series(1, 10) n;
  insert into public.areas (id, code, level, name, parent_id)
    select 1000 + n, 'g' || n, 'grid', '网格' || n, 101 + n % 10 from generate_series(1, 50) n;
  insert into public.courtyards (id, code, name, address, grid_id, point)
    select n, 'y' || n, '院' || n, n || '号', 1001 + n % 50, extensions.st_setsrid(extensions.st_point(104.05, 30.66), 4326)
    from generate_series(1, 514) n`;

/**
 * Open issues as a street would have them all at once: of every 2,000 one is unaccepted or unanswered and its time is over (it climbs,
 * or closes), four are at their warning and five overdue; the others ring later, or have rung.
 */
const issues = `
  insert into public.issues (id, number, street_id, community_id, grid_id, courtyard_id, category, what, point, urgency, state,
    holder_level, holder_area_id, step, step_since, step_minutes, step_mode, warn_at, due_at, promised_at, version, created_at, updated_at, resolved_at)
  select n, 'n' || n, 1, y.community_id, y.grid_id, y.id, 'leak', '漏水', y.point, 'ordinary', s.state, 'community', y.community_id, s.step,
    s.due - interval '8 hours', 480, 'wall', s.due - interval '96 minutes', s.due, s.due, 0, s.due - interval '8 hours', s.due - interval '8 hours',
    case s.state when 'resolved' then s.due - interval '7 days' end
  from generate_series(1, ${OPEN}) n
  join public.courtyards y on y.id = 1 + n % 514,
  lateral (
    select case n % 4000 when 1 then 'submitted' when 2001 then 'resolved' else 'handling' end as state,
      case n % 4000 when 1 then 'accept' when 2001 then 'answer' else 'handle' end as step,
      timestamptz '${NOW}' + case when n % 2000 between 1 and 6 then interval '-1 minute' when n % 2000 between 7 and 10 then interval '1 hour'
        else make_interval(mins => 120 + n % 9000) end as due) s;
  insert into private.alarms (issue_id, next_at) select * from private.next_alarms(array(select id from public.issues)) n where n.next_at is not null;
  analyze`;

type Run = (sql: string) => Promise<Record<string, unknown>[]>;

/** Sweeps until nothing is due; gives the time of the sweeps in ms and how many issues rang. */
async function sweepAll(run: Run): Promise<{ took: number; rang: number }> {
  await run(place);
  await run(issues);
  await run(`set courtyard.now = '${NOW}'`);
  const due = async () =>
    Number(
      (await run('select count(*)::int as due from private.alarms where next_at <= private.now()'))[0]?.[
        'due'
      ],
    );
  const rang = await due();
  const startedAt = performance.now();
  let looked = -1;
  while (looked !== 0) looked = Number((await run('select private.sweep() as looked'))[0]?.['looked']);
  const took = performance.now() - startedAt;
  const left = await due();
  if (rang < OPEN / 250 || left > 0) throw new Error(`${rang} were due and ${left} are still`);
  return { took, rang };
}

const files = () => [...migrationFiles(), ...presetFiles()];

async function onNative(): Promise<{ took: number; rang: number }> {
  const sql = postgres(await createNative('bench_sweep', files()), { max: 1, onnotice: () => {} });
  try {
    return await sweepAll(async (text) => [...(await sql.unsafe(text))]);
  } finally {
    await sql.end();
  }
}

async function onPglite(): Promise<{ took: number; rang: number }> {
  const db = await openPglite();
  try {
    await runFiles([...platformFiles(), ...files()], (text) => db.exec(text));
    return await sweepAll(async (text) => (await db.exec(text)).at(-1)?.rows ?? []);
  } finally {
    await db.close();
  }
}

/** How long the clocks of 100,000 open issues take to ring. TEST_DATABASE_URL names the cluster of the native one. */
export async function measureSweep(engine: 'native' | 'pglite'): Promise<Figure[]> {
  const { took, rang } = engine === 'native' ? await onNative() : await onPglite();
  const name = engine === 'native' ? 'PostgreSQL' : 'PGlite';
  return [
    {
      name: `sweep over ${OPEN.toLocaleString('en')} open issues (${rang} due), ${name}`,
      value: ms(took),
      asked: engine === 'native' ? '≤ 1 s' : '≤ 3 s',
    },
  ];
}
