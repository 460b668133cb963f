-- Gives: save_area_boundary, which redraws a grid: its neighbours give way, its yards go where they now lie; and the shape to begin from.
-- To: the street's administrator and its command staff.

-- Definer, as below: begin_drawing decides who passes.
create function public.area_shape(area_id bigint) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  area constant public.areas := private.drawn_grid(private.begin_drawing(), area_id);
begin
  return jsonb_build_object('id', area.id, 'name', area.name, 'version', area.version, 'community_id', area.parent_id,
    'note', area.boundary_note, 'boundary', extensions.st_asgeojson(area.boundary, 7)::jsonb);
end
$$;
comment on function public.area_shape(bigint) is 'A grid as it is drawn on: boundary in full precision and version. Errors: not_signed_in 401, drawing_not_allowed 403, area_unknown 404.';
grant execute on function public.area_shape(bigint) to authenticated;

-- A grid of the street, locked; refuses anything else.
create function private.drawn_grid(street bigint, area bigint) returns public.areas
language plpgsql volatile set search_path = '' as $$
declare
  found_area public.areas;
begin
  select a.* into found_area from public.areas a where a.id = area and a.level = 'grid' and street = any (a.path) for no key update;
  if found_area.id is null then
    perform private.fail(404, 'area_unknown', '{}', 'Choose a grid of this street.');
  end if;
  return found_area;
end
$$;

-- The polygons of what is left of `one` without `other`, both valid.
create function private.ground_without(one extensions.geometry, other extensions.geometry) returns extensions.geometry
language sql immutable set search_path = '' as $$
  select extensions.st_multi(extensions.st_collectionextract(extensions.st_difference(one, other), 3))
$$;

create function private.note_area(area public.areas) returns void
language sql volatile set search_path = '' as $$
  insert into private.area_history (area_id, at, person_id, boundary_before) values (area.id, private.now(), auth.uid(), area.boundary)
$$;

-- Takes from the other grids of the community the ground that `shape` has now. Gives them with what they lost, in m².
create function private.trim_neighbours(area public.areas, shape extensions.geometry) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  neighbour public.areas;
  lost double precision;
  rest extensions.geometry;
  trimmed jsonb := '[]'::jsonb;
begin
  for neighbour in
    select a.* from public.areas a
    where a.level = 'grid' and a.parent_id = area.parent_id and a.id <> area.id and a.boundary operator(extensions.&&) shape
    order by a.id for no key update
  loop
    lost := private.common_ground(neighbour.boundary, shape);
    continue when lost < 1;
    rest := private.ground_without(neighbour.boundary, shape);
    if private.square_metres(rest) < 1 then
      perform private.fail(409, 'grid_swallowed', jsonb_build_object('area', neighbour.id, 'name', neighbour.name), 'Leave this grid some ground.');
    end if;
    perform private.note_area(neighbour);
    update public.areas a set boundary = rest where a.id = neighbour.id;
    trimmed := trimmed || jsonb_build_object('id', neighbour.id, 'name', neighbour.name, 'lost', round(lost));
  end loop;
  return trimmed;
end
$$;

-- Lets the yards of a redrawn grid go to the grid their middle lies in, and those it took come. Gives them with where they went.
create function private.regrid(area public.areas, shape extensions.geometry) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  yard public.courtyards;
  grid bigint;
  moved jsonb := '[]'::jsonb;
begin
  for yard in
    select c.* from public.courtyards c
    where c.street_id = any (area.path) and c.ended_at is null
      and (c.grid_id = area.id and not extensions.st_intersects(shape, c.point)
        or c.grid_id <> area.id and c.community_id = area.parent_id and extensions.st_intersects(shape, c.point))
    order by c.id for no key update
  loop
    grid := area.id;
    if yard.grid_id = area.id then
      select a.id into grid from public.areas a
      where a.level = 'grid' and yard.street_id = any (a.path) and a.id <> area.id and extensions.st_intersects(a.boundary, yard.point)
      order by a.id limit 1;
    end if;
    continue when grid is null;
    perform private.move_courtyard(yard, grid);
    moved := moved || jsonb_build_object('id', yard.id, 'name', yard.name, 'from', private.office_name(yard.grid_id, null), 'to', private.office_name(grid, null));
  end loop;
  return moved;
end
$$;

create function public.save_area_boundary(area_id bigint, boundary jsonb, version integer, dry_run boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street constant bigint := private.begin_drawing();
  area constant public.areas := private.drawn_grid(street, area_id);
  drawn constant extensions.geometry := private.drawn_shape(boundary);
  community constant extensions.geometry := (select a.boundary from public.areas a where a.id = area.parent_id);
  shape extensions.geometry := drawn;
  answer jsonb;
begin
  if area.version is distinct from save_area_boundary.version then
    perform private.fail(409, 'stale_area', jsonb_build_object('area', area.id, 'name', area.name, 'version', area.version), 'Look at what changed, then draw again.');
  end if;
  if community is not null then
    shape := extensions.st_multi(extensions.st_collectionextract(extensions.st_intersection(drawn, community), 3));
    if private.square_metres(shape) < 1 then
      perform private.fail(422, 'outline_outside', jsonb_build_object('community', private.office_name(area.parent_id, null)), 'Draw it inside its community.');
    end if;
  end if;
  if not exists (select from public.courtyards c where c.street_id = street and c.ended_at is null and c.community_id = area.parent_id
    and extensions.st_intersects(shape, c.point)) then
    perform private.fail(422, 'area_empty', jsonb_build_object('area', area.id), 'Draw it around at least one yard of the community.');
  end if;
  begin
    perform private.note_area(area);
    update public.areas a set boundary = shape where a.id = area.id;
    answer := jsonb_build_object('trimmed', private.trim_neighbours(area, shape));
    answer := answer || jsonb_build_object('moved', private.regrid(area, shape));
    answer := answer || jsonb_build_object(
      'left_off', round(greatest(private.square_metres(drawn) - private.square_metres(shape), 0)),
      'outside', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.id), '[]') from public.courtyards c
        where c.grid_id = area.id and c.ended_at is null and not extensions.st_intersects(shape, c.point)),
      'version', (select a.version from public.areas a where a.id = area.id), 'written', not dry_run);
    if dry_run then
      raise exception using errcode = 'PTDRY', message = 'nothing_written';
    end if;
    perform private.publish_ground(street, area.parent_id || (select array_agg(a.id) from public.areas a where a.parent_id = area.parent_id));
  exception when sqlstate 'PTDRY' then
    null;
  end;
  return answer;
end
$$;
comment on function public.save_area_boundary(bigint, jsonb, integer, boolean) is
  'Gives a grid the boundary drawn (GeoJSON, WGS-84), decided on `version`; dry_run only says what it would do. What lies outside its community is left off (m²); other grids of the community give up the ground it takes (trimmed); yards go to the grid their middle lies in, with their open issues (moved); those in no grid stay (outside). Returns {trimmed, moved, left_off, outside, version, written}. Errors: drawing_not_allowed 403, area_unknown 404, stale_area {version}, grid_swallowed {name} 409, outline_malformed, outline_crosses {reason, at}, outline_empty, outline_outside, area_empty 422.';
grant execute on function public.save_area_boundary(bigint, jsonb, integer, boolean) to authenticated;
