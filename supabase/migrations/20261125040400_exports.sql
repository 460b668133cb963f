-- Gives: export_issues and export_courtyards: what a person may take away in a file, with a reason, and a log of who took what.
-- To: staff, each for what row-level security shows them. The columns are the server's to decide; no reporter is ever among them.

create table private.exports (
  id bigint generated always as identity primary key,
  person_id uuid not null references public.people (id),
  at timestamptz not null,
  what text not null check (what in ('issues', 'courtyards')),
  format text not null check (format in ('geojson', 'csv', 'xlsx')),
  reason text not null,
  rows integer not null,
  -- the ids themselves, so that it can be told later who had which
  ids bigint[] not null
);
comment on table private.exports is 'Who took which rows away in a file, when and why. Never changed.';
create index exports_person on private.exports (person_id);
create trigger never_changed before update or delete on private.exports
  for each row execute function private.refuse_change();
create trigger never_emptied before truncate on private.exports
  for each statement execute function private.refuse_change();

-- The most rows of one file.
create function private.export_cap() returns integer
language sql immutable set search_path = '' as $$ select 5000 $$;
grant execute on function private.export_cap() to authenticated;

-- Text that a spreadsheet would take for a formula, made plain by an apostrophe before it.
create function private.plain_cell(said text) returns text
language sql immutable set search_path = '' as $$
  select case when said ~ '^[[:space:]]*[=+\-@\t\r＝＋－＠]' then '''' || said else said end
$$;
grant execute on function private.plain_cell(text) to authenticated;

-- What residents write about themselves by accident, masked: phone and identity numbers.
create function private.masked_words(said text) returns text
language sql immutable set search_path = '' as $$
  select regexp_replace(regexp_replace(said,
    '(^|[^0-9])([1-9][0-9]{5})[0-9]{8}([0-9]{3}[0-9Xx])([^0-9]|$)', '\1\2********\3\4', 'g'),
    '(^|[^0-9])(1[3-9][0-9])[ -]?[0-9]{4}[ -]?([0-9]{4})([^0-9]|$)', '\1\2****\3\4', 'g')
$$;
grant execute on function private.masked_words(text) to authenticated;

-- Checks who exports what and why, and writes it down before anything is handed out; gives the line that goes into the file.
-- Definer: the log is private.
create function private.begin_export(what text, ids bigint[], format text, reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  person public.people;
  why text;
  made bigint;
  at constant timestamptz := private.now();
begin
  select p.* into person from public.people p where p.id = auth.uid() and p.left_at is null;
  if person.id is null then
    perform private.fail(401, 'not_signed_in', '{}', 'Sign in.');
  elsif not exists (select from private.my_memberships()) then
    perform private.fail(403, 'not_member', '{}', 'Ask the street''s administrator for a role.');
  end if;
  perform private.choice('format', format, '{geojson,csv,xlsx}');
  why := private.field('reason', reason, 200, true);
  insert into private.exports (person_id, at, what, format, reason, rows, ids)
  values (person.id, at, begin_export.what, begin_export.format, why, cardinality(ids), ids) returning id into made;
  return jsonb_build_object('number', made, 'by', person.name, 'at', at, 'reason', why,
    'office', (select string_agg(distinct private.office_name(m.area_id, m.department_id), '、') from private.my_memberships() m));
end
$$;
grant execute on function private.begin_export(text, bigint[], text, text) to authenticated;

-- Refuses an empty file and one of more rows than the cap.
create function private.check_export(wanted integer) returns void
language plpgsql immutable set search_path = '' as $$
begin
  if wanted = 0 then
    perform private.fail(422, 'export_empty', '{}', 'Nothing is left by the filter: widen it.');
  elsif wanted > private.export_cap() then
    perform private.fail(422, 'export_too_large', jsonb_build_object('rows', wanted, 'max', private.export_cap()),
      'Narrow the filter, or take it in several files.');
  end if;
end
$$;
grant execute on function private.check_export(integer) to authenticated;

create function public.export_issues(ids bigint[], format text, reason text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  seen bigint[];
  mark jsonb;
begin
  perform private.check_export((select count(distinct id)::integer from unnest(ids) id));
  select coalesce(array_agg(i.id order by i.id), '{}') into seen from public.issues i where i.id = any (ids);
  perform private.check_export(cardinality(seen));
  mark := private.begin_export('issues', seen, format, reason);
  return mark || jsonb_build_object('rows', (
    select jsonb_agg(jsonb_build_object(
      'number', c.number, 'state', c.state, 'urgency', c.urgency, 'category', c.category_name, 'category_en', c.category_name_en,
      'what', private.plain_cell(private.masked_words(c.what)), 'place', private.plain_cell(private.masked_words(c.place)),
      'community', c.community, 'courtyard', private.plain_cell(c.courtyard), 'holder', c.holder, 'step', c.step, 'due_at', c.due_at, 'late', c.late,
      'created_at', c.created_at, 'ended_at', i.ended_at, 'answered', i.answered,
      'lng', round(extensions.st_x(i.point)::numeric, 6), 'lat', round(extensions.st_y(i.point)::numeric, 6)) order by c.id)
    from public.issue_cards c join public.issues i on i.id = c.id where c.id = any (seen)));
end
$$;
comment on function public.export_issues(bigint[], text, text) is
  'The issues of these ids that the caller sees, for a file of `format` (geojson, csv, xlsx), for a reason that is logged with them. No reporter; phone and identity numbers in the words are masked; no cell is a formula. At most 5000. Returns {number, by, office, at, reason, rows}. Errors: not_signed_in 401, not_member 403, export_empty, export_too_large {rows, max}, field_missing, field_malformed 422.';
grant execute on function public.export_issues(bigint[], text, text) to authenticated;

create function public.export_courtyards(ids bigint[], format text, reason text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  seen bigint[];
  mark jsonb;
begin
  perform private.check_export((select count(distinct id)::integer from unnest(ids) id));
  select coalesce(array_agg(c.id order by c.id), '{}') into seen from public.courtyards c where c.id = any (ids) and c.ended_at is null;
  perform private.check_export(cardinality(seen));
  mark := private.begin_export('courtyards', seen, format, reason);
  return mark || jsonb_build_object('rows', (
    select jsonb_agg(jsonb_build_object(
      'code', c.code, 'name', private.plain_cell(c.name), 'name_en', private.plain_cell(c.name_en), 'address', private.plain_cell(c.address), 'kind', c.kind,
      'community', private.office_name(c.community_id, null), 'grid', private.office_name(c.grid_id, null), 'area_m2', c.area_m2,
      'open', (select count(*) from public.issues i where i.courtyard_id = c.id and i.state in ('submitted', 'handling', 'resolved')),
      'lng', round(extensions.st_x(c.point)::numeric, 6), 'lat', round(extensions.st_y(c.point)::numeric, 6))
      || case when export_courtyards.format = 'geojson' then jsonb_build_object('outline', extensions.st_asgeojson(c.geom, 6)::jsonb) else '{}' end order by c.id)
    from public.courtyards c where c.id = any (seen)));
end
$$;
comment on function public.export_courtyards(bigint[], text, text) is
  'The living courtyards of these ids that the caller sees, for a file of `format`, for a reason that is logged with them; as GeoJSON with their outlines. At most 5000. Returns {number, by, office, at, reason, rows}. Errors: not_signed_in 401, not_member 403, export_empty, export_too_large {rows, max}, field_missing, field_malformed 422.';
grant execute on function public.export_courtyards(bigint[], text, text) to authenticated;

-- Definer: the log is private; administrators and leaders read it for their street.
create function public.list_exports(most integer default 200) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from private.my_memberships() m where m.role in ('admin', 'street_leader')) then
    perform private.fail(403, 'admin_only', '{}', 'Ask the street''s administrator.');
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('number', e.id, 'at', e.at, 'by', e.name, 'what', e.what, 'format', e.format, 'reason', e.reason, 'rows', e.rows)
      order by e.id desc), '[]')
    from (select x.*, p.name from private.exports x join public.people p on p.id = x.person_id
      where p.street_id = any (private.my_street_ids()) order by x.id desc limit least(greatest(coalesce(most, 200), 1), 1000)) e);
end
$$;
comment on function public.list_exports(integer) is 'Who took which files away, the newest first. For the administrator and the leaders. Errors: admin_only 403.';
grant execute on function public.list_exports(integer) to authenticated;
