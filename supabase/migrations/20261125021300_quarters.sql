-- Gives: profile_quarters, profile_at and profile_differences: earlier quarters as they were, and what changed between two of them.
-- To: staff, masked as the archive of today is. A quarter is read by the dictionary of its own time.

-- A field as it was defined when a profile was confirmed.
create function private.field_then(code text, dictionary bigint) returns public.archive_fields
language sql stable set search_path = '' as $$
  select jsonb_populate_record(null::public.archive_fields, v.definition) from private.field_versions v
  where v.code = field_then.code and v.id <= dictionary order by v.id desc limit 1
$$;

-- How protected a field's values are: as much as its definition then or now asks, whichever is more.
create function private.field_rank(code text, then_sensitivity text) returns integer
language sql stable set search_path = '' as $$
  select greatest(private.sensitivity_rank(then_sensitivity), (select private.sensitivity_rank(f.sensitivity) from public.archive_fields f where f.code = field_rank.code))
$$;

create function public.profile_quarters(courtyard_id bigint) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  yard public.courtyards := private.readable_yard(profile_quarters.courtyard_id);
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('quarter', p.quarter, 'state', p.state, 'confirmed_at', p.confirmed_at, 'confirmed_by', w.name,
      'submitted_at', p.submitted_at, 'submitted_by', s.name) order by p.quarter desc), '[]')
    from private.profiles p left join public.people w on w.id = p.confirmed_by left join public.people s on s.id = p.submitted_by
    where p.courtyard_id = yard.id);
end
$$;
comment on function public.profile_quarters(bigint) is 'The quarters of a courtyard, the newest first: [{quarter, state, confirmed_at, confirmed_by, submitted_at, submitted_by}]. Errors: courtyard_unknown 404.';
grant execute on function public.profile_quarters(bigint) to authenticated;

create function public.profile_at(courtyard_id bigint, quarter text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  yard public.courtyards := private.readable_yard(profile_at.courtyard_id);
  clearance integer := private.my_clearance(yard.community_id);
  profile private.profiles;
begin
  select p.* into profile from private.profiles p where p.courtyard_id = yard.id and p.quarter = profile_at.quarter and p.state = 'confirmed';
  if profile.courtyard_id is null then
    perform private.fail(404, 'quarter_unknown', '{}', 'Choose a quarter that was confirmed.');
  end if;
  return jsonb_build_object('courtyard_id', yard.id, 'quarter', profile.quarter, 'confirmed_at', profile.confirmed_at, 'modules', (
    select jsonb_agg(jsonb_build_object('code', m.code, 'name', m.name, 'name_en', m.name_en, 'fields', (
      select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'name', f.name, 'name_en', f.name_en, 'unit', f.unit, 'unit_en', f.unit_en, 'type', f.type,
        'options', f.options, 'sensitivity', f.sensitivity, 'derived', f.formula is not null,
        'value', case when f.type = 'phone' then to_jsonb(private.masked_phone(fact.value #>> '{}')) else fact.value end,
        'verified_at', v.at, 'verified_by', w.name) order by f.sort, f.code), '[]')
      from jsonb_each(profile.facts) fact, private.field_then(fact.key, profile.dictionary) f
      left join private.verifications v on v.id = (profile.stamps ->> f.code)::bigint
      left join public.people w on w.id = v.person_id
      where f.module = m.code and private.field_rank(f.code, f.sensitivity) <= clearance)) order by m.sort)
    from public.archive_modules m));
end
$$;
comment on function public.profile_at(bigint, text) is 'What was true of a courtyard in a confirmed quarter, read by the dictionary of that time: {courtyard_id, quarter, confirmed_at, modules: [{code, name, name_en, fields: [{code, name, name_en, unit, unit_en, type, options, sensitivity, derived, value, verified_at, verified_by}]}]}. Errors: courtyard_unknown, quarter_unknown 404.';
grant execute on function public.profile_at(bigint, text) to authenticated;

create function public.profile_differences(topic text, quarter_a text, quarter_b text) returns json
language plpgsql stable security definer set search_path = '' as $$
declare
  differences json;
begin
  perform private.check_topic(topic);
  with yards as materialized (
    select y.courtyard_id, y.community_id, y.clearance, a.facts as before, b.facts as after
    from private.yards_of_topic(topic) y
    join private.profiles a on a.courtyard_id = y.courtyard_id and a.quarter = quarter_a and a.state = 'confirmed'
    join private.profiles b on b.courtyard_id = y.courtyard_id and b.quarter = quarter_b and b.state = 'confirmed'
  ), changed as materialized (
    select y.courtyard_id, y.community_id, f.code, f.type, y.before -> f.code as before, y.after -> f.code as after
    from yards y join public.archive_fields f on private.sensitivity_rank(f.sensitivity) <= y.clearance and y.before -> f.code is distinct from y.after -> f.code
    -- phones changed, but not to what
    where f.type <> 'phone'
      -- a field that was more protected when a quarter was confirmed stays so
      and not exists (select from private.field_versions v where v.code = f.code and private.sensitivity_rank(v.definition ->> 'sensitivity') > y.clearance)
  ), sums as (
    -- what both quarters know of a yard, so that a sum does not change because a yard came in
    select y.community_id, f.code, sum(case when jsonb_typeof(y.before -> f.code) = 'number' then (y.before ->> f.code)::numeric end) as before,
      sum(case when jsonb_typeof(y.after -> f.code) = 'number' then (y.after ->> f.code)::numeric end) as after
    from yards y join public.archive_fields f on f.type = 'count' and f.code in (select c.code from changed c)
      and private.sensitivity_rank(f.sensitivity) <= y.clearance
      and not exists (select from private.field_versions v where v.code = f.code and private.sensitivity_rank(v.definition ->> 'sensitivity') > y.clearance)
    where jsonb_typeof(y.before -> f.code) = 'number' and jsonb_typeof(y.after -> f.code) = 'number'
    group by y.community_id, f.code
  )
  select json_build_object(
    'quarters', json_build_array(quarter_a, quarter_b), 'compared', (select count(*) from yards),
    'fields', (select coalesce(json_agg(json_build_object('code', f.code, 'name', f.name, 'name_en', f.name_en, 'unit', f.unit, 'unit_en', f.unit_en, 'type', f.type,
      'options', f.options, 'module', f.module) order by m.sort, f.sort), '[]') from public.archive_fields f join public.archive_modules m on m.code = f.module
      where f.code in (select c.code from changed c)),
    'yards', (select coalesce(json_agg(json_build_object('courtyard_id', c.courtyard_id, 'name', y.name, 'changes', c.changes) order by c.courtyard_id), '[]')
      from (select g.courtyard_id, json_agg(json_build_object('code', g.code, 'before', g.before, 'after', g.after) order by g.code) as changes from changed g group by g.courtyard_id) c
      join public.courtyards y on y.id = c.courtyard_id),
    'sums', (select coalesce(json_agg(json_build_object('community_id', s.community_id, 'community', k.name, 'code', s.code, 'before', s.before, 'after', s.after) order by k.code, s.code), '[]')
      from sums s join public.areas k on k.id = s.community_id))
  into differences;
  return differences;
end
$$;
comment on function public.profile_differences(text, text, text) is 'What changed between two confirmed quarters in the yards of `topic` that have both: {quarters, compared, fields, yards: [{courtyard_id, name, changes: [{code, before, after}]}], sums: [{community_id, community, code, before, after}] (counts of the same yards)}. Masked; phones are left out. Errors: topic_not_allowed 403.';
grant execute on function public.profile_differences(text, text, text) to authenticated;
