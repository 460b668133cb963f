-- Gives: dry runs that end by a code of their own. In PL/pgSQL a condition that ends in 000 catches its whole class, so `when
-- sqlstate 'PT000'` also caught every refusal (PT4xx) raised while nothing was to be written.
-- To: who dry-runs an import or previews a rule.

create or replace function public.import_courtyards(rows jsonb, dry_run boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street bigint := private.import_street();
  input jsonb;
  judged private.import_row;
  report jsonb[] := array[]::jsonb[];
  twice text[];
  totals jsonb := '{"added":0,"changed":0,"same":0,"refused":0}'::jsonb;
begin
  if jsonb_typeof(rows) is distinct from 'array' then
    perform private.fail(422, 'rows_malformed', '{}', 'Send an array of rows.');
  end if;
  select coalesce(array_agg(address), '{}') into twice from (
    select private.clean(r ->> 'address') as address from jsonb_array_elements(rows) r group by 1 having count(*) > 1) repeated;
  begin
    for input in select value from jsonb_array_elements(rows) loop
      judged := private.judge_row(street, input, twice);
      perform private.take_row(judged);
      totals := jsonb_set(totals, array[judged.outcome], to_jsonb((totals ->> judged.outcome)::integer + 1));
      report := report || jsonb_build_object('row', judged.line, 'outcome', judged.outcome, 'reason', judged.reason, 'detail', judged.detail);
    end loop;
    if dry_run or (totals ->> 'refused')::integer > 0 then
      raise exception using errcode = 'PTDRY', message = 'nothing_written';
    end if;
  exception when sqlstate 'PTDRY' then
    null;
  end;
  return totals || jsonb_build_object('rows', to_jsonb(report), 'written', not dry_run and totals -> 'refused' = '0');
end
$$;

create or replace function public.preview_label_rule(rule jsonb, code text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street bigint := private.administered_street();
  yards bigint[] := array(select c.id from public.courtyards c where c.street_id = street);
  label public.labels;
  wanted bigint[];
  worn bigint[];
begin
  select l.* into label from public.labels l where l.code = preview_label_rule.code;
  perform private.rule_sql(rule);
  -- what the caller may not see, a preview must not say either
  if greatest(private.rule_clearance(rule), coalesce(label.clearance, 0)) > (select coalesce(min(c.clearance), 0) from private.my_clearances() c) then
    return jsonb_build_object('hidden', true, 'gains', '[]'::jsonb, 'loses', '[]'::jsonb, 'count', null);
  end if;
  begin
    insert into private.near_kinds (kind, reach)
    select kind, max((leaf ->> 'within')::integer) from private.rule_leaves(rule) leaf, jsonb_array_elements_text(leaf -> 'resources') kind where leaf ? 'within' group by kind
    on conflict on constraint near_kinds_pkey do update set reach = greatest(near_kinds.reach, excluded.reach);
    perform private.measure_near(kind, yards) from private.rule_leaves(rule) leaf, jsonb_array_elements_text(leaf -> 'resources') kind where leaf ? 'within';
    execute format('select array_agg(courtyard_id) from (%s) w (courtyard_id, label_id, evidence)',
      private.labels_sql(jsonb_build_array(jsonb_build_object('id', 0, 'rule', rule)))) into wanted using yards, private.now();
    raise exception using errcode = 'PTDRY', message = 'nothing_written';
  exception when sqlstate 'PTDRY' then
    null;
  end;
  worn := array(select c.courtyard_id from private.courtyard_labels c where c.label_id = label.id and c.ended_at is null and c.courtyard_id = any (yards));
  return jsonb_build_object('hidden', false, 'count', coalesce(cardinality(wanted), 0),
    'gains', (select coalesce(jsonb_agg(y order by y), '[]') from unnest(wanted) y where y <> all (worn)),
    'loses', (select coalesce(jsonb_agg(c.courtyard_id order by c.courtyard_id), '[]') from private.courtyard_labels c
      where c.label_id = label.id and c.ended_at is null and c.derived and c.courtyard_id = any (yards) and c.courtyard_id <> all (coalesce(wanted, '{}'))));
end
$$;

create or replace function public.import_profiles(rows jsonb, dry_run boolean default true, verified boolean default false) returns jsonb
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
