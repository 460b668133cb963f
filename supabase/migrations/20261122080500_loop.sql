-- Gives: act_on_issue, the only way an issue moves; verify_chain; the rules it keeps.
-- To: staff. Residents and the clock move an issue through functions of their own that end in the same private.apply_action.

-- The rows of issue_actions open to one of the caller's memberships, with the office the caller would act for.
-- Used by functions that run as definer and decide for the caller.
create function private.my_actions(issue public.issues)
returns table (rule public.issue_actions, office_area_id bigint, office_department_id bigint)
language sql stable set search_path = '' as $$
  select r, m.area_id, m.department_id
  from private.my_memberships() m
  join public.issue_actions r on r.state = issue.state and r.holder_level = issue.holder_level
    and (r.actor = m.role and (m.area_id in (issue.street_id, issue.community_id, issue.grid_id) or m.department_id = issue.holder_department_id)
      or r.actor = 'assisting' and m.role = 'department_staff' and issue.tasks ? m.department_id::text
        and m.department_id is distinct from issue.holder_department_id)
$$;

-- The columns that `rule` sets by its own nature, beside state and holder.
create function private.action_changes(issue public.issues, rule public.issue_actions, facts jsonb, at timestamptz, department bigint) returns jsonb
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
      return jsonb_build_object('reopened', issue.reopened + 1, 'answered', null);
    when 'decline' then
      if not exists (select from public.duties d where d.code = facts ->> 'duty') then
        perform private.fail(422, 'duty_unknown', '{"field":"duty"}', 'Choose the entry of the duty lists it rests on.');
      end if;
      return jsonb_build_object('duty', facts ->> 'duty');
    when 'merge' then
      return jsonb_build_object('merged_into', private.merge_target(issue, facts ->> 'into'), 'state_before_merge', issue.state);
    when 'unmerge' then
      return jsonb_build_object('merged_into', null, 'state_before_merge', null);
    else
      return '{}'::jsonb;
  end case;
end
$$;

-- What the running clock becomes: the rule's step begins, what was granted is done, or the clock runs on.
create function private.clock_changes(issue public.issues, rule public.issue_actions, to_state text, recheck boolean, at timestamptz) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  until timestamptz := (issue.asked ->> 'until')::timestamptz;
begin
  if rule.to_step is null then
    return private.start_step(issue.category, issue.urgency, null, at);
  elsif rule.to_step = 'same' or rule.to_step = issue.step and rule.action = 'verify' then
    return '{}'::jsonb;
  elsif rule.to_step = 'granted' then
    return case issue.asked ->> 'kind' when 'pause' then private.pause_clock(issue, at, until) else private.extend_clock(at, until) end;
  elsif rule.action = 'resume' then
    return private.running_clock(at, issue.step_minutes, issue.step_mode);
  elsif rule.action = 'resolve' and recheck then
    return private.start_step(issue.category, issue.urgency, 'verify', at);
  elsif rule.action = 'unmerge' and to_state = 'submitted' then
    return private.start_step(issue.category, issue.urgency, case issue.holder_level when 'street' then 'dispatch' else 'accept' end, at);
  end if;
  return private.start_step(issue.category, issue.urgency, rule.to_step, at);
end
$$;

-- Writes one event and the columns it sets, in one step. `event` comes without seq, from_… and hash.
-- Everything that ever happens to an issue passes through here.
create function private.append_event(event public.issue_events) returns public.issues
language plpgsql set search_path = '' as $$
declare
  before public.issues;
  after public.issues;
begin
  select i.* into strict before from public.issues i where i.id = event.issue_id for no key update;
  event.seq := before.version + 1;
  if event.seq > 1 then
    event.from_state := before.state;
    event.from_level := before.holder_level;
    event.from_area_id := before.holder_area_id;
    event.from_department_id := before.holder_department_id;
  end if;
  event.changes := event.changes || jsonb_build_object('version', event.seq, 'updated_at', event.at);
  event.hash := private.event_hash(event,
    (select e.hash from public.issue_events e where e.issue_id = event.issue_id and e.seq = before.version));
  after := jsonb_populate_record(before, event.changes);
  update public.issues set
    category = after.category, urgency = after.urgency, state = after.state, holder_level = after.holder_level, holder_area_id = after.holder_area_id,
    holder_department_id = after.holder_department_id, first_owner_area_id = after.first_owner_area_id,
    first_owner_department_id = after.first_owner_department_id, step = after.step, step_since = after.step_since,
    step_minutes = after.step_minutes, step_mode = after.step_mode, due_at = after.due_at, warn_at = after.warn_at,
    paused_at = after.paused_at, paused_until = after.paused_until, asked = after.asked, tasks = after.tasks, assisting = after.assisting,
    returns = after.returns, reopened = after.reopened, answered = after.answered, resolved_at = after.resolved_at, ended_at = after.ended_at,
    merged_into = after.merged_into, state_before_merge = after.state_before_merge, recheck = after.recheck, duty = after.duty,
    version = after.version, updated_at = after.updated_at
  where id = event.issue_id;
  insert into public.issue_events values (event.*);
  return after;
end
$$;

-- A letter written or answered: its row beside the event.
create function private.keep_letter(event public.issue_events, issue public.issues) returns void
language plpgsql set search_path = '' as $$
declare
  facts jsonb := event.payload;
begin
  if event.action = 'letter' then
    insert into public.letters (issue_id, event_seq, number, addressee, title, text, due_on, sent_at, office_area_id)
    values (issue.id, event.seq, issue.number || '-函' || (select count(*) + 1 from public.letters l where l.issue_id = issue.id),
      facts ->> 'addressee', facts ->> 'title', facts ->> 'text',
      ((facts ->> 'due_on')::timestamptz at time zone 'Asia/Shanghai')::date, event.at, event.office_area_id);
  elsif event.action = 'letter_reply' then
    update public.letters l set reply = facts ->> 'reply', replied_at = event.at
    where l.id = (facts ->> 'letter_id')::bigint and l.issue_id = issue.id and l.replied_at is null;
    if not found then
      perform private.fail(422, 'letter_unknown', '{"field":"letter_id"}', 'Choose a letter that waits for its reply.');
    end if;
  end if;
end
$$;

-- Carries out one rule on one issue, whoever asked. payload is checked here; who may ask was checked by the caller.
create function private.apply_action(
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
  if issue.state = 'submitted' and to_state = 'handling' and issue.first_owner_area_id is null and issue.first_owner_department_id is null then
    changes := changes || jsonb_build_object('first_owner_area_id', office_area, 'first_owner_department_id', office_department);
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

-- Refuses an action decided on an older version: says what the issue is now and who changed it last.
create function private.check_version(issue public.issues, version integer) returns void
language plpgsql stable set search_path = '' as $$
declare
  last jsonb;
begin
  if version is distinct from issue.version then
    select jsonb_build_object('action', e.action, 'actor', e.actor, 'at', e.at,
      'by', private.office_name(e.office_area_id, e.office_department_id)) into last
    from public.issue_events e where e.issue_id = issue.id and e.seq = issue.version;
    perform private.fail(409, 'stale_version', jsonb_build_object('version', issue.version, 'state', issue.state,
      'holder', private.office_name(issue.holder_area_id, issue.holder_department_id), 'last', last),
      'Look at what changed, then decide again.');
  end if;
end
$$;

-- Definer: issues and events have no write privilege for anyone, and this is their one gate.
create function private.act(issue_id bigint, action text, version integer, payload jsonb, request_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  issue public.issues;
  chosen record;
begin
  if auth.uid() is null then
    perform private.fail(401, 'not_signed_in', '{}', 'Sign in.');
  end if;
  select i.* into issue from public.issues i where i.id = act.issue_id for no key update;
  if exists (select from public.issue_events e where e.issue_id = issue.id and e.request_id = act.request_id and e.person_id = auth.uid()) then
    return;
  end if;
  if issue.id is null or not private.sees_issue(issue) then
    perform private.fail(404, 'issue_unknown', '{}', 'Reload the list.');
  end if;
  perform private.check_version(issue, version);
  select * into chosen from private.my_actions(issue) a
  where (a.rule).action = act.action and (a.rule).outcome in ('', coalesce(payload ->> 'outcome', ''))
  order by private.holds((a.rule).condition, issue, a.office_department_id) desc limit 1;
  if not found then
    perform private.fail(403, 'action_not_allowed', jsonb_build_object('action', action, 'state', issue.state,
      'holder', private.office_name(issue.holder_area_id, issue.holder_department_id),
      'possible', (select coalesce(jsonb_agg(distinct (a.rule).action), '[]') from private.my_actions(issue) a)),
      'Choose one of the possible actions.');
  end if;
  perform private.apply_action(issue, chosen.rule, coalesce(payload, '{}'), request_id, auth.uid(), chosen.office_area_id, chosen.office_department_id);
end
$$;
grant execute on function private.act(bigint, text, integer, jsonb, uuid) to authenticated;

-- Whether the stored history of an issue is whole: every hash follows from the one before.
create function public.verify_chain(issue_id bigint) returns boolean
language sql stable set search_path = '' as $$
  select coalesce(bool_and((chain.event).hash = private.event_hash(chain.event, chain.before)), false)
  from (
    select e as event, lag(e.hash) over (order by e.seq) as before
    from public.issue_events e where e.issue_id = verify_chain.issue_id
  ) chain
$$;
comment on function public.verify_chain(bigint) is 'True when every event of the issue hashes to what is stored, each from the one before; false when one was altered, or none is visible.';
grant execute on function public.verify_chain(bigint) to authenticated, service_role;
grant execute on function private.event_hash(public.issue_events, bytea) to authenticated, service_role;
