-- Gives: notices about archives among the others: in the office's list, and sent to the webhooks that want them.
-- To: staff, those of their office; the sender.

create or replace view public.notice_cards with (security_invoker = true) as
select n.id, n.at, n.kind, n.issue_id, i.number, i.what, i.state, y.name as courtyard, n.id > (select private.my_notice_mark()) as unread,
  y.id as courtyard_id, n.quarter
from public.notices n
left join public.issues i on i.id = n.issue_id
left join public.courtyards y on y.id = coalesce(n.courtyard_id, i.courtyard_id)
-- of an issue that the caller does not read nothing is said
where n.issue_id is null or i.id is not null;
comment on view public.notice_cards is 'The notices of the caller''s office, with the issue, the courtyard or the quarter they are about; unread: newer than what the caller has read.';

-- One list has them all.
drop view public.archive_notices;

create or replace function private.queue_deliveries() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.deliveries (notice_id, hook_id, next_at)
  select new.id, h.id, new.at
  from private.hooks h, lateral (
    select i.street_id, i.community_id from public.issues i where i.id = new.issue_id
    union all
    select private.area_above(new.area_id, 'street'), private.area_above(new.area_id, 'community') where new.issue_id is null) about
  where h.active and h.audience = 'office' and h.street_id = about.street_id and (h.kinds = '{}' or new.kind = any (h.kinds))
    and (h.area_id is null or h.area_id in (new.area_id, about.community_id)) and (h.department_id is null or h.department_id = new.department_id);
  return null;
end
$$;

-- What a message says of a delivery: the issue's number, yard and office, or the yard and the round's last day; a person's phone
-- number only to the office's own gateway.
create or replace function private.delivery_words(delivery private.deliveries) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', delivery.id, 'notice', n.kind, 'at', n.at, 'number', i.number, 'courtyard', y.name, 'category', k.name,
    'state', i.state, 'due_at', coalesce(i.due_at, (r.due_on + time '23:59') at time zone 'Asia/Shanghai'), 'office', private.office_name(n.area_id, n.department_id))
  from public.notices n
  left join public.issues i on i.id = n.issue_id
  left join public.courtyards y on y.id = coalesce(n.courtyard_id, i.courtyard_id)
  left join public.categories k on k.code = i.category
  left join public.rounds r on n.issue_id is null and r.quarter = n.quarter and r.street_id = private.area_above(n.area_id, 'street')
  where n.id = delivery.notice_id
  union all
  select jsonb_build_object('id', delivery.id, 'notice', concat_ws('.', e.action, e.payload ->> 'outcome'), 'at', e.at, 'number', i.number, 'courtyard', y.name,
    'category', k.name, 'state', o.state, 'due_at', o.due_at, 'office', private.office_name(o.holder_area_id, o.holder_department_id),
    'phone', r.phone, 'lang', r.lang)
  from public.issue_events e
  join public.issues o on o.id = e.issue_id
  join public.issues i on i.id = delivery.issue_id
  join private.reporters r on r.issue_id = i.id
  left join public.courtyards y on y.id = i.courtyard_id
  left join public.categories k on k.code = i.category
  where e.issue_id = delivery.step_of and e.seq = delivery.seq
$$;

comment on function public.claim_deliveries(integer) is 'For the sender, with the service key: messages to send now, of `most` hooks, [{claim, kind, url, secret, notices: [{id, notice, at, number, courtyard, category, state, due_at, office}]}]; number and state are null where it is about an archive. A robot''s message holds several notices, a generic one a single. Each is settled by settle_claim within two minutes.';

create or replace function public.dead_letters() returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'hook', h.name, 'state', d.state, 'tries', d.tries, 'error', d.error,
    'notice', coalesce(n.kind, 'step'), 'at', coalesce(n.at, e.at), 'number', coalesce(i.number, y.name, private.office_name(n.area_id, n.department_id)))
    order by coalesce(n.at, e.at) desc), '[]')
  from private.deliveries d
  join private.hooks h on h.id = d.hook_id and h.street_id = private.administered_street()
  left join public.notices n on n.id = d.notice_id
  left join public.issue_events e on e.issue_id = d.step_of and e.seq = d.seq
  left join public.issues i on i.id = coalesce(d.issue_id, n.issue_id)
  left join public.courtyards y on y.id = n.courtyard_id
  where d.state in ('dead', 'unsure')
$$;
