-- Gives: what the live map draws (map_snapshot), what happened since (changes_since), and the realtime messages that say so.
-- To: staff, for the topics they may follow. A message carries a sequence number and ids, never words or people.

create table private.feeds (
  topic text primary key,
  seq bigint not null
);
comment on table private.feeds is 'The last sequence number of each topic.';

create table private.feed_changes (
  topic text not null references private.feeds (topic),
  seq bigint not null,
  issue_id bigint not null references public.issues (id),
  at timestamptz not null,
  primary key (topic, seq)
);
comment on table private.feed_changes is 'Which issue changed at which number of a topic; kept for seven days.';
create index feed_changes_issue on private.feed_changes (issue_id);
create index feed_changes_at on private.feed_changes (at);

-- Numbers one change in every topic it concerns and tells those who follow. The street's topic first: who changes several issues
-- at once waits for others there, and never in a circle.
create function private.publish_event() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  issue public.issues;
  followed text;
  number bigint;
begin
  select i.* into strict issue from public.issues i where i.id = new.issue_id;
  for followed in
    select t from unnest(array[
      'area:' || issue.grid_id, 'area:' || issue.community_id, 'area:' || issue.street_id,
      'department:' || issue.holder_department_id, 'department:' || new.from_department_id]
      || (select array_agg('department:' || d) from unnest(issue.assisting) d)) t
    where t is not null group by t order by t <> 'area:' || issue.street_id, t
  loop
    insert into private.feeds as f (topic, seq) values (followed, 1)
    on conflict (topic) do update set seq = f.seq + 1 returning f.seq into number;
    insert into private.feed_changes values (followed, number, issue.id, private.now());
    perform realtime.send(jsonb_build_object('seq', number, 'issue_id', issue.id, 'version', new.seq), 'issue', followed, true);
  end loop;
  return null;
end
$$;
create trigger publish_event after insert on public.issue_events
  for each row execute function private.publish_event();

-- Drops the changes that nobody will ask for any more. The scheduler calls it hourly.
create function private.prune() returns void
language sql set search_path = '' as $$
  delete from private.feed_changes where at < private.now() - interval '7 days'
$$;

create policy "staff follow the topics of their areas and departments" on realtime.messages for select to authenticated
  using (extension = 'broadcast' and (select realtime.topic()) in (select private.my_topics()));

-- Refuses a topic that is not the caller's.
create function private.check_topic(topic text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if topic is null or topic not in (select private.my_topics()) then
    perform private.fail(403, 'topic_not_allowed', jsonb_build_object('topics', (select jsonb_agg(t) from private.my_topics() t)),
      'Follow one of your own topics.');
  end if;
end
$$;
grant execute on function private.check_topic(text) to authenticated;

-- The topic's last number. Definer: feeds are private.
create function private.feed_seq(topic text) returns bigint
language sql stable security definer set search_path = '' as $$
  select coalesce((select f.seq from private.feeds f where f.topic = feed_seq.topic), 0)
$$;
grant execute on function private.feed_seq(text) to authenticated;

-- Issues that changed in a topic after `since`; null when that is too long ago to tell, or more than a snapshot would be.
create function private.changed_issues(topic text, since bigint) returns bigint[]
language sql stable security definer set search_path = '' as $$
  select case when since between greatest(last - 5000, coalesce(oldest, last + 1) - 1) and last then (
    select coalesce(array_agg(distinct c.issue_id), '{}') from private.feed_changes c
    where c.topic = changed_issues.topic and c.seq > since) end
  from (select private.feed_seq(changed_issues.topic) as last) f,
    (select min(c.seq) as oldest from private.feed_changes c where c.topic = changed_issues.topic) o
$$;
grant execute on function private.changed_issues(text, bigint) to authenticated;

-- Issues as columns of equal length, in the order of their ids. Times in seconds since 1970, coordinates in degrees.
create function private.issue_columns(ids bigint[]) returns json
language sql stable set search_path = '' as $$
  select json_build_object(
    'id', coalesce(json_agg(i.id), '[]'), 'number', coalesce(json_agg(i.number), '[]'),
    'courtyard_id', coalesce(json_agg(i.courtyard_id), '[]'), 'category', coalesce(json_agg(i.category), '[]'),
    'state', coalesce(json_agg(i.state), '[]'), 'holder_level', coalesce(json_agg(i.holder_level), '[]'),
    'holder', coalesce(json_agg(coalesce(d.name, h.name)), '[]'), 'urgency', coalesce(json_agg(i.urgency), '[]'),
    'lng', coalesce(json_agg(round(extensions.st_x(i.point)::numeric, 6)), '[]'),
    'lat', coalesce(json_agg(round(extensions.st_y(i.point)::numeric, 6)), '[]'),
    'due_at', coalesce(json_agg(extract(epoch from i.due_at)::bigint), '[]'),
    'created_at', coalesce(json_agg(extract(epoch from i.created_at)::bigint), '[]'),
    'version', coalesce(json_agg(i.version), '[]'), 'what', coalesce(json_agg(i.what), '[]'))
  from (select * from public.issues where id = any (ids) order by id) i
  left join public.areas h on h.id = i.holder_area_id
  left join public.departments d on d.id = i.holder_department_id
$$;
grant execute on function private.issue_columns(bigint[]) to authenticated;

create function private.courtyard_columns(topic text) returns json
language sql stable set search_path = '' as $$
  select json_build_object(
    'id', coalesce(json_agg(c.id), '[]'), 'name', coalesce(json_agg(c.name), '[]'), 'address', coalesce(json_agg(c.address), '[]'),
    'community_id', coalesce(json_agg(c.community_id), '[]'), 'kind', coalesce(json_agg(c.kind), '[]'), 'invented', coalesce(json_agg(c.invented), '[]'),
    'point', coalesce(json_agg(extensions.st_asgeojson(c.point, 6)::json -> 'coordinates'), '[]'),
    'outline', coalesce(json_agg(extensions.st_asgeojson(c.geom, 6)::json -> 'coordinates'), '[]'))
  from (
    select y.* from public.courtyards y
    where topic like 'department:%' or split_part(topic, ':', 2)::bigint in (y.street_id, y.community_id, y.grid_id)
    order by y.id
  ) c
$$;
grant execute on function private.courtyard_columns(text) to authenticated;

create function public.map_snapshot(topic text) returns json
language plpgsql stable set search_path = '' as $$
declare
  office bigint := nullif(split_part(topic, ':', 2), '')::bigint;
  ids bigint[];
begin
  perform private.check_topic(topic);
  if topic like 'department:%' then
    select array_agg(i.id) into ids from public.issues i
    where (i.holder_department_id = office or i.assisting @> array[office]) and i.state in ('submitted', 'handling', 'resolved');
  else
    select array_agg(i.id) into ids from public.issues i
    where office in (i.street_id, i.community_id, i.grid_id) and i.state in ('submitted', 'handling', 'resolved');
  end if;
  return json_build_object(
    'topic', topic,
    'seq', private.feed_seq(topic),
    'at', private.now(),
    'areas', (
      select json_agg(json_build_object('id', a.id, 'level', a.level, 'name', a.name, 'name_en', a.name_en, 'note', a.boundary_note,
        'boundary', extensions.st_asgeojson(a.boundary, 6)::json) order by a.id)
      from public.areas a where a.level in ('street', 'community', 'grid') and (topic like 'department:%' or office = any (a.path))),
    'courtyards', private.courtyard_columns(topic),
    'issues', private.issue_columns(ids));
end
$$;
comment on function public.map_snapshot(text) is 'What a map of `topic` (area:<id> or department:<id>) draws: areas, courtyards and open issues as columns, and seq, the number to follow on from. Errors: topic_not_allowed 403.';
grant execute on function public.map_snapshot(text) to authenticated;

create function public.changes_since(topic text, seq bigint) returns json
language plpgsql stable set search_path = '' as $$
declare
  upto bigint;
  changed bigint[];
begin
  perform private.check_topic(topic);
  upto := private.feed_seq(topic);
  changed := private.changed_issues(topic, seq);
  return json_build_object(
    'topic', topic,
    'seq', upto,
    'complete', changed is not null,
    'issues', private.issue_columns(coalesce(changed, '{}')),
    'gone', (select coalesce(json_agg(id), '[]') from unnest(changed) as left_id(id) where not exists (select from public.issues i where i.id = left_id.id)));
end
$$;
comment on function public.changes_since(text, bigint) is 'The issues of `topic` that changed after number `seq`, as they are now, and the ids that left it. complete = false: take a new snapshot. Errors: topic_not_allowed 403.';
grant execute on function public.changes_since(text, bigint) to authenticated;
