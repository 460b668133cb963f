-- Gives: what a topic saw in a time that has passed (issue_history), ended issues with it.
-- To: staff, for the topics they may follow, under the same policy as what is open.

-- As before, and when the issue ended.
create or replace function private.issue_columns(ids bigint[]) returns json
language sql stable set search_path = '' as $$
  select json_build_object(
    'id', coalesce(json_agg(i.id), '[]'), 'number', coalesce(json_agg(i.number), '[]'),
    'courtyard_id', coalesce(json_agg(i.courtyard_id), '[]'), 'category', coalesce(json_agg(i.category), '[]'),
    'state', coalesce(json_agg(i.state), '[]'), 'holder_level', coalesce(json_agg(i.holder_level), '[]'),
    'holder', coalesce(json_agg(coalesce(d.name, h.name)), '[]'), 'urgency', coalesce(json_agg(i.urgency), '[]'),
    'lng', coalesce(json_agg(round(extensions.st_x(i.point)::numeric, 6)), '[]'),
    'lat', coalesce(json_agg(round(extensions.st_y(i.point)::numeric, 6)), '[]'),
    'step', coalesce(json_agg(i.step), '[]'), 'asked', coalesce(json_agg(i.asked ->> 'kind'), '[]'),
    'warn_at', coalesce(json_agg(extract(epoch from i.warn_at)::bigint), '[]'),
    'due_at', coalesce(json_agg(extract(epoch from i.due_at)::bigint), '[]'),
    'created_at', coalesce(json_agg(extract(epoch from i.created_at)::bigint), '[]'),
    'ended_at', coalesce(json_agg(extract(epoch from i.ended_at)::bigint), '[]'),
    'version', coalesce(json_agg(i.version), '[]'), 'what', coalesce(json_agg(i.what), '[]'))
  from (select * from public.issues where id = any (ids) order by id) i
  left join public.areas h on h.id = i.holder_area_id
  left join public.departments d on d.id = i.holder_department_id
$$;

-- A department's issues are those it holds, held at the end, or assisted with.
create function public.issue_history(topic text, since timestamptz, until timestamptz) returns json
language plpgsql stable set search_path = '' as $$
declare
  -- as many as a screen and a line can take at once
  most constant integer := 20000;
  office bigint;
  total integer;
  ids bigint[];
begin
  perform private.check_topic(topic);
  if since is null or until is null or since >= until or not isfinite(since) or not isfinite(until) then
    perform private.fail(422, 'field_malformed', '{"field":"until"}', 'Give a time that ends after it begins.');
  elsif until - since > interval '733 days' then
    perform private.fail(422, 'period_too_long', '{"days":732}', 'Ask for two years at most.');
  end if;
  office := split_part(topic, ':', 2)::bigint;
  -- the street's own index is told apart from a department's; the policy says what may be seen
  if topic like 'department:%' then
    select count(*), (array_agg(f.id order by f.created_at desc, f.id desc))[:most] into total, ids from public.issues f
    where (f.holder_department_id = office or f.assisting @> array[office])
      and f.created_at < issue_history.until and (f.ended_at is null or f.ended_at >= issue_history.since);
  else
    select count(*), (array_agg(f.id order by f.created_at desc, f.id desc))[:most] into total, ids from public.issues f
    where office in (f.street_id, f.community_id, f.grid_id)
      and f.created_at < issue_history.until and (f.ended_at is null or f.ended_at >= issue_history.since);
  end if;
  return json_build_object('topic', topic, 'count', total, 'complete', total <= most, 'issues', private.issue_columns(coalesce(ids, '{}')));
end
$$;
comment on function public.issue_history(text, timestamptz, timestamptz) is 'The issues of `topic` that lived between `since` and `until` (not included), as they are now, as columns like map_snapshot''s with ended_at. count: how many there are; complete = false: only the 20,000 reported last are here. Errors: topic_not_allowed 403, field_malformed 422, period_too_long 422 {days}.';
grant execute on function public.issue_history(text, timestamptz, timestamptz) to authenticated;
