-- Gives: every running clock as a row (running_clocks), who is over an issue's holder, and what the queues read: cards that say what waits
-- to be verified or decided, letters as a list, the board of clocks, and the map's columns with step, request and warning.
-- To: staff, each under the row-level security of the tables below; the sweep rings by the same rows.

-- over: the area one level above, told of a breach as well; none above who verifies or wrote a letter.
create view public.running_clocks with (security_invoker = true) as
select i.id as issue_id, 'step' as clock, i.warn_at, i.due_at,
  case when i.step = 'verify' then private.area_over(i) else i.holder_area_id end as area_id,
  case when i.step <> 'verify' then i.holder_department_id end as department_id, private.area_over(i) as over
from public.issues i
where i.due_at is not null and i.step <> 'answer'
union all
select i.id, 'task:' || t.key, (t.value ->> 'warn_at')::timestamptz, (t.value ->> 'due_at')::timestamptz, null, t.key::bigint, i.street_id
from public.issues i, jsonb_each(i.tasks) t
where i.assisting <> '{}' and i.state in ('submitted', 'handling', 'resolved') and t.value ->> 'state' = 'open'
union all
select l.issue_id, 'letter:' || l.id, null, (l.due_on + time '18:00') at time zone 'Asia/Shanghai', l.office_area_id, null, l.office_area_id
from public.letters l join public.issues i on i.id = l.issue_id
where l.replied_at is null and i.state in ('submitted', 'handling', 'resolved');
comment on view public.running_clocks is 'Every clock an office is on: the step of an issue (the resident''s answer is none), tasks of assisting departments, letters without a reply (due at 18:00 of their day). clock: step, task:<department> or letter:<id>.';
grant select on public.running_clocks to authenticated;
grant execute on function private.area_over(public.issues) to authenticated;

create or replace function private.next_alarms(ids bigint[]) returns table (issue_id bigint, next_at timestamptz)
language plpgsql stable set search_path = '' as $$
begin
  return query
  select i.id, least(i.paused_until, case when i.step = 'answer' then i.due_at end, min(m.moment))
  from public.issues i
  left join (select * from public.running_clocks r where r.issue_id = any (ids)) c on c.issue_id = i.id
  left join lateral (values ('warned', c.warn_at), ('late', c.due_at)) m (kind, moment) on m.moment is not null
    and not exists (select from private.rings r where r.issue_id = i.id and r.clock = c.clock and r.due_at = c.due_at and r.kind = m.kind)
  where i.id = any (ids) group by i.id;
end
$$;

create or replace function private.ring(ids bigint[], now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  with due as materialized (
    select c.*, m.kind from public.running_clocks c,
      lateral (values ('warned', c.warn_at), ('late', c.due_at)) m (kind, moment)
    where c.issue_id = any (ids) and m.moment <= now
  ), rung as (
    insert into private.rings (issue_id, clock, due_at, kind, at) select d.issue_id, d.clock, d.due_at, d.kind, now from due d
    on conflict do nothing returning issue_id, clock, kind
  )
  insert into public.notices (at, kind, issue_id, area_id, department_id)
  select now, case when d.clock like 'letter:%' then 'letter_due' else d.kind end, d.issue_id, office.area_id, office.department_id
  from rung r
  join due d on d.issue_id = r.issue_id and d.clock = r.clock and d.kind = r.kind,
    lateral (select d.area_id, d.department_id union select d.over, null where d.kind = 'late') office
  where d.kind = 'late' or d.due_at > now;
end
$$;

drop function private.clocks_of(public.issues);

-- Whose requests and solutions the caller decides on, as `<holder level>:<area over the holder>`.
create function private.my_overseen() returns text[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(distinct a.holder_level || ':' || m.area_id), '{}')
  from private.my_memberships() m join public.issue_actions a on a.actor = m.role and a.action in ('verify', 'grant') and m.area_id is not null
$$;
grant execute on function private.my_overseen() to authenticated;

create or replace view public.issue_cards with (security_invoker = true) as
select
  i.id, i.number, i.state, i.holder_level,
  coalesce(d.name, h.name) as holder,
  i.holder_area_id, i.holder_department_id, i.community_id,
  m.name as community,
  i.courtyard_id,
  y.name as courtyard,
  i.category, k.name as category_name, k.name_en as category_name_en,
  i.what, i.place, i.urgency, i.step, i.warn_at, i.due_at, i.paused_until, i.recheck, i.asked ->> 'kind' as asked, i.created_at, i.updated_at, i.version,
  coalesce(i.due_at < private.now() and i.state <> 'resolved', false) as late,
  (i.state in ('submitted', 'handling')
    and (i.holder_area_id = any ((select private.my_holding_area_ids())::bigint[]) or i.holder_department_id = any ((select private.my_department_ids())::bigint[]))) is true as mine,
  exists (select from unnest((select private.my_department_ids())::bigint[]) d (id) where i.tasks -> d.id::text ->> 'state' = 'open') as my_task,
  (i.step = 'verify' and o.overseen) is true as to_verify,
  (i.asked is not null and o.overseen) is true as to_decide,
  k.department_id as lead_department_id
from public.issues i
join public.categories k on k.code = i.category
join public.areas m on m.id = i.community_id
left join public.courtyards y on y.id = i.courtyard_id
left join public.areas h on h.id = i.holder_area_id
left join public.departments d on d.id = i.holder_department_id
cross join lateral (
  select i.holder_level || ':' || private.area_over(i) = any ((select private.my_overseen())::text[]) as overseen
) o;
comment on view public.issue_cards is 'One row an issue, as a list shows it. late: its running step is overdue; mine: the caller''s office has to act; my_task: the caller''s department assists and is not done; to_verify, to_decide: the caller''s office, one level up, has to say whether it is solved, or to grant what was asked; lead_department_id: who leads its category.';

create view public.letter_cards with (security_invoker = true) as
select l.id, l.number, l.issue_id, i.number as issue_number, i.what, y.name as courtyard, l.addressee, l.title, l.due_on, l.sent_at, l.reply, l.replied_at,
  private.office_name(l.office_area_id, null) as office,
  l.office_area_id = any ((select private.my_holding_area_ids())::bigint[]) as mine,
  w.awaited and (l.due_on + time '18:00') at time zone 'Asia/Shanghai' < private.now() as late,
  w.awaited
from public.letters l
join public.issues i on i.id = l.issue_id
left join public.courtyards y on y.id = i.courtyard_id
cross join lateral (select l.replied_at is null and i.state in ('submitted', 'handling', 'resolved') as awaited) w;
comment on view public.letter_cards is 'One row a letter. mine: the caller''s office wrote it; awaited: no reply yet and the issue is open; late: awaited and past 18:00 of its day.';
grant select on public.letter_cards to authenticated;

-- Issues as columns of equal length, in the order of their ids. Times in seconds since 1970, coordinates in degrees.
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
    'version', coalesce(json_agg(i.version), '[]'), 'what', coalesce(json_agg(i.what), '[]'))
  from (select * from public.issues where id = any (ids) order by id) i
  left join public.areas h on h.id = i.holder_area_id
  left join public.departments d on d.id = i.holder_department_id
$$;

-- As before, but a topic that names no number is refused like any other that is not the caller's.
create or replace function public.map_snapshot(topic text) returns json
language plpgsql stable set search_path = '' as $$
declare
  office bigint;
  ids bigint[];
begin
  perform private.check_topic(topic);
  office := split_part(topic, ':', 2)::bigint;
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
create function public.clock_board(topic text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  now timestamptz := private.now();
  own bigint;
begin
  perform private.check_topic(topic);
  own := split_part(topic, ':', 2)::bigint;
  return (
    with clocks as materialized (
      select c.issue_id, c.warn_at, c.due_at, c.area_id, c.department_id, i.number, i.what, i.courtyard_id,
        case c.clock when 'step' then i.step else split_part(c.clock, ':', 1) end as clock,
        coalesce(d.name, a.name) as office,
        case when d.id is not null then 'department' when a.level = 'grid' then 'courtyard' else a.level end as level,
        -- a letter has no warning of its own: its last day counts as one
        coalesce(c.warn_at, c.due_at - interval '1 day') <= now as warned
      from public.running_clocks c
      join public.issues i on i.id = c.issue_id
      left join public.areas a on a.id = c.area_id
      left join public.departments d on d.id = c.department_id
      where case when topic like 'department:%' then c.department_id = own else own in (i.street_id, i.community_id, i.grid_id) end
    ), next as (
      select * from clocks order by due_at, issue_id limit 200
    )
    select jsonb_build_object(
      'at', now,
      'offices', (
        select coalesce(jsonb_agg(to_jsonb(o) order by o.late desc, o.soon desc, o.running desc, o.office, o.step), '[]') from (
          select office, level, area_id, department_id, clock as step, count(*) as running,
            count(*) filter (where warned and due_at > now) as soon, count(*) filter (where due_at <= now) as late
          from clocks group by 1, 2, 3, 4, 5) o),
      'next', (
        select coalesce(jsonb_agg(jsonb_build_object('issue_id', n.issue_id, 'number', n.number, 'what', n.what, 'courtyard', y.name,
          'clock', n.clock, 'office', n.office, 'warn_at', n.warn_at, 'due_at', n.due_at) order by n.due_at, n.issue_id), '[]')
        from next n left join public.courtyards y on y.id = n.courtyard_id)));
end
$$;
comment on function public.clock_board(text) is 'The running clocks of `topic` (area:<id>; department:<id>: its own): {at, offices: [{office, level, area_id, department_id, step, running, soon, late}], next: the 200 due first [{issue_id, number, what, courtyard, clock, office, warn_at, due_at}]}. step and clock: accept, dispatch, handle, verify, task or letter; soon: warned and not late yet. Paused clocks do not run. Errors: topic_not_allowed 403.';
grant execute on function public.clock_board(text) to authenticated;
