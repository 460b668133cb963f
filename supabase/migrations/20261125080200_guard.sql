-- Gives: what keeps a flood of reports out without locking anyone out: proof of work that costs more the more comes, and a quarantine.
-- To: report_issue; the phone asks for its challenge; the administrator has the flood switch; staff see and restore what is held.
-- The challenge is ALTCHA's (version 2, SHA-256): anyone's solver of that protocol solves it.

create table private.guards (
  street_id bigint primary key references public.areas (id),
  -- off: no proof is asked for; busy: when more comes than usual; flood: always, and four times as dear
  proof text not null default 'busy' check (proof in ('off', 'busy', 'flood')),
  -- reports with one of these words, or with a link, are looked at before they go on
  words text[] not null default '{}',
  hold_links boolean not null default true
);
comment on table private.guards is 'How a street meets a flood of reports. A street without a row has the defaults.';

create function private.guard_of(street bigint) returns private.guards
language sql stable set search_path = '' as $$
  select coalesce((select g from private.guards g where g.street_id = street), row(street, 'busy', '{}', true)::private.guards)
$$;

create table private.guard_secret (
  single boolean primary key default true check (single),
  secret bytea not null default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
comment on table private.guard_secret is 'Signs challenges and blinds network addresses; made here, never read out.';
insert into private.guard_secret default values;

create table private.rates (
  who text not null,
  minute timestamptz not null,
  reports integer not null,
  primary key (who, minute)
);
comment on table private.rates is 'Reports a minute of a yard, a street, and of networks and phones under a name that changes every day. Kept for two hours.';

create table private.used_challenges (
  nonce text primary key,
  until timestamptz not null
);
comment on table private.used_challenges is 'Each challenge is good once, until it is over.';

-- A name for a network address or a phone that nobody can turn back, and that is another tomorrow (phones: next month).
create function private.blinded(kind text, what text) returns text
language sql stable set search_path = '' as $$
  select kind || ':' || left(encode(extensions.hmac(convert_to(
    to_char(private.now(), case kind when 'phone' then 'YYYYMM' else 'YYYYMMDD' end) || what, 'UTF8'), s.secret, 'sha256'), 'hex'), 20)
  from private.guard_secret s
$$;

-- Where a request came from, as the gateway says.
create function private.network() returns text
language sql stable set search_path = '' as $$
  select coalesce(nullif(trim(split_part(nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-forwarded-for', ',', 1)), ''), 'unknown')
$$;

-- Whom a report counts for, and how many in two minutes are nothing unusual. A network may be a whole yard behind one address, so it has room.
create function private.counted(yard public.courtyards, phone text) returns table (who text, usual integer)
language sql stable set search_path = '' as $$
  select 'yard:' || yard.id, 12
  union all select 'street:' || yard.street_id, 240
  union all select private.blinded('net', private.network()), 30
  union all select private.blinded('phone', phone), 4 where phone is not null
$$;

-- How many times the usual number of reports comes now, of whatever is busiest.
create function private.pressure(yard public.courtyards, phone text) returns numeric
language sql stable set search_path = '' as $$
  select coalesce(max(r.reports::numeric / c.usual), 0)
  from private.counted(yard, phone) c
  join lateral (select sum(m.reports) as reports from private.rates m
    where m.who = c.who and m.minute > private.now() - interval '2 minutes') r on true
$$;

create function private.count_report(yard public.courtyards, phone text) returns void
language sql volatile set search_path = '' as $$
  insert into private.rates as r (who, minute, reports)
  select c.who, date_trunc('minute', private.now()), 1 from private.counted(yard, phone) c order by c.who
  on conflict on constraint rates_pkey do update set reports = r.reports + 1;
$$;

-- What a proof has to cost now, in rounds of SHA-256 a try; 0: none is asked for. It slows, and never shuts: the dearest takes an old phone
-- about half a minute, while whoever sends hundreds pays it hundreds of times.
create function private.proof_cost(yard public.courtyards, phone text) returns integer
language sql stable set search_path = '' as $$
  select case (private.guard_of(yard.street_id)).proof
    when 'off' then 0
    when 'flood' then least(64, 16 * greatest(1, ceil(p.pressure)))
    else case when p.pressure < 1 then 0 else least(64, 4 * ceil(p.pressure)) end end::integer
  from (select private.pressure(yard, phone) as pressure) p
$$;

-- ALTCHA signs the parameters as JSON with sorted keys; this is that text.
create function private.challenge_text(cost integer, expires bigint, nonce text, salt text) returns text
language sql immutable set search_path = '' as $$
  select format('{"algorithm":"SHA-256","cost":%s,"expiresAt":%s,"keyLength":32,"keyPrefix":"000","nonce":"%s","salt":"%s"}', cost, expires, nonce, salt)
$$;

create function private.challenge(cost integer) returns jsonb
language sql volatile set search_path = '' as $$
  select jsonb_build_object('parameters', t.body::jsonb, 'signature', encode(extensions.hmac(convert_to(t.body, 'UTF8'), s.secret, 'sha256'), 'hex'))
  from private.guard_secret s, lateral (select private.challenge_text(cost, extract(epoch from private.now() + interval '20 minutes')::bigint,
    replace(gen_random_uuid()::text, '-', ''), replace(gen_random_uuid()::text, '-', '')) as body) t
$$;

-- Whether a proof is worth `cost`: a challenge of ours, not over, never used before, and solved. A good one is used up.
create function private.takes_proof(proof jsonb, cost integer) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  p constant jsonb := proof -> 'challenge' -> 'parameters';
  counter constant bigint := case when proof -> 'solution' ->> 'counter' ~ '^[0-9]{1,10}$' then (proof -> 'solution' ->> 'counter')::bigint end;
  key bytea;
begin
  if counter is null or counter > 4294967295 or coalesce(p ->> 'cost', '') !~ '^[0-9]{1,3}$' or coalesce(p ->> 'expiresAt', '') !~ '^[0-9]{1,12}$'
    or coalesce(p ->> 'nonce', '') !~ '^[0-9a-f]{32}$' or coalesce(p ->> 'salt', '') !~ '^[0-9a-f]{32}$' then
    return false;
  end if;
  if (p ->> 'cost')::integer < cost or to_timestamp((p ->> 'expiresAt')::bigint) < private.now()
    or proof -> 'challenge' ->> 'signature' is distinct from (
      select encode(extensions.hmac(convert_to(private.challenge_text((p ->> 'cost')::integer, (p ->> 'expiresAt')::bigint, p ->> 'nonce', p ->> 'salt'), 'UTF8'),
        s.secret, 'sha256'), 'hex') from private.guard_secret s) then
    return false;
  end if;
  key := sha256(decode(p ->> 'salt', 'hex') || decode(p ->> 'nonce', 'hex') || decode(lpad(to_hex(counter), 8, '0'), 'hex'));
  for i in 2 .. (p ->> 'cost')::integer loop
    key := sha256(key);
  end loop;
  if left(encode(key, 'hex'), 3) <> '000' then
    return false;
  end if;
  insert into private.used_challenges (nonce, until) values (p ->> 'nonce', to_timestamp((p ->> 'expiresAt')::bigint)) on conflict do nothing;
  return found;
end
$$;

-- Definer: asks the rates, which nobody reads.
create function public.report_challenge(code text, device text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  cost integer := private.proof_cost(private.reporting_yard(report_challenge.code), left(report_challenge.device, 60));
begin
  return jsonb_build_object('challenge', case when cost > 0 then private.challenge(cost) end);
end
$$;
comment on function public.report_challenge(text, text) is 'What a phone has to solve before it reports just now: an ALTCHA challenge (version 2, SHA-256), or null. Good for 20 minutes, once. Errors: code_unknown 404, code_revoked 410.';
grant execute on function public.report_challenge(text, text) to anon, authenticated;

create table private.held_reports (
  id bigint generated always as identity primary key,
  street_id bigint not null references public.areas (id),
  community_id bigint not null references public.areas (id),
  courtyard_id bigint not null references public.courtyards (id),
  key_hash bytea not null unique,
  body_hash bytea not null,
  report jsonb not null,
  reason text not null check (reason in ('words', 'link', 'marked')),
  at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references public.people (id),
  -- restored as this issue; null while held, or put aside
  issue_id bigint references public.issues (id)
);
comment on table private.held_reports is 'Reports that somebody looks at first. Restored, one becomes an issue as if it had just come; put aside, its words are forgotten after 30 days.';
create index held_reports_open on private.held_reports (community_id, id) where decided_at is null;
create index held_reports_street on private.held_reports (street_id);
create index held_reports_courtyard on private.held_reports (courtyard_id);
create index held_reports_person on private.held_reports (decided_by);
create index held_reports_issue on private.held_reports (issue_id);

create table private.marked_phones (
  phone text primary key,
  issue_id bigint not null references public.issues (id),
  person_id uuid not null references public.people (id),
  reason text not null,
  until timestamptz not null
);
comment on table private.marked_phones is 'Phones whose reports are looked at first, by their blinded name, for 7 days.';
create index marked_phones_issue on private.marked_phones (issue_id);
create index marked_phones_person on private.marked_phones (person_id);

-- Why a report has to be looked at first; null: it goes on at once. Danger to life always goes on.
create function private.hold_reason(yard public.courtyards, what text, kind text, phone text) returns text
language sql stable set search_path = '' as $$
  select case
    when exists (select from public.categories c where c.code = kind and c.urgency = 'emergency') then null
    when exists (select from private.marked_phones m where m.phone = private.blinded('phone', hold_reason.phone) and m.until > private.now()) then 'marked'
    when exists (select from unnest(g.words) w where strpos(lower(what), lower(w)) > 0) then 'words'
    when g.hold_links and what ~* '(https?://|www\.|[a-z0-9-]{2,}\.(com|cn|net|org|xyz|top|vip|cc|shop)\M)' then 'link' end
  from private.guard_of(yard.street_id) g
$$;

-- Old counts and used challenges are forgotten, and what was put aside loses its words.
create function private.forget_guard() returns void
language sql volatile set search_path = '' as $$
  delete from private.rates r where r.minute < private.now() - interval '2 hours';
  delete from private.used_challenges u where u.until < private.now();
  delete from private.marked_phones m where m.until < private.now();
  update private.held_reports h set report = '{}' where h.decided_at < private.now() - interval '30 days' and h.report <> '{}'
$$;
