-- Gives: rounds that open and remind by themselves, notices about archives, and requests that are answered once.
-- To: private.tick; staff read the notices of their office.

alter table public.notices alter column issue_id drop not null;
alter table public.notices drop constraint notices_kind_check;
alter table public.notices
  add column courtyard_id bigint references public.courtyards (id),
  add column quarter text,
  add constraint notices_kind_check check (kind in ('arrived', 'warned', 'late', 'climbed', 'asked', 'granted', 'refused', 'sent_back', 'verify', 'not_ok',
    'answered_no', 'reopened', 'withdrawn', 'task', 'task_done', 'task_waived', 'letter_due',
    'round_opened', 'round_due', 'round_late', 'round_returned', 'hazard_due', 'hazard_late', 'offer_claimed')),
  add constraint notices_about check (num_nonnulls(issue_id, courtyard_id, quarter) > 0);
create index notices_courtyard on public.notices (courtyard_id) where courtyard_id is not null;

create view public.archive_notices with (security_invoker = true) as
select n.id, n.at, n.kind, n.quarter, n.courtyard_id, y.name as courtyard, n.id > (select private.my_notice_mark()) as unread
from public.notices n left join public.courtyards y on y.id = n.courtyard_id
where n.issue_id is null;
comment on view public.archive_notices is 'The notices of the caller''s office about archives: round_opened, round_due, round_late, round_returned, hazard_due, hazard_late, offer_claimed. Marked as read by read_notices, as the others.';
grant select on public.archive_notices to authenticated;

create table private.archive_requests (
  request_id uuid primary key,
  person_id uuid not null references public.people (id),
  at timestamptz not null,
  answer jsonb not null
);
comment on table private.archive_requests is 'What was answered to a request that changed an archive, so that one sent twice from a bad line happens once; kept for 30 days.';
create index archive_requests_person on private.archive_requests (person_id);
create index archive_requests_at on private.archive_requests (at);

-- The answer this request got before; null when it is new. A second one at the same moment waits for the first.
create function private.answered(request uuid) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  if auth.uid() is null then
    perform private.fail(401, 'not_signed_in', '{}', 'Sign in.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended(request::text, 5)) where request is not null;
  return (select r.answer from private.archive_requests r where r.request_id = request and r.person_id = auth.uid());
end
$$;

create function private.keep_answer(request uuid, answer jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  if request is not null then
    insert into private.archive_requests values (request, auth.uid(), private.now(), answer);
  end if;
  return answer;
exception when unique_violation then
  perform private.fail(409, 'request_taken', '{}', 'Send it again under a number of its own.');
  return null;
end
$$;

-- One entry of an archive's history, by whoever is signed in.
create function private.log_archive(yard bigint, subject text, key text, action text, payload jsonb default '{}') returns void
language sql volatile set search_path = '' as $$
  insert into private.archive_events (at, courtyard_id, subject, key, action, person_id, office_area_id, payload)
  select private.now(), yard, subject, key, action, auth.uid(), (select m.area_id from private.my_memberships() m where m.area_id is not null order by m.id limit 1), payload
$$;

-- The first day of a quarter on which the office is open.
create function private.round_opens(quarter text) returns date
language sql stable set search_path = '' as $$
  select min(d::date) from generate_series(private.quarter_start(quarter), private.quarter_start(quarter) + 20, interval '1 day') d
  where exists (select from private.open_spans(d::date))
$$;

-- Opens the round of every street whose quarter has begun, once, and tells its communities. Gives the yards concerned.
create function private.open_rounds() returns bigint[]
language plpgsql volatile set search_path = '' as $$
declare
  now timestamptz := private.now();
  this_quarter text := private.quarter_of(now);
  opened bigint[];
begin
  if not exists (select from public.courtyards) or exists (select from public.rounds r where r.quarter = this_quarter having count(*) = (select count(distinct c.street_id) from public.courtyards c))
    or now < (private.round_opens(this_quarter) + time '00:00') at time zone 'Asia/Shanghai' then
    return array[]::bigint[];
  end if;
  with made as (
    insert into public.rounds (street_id, quarter, opened_at, due_on, reminded)
    select distinct c.street_id, this_quarter, now, (private.quarter_start(this_quarter) + interval '2 months' - interval '1 day')::date, jsonb_build_object('opened', now)
    from public.courtyards c on conflict do nothing returning street_id
  ), told as (
    insert into public.notices (at, kind, quarter, area_id)
    select now, 'round_opened', this_quarter, a.id from made m join public.areas a on a.level = 'community' and m.street_id = any (a.path)
  )
  select array_agg(c.id) into opened from made m join public.courtyards c on c.street_id = m.street_id;
  return coalesce(opened, array[]::bigint[]);
end
$$;

-- The communities of a round that have yards neither submitted nor confirmed.
create function private.communities_behind(round public.rounds) returns setof bigint
language sql stable set search_path = '' as $$
  select distinct c.community_id from public.courtyards c
  where c.street_id = round.street_id
    and not exists (select from private.profiles p where p.courtyard_id = c.id and p.quarter = round.quarter and p.state in ('submitted', 'confirmed'))
$$;

-- Reminds once ten days and once three days before a round is due, and once when it is late; then the street as well.
create function private.remind_rounds() returns void
language plpgsql volatile set search_path = '' as $$
declare
  now timestamptz := private.now();
  today date := (now at time zone 'Asia/Shanghai')::date;
  round public.rounds;
  step text;
begin
  for round in
    select r.* from public.rounds r where r.quarter = private.quarter_of(now) and today >= r.due_on - 10 for update skip locked
  loop
    step := case when today > round.due_on then 'late' when today >= round.due_on - 3 then 'last' else 'soon' end;
    continue when round.reminded ? step;
    update public.rounds r set reminded = r.reminded || jsonb_build_object(step, now) where r.street_id = round.street_id and r.quarter = round.quarter;
    insert into public.notices (at, kind, quarter, area_id)
    select now, case step when 'late' then 'round_late' else 'round_due' end, round.quarter, office
    from (
      select private.communities_behind(round) as office
      union
      select round.street_id where step = 'late' and exists (select private.communities_behind(round))) told;
  end loop;
end
$$;

create or replace function private.archive_tick() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  changed bigint[] := private.open_rounds() || private.age_labels() || private.derive_labels();
begin
  perform private.remind_rounds();
  if changed <> '{}' then
    perform private.tell_archives(changed);
  end if;
  delete from private.archive_requests r where r.at < private.now() - interval '30 days';
end
$$;
