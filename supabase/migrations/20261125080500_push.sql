-- Gives: the resident's phone told of each step by web push, where it has asked for that; the sender claims and settles as for notices.
-- To: anyone with the tracking key subscribes; the sender (the embedded server or an edge function) sends with the service key.
-- A push says that there is news, never what: the phone asks with its own key.

create table private.push_keys (
  single boolean primary key default true check (single),
  public_key text not null check (public_key ~ '^[A-Za-z0-9_-]{87}$')
);
comment on table private.push_keys is 'The sender''s public VAPID key; the private one never leaves the sender.';

create table private.push_subscriptions (
  id bigint generated always as identity primary key,
  issue_id bigint not null references public.issues (id) on delete cascade,
  endpoint text not null check (endpoint ~ '^https://' and char_length(endpoint) <= 1000),
  p256dh text not null check (p256dh ~ '^[A-Za-z0-9_-]{80,100}$'),
  auth text not null check (auth ~ '^[A-Za-z0-9_-]{16,40}$'),
  unique (issue_id, endpoint)
);
comment on table private.push_subscriptions is 'Phones that want to hear of a report.';

create table private.pushes (
  id bigint generated always as identity primary key,
  subscription_id bigint not null references private.push_subscriptions (id) on delete cascade,
  at timestamptz not null,
  tries integer not null default 0,
  next_at timestamptz not null,
  unique (subscription_id)
);
comment on table private.pushes is 'One waiting push a phone and report: news that comes before it is sent is in it too.';
create index pushes_next on private.pushes (next_at);

-- Definer, all below: the key is the permission, or the service key.
create function public.push_key() returns text
language sql stable security definer set search_path = '' as $$
  select k.public_key from private.push_keys k
$$;
comment on function public.push_key() is 'The public VAPID key to subscribe with; null where this server sends no push.';
grant execute on function public.push_key() to anon, authenticated;

create function public.set_push_key(public_key text) returns void
language sql volatile security definer set search_path = '' as $$
  insert into private.push_keys as k (public_key) values (set_push_key.public_key)
  on conflict on constraint push_keys_pkey do update set public_key = excluded.public_key where k.public_key <> excluded.public_key
$$;
comment on function public.set_push_key(text) is 'For the sender, with the service key: the public half of its VAPID key.';
grant execute on function public.set_push_key(text) to service_role;

create function public.follow_by_push(key text, endpoint text, p256dh text, auth text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  issue public.issues := private.issue_of_key(key);
begin
  if (select count(*) from private.push_subscriptions s where s.issue_id = issue.id) >= 5 then
    delete from private.push_subscriptions s where s.id = (select min(o.id) from private.push_subscriptions o where o.issue_id = issue.id);
  end if;
  insert into private.push_subscriptions as s (issue_id, endpoint, p256dh, auth) values (issue.id, follow_by_push.endpoint, follow_by_push.p256dh, follow_by_push.auth)
  on conflict on constraint push_subscriptions_issue_id_endpoint_key do update set p256dh = excluded.p256dh, auth = excluded.auth;
exception when check_violation then
  perform private.fail(422, 'field_malformed', '{"field":"endpoint"}', 'The browser gave an address that is none.');
end
$$;
comment on function public.follow_by_push(text, text, text, text) is 'This phone wants to hear of the report by web push. Errors: track_unknown 404, field_malformed 422.';
grant execute on function public.follow_by_push(text, text, text, text) to anon, authenticated;

create function public.unfollow_by_push(key text, endpoint text) returns void
language sql volatile security definer set search_path = '' as $$
  delete from private.push_subscriptions s using private.issue_of_key(unfollow_by_push.key) i where s.issue_id = i.id and s.endpoint = unfollow_by_push.endpoint
$$;
comment on function public.unfollow_by_push(text, text) is 'This phone wants to hear of the report no longer. Errors: track_unknown 404.';
grant execute on function public.unfollow_by_push(text, text) to anon, authenticated;

-- Every public step that is not the resident's own, to the phones of the report and of those merged into it.
create function private.queue_pushes() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.pushes (subscription_id, at, next_at)
  select s.id, new.at, new.at from private.push_subscriptions s
  where s.issue_id = new.issue_id or s.issue_id in (select i.id from public.issues i where i.merged_into = new.issue_id)
  on conflict on constraint pushes_subscription_id_key do nothing;
  if found then
    perform pg_notify('deliveries', '');
  end if;
  return null;
end
$$;
create trigger queue_pushes after insert on public.issue_events
  for each row when (new.is_public and new.actor <> 'resident') execute function private.queue_pushes();

create function public.claim_pushes(most integer default 20) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  claimed jsonb;
begin
  with taken as (
    select p.id from private.pushes p where p.next_at <= private.now() order by p.next_at limit least(most, 100) for update skip locked
  ), marked as (
    update private.pushes p set tries = p.tries + 1, next_at = private.now() + interval '2 minutes' from taken t where p.id = t.id returning p.*
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth, 'number', i.number, 'courtyard', y.name)), '[]')
  into claimed
  from marked m join private.push_subscriptions s on s.id = m.subscription_id
  join public.issues i on i.id = s.issue_id join public.courtyards y on y.id = i.courtyard_id;
  return claimed;
end
$$;
comment on function public.claim_pushes(integer) is 'For the sender, with the service key: pushes to send now [{id, endpoint, p256dh, auth, number, courtyard}]; each settled within two minutes.';
grant execute on function public.claim_pushes(integer) to service_role;

create function public.settle_push(id bigint, outcome text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if outcome = 'gone' then
    delete from private.push_subscriptions s using private.pushes p where p.id = settle_push.id and s.id = p.subscription_id;
  elsif outcome = 'sent' then
    delete from private.pushes p where p.id = settle_push.id;
  else
    delete from private.pushes p where p.id = settle_push.id and p.tries >= 8;
    update private.pushes p set next_at = private.now() + private.backoff(p.tries, interval '1 hour') where p.id = settle_push.id;
  end if;
end
$$;
comment on function public.settle_push(bigint, text) is 'For the sender: sent; gone (the phone is reached no more); or failed, to be tried again up to eight times.';
grant execute on function public.settle_push(bigint, text) to service_role;
