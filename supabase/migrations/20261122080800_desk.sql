-- Gives: what staff read and press: the list (issue_cards), one issue (issue_detail), act_on_issue, the reporter with a reason, a courtyard's card.
-- To: staff, each under the row-level security of the tables below.

create view public.issue_cards with (security_invoker = true) as
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
  exists (select from unnest((select private.my_department_ids())::bigint[]) d (id) where i.tasks -> d.id::text ->> 'state' = 'open') as my_task
from public.issues i
join public.categories k on k.code = i.category
join public.areas m on m.id = i.community_id
left join public.courtyards y on y.id = i.courtyard_id
left join public.areas h on h.id = i.holder_area_id
left join public.departments d on d.id = i.holder_department_id;
comment on view public.issue_cards is 'One row an issue, as a list shows it. late: its running step is overdue; mine: the caller''s office has to act; my_task: the caller''s department assists and is not done.';
grant select on public.issue_cards to authenticated;

-- The reporter as staff see them at first: 王**, 138****1234. Definer: private.reporters is readable by nobody.
create function private.masked_reporter(issue_id bigint) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'name', left(r.name, 1) || '**',
    'phone', case when char_length(r.phone) >= 7 then left(r.phone, 3) || '****' || right(r.phone, 4)
      when r.phone is not null then '****' end,
    'address', r.address)
  from private.reporters r join public.issues i on i.id = r.issue_id
  where i.id = masked_reporter.issue_id and private.sees_issue(i)
$$;
grant execute on function private.masked_reporter(bigint) to authenticated;

-- What the caller may do to an issue now. Definer: my_actions decides from memberships.
create function private.open_actions(issue_id bigint) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('action', (a.rule).action, 'to_state', (a.rule).to_state, 'to_holder', (a.rule).to_holder,
    'must', (a.rule).must, 'may', (a.rule).may) order by (a.rule).sort), '[]')
  from public.issues i, private.my_actions(i) a
  where i.id = open_actions.issue_id and private.holds((a.rule).condition, i, a.office_department_id)
$$;
grant execute on function private.open_actions(bigint) to authenticated;

create function private.issue_story(issue_id bigint) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_agg(jsonb_build_object(
    'seq', e.seq, 'action', e.action, 'at', e.at, 'actor', e.actor, 'by', p.name,
    'office', private.office_name(e.office_area_id, e.office_department_id),
    'words', coalesce(e.payload ->> 'words', e.payload ->> 'done', e.payload ->> 'reason', e.payload ->> 'ruling', e.payload ->> 'finding', e.payload ->> 'reply', e.payload ->> 'title'),
    'public', e.is_public, 'payload', e.payload,
    'from_state', e.from_state, 'to_state', coalesce(e.changes ->> 'state', e.from_state),
    'from_holder', private.office_name(e.from_area_id, e.from_department_id),
    'to_holder', case when e.changes ?| array['holder_area_id', 'holder_department_id'] then
      private.office_name((e.changes ->> 'holder_area_id')::bigint, (e.changes ->> 'holder_department_id')::bigint) end) order by e.seq)
  from public.issue_events e left join public.people p on p.id = e.person_id
  where e.issue_id = issue_story.issue_id
$$;
grant execute on function private.issue_story(bigint) to authenticated;

create function public.issue_detail(issue_id bigint) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  card jsonb;
begin
  select to_jsonb(c) || jsonb_build_object(
    'point', extensions.st_asgeojson(i.point, 6)::jsonb -> 'coordinates',
    'address', y.address,
    'first_owner', private.office_name(i.first_owner_area_id, i.first_owner_department_id),
    'promised_at', i.promised_at,
    'lead_department_id', k.department_id,
    'returns', i.returns,
    'reopened', i.reopened,
    'asked', i.asked,
    'merged_into', (select t.number from public.issues t where t.id = i.merged_into),
    'tasks', (select coalesce(jsonb_agg(value || jsonb_build_object('department_id', key::bigint, 'department', private.office_name(null, key::bigint)) order by key), '[]')
      from jsonb_each(i.tasks)),
    'letters', (select coalesce(jsonb_agg(to_jsonb(l) - 'issue_id' - 'event_seq' order by l.id), '[]') from public.letters l where l.issue_id = i.id),
    'answered', i.answered) into card
  from public.issue_cards c
  join public.issues i on i.id = c.id
  join public.categories k on k.code = i.category
  left join public.courtyards y on y.id = i.courtyard_id
  where c.id = issue_detail.issue_id;
  if card is null then
    perform private.fail(404, 'issue_unknown', '{}', 'Reload the list.');
  end if;
  return jsonb_build_object(
    'issue', card,
    'reporter', private.masked_reporter(issue_id),
    'events', private.issue_story(issue_id),
    'photos', (
      select coalesce(jsonb_agg(jsonb_build_object('path', p.path, 'by_resident', p.by_resident) order by p.path), '[]')
      from public.issue_photos p where p.issue_id = issue_detail.issue_id and private.photo_arrived(p.path)),
    'actions', private.open_actions(issue_id));
end
$$;
comment on function public.issue_detail(bigint) is 'One issue whole: card, masked reporter, story, photos that arrived, and what the caller may do. Errors: issue_unknown 404.';
grant execute on function public.issue_detail(bigint) to authenticated;

create function public.act_on_issue(issue_id bigint, action text, version integer, payload jsonb default '{}', request_id uuid default null) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  perform private.act(issue_id, action, version, payload, request_id);
  if not exists (select from public.issues i where i.id = act_on_issue.issue_id) then
    return jsonb_build_object('gone', true);
  end if;
  return public.issue_detail(issue_id);
end
$$;
comment on function public.act_on_issue(bigint, text, integer, jsonb, uuid) is
  'Moves an issue by one action of issue_actions, decided on `version`; the same request_id twice acts once. Returns issue_detail, or {gone: true} when the caller no longer sees it. Errors: issue_unknown 404, stale_version 409 {version, state, holder, last}, action_not_allowed 403 {possible}, field_missing, field_too_long, field_unknown, department_unknown 422, returns_exhausted 409.';
grant execute on function public.act_on_issue(bigint, text, integer, jsonb, uuid) to authenticated;

-- Definer: reads private.reporters and logs the look.
create function public.reveal_reporter(issue_id bigint, reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  issue public.issues;
  why text;
begin
  select i.* into issue from public.issues i where i.id = reveal_reporter.issue_id;
  if issue.id is null or not private.sees_issue(issue) then
    perform private.fail(404, 'issue_unknown', '{}', 'Reload the list.');
  end if;
  why := private.field('reason', reason, 200, true);
  insert into private.reveals (issue_id, person_id, reason, at) values (issue.id, auth.uid(), why, private.now());
  return (select jsonb_build_object('name', r.name, 'phone', r.phone, 'address', r.address) from private.reporters r where r.issue_id = issue.id);
end
$$;
comment on function public.reveal_reporter(bigint, text) is 'A reporter''s full name and phone, for a reason that is logged. Errors: issue_unknown 404, field_missing 422.';
grant execute on function public.reveal_reporter(bigint, text) to authenticated;

create function public.courtyard_card(courtyard_id bigint) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  card jsonb;
begin
  select jsonb_build_object(
    'id', c.id, 'name', c.name, 'name_en', c.name_en, 'address', c.address, 'kind', c.kind, 'invented', c.invented, 'area_m2', c.area_m2,
    'community', private.office_name(c.community_id, null),
    'grid', private.office_name(c.grid_id, null),
    'codes', (select jsonb_agg(jsonb_build_object('code', k.code, 'place', k.place)) from public.courtyard_codes k
      where k.courtyard_id = c.id and k.revoked_at is null)) into card
  from public.courtyards c where c.id = courtyard_card.courtyard_id;
  if card is null then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the map.');
  end if;
  return card || jsonb_build_object(
    'open', (select coalesce(jsonb_agg(to_jsonb(i) order by i.late desc, i.due_at), '[]') from public.issue_cards i
      where i.courtyard_id = courtyard_card.courtyard_id and i.state in ('submitted', 'handling', 'resolved')),
    'recent', (select coalesce(jsonb_agg(to_jsonb(i)), '[]') from (
      select * from public.issue_cards i where i.courtyard_id = courtyard_card.courtyard_id
        and i.state in ('closed', 'declined', 'merged', 'withdrawn') order by i.updated_at desc limit 5) i),
    'counts', (select jsonb_build_object(
        'open', count(*) filter (where i.state in ('submitted', 'handling', 'resolved')),
        'late', count(*) filter (where i.late),
        'closed_90d', count(*) filter (where i.state = 'closed' and i.updated_at > private.now() - interval '90 days'))
      from public.issue_cards i where i.courtyard_id = courtyard_card.courtyard_id));
end
$$;
comment on function public.courtyard_card(bigint) is 'A courtyard with its open issues, the last five that ended, and counts. codes: for the administrator only. Errors: courtyard_unknown 404.';
grant execute on function public.courtyard_card(bigint) to authenticated;
