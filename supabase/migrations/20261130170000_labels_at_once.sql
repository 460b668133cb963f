-- Gives: labels of a whole city derived in one look at each yard, and whatever came, went or rests on something else written at once.
-- To: whoever calls private.derive, private.derive_labels and preview_label_rule.

-- Worn labels are looked up by yard and by label, ended ones by neither; few were given by a person.
drop index private.courtyard_labels_of_yard, private.courtyard_labels_of_label, private.courtyard_labels_person;
create index courtyard_labels_of_label on private.courtyard_labels (label_id) where ended_at is null;
create index courtyard_labels_person on private.courtyard_labels (person_id) where person_id is not null;

alter table private.label_dirty alter column courtyard_id drop not null;
comment on table private.label_dirty is 'Pairs of yard (null: all) and label that have to be derived again; emptied by private.derive_labels.';

-- The words of a rule that count rows of a yard.
create function private.counting_words() returns text[]
language sql immutable set search_path = '' as $$ select array['cases', 'hazards', 'resources'] $$;

-- The column that holds what a condition counts: conditions that count the same share it.
create function private.count_column(part jsonb) returns text
language sql stable set search_path = '' as $$ select '#' || md5(private.rule_rows(part)) $$;

create or replace function private.rule_leaves(rule jsonb) returns setof jsonb
language sql immutable set search_path = '' as $$
  select rule where rule ?| (array['field'] || private.counting_words())
  union all
  select leaf from jsonb_array_elements(coalesce(rule -> 'all', rule -> 'any', '[]')
      || case when rule ? 'not' then jsonb_build_array(rule -> 'not') else '[]' end) part,
    private.rule_leaves(part) leaf
$$;

-- A rule as a condition over a yard `f`: its number in "#", its fields and its counts as columns. Null (unknown) is no match, and
-- neither is not null.
create or replace function private.rule_sql(rule jsonb, depth integer default 0) returns text
language plpgsql stable set search_path = '' as $$
declare
  parts text[];
  word text := case when rule ? 'all' then 'all' else 'any' end;
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
  elsif rule ?| private.counting_words() then
    return format('f.%I %s', private.count_column(rule), private.rule_count(rule));
  end if;
  perform private.refuse_rule(rule, 'shape');
  return null;
end
$$;

create or replace function private.evidence_sql(rule jsonb) returns text
language sql stable set search_path = '' as $$
  select 'jsonb_build_array(' || string_agg(case when leaf ? 'field'
    then format('jsonb_build_object(''field'', %L, ''value'', f.%I)', leaf ->> 'field', leaf ->> 'field')
    else format('%L::jsonb || jsonb_build_object(''count'', f.%I)', leaf - 'at_least' - 'at_most', private.count_column(leaf)) end, ', ') || ')'
  from private.rule_leaves(rule) leaf
$$;

drop function private.labels_sql(jsonb, boolean);
drop function private.fill_evidence(bigint[], timestamptz);

-- The statement that finds who carries which of these labels: (courtyard_id, label_id, evidence). $1: yards or null; $2: now.
-- labels: [{id, rule}]. Every field and every count is read once for each yard, however many rules ask for it.
create function private.labels_sql(labels jsonb) returns text
language sql stable set search_path = '' as $$
  with leaves as (
    select leaf from jsonb_array_elements(labels) l, private.rule_leaves(l -> 'rule') leaf
  ), fields as (
    select f.code, case f.type when 'flag' then 'boolean' when 'choice' then 'text' when 'text' then 'text' when 'phone' then 'text' else 'numeric' end as type
    from public.archive_fields f where f.code in (select leaf ->> 'field' from leaves)
  ), counts as (
    select distinct private.count_column(leaf) as name, private.rule_rows(leaf) as rows from leaves where not leaf ? 'field'
  )
  select 'with facts as materialized (select a.courtyard_id as "#"'
    || coalesce((select string_agg(format(', r.%I', code), '') from fields), '')
    || coalesce((select string_agg(format(', coalesce(%I.count, 0) as %1$I', name), '') from counts), '')
    || ' from private.archives a'
    || coalesce((select ' cross join lateral jsonb_to_record(a.facts) as r (' || string_agg(format('%I %s', code, type), ', ') || ')' from fields), '')
    || coalesce((select string_agg(format(' left join (select n.courtyard_id, count(*) from %2$s and ($1 is null or n.courtyard_id = any ($1)) group by 1) %1$I'
        ' on %1$I.courtyard_id = a.courtyard_id', name, rows), '') from counts), '')
    || ' where $1 is null or a.courtyard_id = any ($1)) '
    || (select string_agg(format('select f."#", %s::bigint, %s from facts f where %s', l ->> 'id', private.evidence_sql(l -> 'rule'), private.rule_sql(l -> 'rule')),
      ' union all ') from jsonb_array_elements(labels) l)
$$;

-- What these yards carry is compared with what they should once, before anything is written: a label that stays keeps its `since`,
-- and its evidence follows.
create or replace function private.derive(labels bigint[], yards bigint[] default null) returns bigint[]
language plpgsql volatile set search_path = '' set work_mem = '64MB' as $$
declare
  now timestamptz := private.now();
  rules jsonb := (select jsonb_agg(jsonb_build_object('id', l.id, 'rule', l.rule)) from public.labels l where l.id = any (labels) and l.active and l.rule is not null);
  changed bigint[];
begin
  execute format($sql$
    with wanted (courtyard_id, label_id, evidence) as (%s), different as materialized (
      select c.id, courtyard_id, label_id, w.evidence, w.label_id is not null as holds
      from wanted w full join (
        select c.* from private.courtyard_labels c where c.ended_at is null and c.label_id = any ($3) and ($1 is null or c.courtyard_id = any ($1))
      ) c using (courtyard_id, label_id)
      where c.id is null or c.derived and w.evidence is distinct from c.evidence
    ), lost as (
      update private.courtyard_labels c set ended_at = $2, ended = 'rule' from different d where c.id = d.id and not d.holds
    ), kept as (
      update private.courtyard_labels c set evidence = d.evidence from different d where c.id = d.id and d.holds
    ), gained as (
      insert into private.courtyard_labels (courtyard_id, label_id, derived, evidence, since)
      select d.courtyard_id, d.label_id, true, d.evidence, $2 from different d where d.id is null
      on conflict do nothing
    )
    select array_agg(distinct d.courtyard_id) from different d where d.id is null or not d.holds
  $sql$, coalesce(private.labels_sql(rules), 'select null::bigint, null::bigint, null::jsonb where false')) into changed using yards, now, labels;
  return coalesce(changed, array[]::bigint[]);
end
$$;

-- Past so many yards it is quicker to look at all of them once than to look each of them up.
create or replace function private.derive_labels() returns bigint[]
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
  return private.derive(labels, case when cardinality(yards) <= 2000 and array_position(yards, null) is null then yards end);
end
$$;

create or replace function private.keep_label_reads() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from private.label_reads r where r.label_id = new.id;
  insert into private.label_reads (label_id, kind, key, reach)
  select new.id, kind, key, max(reach) from (
    select 'field' as kind, leaf ->> 'field' as key, null::integer as reach from private.rule_leaves(new.rule) leaf where leaf ? 'field'
    union all
    select case when leaf ? 'within' then 'near' else word end, coalesce(code, '*'), coalesce(leaf ->> 'within', leaf ->> 'days')::integer
    from private.rule_leaves(new.rule) leaf, unnest(private.counting_words()) word
    left join lateral jsonb_array_elements_text(leaf -> word) code on true where leaf ? word) reads
  where new.active group by kind, key;
  insert into private.near_kinds (kind, reach) select r.key, r.reach from private.label_reads r where r.label_id = new.id and r.kind = 'near'
  on conflict (kind) do update set reach = greatest(near_kinds.reach, excluded.reach);
  perform private.measure_near(r.key) from private.label_reads r where r.label_id = new.id and r.kind = 'near';
  insert into private.label_dirty (courtyard_id, label_id) values (null, new.id);
  return null;
end
$$;

create or replace function private.age_labels() returns bigint[]
language plpgsql volatile set search_path = '' as $$
declare
  now timestamptz := private.now();
  today date := (now at time zone 'Asia/Shanghai')::date;
  ended bigint[];
begin
  with over as (
    update private.courtyard_labels c set ended_at = now, ended = 'expired' where c.ended_at is null and c.expires_at <= now returning c.courtyard_id, c.label_id
  ), marked as (
    insert into private.label_dirty (courtyard_id, label_id) select o.courtyard_id, o.label_id from over o join public.labels l on l.id = o.label_id where l.rule is not null
  )
  select array_agg(o.courtyard_id) into ended from over o;
  insert into private.label_days (day) values (today) on conflict do nothing;
  if found then
    insert into private.label_dirty (courtyard_id, label_id)
    select null, l.id from public.labels l
    where l.active and (l.rule::text like '%"late"%' or exists (select from private.label_reads r where r.label_id = l.id and r.kind <> 'near' and r.reach is not null));
    delete from private.label_days d where d.day < today - 7;
  end if;
  return coalesce(ended, '{}');
end
$$;
