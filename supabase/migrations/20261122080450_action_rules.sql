-- Gives: what an action must carry and may rest on: payloads, conditions, targets, the clock it starts.
-- To: private.apply_action in the next migration.

-- Whether what a rule asks beside its state holds. `department`: whose task is meant, for assisting departments.
create function private.holds(condition text, issue public.issues, department bigint default null) returns boolean
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
    else true end, false)
$$;

-- Why a condition does not hold, as an error of its own.
create function private.refuse_condition(condition text, issue public.issues) returns void
language plpgsql stable set search_path = '' as $$
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

-- A moment or day to come, at most a year away; refuses what is no date (field_malformed) and what has passed (date_past).
create function private.future(name text, typed text) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  moment timestamptz;
begin
  begin
    moment := case when typed ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then (typed || ' 23:59:59+08')::timestamptz else typed::timestamptz end;
  exception when data_exception then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Give a date like 2026-12-01.');
  end;
  if moment <= private.now() or moment > private.now() + interval '1 year' then
    perform private.fail(422, 'date_past', jsonb_build_object('field', name), 'Choose a day to come, within a year.');
  end if;
  return moment;
end
$$;

-- One field of a payload, checked by its name; null when it is absent. Refuses what is missing though required, or malformed.
create function private.payload_field(name text, given jsonb, required boolean) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  typed text := private.clean(given #>> '{}');
begin
  if typed is null then
    if required then
      perform private.fail(422, 'field_missing', jsonb_build_object('field', name), 'Fill this field in.');
    end if;
    return null;
  end if;
  case
    when name = 'public' then
      if jsonb_typeof(given) <> 'boolean' then
        perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Send true or false.');
      end if;
      return given;
    when name in ('department_id', 'letter_id') then
      if typed !~ '^[0-9]{1,15}$' then
        perform private.fail(422, case name when 'department_id' then 'department_unknown' else 'letter_unknown' end,
          jsonb_build_object('field', name), 'Choose one of the list.');
      end if;
      return to_jsonb(typed::bigint);
    when name = 'assisting' then
      if jsonb_typeof(given) <> 'array' or exists (select from jsonb_array_elements_text(given) id where id !~ '^[0-9]{1,15}$' or id is null) then
        perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Send an array of department ids.');
      end if;
      return (select jsonb_agg(distinct id::bigint) from jsonb_array_elements_text(given) id);
    when name in ('until', 'due_on') then
      return to_jsonb(private.future(name, typed));
    else
      return to_jsonb(private.field(name, typed, case name when 'text' then 4000 else 1000 end, required));
  end case;
end
$$;

-- The payload with every field checked and cleaned: those the rule must carry, those it may, and no other.
create function private.checked_payload(rule public.issue_actions, payload jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  name text;
  cleaned jsonb := '{}'::jsonb;
begin
  if jsonb_typeof(payload) is distinct from 'object' then
    perform private.fail(422, 'payload_malformed', '{}', 'Send a JSON object.');
  end if;
  for name in select jsonb_object_keys(payload) loop
    if name <> all (rule.must || rule.may) then
      perform private.fail(422, 'field_unknown', jsonb_build_object('field', name, 'fields', rule.must || rule.may), 'Leave this field out.');
    end if;
  end loop;
  foreach name in array rule.must || rule.may loop
    cleaned := cleaned || jsonb_build_object(name, private.payload_field(name, payload -> name, name = any (rule.must)));
  end loop;
  return jsonb_strip_nulls(cleaned);
end
$$;

-- The department an issue may be dispatched to: one of its street, and either its category's lead or named with a ruling.
create function private.dispatch_target(issue public.issues, payload jsonb) returns bigint
language plpgsql stable set search_path = '' as $$
declare
  target bigint := (payload ->> 'department_id')::bigint;
begin
  if not exists (select from public.departments d where d.id = target and d.street_id = issue.street_id) then
    perform private.fail(422, 'department_unknown', jsonb_build_object('field', 'department_id'), 'Choose one of the street''s departments.');
  end if;
  if payload ->> 'ruling' is null
    and target is distinct from (select c.department_id from public.categories c where c.code = issue.category) then
    perform private.fail(422, 'field_missing', jsonb_build_object('field', 'ruling'),
      'This department does not lead the category: say why it is theirs.');
  end if;
  return target;
end
$$;

-- Who holds the issue after `rule`: the level, and the area or department.
create function private.next_holder(issue public.issues, rule public.issue_actions, own_area bigint, payload jsonb)
returns table (level text, area_id bigint, department_id bigint)
language plpgsql stable set search_path = '' as $$
begin
  case rule.to_holder
    when 'same' then
      return query select issue.holder_level, issue.holder_area_id, issue.holder_department_id;
    when 'own' then
      return query select a.level, a.id, null::bigint from public.areas a where a.id = own_area;
    when 'up' then
      -- what the clock takes past a community that must not hold it
      if issue.holder_level = 'courtyard' and not (rule.actor = 'clock' and (private.never_entry(issue.category)).code is not null) then
        return query select 'community', issue.community_id, null::bigint;
      else
        return query select 'street', issue.street_id, null::bigint;
      end if;
    when 'street' then
      return query select 'street', issue.street_id, null::bigint;
    when 'department' then
      return query select 'department', null::bigint, private.dispatch_target(issue, payload);
  end case;
end
$$;

-- The tasks after a dispatch: those it gives to assisting departments, each with its own clock, and those of earlier dispatches, without the new lead's.
create function private.given_tasks(issue public.issues, facts jsonb, at timestamptz) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  helper bigint;
  tasks jsonb := issue.tasks - (facts ->> 'department_id');
  clock jsonb := private.start_step(issue.category, issue.urgency, 'handle', at);
begin
  for helper in select value::bigint from jsonb_array_elements_text(coalesce(facts -> 'assisting', '[]')) loop
    if helper = (facts ->> 'department_id')::bigint
      or not exists (select from public.departments d where d.id = helper and d.street_id = issue.street_id) then
      perform private.fail(422, 'department_unknown', jsonb_build_object('field', 'assisting'), 'Choose other departments of the street.');
    end if;
    tasks := tasks || jsonb_build_object(helper::text, jsonb_build_object('state', 'open', 'since', at,
      'due_at', clock -> 'due_at', 'warn_at', clock -> 'warn_at'));
  end loop;
  return tasks;
end
$$;

-- The issue another one repeats: open or solved, of the same street, not itself and not merged. Given by number or id.
-- One merge a street at a time: of two issues merged into each other at once, the second finds its target gone.
create function private.merge_target(issue public.issues, named text) returns bigint
language plpgsql volatile set search_path = '' as $$
declare
  target public.issues;
begin
  perform pg_advisory_xact_lock(hashtextextended('merge', issue.street_id));
  select i.* into target from public.issues i
  where i.street_id = issue.street_id and (i.number = named or i.id = case when named ~ '^[0-9]{1,15}$' then named::bigint end);
  if target.id is null or target.id = issue.id or not private.sees_issue(target) then
    perform private.fail(422, 'merge_unknown', jsonb_build_object('field', 'into'), 'Give the number of the issue it repeats.');
  end if;
  if target.state not in ('submitted', 'handling', 'resolved') then
    perform private.fail(409, 'merge_ended', jsonb_build_object('number', target.number, 'state', target.state), 'Merge into an issue that is still open.');
  end if;
  return target.id;
end
$$;

-- Whether a solved issue is verified before the resident is asked: always when a department solved it, a random tenth when a community did.
create function private.draws_recheck(issue public.issues) returns boolean
language sql volatile set search_path = '' as $$
  select issue.holder_level = 'department' or issue.holder_level = 'community' and random() < 0.1
$$;

-- Stops a running clock until `until`: what is left of it stays in step_minutes.
create function private.pause_clock(issue public.issues, at timestamptz, until timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('paused_at', at, 'paused_until', until, 'due_at', null, 'warn_at', null, 'step_mode', m.mode,
    'step_minutes', greatest(1, case m.mode
      when 'working' then private.working_minutes(at, issue.due_at)
      else (extract(epoch from issue.due_at - at) / 60)::integer end))
  from (select case issue.step_mode when 'fixed' then 'wall' else issue.step_mode end as mode) m
$$;

-- A clock that ends at a granted date.
create function private.extend_clock(at timestamptz, until timestamptz) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('step_mode', 'fixed', 'due_at', until, 'warn_at', at + (until - at) * 0.8)
$$;
