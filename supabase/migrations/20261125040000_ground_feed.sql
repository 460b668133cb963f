-- Gives: the feed also says that the ground changed (yards, grids), so that open maps take a new snapshot; ended yards leave every list.
-- To: staff who follow a topic; the functions below that change the ground.

-- a change without an issue is one of the ground
alter table private.feed_changes alter column issue_id drop not null;
comment on table private.feed_changes is 'Which issue changed at which number of a topic, or, without an issue, that its ground did; kept for seven days.';
create index feed_changes_ground on private.feed_changes (topic, seq) where issue_id is null;

-- Numbers a change of the ground in the topics of these areas, of the street and of its departments. The street's topic first, as
-- publish_event does, so that nobody waits in a circle.
create function private.publish_ground(street bigint, areas bigint[]) returns void
language plpgsql set search_path = '' as $$
declare
  followed text;
  number bigint;
begin
  for followed in
    select t from (
      select 'area:' || a from unnest(street || areas) a where a is not null
      union select 'department:' || d.id from public.departments d where d.street_id = street) topics (t)
    order by t <> 'area:' || street, t
  loop
    insert into private.feeds as f (topic, seq) values (followed, 1)
    on conflict (topic) do update set seq = f.seq + 1 returning f.seq into number;
    insert into private.feed_changes values (followed, number, null, private.now());
    perform realtime.send(jsonb_build_object('seq', number), 'ground', followed, true);
  end loop;
end
$$;

-- Tells a topic of an issue that has just left it.
create function private.publish_leaving(followed text, issue public.issues) returns void
language plpgsql set search_path = '' as $$
declare
  number bigint;
begin
  insert into private.feeds as f (topic, seq) values (followed, 1)
  on conflict (topic) do update set seq = f.seq + 1 returning f.seq into number;
  insert into private.feed_changes values (followed, number, issue.id, private.now());
  perform realtime.send(jsonb_build_object('seq', number, 'issue_id', issue.id, 'version', issue.version), 'issue', followed, true);
end
$$;

-- Issues that changed in a topic after `since`; null when that is too long ago to tell, more than a snapshot would be, or when the
-- ground itself changed: then only a snapshot says how things are.
create or replace function private.changed_issues(topic text, since bigint) returns bigint[]
language sql stable security definer set search_path = '' as $$
  select case when since between greatest(last - 5000, coalesce(oldest, last + 1) - 1) and last
    and not exists (select from private.feed_changes g where g.topic = changed_issues.topic and g.seq > since and g.issue_id is null) then (
    select coalesce(array_agg(distinct c.issue_id), '{}') from private.feed_changes c
    where c.topic = changed_issues.topic and c.seq > since) end
  from (select private.feed_seq(changed_issues.topic) as last) f,
    (select min(c.seq) as oldest from private.feed_changes c where c.topic = changed_issues.topic) o
$$;

create or replace function private.courtyard_columns(topic text) returns json
language sql stable set search_path = '' as $$
  select json_build_object(
    'id', coalesce(json_agg(c.id), '[]'), 'name', coalesce(json_agg(c.name), '[]'), 'address', coalesce(json_agg(c.address), '[]'),
    'community_id', coalesce(json_agg(c.community_id), '[]'), 'kind', coalesce(json_agg(c.kind), '[]'), 'invented', coalesce(json_agg(c.invented), '[]'),
    'point', coalesce(json_agg(extensions.st_asgeojson(c.point, 6)::json -> 'coordinates'), '[]'),
    'outline', coalesce(json_agg(extensions.st_asgeojson(c.geom, 6)::json -> 'coordinates'), '[]'))
  from (
    select y.* from public.courtyards y
    where y.ended_at is null
      and (topic like 'department:%' or split_part(topic, ':', 2)::bigint in (y.street_id, y.community_id, y.grid_id))
    order by y.id
  ) c
$$;

-- The yard an imported row speaks of: by its code when it has one, else by its address. One that ended is met by its code only.
create or replace function private.known_yard(street bigint, code text, address text) returns bigint
language sql stable set search_path = '' as $$
  select c.id from public.courtyards c where c.street_id = street and c.code = known_yard.code
  union all
  select c.id from public.courtyards c
  where known_yard.code is null and c.street_id = street and c.address = known_yard.address and c.ended_at is null
  limit 1
$$;
