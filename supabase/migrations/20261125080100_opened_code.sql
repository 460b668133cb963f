-- Gives: a yard's page with its board; a wrong code that takes as long to refuse as a right one takes to open; reports begun under a
-- code that was replaced meanwhile.
-- To: anyone with a code.

-- The code that hangs in the place of this one now, however often it was replaced; null when none does.
create function private.successor_code(code text) returns text
language sql stable set search_path = '' as $$
  with recursive chain (code, replaced_by, revoked_at) as (
    select c.code, c.replaced_by, c.revoked_at from public.courtyard_codes c where c.code = successor_code.code
    union
    select n.code, n.replaced_by, n.revoked_at from chain c join public.courtyard_codes n on n.code = c.replaced_by
  )
  select c.code from chain c where c.revoked_at is null and c.code <> successor_code.code
$$;

-- The yard a report goes to: that of its code, or for 14 days that of the code which took its place, so that what somebody wrote
-- without a network is not lost to a new poster.
create function private.reporting_yard(typed text) returns public.courtyards
language plpgsql stable set search_path = '' as $$
declare
  own public.courtyard_codes;
  yard public.courtyards;
begin
  select c.* into own from public.courtyard_codes c where c.code = private.plain_code(typed);
  select (o.courtyard).* into yard from private.courtyard_of_code(
    case when own.revoked_at > private.now() - interval '14 days' then coalesce(private.successor_code(own.code), own.code) else typed end) o;
  return yard;
end
$$;

-- What is drawn up for a code that opens nothing is thrown away. Definer: anonymous callers read no table.
create or replace function public.open_courtyard(code text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  own public.courtyard_codes;
  opened record;
  yard public.courtyards;
  answer jsonb;
begin
  select c.* into own from public.courtyard_codes c where c.code = private.plain_code(open_courtyard.code);
  select c.* into yard from public.courtyards c
  where c.id = coalesce(own.courtyard_id, (select min(d.id) from public.courtyards d));
  if own.code is not null and own.revoked_at is null then
    select * into opened from private.courtyard_of_code(open_courtyard.code);
    yard := opened.courtyard;
  end if;
  answer := jsonb_build_object(
    'courtyard', jsonb_build_object(
      'name', yard.name,
      'address', yard.address,
      'community', private.office_name(yard.community_id, null),
      'street', private.office_name(yard.street_id, null),
      'point', extensions.st_asgeojson(yard.point, 6)::jsonb -> 'coordinates',
      'outline', extensions.st_asgeojson(yard.geom, 6)::jsonb,
      'place', own.place),
    'categories', (
      select jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'name_en', c.name_en, 'keywords', c.keywords,
        'urgent', c.urgency = 'emergency') order by c.sort, c.code)
      from public.categories c where c.active),
    'limits', private.report_limits(),
    'board', private.yard_board(yard));
  if own.code is null or own.revoked_at is not null then
    perform private.courtyard_of_code(open_courtyard.code);
  end if;
  return answer;
end
$$;
comment on function public.open_courtyard(text) is 'The yard whose code hangs on the wall: name, address, outline, what people report, limits of the form, and its board: open [category, place, state, day], solved [category, place, day], grid, notices [title, body, day]. Errors: code_unknown 404 {mistyped}, code_revoked 410 {replaced}.';
