-- Gives: import_courtyards, which takes the yards of a street from a file, all or nothing.
-- To: the street's administrator, and the importer with the service key.

-- The street the caller may import into: the administrator's own; with the service key, the only one there is.
create function private.import_street() returns bigint
language plpgsql stable set search_path = '' as $$
declare
  street bigint;
begin
  if auth.role() = 'service_role' then
    select case when count(*) = 1 then min(a.id) end into street from public.areas a where a.level = 'street';
  else
    select m.area_id into street from private.my_memberships() m where m.role = 'admin' limit 1;
  end if;
  if street is null then
    perform private.fail(403, 'import_not_allowed', '{}', 'Sign in as the street''s administrator.');
  end if;
  return street;
end
$$;

-- Whether every ring is closed and has its corners. GEOS throws at one that is not, which PGlite does not survive.
create function private.rings_closed(geometry jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(bool_and(jsonb_array_length(ring) >= 4 and ring -> 0 = ring -> -1), false)
  from jsonb_path_query(geometry, (case geometry ->> 'type' when 'Polygon' then '$.coordinates[*]' else '$.coordinates[*][*]' end)::jsonpath) ring
$$;

-- A GeoJSON geometry in two dimensions, its coordinates looked at before anything is computed from them.
create function private.row_shape(geometry jsonb) returns extensions.geometry
language plpgsql immutable set search_path = '' as $$
declare
  raw extensions.geometry := extensions.st_setsrid(extensions.st_force2d(extensions.st_geomfromgeojson(geometry)), 4326);
begin
  return case when extensions.st_xmin(raw) >= -180 and extensions.st_xmax(raw) <= 180
    and extensions.st_ymin(raw) >= -90 and extensions.st_ymax(raw) <= 90 then raw end;
end
$$;

-- The outline of one row in WGS-84; null for a point or for nothing usable.
create function private.row_outline(geometry jsonb) returns extensions.geometry
language plpgsql immutable set search_path = '' as $$
declare
  raw extensions.geometry;
begin
  if geometry ->> 'type' not in ('Polygon', 'MultiPolygon') or not private.rings_closed(geometry) then
    return null;
  end if;
  raw := private.row_shape(geometry);
  return case when extensions.st_isvalid(raw) then extensions.st_multi(raw) end;
exception when others then
  return null;
end
$$;

create function private.row_point(geometry jsonb) returns extensions.geometry
language plpgsql immutable set search_path = '' as $$
begin
  return case when geometry ->> 'type' = 'Point' then private.row_shape(geometry) end;
exception when others then
  return null;
end
$$;

-- One row judged: what it would become, or why it is refused.
create type private.import_row as (
  line integer, code text, name text, address text, kind text, grid_id bigint,
  geom extensions.geometry, point extensions.geometry, existing bigint, outcome text, reason text, detail jsonb
);

-- The grid a yard belongs to: the one its point lies in, else the community's first.
create function private.grid_of_point(street bigint, community bigint, point extensions.geometry) returns bigint
language sql stable set search_path = '' as $$
  select a.id from public.areas a
  where a.level = 'grid' and street = any (a.path) and (community is null or community = any (a.path))
  order by extensions.st_intersects(a.boundary, point) desc nulls last, a.id limit 1
$$;

-- The yard a row speaks of: by its code when it has one, else by its address.
create function private.known_yard(street bigint, code text, address text) returns bigint
language sql stable set search_path = '' as $$
  select c.id from public.courtyards c where c.street_id = street and c.code = known_yard.code
  union all
  select c.id from public.courtyards c where known_yard.code is null and c.street_id = street and c.address = known_yard.address
  limit 1
$$;

-- The address of another yard that has this address or lies on this ground; null when none does. One index each.
create function private.yard_in_the_way(street bigint, own bigint, address text, geom extensions.geometry, point extensions.geometry) returns text
language sql stable set search_path = '' as $$
  select c.address from public.courtyards c
    where c.street_id = street and c.id is distinct from own and c.address = yard_in_the_way.address
  union all
  select c.address from public.courtyards c
    where c.street_id = street and c.id is distinct from own and extensions.st_intersects(c.geom, yard_in_the_way.point)
  union all
  select c.address from public.courtyards c
    where c.street_id = street and c.id is distinct from own and extensions.st_intersects(yard_in_the_way.geom, c.point)
  limit 1
$$;

create function private.judge_row(street bigint, input jsonb, twice text[]) returns private.import_row
language plpgsql stable set search_path = '' as $$
declare
  judged private.import_row;
  community bigint;
  wanted text := private.clean(input ->> 'community');
  other text;
  border extensions.geometry := (select a.boundary from public.areas a where a.id = street);
begin
  judged.line := (input ->> 'row')::integer;
  judged.code := private.clean(input ->> 'external_id');
  judged.name := private.clean(input ->> 'name');
  judged.address := private.clean(input ->> 'address');
  judged.kind := coalesce(private.clean(input ->> 'kind'), 'yard');
  judged.outcome := 'refused';
  judged.detail := '{}';
  judged.geom := private.row_outline(input -> 'geometry');
  judged.point := coalesce(private.row_point(input -> 'geometry'), extensions.st_pointonsurface(judged.geom));
  if wanted is not null then
    select a.id into community from public.areas a
    where a.level = 'community' and street = any (a.path) and (a.code = wanted or a.name = wanted or a.name = wanted || '社区');
  end if;

  judged.reason := case
    when judged.name is null then 'name_missing'
    when judged.address is null then 'address_missing'
    when char_length(judged.name) > 80 or char_length(judged.address) > 120 then 'too_long'
    when judged.kind not in ('quarter', 'yard', 'danwei', 'heritage') then 'kind_unknown'
    when wanted is not null and community is null then 'community_unknown'
    when judged.address = any (twice) then 'twice_in_file'
    when judged.point is null then 'geometry_bad'
    when not extensions.st_intersects(border, judged.point) then 'outside_street'
  end;
  if judged.reason is not null then
    if judged.reason = 'community_unknown' then
      judged.detail := jsonb_build_object('community', wanted, 'known',
        (select jsonb_agg(a.name order by a.code) from public.areas a where a.level = 'community' and street = any (a.path)));
    end if;
    return judged;
  end if;

  judged.grid_id := private.grid_of_point(street, community, judged.point);
  if judged.grid_id is null then
    judged.reason := 'grid_missing';
    return judged;
  end if;
  judged.existing := private.known_yard(street, judged.code, judged.address);
  other := private.yard_in_the_way(street, judged.existing, judged.address, judged.geom, judged.point);
  if other is not null then
    judged.reason := 'duplicate';
    judged.detail := jsonb_build_object('address', other);
    return judged;
  end if;
  judged.outcome := case
    when judged.existing is null then 'added'
    when exists (select from public.courtyards c where c.id = judged.existing
      and (c.name, c.address, c.kind, c.grid_id) is not distinct from (judged.name, judged.address, judged.kind, judged.grid_id)
      and (judged.geom is null or extensions.st_orderingequals(c.geom, judged.geom))
      and (judged.geom is not null or c.geom is not null or extensions.st_orderingequals(c.point, judged.point))) then 'same'
    else 'changed' end;
  return judged;
end
$$;

create function private.take_row(judged private.import_row) returns void
language plpgsql set search_path = '' as $$
begin
  if judged.outcome = 'added' then
    insert into public.courtyards (code, name, address, grid_id, kind, geom, point)
    values (coalesce(judged.code, 'yard-' || private.base32(sha256(uuid_send(gen_random_uuid())), 10)),
      judged.name, judged.address, judged.grid_id, judged.kind, judged.geom, judged.point);
  elsif judged.outcome = 'changed' then
    update public.courtyards c set name = judged.name, address = judged.address, grid_id = judged.grid_id, kind = judged.kind,
      geom = coalesce(judged.geom, c.geom), point = judged.point
    where c.id = judged.existing;
  end if;
end
$$;

-- Definer: courtyards are written by nobody else.
create function public.import_courtyards(rows jsonb, dry_run boolean default false) returns jsonb
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
      raise exception using errcode = 'PT000', message = 'nothing_written';
    end if;
  exception when sqlstate 'PT000' then
    null;
  end;
  return totals || jsonb_build_object('rows', to_jsonb(report), 'written', not dry_run and totals -> 'refused' = '0');
end
$$;
comment on function public.import_courtyards(jsonb, boolean) is
  'Takes courtyards [{row, name, address, community, geometry (GeoJSON, WGS-84), kind?, external_id?}], all or nothing; dry_run writes nothing. Returns {added, changed, same, refused, written, rows: [{row, outcome, reason, detail}]}. A row is known again by external_id, else by address. Reasons: name_missing, address_missing, too_long, kind_unknown, community_unknown, geometry_bad, outside_street, grid_missing, twice_in_file, duplicate. Errors: import_not_allowed 403, rows_malformed 422.';
grant execute on function public.import_courtyards(jsonb, boolean) to authenticated, service_role;
