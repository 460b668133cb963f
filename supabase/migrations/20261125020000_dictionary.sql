-- Gives: the data dictionary (fields, and the checks between them) with every version it ever had, and who may see how much.
-- To: staff read it; the street's administrator edits it by functions of a later migration.

create table public.archive_modules (
  code text primary key check (code ~ '^[a-z_]{2,40}$'),
  name text not null,
  name_en text not null,
  sort integer not null
);
comment on table public.archive_modules is 'The five parts of a courtyard''s archive: population, resources, bodies, services, response.';

create table public.archive_fields (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{1,39}$'),
  module text not null references public.archive_modules (code),
  name text not null check (char_length(name) between 1 and 40),
  name_en text not null check (char_length(name_en) between 1 and 80),
  unit text,
  unit_en text,
  -- count: whole, 0 or more; share: 0 to 1; flag: yes or no; choice: one of the options
  type text not null check (type in ('count', 'number', 'share', 'year', 'flag', 'choice', 'text', 'phone')),
  -- of a choice: [{code, name, name_en}]
  options jsonb check ((type = 'choice') = (options is not null)),
  low numeric,
  high numeric check (high >= low),
  sensitivity text not null check (sensitivity in ('public', 'staff', 'community', 'key_person')),
  -- where the value comes from, and which desk answers for it
  source text not null,
  owner text not null,
  -- how often it has to be verified; null: once
  every_months integer check (every_months in (1, 3, 6, 12, 24, 36)),
  -- of a derived field: a number, a field's code, or [operator, part, …] with + - * /
  formula jsonb,
  note text,
  -- drawn by the map's themes
  on_map boolean not null default false,
  sort integer not null default 100,
  -- false: asked no more; quarters that hold it keep it
  active boolean not null default true,
  version integer not null default 1
);
comment on table public.archive_fields is 'The data dictionary: what is known of a courtyard, as it is asked today. Earlier definitions stay in the versions, and a quarter is read by those of its own time.';
create index archive_fields_module on public.archive_fields (module);

create table private.field_versions (
  id bigint generated always as identity primary key,
  code text not null,
  version integer not null,
  at timestamptz not null,
  definition jsonb not null,
  unique (code, version)
);
comment on table private.field_versions is 'Every definition a field ever had, never changed. A profile names the newest id of its time: its quarter is read by these.';
create trigger never_changed before update or delete on private.field_versions
  for each row execute function private.refuse_change();
create trigger never_emptied before truncate on private.field_versions
  for each statement execute function private.refuse_change();

create function private.keep_field_version() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.field_versions (code, version, at, definition)
  values (new.code, new.version, private.now(), to_jsonb(new));
  return null;
end
$$;
create trigger keep_version before update on public.archive_fields
  for each row when (old.* is distinct from new.*) execute function private.keep_version();
create trigger keep_field_version_new after insert on public.archive_fields
  for each row execute function private.keep_field_version();
create trigger keep_field_version after update on public.archive_fields
  for each row when (old.version <> new.version) execute function private.keep_field_version();

-- A field is never removed: values of old quarters are read by it.
create trigger never_removed before delete on public.archive_fields
  for each row execute function private.refuse_change();

create table public.field_checks (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{1,39}$'),
  parts text[] not null check (cardinality(parts) between 1 and 8),
  whole text not null references public.archive_fields (code)
);
comment on table public.field_checks is 'Sums that a profile must satisfy: the parts together are no more than the whole (60+ ≤ residents).';
create index field_checks_whole on public.field_checks (whole);

alter table public.archive_modules enable row level security;
alter table public.archive_fields enable row level security;
alter table public.field_checks enable row level security;
grant select on public.archive_modules, public.archive_fields, public.field_checks to authenticated, service_role;
create policy "staff read the archive's modules" on public.archive_modules for select to authenticated using (true);
create policy "staff read the dictionary" on public.archive_fields for select to authenticated using (true);
create policy "staff read the checks between fields" on public.field_checks for select to authenticated using (true);

-- How protected a sensitivity is: a caller reads what is not above their own rank.
create function private.sensitivity_rank(sensitivity text) returns integer
language sql immutable set search_path = '' as $$
  select array_position('{public,staff,community,key_person}', sensitivity) - 1
$$;

-- How much the caller may read in each community: 1 what all staff may, 2 what stays between community and street, 3 counts of
-- key persons, in their own community only. Definer: looks through areas and departments before their own policies can ask.
create function private.my_clearances() returns table (community_id bigint, clearance integer)
language sql stable security definer set search_path = '' rows 10 as $$
  select c.id, max(case when m.role in ('community_staff', 'grid_worker') then 3 when m.role in ('street_staff', 'street_leader') then 2 else 1 end)
  from private.my_memberships() m
  left join public.departments d on d.id = m.department_id
  join public.areas c on c.level = 'community'
    and (coalesce(d.street_id, m.area_id) = any (c.path) or c.id = private.area_above(m.area_id, 'community'))
  group by c.id
$$;
grant execute on function private.my_clearances() to authenticated;

-- The caller's clearance in one community; 0 where they read nothing.
create function private.my_clearance(community bigint) returns integer
language sql stable set search_path = '' as $$
  select coalesce((select c.clearance from private.my_clearances() c where c.community_id = community), 0)
$$;

-- A formula as SQL over the record `f` that has a column for each number; null where a part is unknown or a divisor is 0.
create function private.formula_sql(formula jsonb) returns text
language plpgsql immutable set search_path = '' as $$
declare
  operator text := formula ->> 0;
  parts text[];
begin
  if jsonb_typeof(formula) = 'number' then
    return format('%s::numeric', formula #>> '{}');
  elsif jsonb_typeof(formula) = 'string' then
    return format('f.%I', formula #>> '{}');
  elsif jsonb_typeof(formula) is distinct from 'array' or operator not in ('+', '-', '*', '/') or jsonb_array_length(formula) < 3 then
    perform private.fail(422, 'formula_malformed', '{"field":"formula"}', 'Use a number, a field, or + - * / over them.');
  end if;
  select array_agg(private.formula_sql(p.part) order by p.n) into parts
  from jsonb_array_elements(formula) with ordinality p (part, n) where p.n > 1;
  return case operator
    when '/' then format('(%s / nullif(%s, 0))', parts[1], array_to_string(parts[2:], ' * '))
    else format('(%s)', array_to_string(parts, format(' %s ', operator))) end;
end
$$;

-- The codes a formula reads.
create function private.formula_reads(formula jsonb) returns setof text
language sql immutable set search_path = '' as $$
  select formula #>> '{}' where jsonb_typeof(formula) = 'string'
  union all
  select read from jsonb_array_elements(case jsonb_typeof(formula) when 'array' then formula - 0 else '[]' end) part,
    private.formula_reads(part) read
$$;

-- `f (code numeric, …)`: the fields that are numbers, as the columns of jsonb_to_record.
create function private.number_columns() returns text
language sql stable set search_path = '' as $$
  select 'f (' || string_agg(format('%I numeric', f.code), ', ' order by f.code) || ')'
  from public.archive_fields f where f.active and f.formula is null and f.type in ('count', 'number', 'share', 'year')
$$;

-- A formula must be understood, rest on numbers that are asked, and be no less protected than they are.
create function private.check_field() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  strange text;
begin
  if new.formula is not null then
    perform private.formula_sql(new.formula);
  end if;
  select r into strange from private.formula_reads(new.formula) r
  left join public.archive_fields f on f.code = r and f.formula is null and f.active and f.type in ('count', 'number', 'share', 'year')
    and private.sensitivity_rank(f.sensitivity) <= private.sensitivity_rank(new.sensitivity)
  where f.code is null limit 1;
  if strange is not null then
    perform private.fail(422, 'formula_malformed', jsonb_build_object('field', 'formula', 'reads', strange),
      'Rest it on numbers that are asked and no more protected than itself.');
  elsif new.formula is not null and new.type not in ('count', 'number', 'share') then
    perform private.fail(422, 'field_malformed', '{"field":"type","options":["count","number","share"]}', 'A derived field is a number.');
  end if;
  return new;
end
$$;
create trigger check_field before insert or update on public.archive_fields
  for each row execute function private.check_field();

-- Facts with the derived fields worked out anew. Formulas rest on fields that are asked, not on one another.
create function private.with_derived(facts jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  parts text;
  derived jsonb;
begin
  select string_agg(format('%L, trim_scale(round(%s, %s))', f.code, private.formula_sql(f.formula), case f.type when 'count' then 0 else 4 end), ', ') into parts
  from public.archive_fields f where f.active and f.formula is not null;
  if parts is null then
    return facts;
  end if;
  execute format('select jsonb_strip_nulls(jsonb_build_object(%s)) from jsonb_to_record($1) as %s', parts, private.number_columns())
    into derived using facts;
  return (facts - array(select f.code from public.archive_fields f where f.formula is not null)) || derived;
end
$$;

-- Whether a value is one that a field may hold.
create function private.value_fits(field public.archive_fields, value jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select case
    when value is null or jsonb_typeof(value) = 'null' then true
    when field.type in ('count', 'number', 'share', 'year') then jsonb_typeof(value) = 'number'
      and case when jsonb_typeof(value) = 'number' then
        (value #>> '{}')::numeric between
          coalesce(field.low, case field.type when 'year' then 1600 when 'number' then -1e9 else 0 end)
          and coalesce(field.high, case field.type when 'share' then 1 when 'year' then 2100 else 1e9 end)
        and (field.type not in ('count', 'year') or (value #>> '{}')::numeric = trunc((value #>> '{}')::numeric)) end
    when field.type = 'flag' then jsonb_typeof(value) = 'boolean'
    when field.type = 'choice' then jsonb_typeof(value) = 'string' and jsonb_path_exists(field.options, '$[*].code ? (@ == $v)', jsonb_build_object('v', value))
    when field.type = 'phone' then jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^[0-9+() -]{3,24}$'
    else jsonb_typeof(value) = 'string' and char_length(value #>> '{}') between 1 and 200 end
$$;
