-- Gives: export_archive and import_profiles: the archive as a table that leaves and comes back, logged, masked, capped, all or nothing.
-- To: staff export what they may see; the community imports into its yards' drafts; leaders and the administrator read the log.

create table private.archive_exports (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id uuid not null references public.people (id),
  topic text not null,
  purpose text not null,
  yards integer not null,
  fields text[] not null
);
comment on table private.archive_exports is 'Who took which archives out of the house, and what for.';
create index archive_exports_person on private.archive_exports (person_id, at);
create trigger never_changed before update or delete on private.archive_exports
  for each row execute function private.refuse_change();

-- Definer, as all below: archives are private.
create function public.export_archive(topic text, purpose text) returns json
language plpgsql volatile security definer set search_path = '' as $$
declare
  most constant integer := 1000;
  why text := private.field('purpose', export_archive.purpose, 100, true);
  now timestamptz := private.now();
  columns text[];
  made private.archive_exports;
  rows json;
begin
  perform private.check_topic(topic);
  if (select count(*) from private.archive_exports e where e.person_id = auth.uid() and e.at > now - interval '1 day') >= 30 then
    perform private.fail(429, 'too_many_exports', '{"max":30}', 'Ask again tomorrow, or use what was exported today.');
  end if;
  select array_agg(f.code order by m.sort, f.sort, f.code) into columns from public.archive_fields f join public.archive_modules m on m.code = f.module
  where f.active and private.sensitivity_rank(f.sensitivity) <= (select max(y.clearance) from private.yards_of_topic(topic) y);
  select json_agg(r.cells order by r.id) into rows from (
    select c.id, (select json_agg(cell order by n) from (
      select n, to_json(head) as cell from unnest(array[c.code, c.name, c.address, k.name]) with ordinality h (head, n)
      union all
      select 4 + u.n, case when private.sensitivity_rank(f.sensitivity) > y.clearance then null
        when f.type = 'phone' then to_json(private.masked_phone(a.facts ->> f.code)) else (a.facts -> f.code)::json end
      from unnest(columns) with ordinality u (code, n) join public.archive_fields f on f.code = u.code) cells) as cells
    from private.yards_of_topic(topic) y join public.courtyards c on c.id = y.courtyard_id join public.areas k on k.id = c.community_id
    left join private.archives a on a.courtyard_id = c.id
    order by c.id limit most) r;
  insert into private.archive_exports (at, person_id, topic, purpose, yards, fields)
  values (now, auth.uid(), topic, why, coalesce(json_array_length(rows), 0), coalesce(columns, '{}')) returning * into made;
  return json_build_object('number', made.id, 'at', now, 'by', (select p.name from public.people p where p.id = auth.uid()),
    'watermark', format('数字院落 · %s · %s · 第%s号 · %s', (select p.name from public.people p where p.id = auth.uid()), to_char(now at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'), made.id, why),
    'capped', (select count(*) from private.yards_of_topic(topic)) > most,
    'columns', (select coalesce(json_agg(json_build_object('code', f.code, 'name', f.name, 'name_en', f.name_en, 'unit', f.unit, 'type', f.type, 'options', f.options, 'module', f.module,
      'low', f.low, 'high', f.high, 'note', f.note, 'derived', f.formula is not null, 'sensitivity', f.sensitivity) order by u.n), '[]')
      from unnest(columns) with ordinality u (code, n) join public.archive_fields f on f.code = u.code),
    'rows', coalesce(rows, '[]'));
end
$$;
comment on function public.export_archive(text, text) is 'The archives of `topic` as far as the caller may see them, for a purpose that is logged: {number, at, by, watermark (a line to print on every sheet), capped (more than 1000 yards), columns: [{code, name, …}], rows: [[code, name, address, community, value …]]}; phones are masked. Errors: topic_not_allowed 403, field_missing, field_too_long 422, too_many_exports 429.';
grant execute on function public.export_archive(text, text) to authenticated;

create function public.export_log(most integer default 200) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from private.my_memberships() m where m.role in ('admin', 'street_leader')) then
    perform private.fail(403, 'admin_only', '{}', 'Ask the street''s administrator.');
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('number', e.id, 'at', e.at, 'by', e.name, 'topic', e.topic, 'purpose', e.purpose, 'yards', e.yards) order by e.id desc), '[]')
    from (select x.*, p.name from private.archive_exports x join public.people p on p.id = x.person_id and p.street_id = any (private.my_street_ids())
      order by x.id desc limit least(greatest(coalesce(most, 200), 1), 1000)) e);
end
$$;
comment on function public.export_log(integer) is 'For the administrator and the leaders: who exported archives, when and what for, the newest first: [{number, at, by, topic, purpose, yards}]. Errors: admin_only 403.';
grant execute on function public.export_log(integer) to authenticated;

-- A cell as its field would hold it; null when it cannot be read so. Takes what people type: 1,234, 12%, 是/否, the name of an option.
create function private.read_cell(field public.archive_fields, given jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
  typed text := translate(coalesce(private.clean(given #>> '{}'), ''), '０１２３４５６７８９．，％－', '0123456789.,%-');
  value jsonb;
begin
  if typed in ('—', '-', '无', '不详') and field.type not in ('choice', 'text') then
    return 'null'::jsonb;
  elsif field.type in ('count', 'number', 'share', 'year') then
    if typed ~ '^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?%?$' then
      typed := replace(typed, ',', '');
    end if;
    value := case when typed ~ '^-?[0-9]{1,12}(\.[0-9]{1,9})?$' then to_jsonb(typed::numeric)
      when field.type = 'share' and typed ~ '^[0-9]{1,3}(\.[0-9]{1,6})?%$' then to_jsonb(trim_scale(rtrim(typed, '%')::numeric / 100)) end;
  elsif field.type = 'flag' then
    value := case when lower(typed) in ('是', '有', 'true', 'yes', 'y', '1', '√') then 'true'::jsonb when lower(typed) in ('否', '没有', '无', 'false', 'no', 'n', '0', '×') then 'false' end;
  elsif field.type = 'choice' then
    select o -> 'code' into value from jsonb_array_elements(field.options) o where typed in (o ->> 'code', o ->> 'name', o ->> 'name_en') limit 1;
  else
    value := to_jsonb(private.clean(given #>> '{}'));
  end if;
  return case when value is not null and private.value_fits(field, value) then value end;
end
$$;

-- One yard of a file judged cell by cell: (code, outcome, reason, before, after). Cells left empty say nothing.
create function private.judge_cells(yard public.courtyards, quarter text, given jsonb)
returns table (code text, outcome text, reason text, before jsonb, after jsonb)
language sql stable set search_path = '' as $$
  select g.key, case when w.reason is not null then 'refused' when c.value = b.value then 'same' else 'changed' end, w.reason, b.value, case when w.reason is null then c.value end
  from jsonb_each(given) g
  left join public.archive_fields f on f.code = g.key and f.active and private.sensitivity_rank(f.sensitivity) <= private.my_clearance(yard.community_id)
  left join private.archives a on a.courtyard_id = yard.id
  left join private.drafts d on d.courtyard_id = yard.id and d.quarter = judge_cells.quarter and d.code = f.code,
    lateral (select case when f.code is not null then coalesce(d.value, a.facts -> f.code, 'null') end as value) b,
    -- a phone that comes back masked is the one we have
    lateral (select case when f.code is null then null when f.type = 'phone' and g.value #>> '{}' like '%*%' and g.value #>> '{}' = private.masked_phone(b.value #>> '{}') then b.value
      when f.formula is not null then b.value else private.read_cell(f, g.value) end as value) c,
    lateral (select case when f.code is null then 'field_unknown' when jsonb_typeof(g.value) in ('object', 'array') or c.value is null then 'value_refused'
      when d.code is not null and d.person_id <> auth.uid() and d.value <> c.value then 'drafted_meanwhile' end as reason) w
  where private.clean(g.value #>> '{}') is not null
$$;

create function public.import_profiles(rows jsonb, dry_run boolean default true, verified boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  input jsonb;
  yard public.courtyards;
  round text;
  judged jsonb;
  given jsonb;
  cells jsonb := '[]'::jsonb;
  seen bigint[] := array[]::bigint[];
  totals jsonb := '{"yards":0,"changed":0,"same":0,"refused":0}'::jsonb;
  why text;
begin
  if not exists (select from private.my_memberships() m where m.role = 'community_staff') then
    perform private.fail(403, 'round_not_allowed', '{}', 'The community imports into its own yards.');
  elsif jsonb_typeof(rows) is distinct from 'array' or jsonb_array_length(rows) > 2000 then
    perform private.fail(422, 'rows_malformed', '{"max":2000}', 'Send an array of rows.');
  end if;
  begin
    for input in select value from jsonb_array_elements(rows) loop
      yard := null;
      select c.* into yard from public.courtyards c join private.my_memberships() m on m.role = 'community_staff' and m.area_id = c.community_id
      where jsonb_typeof(input) = 'object' and private.clean(input ->> 'courtyard') in (c.code, c.address) limit 1;
      round := private.open_quarter(yard.street_id);
      why := case when yard.id is null then 'courtyard_unknown' when yard.id = any (seen) then 'twice_in_file' when round is null then 'round_closed'
        when jsonb_typeof(input -> 'values') is distinct from 'object' then 'row_malformed'
        when exists (select from private.profiles p where p.courtyard_id = yard.id and p.quarter = round and p.state <> 'drafted') then 'profile_submitted' end;
      if why is not null then
        judged := jsonb_build_array(jsonb_build_object('row', input -> 'row', 'code', null, 'outcome', 'refused', 'reason', why));
      else
        select coalesce(jsonb_agg(jsonb_build_object('row', input -> 'row', 'code', j.code, 'outcome', j.outcome, 'reason', j.reason, 'before', j.before, 'after', j.after)), '[]') into judged
        from private.judge_cells(yard, round, input -> 'values') j;
        seen := seen || yard.id;
        select jsonb_object_agg(j ->> 'code', jsonb_build_object('value', j -> 'after', 'base', coalesce(d.version, 0))) into given
        from jsonb_array_elements(judged) j join public.archive_fields f on f.code = j ->> 'code' and f.formula is null
        left join private.drafts d on d.courtyard_id = yard.id and d.quarter = round and d.code = f.code
        where j ->> 'outcome' = 'changed' or verified and j ->> 'outcome' = 'same';
        if given is not null then
          insert into private.profiles as p (courtyard_id, quarter, state) values (yard.id, round, 'drafted')
          on conflict (courtyard_id, quarter) do update set version = p.version + 1;
          perform private.take_draft(yard.id, round, given);
          perform private.log_archive(yard.id, 'profile', round, 'imported');
          totals := jsonb_set(totals, '{yards}', to_jsonb((totals ->> 'yards')::integer + 1));
        end if;
      end if;
      select totals || jsonb_build_object('changed', (totals ->> 'changed')::integer + count(*) filter (where j ->> 'outcome' = 'changed'),
        'same', (totals ->> 'same')::integer + count(*) filter (where j ->> 'outcome' = 'same'), 'refused', (totals ->> 'refused')::integer + count(*) filter (where j ->> 'outcome' = 'refused'))
      into totals from jsonb_array_elements(judged) j;
      cells := cells || (select coalesce(jsonb_agg(j), '[]') from jsonb_array_elements(judged) j where j ->> 'outcome' <> 'same');
    end loop;
    if coalesce(dry_run, true) or totals -> 'refused' <> '0' then
      raise exception using errcode = 'PTDRY', message = 'nothing_written';
    end if;
    perform private.tell_archives(seen);
  exception when sqlstate 'PTDRY' then
    null;
  end;
  return totals || jsonb_build_object('written', not coalesce(dry_run, true) and totals -> 'refused' = '0', 'cells', cells);
end
$$;
comment on function public.import_profiles(jsonb, boolean, boolean) is 'Takes answers of the open round from a file into the drafts of the community''s yards, all or nothing: rows [{row, courtyard (code or address), values: {code: as typed}}], at most 2000; dry_run writes nothing; verified: values that stay the same count as verified. Empty cells say nothing. Returns {yards, changed, same, refused, written, cells: [{row, code, outcome (changed|refused), reason, before, after}]}. Reasons: courtyard_unknown, twice_in_file, round_closed, row_malformed, profile_submitted, field_unknown, value_refused, drafted_meanwhile. Errors: round_not_allowed 403, rows_malformed 422.';
grant execute on function public.import_profiles(jsonb, boolean, boolean) to authenticated;
