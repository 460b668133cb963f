-- Gives: issue_steps, every step with its verdict, kept by trigger; step_times, issue_times and numbers() read from it.
-- To: staff, each for what they see: the views and the function run under row-level security.
-- One principle: a figure counts what happened within the period, so that a period that is over keeps its figures.

drop function public.numbers(timestamptz, timestamptz, bigint);
drop view public.step_times;
drop view public.issue_times;

create table public.issue_steps (
  issue_id bigint not null references public.issues (id),
  -- the event that began it
  seq integer not null,
  -- the issue's own, repeated here so that summing up a street reads this table alone; no references: they were checked there
  street_id bigint not null,
  community_id bigint not null,
  category text not null,
  step text not null check (step in ('accept', 'dispatch', 'handle', 'verify', 'answer')),
  holder_level text not null,
  department_id bigint,
  began_at timestamptz not null,
  due_at timestamptz not null,
  -- set while a granted pause stops the clock, or when the step ended during one
  paused_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  -- when it was settled whether it was in time: at its end, or when it fell due before; null while paused
  decided_at timestamptz generated always as (
    case when ended_by is distinct from 'climb' and least(ended_at, paused_at) <= due_at then ended_at else due_at end) stored,
  -- what nobody accepted was not accepted in time, however prompt the sweep; what the resident took back proves nothing
  in_time boolean generated always as (
    case when ended_by = 'climb' or (least(ended_at, paused_at) <= due_at) is not true then false
      when ended_at is null or ended_by = 'withdraw' then null else true end) stored,
  primary key (issue_id, seq)
);
comment on table public.issue_steps is 'Each step an issue went through and when it was due, a projection of issue_events kept by trigger. in_time is what holds once decided_at has passed.';
create unique index issue_steps_running on public.issue_steps (issue_id) where ended_at is null;
create index issue_steps_decided on public.issue_steps (decided_at);
alter table public.issue_steps enable row level security;
grant select on public.issue_steps to authenticated, service_role;
create policy "staff read the steps of what they see" on public.issue_steps for select to authenticated
  using (street_id = any ((select private.my_area_ids())::bigint[])
    or community_id = any ((select private.my_area_ids())::bigint[])
    or exists (select from public.issues i where i.id = issue_id));

-- What one event does to its issue's steps: ends the running one, begins the next, or moves the running clock.
-- A breach stays a breach: what was granted later counts only when it was asked for in time. A recount is no new step.
create function private.note_step(event public.issue_events) returns void
language plpgsql set search_path = '' as $$
declare
  running public.issue_steps;
  moment timestamptz := event.at;
begin
  select s.* into running from public.issue_steps s where s.issue_id = event.issue_id and s.ended_at is null;
  if event.changes ? 'step' and event.action <> 'recount' then
    update public.issue_steps s set ended_at = event.at, ended_by = event.action where s.issue_id = event.issue_id and s.seq = running.seq;
    if event.changes ->> 'step' is not null then
      insert into public.issue_steps (issue_id, seq, street_id, community_id, category, step, holder_level, department_id, began_at, due_at)
      select i.id, event.seq, i.street_id, i.community_id, i.category, event.changes ->> 'step', coalesce(event.changes ->> 'holder_level', event.from_level),
        case when event.changes ? 'holder_level' then (event.changes ->> 'holder_department_id')::bigint else event.from_department_id end,
        event.at, (event.changes ->> 'due_at')::timestamptz
      from public.issues i where i.id = event.issue_id;
    end if;
  elsif event.changes ?| array['due_at', 'paused_at'] then
    if event.action = 'grant' then
      select coalesce(max(e.at), moment) into moment from public.issue_events e
      where e.issue_id = event.issue_id and e.seq < event.seq and e.action in ('ask_pause', 'ask_extension');
    end if;
    update public.issue_steps s set
      due_at = case when event.action = 'recount' or least(moment, running.paused_at) <= running.due_at
        then coalesce((event.changes ->> 'due_at')::timestamptz, running.due_at) else running.due_at end,
      paused_at = case when not event.changes ? 'paused_at' then running.paused_at when event.changes ->> 'paused_at' is not null then moment end
    where s.issue_id = event.issue_id and s.seq = running.seq;
  end if;
  if event.changes ? 'category' then
    update public.issue_steps s set category = event.changes ->> 'category' where s.issue_id = event.issue_id and s.category <> event.changes ->> 'category';
  end if;
end
$$;

-- Definer: nobody writes this table but through the history.
create function private.keep_steps() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.note_step(new);
  return null;
end
$$;
create trigger keep_steps after insert on public.issue_events
  for each row execute function private.keep_steps();

do $$
declare
  event public.issue_events;
begin
  for event in select e.* from public.issue_events e order by e.issue_id, e.seq loop
    perform private.note_step(event);
  end loop;
end
$$;

-- Every clock that ran: an issue's steps, the tasks of assisting departments, letters.
-- The office is who answered for it: who verifies rather than who is verified, and the community for its grids,
-- as one grid is one person and people are not ranked. A letter is in the hands of a body outside: no office.
create view public.step_times with (security_invoker = true) as
select c.issue_id, c.step, c.began_at, c.due_at, c.ended_at, c.decided_at,
  case when c.ended_at is not null or c.decided_at < private.now() then c.in_time end as on_time,
  c.community_id, c.category, c.level as holder_level, c.area_id, c.department_id, private.office_name(c.area_id, c.department_id) as holder
from (
  select s.issue_id, s.step, s.began_at, s.due_at, s.ended_at, s.decided_at, s.in_time, s.community_id, s.category, o.level,
    case o.level when 'street' then s.street_id when 'community' then s.community_id end as area_id,
    case o.level when 'department' then s.department_id end as department_id
  from public.issue_steps s,
  lateral (select case
    when s.holder_level = 'courtyard' then 'community'
    when s.step = 'verify' then 'street' else s.holder_level end as level) o
  union all
  select i.id, 'task', (t.task ->> 'since')::timestamptz, e.due_at, e.ended_at,
    case when e.ended_at <= e.due_at then e.ended_at else e.due_at end,
    case when e.ended_at <= e.due_at then case when t.task ->> 'state' = 'done' then true end else false end,
    i.community_id, i.category, 'department', null, t.department::bigint
  from public.issues i, jsonb_each(i.tasks) t (department, task),
  lateral (select (t.task ->> 'due_at')::timestamptz as due_at, coalesce((t.task ->> 'ended_at')::timestamptz, i.ended_at) as ended_at) e
  where i.assisting <> '{}'
  union all
  select l.issue_id, 'letter', l.sent_at, e.due_at, e.ended_at,
    case when e.ended_at <= e.due_at then e.ended_at else e.due_at end,
    case when e.ended_at <= e.due_at then case when l.replied_at is not null then true end else false end,
    i.community_id, i.category, null, null, null
  from public.letters l
  join public.issues i on i.id = l.issue_id,
  lateral (select (l.due_on + time '18:00') at time zone 'Asia/Shanghai' as due_at, coalesce(l.replied_at, i.ended_at) as ended_at) e
) c;
comment on view public.step_times is 'Each step of each issue, with tasks and letters: who answered for it, when it began, was due and ended, and whether in time (null: still running, paused, or given up before it was due).';
grant select on public.step_times to authenticated;

create view public.issue_times with (security_invoker = true) as
select i.id as issue_id, i.number, i.community_id, i.category, i.state, i.holder_level, i.created_at, i.ended_at, i.returns, i.reopened,
  e.accepted_at, case when i.state in ('resolved', 'closed') then i.resolved_at end as resolved_at,
  e.answered_no, e.verified, e.false_closings, i.urgency, i.promised_at,
  m.name as community, c.name as courtyard, k.name as category_name, k.name_en as category_name_en,
  private.office_name(case i.holder_level when 'courtyard' then i.community_id else i.holder_area_id end, i.holder_department_id) as holder
from public.issues i
join public.areas m on m.id = i.community_id
left join public.courtyards c on c.id = i.courtyard_id
join public.categories k on k.code = i.category
cross join lateral (
  select min(v.at) filter (where v.from_state = 'submitted' and v.changes ->> 'state' = 'handling') as accepted_at,
    count(*) filter (where v.action = 'answer' and v.changes ->> 'state' = 'handling') as answered_no,
    count(*) filter (where v.action = 'verify') as verified,
    count(*) filter (where v.action = 'verify' and v.changes ->> 'state' = 'handling') as false_closings
  from public.issue_events v where v.issue_id = i.id
) e;
comment on view public.issue_times is 'Each issue in figures and names of offices, without a word of what was said: when it was reported, accepted, solved (as it stands now) and ended, returns, reopenings, answers of “no”, re-checks made and closings they found false.';
grant select on public.issue_times to authenticated;

create index issues_created on public.issues (created_at);
create index issues_ended on public.issues (ended_at) where ended_at is not null;
create index issue_events_turns on public.issue_events (at)
  where action in ('accept', 'dispatch', 'send_back', 'answer', 'verify', 'reopen');

-- Refuses a period that is none or too long (days), and a community the caller has no part in.
create function private.check_period(since timestamptz, upto timestamptz, community bigint) returns void
language plpgsql stable set search_path = '' as $$
declare
  most constant integer := 732;
begin
  if not exists (select from private.my_memberships()) then
    perform private.fail(403, 'not_member', '{}', 'Ask the street''s administrator for a role.');
  elsif since is null or upto is null then
    perform private.fail(422, 'field_missing', jsonb_build_object('field', case when since is null then 'since' else 'upto' end), 'Give both ends of the period.');
  elsif not since < upto then
    perform private.fail(422, 'period_reversed', jsonb_build_object('since', since, 'upto', upto), 'Let the period end after it begins.');
  elsif upto > since + make_interval(days => most) then
    perform private.fail(422, 'period_too_long', jsonb_build_object('days', most), 'Choose at most two years.');
  elsif community is not null and community <> all (private.my_community_ids()) then
    perform private.fail(404, 'community_unknown', jsonb_build_object('field', 'community'), 'Choose one of your own communities.');
  end if;
end
$$;
grant execute on function private.check_period(timestamptz, timestamptz, bigint) to authenticated;

create function public.numbers(since timestamptz, upto timestamptz, community bigint default null) returns jsonb
language plpgsql stable set search_path = '' set work_mem = '64MB' as $$
begin
  perform private.check_period(since, upto, community);
  return (
    with seen as materialized (
      select i.id, i.category, i.state, i.holder_level, i.created_at, i.ended_at, i.resolved_at,
        i.created_at >= since and i.created_at < upto as came, i.ended_at >= since and i.ended_at < upto as went
      from public.issues i
      where (i.created_at >= since and i.created_at < upto or i.ended_at >= since and i.ended_at < upto)
        and (community is null or i.community_id = community)
    ), closed as materialized (
      select s.*, extract(epoch from s.resolved_at - s.created_at) / 3600 as hours from seen s where s.went and s.state = 'closed'
    ), turns as materialized (
      select e.action, e.from_state, e.payload ->> 'outcome' as outcome, extract(epoch from e.at - i.created_at) / 60 as minutes
      from public.issue_events e
      join public.issues i on i.id = e.issue_id
      where e.action in ('accept', 'dispatch', 'send_back', 'answer', 'verify', 'reopen') and e.at >= since and e.at < upto
        and (community is null or i.community_id = community)
    ), clocks as materialized (
      -- letters (no level) are the work of bodies outside: they count as a step, for no office and no category
      select grouping(c.step) = 0 as of_step, grouping(c.category) = 0 as of_category, c.step, c.holder_level as level, c.area_id, c.department_id, c.category,
        count(*) filter (where c.on_time) as on_time, count(*) as decided,
        count(*) filter (where c.on_time and c.holder_level is not null) as office_on_time, count(c.holder_level) as office_decided
      from public.step_times c
      where c.decided_at >= since and c.decided_at < least(upto, private.now()) and c.on_time is not null and c.step <> 'answer'
        and (community is null or c.community_id = community)
      group by grouping sets ((c.step), (c.holder_level, c.area_id, c.department_id), (c.category))
    )
    select jsonb_build_object(
      'at', private.now(),
      'reported', (select count(*) from seen where came),
      'closed', (select count(*) from closed),
      'declined', (select count(*) from seen where went and state = 'declined'),
      'merged', (select count(*) from seen where went and state = 'merged'),
      'withdrawn', (select count(*) from seen where went and state = 'withdrawn'),
      'closed_by_level', (select jsonb_object_agg(level, (select count(*) from closed where holder_level = level))
        from unnest(array['courtyard', 'community', 'street', 'department']) level),
      'accept_minutes', (select jsonb_build_object('count', count(*), 'median', round((percentile_cont(0.5) within group (order by minutes))::numeric, 1),
          'p90', round((percentile_cont(0.9) within group (order by minutes))::numeric, 1))
        from turns where from_state = 'submitted' and action in ('accept', 'dispatch')),
      'solve_hours', (select jsonb_build_object('count', count(*), 'median', round((percentile_cont(0.5) within group (order by hours))::numeric, 1),
          'p90', round((percentile_cont(0.9) within group (order by hours))::numeric, 1)) from closed),
      'returns', (select count(*) from turns where action = 'send_back'),
      'reopened', (select count(*) from turns where action = 'reopen'),
      'answered_no', (select count(*) from turns where action = 'answer' and outcome in ('partly', 'no')),
      'verified', (select count(*) from turns where action = 'verify'),
      'false_closings', (select count(*) from turns where action = 'verify' and outcome = 'not_ok'),
      'by_step', (select coalesce(jsonb_agg(to_jsonb(s) order by s.step), '[]') from (
        select step, on_time, decided from clocks where of_step) s),
      'by_holder', (select coalesce(jsonb_agg(to_jsonb(h) order by h.decided desc, h.level, h.name), '[]') from (
        select c.level, coalesce(c.area_id, c.department_id) as id, coalesce(d.name, a.name) as name, coalesce(d.name_en, a.name_en) as name_en,
          c.on_time, c.decided
        from clocks c
        left join public.areas a on a.id = c.area_id
        left join public.departments d on d.id = c.department_id
        where not c.of_step and not c.of_category and c.level is not null) h),
      'by_category', (select coalesce(jsonb_agg(to_jsonb(k) order by k.reported desc, k.decided desc, k.sort), '[]') from (
        select k.code, k.name, k.name_en, k.sort, coalesce(s.reported, 0) as reported, coalesce(s.closed, 0) as closed,
          coalesce(c.office_on_time, 0) as on_time, coalesce(c.office_decided, 0) as decided
        from public.categories k
        left join (select category, count(*) filter (where came) as reported, count(*) filter (where went and state = 'closed') as closed
          from seen group by 1) s on s.category = k.code
        left join clocks c on c.of_category and c.category = k.code
        where s.category is not null or c.office_decided > 0) k),
      'by_week', (select jsonb_agg(jsonb_build_object('week', to_char(w.week, 'YYYY-MM-DD'), 'reported', coalesce(r.n, 0), 'closed', coalesce(c.n, 0)) order by w.week)
        from generate_series(date_trunc('week', since at time zone 'Asia/Shanghai'),
          (least(upto, greatest(since, private.now())) at time zone 'Asia/Shanghai') - interval '1 microsecond', interval '1 week') w (week)
        left join (select date_trunc('week', created_at at time zone 'Asia/Shanghai') as week, count(*) as n from seen where came group by 1) r on r.week = w.week
        left join (select date_trunc('week', ended_at at time zone 'Asia/Shanghai') as week, count(*) as n from closed group by 1) c on c.week = w.week)));
end
$$;
comment on function public.numbers(timestamptz, timestamptz, bigint) is 'The loop in figures for what happened from `since` up to `upto` (at most 732 days), in one community or in all the caller sees: reported and ended, closed by level, on-time counts by step, office and category (by when each clock was decided), times to accept (minutes) and to solve what was closed (hours), both by the wall clock, returns, reopenings, answers of “no”, re-checks and the closings they found false; weeks begin on Monday in Chinese time. Errors: not_member 403, field_missing, period_reversed, period_too_long 422, community_unknown 404.';
grant execute on function public.numbers(timestamptz, timestamptz, bigint) to authenticated;
