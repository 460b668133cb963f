-- Gives: the outgoing side: what waits for one hook is claimed as messages a robot's rate limit allows, settled by what became of it, and
-- on Supabase the edge function `send-notices` is called when something waits.
-- To: the sender (that edge function, or the embedded server) with the service key; pg_cron.
--
-- On Supabase: pg_cron calls private.call_sender() every ten seconds, which asks for the edge function by pg_net. Where either extension is
-- missing nothing is scheduled. Two secrets of the vault, by name: `courtyard_functions_url` (https://<project>.supabase.co/functions/v1) and
-- `courtyard_service_key` (the edge function's SUPABASE_SERVICE_ROLE_KEY); until both are there, nothing is called and notices wait.

alter table private.hooks
  add column rests_until timestamptz,
  add column failures integer not null default 0;
comment on column private.hooks.rests_until is 'Nothing is sent to this hook before: a robot between two messages, a receiver that does not answer.';
comment on column private.hooks.failures is 'How many messages in a row did not arrive.';

alter table private.deliveries add column claim uuid;
comment on column private.deliveries.claim is 'The last message this was part of: a robot gets several notices in one.';
create index deliveries_claim on private.deliveries (claim) where state = 'sending';

-- How long to wait after the nth failure in a row: 30 s, then twice as long each time, `most` at most.
create function private.backoff(nth integer, most interval) returns interval
language sql immutable set search_path = '' as $$
  select least(most, interval '30 seconds' * power(2, least(greatest(nth, 1), 12) - 1))
$$;

-- What a message says of a delivery: the issue's number, yard and office, never a person.
create function private.delivery_words(delivery private.deliveries) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', delivery.id, 'notice', n.kind, 'at', n.at, 'number', i.number, 'courtyard', y.name, 'category', k.name,
    'state', i.state, 'due_at', i.due_at, 'office', private.office_name(n.area_id, n.department_id))
  from public.notices n
  join public.issues i on i.id = n.issue_id
  left join public.courtyards y on y.id = i.courtyard_id
  left join public.categories k on k.code = i.category
  where n.id = delivery.notice_id
$$;

-- WeCom and DingTalk robots take 20 messages a minute; DingTalk is deaf for ten minutes to one that sends more. So a robot gets one message at
-- a time, 3.5 s after the one before, with up to 15 notices in it (what a WeCom text of 2,048 bytes holds).
-- Definer: hooks and deliveries are private; only the service key may execute it.
create or replace function public.claim_deliveries(most integer default 10) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  now timestamptz := private.now();
  ready bigint[];
  messages jsonb;
begin
  if not exists (select from private.deliveries d where d.state in ('due', 'sending') and d.next_at <= now) then
    return '[]'::jsonb;
  end if;
  update private.deliveries d set state = case h.kind when 'generic' then 'dead' else 'unsure' end, error = 'sender_vanished'
  from private.hooks h
  where h.id = d.hook_id and d.state = 'sending' and d.next_at <= now and (h.kind <> 'generic' or d.tries >= 8);

  -- a hook is one sender's alone while it claims
  select array_agg(o.id) into ready from (
    select h.id from private.hooks h
    where h.active and coalesce(h.rests_until, '-infinity') <= now
      and exists (select from private.deliveries d where d.hook_id = h.id and d.state in ('due', 'sending') and d.next_at <= now)
    order by h.rests_until nulls first, h.id limit least(greatest(most, 1), 20)
    for no key update skip locked) o;

  with open as materialized (
    select h.id, h.kind, gen_random_uuid() as claim from private.hooks h
    where h.id = any (ready)
      and (h.kind = 'generic' or not exists (select from private.deliveries d where d.hook_id = h.id and d.state = 'sending'))
  ), taken as materialized (
    select d.id, o.kind, case o.kind when 'generic' then gen_random_uuid() else o.claim end as claim
    from open o, lateral (
      select w.id from private.deliveries w where w.hook_id = o.id and w.state in ('due', 'sending') and w.next_at <= now
      order by w.notice_id limit case o.kind when 'generic' then 10 else 15 end for update of w skip locked) d
  ), rested as (
    update private.hooks h set rests_until = now + interval '3.5 seconds'
    from open o where o.id = h.id and o.kind <> 'generic' and exists (select from taken t where t.claim = o.claim)
  ), marked as (
    update private.deliveries d set state = 'sending', tries = d.tries + 1, next_at = now + interval '2 minutes', claim = t.claim
    from taken t where d.id = t.id returning d
  ), grouped as (
    select (m.d).claim, (m.d).hook_id, jsonb_agg(private.delivery_words(m.d) order by (m.d).notice_id) as notices from marked m group by 1, 2
  )
  select coalesce(jsonb_agg(jsonb_build_object('claim', m.claim, 'kind', h.kind, 'url', h.url, 'secret', h.secret, 'notices', m.notices)), '[]') into messages
  from grouped m join private.hooks h on h.id = m.hook_id;
  return messages;
end
$$;
comment on function public.claim_deliveries(integer) is 'For the sender, with the service key: messages to send now, of `most` hooks, [{claim, kind, url, secret, notices: [{id, notice, at, number, courtyard, category, state, due_at, office}]}]. A robot''s message holds several notices, a generic one a single. Each is settled by settle_claim within two minutes.';
grant execute on function public.claim_deliveries(integer) to service_role;

drop function public.settle_delivery(uuid, boolean, text);

-- A delivery is tried eight times, 30 s to an hour apart. A hook that does not answer rests, so that what waits for it is not used up on it.
-- Definer, as claim_deliveries.
create function public.settle_claim(claim uuid, outcome text, error text default null, retry_after integer default null) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  now timestamptz := private.now();
  asked interval := case when retry_after is not null then least(greatest(retry_after, 0), 3600) * interval '1 second' end;
  hook private.hooks;
  became text;
begin
  if outcome is null or outcome not in ('sent', 'refused', 'unreached', 'unsure') then
    perform private.fail(422, 'outcome_unknown', '{}', 'Say sent, refused, unreached or unsure.');
  end if;
  select h.* into hook from private.hooks h
  where h.id = (select d.hook_id from private.deliveries d where d.claim = settle_claim.claim and d.state = 'sending' limit 1) for no key update;
  with settled as (
    update private.deliveries d set
      state = case when outcome = 'sent' then 'sent' when outcome = 'unsure' and hook.kind <> 'generic' then 'unsure' when d.tries >= 8 then 'dead' else 'due' end,
      next_at = now + greatest(private.backoff(d.tries, '1 hour'), asked),
      error = case when outcome <> 'sent' then left(coalesce(settle_claim.error, outcome), 300) end
    where d.claim = settle_claim.claim and d.state = 'sending' returning d.state)
  select string_agg(distinct s.state, ',') into became from settled s;
  -- a generic receiver that refuses one notice may take the next
  if became is not null and outcome = 'sent' then
    update private.hooks h set failures = 0 where h.id = hook.id and h.failures > 0;
  elsif became is not null and (hook.kind <> 'generic' or outcome <> 'refused' or retry_after is not null) then
    update private.hooks h set failures = h.failures + 1,
      rests_until = now + coalesce(asked, private.backoff(h.failures + 1, '10 minutes')) where h.id = hook.id;
  end if;
  return became;
end
$$;
comment on function public.settle_claim(uuid, text, text, integer) is 'For the sender, with the service key: what became of a claimed message. outcome: sent; refused (the receiver said no); unreached (it never arrived); unsure (it may have arrived: a generic receiver gets it again with the same id, of a robot a person decides). retry_after: seconds the receiver asked for, an hour counts at most. Returns the state it has now: sent, due (again later), unsure or dead; null when it was not being sent. Errors: outcome_unknown 422.';
grant execute on function public.settle_claim(uuid, text, text, integer) to service_role;

-- A person who sends again has seen to the receiver: it rests no longer.
create or replace function public.retry_delivery(id uuid) returns boolean
language sql volatile security definer set search_path = '' as $$
  with again as (
    update private.deliveries d set state = 'due', tries = 0, next_at = private.now(), error = null
    from private.hooks h
    where d.id = retry_delivery.id and d.state in ('dead', 'unsure') and h.id = d.hook_id and h.street_id = private.administered_street()
    returning d.hook_id
  ), awake as (
    update private.hooks h set failures = 0, rests_until = private.now()
    from again a where h.id = a.hook_id and h.rests_until > private.now()
  )
  select true from again
$$;

-- Tells the embedded server at once; a sender that does not listen finds it when it looks.
create function private.wake_sender() returns trigger
language plpgsql set search_path = '' as $$
begin
  perform pg_notify('deliveries', '');
  return null;
end
$$;
create trigger wake_sender after insert or update on private.deliveries
  for each row when (new.state = 'due' and new.tries = 0) execute function private.wake_sender();

-- Calls the edge function when something is due. Definer: reads the vault; nobody else may execute it.
create function private.call_sender() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  secrets regclass := to_regclass('vault.decrypted_secrets');
  post regproc := to_regproc('net.http_post');
  known jsonb;
begin
  if secrets is null or post is null or not exists (
    select from private.deliveries d join private.hooks h on h.id = d.hook_id
    where d.state in ('due', 'sending') and d.next_at <= private.now() and (d.state = 'sending' or h.active and coalesce(h.rests_until, '-infinity') <= private.now())) then
    return;
  end if;
  execute format('select jsonb_object_agg(name, decrypted_secret) from %s where name in (%L, %L)',
    secrets, 'courtyard_functions_url', 'courtyard_service_key') into known;
  if known ?& array['courtyard_functions_url', 'courtyard_service_key'] then
    execute format('select %s(url := $1, headers := $2, body := $3, timeout_milliseconds := 60000)', post)
      using rtrim(known ->> 'courtyard_functions_url', '/') || '/send-notices',
        jsonb_build_object('content-type', 'application/json', 'authorization', 'Bearer ' || (known ->> 'courtyard_service_key')), '{}'::jsonb;
  end if;
end
$$;

do $$
declare
  loaded text := current_setting('shared_preload_libraries');
begin
  if loaded like '%pg_cron%' and loaded like '%pg_net%'
    and 2 = (select count(*) from pg_available_extensions where name in ('pg_cron', 'pg_net')) then
    create extension if not exists pg_cron;
    create extension if not exists pg_net with schema extensions;
    begin
      perform cron.schedule('courtyard-send', '10 seconds', 'select private.call_sender()');
    exception when others then
      -- pg_cron before 1.5 knows no seconds
      perform cron.schedule('courtyard-send', '* * * * *', 'select private.call_sender()');
    end;
  end if;
end
$$;
