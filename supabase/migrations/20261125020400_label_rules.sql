-- Gives: the language of label rules, compiled to set-based SQL, and private.derive_labels, which derives what is due.
-- To: the functions that save labels, confirm profiles and change places; private.tick. A rule is data: every word of it that
-- reaches SQL is a known code, a quoted literal, or one of the operators below.

-- Refuses a rule with where it is wrong.
create function private.refuse_rule(part jsonb, why text) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.fail(422, 'rule_malformed', jsonb_build_object('field', 'rule', 'part', part, 'why', why), 'Mend this condition.');
end
$$;

-- `>= n` or `<= n`, from at_least or at_most.
create function private.rule_count(part jsonb) returns text
language plpgsql immutable set search_path = '' as $$
declare
  word text := case when part ? 'at_least' then 'at_least' else 'at_most' end;
begin
  if (part ? 'at_least') = (part ? 'at_most') or jsonb_typeof(part -> word) <> 'number'
    or part ->> word !~ (case word when 'at_least' then '^[1-9][0-9]{0,3}$' else '^[0-9]{1,4}$' end) then
    perform private.refuse_rule(part, 'count');
  end if;
  return case word when 'at_least' then '>= ' else '<= ' end || (part ->> word);
end
$$;

-- The codes of a list in a rule, each of them known.
create function private.rule_codes(part jsonb, word text, known text[]) returns text[]
language plpgsql immutable set search_path = '' as $$
declare
  codes text[];
begin
  if jsonb_typeof(part -> word) is distinct from 'array' then
    perform private.refuse_rule(part, word);
  end if;
  codes := array(select jsonb_array_elements_text(part -> word));
  if not codes <@ known or (cardinality(codes) = 0 and word = 'resources') then
    perform private.refuse_rule(part, word);
  end if;
  return codes;
end
$$;

create function private.rule_number(part jsonb, word text, low integer, high integer) returns integer
language plpgsql immutable set search_path = '' as $$
begin
  if jsonb_typeof(part -> word) is distinct from 'number' or part ->> word !~ '^[0-9]{1,5}$' or (part ->> word)::integer not between low and high then
    perform private.refuse_rule(part, word);
  end if;
  return (part ->> word)::integer;
end
$$;

-- What a condition that counts counts: `table alias where …`, every row with a courtyard_id. $1: the yards, null for all; $2: now.
create function private.rule_rows(part jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
  codes text[];
begin
  if part ? 'cases' then
    codes := private.rule_codes(part, 'cases', array(select c.code from public.categories c));
    return 'public.issues n where n.state not in (''merged'', ''withdrawn'', ''declined'')'
      || case when part -> 'open' = 'true' then ' and n.state in (''submitted'', ''handling'', ''resolved'')'
        else format(' and n.created_at > $2 - interval %L', private.rule_number(part, 'days', 1, 730) || ' days') end
      || case when codes <> '{}' then format(' and n.category = any (%L::text[])', codes) else '' end;
  elsif part ? 'hazards' then
    codes := private.rule_codes(part, 'hazards', array(select k.code from public.place_kinds k where k.place = 'hazard'));
    return 'public.hazards n where n.state in (''open'', ''mending'')'
      || case when part ? 'level' then format(' and n.level >= %s', private.rule_number(part, 'level', 1, 3)) else '' end
      || case when part -> 'late' = 'true' then ' and n.due_at < $2' else '' end
      || case when codes <> '{}' then format(' and n.kind = any (%L::text[])', codes) else '' end;
  end if;
  codes := private.rule_codes(part, 'resources', array(select k.code from public.place_kinds k where k.place = 'resource'));
  if part ? 'within' then
    return format('private.near n where n.kind = any (%L::text[]) and n.metres <= %s', codes, private.rule_number(part, 'within', 1, 1000));
  end if;
  return format('public.resources n where n.state not in (''gone'', ''broken'') and n.kind = any (%L::text[])', codes);
end
$$;

-- A comparison with a field, its value checked against the field's type.
create function private.rule_field(part jsonb) returns text
language plpgsql stable set search_path = '' as $$
declare
  field public.archive_fields;
  operator text := part ->> 'is';
begin
  select a.* into field from public.archive_fields a where a.code = part ->> 'field' and a.active;
  if field.code is null then
    perform private.refuse_rule(part, 'field');
  elsif operator in ('known', 'unknown') then
    return format('f.%I is %s null', field.code, case operator when 'known' then 'not' else '' end);
  elsif operator is null or operator not in ('=', '<>', '<', '<=', '>', '>=')
    or field.type in ('flag', 'choice', 'text', 'phone') and operator not in ('=', '<>') then
    perform private.refuse_rule(part, 'is');
  elsif part -> 'value' is null or jsonb_typeof(part -> 'value') = 'null'
    or jsonb_typeof(part -> 'value') <> (case when field.type = 'flag' then 'boolean' when field.type in ('choice', 'text', 'phone') then 'string' else 'number' end)
    or field.type = 'choice' and not private.value_fits(field, part -> 'value') then
    perform private.refuse_rule(part, 'value');
  end if;
  return format('f.%I %s %L::%s', field.code, operator, part ->> 'value',
    case jsonb_typeof(part -> 'value') when 'number' then 'numeric' when 'boolean' then 'boolean' else 'text' end);
end
$$;

-- A rule as a condition over a yard `f`: its number in "#", its fields as columns. Null (unknown) is no match, and neither is not null.
create function private.rule_sql(rule jsonb, depth integer default 0) returns text
language plpgsql stable set search_path = '' as $$
declare
  parts text[];
  word text := case when rule ? 'all' then 'all' else 'any' end;
  count text;
begin
  if jsonb_typeof(rule) is distinct from 'object' or depth > 6 then
    perform private.refuse_rule(rule, 'shape');
  elsif rule ?| array['all', 'any'] then
    if jsonb_typeof(rule -> word) <> 'array' or jsonb_array_length(rule -> word) not between 1 and 12 then
      perform private.refuse_rule(rule, word);
    end if;
    select array_agg(private.rule_sql(part, depth + 1)) into parts from jsonb_array_elements(rule -> word) part;
    return '(' || array_to_string(parts, case word when 'all' then ' and ' else ' or ' end) || ')';
  elsif rule ? 'not' then
    return format('not (%s)', private.rule_sql(rule -> 'not', depth + 1));
  elsif rule ? 'field' then
    return private.rule_field(rule);
  elsif rule ?| array['cases', 'hazards', 'resources'] then
    count := private.rule_count(rule);
    -- worked out once for all yards, so that the planner may hash it; “at most” is what is not above
    return format('f."#" %s (select n.courtyard_id from %s and ($1 is null or n.courtyard_id = any ($1)) group by 1 having count(*) %s)',
      case when rule ? 'at_most' then 'not in' else 'in' end, private.rule_rows(rule), replace(count, '<=', '>'));
  end if;
  perform private.refuse_rule(rule, 'shape');
  return null;
end
$$;

-- The conditions of a rule one by one, those under `not` as well.
create function private.rule_leaves(rule jsonb) returns setof jsonb
language sql immutable set search_path = '' as $$
  select rule where rule ?| array['field', 'cases', 'hazards', 'resources']
  union all
  select leaf from jsonb_array_elements(coalesce(rule -> 'all', rule -> 'any', '[]')
      || case when rule ? 'not' then jsonb_build_array(rule -> 'not') else '[]' end) part,
    private.rule_leaves(part) leaf
$$;

-- What a rule found in a yard, as SQL: each condition with the value or the count.
create function private.evidence_sql(rule jsonb) returns text
language sql stable set search_path = '' as $$
  select 'jsonb_build_array(' || string_agg(case when leaf ? 'field'
    then format('jsonb_build_object(''field'', %L, ''value'', f.%I)', leaf ->> 'field', leaf ->> 'field')
    else format('%L::jsonb || jsonb_build_object(''count'', (select count(*) from %s and n.courtyard_id = f."#"))',
      leaf - 'at_least' - 'at_most', private.rule_rows(leaf)) end, ', ') || ')'
  from private.rule_leaves(rule) leaf
$$;

-- The statement that finds who carries which of these labels: (courtyard_id, label_id, evidence). $1: yards or null; $2: now.
-- labels: [{id, rule}].
create function private.labels_sql(labels jsonb) returns text
language sql stable set search_path = '' as $$
  select 'with facts as materialized (select a.courtyard_id as "#"'
    || coalesce((select string_agg(format(', r.%I', read), '') from unnest(reads) read), '')
    || ' from private.archives a'
    || coalesce((select ', jsonb_to_record(a.facts) as r (' || string_agg(format('%I %s', f.code,
        case f.type when 'flag' then 'boolean' when 'choice' then 'text' when 'text' then 'text' when 'phone' then 'text' else 'numeric' end), ', ') || ')'
      from public.archive_fields f where f.code = any (reads)), '')
    || ' where $1 is null or a.courtyard_id = any ($1)) '
    || (select string_agg(format('select f."#", %s::bigint, %s from facts f where %s', l ->> 'id', private.evidence_sql(l -> 'rule'), private.rule_sql(l -> 'rule')),
      ' union all ') from jsonb_array_elements(labels) l)
  from (
    select array(select distinct leaf ->> 'field' from jsonb_array_elements(labels) l, private.rule_leaves(l -> 'rule') leaf where leaf ? 'field') as reads) r
$$;

-- Derives these labels for these yards (null: all) and gives the yards where one came or went. A label stays as long as its rule
-- holds: `since` is kept, the evidence follows.
create function private.derive(labels bigint[], yards bigint[] default null) returns bigint[]
language plpgsql volatile set search_path = '' as $$
declare
  now timestamptz := private.now();
  rules jsonb := (select jsonb_agg(jsonb_build_object('id', l.id, 'rule', l.rule)) from public.labels l where l.id = any (labels) and l.active and l.rule is not null);
  changed bigint[];
begin
  execute format($sql$
    with wanted (courtyard_id, label_id, evidence) as materialized (%s), lost as (
      update private.courtyard_labels c set ended_at = $2, ended = 'rule'
      where c.derived and c.ended_at is null and c.label_id = any ($3) and ($1 is null or c.courtyard_id = any ($1))
        and not exists (select from wanted w where w.courtyard_id = c.courtyard_id and w.label_id = c.label_id)
      returning c.courtyard_id
    ), kept as (
      update private.courtyard_labels c set evidence = w.evidence from wanted w
      where c.courtyard_id = w.courtyard_id and c.label_id = w.label_id and c.derived and c.ended_at is null and c.evidence <> w.evidence
    ), gained as (
      insert into private.courtyard_labels (courtyard_id, label_id, derived, evidence, since)
      select w.courtyard_id, w.label_id, true, w.evidence, $2 from wanted w
      where not exists (select from private.courtyard_labels c where c.courtyard_id = w.courtyard_id and c.label_id = w.label_id and c.ended_at is null)
      on conflict do nothing returning courtyard_id
    )
    select array_agg(distinct courtyard_id) from (select courtyard_id from lost union all select courtyard_id from gained) c
  $sql$, coalesce(private.labels_sql(rules), 'select null::bigint, null::bigint, null::jsonb where false')) into changed using yards, now, labels;
  return coalesce(changed, '{}');
end
$$;

-- Derives what is due and gives the yards that changed. One at a time: it reads what the one before it wrote.
create function private.derive_labels() returns bigint[]
language plpgsql volatile security definer set search_path = '' as $$
declare
  labels bigint[];
  yards bigint[];
begin
  perform pg_advisory_xact_lock(hashtextextended('labels', 0));
  with taken as (delete from private.label_dirty returning courtyard_id, label_id)
  select array_agg(distinct t.label_id), array_agg(distinct t.courtyard_id) into labels, yards from taken t;
  if labels is null then
    return array[]::bigint[];
  end if;
  return private.derive(labels, case when cardinality(yards) <= 2000 then yards end);
end
$$;

-- What a label rests on: kept with it, together with the clearance that reads it. Refuses a rule that cannot be understood.
create function private.keep_label_reads() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from private.label_reads r where r.label_id = new.id;
  insert into private.label_reads (label_id, kind, key, reach)
  select new.id, kind, key, max(reach) from (
    select 'field' as kind, leaf ->> 'field' as key, null::integer as reach from private.rule_leaves(new.rule) leaf where leaf ? 'field'
    union all
    select case when leaf ? 'within' then 'near' else word end, coalesce(code, '*'), coalesce(leaf ->> 'within', leaf ->> 'days')::integer
    from private.rule_leaves(new.rule) leaf, unnest(array['cases', 'hazards', 'resources']) word
    left join lateral jsonb_array_elements_text(leaf -> word) code on true where leaf ? word) reads
  where new.active group by kind, key;
  insert into private.near_kinds (kind, reach) select r.key, r.reach from private.label_reads r where r.label_id = new.id and r.kind = 'near'
  on conflict (kind) do update set reach = greatest(near_kinds.reach, excluded.reach);
  perform private.measure_near(r.key) from private.label_reads r where r.label_id = new.id and r.kind = 'near';
  insert into private.label_dirty (courtyard_id, label_id) select a.courtyard_id, new.id from private.archives a;
  return null;
end
$$;

create function private.check_label() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.rule is not null then
    perform private.rule_sql(new.rule);
  end if;
  new.clearance := greatest(private.sensitivity_rank(new.sensitivity), (
    select max(private.sensitivity_rank(f.sensitivity)) from private.rule_leaves(new.rule) leaf, public.archive_fields f
    where f.code = leaf ->> 'field'));
  return new;
end
$$;
create trigger check_label before insert or update of rule, sensitivity on public.labels
  for each row execute function private.check_label();
create trigger keep_version before update on public.labels
  for each row when (old.* is distinct from new.*) execute function private.keep_version();
create trigger keep_label_reads after insert or update of rule, active on public.labels
  for each row execute function private.keep_label_reads();
