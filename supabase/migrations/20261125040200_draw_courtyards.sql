-- Gives: add_courtyard, save_courtyard_outline, move_courtyards, and what no drawn outline may do.
-- To: the street's administrator and its command staff.
-- No geometry reaches an overlay function of GEOS before ST_IsValid has let it pass: PGlite does not survive its second exception.

-- The area of a shape in m², on the plane at its own latitude: within a street true to some parts in 100,000, and parts add up to the
-- whole. ST_Area of a geography on the sphere is one per cent off as soon as corners lie on a line.
create function private.square_metres(shape extensions.geometry) returns double precision
language sql immutable set search_path = '' as $$
  select coalesce(extensions.st_area(shape)
    * (111132.95 - 559.85 * cos(2 * lat) + 1.175 * cos(4 * lat)) * (111412.88 * cos(lat) - 93.5 * cos(3 * lat)), 0)
  from (select radians((extensions.st_ymin(shape) + extensions.st_ymax(shape)) / 2) as lat) middle
$$;

create or replace function private.keep_courtyard_place() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.community_id := private.area_above(new.grid_id, 'community');
  new.street_id := private.area_above(new.grid_id, 'street');
  if new.geom is not null then
    new.point := coalesce(new.point, extensions.st_pointonsurface(new.geom));
    new.area_m2 := round(private.square_metres(new.geom));
  end if;
  return new;
end
$$;

-- The street the caller may draw in; one at a time draws there, so that two outlines cannot be checked past each other.
create function private.begin_drawing() returns bigint
language plpgsql volatile set search_path = '' as $$
declare
  street bigint := (select m.area_id from private.my_memberships() m where m.role in ('admin', 'street_staff') order by m.role limit 1);
begin
  if auth.uid() is null then
    perform private.fail(401, 'not_signed_in', '{}', 'Sign in.');
  elsif street is null then
    perform private.fail(403, 'drawing_not_allowed', '{}', 'Ask the street''s administrator or its command staff.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('ground', street));
  return street;
end
$$;

-- A drawn (Multi)Polygon in WGS-84, known to be valid. Refuses what is no polygon (outline_malformed), what crosses or touches itself
-- (outline_crosses, with where and PostGIS's reason), and what encloses nothing (outline_empty).
create function private.drawn_shape(shape jsonb) returns extensions.geometry
language plpgsql stable set search_path = '' as $$
declare
  raw extensions.geometry;
  flaw extensions.valid_detail;
begin
  begin
    if shape ->> 'type' in ('Polygon', 'MultiPolygon') and private.rings_closed(shape) then
      raw := private.row_shape(shape);
    end if;
  exception when others then
    raw := null;
  end;
  if raw is null or extensions.st_npoints(raw) > 5000 then
    perform private.fail(422, 'outline_malformed', '{"max":5000}', 'Draw an outline of at least three corners.');
  end if;
  if (select count(distinct d.geom) from extensions.st_dumppoints(raw) d) < 3 then
    perform private.fail(422, 'outline_empty', '{"area":0}', 'Draw an outline with some ground in it.');
  end if;
  flaw := extensions.st_isvaliddetail(raw);
  if not flaw.valid then
    perform private.fail(422, 'outline_crosses', jsonb_build_object('reason', flaw.reason,
      'at', jsonb_build_array(round(extensions.st_x(flaw.location)::numeric, 7), round(extensions.st_y(flaw.location)::numeric, 7))),
      'Move the corners so that the line does not cross or touch itself.');
  elsif private.square_metres(raw) < 1 then
    perform private.fail(422, 'outline_empty', jsonb_build_object('area', private.square_metres(raw)), 'Draw an outline with some ground in it.');
  end if;
  return extensions.st_multi(raw);
end
$$;

-- The common ground of two valid shapes, in m².
create function private.common_ground(one extensions.geometry, other extensions.geometry) returns double precision
language sql immutable set search_path = '' as $$
  select case when extensions.st_intersects(one, other)
    then private.square_metres(extensions.st_collectionextract(extensions.st_intersection(one, other), 3)) else 0 end
$$;

-- Refuses an outline that lies outside the street, or on another living yard by more than 1 m² beyond what it did `before`.
create function private.check_outline(street bigint, shape extensions.geometry, own bigint[], before extensions.geometry default null) returns void
language plpgsql stable set search_path = '' as $$
declare
  others jsonb;
begin
  if not (select coalesce(extensions.st_intersects(a.boundary, extensions.st_pointonsurface(shape)), true) from public.areas a where a.id = street) then
    perform private.fail(422, 'outline_outside', jsonb_build_object('street', private.office_name(street, null)), 'Draw it inside the street.');
  end if;
  select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'area', round(o.common)) order by o.common desc) into others
  from (
    select c.id, c.name, private.common_ground(c.geom, shape) - coalesce(private.common_ground(c.geom, before), 0) as common
    from public.courtyards c
    where c.street_id = street and c.ended_at is null and c.id <> all (own) and c.geom operator(extensions.&&) shape) o
  where o.common > 1;
  if others is not null then
    perform private.fail(409, 'outline_overlaps', jsonb_build_object('courtyards', others), 'Leave the ground of these yards to them, or merge them.');
  end if;
end
$$;

-- Refuses an address that another living yard has; null says it is free.
create function private.check_address(street bigint, address text, own bigint[]) returns void
language plpgsql stable set search_path = '' as $$
declare
  other jsonb;
begin
  select jsonb_build_object('field', 'address', 'id', c.id, 'name', c.name) into other from public.courtyards c
  where c.street_id = street and c.ended_at is null and c.address = check_address.address and c.id <> all (own);
  if other is not null then
    perform private.fail(409, 'address_taken', other, 'Give the address as it stands on the gate.');
  end if;
end
$$;

-- A living yard of the street at the version one decided on, locked.
create function private.drawn_courtyard(street bigint, courtyard bigint, version integer) returns public.courtyards
language plpgsql volatile set search_path = '' as $$
declare
  yard public.courtyards;
begin
  select c.* into yard from public.courtyards c where c.id = courtyard and c.street_id = street for no key update;
  if yard.id is null then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the map.');
  elsif yard.ended_at is not null then
    perform private.fail(409, 'courtyard_ended', jsonb_build_object('courtyard', yard.id, 'name', yard.name, 'ended_at', yard.ended_at,
      'living', private.living_courtyard(yard.id)), 'Another yard stands in its place now: look it up on the map.');
  elsif yard.version is distinct from version then
    perform private.fail(409, 'stale_courtyard', (
      select jsonb_build_object('courtyard', yard.id, 'name', yard.name, 'version', yard.version,
        'last', (select jsonb_build_object('action', h.action, 'at', h.at, 'by', p.name) from private.courtyard_history h
          left join public.people p on p.id = h.person_id where h.courtyard_id = yard.id order by h.id desc limit 1))),
      'Look at what changed, then draw again.');
  end if;
  return yard;
end
$$;

create function private.grid_of_street(street bigint, grid bigint) returns bigint
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select from public.areas a where a.id = grid and a.level = 'grid' and street = any (a.path)) then
    perform private.fail(422, 'grid_unknown', '{"field":"grid_id"}', 'Choose a grid of this street.');
  end if;
  return grid;
end
$$;

-- A yard as whoever drew it sees it again. grid_there: the grid its middle lies in, where that is not its own.
create function private.drawn_json(courtyard bigint) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', c.id, 'code', c.code, 'name', c.name, 'name_en', c.name_en, 'address', c.address, 'kind', c.kind,
    'version', c.version, 'community_id', c.community_id, 'grid_id', c.grid_id, 'grid', private.office_name(c.grid_id, null),
    'grid_there', (select jsonb_build_object('id', g.id, 'name', g.name) from public.areas g
      where g.level = 'grid' and c.street_id = any (g.path) and extensions.st_intersects(g.boundary, c.point)
        and not coalesce(extensions.st_intersects((select o.boundary from public.areas o where o.id = c.grid_id), c.point), false)
      order by g.id limit 1),
    'area_m2', c.area_m2, 'ended_at', c.ended_at,
    'point', extensions.st_asgeojson(c.point, 7)::jsonb -> 'coordinates', 'outline', extensions.st_asgeojson(c.geom, 7)::jsonb)
  from public.courtyards c where c.id = courtyard
$$;

-- Makes one yard from what was drawn and typed; its address may be one of `leaving`'s.
create function private.make_courtyard(street bigint, wanted jsonb, shape extensions.geometry, grid bigint, leaving bigint[]) returns public.courtyards
language plpgsql volatile set search_path = '' as $$
declare
  yard public.courtyards;
begin
  yard.name := private.field('name', wanted ->> 'name', 80, true);
  yard.name_en := private.field('name_en', wanted ->> 'name_en', 80);
  yard.address := private.field('address', wanted ->> 'address', 120, true);
  yard.kind := private.choice('kind', coalesce(wanted ->> 'kind', 'yard'), '{quarter,yard,danwei,heritage}');
  perform private.check_address(street, yard.address, leaving);
  insert into public.courtyards as c (code, name, name_en, address, grid_id, kind, geom)
  values ('yard-' || private.base32(sha256(uuid_send(gen_random_uuid())), 10), yard.name, yard.name_en, yard.address,
    coalesce(private.grid_of_street(street, grid), private.grid_of_point(street, null, extensions.st_pointonsurface(shape))), yard.kind, shape)
  returning c.* into yard;
  return yard;
end
$$;

-- Definer, as all below: courtyards are written by nobody; begin_drawing decides who passes.
create function public.courtyard_shape(courtyard_id bigint) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street constant bigint := private.begin_drawing();
begin
  if not exists (select from public.courtyards c where c.id = courtyard_shape.courtyard_id and c.street_id = street) then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the map.');
  end if;
  return private.drawn_json(courtyard_id);
end
$$;
comment on function public.courtyard_shape(bigint) is 'A yard as it is drawn on: outline in full precision, version, grid. Errors: not_signed_in 401, drawing_not_allowed 403, courtyard_unknown 404.';
grant execute on function public.courtyard_shape(bigint) to authenticated;

create function public.add_courtyard(name text, address text, outline jsonb, kind text default 'yard', name_en text default null, grid_id bigint default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street constant bigint := private.begin_drawing();
  shape constant extensions.geometry := private.drawn_shape(outline);
  yard public.courtyards;
begin
  perform private.check_outline(street, shape, '{}');
  yard := private.make_courtyard(street, jsonb_build_object('name', name, 'address', address, 'kind', kind, 'name_en', name_en), shape,
    coalesce(add_courtyard.grid_id, private.grid_of_point(street, null, extensions.st_pointonsurface(shape))), '{}');
  perform private.note_courtyard('added', yard);
  perform private.publish_ground(street, array[yard.community_id, yard.grid_id]);
  return private.drawn_json(yard.id);
end
$$;
comment on function public.add_courtyard(text, text, jsonb, text, text, bigint) is
  'Adds a courtyard with the outline drawn (GeoJSON, WGS-84); without a grid it joins the one it lies in. Returns the yard. Errors: drawing_not_allowed 403, outline_overlaps {courtyards}, address_taken 409, outline_malformed, outline_crosses {reason, at}, outline_empty, outline_outside, grid_unknown, field_missing, field_malformed, field_too_long 422.';
grant execute on function public.add_courtyard(text, text, jsonb, text, text, bigint) to authenticated;

create function public.save_courtyard_outline(courtyard_id bigint, outline jsonb, version integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street constant bigint := private.begin_drawing();
  yard constant public.courtyards := private.drawn_courtyard(street, courtyard_id, version);
  shape constant extensions.geometry := private.drawn_shape(outline);
begin
  perform private.check_outline(street, shape, array[yard.id], yard.geom);
  -- where its name stands stays while it can
  update public.courtyards c set geom = shape,
    point = case when extensions.st_intersects(shape, c.point) then c.point else extensions.st_pointonsurface(shape) end
  where c.id = yard.id;
  perform private.note_courtyard('redrawn', yard);
  perform private.publish_ground(street, array[yard.community_id, yard.grid_id]);
  return private.drawn_json(yard.id);
end
$$;
comment on function public.save_courtyard_outline(bigint, jsonb, integer) is
  'Gives a courtyard the outline drawn (GeoJSON, WGS-84), decided on `version`. Returns the yard; grid_there names another grid its middle lies in. Errors: drawing_not_allowed 403, courtyard_unknown 404, stale_courtyard {version, last}, courtyard_ended {living}, outline_overlaps {courtyards} 409, outline_malformed, outline_crosses {reason, at}, outline_empty, outline_outside 422.';
grant execute on function public.save_courtyard_outline(bigint, jsonb, integer) to authenticated;

-- Moves one yard to another grid, and its open issues with it.
create function private.move_courtyard(yard public.courtyards, grid bigint) returns void
language plpgsql volatile set search_path = '' as $$
declare
  issue public.issues;
  there public.courtyards;
  moved integer := 0;
begin
  update public.courtyards c set grid_id = grid where c.id = yard.id returning c.* into there;
  for issue in select * from private.locked_issues(array[yard.id]) loop
    perform private.relocate_issue(issue, there);
    perform private.leave_topics(issue, there);
    moved := moved + (issue.state in ('submitted', 'handling', 'resolved'))::integer;
  end loop;
  perform private.note_courtyard('moved', yard, jsonb_build_object('issues', moved));
end
$$;

create function public.move_courtyards(courtyards bigint[], versions integer[], grid_id bigint) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street constant bigint := private.begin_drawing();
  grid constant bigint := private.grid_of_street(street, grid_id);
  yard public.courtyards;
  touched bigint[] := array[grid, private.area_above(grid, 'community')];
  moved bigint[] := '{}'::bigint[];
begin
  for n in 1 .. coalesce(cardinality(courtyards), 0) loop
    yard := private.drawn_courtyard(street, courtyards[n], versions[n]);
    continue when yard.grid_id = grid;
    perform private.move_courtyard(yard, grid);
    touched := touched || yard.grid_id || yard.community_id;
    moved := moved || yard.id;
  end loop;
  perform private.publish_ground(street, touched);
  return jsonb_build_object('moved', to_jsonb(moved), 'grid', private.office_name(grid, null));
end
$$;
comment on function public.move_courtyards(bigint[], integer[], bigint) is
  'Moves yards, each decided on its version, to a grid of the street, all or none. Their open issues go with them, to the new grid''s worker or community where the old one held them. Returns {moved, grid}. Errors: drawing_not_allowed 403, courtyard_unknown 404, stale_courtyard, courtyard_ended 409, grid_unknown 422.';
grant execute on function public.move_courtyards(bigint[], integer[], bigint) to authenticated;
