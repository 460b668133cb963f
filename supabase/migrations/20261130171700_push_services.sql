-- Gives: web push that reaches the push services of browsers and nobody else, loses no news that comes while one is being sent, and starts
-- anew when the sender's key is another one.
-- To: anyone with the tracking key subscribes; the sender claims and settles with the service key; who runs the server adds a service in SQL.

create table private.push_services (
  -- one that begins with a dot: every host below it
  host text primary key check (host ~ '^\.?[a-z0-9][a-z0-9.-]*(:[0-9]+)?$')
);
comment on table private.push_services is 'Where pushes may be sent: a browser names the address, and the sender asks no other host for anyone.';
insert into private.push_services (host) values
  ('fcm.googleapis.com'), ('jmt17.google.com'), ('.push.services.mozilla.com'), ('.notify.windows.com'), ('.push.apple.com');

-- http only to this machine, for a push service of one's own; the host ends at its slash, so that nothing before an @ passes for it.
create function private.is_push_address(endpoint text) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select from private.push_services s,
      lower(coalesce(substring(endpoint from '^https://([A-Za-z0-9.-]+(?::[0-9]+)?)/'), substring(endpoint from '^http://((?:127\.0\.0\.1|localhost):[0-9]+)/'))) as h (host)
    where h.host = s.host or left(s.host, 1) = '.' and right(h.host, char_length(s.host)) = s.host)
$$;

alter table private.push_subscriptions
  drop constraint push_subscriptions_endpoint_check,
  add constraint push_subscriptions_endpoint_check check (endpoint ~ '^https?://' and char_length(endpoint) <= 1000);
alter table private.pushes add column again boolean not null default false;
comment on column private.pushes.again is 'More news came since it was claimed: it may not be in what the phone saw.';

-- Definer, all below: the key is the permission, or the service key.
create or replace function public.follow_by_push(key text, endpoint text, p256dh text, auth text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  issue public.issues := private.issue_of_key(key);
begin
  if not private.is_push_address(endpoint) then
    perform private.fail(422, 'field_malformed', '{"field":"endpoint"}', 'Whoever runs this server lists the push services it asks.');
  end if;
  if (select count(*) from private.push_subscriptions s where s.issue_id = issue.id and s.endpoint <> follow_by_push.endpoint) >= 5 then
    delete from private.push_subscriptions s where s.id = (select min(o.id) from private.push_subscriptions o where o.issue_id = issue.id);
  end if;
  insert into private.push_subscriptions as s (issue_id, endpoint, p256dh, auth) values (issue.id, follow_by_push.endpoint, follow_by_push.p256dh, follow_by_push.auth)
  on conflict on constraint push_subscriptions_issue_id_endpoint_key do update set p256dh = excluded.p256dh, auth = excluded.auth;
exception when check_violation then
  perform private.fail(422, 'field_malformed', '{"field":"endpoint"}', 'The browser gave an address that is none.');
end
$$;

create or replace function public.set_push_key(public_key text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into private.push_keys as k (public_key) values (set_push_key.public_key)
  on conflict on constraint push_keys_pkey do update set public_key = excluded.public_key where k.public_key <> excluded.public_key;
  if found then
    -- whoever subscribed with another key is reached with this one no more
    delete from private.push_subscriptions;
  end if;
end
$$;

create or replace function private.queue_pushes() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.pushes as p (subscription_id, at, next_at)
  select s.id, new.at, new.at from private.push_subscriptions s
  where s.issue_id = new.issue_id or s.issue_id in (select i.id from public.issues i where i.merged_into = new.issue_id)
  on conflict on constraint pushes_subscription_id_key do update set again = true where p.tries > 0;
  if found then
    perform pg_notify('deliveries', '');
  end if;
  return null;
end
$$;

create or replace function public.claim_pushes(most integer default 20) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  claimed jsonb;
begin
  with taken as (
    select p.id from private.pushes p where p.next_at <= private.now() order by p.next_at limit least(greatest(most, 1), 100) for update skip locked
  ), marked as (
    update private.pushes p set tries = p.tries + 1, again = false, next_at = private.now() + interval '2 minutes' from taken t where p.id = t.id returning p.*
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth, 'number', i.number)), '[]')
  into claimed
  from marked m join private.push_subscriptions s on s.id = m.subscription_id join public.issues i on i.id = s.issue_id;
  return claimed;
end
$$;
comment on function public.claim_pushes(integer) is 'For the sender, with the service key: pushes to send now [{id, endpoint, p256dh, auth, number}]; each settled within two minutes.';

create or replace function public.settle_push(id bigint, outcome text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if outcome is null or outcome not in ('sent', 'gone', 'failed') then
    perform private.fail(422, 'outcome_unknown', '{}', 'Say sent, gone or failed.');
  elsif outcome = 'gone' then
    delete from private.push_subscriptions s using private.pushes p where p.id = settle_push.id and s.id = p.subscription_id;
  elsif outcome = 'sent' then
    delete from private.pushes p where p.id = settle_push.id and not p.again;
    update private.pushes p set again = false, tries = 0, next_at = private.now() where p.id = settle_push.id;
  else
    delete from private.pushes p where p.id = settle_push.id and p.tries >= 8;
    update private.pushes p set next_at = private.now() + private.backoff(p.tries, interval '1 hour') where p.id = settle_push.id;
  end if;
end
$$;
comment on function public.settle_push(bigint, text) is 'For the sender: sent; gone (the phone is reached no more); or failed, to be tried again up to eight times. Errors: outcome_unknown 422.';

-- Something the sender could send now. Definer by its caller.
create function private.something_to_send() returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select from private.deliveries d join private.hooks h on h.id = d.hook_id
    where d.state in ('due', 'sending') and d.next_at <= private.now()
      and (d.state = 'sending' or h.active and coalesce(h.rests_until, '-infinity') <= private.now()))
  or exists (select from private.pushes p where p.next_at <= private.now())
$$;

create or replace function private.call_sender() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  secrets regclass := to_regclass('vault.decrypted_secrets');
  post regproc := to_regproc('net.http_post');
  known jsonb;
begin
  if secrets is null or post is null or not private.something_to_send() then
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
