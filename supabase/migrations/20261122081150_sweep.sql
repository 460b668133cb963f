-- Gives: private.sweep, which rings every clock that is due, and recount_clocks, which counts them anew.
-- To: private.tick (a later migration) calls the sweep; triggers call the recount.

create table private.alarms (
  issue_id bigint primary key references public.issues (id),
  next_at timestamptz not null
);
comment on table private.alarms is 'When the sweep has to look at an issue next. Kept by trigger, so that a sweep reads only what is due.';
create index alarms_next on private.alarms (next_at);

create table private.rings (
  issue_id bigint not null references public.issues (id),
  -- the clock: 'step', 'task:<department>', 'letter:<id>', and when it would be due
  clock text not null,
  due_at timestamptz not null,
  kind text not null check (kind in ('warned', 'late')),
  at timestamptz not null,
  primary key (issue_id, clock, due_at, kind)
);
comment on table private.rings is 'Which clock has rung when: each warning and each breach once.';

-- Every clock of an issue that runs: its step, its open tasks, its letters without a reply.
-- over: the area one level above, told of a breach as well; none above who verifies or wrote a letter.
create function private.clocks_of(issue public.issues)
returns table (clock text, warn_at timestamptz, due_at timestamptz, area_id bigint, department_id bigint, over bigint)
language sql stable set search_path = '' as $$
  select 'step', issue.warn_at, issue.due_at,
    case when issue.step = 'verify' then private.area_over(issue) else issue.holder_area_id end,
    case when issue.step <> 'verify' then issue.holder_department_id end, private.area_over(issue)
  where issue.due_at is not null and issue.step <> 'answer'
  union all
  select 'task:' || key, (value ->> 'warn_at')::timestamptz, (value ->> 'due_at')::timestamptz, null, key::bigint, issue.street_id
  from jsonb_each(issue.tasks) where value ->> 'state' = 'open' and issue.state in ('submitted', 'handling', 'resolved')
  union all
  select 'letter:' || l.id, null, (l.due_on + time '18:00') at time zone 'Asia/Shanghai', l.office_area_id, null, l.office_area_id
  from public.letters l where l.issue_id = issue.id and l.replied_at is null and issue.state in ('submitted', 'handling', 'resolved')
$$;

-- When the next clock of each of these issues rings; null when none will.
create function private.next_alarms(ids bigint[]) returns table (issue_id bigint, next_at timestamptz)
language plpgsql stable set search_path = '' as $$
begin
  return query
  select i.id, least(i.paused_until, case when i.step = 'answer' then i.due_at end, min(m.moment))
  from public.issues i
  left join lateral private.clocks_of(i) c on true
  left join lateral (values ('warned', c.warn_at), ('late', c.due_at)) m (kind, moment) on m.moment is not null
    and not exists (select from private.rings r where r.issue_id = i.id and r.clock = c.clock and r.due_at = c.due_at and r.kind = m.kind)
  where i.id = any (ids) group by i.id;
end
$$;

create function private.set_alarms(ids bigint[]) returns void
language plpgsql set search_path = '' as $$
begin
  with next as materialized (
    select * from private.next_alarms(ids)
  ), gone as (
    delete from private.alarms a using next n where a.issue_id = n.issue_id and n.next_at is null
  )
  insert into private.alarms as a (issue_id, next_at) select n.issue_id, n.next_at from next n where n.next_at is not null
  on conflict (issue_id) do update set next_at = excluded.next_at;
end
$$;

create function private.keep_alarm() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.set_alarms(array[new.issue_id]);
  return null;
end
$$;
-- named to come after the letter of the same event has been written: deferred to the end of the transaction
create constraint trigger keep_alarm after insert on public.issue_events deferrable initially deferred
  for each row execute function private.keep_alarm();

-- The clock acts on an issue by one of its own rules.
create function private.clock_acts(issue public.issues, wanted text) returns void
language plpgsql set search_path = '' as $$
declare
  rule public.issue_actions;
begin
  select a.* into strict rule from public.issue_actions a
  where a.actor = 'clock' and a.action = wanted and a.state = issue.state and a.holder_level = issue.holder_level;
  perform private.apply_action(issue, rule, '{}', null);
end
$$;

-- Rings the clocks of these issues that are due: each warning and each breach is marked and told once, a breach one level up as well.
-- A breach that nobody was warned of is told once, not twice.
create function private.ring(ids bigint[], now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  with due as materialized (
    select i.id, c.*, m.kind from public.issues i, private.clocks_of(i) c,
      lateral (values ('warned', c.warn_at), ('late', c.due_at)) m (kind, moment)
    where i.id = any (ids) and m.moment <= now
  ), rung as (
    insert into private.rings (issue_id, clock, due_at, kind, at) select d.id, d.clock, d.due_at, d.kind, now from due d
    on conflict do nothing returning issue_id, clock, kind
  )
  insert into public.notices (at, kind, issue_id, area_id, department_id)
  select now, case when d.clock like 'letter:%' then 'letter_due' else d.kind end, d.id, office.area_id, office.department_id
  from rung r
  join due d on d.id = r.issue_id and d.clock = r.clock and d.kind = r.kind,
    lateral (select d.area_id, d.department_id union select d.over, null where d.kind = 'late') office
  where d.kind = 'late' or d.due_at > now;
end
$$;

-- Rings every clock that is due, at most `most` issues a call, and does what the clock does by itself; gives how many issues it
-- looked at. One sweep runs at a time, and an issue that someone is acting on is left to the next.
create function private.sweep(most integer default 2000) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  now timestamptz := private.now();
  ids bigint[];
  stuck bigint[] := '{}'::bigint[];
  due record;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('sweep', 0)) then
    return 0;
  end if;
  select array_agg(d.id) into ids from (
    select i.id from private.alarms a join public.issues i on i.id = a.issue_id where a.next_at <= now
    order by a.next_at limit most for no key update of i skip locked) d;
  perform private.ring(ids, now);
  for due in
    select i as issue, act from public.issues i, lateral (select case
      when i.paused_until <= now then 'resume'
      when i.step = 'answer' and i.due_at <= now then 'close'
      when i.step = 'accept' and i.due_at <= now and i.state = 'submitted' and i.holder_level in ('courtyard', 'community') then 'climb' end as act) a
    where i.id = any (ids) and act is not null
  loop
    begin
      perform private.clock_acts(due.issue, due.act);
    exception when others then
      -- one issue that cannot move must not stop everyone's clocks
      raise warning 'sweep: issue % cannot %: %', (due.issue).id, due.act, sqlerrm;
      stuck := stuck || (due.issue).id;
    end;
  end loop;
  perform private.set_alarms(ids);
  update private.alarms a set next_at = now + interval '1 hour' where a.issue_id = any (stuck);
  return coalesce(cardinality(ids), 0);
end
$$;

-- The tasks of an issue with the clocks of the open ones counted anew.
create function private.recounted_tasks(issue public.issues) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_object_agg(key, value || case when value ->> 'state' = 'open' then (
    select jsonb_build_object('due_at', clock -> 'due_at', 'warn_at', clock -> 'warn_at')
    from private.start_step(issue.category, issue.urgency, 'handle', (value ->> 'since')::timestamptz) clock) else '{}' end), '{}')
  from jsonb_each(issue.tasks)
$$;

-- Counts every running clock anew, after the calendar, the hours or a category's minutes changed.
-- A clock that was paused in this step keeps what was left of it, a granted date stands.
create function private.recount_clocks(only_category text default null) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  issue public.issues;
  clock jsonb;
  event public.issue_events;
  recounted integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('sweep', 0));
  -- all are locked before the first is changed: no one who holds one of them can be waited for in a circle
  for issue in
    select * from (
      select i.* from public.issues i
      where i.state in ('submitted', 'handling', 'resolved') and (only_category is null or i.category = only_category)
      for no key update) locked
    order by id
  loop
    clock := case
      when issue.due_at is null or issue.step_mode = 'fixed' then '{}'
      when only_category is null then private.running_clock(issue.step_since, issue.step_minutes, issue.step_mode)
      when exists (select from public.issue_events e where e.issue_id = issue.id and e.action = 'resume' and e.at = issue.step_since) then '{}'
      else private.start_step(issue.category, issue.urgency, issue.step, issue.step_since) end
      || jsonb_build_object('tasks', private.recounted_tasks(issue));
    continue when (coalesce((clock ->> 'due_at')::timestamptz, issue.due_at), clock -> 'tasks') is not distinct from (issue.due_at, issue.tasks);
    event.issue_id := issue.id;
    event.action := 'recount';
    event.at := private.now();
    event.actor := 'clock';
    event.payload := '{}';
    event.is_public := false;
    event.changes := clock - 'paused_at' - 'paused_until';
    perform private.append_event(event);
    recounted := recounted + 1;
  end loop;
  return recounted;
end
$$;

create function private.recount_after_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'categories' then
    perform private.recount_clocks(new.code);
  else
    perform private.recount_clocks();
  end if;
  return null;
end
$$;
create trigger recount_clocks after insert or update or delete on public.calendar_days
  for each statement execute function private.recount_after_change();
create trigger recount_clocks after insert or update or delete on public.working_hours
  for each statement execute function private.recount_after_change();
create trigger recount_clocks after update of clock, accept_minutes, dispatch_minutes, handle_minutes, urgency on public.categories
  for each row when (row(old.clock, old.accept_minutes, old.dispatch_minutes, old.handle_minutes) is distinct from
    row(new.clock, new.accept_minutes, new.dispatch_minutes, new.handle_minutes)) execute function private.recount_after_change();
