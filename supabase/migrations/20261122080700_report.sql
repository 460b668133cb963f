-- Gives: what a resident needs to report: open a courtyard by its code, report.
-- To: anyone; the code opens the yard.

-- The longest of each field, in characters, and the photos a report may have.
create function private.report_limits() returns jsonb
language sql immutable set search_path = '' as $$
  select '{"what":500,"place":100,"name":40,"address":100,"phone":30,"words":500,"photos":3,"photo_bytes":5242880}'::jsonb
$$;

-- The courtyard a code opens, with the place it hangs at. Refuses an unknown or mistyped code (404) and a revoked one (410).
create function private.courtyard_of_code(typed text) returns table (courtyard public.courtyards, place text)
language plpgsql stable set search_path = '' as $$
declare
  plain text := private.plain_code(typed);
  found public.courtyard_codes;
begin
  select c.* into found from public.courtyard_codes c where c.code = plain;
  if found.code is null then
    perform private.fail(404, 'code_unknown', jsonb_build_object('mistyped',
      plain is null or plain !~ '^[0-9a-hjkmnp-tv-z]{17}$' or private.check_character(left(plain, 16)) <> right(plain, 1)),
      'Scan the code on the wall again.');
  elsif found.revoked_at is not null then
    perform private.fail(410, 'code_revoked', '{}', 'Scan the new code on the wall, or tell the community.');
  end if;
  return query select c, found.place from public.courtyards c where c.id = found.courtyard_id;
end
$$;

-- Definer: anonymous callers read no table.
create function public.open_courtyard(code text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  opened record;
  yard public.courtyards;
begin
  select * into opened from private.courtyard_of_code(open_courtyard.code);
  yard := opened.courtyard;
  return jsonb_build_object(
    'courtyard', jsonb_build_object(
      'name', yard.name,
      'address', yard.address,
      'community', private.office_name(yard.community_id, null),
      'street', private.office_name(yard.street_id, null),
      'point', extensions.st_asgeojson(yard.point, 6)::jsonb -> 'coordinates',
      'outline', extensions.st_asgeojson(yard.geom, 6)::jsonb,
      'place', opened.place),
    'categories', (
      select jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'name_en', c.name_en, 'keywords', c.keywords,
        'urgent', c.urgency = 'emergency') order by c.sort, c.code)
      from public.categories c),
    'limits', private.report_limits());
end
$$;
comment on function public.open_courtyard(text) is 'The yard whose code hangs on the wall: name, address, outline, what people report, limits of the form. Errors: code_unknown 404 {mistyped}, code_revoked 410.';
grant execute on function public.open_courtyard(text) to anon, authenticated;

-- Where a report points: the given place if it lies in the yard's street, else the yard's own point.
create function private.report_point(yard public.courtyards, lng double precision, lat double precision)
returns extensions.geometry
language plpgsql stable set search_path = '' as $$
declare
  given extensions.geometry := extensions.st_setsrid(extensions.st_point(lng, lat), 4326);
begin
  if given is null then
    return yard.point;
  end if;
  if lng not between -180 and 180 or lat not between -90 and 90
    or not (select coalesce(extensions.st_intersects(a.boundary, given), true) from public.areas a where a.id = yard.street_id) then
    perform private.fail(422, 'point_outside', jsonb_build_object('street', private.office_name(yard.street_id, null)),
      'Put the pin inside the street, or leave it at the courtyard.');
  end if;
  return given;
end
$$;

create function private.key_hash(key text) returns bytea
language sql immutable set search_path = '' as $$ select sha256(convert_to(lower(key), 'UTF8')) $$;

-- What a report's sender keeps: its number and what was promised. Paths are where its photos may be put.
create function private.receipt(issue public.issues, repeated boolean) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'number', issue.number,
    'courtyard', (select c.name from public.courtyards c where c.id = issue.courtyard_id),
    'created_at', issue.created_at,
    'promised_at', issue.promised_at,
    'holder', private.office_name(issue.holder_area_id, issue.holder_department_id),
    'photos', (select coalesce(jsonb_agg(p.path order by p.path), '[]') from public.issue_photos p where p.issue_id = issue.id and p.by_resident),
    'repeated', repeated)
$$;

-- A new issue at the first rung of its category's ladder, with its first event.
create function private.open_issue(yard public.courtyards, kind public.categories, what text, place text, point extensions.geometry)
returns public.issues
language plpgsql set search_path = '' as $$
declare
  made public.issues;
  clock jsonb;
  event public.issue_events;
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
  event.actor := 'resident';
  event.payload := '{}';
  event.is_public := true;
  event.changes := clock || jsonb_build_object('category', made.category, 'urgency', made.urgency, 'state', made.state,
    'holder_level', made.holder_level, 'holder_area_id', made.holder_area_id, 'returns', 0, 'reopened', 0, 'tasks', made.tasks,
    'assisting', made.assisting, 'recheck', false);
  return private.append_event(event);
end
$$;

-- Definer: anonymous callers write no table.
create function public.report_issue(
  code text, key text, what text, name text, address text,
  place text default null, phone text default null, category text default null,
  lng double precision default null, lat double precision default null,
  photos integer default 0, lang text default 'zh'
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  limits constant jsonb := private.report_limits();
  body constant bytea := sha256(convert_to(jsonb_build_array(private.plain_code(code), what, name, address, place, phone, category, lng, lat, photos)::text, 'UTF8'));
  yard public.courtyards;
  kind public.categories;
  known private.reporters;
  made public.issues;
  clean_what text;
  clean_name text;
  clean_address text;
begin
  if key is null or lower(key) !~ '^[0-9a-hjkmnp-tv-z]{26}$' then
    perform private.fail(422, 'key_malformed', '{}', 'Reload the page and send again.');
  end if;
  -- two copies of one report sent at once: the second waits, then finds the first
  perform pg_advisory_xact_lock(hashtextextended(lower(key), 0));
  select r.* into known from private.reporters r where r.key_hash = private.key_hash(key);
  if known.issue_id is not null then
    if known.body_hash <> body then
      perform private.fail(409, 'key_reused', '{}', 'This report was sent before with other words: open its link, or start a new report.');
    end if;
    select i.* into made from public.issues i where i.id = known.issue_id;
    return private.receipt(made, true);
  end if;

  select (c.courtyard).* into yard from private.courtyard_of_code(report_issue.code) c;
  clean_what := private.field('what', what, (limits ->> 'what')::integer, true);
  clean_name := private.field('name', name, (limits ->> 'name')::integer, true);
  clean_address := private.field('address', address, (limits ->> 'address')::integer, true);
  place := private.field('place', place, (limits ->> 'place')::integer);
  phone := private.field('phone', phone, (limits ->> 'phone')::integer);
  select c.* into kind from public.categories c where c.code = coalesce(report_issue.category, 'other');
  if kind.code is null then
    perform private.fail(422, 'category_unknown', jsonb_build_object('field', 'category'), 'Leave the category out.');
  end if;
  if photos not between 0 and (limits ->> 'photos')::integer then
    perform private.fail(422, 'too_many_photos', jsonb_build_object('field', 'photos', 'max', limits -> 'photos'), 'Send fewer photos.');
  end if;

  made := private.open_issue(yard, kind, clean_what, place, private.report_point(yard, lng, lat));
  insert into private.reporters values (made.id, private.key_hash(key), body, clean_name, clean_address, phone, case lang when 'en' then 'en' else 'zh' end);
  insert into public.issue_photos (path, issue_id, by_resident, promised_at)
  select folder || '/' || n || '.jpg', made.id, true, made.created_at
  from (select gen_random_uuid()::text as folder) f, generate_series(1, photos) n;
  return private.receipt(made, false);
end
$$;
comment on function public.report_issue(text, text, text, text, text, text, text, text, double precision, double precision, integer, text) is
  'A resident''s report. key: 26 base-32 characters made by the phone, which make it exactly once and open its tracking page; lng, lat in WGS-84 degrees. Returns the receipt. Errors: code_unknown 404, code_revoked 410, field_missing, field_too_long, point_outside, key_malformed, category_unknown, too_many_photos 422, key_reused 409.';
grant execute on function public.report_issue(text, text, text, text, text, text, text, text, double precision, double precision, integer, text) to anon, authenticated;
