-- Gives: the functions that place resources and hazards, move them, and act on them; their photos and their story.
-- To: the grid's workers, the community's and the street's staff, for the yards they look after.

create table public.place_photos (
  path text primary key,
  resource_id bigint references public.resources (id),
  hazard_id bigint references public.hazards (id),
  promised_at timestamptz not null,
  check (num_nonnulls(resource_id, hazard_id) = 1)
);
comment on table public.place_photos is 'Photos of resources and hazards: path in the bucket place-photos. A row stands from the promise on; the picture may follow later, or never.';
create index place_photos_resource on public.place_photos (resource_id);
create index place_photos_hazard on public.place_photos (hazard_id);
alter table public.place_photos enable row level security;
grant select on public.place_photos to authenticated, service_role;
create policy "staff read the photos of the places they see" on public.place_photos for select to authenticated
  using (exists (select from public.resources r where r.id = resource_id) or exists (select from public.hazards h where h.id = hazard_id));

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('place-photos', 'place-photos', false, 5242880, array['image/jpeg'])
on conflict (id) do nothing;

-- Definer: an upload may ask this and read nothing.
create function private.place_photo_expected(path text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.place_photos p where p.path = place_photo_expected.path and p.promised_at > private.now() - interval '7 days')
$$;
grant execute on function private.place_photo_expected(text) to authenticated;
create policy "staff put the photos they promised of a place" on storage.objects for insert to authenticated
  with check (bucket_id = 'place-photos' and private.place_photo_expected(name));
create policy "staff see the photos of the places they see" on storage.objects for select to authenticated
  using (bucket_id = 'place-photos' and exists (select from public.place_photos p where p.path = name));

-- A yard in which the caller may place things and act on them; refuses others.
create function private.tended_yard(wanted bigint) returns public.courtyards
language plpgsql stable set search_path = '' as $$
declare
  yard public.courtyards := private.readable_yard(wanted);
begin
  if not exists (select from private.my_memberships() m
    where m.role in ('grid_worker', 'community_staff', 'street_staff') and m.area_id in (yard.grid_id, yard.community_id, yard.street_id)) then
    perform private.fail(403, 'place_not_allowed', '{}', 'Ask the yard''s grid worker or community.');
  end if;
  return yard;
end
$$;

-- A point as it was given, at most 300 m from the yard it is said to be in.
create function private.place_point(yard public.courtyards, lng double precision, lat double precision) returns extensions.geometry
language plpgsql stable set search_path = '' as $$
declare
  point extensions.geometry;
begin
  if lng is null or lat is null or lng not between -180 and 180 or lat not between -90 and 90 then
    perform private.fail(422, 'field_malformed', '{"field":"point"}', 'Give the point in degrees.');
  end if;
  point := extensions.st_setsrid(extensions.st_point(lng, lat), 4326);
  if private.metres(coalesce(yard.geom, yard.point), point, extensions.st_y(yard.point)) > 300 then
    perform private.fail(422, 'point_outside', jsonb_build_object('courtyard', yard.name), 'Place it in the yard or beside it.');
  end if;
  return point;
end
$$;

create function private.place_kind(given text, wanted text) returns public.place_kinds
language plpgsql stable set search_path = '' as $$
declare
  kind public.place_kinds;
begin
  select k.* into kind from public.place_kinds k where k.code = given and k.place = wanted;
  if kind.code is null then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', 'kind', 'options',
      (select jsonb_agg(k.code order by k.sort) from public.place_kinds k where k.place = wanted)), 'Choose one of the list.');
  end if;
  return kind;
end
$$;

-- Logs an act on a place, derives the labels that rest on it, tells who follows, and answers.
create function private.end_place(yard bigint, place text, id bigint, action text, payload jsonb, request uuid, more jsonb default '{}') returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  perform private.log_archive(yard, place, id::text, action, payload);
  perform private.tell_archives(private.derive_labels() || yard);
  return private.keep_answer(request, more || jsonb_build_object('id', id, 'version', case place
    when 'resource' then (select r.version from public.resources r where r.id = end_place.id) else (select h.version from public.hazards h where h.id = end_place.id) end));
end
$$;

-- Definer, as all below: places are written by nobody else.
create function public.place_resource(courtyard_id bigint, kind text, name text, lng double precision, lat double precision, note text default null, request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  made public.resources;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.tended_yard(place_resource.courtyard_id);
  insert into public.resources (courtyard_id, community_id, kind, name, note, point, created_at, updated_at)
  values (yard.id, yard.community_id, (private.place_kind(place_resource.kind, 'resource')).code, private.field('name', place_resource.name, 60, true),
    private.field('note', place_resource.note, 400), private.place_point(yard, lng, lat), private.now(), private.now())
  returning * into made;
  return private.end_place(yard.id, 'resource', made.id, 'placed', jsonb_build_object('kind', made.kind, 'name', made.name), request_id);
end
$$;
comment on function public.place_resource(bigint, text, text, double precision, double precision, text, uuid) is 'Places a resource of a yard. Returns {id, version}. Errors: courtyard_unknown 404, place_not_allowed 403, field_missing, field_too_long, field_malformed, point_outside 422.';
grant execute on function public.place_resource(bigint, text, text, double precision, double precision, text, uuid) to authenticated;

create function public.place_hazard(courtyard_id bigint, kind text, what text, level integer, lng double precision, lat double precision,
  mender text default null, due_on date default null, inspect_days integer default null, request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  found_kind public.place_kinds;
  made public.hazards;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.tended_yard(place_hazard.courtyard_id);
  found_kind := private.place_kind(place_hazard.kind, 'hazard');
  insert into public.hazards (courtyard_id, community_id, kind, what, level, point, mender, due_at, inspect_days, inspected_at, created_at, updated_at)
  values (yard.id, yard.community_id, found_kind.code, private.field('what', place_hazard.what, 200, true), private.whole_number('level', place_hazard.level, 1, 3),
    private.place_point(yard, lng, lat), private.field('mender', place_hazard.mender, 60), (place_hazard.due_on + time '18:00') at time zone 'Asia/Shanghai',
    private.whole_number('inspect_days', coalesce(place_hazard.inspect_days, found_kind.inspect_days), 1, 365), private.now(), private.now(), private.now())
  returning * into made;
  return private.end_place(yard.id, 'hazard', made.id, 'placed', jsonb_build_object('kind', made.kind, 'what', made.what, 'level', made.level), request_id);
end
$$;
comment on function public.place_hazard(bigint, text, text, integer, double precision, double precision, text, date, integer, uuid) is 'Places a hazard found in a yard: level 1 to 3 (the worst), who mends it, by when, and how often it is looked at (default: its kind''s). Returns {id, version}. Errors: courtyard_unknown 404, place_not_allowed 403, field_missing, field_too_long, field_malformed, point_outside 422.';
grant execute on function public.place_hazard(bigint, text, text, integer, double precision, double precision, text, date, integer, uuid) to authenticated;

-- A place to act on, locked, as the caller saw it at `version`; refuses what they may not.
create function private.check_place(current integer, given integer, yard_id bigint) returns public.courtyards
language plpgsql stable set search_path = '' as $$
begin
  if yard_id is null then
    perform private.fail(404, 'place_unknown', '{}', 'Reload the map.');
  elsif current is distinct from given then
    perform private.fail(409, 'stale_version', jsonb_build_object('version', current), 'Look at what changed, then decide again.');
  end if;
  return private.tended_yard(yard_id);
end
$$;

create function public.move_point(place text, id bigint, lng double precision, lat double precision, version integer, request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  resource public.resources;
  hazard public.hazards;
begin
  if answer is not null then
    return answer;
  end if;
  if private.choice('place', place, '{resource,hazard}') = 'resource' then
    select r.* into resource from public.resources r where r.id = move_point.id and r.state <> 'gone' for update;
  else
    select h.* into hazard from public.hazards h where h.id = move_point.id for update;
  end if;
  yard := private.check_place(coalesce(resource.version, hazard.version), move_point.version, coalesce(resource.courtyard_id, hazard.courtyard_id));
  update public.resources r set point = private.place_point(yard, lng, lat), updated_at = private.now() where r.id = resource.id;
  update public.hazards h set point = private.place_point(yard, lng, lat), updated_at = private.now() where h.id = hazard.id;
  return private.end_place(yard.id, move_point.place, move_point.id, 'moved', '{}', request_id);
end
$$;
comment on function public.move_point(text, bigint, double precision, double precision, integer, uuid) is 'Moves a resource or a hazard (place) within its yard. Returns {id, version}. Errors: place_unknown, courtyard_unknown 404, place_not_allowed 403, stale_version 409, field_malformed, point_outside 422.';
grant execute on function public.move_point(text, bigint, double precision, double precision, integer, uuid) to authenticated;

create function public.act_on_resource(id bigint, action text, version integer, payload jsonb default '{}', request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answer jsonb := private.answered(request_id);
  resource public.resources;
  yard public.courtyards;
  facts jsonb := coalesce(payload, '{}');
  next text;
begin
  if answer is not null then
    return answer;
  end if;
  select r.* into resource from public.resources r where r.id = act_on_resource.id and r.state <> 'gone' for update;
  yard := private.check_place(resource.version, act_on_resource.version, resource.courtyard_id);
  next := case private.choice('action', action, '{edit,use,idle,break,mend,remove}')
    when 'edit' then resource.state when 'use' then 'in_use' when 'idle' then 'idle' when 'break' then 'broken' when 'mend' then 'in_use' else 'gone' end;
  if resource.state in ('offered', 'claimed') and next <> resource.state then
    perform private.fail(409, 'resource_offered', jsonb_build_object('state', resource.state), 'Withdraw its offer first.');
  end if;
  update public.resources r set state = next, updated_at = private.now(),
    name = case when action = 'edit' and facts ? 'name' then private.field('name', facts ->> 'name', 60, true) else r.name end,
    note = case when action = 'edit' and facts ? 'note' then private.field('note', facts ->> 'note', 400) else r.note end,
    kind = case when action = 'edit' and facts ? 'kind' then (private.place_kind(facts ->> 'kind', 'resource')).code else r.kind end
  where r.id = resource.id;
  return private.end_place(yard.id, 'resource', resource.id, action,
    jsonb_strip_nulls(jsonb_build_object('from', resource.state, 'reason', private.field('reason', facts ->> 'reason', 200))), request_id);
end
$$;
comment on function public.act_on_resource(bigint, text, integer, jsonb, uuid) is 'edit {name, note, kind}, use, idle, break, mend or remove {reason} a resource as it was at `version`. Returns {id, version}. Errors: place_unknown, courtyard_unknown 404, place_not_allowed 403, stale_version, resource_offered 409, field_missing, field_too_long, field_malformed 422.';
grant execute on function public.act_on_resource(bigint, text, integer, jsonb, uuid) to authenticated;

create function public.promise_place_photos(place text, id bigint, photos integer) returns text[]
language plpgsql volatile security definer set search_path = '' as $$
declare
  yard bigint := case private.choice('place', place, '{resource,hazard}') when 'resource' then (select r.courtyard_id from public.resources r where r.id = promise_place_photos.id)
    else (select h.courtyard_id from public.hazards h where h.id = promise_place_photos.id) end;
  stands integer := (select count(*) from public.place_photos p where promise_place_photos.id = case place when 'resource' then p.resource_id else p.hazard_id end);
  promised text[];
begin
  perform private.tended_yard(yard);
  if photos is null or photos < 1 or photos > 6 - stands then
    perform private.fail(422, 'too_many_photos', jsonb_build_object('field', 'photos', 'max', greatest(6 - stands, 0)), 'Send fewer photos.');
  end if;
  with made as (
    insert into public.place_photos (path, resource_id, hazard_id, promised_at)
    select folder || '/' || n || '.jpg', case place when 'resource' then promise_place_photos.id end, case place when 'hazard' then promise_place_photos.id end, private.now()
    from (select gen_random_uuid()::text as folder) f, generate_series(1, photos) n returning path)
  select array_agg(path order by path) into promised from made;
  return promised;
end
$$;
comment on function public.promise_place_photos(text, bigint, integer) is 'Paths in the bucket place-photos to which so many JPEGs of a resource or hazard may be put within seven days; six each at most. Errors: courtyard_unknown 404, place_not_allowed 403, too_many_photos 422.';
grant execute on function public.promise_place_photos(text, bigint, integer) to authenticated;

create function public.place_story(place text, id bigint) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  yard public.courtyards := private.readable_yard(case private.choice('place', place, '{resource,hazard}')
    when 'resource' then (select r.courtyard_id from public.resources r where r.id = place_story.id) else (select h.courtyard_id from public.hazards h where h.id = place_story.id) end);
begin
  return jsonb_build_object(
    'events', (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'by', p.name, 'office', private.office_name(e.office_area_id, null), 'action', e.action, 'payload', e.payload) order by e.id), '[]')
      from private.archive_events e left join public.people p on p.id = e.person_id
      where e.courtyard_id = yard.id and e.subject = place_story.place and e.key = place_story.id::text),
    'photos', (select coalesce(jsonb_agg(p.path order by p.path), '[]') from public.place_photos p
      where place_story.id = case place_story.place when 'resource' then p.resource_id else p.hazard_id end
        and exists (select from storage.objects o where o.bucket_id = 'place-photos' and o.name = p.path)));
end
$$;
comment on function public.place_story(text, bigint) is 'What happened to a resource or hazard: {events: [{at, by, office, action, payload}], photos: [path] (those that arrived)}. Errors: courtyard_unknown 404.';
grant execute on function public.place_story(text, bigint) to authenticated;
