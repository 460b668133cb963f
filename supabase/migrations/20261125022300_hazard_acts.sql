-- Gives: act_on_hazard, by which a hazard is looked at, mended, or becomes an issue in one press and closes with it.
-- To: who tends the yard.

-- A whole number out of a payload; refuses anything else.
create function private.integer_of(name text, given jsonb) returns integer
language plpgsql immutable set search_path = '' as $$
begin
  if jsonb_typeof(given) is distinct from 'number' or given #>> '{}' !~ '^[0-9]{1,6}$' then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Give a whole number.');
  end if;
  return (given #>> '{}')::integer;
end
$$;

-- The evening of a day (YYYY-MM-DD) in Chinese time; null for none.
create function private.evening_of(name text, given text) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  if given !~ '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Give a day as YYYY-MM-DD.');
  end if;
  return (given::date + time '18:00') at time zone 'Asia/Shanghai';
exception when datetime_field_overflow then
  perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Give a day that exists.');
  return null;
end
$$;

-- Reports a hazard as an issue of its kind's category, through the loop's own door.
create function private.report_hazard(hazard public.hazards, yard public.courtyards) returns public.issues
language plpgsql volatile set search_path = '' as $$
declare
  kind public.categories;
  who public.issue_events;
  office public.memberships := private.counter_of(yard);
  made public.issues;
begin
  select c.* into kind from public.place_kinds k join public.categories c on c.code = case when exists (
    select from public.categories a where a.code = k.category and a.active) then k.category else 'other' end where k.code = hazard.kind;
  who.actor := office.role;
  who.person_id := auth.uid();
  who.office_area_id := office.area_id;
  who.payload := jsonb_build_object('channel', 'visit', 'hazard_id', hazard.id);
  made := private.open_issue(yard, kind, hazard.what, null, hazard.point, who);
  insert into private.reporters (issue_id, key_hash, body_hash, name, lang)
  values (made.id, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), '', private.office_name(office.area_id, null), 'zh');
  return made;
end
$$;

create function public.act_on_hazard(id bigint, action text, version integer, payload jsonb default '{}', request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answer jsonb := private.answered(request_id);
  facts jsonb := coalesce(payload, '{}');
  hazard public.hazards;
  yard public.courtyards;
  issue public.issues;
  now timestamptz := private.now();
begin
  if answer is not null then
    return answer;
  end if;
  select h.* into hazard from public.hazards h where h.id = act_on_hazard.id for update;
  yard := private.check_place(hazard.version, act_on_hazard.version, hazard.courtyard_id);
  perform private.choice('action', action, case when hazard.ended_at is null then '{edit,inspect,mend,mended,dismiss,report}'::text[] else '{reopen}' end);
  if action in ('mended', 'dismiss') and exists (select from public.issues i where i.id = hazard.issue_id and i.state in ('submitted', 'handling', 'resolved')) then
    perform private.fail(409, 'hazard_in_issue', jsonb_build_object('issue_id', hazard.issue_id), 'It closes with its issue: resolve that.');
  elsif action = 'report' then
    if hazard.issue_id is not null then
      perform private.fail(409, 'hazard_in_issue', jsonb_build_object('issue_id', hazard.issue_id), 'It is an issue already.');
    end if;
    issue := private.report_hazard(hazard, yard);
  end if;
  update public.hazards h set updated_at = now,
    what = case when action = 'edit' and facts ? 'what' then private.field('what', facts ->> 'what', 200, true) else h.what end,
    level = case when action = 'edit' and facts ? 'level' then private.whole_number('level', private.integer_of('level', facts -> 'level'), 1, 3) else h.level end,
    inspect_days = case when action = 'edit' and facts ? 'inspect_days' then private.whole_number('inspect_days', private.integer_of('inspect_days', facts -> 'inspect_days'), 1, 365) else h.inspect_days end,
    mender = case when action in ('edit', 'mend') and facts ? 'mender' then private.field('mender', facts ->> 'mender', 60, action = 'mend') else h.mender end,
    due_at = case when action in ('edit', 'mend') and facts ? 'due_on' then private.evening_of('due_on', facts ->> 'due_on') else h.due_at end,
    inspected_at = case when action = 'inspect' then now else h.inspected_at end,
    state = case action when 'mend' then 'mending' when 'mended' then 'mended' when 'dismiss' then 'dismissed' when 'reopen' then 'open' when 'report' then 'mending' else h.state end,
    ended_at = case when action in ('mended', 'dismiss') then now when action = 'reopen' then null else h.ended_at end,
    issue_id = case action when 'report' then issue.id when 'reopen' then null else h.issue_id end
  where h.id = hazard.id;
  return private.end_place(yard.id, 'hazard', hazard.id, action,
    jsonb_strip_nulls(jsonb_build_object('note', private.field('note', coalesce(facts ->> 'note', facts ->> 'reason'), 200, action = 'dismiss'), 'mender', case when action = 'mend' then facts ->> 'mender' end,
      'number', issue.number)), request_id, case when issue.id is null then '{}' else jsonb_build_object('issue_id', issue.id, 'number', issue.number) end);
end
$$;
comment on function public.act_on_hazard(bigint, text, integer, jsonb, uuid) is 'edit {what, level, mender, due_on, inspect_days}, inspect {note}, mend {mender, due_on}, mended {note}, dismiss {reason}, reopen, or report a hazard as it was at `version`; report makes it an issue, with which it closes. Returns {id, version} and of report {issue_id, number}. Errors: place_unknown, courtyard_unknown 404, place_not_allowed 403, stale_version, hazard_in_issue 409 {issue_id}, field_missing, field_too_long, field_malformed 422.';
grant execute on function public.act_on_hazard(bigint, text, integer, jsonb, uuid) to authenticated;

-- A hazard ends with the issue it became; where that was declined or withdrawn, it is open again.
create function private.close_hazard() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  hazard public.hazards;
begin
  for hazard in
    update public.hazards h set updated_at = private.now(), state = case new.state when 'closed' then 'mended' else 'open' end,
      ended_at = case new.state when 'closed' then private.now() end, issue_id = case new.state when 'closed' then h.issue_id end
    where h.issue_id = new.id and h.ended_at is null returning h.*
  loop
    insert into private.archive_events (at, courtyard_id, subject, key, action, payload)
    values (private.now(), hazard.courtyard_id, 'hazard', hazard.id::text, case new.state when 'closed' then 'closed_with_issue' else 'issue_ended' end, jsonb_build_object('number', new.number, 'state', new.state));
    perform private.tell_archives(array[hazard.courtyard_id]);
  end loop;
  return null;
end
$$;
create trigger close_hazard after update of state on public.issues
  for each row when (new.state in ('closed', 'declined', 'withdrawn') and old.state <> new.state) execute function private.close_hazard();

-- Tells a yard's grid and community, once a time, that a hazard has to be looked at, or that it is past its day.
create table private.hazard_rings (
  hazard_id bigint not null references public.hazards (id),
  kind text not null check (kind in ('hazard_due', 'hazard_late')),
  moment timestamptz not null,
  primary key (hazard_id, kind, moment)
);
comment on table private.hazard_rings is 'Which hazard was told of when: each inspection and each due day once.';

create function private.ring_hazards() returns void
language sql volatile set search_path = '' as $$
  with due as (
    select h.id, h.courtyard_id, m.kind, m.moment from public.hazards h, lateral (values
      ('hazard_due', h.inspected_at + make_interval(days => h.inspect_days)), ('hazard_late', h.due_at)) m (kind, moment)
    where h.state in ('open', 'mending') and m.moment <= private.now()
  ), rung as (
    insert into private.hazard_rings select d.id, d.kind, d.moment from due d on conflict do nothing returning hazard_id, kind
  ), late as (
    insert into private.label_dirty (courtyard_id, label_id)
    select h.courtyard_id, l.id from rung r join public.hazards h on h.id = r.hazard_id, public.labels l where r.kind = 'hazard_late' and l.active and l.rule::text like '%"late"%'
  )
  insert into public.notices (at, kind, courtyard_id, area_id)
  select private.now(), r.kind, c.id, office from (select distinct r.kind, h.courtyard_id from rung r join public.hazards h on h.id = r.hazard_id) r
  join public.courtyards c on c.id = r.courtyard_id, unnest(case r.kind when 'hazard_due' then array[c.grid_id] else array[c.grid_id, c.community_id] end) office
$$;

create or replace function private.archive_tick() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  changed bigint[];
begin
  perform private.ring_hazards();
  changed := private.open_rounds() || private.age_labels() || private.derive_labels();
  perform private.remind_rounds();
  if changed <> '{}' then
    perform private.tell_archives(changed);
  end if;
  delete from private.archive_requests r where r.at < private.now() - interval '30 days';
end
$$;
