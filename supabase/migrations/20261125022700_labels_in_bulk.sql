-- Gives: nearness and labels of a whole city worked out at once, without comparing each yard with each.
-- To: whoever calls private.measure_near and private.derive_labels.

create or replace function private.measure_near(wanted text, yards bigint[] default null) returns void
language sql volatile set search_path = '' as $$
  delete from private.near n where n.kind = wanted and (yards is null or n.courtyard_id in (select unnest(yards)));
  insert into private.near (courtyard_id, kind, metres)
  select c.id, wanted, min(d.metres)
  from private.near_kinds k, public.courtyards c, lateral (select coalesce(c.geom, c.point) as ground) g,
    lateral (
      select private.metres(g.ground, r.point, extensions.st_y(c.point)) as metres from public.resources r
      where r.kind = wanted and r.state not in ('gone', 'broken')
        and r.point operator(extensions.&&) extensions.st_expand(g.ground, k.reach / 90000.0)) d
  where k.kind = wanted and d.metres <= k.reach and (yards is null or c.id in (select unnest(yards)))
  group by c.id;
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
  return private.derive(labels, case when cardinality(yards) <= 300 then yards end);
end
$$;

drop index private.courtyard_labels_label;
drop function private.labels_sql(jsonb);

-- The statement that finds who carries which of these labels: (courtyard_id, label_id, evidence). $1: yards or null; $2: now.
-- labels: [{id, rule}]; without evidence it is left empty.
create function private.labels_sql(labels jsonb, evidence boolean default true) returns text
language sql stable set search_path = '' as $$
  select 'with facts as materialized (select a.courtyard_id as "#"'
    || coalesce((select string_agg(format(', r.%I', read), '') from unnest(reads) read), '')
    || ' from private.archives a'
    || coalesce((select ', jsonb_to_record(a.facts) as r (' || string_agg(format('%I %s', f.code,
        case f.type when 'flag' then 'boolean' when 'choice' then 'text' when 'text' then 'text' when 'phone' then 'text' else 'numeric' end), ', ') || ')'
      from public.archive_fields f where f.code = any (reads)), '')
    || ' where $1 is null or a.courtyard_id = any ($1)) '
    || (select string_agg(format('select f."#", %s::bigint, %s from facts f where %s', l ->> 'id',
        case when evidence then private.evidence_sql(l -> 'rule') else '''[]''::jsonb' end, private.rule_sql(l -> 'rule')),
      ' union all ') from jsonb_array_elements(labels) l)
  from (
    select array(select distinct leaf ->> 'field' from jsonb_array_elements(labels) l, private.rule_leaves(l -> 'rule') leaf where leaf ? 'field') as reads) r
$$;

-- Labels that were gained by many yards at once get their evidence afterwards.
create function private.fill_evidence(labels bigint[], now timestamptz) returns void
language plpgsql volatile set search_path = '' set work_mem = '64MB' as $$
declare
  rules jsonb := (
    select jsonb_agg(jsonb_build_object('id', l.id, 'rule', l.rule)) from public.labels l
    where l.id = any (labels) and l.active and l.rule is not null and exists (
      select from private.courtyard_labels c where c.label_id = l.id and c.ended_at is null and c.derived and c.evidence = '[]'));
  yards bigint[] := (select array_agg(distinct c.courtyard_id) from private.courtyard_labels c where c.label_id = any (labels) and c.ended_at is null and c.derived and c.evidence = '[]');
begin
  if rules is not null then
    execute format($sql$
      with wanted (courtyard_id, label_id, evidence) as materialized (%s)
      update private.courtyard_labels c set evidence = w.evidence from wanted w
      where c.courtyard_id = w.courtyard_id and c.label_id = w.label_id and c.ended_at is null and c.derived and c.evidence = '[]'
    $sql$, private.labels_sql(rules)) using case when cardinality(yards) <= 300 then yards end, now;
  end if;
end
$$;

-- What these yards carry is read once before anything is written: a row written by the same statement is looked at by nobody.
-- Over all yards (null) the evidence of what stays is left as it is; each change of a single yard brings it up to date.
create or replace function private.derive(labels bigint[], yards bigint[] default null) returns bigint[]
language plpgsql volatile set search_path = '' set work_mem = '64MB' as $$
declare
  now timestamptz := private.now();
  rules jsonb := (select jsonb_agg(jsonb_build_object('id', l.id, 'rule', l.rule)) from public.labels l where l.id = any (labels) and l.active and l.rule is not null);
  changed bigint[];
begin
  execute format($sql$
    with wanted (courtyard_id, label_id, evidence) as materialized (%s), worn as materialized (
      select c.id, c.courtyard_id, c.label_id, c.derived, c.evidence from private.courtyard_labels c
      where c.ended_at is null and c.label_id = any ($3) and ($1 is null or c.courtyard_id = any ($1))
    ), lost as (
      update private.courtyard_labels c set ended_at = $2, ended = 'rule' where c.id in (
        select o.id from worn o where o.derived and not exists (select from wanted w where w.courtyard_id = o.courtyard_id and w.label_id = o.label_id))
      returning c.courtyard_id
    ), kept as (
      update private.courtyard_labels c set evidence = k.evidence from (
        select o.id, w.evidence from worn o join wanted w on w.courtyard_id = o.courtyard_id and w.label_id = o.label_id
        where $1 is not null and o.derived and o.evidence <> w.evidence) k
      where c.id = k.id
    ), gained as (
      insert into private.courtyard_labels (courtyard_id, label_id, derived, evidence, since)
      select w.courtyard_id, w.label_id, true, w.evidence, $2 from wanted w
      where not exists (select from worn o where o.courtyard_id = w.courtyard_id and o.label_id = w.label_id)
      on conflict do nothing returning courtyard_id
    )
    select array_agg(distinct courtyard_id) from (select courtyard_id from lost union all select courtyard_id from gained) c
  $sql$, coalesce(private.labels_sql(rules, yards is not null), 'select null::bigint, null::bigint, null::jsonb where false')) into changed using yards, now, labels;
  if yards is null and changed is not null then
    perform private.fill_evidence(labels, now);
  end if;
  return coalesce(changed, array[]::bigint[]);
end
$$;
