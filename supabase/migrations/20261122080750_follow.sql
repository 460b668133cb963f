-- Gives: what a resident needs afterwards: follow a report, answer, open it again, take it back.
-- To: anyone with the report's tracking key. With open_courtyard and report_issue these are all that anonymous callers reach.

create function private.issue_of_key(key text) returns public.issues
language plpgsql stable set search_path = '' as $$
declare
  found public.issues;
begin
  select i.* into found from private.reporters r join public.issues i on i.id = r.issue_id where r.key_hash = private.key_hash(key);
  if found.id is null then
    perform private.fail(404, 'track_unknown', '{}', 'Check the link on your receipt.');
  end if;
  return found;
end
$$;

-- An issue as its resident may see it: public steps, offices instead of people. own = false: as another's resident sees it,
-- whose report was merged into it: without what this one's resident wrote.
create function private.public_story(issue public.issues, own boolean default true) returns jsonb
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
        'reason', case when e.action = 'decline' then e.payload ->> 'reason' end) order by e.seq)
      from public.issue_events e where e.issue_id = issue.id and e.is_public),
    'can', (
      select coalesce(jsonb_agg(distinct a.action), '[]') from public.issue_actions a
      where a.actor = 'resident' and a.state = issue.state and a.holder_level = issue.holder_level and private.holds(a.condition, issue)),
    'merged_into', case when issue.merged_into is not null then (
      select private.public_story(target, false) - 'what' - 'place' - 'photos' || '{"can":[]}' from public.issues target where target.id = issue.merged_into) end)
  from public.courtyards c, public.categories k
  where c.id = issue.courtyard_id and k.code = issue.category
$$;

-- Definer: the key is the permission.
create function public.track_issue(key text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select private.public_story(private.issue_of_key(key))
$$;
comment on function public.track_issue(text) is 'A resident''s report and its public steps, by the tracking key; offices, never people. Errors: track_unknown 404.';
grant execute on function public.track_issue(text) to anon, authenticated;

-- The resident acts by the key, on the version they saw. The same press sent again finds it done.
create function private.resident_acts(key text, version integer, wanted text, payload jsonb) returns jsonb
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
  if rule.action is null then
    perform private.fail(409, 'action_not_allowed', jsonb_build_object('state', issue.state), 'Reload the page to see where your report stands.');
  end if;
  issue := private.apply_action(issue, rule, payload, null);
  return private.public_story(issue);
end
$$;

-- Definer, all three: the key is the permission, and every action ends in private.apply_action.
create function public.answer_issue(key text, version integer, answer text, words text default null) returns jsonb
language sql volatile security definer set search_path = '' as $$
  select private.resident_acts(key, version, 'answer', jsonb_build_object('outcome', answer, 'words', private.field('words', words, 500)))
$$;
comment on function public.answer_issue(text, integer, text, text) is 'The resident''s last word: answer yes closes, partly and no bring the issue back to whoever held it. Returns as track_issue. Errors: track_unknown 404, stale_version 409, action_not_allowed 409, field_too_long 422.';
grant execute on function public.answer_issue(text, integer, text, text) to anon, authenticated;

create function public.reopen_issue(key text, version integer, words text) returns jsonb
language sql volatile security definer set search_path = '' as $$
  select private.resident_acts(key, version, 'reopen', jsonb_build_object('words', private.field('words', words, 500, true)))
$$;
comment on function public.reopen_issue(text, integer, text) is 'Opens a closed issue again, within 14 days and twice at most; the second time one level up. words: what is still wrong. Returns as track_issue. Errors: track_unknown 404, stale_version 409, action_not_allowed 409, reopen_over 409, field_missing 422.';
grant execute on function public.reopen_issue(text, integer, text) to anon, authenticated;

create function public.withdraw_issue(key text, version integer, words text default null) returns jsonb
language sql volatile security definer set search_path = '' as $$
  select private.resident_acts(key, version, 'withdraw', jsonb_build_object('words', private.field('words', words, 500)))
$$;
comment on function public.withdraw_issue(text, integer, text) is 'The resident takes the report back. Returns as track_issue. Errors: track_unknown 404, stale_version 409, action_not_allowed 409.';
grant execute on function public.withdraw_issue(text, integer, text) to anon, authenticated;
