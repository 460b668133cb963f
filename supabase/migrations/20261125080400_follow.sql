-- Gives: what a resident may do with a report by its link besides answering: add words and photos, see what the offices photographed,
-- see, correct and forget what is kept of them; and the parcel by which reports move to another phone.
-- To: anyone with the report's tracking key.

-- Where a held report stands, in the shape of a story.
create function private.held_story(held private.held_reports) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'number', 'H' || lpad(held.id::text, 5, '0'), 'version', 0, 'state', case when held.decided_at is null then 'submitted' else 'declined' end,
    'held', true, 'what', coalesce(held.report ->> 'what', ''), 'place', held.report ->> 'place', 'courtyard', c.name,
    'category', coalesce(k.name, ''), 'category_en', coalesce(k.name_en, ''), 'created_at', held.at, 'promised_at', held.at + interval '1 day', 'answered', null,
    'responsible', private.office_name(held.community_id, null), 'first_owner', null, 'photos', 0, 'results', '[]'::jsonb, 'merged_into', null, 'can', '[]'::jsonb,
    'steps', jsonb_build_array(jsonb_build_object('at', held.at, 'action', 'report')))
  from public.courtyards c left join public.categories k on k.code = held.report ->> 'category'
  where c.id = held.courtyard_id
$$;

-- Photos the offices added, which the resident may see once the work is said to be done.
create function private.result_photos(issue public.issues) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(p.path order by p.promised_at, p.path), '[]') from public.issue_photos p
  where p.issue_id = issue.id and not p.by_resident and issue.resolved_at is not null and private.photo_arrived(p.path)
$$;

-- Definer: the key is the permission.
create or replace function public.track_issue(key text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  held private.held_reports;
  issue public.issues;
begin
  select h.* into held from private.held_reports h where h.key_hash = private.key_hash(key) and h.issue_id is null;
  if held.id is not null then
    return private.held_story(held);
  end if;
  issue := private.issue_of_key(key);
  return private.public_story(issue) || jsonb_build_object(
    'results', private.result_photos(case when issue.merged_into is null then issue else private.followed(issue) end),
    'forgotten', (select r.forgotten_at is not null from private.reporters r where r.issue_id = issue.id));
end
$$;
comment on function public.track_issue(text) is 'A resident''s report and its public steps, by the tracking key; offices, never people. A step carries words, reason, finding (of a verification), granted {kind: pause|extension, until}, letter {addressee, due_on, replied}, channel (how staff took the report) where it has them; can: what the resident may do; results: photos of the offices, once solved; held: somebody looks at it first; forgotten: its resident''s data were deleted. Errors: track_unknown 404.';

-- Whether the tracking key that came with this request (header x-courtyard-key) opens the report this photo belongs to.
-- Definer: an anonymous download may ask this and read nothing.
create function private.shows_result(path text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.issue_photos p
    join public.issues i on i.id = p.issue_id
    join private.reporters r on r.key_hash = private.key_hash(nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-courtyard-key')
    join public.issues own on own.id = r.issue_id
    where p.path = shows_result.path and not p.by_resident and i.resolved_at is not null
      and (own.id = i.id or (private.followed(own)).id = i.id))
$$;
grant execute on function private.shows_result(text) to anon, authenticated;
create policy "a resident sees what the offices photographed of their report" on storage.objects for select to anon
  using (bucket_id = 'issue-photos' and private.shows_result(name));

-- Definer, all below: the key is the permission.
create function public.add_to_report(key text, request_id uuid, words text default null, photos integer default 0) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  issue public.issues := private.issue_of_key(key);
  event public.issue_events;
  said text := private.field('words', words, 500);
  room integer;
  paths jsonb;
begin
  select i.* into issue from public.issues i where i.id = issue.id for no key update;
  if issue.state not in ('submitted', 'handling', 'resolved', 'merged') then
    perform private.fail(409, 'action_not_allowed', jsonb_build_object('state', issue.state), 'It is over: open it again, or report anew.');
  end if;
  if exists (select from public.issue_events e where e.issue_id = issue.id and e.request_id = add_to_report.request_id) then
    return jsonb_build_object('story', public.track_issue(key), 'photos', (
      select coalesce(jsonb_agg(p.path order by p.path), '[]') from public.issue_photos p
      join public.issue_events e on e.issue_id = p.issue_id and e.request_id = add_to_report.request_id
      where p.issue_id = issue.id and p.by_resident and p.promised_at = e.at));
  end if;
  room := (private.report_limits() ->> 'photos')::integer + 3 - (select count(*) from public.issue_photos p where p.issue_id = issue.id and p.by_resident);
  if coalesce(photos, 0) not between 0 and greatest(room, 0) then
    perform private.fail(422, 'too_many_photos', jsonb_build_object('field', 'photos', 'max', greatest(room, 0)), 'Send fewer photos.');
  end if;
  if said is null and coalesce(photos, 0) = 0 then
    perform private.fail(422, 'field_missing', '{"field":"words"}', 'Write a word, or add a photo.');
  end if;
  event.issue_id := issue.id;
  event.action := 'note';
  event.at := private.now();
  event.actor := 'resident';
  event.payload := jsonb_strip_nulls(jsonb_build_object('words', said, 'photos', nullif(photos, 0)));
  event.is_public := true;
  event.changes := '{}';
  event.request_id := add_to_report.request_id;
  issue := private.append_event(event);
  with made as (
    insert into public.issue_photos (path, issue_id, by_resident, promised_at)
    select folder || '/' || n || '.jpg', issue.id, true, event.at
    from (select gen_random_uuid()::text as folder) f, generate_series(1, photos) n returning path)
  select coalesce(jsonb_agg(path order by path), '[]') into paths from made;
  return jsonb_build_object('story', public.track_issue(key), 'photos', paths);
end
$$;
comment on function public.add_to_report(text, uuid, text, integer) is 'The resident adds words or photos to a report that is not over; request_id makes it once. Returns {story as track_issue, photos: paths to put them}. Errors: track_unknown 404, action_not_allowed 409, field_missing, field_too_long, too_many_photos 422.';
grant execute on function public.add_to_report(text, uuid, text, integer) to anon, authenticated;

create function public.my_data(key text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('name', r.name, 'address', r.address, 'phone', r.phone, 'helper', r.helper, 'forgotten_at', r.forgotten_at,
    'photos', (select count(*) from public.issue_photos p where p.issue_id = i.id and p.by_resident),
    'seen', (select coalesce(jsonb_agg(jsonb_build_object('at', v.at, 'reason', v.reason) order by v.id), '[]') from private.reveals v where v.issue_id = i.id))
  from private.issue_of_key(my_data.key) i join private.reporters r on r.issue_id = i.id
$$;
comment on function public.my_data(text) is 'What is kept of the resident with this report, and when staff looked at it unmasked and why. Errors: track_unknown 404.';
grant execute on function public.my_data(text) to anon, authenticated;

create function public.correct_my_data(key text, name text, address text, phone text default null, helper text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  issue public.issues := private.issue_of_key(key);
begin
  update private.reporters r set name = private.field('name', correct_my_data.name, 40, true), address = private.field('address', correct_my_data.address, 100, true),
    phone = private.field('phone', correct_my_data.phone, 30), helper = private.field('helper', correct_my_data.helper, 60)
  where r.issue_id = issue.id and r.forgotten_at is null;
  if not found then
    perform private.fail(409, 'data_forgotten', '{}', 'They were deleted before.');
  end if;
  return public.my_data(key);
end
$$;
comment on function public.correct_my_data(text, text, text, text, text) is 'The resident corrects what is kept of them. Returns as my_data. Errors: track_unknown 404, data_forgotten 409, field_missing, field_too_long 422.';
grant execute on function public.correct_my_data(text, text, text, text, text) to anon, authenticated;

-- Photos whose resident wants them gone: unreachable at once; the bytes are removed through Storage by whoever keeps it.
create table private.photos_to_remove (
  path text primary key,
  since timestamptz not null
);
comment on table private.photos_to_remove is 'Paths in issue-photos whose bytes are to be removed: claim_photo_removals gives them to the sender.';

create function public.forget_me(key text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  issue public.issues := private.issue_of_key(key);
begin
  with gone as (delete from public.issue_photos p where p.issue_id = issue.id and p.by_resident returning p.path)
  insert into private.photos_to_remove (path, since) select g.path, private.now() from gone g on conflict do nothing;
  update private.reporters r set name = null, address = null, phone = null, helper = null, phone_mark = null, forgotten_at = coalesce(r.forgotten_at, private.now())
  where r.issue_id = issue.id;
  -- what is left is the matter itself, without the words and the household
  update public.issues i set place = private.public_place(i.place), what = (select k.name from public.categories k where k.code = i.category)
  where i.id = issue.id;
  return public.track_issue(key);
end
$$;
comment on function public.forget_me(text) is 'Deletes the resident''s name, address, phone, words and photos of this report for good; the matter stays, by its category and building. Returns as track_issue. Errors: track_unknown 404.';
grant execute on function public.forget_me(text) to anon, authenticated;

create function public.claim_photo_removals(most integer default 50) returns text[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(r.path), '{}') from (select p.path from private.photos_to_remove p order by p.since limit least(most, 500)) r
$$;
comment on function public.claim_photo_removals(integer) is 'With the service key: paths in issue-photos to remove from Storage; settle_photo_removals says which are gone.';
grant execute on function public.claim_photo_removals(integer) to service_role;

create function public.settle_photo_removals(paths text[]) returns void
language sql volatile security definer set search_path = '' as $$
  delete from private.photos_to_remove p where p.path = any (paths)
$$;
comment on function public.settle_photo_removals(text[]) is 'With the service key: these photos are gone from Storage.';
grant execute on function public.settle_photo_removals(text[]) to service_role;

create table private.parcels (
  name bytea primary key,
  sealed text not null,
  until timestamptz not null
);
comment on table private.parcels is 'Reports on their way to another phone, sealed by a code only their resident knows; gone when fetched, or after ten minutes.';

create function public.leave_parcel(name text, sealed text) returns timestamptz
language plpgsql volatile security definer set search_path = '' as $$
declare
  ends timestamptz := private.now() + interval '10 minutes';
begin
  if leave_parcel.name !~ '^[0-9a-f]{64}$' or char_length(leave_parcel.sealed) not between 1 and 20000 then
    perform private.fail(422, 'field_malformed', '{"field":"sealed"}', 'Seal fewer reports.');
  end if;
  delete from private.parcels p where p.until < private.now();
  insert into private.parcels (name, sealed, until) values (decode(leave_parcel.name, 'hex'), leave_parcel.sealed, ends) on conflict do nothing;
  if not found then
    perform private.fail(409, 'parcel_taken', '{}', 'Make another code.');
  end if;
  return ends;
end
$$;
comment on function public.leave_parcel(text, text) is 'Leaves a sealed list of reports for another phone for ten minutes. name: sha256 of what the code says of where. Returns until when. Errors: parcel_taken 409, field_malformed 422.';
grant execute on function public.leave_parcel(text, text) to anon, authenticated;

create function public.fetch_parcel(name text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_parcel text;
begin
  delete from private.parcels p where fetch_parcel.name ~ '^[0-9a-f]{64}$' and p.name = decode(fetch_parcel.name, 'hex') and p.until > private.now()
  returning p.sealed into found_parcel;
  if found_parcel is null then
    perform private.fail(404, 'parcel_unknown', '{}', 'Make a new code on the other phone: each is good once, for ten minutes.');
  end if;
  return found_parcel;
end
$$;
comment on function public.fetch_parcel(text) is 'Fetches what another phone left, once. Errors: parcel_unknown 404.';
grant execute on function public.fetch_parcel(text) to anon, authenticated;
