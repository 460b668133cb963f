import postgres from 'postgres';
import { migrationFiles, platformFiles, presetFiles, runFiles } from '../database/statements.ts';
import { createNative, openPglite } from '../database/templates.ts';
import { quantile, timed } from './measure.ts';
import { type Figure, ms } from './table.ts';

/** A street (PGlite) or a whole city (PostgreSQL): yards, and cases of the last quarter among them. */
const sizes = { pglite: { yards: 514, cases: 514 }, native: { yards: 30_000, cases: 30_000 } };

/** Rows as they lie there: what triggers work out row by row is written with them, nearness once for all. */
const place = (yards: number) => `
  set session_replication_role = replica;
  insert into public.areas (id, code, level, name, parent_id) values (1, 's', 'street', '街道', null);
  insert into public.areas (id, code, level, name, parent_id)
    select 100 + n, 'c' || n, 'community', '社区' || n, 1 from generate_series(1, 10) n;
  insert into public.areas (id, code, level, name, parent_id)
    select 1000 + n, 'g' || n, 'grid', '网格' || n, 101 + n % 10 from generate_series(1, 50) n;
  insert into public.courtyards (id, code, name, address, street_id, community_id, grid_id, point)
    select n, 'y' || n, '院' || n, n || '号', 1, g.parent_id, g.id, extensions.st_setsrid(extensions.st_point(104 + (n % 173) * 0.0008, 30.6 + n / 173 * 0.0008), 4326)
    from generate_series(1, ${yards}) n join public.areas g on g.id = 1001 + n % 50;
  insert into public.resources (courtyard_id, community_id, kind, name, point, created_at, updated_at)
    select c.id, c.community_id, (array['hydrant', 'activity_room', 'canteen', 'idle_room'])[1 + c.id % 4], '资源', c.point, now(), now() from public.courtyards c where c.id % 3 = 0;
  insert into public.hazards (courtyard_id, community_id, kind, what, level, point, due_at, inspect_days, inspected_at, created_at, updated_at)
    select c.id, c.community_id, (array['wiring', 'ebike_stairwell', 'fire_lane_blocked'])[1 + c.id % 3], '隐患', 1 + c.id % 3, c.point, now() + interval '1 day' * (c.id % 30 - 10), 30, now(), now(), now()
    from public.courtyards c where c.id % 10 = 0`;

/** A yard's numbers lie between these, so that it carries about as many labels as a real one; other counts between 0 and 9. */
const ranges = {
  households: [40, 80],
  registered: [60, 130],
  floating: [5, 60],
  elderly_60: [10, 50],
  elderly_80: [0, 22],
  living_alone: [0, 9],
  care_people: [0, 13],
  low_income: [0, 6],
  children_6_14: [0, 35],
  visited: [30, 60],
  parking: [2, 30],
  floors: [1, 8],
  lifts: [0, 2],
  built_year: [1960, 2030],
};
const between = `case f.code ${Object.entries(ranges)
  .map(([code, [low = 0, high = 9]]) => `when '${code}' then ${low} + dice % ${high - low}`)
  .join(' ')} else dice % 9 end`;

/** Every field, derived ones too, with a value of its type that differs from yard to yard. */
const archives = `
  insert into private.archives (courtyard_id, facts, stamps, quarter, verified_at)
  select c.id, jsonb_object_agg(f.code, case f.type when 'flag' then to_jsonb(dice % 9 > 0)
      when 'choice' then f.options -> (dice % jsonb_array_length(f.options)) -> 'code'
      when 'text' then to_jsonb('文字' || c.id) when 'phone' then to_jsonb('1390000' || lpad((c.id % 10000)::text, 4, '0'))
      when 'share' then to_jsonb(dice % 100 / 100.0)
      else to_jsonb(${between}) end), '{}', '2026Q3', now()
  from public.courtyards c, public.archive_fields f, lateral (select abs(hashtext(f.code || c.id)) as dice) d
  where f.active group by c.id`;

const cases = (count: number) => `
  insert into public.issues (number, street_id, community_id, grid_id, courtyard_id, category, what, point, urgency, state, holder_level, holder_area_id,
    step, step_since, step_minutes, step_mode, warn_at, due_at, promised_at, created_at, updated_at)
  select 'n' || n, 1, y.community_id, y.grid_id, y.id, (array['leak', 'drain', 'ebike', 'fire_lane', 'noise', 'light'])[1 + n % 6], '诉求', y.point, 'ordinary', 'handling',
    'community', y.community_id, 'handle', now(), 480, 'wall', now(), now(), now(), now() - make_interval(mins => n % 200000), now()
  from generate_series(1, ${count}) n join public.courtyards y on y.id = 1 + (n::bigint * n) % (select count(*) from public.courtyards)`;

type Run = (sql: string) => Promise<Record<string, unknown>[]>;

const first = async (run: Run, sql: string) => Number(Object.values((await run(sql))[0] ?? {})[0]);

interface Took {
  rules: number;
  fields: number;
  worn: number;
  /** All labels of all yards: from nothing, when they are as they were, when three fields changed in one yard of twenty; ms. */
  fresh: number;
  again: number;
  some: number;
  /** From one changed field until the labels have followed, ms. */
  edit: number;
}

async function deriveAll(run: Run, size: { yards: number; cases: number }): Promise<Took> {
  await run(place(size.yards));
  await run(archives);
  await run(cases(size.cases));
  await run(
    'select private.measure_near(kind) from private.near_kinds; set session_replication_role = origin; truncate private.label_dirty; analyze',
  );
  const all =
    'select private.derive(array(select l.id from public.labels l where l.active and l.rule is not null))';
  const [fresh = Number.NaN, again = Number.NaN] = await timed(2, () => run(all));
  await run(`update private.archives set facts = private.with_derived(facts || jsonb_build_object('elderly_60', 1 + courtyard_id % 60,
    'visited', courtyard_id % 70, 'floors', 1 + courtyard_id % 9)) where courtyard_id % 20 = 3; truncate private.label_dirty`);
  const [some = Number.NaN] = await timed(1, () => run(all));
  let n = 0;
  const edits = await timed(40, async () => {
    n += 1;
    await run(`update private.archives set facts = private.with_derived(facts || '{"elderly_60": ${n % 2 === 0 ? 1 : 5_000}}') where courtyard_id = ${1 + n};
      select private.derive_labels()`);
  });
  return {
    rules: await first(run, 'select count(*) from public.labels where active and rule is not null'),
    fields: await first(run, 'select count(*) from public.archive_fields where active'),
    worn: await first(run, 'select count(*) from private.courtyard_labels where ended_at is null'),
    fresh,
    again,
    some,
    edit: quantile(edits, 0.95),
  };
}

const files = () => [...migrationFiles(), ...presetFiles()];

async function onNative(): Promise<Took> {
  const sql = postgres(await createNative('bench_labels', files()), { max: 1, onnotice: () => {} });
  try {
    return await deriveAll(async (text) => [...(await sql.unsafe(text))], sizes.native);
  } finally {
    await sql.end();
  }
}

async function onPglite(): Promise<Took> {
  const db = await openPglite();
  try {
    await runFiles([...platformFiles(), ...files()], (text) => db.exec(text));
    return await deriveAll(async (text) => (await db.exec(text)).at(-1)?.rows ?? [], sizes.pglite);
  } finally {
    await db.close();
  }
}

/** How long the labels of a whole city take to be derived, and to follow one edit. TEST_DATABASE_URL names the cluster of the native one. */
export async function measureLabels(engine: 'native' | 'pglite'): Promise<Figure[]> {
  const took = engine === 'native' ? await onNative() : await onPglite();
  const yards = sizes[engine].yards.toLocaleString('en');
  const name = engine === 'native' ? 'PostgreSQL' : 'PGlite';
  const asked = engine === 'native';
  return [
    {
      name: `${yards} courtyards × ${took.fields} fields × ${took.rules} rules derived from nothing (${took.worn.toLocaleString('en')} labels), ${name}`,
      value: ms(took.fresh),
      asked: '',
    },
    { name: `the same derived again, ${name}`, value: ms(took.again), asked: asked ? '≤ 2 s' : '' },
    {
      name: `the same when three fields changed in 5 % of them, ${name}`,
      value: ms(took.some),
      asked: asked ? '≤ 2 s' : '',
    },
    {
      name: `labels after one edit among them, p95 of 40, ${name}`,
      value: ms(took.edit),
      asked: asked ? '≤ 50 ms' : '',
    },
  ];
}
