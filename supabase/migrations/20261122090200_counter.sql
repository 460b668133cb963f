-- Gives: report_on_behalf, by which staff report for someone at the counter, on the phone or at a visit, logged as such.
-- To: grid workers, community and street staff. Shares every line but who asks with report_issue.

-- who: who reports and how (actor, person, office, payload) when it is not the resident.
drop function private.open_issue(public.courtyards, public.categories, text, text, extensions.geometry);
create function private.open_issue(
  yard public.courtyards, kind public.categories, what text, place text, point extensions.geometry, who public.issue_events default null
) returns public.issues
language plpgsql set search_path = '' as $$
declare
  made public.issues;
  clock jsonb;
  event public.issue_events := who;
begin
  made.id := nextval(pg_get_serial_sequence('public.issues', 'id'));
  made.created_at := private.now();
  made.updated_at := made.created_at;
  made.number := to_char(made.created_at at time zone 'Asia/Shanghai', 'YYMM') || '-' || lpad(made.id::text, 5, '0');
  made.street_id := yard.street_id;
  made.community_id := yard.community_id;
  made.grid_id := yard.grid_id;
  made.courtyard_id := yard.id;
  made.category := kind.code;
  made.what := what;
  made.place := place;
  made.point := point;
  made.urgency := kind.urgency;
  made.state := 'submitted';
  made.holder_level := kind.level;
  made.holder_area_id := case kind.level when 'courtyard' then yard.grid_id when 'community' then yard.community_id else yard.street_id end;
  made.step := case kind.level when 'street' then 'dispatch' else 'accept' end;
  made.promised_at := made.created_at
    + case kind.urgency when 'emergency' then interval '2 hours' when 'urgent' then interval '24 hours' else interval '7 days' end;
  made.returns := 0;
  made.reopened := 0;
  made.recheck := false;
  made.tasks := '{}';
  made.assisting := '{}';
  made.version := 0;
  clock := private.start_step(kind.code, made.urgency, made.step, made.created_at);
  made := jsonb_populate_record(made, clock);
  insert into public.issues values (made.*);

  event.issue_id := made.id;
  event.action := 'report';
  event.at := made.created_at;
  event.actor := coalesce(who.actor, 'resident');
  event.payload := coalesce(who.payload, '{}');
  event.is_public := true;
  event.changes := clock || jsonb_build_object('category', made.category, 'urgency', made.urgency, 'state', made.state,
    'holder_level', made.holder_level, 'holder_area_id', made.holder_area_id, 'returns', 0, 'reopened', 0, 'tasks', made.tasks,
    'assisting', made.assisting, 'recheck', false);
  return private.append_event(event);
end
$$;

-- The issue that this key has already reported; null fields when there is none. Two copies of one report sent at once: the second waits here.
create function private.reported(key text, body bytea) returns public.issues
language plpgsql volatile set search_path = '' as $$
declare
  known private.reporters;
  made public.issues;
begin
  if key is null or lower(key) !~ '^[0-9a-hjkmnp-tv-z]{26}$' then
    perform private.fail(422, 'key_malformed', '{}', 'Reload the page and send again.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended(lower(key), 0));
  select r.* into known from private.reporters r where r.key_hash = private.key_hash(key);
  if known.body_hash <> body then
    perform private.fail(409, 'key_reused', '{}', 'This report was sent before with other words: open its link, or start a new report.');
  end if;
  select i.* into made from public.issues i where i.id = known.issue_id;
  return made;
end
$$;

-- A report's fields checked, its issue opened, its reporter and photos kept; the key is the caller's to check before.
create function private.file_report(
  yard public.courtyards, key text, body bytea, what text, name text, address text, place text, phone text, category text,
  lng double precision, lat double precision, photos integer, lang text, who public.issue_events default null
) returns public.issues
language plpgsql volatile set search_path = '' as $$
declare
  limits constant jsonb := private.report_limits();
  kind public.categories;
  made public.issues;
begin
  what := private.field('what', what, (limits ->> 'what')::integer, true);
  name := private.field('name', name, (limits ->> 'name')::integer, true);
  address := private.field('address', address, (limits ->> 'address')::integer, true);
  place := private.field('place', place, (limits ->> 'place')::integer);
  phone := private.field('phone', phone, (limits ->> 'phone')::integer);
  select c.* into kind from public.categories c where c.code = coalesce(file_report.category, 'other');
  if kind.code is null then
    perform private.fail(422, 'category_unknown', jsonb_build_object('field', 'category'), 'Leave the category out.');
  end if;
  if photos not between 0 and (limits ->> 'photos')::integer then
    perform private.fail(422, 'too_many_photos', jsonb_build_object('field', 'photos', 'max', limits -> 'photos'), 'Send fewer photos.');
  end if;

  made := private.open_issue(yard, kind, what, place, private.report_point(yard, lng, lat), who);
  insert into private.reporters values (made.id, private.key_hash(key), body, name, address, phone, case lang when 'en' then 'en' else 'zh' end);
  insert into public.issue_photos (path, issue_id, by_resident, promised_at)
  select folder || '/' || n || '.jpg', made.id, true, made.created_at
  from (select gen_random_uuid()::text as folder) f, generate_series(1, photos) n;
  return made;
end
$$;

create or replace function public.report_issue(
  code text, key text, what text, name text, address text,
  place text default null, phone text default null, category text default null,
  lng double precision default null, lat double precision default null,
  photos integer default 0, lang text default 'zh'
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  body constant bytea := sha256(convert_to(jsonb_build_array(private.plain_code(code), what, name, address, place, phone, category, lng, lat, photos)::text, 'UTF8'));
  made public.issues := private.reported(key, body);
  yard public.courtyards;
begin
  if made.id is not null then
    return private.receipt(made, true);
  end if;
  select (c.courtyard).* into yard from private.courtyard_of_code(report_issue.code) c;
  made := private.file_report(yard, key, body, what, name, address, place, phone, category, lng, lat, photos, lang);
  return private.receipt(made, false);
end
$$;

-- For whom the caller reports from a yard: the nearest of their offices that looks after it.
create function private.counter_of(yard public.courtyards) returns public.memberships
language plpgsql stable set search_path = '' as $$
declare
  counter public.memberships;
begin
  select m.* into counter from private.my_memberships() m
  where m.role in ('grid_worker', 'community_staff', 'street_staff') and m.area_id in (yard.street_id, yard.community_id, yard.grid_id)
  order by array_position('{grid_worker,community_staff,street_staff}', m.role) limit 1;
  if counter.id is null then
    if coalesce(yard.community_id = any (private.my_community_ids()), false)
      and not exists (select from private.my_memberships() m where m.role in ('grid_worker', 'community_staff', 'street_staff')) then
      perform private.fail(403, 'report_not_allowed', '{}', 'Ask the community or the street to report it.');
    end if;
    perform private.fail(404, 'courtyard_unknown', '{}', 'Choose a courtyard your office looks after.');
  end if;
  return counter;
end
$$;

-- Definer: private.reporters and issues are written by nobody; private.counter_of decides who passes.
create function public.report_on_behalf(
  courtyard_id bigint, key text, what text, name text, address text, channel text,
  place text default null, phone text default null, category text default null,
  lng double precision default null, lat double precision default null,
  photos integer default 0, lang text default 'zh'
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  body constant bytea := sha256(convert_to(jsonb_build_array(courtyard_id, what, name, address, channel, place, phone, category, lng, lat, photos)::text, 'UTF8'));
  made public.issues := private.reported(key, body);
  repeated constant boolean := made.id is not null;
  yard public.courtyards;
  counter public.memberships;
  who public.issue_events;
begin
  select c.* into yard from public.courtyards c where c.id = report_on_behalf.courtyard_id;
  counter := private.counter_of(yard);
  channel := private.field('channel', channel, 20, true);
  if channel not in ('counter', 'phone', 'visit') then
    perform private.fail(422, 'field_malformed', '{"field":"channel"}', 'Say whether they came to the counter, called, or were visited.');
  end if;
  if not repeated then
    who.actor := counter.role;
    who.person_id := auth.uid();
    who.office_area_id := counter.area_id;
    who.payload := jsonb_build_object('channel', channel);
    made := private.file_report(yard, key, body, what, name, address, place, phone, category, lng, lat, photos, lang, who);
  end if;
  return private.receipt(made, repeated) || jsonb_build_object('issue_id', made.id);
end
$$;
comment on function public.report_on_behalf(bigint, text, text, text, text, text, text, text, text, double precision, double precision, integer, text) is
  'A report for someone who came to the counter, called (phone) or was visited (visit): channel. key: 26 base-32 characters made by the desk, handed to the resident as their tracking link. Logged with who took it. Returns the receipt of report_issue and issue_id. Errors: courtyard_unknown 404 (no yard of the caller''s office), report_not_allowed 403, field_missing, field_malformed, field_too_long, point_outside, key_malformed, category_unknown, too_many_photos 422, key_reused 409.';
grant execute on function public.report_on_behalf(bigint, text, text, text, text, text, text, text, text, double precision, double precision, integer, text) to authenticated;
