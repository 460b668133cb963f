-- Gives: round_worklist, round_form and save_draft: a round as the secretary and the grid workers work through it.
-- To: grid workers draft their grid's yards, community staff those of their community; the street looks on.

-- What the caller may do in a yard's round: draft, submit, confirm.
create function private.round_may(yard public.courtyards) returns text[]
language sql stable set search_path = '' as $$
  select array_agg(distinct act order by act) from private.my_memberships() m, lateral (
    select unnest(case
      when m.role = 'grid_worker' and m.area_id = yard.grid_id then '{draft}'::text[]
      when m.role = 'community_staff' and m.area_id = yard.community_id then '{draft,submit}'
      when m.role = 'street_staff' and m.area_id = yard.street_id then '{confirm}' end) as act) a
$$;

-- Opens an act of a round: the yard, which the caller must read and may treat so, and its open quarter, which must be the one they speak of.
create function private.begin_round(yard_id bigint, quarter text, act text) returns public.courtyards
language plpgsql volatile set search_path = '' as $$
declare
  yard public.courtyards := private.readable_yard(yard_id);
  round text := private.open_quarter(yard.street_id);
begin
  if act <> all (coalesce(private.round_may(yard), '{}')) then
    perform private.fail(403, 'round_not_allowed', jsonb_build_object('may', coalesce(private.round_may(yard), '{}')),
      case act when 'confirm' then 'The street confirms.' when 'submit' then 'The community submits.' else 'Ask the yard''s grid worker or community.' end);
  elsif round is distinct from quarter then
    perform private.fail(409, 'round_closed', jsonb_build_object('quarter', round), 'Open the form of the round that runs now.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('profile' || yard.id, 0));
  return yard;
end
$$;

-- The number of fields of each yard that are due in a round, and how many of them are answered.
create function private.due_counts(topic text, quarter text) returns table (courtyard_id bigint, due integer, answered integer)
language sql stable set search_path = '' as $$
  with asked as materialized (
    select f.code, private.verified_from(due_counts.quarter, f.every_months) as since from public.archive_fields f where f.active and f.formula is null
  ), fresh as (
    select a.courtyard_id, count(*) as n
    from private.yards_of_topic(topic) y join private.archives a on a.courtyard_id = y.courtyard_id, jsonb_each_text(a.stamps) s
    join asked on asked.code = s.key
    join private.verifications v on v.id = s.value::bigint
    where asked.since is null or v.at >= asked.since
    group by a.courtyard_id
  ), given as (
    select d.courtyard_id, count(*) as n from private.drafts d where d.quarter = due_counts.quarter group by d.courtyard_id
  )
  select y.courtyard_id, ((select count(*) from asked) - coalesce(f.n, 0))::integer, coalesce(g.n, 0)::integer
  from private.yards_of_topic(topic) y left join fresh f on f.courtyard_id = y.courtyard_id left join given g on g.courtyard_id = y.courtyard_id
$$;

create function public.round_worklist(topic text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  round public.rounds;
  yards jsonb;
  totals jsonb;
begin
  perform private.check_topic(topic);
  select r.* into round from public.rounds r
  where r.street_id = (select y.street_id from private.yards_of_topic(topic) y limit 1) order by r.quarter desc limit 1;
  with listed as (
    select c.id, c.community_id, private.freshness(p.state, a.quarter, coalesce(round.quarter, a.quarter)) as state,
      jsonb_build_object('courtyard_id', c.id, 'code', c.code, 'name', c.name, 'address', c.address, 'community_id', c.community_id, 'community', k.name,
        'grid_id', c.grid_id, 'lng', round(extensions.st_x(c.point)::numeric, 6), 'lat', round(extensions.st_y(c.point)::numeric, 6),
        'state', private.freshness(p.state, a.quarter, coalesce(round.quarter, a.quarter)),
        'due', n.due, 'answered', least(n.answered, n.due), 'remark', p.remark, 'version', coalesce(p.version, 0),
        'at', coalesce(p.confirmed_at, p.submitted_at, a.verified_at), 'by', w.name) as yard
    from private.due_counts(topic, coalesce(round.quarter, private.quarter_of(private.now()))) n
    join public.courtyards c on c.id = n.courtyard_id
    join public.areas k on k.id = c.community_id
    left join private.archives a on a.courtyard_id = c.id
    left join private.profiles p on p.courtyard_id = c.id and p.quarter = round.quarter
    left join public.people w on w.id = coalesce(p.confirmed_by, p.submitted_by)
  )
  select coalesce(jsonb_agg(l.yard order by l.community_id, l.id), '[]'),
    jsonb_build_object('due', count(*) filter (where l.state = 'due'), 'drafted', count(*) filter (where l.state = 'drafted'), 'submitted', count(*) filter (where l.state = 'submitted'),
      'confirmed', count(*) filter (where l.state = 'confirmed'), 'stale', count(*) filter (where l.state = 'stale'))
  into yards, totals from listed l;
  return jsonb_build_object('quarter', round.quarter, 'opened_at', round.opened_at, 'due_on', round.due_on, 'seq', private.archive_seq(topic),
    'may', (select coalesce(jsonb_agg(distinct act), '[]') from private.my_memberships() m,
      lateral unnest(case m.role when 'grid_worker' then '{draft}'::text[] when 'community_staff' then '{draft,submit}' when 'street_staff' then '{confirm}' end) act),
    'totals', totals, 'yards', yards);
end
$$;
comment on function public.round_worklist(text) is 'The quarterly round of `topic`: {quarter (null: none was opened yet), opened_at, due_on, seq, may, totals: {due, drafted, submitted, confirmed, stale}, yards: [{courtyard_id, code, name, address, community_id, community, grid_id, lng, lat, state, due (fields to answer), answered, remark (why it came back), version, at, by}]}. Errors: topic_not_allowed 403.';
grant execute on function public.round_worklist(text) to authenticated;

create function public.round_form(courtyard_id bigint) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  yard public.courtyards := private.readable_yard(round_form.courtyard_id);
  clearance integer := private.my_clearance(yard.community_id);
  may text[] := coalesce(private.round_may(yard), '{}');
  round public.rounds;
  profile private.profiles;
  archive private.archives;
begin
  select r.* into round from public.rounds r where r.street_id = yard.street_id order by r.quarter desc limit 1;
  if round.quarter is null then
    perform private.fail(409, 'round_closed', '{"quarter":null}', 'A round opens on the quarter''s first working day.');
  end if;
  select p.* into profile from private.profiles p where p.courtyard_id = yard.id and p.quarter = round.quarter;
  select a.* into archive from private.archives a where a.courtyard_id = yard.id;
  return jsonb_build_object(
    'courtyard', jsonb_build_object('id', yard.id, 'code', yard.code, 'name', yard.name, 'address', yard.address, 'community', private.office_name(yard.community_id, null)),
    'quarter', round.quarter, 'due_on', round.due_on, 'state', private.freshness(profile.state, archive.quarter, round.quarter),
    'version', coalesce(profile.version, 0), 'remark', profile.remark, 'may', to_jsonb(may),
    'modules', (
      select jsonb_agg(jsonb_build_object('code', m.code, 'name', m.name, 'name_en', m.name_en, 'fields', (
        select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'name', f.name, 'name_en', f.name_en, 'unit', f.unit, 'unit_en', f.unit_en, 'type', f.type,
          'options', f.options, 'low', f.low, 'high', f.high, 'note', f.note, 'sensitivity', f.sensitivity, 'formula', f.formula,
          -- who fills the form in needs the number; others see that there is one
          'value', case when f.type = 'phone' and not 'draft' = any (may) then to_jsonb(private.masked_phone(archive.facts ->> f.code)) else archive.facts -> f.code end,
          'verified_at', v.at, 'verified_by', p.name, 'due', private.field_due(f, v.at, round.quarter) and coalesce(profile.state, '') <> 'confirmed',
          'draft', case when d.code is not null then jsonb_build_object(
            'value', case when f.type = 'phone' and not 'draft' = any (may) then to_jsonb(private.masked_phone(d.value #>> '{}')) else d.value end,
            'version', d.version, 'at', d.at, 'by', w.name) end) order by f.sort, f.code), '[]')
        from public.archive_fields f
        left join private.verifications v on v.id = (archive.stamps ->> f.code)::bigint
        left join public.people p on p.id = v.person_id
        left join private.drafts d on d.courtyard_id = yard.id and d.quarter = round.quarter and d.code = f.code
        left join public.people w on w.id = d.person_id
        where f.module = m.code and f.active and private.sensitivity_rank(f.sensitivity) <= clearance)) order by m.sort)
      from public.archive_modules m),
    'checks', (
      select coalesce(jsonb_agg(to_jsonb(k) order by k.code), '[]') from public.field_checks k
      where not exists (select from public.archive_fields f where f.code = any (k.parts || k.whole) and private.sensitivity_rank(f.sensitivity) > clearance)));
end
$$;
comment on function public.round_form(bigint) is 'A courtyard''s form of the open round: {courtyard, quarter, due_on, state, version, remark, may, modules: [{code, name, name_en, fields: [{code, name, name_en, unit, unit_en, type, options, low, high, note, sensitivity, formula, value (the last confirmed), verified_at, verified_by, due, draft: {value, version, at, by} | null}]}], checks: [{code, parts, whole}]}; fields above the caller''s clearance are absent. Errors: courtyard_unknown 404, round_closed 409.';
grant execute on function public.round_form(bigint) to authenticated;

-- Why values cannot be taken: [{code, why, low, high}]; empty when they all can. A field the caller may not see is unknown to them.
create function private.refused_values(given jsonb, clearance integer) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('code', g.key, 'why', why, 'low', f.low, 'high', f.high) order by g.key), '[]')
  from jsonb_each(given) g
  left join public.archive_fields f on f.code = g.key and f.active and private.sensitivity_rank(f.sensitivity) <= clearance,
    lateral (select case
      when f.code is null then 'unknown'
      when f.formula is not null then 'derived'
      when not private.value_fits(f, g.value) then case
        when f.type in ('count', 'number', 'share', 'year') and jsonb_typeof(g.value) = 'number' then 'range' when f.type = 'choice' then 'option'
        when f.type = 'text' and jsonb_typeof(g.value) = 'string' then 'length' else 'type' end end as why) w
  where why is not null
$$;

-- Takes answers into a yard's draft, each decided on the version `base` of its field; gives {saved: {code: version}, conflicts}.
create function private.take_draft(yard bigint, quarter text, given jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  conflicts jsonb;
  saved jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'value', d.value, 'version', d.version, 'at', d.at, 'by', p.name) order by d.code), '[]') into conflicts
  from jsonb_each(given) g join private.drafts d on d.courtyard_id = yard and d.quarter = take_draft.quarter and d.code = g.key
  left join public.people p on p.id = d.person_id
  where d.value <> coalesce(g.value -> 'value', 'null') and d.version <> coalesce((g.value ->> 'base')::integer, 0);
  insert into private.drafts as d (courtyard_id, quarter, code, value, at, person_id)
  select yard, take_draft.quarter, g.key, coalesce(g.value -> 'value', 'null'), private.now(), auth.uid() from jsonb_each(given) g
  where not exists (select from jsonb_array_elements(conflicts) c where c ->> 'code' = g.key)
  on conflict on constraint drafts_pkey do update set value = excluded.value, version = d.version + 1, at = excluded.at, person_id = excluded.person_id
  where d.value <> excluded.value;
  select coalesce(jsonb_object_agg(d.code, d.version), '{}') into saved from private.drafts d
  where d.courtyard_id = yard and d.quarter = take_draft.quarter and given ? d.code and not exists (select from jsonb_array_elements(conflicts) c where c ->> 'code' = d.code);
  return jsonb_build_object('saved', saved, 'conflicts', conflicts);
end
$$;

-- The due fields of these modules that nobody has answered, each with its last value: “nothing changed”.
create function private.unchanged_values(yard bigint, quarter text, modules text[]) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_object_agg(f.code, jsonb_build_object('value', coalesce(a.facts -> f.code, 'null'))), '{}')
  from private.archives a join public.archive_fields f on f.module = any (modules) and a.stamps ? f.code
  left join private.verifications v on v.id = (a.stamps ->> f.code)::bigint
  where a.courtyard_id = yard and private.field_due(f, v.at, unchanged_values.quarter) and private.value_fits(f, a.facts -> f.code)
    and not exists (select from private.drafts d where d.courtyard_id = yard and d.quarter = unchanged_values.quarter and d.code = f.code)
$$;

-- Definer: drafts are private; begin_round decides who passes.
create function public.save_draft(courtyard_id bigint, quarter text, "values" jsonb, unchanged text[] default '{}', request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  profile private.profiles;
  refused jsonb;
  given jsonb := coalesce("values", '{}');
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.begin_round(save_draft.courtyard_id, save_draft.quarter, 'draft');
  if jsonb_typeof(given) <> 'object' or exists (select from jsonb_each(given) g where jsonb_typeof(g.value) <> 'object'
    or coalesce(g.value ->> 'base', '0') !~ '^[0-9]{1,9}$') then
    perform private.fail(422, 'values_malformed', '{}', 'Send {code: {value, base}}.');
  end if;
  refused := private.refused_values((select coalesce(jsonb_object_agg(key, value -> 'value'), '{}') from jsonb_each(given)), private.my_clearance(yard.community_id));
  if refused <> '[]' then
    perform private.fail(422, 'value_refused', jsonb_build_object('fields', refused), 'Mend these fields.');
  end if;
  insert into private.profiles as p (courtyard_id, quarter, state) values (yard.id, save_draft.quarter, 'drafted')
  on conflict on constraint profiles_pkey do update set version = p.version + 1 where p.state = 'drafted' returning p.* into profile;
  if profile.courtyard_id is null then
    select p.* into profile from private.profiles p where p.courtyard_id = yard.id and p.quarter = save_draft.quarter;
    perform private.fail(409, 'profile_submitted', jsonb_build_object('state', profile.state, 'version', profile.version), 'The street has to give it back first.');
  end if;
  answer := private.take_draft(yard.id, save_draft.quarter,
    private.unchanged_values(yard.id, save_draft.quarter, coalesce(unchanged, '{}')) || given);
  if profile.version = 1 then
    perform private.log_archive(yard.id, 'profile', save_draft.quarter, 'drafted');
    perform private.tell_archives(array[yard.id]);
  end if;
  return private.keep_answer(request_id, answer || jsonb_build_object('state', profile.state, 'version', profile.version));
end
$$;
comment on function public.save_draft(bigint, text, jsonb, text[], uuid) is 'Keeps answers of a round field by field: values {code: {value, base}}, base the draft version they were decided on (0: none); unchanged: modules of which every other due field keeps its last value. Returns {state, version, saved: {code: version}, conflicts: [{code, value, version, at, by}]}: a conflict is what someone else answered meanwhile, and is not overwritten. Errors: courtyard_unknown 404, round_not_allowed 403, round_closed, profile_submitted 409, values_malformed, value_refused 422 {fields: [{code, why (unknown|derived|type|range|option|length), low, high}]}.';
grant execute on function public.save_draft(bigint, text, jsonb, text[], uuid) to authenticated;
