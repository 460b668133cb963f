-- Gives: the steps of a report told to its resident's phone number, where the resident left one and no browser of theirs is told: by the
-- office's own gateway for SMS or WeCom, a signed webhook for residents' messages, through the outbox and with its retries.
-- To: the administrator keeps the webhook; the sender claims and settles with the service key.
-- The number leaves for that gateway alone and is read when the message is claimed: no queue, log or dead letter holds it.

alter table private.hooks
  add column audience text not null default 'office' check (audience in ('office', 'residents')),
  add constraint hooks_for_residents check (audience = 'office' or kind = 'generic' and secret is not null and department_id is null);
comment on column private.hooks.audience is 'Who is meant: offices get notices; residents the steps of their reports, by a gateway that gets their phone numbers.';

alter table private.deliveries
  alter column notice_id drop not null,
  add column issue_id bigint references public.issues (id),
  add column step_of bigint,
  add column seq integer,
  add constraint deliveries_step foreign key (step_of, seq) references public.issue_events (issue_id, seq),
  add constraint deliveries_either check ((notice_id is null) = (issue_id is not null and step_of is not null and seq is not null)),
  add constraint deliveries_step_once unique (issue_id, step_of, seq, hook_id);
comment on column private.deliveries.issue_id is 'A step told to the resident of this report; null: a notice to an office.';
comment on column private.deliveries.step_of is 'The report the step is of: another one when theirs was merged into it.';
create index deliveries_steps on private.deliveries (step_of, seq) where step_of is not null;

create or replace function private.queue_deliveries() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.deliveries (notice_id, hook_id, next_at)
  select new.id, h.id, new.at
  from private.hooks h
  join public.issues i on i.id = new.issue_id
  where h.active and h.audience = 'office' and h.street_id = i.street_id and (h.kinds = '{}' or new.kind = any (h.kinds))
    and (h.area_id is null or h.area_id in (new.area_id, i.community_id)) and (h.department_id is null or h.department_id = new.department_id);
  return null;
end
$$;

-- Every public step that is not the resident's own, as for pushes.
create function private.queue_resident_messages() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.deliveries (issue_id, step_of, seq, hook_id, next_at)
  select i.id, new.issue_id, new.seq, h.id, new.at
  from public.issues i
  join private.reporters r on r.issue_id = i.id and r.phone is not null and r.forgotten_at is null
  join private.hooks h on h.active and h.audience = 'residents' and h.street_id = i.street_id and (h.area_id is null or h.area_id = i.community_id)
  where (i.id = new.issue_id or i.merged_into = new.issue_id)
    and not exists (select from private.push_subscriptions s where s.issue_id = i.id);
  return null;
end
$$;
create trigger queue_resident_messages after insert on public.issue_events
  for each row when (new.is_public and new.actor <> 'resident') execute function private.queue_resident_messages();

-- What is still to be told is told to nobody once the number is gone.
create function private.drop_resident_messages() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from private.deliveries d where d.issue_id = new.issue_id and d.state <> 'sent';
  return null;
end
$$;
create trigger drop_resident_messages after update of phone on private.reporters
  for each row when (old.phone is not null and new.phone is null) execute function private.drop_resident_messages();

-- What a message says of a delivery: the issue's number, yard and office; a person's phone number only to the office's own gateway.
create or replace function private.delivery_words(delivery private.deliveries) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', delivery.id, 'notice', n.kind, 'at', n.at, 'number', i.number, 'courtyard', y.name, 'category', k.name,
    'state', i.state, 'due_at', i.due_at, 'office', private.office_name(n.area_id, n.department_id))
  from public.notices n
  join public.issues i on i.id = n.issue_id
  left join public.courtyards y on y.id = i.courtyard_id
  left join public.categories k on k.code = i.category
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

create or replace function public.dead_letters() returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'hook', h.name, 'state', d.state, 'tries', d.tries, 'error', d.error,
    'notice', coalesce(n.kind, 'step'), 'at', coalesce(n.at, e.at), 'number', i.number) order by coalesce(n.at, e.at) desc), '[]')
  from private.deliveries d
  join private.hooks h on h.id = d.hook_id and h.street_id = private.administered_street()
  left join public.notices n on n.id = d.notice_id
  left join public.issue_events e on e.issue_id = d.step_of and e.seq = d.seq
  join public.issues i on i.id = coalesce(d.issue_id, n.issue_id)
  where d.state in ('dead', 'unsure')
$$;

drop function public.save_hook(text, text, text, bigint, text, text[], bigint, bigint, boolean);

-- Definer: hooks are private; only the street's administrator passes.
create function public.save_hook(name text, kind text, url text, id bigint default null, secret text default null, kinds text[] default '{}',
  area_id bigint default null, department_id bigint default null, active boolean default true, audience text default 'office') returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  street bigint := private.administered_street();
  clean_secret text := private.clean(secret);
  saved bigint;
begin
  if kind not in ('wecom', 'dingtalk', 'generic') or url !~ '^https://[^[:space:]]+$' and url !~ '^http://(127\.0\.0\.1|localhost)[:/]' then
    perform private.fail(422, 'hook_malformed', '{"field":"url"}', 'Give an https address, and the kind of robot.');
  elsif audience is null or audience not in ('office', 'residents') or audience = 'residents' and kind <> 'generic' then
    perform private.fail(422, 'hook_malformed', '{"field":"audience"}', 'A robot in a group must not get residents'' phone numbers: give a gateway of your own.');
  elsif audience = 'residents' and clean_secret is null
    and not exists (select from private.hooks h where h.id = save_hook.id and h.street_id = street and h.secret is not null) then
    perform private.fail(422, 'field_missing', '{"field":"secret"}', 'Messages with phone numbers are signed: give a secret.');
  end if;
  insert into private.hooks as h (id, street_id, name, kind, url, secret, kinds, area_id, department_id, active, audience)
  values (coalesce(save_hook.id, nextval(pg_get_serial_sequence('private.hooks', 'id'))), street, private.field('name', save_hook.name, 60, true),
    save_hook.kind, save_hook.url, coalesce(clean_secret, (select o.secret from private.hooks o where o.id = save_hook.id and o.street_id = street)),
    case audience when 'office' then coalesce(save_hook.kinds, '{}') else '{}' end, save_hook.area_id,
    case audience when 'office' then save_hook.department_id end, save_hook.active, save_hook.audience)
  on conflict on constraint hooks_pkey do update set name = excluded.name, kind = excluded.kind, url = excluded.url,
    secret = excluded.secret, kinds = excluded.kinds, area_id = excluded.area_id,
    department_id = excluded.department_id, active = excluded.active, audience = excluded.audience
  where h.street_id = street
  returning h.id into saved;
  return saved;
end
$$;
comment on function public.save_hook(text, text, text, bigint, text, text[], bigint, bigint, boolean, text) is 'Adds a webhook, or changes the one of this id; a secret left out stays. audience: office (notices), or residents (steps of their reports with their phone numbers; kind generic, with a secret). Returns its id. Errors: admin_only 403, hook_malformed, field_missing 422.';
grant execute on function public.save_hook(text, text, text, bigint, text, text[], bigint, bigint, boolean, text) to authenticated;

-- A hook that turns from one audience to the other takes nothing with it.
create function private.turn_hook() returns trigger
language plpgsql set search_path = '' as $$
begin
  delete from private.deliveries d where d.hook_id = new.id and d.state <> 'sent' and (d.notice_id is null) = (new.audience = 'office');
  return null;
end
$$;
create trigger turn_hook after update of audience on private.hooks
  for each row when (old.audience <> new.audience) execute function private.turn_hook();

-- who is meant is part of a hook's history
drop trigger log_change on private.hooks;
create trigger log_change after insert or delete on private.hooks for each row
  execute function private.log_change('hook', 'id', '{name,kind,audience,kinds,active}');
drop trigger log_update on private.hooks;
create trigger log_update after update on private.hooks for each row when (old.* is distinct from new.*)
  execute function private.log_change('hook', 'id', '{name,kind,audience,kinds,active}');
