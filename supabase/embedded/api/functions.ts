import * as v from 'valibot';
import type { Database } from '../database/database.ts';
import { identifier, literal } from '../database/literal.ts';

/** A function of schema public that gives one value. */
export interface CallableFunction {
  name: string;
  arguments: { name: string; type: string; required: boolean }[];
  returns: 'json' | 'void' | 'other';
}

const Row = v.object({
  name: v.string(),
  names: v.nullable(v.array(v.string())),
  types: v.array(v.string()),
  defaults: v.number(),
  returns: v.string(),
});

const CATALOGUE = `
select set_config('search_path', '', true);
select p.proname as name, to_jsonb(p.proargnames) as names, p.pronargdefaults as defaults, p.prorettype::regtype::text as returns,
  coalesce((select jsonb_agg(pg_catalog.format_type(t, null) order by i) from unnest(p.proargtypes) with ordinality as a (t, i)), '[]') as types
from pg_catalog.pg_proc p
join pg_catalog.pg_type r on r.oid = p.prorettype
where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and not p.proretset and p.provariadic = 0
  and p.proargmodes is null and r.typtype in ('b', 'p', 'd', 'e')
  and (select count(*) from pg_catalog.pg_proc o where o.proname = p.proname and o.pronamespace = p.pronamespace) = 1
  and not exists (select from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

/** The functions that can be called by name with named arguments and no doubt which is meant. */
export async function callableFunctions(db: Database): Promise<Map<string, CallableFunction>> {
  const results = await db.script(CATALOGUE);
  const found = new Map<string, CallableFunction>();
  for (const raw of results[1]?.rows ?? []) {
    const row = v.parse(Row, raw);
    const names = row.names ?? [];
    if (names.length !== row.types.length) continue;
    const required = row.types.length - row.defaults;
    found.set(row.name, {
      name: row.name,
      arguments: row.types.map((type, i) => ({ name: names[i] ?? '', type, required: i < required })),
      returns:
        row.returns === 'json' || row.returns === 'jsonb'
          ? 'json'
          : row.returns === 'void'
            ? 'void'
            : 'other',
    });
  }
  return found;
}

/** True when these argument names are what the function takes. */
export function accepts(fn: CallableFunction, given: readonly string[]): boolean {
  return (
    given.every((name) => fn.arguments.some((argument) => argument.name === name)) &&
    fn.arguments.every((argument) => !argument.required || given.includes(argument.name))
  );
}

/** The statement that calls `fn` with the arguments of a JSON object, converted as PostgREST converts them. */
export function callSql(fn: CallableFunction, given: readonly string[], json: string): string {
  const passed = fn.arguments.filter((argument) => given.includes(argument.name));
  const call = `public.${identifier(fn.name)}(${passed.map(({ name }) => `${identifier(name)} => a.${identifier(name)}`).join(', ')})`;
  const from = passed.length
    ? ` from json_to_record(${literal(json)}::json) as a (${passed.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ')})`
    : '';
  const body = fn.returns === 'other' ? `to_json(${call})` : call;
  return `select (${body})::text as body${from}`;
}
