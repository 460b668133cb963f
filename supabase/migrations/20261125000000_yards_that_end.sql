-- Gives: courtyards that end (split, merged) without their row going away, and versions of courtyards and areas.
-- To: every later migration. Who lists yards asks `ended_at is null`; what happened in a yard that ended still names it.

alter table public.courtyards
  add column version integer not null default 1,
  add column ended_at timestamptz;
comment on table public.courtyards is 'The unit of everything. geom: its outline (null while only a point is known); point: where its name stands; both WGS-84 degrees. invented: made for the demo, no real yard. ended_at: since then other yards stand in its place.';
alter table public.areas
  add column version integer not null default 1;

-- what ended gives its address back
alter table public.courtyards drop constraint courtyards_street_id_address_key;
create unique index courtyards_living_address on public.courtyards (street_id, address) where ended_at is null;

create trigger keep_version before update on public.courtyards
  for each row when (old.* is distinct from new.*) execute function private.keep_version();
create trigger keep_version before update on public.areas
  for each row when (old.* is distinct from new.*) execute function private.keep_version();

-- A yard that ended stays as it was.
create function private.refuse_ended() returns trigger
language plpgsql set search_path = '' as $$
begin
  perform private.fail(409, 'courtyard_ended', jsonb_build_object('courtyard', old.id, 'name', old.name, 'ended_at', old.ended_at),
    'Another yard stands in its place now: look it up on the map.');
  return null;
end
$$;
create trigger refuse_ended before update on public.courtyards
  for each row when (old.ended_at is not null) execute function private.refuse_ended();
