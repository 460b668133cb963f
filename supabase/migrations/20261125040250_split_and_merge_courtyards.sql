-- Gives: split_courtyard, merge_courtyards, on what draws courtyards.
-- To: the street's administrator and its command staff.

-- Ends yards in favour of others: links, issues, codes, history. What else belongs to a yard follows by a trigger on the links.
create function private.succeed(ended public.courtyards[], successors bigint[], heir bigint, action text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  old constant bigint[] := (select array_agg(y.id) from unnest(ended) y);
  followed jsonb;
  yard public.courtyards;
begin
  insert into public.courtyard_successors (courtyard_id, successor_id, heir)
  select o, s, s = succeed.heir from unnest(old) o, unnest(successors) s;
  if exists (select from public.courtyard_codes k where k.courtyard_id = any (old) and k.revoked_at is null) then
    delete from public.courtyard_codes k where k.courtyard_id = succeed.heir;
  end if;
  followed := jsonb_build_object('issues', private.follow_issues(old, successors), 'codes', private.follow_codes(old, succeed.heir));
  foreach yard in array ended loop
    perform private.note_courtyard(action, yard, followed);
  end loop;
  for yard in select c.* from public.courtyards c where c.id = any (successors) loop
    perform private.note_courtyard('made', yard);
  end loop;
  return followed;
end
$$;

create function private.end_courtyard(courtyard bigint) returns void
language sql volatile set search_path = '' as $$ update public.courtyards c set ended_at = private.now() where c.id = courtyard $$;

create function public.split_courtyard(courtyard_id bigint, parts jsonb, version integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street constant bigint := private.begin_drawing();
  yard constant public.courtyards := private.drawn_courtyard(street, courtyard_id, version);
  shapes extensions.geometry[] := '{}'::extensions.geometry[];
  part jsonb;
  made public.courtyards;
  ids bigint[] := '{}'::bigint[];
  heir bigint;
  followed jsonb;
begin
  if yard.geom is null then
    perform private.fail(422, 'outline_missing', jsonb_build_object('courtyard', yard.id), 'Draw its outline first.');
  elsif jsonb_typeof(parts) is distinct from 'array' or jsonb_array_length(parts) not between 2 and 12 then
    perform private.fail(422, 'parts_malformed', '{"min":2,"max":12}', 'Cut the yard into two to twelve parts.');
  end if;
  for part in select value from jsonb_array_elements(parts) loop
    shapes := shapes || private.drawn_shape(part -> 'outline');
  end loop;
  perform private.check_parts(yard.geom, shapes);
  perform private.end_courtyard(yard.id);
  for n in 1 .. cardinality(shapes) loop
    made := private.make_courtyard(street, jsonb_build_object('kind', yard.kind) || jsonb_strip_nulls(parts -> (n - 1)), shapes[n], yard.grid_id, '{}');
    ids := ids || made.id;
  end loop;
  -- the part in which the name stood
  select c.id into heir from public.courtyards c where c.id = any (ids)
  order by extensions.st_intersects(c.geom, yard.point) desc, c.area_m2 desc, c.id limit 1;
  followed := private.succeed(array[yard], ids, heir, 'split');
  perform private.publish_ground(street, array[yard.community_id, yard.grid_id]);
  return jsonb_build_object('ended', jsonb_build_array(yard.id), 'heir', heir, 'followed', followed,
    'courtyards', (select jsonb_agg(private.drawn_json(id) order by n) from unnest(ids) with ordinality i (id, n)));
end
$$;
comment on function public.split_courtyard(bigint, jsonb, integer) is
  'Ends a yard, decided on `version`, and makes 2–12 in its place: parts [{outline, name, address, name_en?, kind?}] that together are the yard and do not overlap. Every issue goes to the part its pin lies in; the wall codes go on opening the part in which the name stood (heir). Returns {ended, heir, followed, courtyards}. Errors: drawing_not_allowed 403, courtyard_unknown 404, stale_courtyard, courtyard_ended, address_taken 409, parts_malformed, parts_uncovered {area}, parts_overlap {area}, outline_missing, outline_malformed, outline_crosses, outline_empty, field_missing 422.';
grant execute on function public.split_courtyard(bigint, jsonb, integer) to authenticated;

-- Refuses parts that are not the whole, to 1 m² or a thousandth of it: too much or too little ground, or some of it twice.
create function private.check_parts(whole extensions.geometry, parts extensions.geometry[]) returns void
language plpgsql stable set search_path = '' as $$
declare
  area constant double precision := private.square_metres(whole);
  slack constant double precision := greatest(1, area / 1000);
  sum_of_parts double precision := (select sum(private.square_metres(p)) from unnest(parts) p);
  within double precision := (select sum(private.common_ground(whole, p)) from unnest(parts) p);
  twice double precision := (
    select coalesce(sum(private.common_ground(a.p, b.p)), 0)
    from unnest(parts) with ordinality a (p, n) join unnest(parts) with ordinality b (p, n) on a.n < b.n);
begin
  if twice > slack then
    perform private.fail(422, 'parts_overlap', jsonb_build_object('area', round(twice)), 'Cut along one line, so that no ground is in two parts.');
  elsif greatest(area - within, sum_of_parts - within) > slack then
    perform private.fail(422, 'parts_uncovered', jsonb_build_object('area', round(greatest(area - within, sum_of_parts - within))),
      'The parts have to be the yard, no more and no less: cut it anew.');
  end if;
end
$$;

-- Whether the shapes hang together, each no more than `gap` degrees from the next: walls and lanes lie between yards that are one.
create function private.hang_together(shapes extensions.geometry[], gap double precision) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  reached extensions.geometry[] := shapes[1:1];
  waiting extensions.geometry[] := shapes[2:];
  next integer;
begin
  while cardinality(waiting) > 0 loop
    next := (select min(w.n) from unnest(waiting) with ordinality w (g, n), unnest(reached) r (g) where extensions.st_dwithin(w.g, r.g, gap));
    if next is null then
      return false;
    end if;
    reached := reached || waiting[next];
    waiting := waiting[:next - 1] || waiting[next + 1:];
  end loop;
  return true;
end
$$;

create function public.merge_courtyards(courtyards bigint[], versions integer[], name text, address text, kind text default 'yard',
  name_en text default null, grid_id bigint default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street constant bigint := private.begin_drawing();
  yards public.courtyards[] := '{}'::public.courtyards[];
  shapes extensions.geometry[];
  grid bigint := merge_courtyards.grid_id;
  made public.courtyards;
  followed jsonb;
begin
  if coalesce(cardinality(courtyards), 0) not between 2 and 12 or cardinality(courtyards) <> (select count(distinct id) from unnest(courtyards) id) then
    perform private.fail(422, 'parts_malformed', '{"min":2,"max":12}', 'Choose two to twelve yards.');
  end if;
  for n in 1 .. cardinality(courtyards) loop
    yards := yards || private.drawn_courtyard(street, courtyards[n], versions[n]);
  end loop;
  select array_agg(y.geom) into shapes from unnest(yards) y where y.geom is not null;
  if coalesce(cardinality(shapes), 0) < cardinality(courtyards) then
    perform private.fail(422, 'outline_missing', (select jsonb_build_object('courtyard', y.id, 'name', y.name) from unnest(yards) y where y.geom is null limit 1),
      'Draw its outline first.');
  -- 20 metres, in degrees of latitude
  elsif not private.hang_together(shapes, 0.00018) then
    perform private.fail(422, 'not_adjacent', '{"metres":20}', 'Merge yards that lie side by side.');
  end if;
  grid := coalesce(grid, (select y.grid_id from unnest(yards) y order by y.area_m2 desc nulls last, y.id limit 1));
  perform private.end_courtyard(y.id) from unnest(yards) y;
  made := private.make_courtyard(street, jsonb_build_object('name', name, 'address', address, 'kind', kind, 'name_en', name_en),
    extensions.st_multi(extensions.st_collectionextract(extensions.st_union(shapes), 3)), grid, '{}');
  followed := private.succeed(yards, array[made.id], made.id, 'merged');
  perform private.publish_ground(street, (select array_agg(y.grid_id) || array_agg(y.community_id) from unnest(yards) y) || made.grid_id || made.community_id);
  return jsonb_build_object('ended', to_jsonb(courtyards), 'heir', made.id, 'followed', followed, 'courtyards', jsonb_build_array(private.drawn_json(made.id)));
end
$$;
comment on function public.merge_courtyards(bigint[], integer[], text, text, text, text, bigint) is
  'Ends 2–12 yards that lie side by side (at most 20 m apart), each decided on its version, and makes one of their ground; without a grid it joins the largest one''s. Issues and wall codes go with it. Returns {ended, heir, followed, courtyards}. Errors: drawing_not_allowed 403, courtyard_unknown 404, stale_courtyard, courtyard_ended, address_taken 409, parts_malformed, outline_missing, not_adjacent, grid_unknown, field_missing 422.';
grant execute on function public.merge_courtyards(bigint[], integer[], text, text, text, text, bigint) to authenticated;
