-- Gives: the way back for reports that were merged into one that has ended: withdrawn, they come apart by the clock; closed or declined,
-- their resident may open them again.
-- To: the sweep, and the resident by the tracking key.

insert into public.issue_actions (action, actor, state, holder_level, outcome, to_state, to_holder, to_step, must, may, is_public, sort, condition)
with levels (holder_level) as (values ('community'), ('street'))
select 'unmerge', 'clock', 'merged', holder_level, '', 'before_merge', 'same', 'handle', '{}'::text[], '{}'::text[], true, 92, 'target_withdrawn' from levels
union all select 'reopen', 'resident', 'merged', holder_level, 'first', 'handling', 'same', 'handle', '{outcome,words}', '{}', true, 20, 'target_ended' from levels
union all select 'reopen', 'resident', 'merged', holder_level, 'second', 'handling', 'up', 'dispatch', '{outcome,words}', '{}', true, 20, 'target_ended' from levels;

-- The issue that a merged one follows in the end: its target, or what that was merged into in turn.
create function private.followed(issue public.issues) returns public.issues
language sql stable set search_path = '' as $$
  with recursive chain (id, into_id) as (
    select t.id, t.merged_into from public.issues t where t.id = issue.merged_into
    union
    select t.id, t.merged_into from chain c join public.issues t on t.id = c.into_id
  )
  select t from chain c join public.issues t on t.id = c.id where c.into_id is null
$$;

create or replace function private.holds(condition text, issue public.issues, department bigint default null) returns boolean
language sql stable set search_path = '' as $$
  select coalesce(case condition
    when 'returns_left' then issue.returns < 2
    when 'tasks_done' then not jsonb_path_exists(issue.tasks, '$.* ? (@.state == "open")')
    when 'task_open' then jsonb_path_exists(issue.tasks, '$.* ? (@.state == "open")')
    when 'has_task' then issue.tasks -> department::text ->> 'state' = 'open'
    when 'letter_open' then exists (select from public.letters l where l.issue_id = issue.id and l.replied_at is null)
    when 'asked' then issue.asked is not null
    when 'grantable' then (issue.asked ->> 'until')::timestamptz > private.now()
    when 'may_ask' then issue.asked is null and issue.paused_at is null
    when 'paused' then issue.paused_at is not null
    when 'may_reopen' then issue.reopened < 2 and issue.ended_at > private.now() - interval '14 days'
    when 'target_withdrawn' then (select t.state = 'withdrawn' from public.issues t where t.id = issue.merged_into)
    when 'target_ended' then issue.reopened < 2 and (
      select t.state in ('closed', 'declined') and t.ended_at > private.now() - interval '14 days' from private.followed(issue) t)
    else true end, false)
$$;

create or replace function private.refuse_condition(condition text, issue public.issues) returns void
language plpgsql stable set search_path = '' as $$
declare
  target public.issues;
begin
  case condition
    when 'returns_left' then
      perform private.fail(409, 'returns_exhausted', jsonb_build_object('returns', issue.returns, 'ruling', (
        select jsonb_build_object('by', p.name, 'at', e.at, 'words', e.payload ->> 'ruling') from public.issue_events e
        left join public.people p on p.id = e.person_id
        where e.issue_id = issue.id and e.action = 'dispatch' order by e.seq desc limit 1)),
        'The street''s ruling stands: resolve it, or add a note.');
    when 'tasks_done' then
      perform private.fail(409, 'tasks_open', jsonb_build_object('departments', (
        select jsonb_agg(d.name order by d.id) from public.departments d where issue.tasks -> d.id::text ->> 'state' = 'open')),
        'Wait for the assisting departments, or ask the street to waive their tasks.');
    when 'may_reopen' then
      perform private.fail(409, 'reopen_over', jsonb_build_object('reopened', issue.reopened, 'ended_at', issue.ended_at),
        'Report it anew: the old report stays in its story.');
    when 'target_ended' then
      target := private.followed(issue);
      if issue.reopened < 2 and target.state not in ('closed', 'declined') then
        perform private.fail(409, 'action_not_allowed', jsonb_build_object('state', issue.state, 'follows', target.number),
          'The report it was joined with is not over: follow that one.');
      end if;
      perform private.fail(409, 'reopen_over', jsonb_build_object('reopened', issue.reopened, 'ended_at', target.ended_at),
        'Report it anew: the old report stays in its story.');
    when 'grantable' then
      if issue.asked is null then
        perform private.refuse_condition('asked', issue);
      end if;
      perform private.fail(409, 'asked_over', jsonb_build_object('until', issue.asked -> 'until'), 'The date asked for has passed: refuse it with a reason.');
    when 'asked' then
      perform private.fail(409, 'nothing_asked', '{}', 'Nothing waits for a decision.');
    when 'may_ask' then
      perform private.fail(409, 'asked_already', coalesce(issue.asked, '{}'), 'Wait for the decision, or resume the clock first.');
    when 'paused' then
      perform private.fail(409, 'not_paused', '{}', 'The clock is running.');
    else
      perform private.fail(409, 'not_now', jsonb_build_object('condition', condition), 'Reload and look again.');
  end case;
end
$$;

create or replace function private.action_changes(issue public.issues, rule public.issue_actions, facts jsonb, at timestamptz, department bigint) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  case rule.action
    when 'send_back' then
      return jsonb_build_object('returns', issue.returns + 1);
    when 'dispatch' then
      return (
        select jsonb_build_object('tasks', t.tasks,
          'assisting', (select coalesce(jsonb_agg(key::bigint order by key::bigint), '[]') from jsonb_object_keys(t.tasks) key))
        from (select private.given_tasks(issue, facts, at) as tasks) t);
    when 'finish_task' then
      return jsonb_build_object('tasks', jsonb_set(issue.tasks, array[department::text],
        issue.tasks -> department::text || jsonb_build_object('state', 'done', 'done', facts ->> 'done', 'ended_at', at)));
    when 'waive_task' then
      if issue.tasks -> (facts ->> 'department_id') ->> 'state' is distinct from 'open' then
        perform private.fail(422, 'department_unknown', '{"field":"department_id"}', 'Choose a department whose task is open.');
      end if;
      return jsonb_build_object('tasks', jsonb_set(issue.tasks, array[facts ->> 'department_id'],
        issue.tasks -> (facts ->> 'department_id') || jsonb_build_object('state', 'waived', 'ended_at', at)));
    when 'ask_pause', 'ask_extension' then
      if rule.action = 'ask_extension' and (facts ->> 'until')::timestamptz <= issue.due_at then
        perform private.fail(422, 'date_past', jsonb_build_object('field', 'until', 'after', issue.due_at), 'Choose a day after the one it is due.');
      end if;
      return jsonb_build_object('asked', jsonb_build_object('kind', substr(rule.action, 5), 'reason', facts ->> 'reason', 'until', facts ->> 'until'));
    when 'grant', 'refuse' then
      return '{"asked":null}'::jsonb;
    when 'resolve' then
      return jsonb_build_object('answered', null, 'resolved_at', at, 'asked', null, 'recheck', private.draws_recheck(issue));
    when 'verify' then
      return jsonb_build_object('recheck', false);
    when 'answer' then
      return jsonb_build_object('answered', rule.outcome, 'recheck', false);
    when 'reopen' then
      return jsonb_build_object('reopened', issue.reopened + 1, 'answered', null)
        || case issue.state when 'merged' then '{"merged_into":null,"state_before_merge":null}'::jsonb else '{}' end;
    when 'decline' then
      if not exists (select from public.duties d where d.code = facts ->> 'duty') then
        perform private.fail(422, 'duty_unknown', '{"field":"duty"}', 'Choose the entry of the duty lists it rests on.');
      end if;
      return jsonb_build_object('duty', facts ->> 'duty');
    when 'merge' then
      return jsonb_build_object('merged_into', private.merge_target(issue, facts ->> 'into'), 'state_before_merge', issue.state);
    when 'withdraw' then
      -- waits for a merge into it that is on its way, whose alarm the withdrawal has to set
      perform pg_advisory_xact_lock(hashtextextended('merge', issue.street_id));
      return '{}'::jsonb;
    when 'unmerge' then
      return jsonb_build_object('merged_into', null, 'state_before_merge', null);
    else
      return '{}'::jsonb;
  end case;
end
$$;

-- Carries out one rule on one issue, whoever asked. payload is checked here; who may ask was checked by the caller.
create or replace function private.apply_action(
  issue public.issues, rule public.issue_actions, payload jsonb, request_id uuid,
  person uuid default null, office_area bigint default null, office_department bigint default null
) returns public.issues
language plpgsql set search_path = '' as $$
declare
  at timestamptz := private.now();
  facts jsonb := private.checked_payload(rule, payload);
  holder record;
  to_state text := case rule.to_state when 'before_merge' then issue.state_before_merge else rule.to_state end;
  changes jsonb;
  event public.issue_events;
  after public.issues;
begin
  if not private.holds(rule.condition, issue, office_department) then
    perform private.refuse_condition(rule.condition, issue);
  end if;
  select * into holder from private.next_holder(issue, rule, office_area, facts);
  changes := private.action_changes(issue, rule, facts, at, office_department);
  changes := changes || private.clock_changes(issue, rule, to_state, coalesce((changes ->> 'recheck')::boolean, false), at);
  if rule.to_holder <> 'same' then
    changes := changes || jsonb_build_object('holder_level', holder.level, 'holder_area_id', holder.area_id,
      'holder_department_id', holder.department_id, 'asked', null);
  end if;
  if to_state <> issue.state then
    changes := changes || jsonb_build_object('state', to_state)
      || case when to_state in ('submitted', 'handling', 'resolved') then '{"ended_at":null}'::jsonb else jsonb_build_object('ended_at', at, 'asked', null) end;
  end if;
  if to_state = 'handling' and issue.first_owner_area_id is null and issue.first_owner_department_id is null then
    -- a report merged before anyone accepted it, and opened again by its resident: whoever merged it was the first to deal with it
    changes := changes || case rule.actor when 'resident'
      then jsonb_build_object('first_owner_area_id', issue.holder_area_id, 'first_owner_department_id', issue.holder_department_id)
      else jsonb_build_object('first_owner_area_id', office_area, 'first_owner_department_id', office_department) end;
  end if;
  event.issue_id := issue.id;
  event.action := rule.action;
  event.at := at;
  event.actor := rule.actor;
  event.person_id := person;
  event.office_area_id := office_area;
  event.office_department_id := office_department;
  event.payload := facts;
  event.is_public := rule.is_public or coalesce((facts ->> 'public')::boolean, false);
  event.changes := changes;
  event.request_id := request_id;
  after := private.append_event(event);
  event.seq := after.version;
  perform private.keep_letter(event, after);
  return after;
end
$$;

comment on function public.reopen_issue(text, integer, text) is 'Opens a closed issue again, or a merged one when what it followed was closed or declined, within 14 days of that and twice at most; the second time one level up. words: what is still wrong. Returns as track_issue. Errors: track_unknown 404, stale_version 409, action_not_allowed 409, reopen_over 409, field_missing 422.';

create or replace function private.next_alarms(ids bigint[]) returns table (issue_id bigint, next_at timestamptz)
language plpgsql stable set search_path = '' as $$
begin
  return query
  select i.id, least(i.paused_until, case when i.step = 'answer' then i.due_at end, min(m.moment),
    (select t.ended_at from public.issues t where t.id = i.merged_into and t.state = 'withdrawn'))
  from public.issues i
  left join (select * from public.running_clocks r where r.issue_id = any (ids)) c on c.issue_id = i.id
  left join lateral (values ('warned', c.warn_at), ('late', c.due_at)) m (kind, moment) on m.moment is not null
    and not exists (select from private.rings r where r.issue_id = i.id and r.clock = c.clock and r.due_at = c.due_at and r.kind = m.kind)
  where i.id = any (ids) group by i.id;
end
$$;

create or replace function private.keep_alarm() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.set_alarms(array[new.issue_id] || case when new.action = 'withdraw' then
    array(select i.id from public.issues i where i.merged_into = new.issue_id) end);
  return null;
end
$$;

create or replace function private.sweep(most integer default 2000) returns integer
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
      when i.state = 'merged' and private.holds('target_withdrawn', i) then 'unmerge'
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

create or replace function private.tell_event() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  issue public.issues;
  helper text;
begin
  select i.* into strict issue from public.issues i where i.id = new.issue_id;
  if new.changes ?| array['holder_area_id', 'holder_department_id'] then
    perform private.tell(case new.action when 'send_back' then 'sent_back' when 'climb' then 'climbed' when 'reopen' then 'reopened' else 'arrived' end,
      issue.id, issue.holder_area_id, issue.holder_department_id);
  end if;
  case new.action
    when 'ask_pause', 'ask_extension' then perform private.tell('asked', issue.id, private.area_over(issue), null);
    when 'grant' then perform private.tell('granted', issue.id, issue.holder_area_id, issue.holder_department_id);
    when 'refuse' then perform private.tell('refused', issue.id, issue.holder_area_id, issue.holder_department_id);
    when 'resolve' then
      if issue.step = 'verify' then perform private.tell('verify', issue.id, private.area_over(issue), null); end if;
    when 'verify' then
      if issue.state = 'handling' then perform private.tell('not_ok', issue.id, issue.holder_area_id, issue.holder_department_id); end if;
    when 'answer' then
      if issue.state = 'handling' then perform private.tell('answered_no', issue.id, issue.holder_area_id, issue.holder_department_id); end if;
    when 'reopen' then
      if not new.changes ?| array['holder_area_id', 'holder_department_id'] then
        perform private.tell('reopened', issue.id, issue.holder_area_id, issue.holder_department_id);
      end if;
    when 'unmerge' then
      if new.actor = 'clock' then perform private.tell('arrived', issue.id, issue.holder_area_id, issue.holder_department_id); end if;
    when 'withdraw' then perform private.tell('withdrawn', issue.id, issue.holder_area_id, issue.holder_department_id);
    when 'finish_task' then perform private.tell('task_done', issue.id, issue.holder_area_id, issue.holder_department_id);
    when 'waive_task' then perform private.tell('task_waived', issue.id, null, (new.payload ->> 'department_id')::bigint);
    when 'dispatch' then
      for helper in select jsonb_array_elements_text(coalesce(new.payload -> 'assisting', '[]')) loop
        perform private.tell('task', issue.id, null, helper::bigint);
      end loop;
    else null;
  end case;
  return null;
end
$$;
