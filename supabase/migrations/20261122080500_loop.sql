-- Gives: act_on_issue, the only way an issue moves; verify_chain; the rules it keeps.
-- To: staff. Residents move an issue through functions of their own that end in the same private.apply_action.

-- The rows of issue_actions open to one of the caller's memberships, with the office the caller would act for.
-- Definer: used by functions that decide for the caller.
create function private.my_actions(issue public.issues)
returns table (rule public.issue_actions, office_area_id bigint, office_department_id bigint)
language sql stable set search_path = '' as $$
  select r, m.area_id, m.department_id
  from private.my_memberships() m
  join public.issue_actions r on r.actor = m.role and r.state = issue.state and r.holder_level = issue.holder_level
  where m.area_id in (issue.street_id, issue.community_id, issue.grid_id) or m.department_id = issue.holder_department_id
$$;

-- The payload with every field checked and cleaned: those the rule must carry, those it may, and no other.
create function private.checked_payload(rule public.issue_actions, payload jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
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
    if name in ('public') then
      if coalesce(jsonb_typeof(payload -> name), 'null') not in ('boolean', 'null') then
        perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Send true or false.');
      end if;
      cleaned := cleaned || jsonb_build_object(name, coalesce((payload ->> name)::boolean, false));
    elsif name in ('department_id') then
      if coalesce(payload ->> name, '') !~ '^[0-9]{1,15}$' then
        perform private.fail(422, case when private.clean(payload ->> name) is null then 'field_missing' else 'department_unknown' end,
          jsonb_build_object('field', name), 'Choose a department.');
      end if;
      cleaned := cleaned || jsonb_build_object(name, (payload ->> name)::bigint);
    else
      cleaned := cleaned || coalesce(
        jsonb_build_object(name, private.field(name, payload ->> name, 1000, name = any (rule.must))), '{}');
    end if;
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
      return query select case issue.holder_level when 'courtyard' then 'community' else 'street' end,
        case issue.holder_level when 'courtyard' then issue.community_id else issue.street_id end, null::bigint;
    when 'street' then
      return query select 'street', issue.street_id, null::bigint;
    when 'department' then
      return query select 'department', null::bigint, private.dispatch_target(issue, payload);
  end case;
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
  select i.* into strict before from public.issues i where i.id = event.issue_id for update;
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
    category = after.category, state = after.state, holder_level = after.holder_level, holder_area_id = after.holder_area_id,
    holder_department_id = after.holder_department_id, first_owner_area_id = after.first_owner_area_id,
    first_owner_department_id = after.first_owner_department_id, step = after.step, due_at = after.due_at,
    returns = after.returns, answered = after.answered, version = after.version, updated_at = after.updated_at
  where id = event.issue_id;
  insert into public.issue_events values (event.*);
  return after;
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
  changes jsonb := '{}'::jsonb;
  event public.issue_events;
begin
  if rule.action = 'send_back' and issue.returns >= 2 then
    perform private.fail(409, 'returns_exhausted', jsonb_build_object('returns', issue.returns), 'The street''s ruling stands: resolve it, or add a note.');
  end if;
  select * into holder from private.next_holder(issue, rule, office_area, facts);
  if rule.to_holder <> 'same' then
    changes := jsonb_build_object('holder_level', holder.level, 'holder_area_id', holder.area_id, 'holder_department_id', holder.department_id);
  end if;
  if rule.to_state <> issue.state then
    changes := changes || jsonb_build_object('state', rule.to_state);
  end if;
  if rule.to_step is distinct from 'same' then
    changes := changes || jsonb_build_object('step', rule.to_step, 'due_at', private.due_at(issue.category, rule.to_step, at));
  end if;
  if issue.state = 'submitted' and rule.to_state = 'handling' then
    changes := changes || jsonb_build_object('first_owner_area_id', office_area, 'first_owner_department_id', office_department);
  end if;
  if rule.action = 'send_back' then
    changes := changes || jsonb_build_object('returns', issue.returns + 1);
  end if;
  if rule.action in ('resolve', 'answer') then
    changes := changes || jsonb_build_object('answered', nullif(rule.outcome, ''));
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
  return private.append_event(event);
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
  select i.* into issue from public.issues i where i.id = act.issue_id for update;
  if issue.id is null or not private.sees_issue(issue) then
    perform private.fail(404, 'issue_unknown', '{}', 'Reload the list.');
  end if;
  if exists (select from public.issue_events e where e.issue_id = issue.id and e.request_id = act.request_id and e.person_id = auth.uid()) then
    return;
  end if;
  perform private.check_version(issue, version);
  select * into chosen from private.my_actions(issue) a
  where (a.rule).action = act.action and (a.rule).outcome in ('', coalesce(payload ->> 'outcome', '')) limit 1;
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
