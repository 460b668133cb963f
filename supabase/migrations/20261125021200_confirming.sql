-- Gives: submit_profile, confirm_profile and return_profile: how a draft becomes what is true of a courtyard.
-- To: community staff submit; the street's staff confirm or return.

-- A yard's facts when its draft is taken over: unknown values are absent, retired fields are carried no further.
create function private.drafted_facts(yard bigint, quarter text) returns jsonb
language sql stable set search_path = '' as $$
  select private.with_derived(jsonb_strip_nulls(
    coalesce((select a.facts - array(select f.code from public.archive_fields f where not f.active) from private.archives a where a.courtyard_id = yard), '{}')
    || coalesce((select jsonb_object_agg(d.code, d.value) from private.drafts d join public.archive_fields f on f.code = d.code and f.active
      where d.courtyard_id = yard and d.quarter = drafted_facts.quarter), '{}')))
$$;

-- The checks that facts break: parts whose sum is above the whole. What is unknown breaks nothing.
create function private.broken_checks(facts jsonb) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'parts', c.parts, 'whole', c.whole, 'sum', s.sum, 'most', (facts ->> c.whole)::numeric) order by c.code), '[]')
  from public.field_checks c, lateral (
    select sum((facts ->> part)::numeric) as sum from unnest(c.parts) part where jsonb_typeof(facts -> part) = 'number') s
  where jsonb_typeof(facts -> c.whole) = 'number' and s.sum > (facts ->> c.whole)::numeric
$$;

-- Refuses an act decided on another version of a profile.
create function private.check_profile(profile private.profiles, version integer, wanted text[]) returns void
language plpgsql stable set search_path = '' as $$
begin
  if profile.courtyard_id is null or profile.state <> all (wanted) then
    perform private.fail(409, 'profile_state', jsonb_build_object('state', profile.state, 'version', profile.version), 'Reload the list.');
  elsif profile.version is distinct from version then
    perform private.fail(409, 'stale_version', jsonb_build_object('state', profile.state, 'version', profile.version), 'Look at what changed, then decide again.');
  end if;
end
$$;

create function private.profile_of(yard bigint, quarter text) returns private.profiles
language sql volatile set search_path = '' as $$
  select p from private.profiles p where p.courtyard_id = yard and p.quarter = profile_of.quarter for no key update
$$;

-- Refuses a draft that leaves out what is due, or whose sums do not hold.
create function private.check_draft(yard bigint, quarter text) returns void
language plpgsql stable set search_path = '' as $$
declare
  missing jsonb;
  broken jsonb := private.broken_checks(private.drafted_facts(yard, quarter));
begin
  select jsonb_agg(f.code order by f.module, f.sort) into missing
  from public.archive_fields f
  left join private.archives a on a.courtyard_id = yard
  left join private.verifications v on v.id = (a.stamps ->> f.code)::bigint
  where private.field_due(f, v.at, check_draft.quarter)
    and not exists (select from private.drafts d where d.courtyard_id = yard and d.quarter = check_draft.quarter and d.code = f.code);
  if missing is not null then
    perform private.fail(422, 'fields_missing', jsonb_build_object('fields', missing), 'Answer what is due, or say that nothing changed.');
  elsif broken <> '[]' then
    perform private.fail(422, 'sums_broken', jsonb_build_object('checks', broken), 'Mend the numbers that do not fit together.');
  end if;
end
$$;

-- Definer, as the next: profiles are private; begin_round decides who passes.
create function public.submit_profile(courtyard_id bigint, quarter text, version integer, request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.begin_round(submit_profile.courtyard_id, submit_profile.quarter, 'submit');
  perform private.check_profile(private.profile_of(yard.id, submit_profile.quarter), submit_profile.version, '{drafted}');
  perform private.check_draft(yard.id, submit_profile.quarter);
  update private.profiles p set state = 'submitted', version = p.version + 1, submitted_at = private.now(), submitted_by = auth.uid(), remark = null
  where p.courtyard_id = yard.id and p.quarter = submit_profile.quarter
  returning jsonb_build_object('state', p.state, 'version', p.version) into answer;
  perform private.log_archive(yard.id, 'profile', submit_profile.quarter, 'submitted');
  perform private.tell_archives(array[yard.id]);
  return private.keep_answer(request_id, answer);
end
$$;
comment on function public.submit_profile(bigint, text, integer, uuid) is 'Sends a yard''s draft to the street, as the community saw it at `version`. Returns {state, version}. Errors: courtyard_unknown 404, round_not_allowed 403, round_closed, profile_state, stale_version 409 {state, version}, fields_missing 422 {fields}, sums_broken 422 {checks: [{code, parts, whole, sum, most}]}.';
grant execute on function public.submit_profile(bigint, text, integer, uuid) to authenticated;

-- Makes a submitted draft the yard's profile of the quarter and its current archive, with a verification for each person who answered.
create function private.take_over(yard bigint, quarter text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  now timestamptz := private.now();
  new_facts jsonb := private.drafted_facts(yard, quarter);
  new_stamps jsonb;
begin
  with answered as (
    select d.person_id, max(d.at) as at from private.drafts d where d.courtyard_id = yard and d.quarter = take_over.quarter group by d.person_id
  ), verified as (
    insert into private.verifications (courtyard_id, at, person_id) select yard, a.at, a.person_id from answered a returning id, person_id
  )
  select jsonb_object_agg(d.code, v.id) into new_stamps from private.drafts d join verified v on v.person_id = d.person_id
  where d.courtyard_id = yard and d.quarter = take_over.quarter;
  new_stamps := coalesce((select a.stamps - array(select f.code from public.archive_fields f where not f.active) from private.archives a where a.courtyard_id = yard), '{}') || coalesce(new_stamps, '{}');
  update private.profiles p set state = 'confirmed', version = p.version + 1, confirmed_at = now, confirmed_by = auth.uid(), facts = new_facts,
    stamps = new_stamps, dictionary = (select max(v.id) from private.field_versions v)
  where p.courtyard_id = yard and p.quarter = take_over.quarter;
  insert into private.archives as a (courtyard_id, facts, stamps, quarter, verified_at) values (yard, new_facts, new_stamps, take_over.quarter, now)
  on conflict (courtyard_id) do update set facts = excluded.facts, stamps = excluded.stamps, quarter = excluded.quarter, verified_at = excluded.verified_at, version = a.version + 1;
  delete from private.drafts d where d.courtyard_id = yard and d.quarter = take_over.quarter;
end
$$;

create function public.confirm_profile(courtyard_id bigint, quarter text, version integer, request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.begin_round(confirm_profile.courtyard_id, confirm_profile.quarter, 'confirm');
  perform private.check_profile(private.profile_of(yard.id, confirm_profile.quarter), confirm_profile.version, '{submitted}');
  perform private.take_over(yard.id, confirm_profile.quarter);
  perform private.log_archive(yard.id, 'profile', confirm_profile.quarter, 'confirmed');
  perform private.tell_archives(private.derive_labels() || yard.id);
  return private.keep_answer(request_id, jsonb_build_object('state', 'confirmed', 'version', (private.profile_of(yard.id, confirm_profile.quarter)).version));
end
$$;
comment on function public.confirm_profile(bigint, text, integer, uuid) is 'The street takes a submitted profile as true: it becomes the yard''s archive, and the labels that rest on it are derived again. Returns {state, version}. Errors: courtyard_unknown 404, round_not_allowed 403, round_closed, profile_state, stale_version 409.';
grant execute on function public.confirm_profile(bigint, text, integer, uuid) to authenticated;

create function public.return_profile(courtyard_id bigint, quarter text, version integer, remark text, request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  why text := private.field('remark', return_profile.remark, 200, true);
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.begin_round(return_profile.courtyard_id, return_profile.quarter, 'confirm');
  perform private.check_profile(private.profile_of(yard.id, return_profile.quarter), return_profile.version, '{submitted}');
  update private.profiles p set state = 'drafted', version = p.version + 1, remark = why where p.courtyard_id = yard.id and p.quarter = return_profile.quarter
  returning jsonb_build_object('state', p.state, 'version', p.version) into answer;
  insert into public.notices (at, kind, courtyard_id, quarter, area_id)
  select private.now(), 'round_returned', yard.id, return_profile.quarter, office from unnest(array[yard.community_id, yard.grid_id]) office;
  perform private.log_archive(yard.id, 'profile', return_profile.quarter, 'returned', jsonb_build_object('remark', why));
  perform private.tell_archives(array[yard.id]);
  return private.keep_answer(request_id, answer);
end
$$;
comment on function public.return_profile(bigint, text, integer, text, uuid) is 'The street gives a submitted profile back with a remark; its drafts are kept. Returns {state, version}. Errors: courtyard_unknown 404, round_not_allowed 403, round_closed, profile_state, stale_version 409, field_missing, field_too_long 422.';
grant execute on function public.return_profile(bigint, text, integer, text, uuid) to authenticated;

-- A yard whose archive begins is due for every rule, also for those that read no field.
create or replace function private.mark_new_facts() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.label_dirty (courtyard_id, label_id)
  select n.courtyard_id, l.id from new_rows n, public.labels l where l.active and l.rule is not null;
  return null;
end
$$;
