-- Gives: how well the loop works, from its history: step_times, issue_times, and their sums in numbers().
-- To: staff, each for what they see: the views read issue_events under row-level security.

-- One row for each step an issue went through. due_at: as it stood in the end, after pauses, extensions and recounts.
create view public.step_times with (security_invoker = true) as
with marked as (
  select e.issue_id, e.seq, e.at, e.changes,
    count(*) filter (where e.changes ? 'step') over (partition by e.issue_id order by e.seq) as nth
  from public.issue_events e
), steps as (
  select m.issue_id, m.nth, min(m.at) as began_at,
    (array_agg(m.changes ->> 'step' order by m.seq) filter (where m.changes ? 'step'))[1] as step,
    (array_agg((m.changes ->> 'due_at')::timestamptz order by m.seq desc) filter (where m.changes ->> 'due_at' is not null))[1] as due_at,
    min(m.seq) as first_seq
  from marked m where m.nth > 0 group by m.issue_id, m.nth
), timed as (
  select s.*, lead(s.began_at) over (partition by s.issue_id order by s.nth) as ended_at from steps s
)
select t.issue_id, t.step, t.began_at, t.due_at, t.ended_at,
  case when t.ended_at is not null then t.ended_at <= t.due_at when t.due_at < private.now() then false end as on_time,
  i.community_id, i.category,
  coalesce(h.level, i.holder_level) as holder_level,
  coalesce(d.name, a.name) as holder
from timed t
join public.issues i on i.id = t.issue_id
left join lateral (
  select (e.changes ->> 'holder_level') as level, (e.changes ->> 'holder_area_id')::bigint as area_id, (e.changes ->> 'holder_department_id')::bigint as department_id
  from public.issue_events e
  where e.issue_id = t.issue_id and e.seq <= t.first_seq and e.changes ? 'holder_level' order by e.seq desc limit 1
) h on true
left join public.areas a on a.id = h.area_id
left join public.departments d on d.id = h.department_id
where t.step is not null;
comment on view public.step_times is 'Each step of each issue: who held it, when it began, was due and ended, and whether in time (null: still running).';
grant select on public.step_times to authenticated;

-- One row for each issue: how long it took, where it ended, what went wrong on the way.
create view public.issue_times with (security_invoker = true) as
select i.id as issue_id, i.number, i.community_id, i.category, i.state, i.holder_level, i.created_at, i.ended_at, i.returns, i.reopened,
  e.accepted_at, e.resolved_at, e.answered_no, e.false_closings
from public.issues i
cross join lateral (
  select min(v.at) filter (where v.from_state = 'submitted' and v.changes ->> 'state' = 'handling') as accepted_at,
    min(v.at) filter (where v.action = 'resolve') as resolved_at,
    count(*) filter (where v.action = 'answer' and v.changes ->> 'state' = 'handling') as answered_no,
    count(*) filter (where v.action = 'verify' and v.changes ->> 'state' = 'handling') as false_closings
  from public.issue_events v where v.issue_id = i.id
) e;
comment on view public.issue_times is 'Each issue with its times to accept and to solve, returns, reopenings, answers of “no” and closings that verification found false.';
grant select on public.issue_times to authenticated;

create function public.numbers(since timestamptz, upto timestamptz, community bigint default null) returns jsonb
language sql stable set search_path = '' as $$
  with issues as materialized (
    select * from public.issue_times t where t.created_at >= since and t.created_at < upto and (community is null or t.community_id = community)
  ), steps as materialized (
    select * from public.step_times s where s.began_at >= since and s.began_at < upto and s.step <> 'answer' and (community is null or s.community_id = community)
  )
  select jsonb_build_object(
    'issues', (select count(*) from issues),
    'ended', (select count(*) from issues where state not in ('submitted', 'handling', 'resolved')),
    'closed_by_level', (select coalesce(jsonb_object_agg(holder_level, n), '{}') from (
      select holder_level, count(*) as n from issues where state = 'closed' group by 1) l),
    'accept_minutes', (select jsonb_build_object('median', percentile_cont(0.5) within group (order by m), 'p90', percentile_cont(0.9) within group (order by m))
      from (select extract(epoch from accepted_at - created_at) / 60 as m from issues where accepted_at is not null) a),
    'solve_hours', (select jsonb_build_object('median', percentile_cont(0.5) within group (order by h), 'p90', percentile_cont(0.9) within group (order by h))
      from (select extract(epoch from resolved_at - created_at) / 3600 as h from issues where resolved_at is not null) a),
    'returns', (select coalesce(sum(returns), 0) from issues),
    'reopened', (select coalesce(sum(reopened), 0) from issues),
    'answered_no', (select coalesce(sum(answered_no), 0) from issues),
    'false_closings', (select coalesce(sum(false_closings), 0) from issues),
    'by_step', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
      select step as name, count(*) filter (where on_time) as on_time, count(*) filter (where on_time is not null) as decided from steps group by 1 order by 1) s),
    'by_holder', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
      select holder as name, min(holder_level) as level, count(*) filter (where on_time) as on_time, count(*) filter (where on_time is not null) as decided
      from steps group by 1 order by 4 desc, 1) s),
    'by_category', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
      select k.code as code, k.name as name, k.name_en as name_en, count(distinct i.issue_id) as issues,
        count(distinct i.issue_id) filter (where i.state = 'closed') as closed,
        min(s.on_time) as on_time, min(s.decided) as decided
      from issues i
      join public.categories k on k.code = i.category
      left join (select category, count(*) filter (where on_time) as on_time, count(*) filter (where on_time is not null) as decided
        from steps group by 1) s on s.category = k.code
      group by 1, 2, 3 order by 4 desc, 1) s),
    'by_week', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
      select to_char(date_trunc('week', created_at at time zone 'Asia/Shanghai'), 'YYYY-MM-DD') as week, count(*) as issues,
        count(*) filter (where state = 'closed') as closed from issues group by 1 order by 1) s))
$$;
comment on function public.numbers(timestamptz, timestamptz, bigint) is 'The loop in figures for issues reported from `since` up to `upto`, of one community or of all the caller sees: shares closed by level, on-time counts by step, holder and category, times (median, p90), returns, reopenings, false closings.';
grant execute on function public.numbers(timestamptz, timestamptz, bigint) to authenticated;

-- Compares every issue's row with its replayed history, and its chain; gives the ids that differ. Run nightly.
create function private.altered_issues() returns bigint[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(i.id), '{}') from public.issues i
  where not public.verify_chain(i.id) or to_jsonb(i) is distinct from to_jsonb(jsonb_populate_record(i, (
    select jsonb_object_agg(c.key, c.value order by e.seq) from public.issue_events e, jsonb_each(e.changes) c where e.issue_id = i.id)))
$$;

create table private.history_checks (
  at timestamptz primary key,
  altered bigint[] not null
);
comment on table private.history_checks is 'What each nightly comparison of the issues with their history found.';

create function private.check_history() returns void
language sql volatile set search_path = '' as $$
  insert into private.history_checks (at, altered) select private.now(), private.altered_issues()
$$;

-- Definer: the checks are private.
create function public.history_check() returns jsonb
language sql stable security definer set search_path = '' as $$
  select to_jsonb(c) from private.history_checks c
  where exists (select from private.my_memberships() m where m.role in ('admin', 'street_leader')) order by c.at desc limit 1
$$;
comment on function public.history_check() is 'For leaders and the administrator: when the history was last compared with the issues, and the ids that differed.';
grant execute on function public.history_check() to authenticated;

-- What has to happen by itself: due clocks ring, and once a night the history is compared. pg_cron calls it each minute on
-- Supabase, elsewhere the server's own scheduler.
create function private.tick() returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.sweep();
  if extract(hour from private.now() at time zone 'Asia/Shanghai') = 2
    and not exists (select from private.history_checks c where c.at > private.now() - interval '20 hours') then
    perform private.check_history();
  end if;
end
$$;

do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') and current_setting('shared_preload_libraries') like '%pg_cron%' then
    create extension if not exists pg_cron;
    perform cron.schedule('courtyard-tick', '* * * * *', 'select private.tick()');
    perform cron.schedule('courtyard-prune', '17 * * * *', 'select private.prune()');
  end if;
end
$$;
