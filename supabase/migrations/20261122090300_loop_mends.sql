-- Gives: a plain word for a missing outcome, and what a resident reads of letters, findings, grants and how a report was taken.
-- To: the loop (act), and the resident's functions.

-- Refuses an action for which no rule is open to the caller: says whether only its outcome is missing, or what is possible instead.
create function private.refuse_action(issue public.issues, action text, payload jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
  outcomes jsonb := (select jsonb_agg(distinct (a.rule).outcome) from private.my_actions(issue) a where (a.rule).action = refuse_action.action);
begin
  if outcomes is not null then
    perform private.fail(422, case when payload ->> 'outcome' is null then 'field_missing' else 'field_malformed' end,
      jsonb_build_object('field', 'outcome', 'outcomes', outcomes), 'Choose one of the outcomes.');
  end if;
  perform private.fail(403, 'action_not_allowed', jsonb_build_object('action', action, 'state', issue.state,
    'holder', private.office_name(issue.holder_area_id, issue.holder_department_id),
    'possible', (select coalesce(jsonb_agg(distinct (a.rule).action), '[]') from private.my_actions(issue) a)),
    'Choose one of the possible actions.');
end
$$;

create or replace function private.act(issue_id bigint, action text, version integer, payload jsonb, request_id uuid) returns void
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
    perform private.refuse_action(issue, action, payload);
  end if;
  perform private.apply_action(issue, chosen.rule, coalesce(payload, '{}'), request_id, auth.uid(), chosen.office_area_id, chosen.office_department_id);
end
$$;

create or replace function private.resident_acts(key text, version integer, wanted text, payload jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  issue public.issues := private.issue_of_key(key);
  rule public.issue_actions;
  last public.issue_events;
begin
  select i.* into issue from public.issues i where i.id = issue.id for no key update;
  select e.* into last from public.issue_events e where e.issue_id = issue.id and e.seq = issue.version;
  if issue.version = resident_acts.version + 1 and last.actor = 'resident' and last.action = wanted
    and (wanted = 'reopen' or last.payload ->> 'outcome' is not distinct from payload ->> 'outcome') then
    return private.public_story(issue);
  end if;
  perform private.check_version(issue, version);
  if wanted = 'reopen' then
    payload := payload || jsonb_build_object('outcome', case issue.reopened when 0 then 'first' else 'second' end);
  end if;
  select a.* into rule from public.issue_actions a
  where a.action = wanted and a.actor = 'resident' and a.state = issue.state and a.holder_level = issue.holder_level
    and a.outcome = coalesce(payload ->> 'outcome', '');
  if rule.action is null and payload ->> 'outcome' is null and exists (
    select from public.issue_actions a
    where a.action = wanted and a.actor = 'resident' and a.state = issue.state and a.holder_level = issue.holder_level) then
    perform private.fail(422, 'field_missing', '{"field":"outcome"}', 'Say yes, partly or no.');
  elsif rule.action is null then
    perform private.fail(409, 'action_not_allowed', jsonb_build_object('state', issue.state), 'Reload the page to see where your report stands.');
  end if;
  issue := private.apply_action(issue, rule, payload, null);
  return private.public_story(issue);
end
$$;

-- An issue as its resident may see it: public steps, offices instead of people. own = false: as another's resident sees it,
-- whose report was merged into it: without what this one's resident wrote.
create or replace function private.public_story(issue public.issues, own boolean default true) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'number', issue.number, 'version', issue.version, 'state', issue.state, 'what', issue.what, 'place', issue.place,
    'courtyard', c.name, 'category', k.name, 'category_en', k.name_en,
    'created_at', issue.created_at, 'promised_at', issue.promised_at, 'answered', issue.answered,
    'responsible', private.office_name(issue.holder_area_id, issue.holder_department_id),
    'first_owner', private.office_name(issue.first_owner_area_id, issue.first_owner_department_id),
    'photos', (select count(*) from public.issue_photos p where p.issue_id = issue.id and p.by_resident),
    'steps', (
      select jsonb_agg(jsonb_build_object(
        'at', e.at,
        'action', e.action,
        'outcome', e.payload ->> 'outcome',
        'by', private.office_name(e.office_area_id, e.office_department_id),
        'office_to', case when e.changes ?| array['holder_area_id', 'holder_department_id'] and e.seq > 1 then
          private.office_name((e.changes ->> 'holder_area_id')::bigint, (e.changes ->> 'holder_department_id')::bigint) end,
        'words', case when own or e.actor <> 'resident' then coalesce(e.payload ->> 'words', e.payload ->> 'done', e.payload ->> 'instead') end,
        'reason', case when e.action = 'decline' then e.payload ->> 'reason' end,
        'channel', case when own then e.payload ->> 'channel' end,
        'finding', e.payload ->> 'finding',
        'granted', case when e.action = 'grant' then jsonb_build_object('kind', case when e.changes ? 'paused_until' then 'pause' else 'extension' end,
          'until', coalesce(e.changes -> 'paused_until', e.changes -> 'due_at')) end,
        'letter', (
          select jsonb_build_object('addressee', l.addressee, 'due_on', l.due_on, 'replied', l.replied_at is not null) from public.letters l
          where l.issue_id = e.issue_id and (l.event_seq = e.seq or e.action = 'letter_reply' and l.id = (e.payload ->> 'letter_id')::bigint))
        ) order by e.seq)
      from public.issue_events e where e.issue_id = issue.id and e.is_public),
    'can', (
      select coalesce(jsonb_agg(distinct a.action), '[]') from public.issue_actions a
      where a.actor = 'resident' and a.state = issue.state and a.holder_level = issue.holder_level and private.holds(a.condition, issue)),
    'merged_into', case when issue.merged_into is not null then (
      select private.public_story(target, false) - 'what' - 'place' - 'photos' || '{"can":[]}' from public.issues target where target.id = issue.merged_into) end)
  from public.courtyards c, public.categories k
  where c.id = issue.courtyard_id and k.code = issue.category
$$;

comment on function public.track_issue(text) is 'A resident''s report and its public steps, by the tracking key; offices, never people. A step carries words, reason, finding (of a verification), granted {kind: pause|extension, until}, letter {addressee, due_on, replied}, channel (how staff took the report) where it has them; can: what the resident may do. Errors: track_unknown 404.';
comment on function public.answer_issue(text, integer, text, text) is 'The resident''s last word: answer yes closes, partly and no bring the issue back to whoever held it. Returns as track_issue. Errors: track_unknown 404, stale_version 409, action_not_allowed 409, field_missing {outcome}, field_too_long 422.';
