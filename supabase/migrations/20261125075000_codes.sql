-- Gives: the life of the codes on the walls: several a yard, given out, replaced, revoked, checked by those who pass, counted by the day.
-- To: the street's administrator gives out, replaces and revokes; staff check a poster; an opened page counts once, nobody is told by whom.

alter table public.courtyard_codes
  add column replaced_by text references public.courtyard_codes (code),
  add column revoked_reason text check (char_length(revoked_reason) between 1 and 100),
  -- when someone of the office last found this poster to be ours; who is not kept
  add column checked_at timestamptz;
create index courtyard_codes_replaced_by on public.courtyard_codes (replaced_by) where replaced_by is not null;

-- what may be logged is named by what logs it
alter table private.settings_log drop constraint settings_log_what_check,
  add constraint settings_log_what_check check (what ~ '^[a-z_]{2,40}$');

create table private.code_scans (
  code text not null references public.courtyard_codes (code),
  day date not null,
  scans integer not null check (scans > 0),
  primary key (code, day)
);
comment on table private.code_scans is 'How often a code''s page was opened on a day (Asia/Shanghai). No person, device or time of day; kept for 400 days.';
create index code_scans_day on private.code_scans (day);

-- The most codes one yard may have at a time: a gate, a lift and a door for each of its buildings.
create function private.most_codes() returns integer
language sql immutable set search_path = '' as $$ select 40 $$;

-- The courtyard a code opens, with the place it hangs at. Refuses an unknown or mistyped code (404) and a revoked one (410), which
-- says whether a new one hangs in its place.
create or replace function private.courtyard_of_code(typed text) returns table (courtyard public.courtyards, place text)
language plpgsql stable set search_path = '' as $$
declare
  plain text := private.plain_code(typed);
  found public.courtyard_codes;
begin
  select c.* into found from public.courtyard_codes c where c.code = plain;
  if found.code is null then
    perform private.fail(404, 'code_unknown', jsonb_build_object('mistyped',
      plain is null or plain !~ '^[0-9a-hjkmnp-tv-z]{17}$' or private.check_character(left(plain, 16)) <> right(plain, 1)),
      'Scan the code on the wall again.');
  elsif found.revoked_at is not null then
    perform private.fail(410, 'code_revoked', jsonb_build_object('replaced', found.replaced_by is not null),
      'Scan the new code on the wall, or tell the community.');
  end if;
  return query select c, found.place from public.courtyards c where c.id = found.courtyard_id;
end
$$;

-- Definer: anonymous callers write no table. An unknown code is passed over in silence, so that this tells nothing about codes.
create function public.count_scan(code text) returns void
language sql volatile security definer set search_path = '' as $$
  insert into private.code_scans as s (code, day, scans)
  select c.code, (private.now() at time zone 'Asia/Shanghai')::date, 1
  from public.courtyard_codes c where c.code = private.plain_code(count_scan.code) and c.revoked_at is null
  on conflict (code, day) do update set scans = s.scans + 1
$$;
comment on function public.count_scan(text) is 'Counts one opening of a code''s page today. The page calls it once a visit; nothing about the caller is kept. No errors.';
grant execute on function public.count_scan(text) to anon, authenticated;

-- A code as the administrator sees it. Definer: scans are private.
create function private.code_json(given public.courtyard_codes) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('code', given.code, 'place', given.place, 'created_at', given.created_at, 'revoked_at', given.revoked_at,
    'revoked_reason', given.revoked_reason, 'replaced_by', given.replaced_by, 'checked_at', given.checked_at,
    'scans', (select coalesce(sum(s.scans), 0) from private.code_scans s
      where s.code = given.code and s.day > (private.now() at time zone 'Asia/Shanghai')::date - 30))
$$;

-- Definer: reads the scans of all the street's codes at once.
create function public.list_codes() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  street bigint := private.administered_street();
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('courtyard_id', y.id, 'courtyard', y.name, 'address', y.address,
      'community_id', y.community_id, 'codes', k.codes) order by a.code, y.name, y.id), '[]')
    from public.courtyards y
    join public.areas a on a.id = y.community_id
    cross join lateral (
      select coalesce(jsonb_agg(private.code_json(c) order by c.revoked_at is not null, c.place nulls first, c.created_at, c.code), '[]') as codes
      from public.courtyard_codes c where c.courtyard_id = y.id) k
    where y.street_id = street and y.ended_at is null);
end
$$;
comment on function public.list_codes() is 'The street''s courtyards with all their codes: [{courtyard_id, courtyard, address, community_id, codes: [{code, place, created_at, revoked_at, revoked_reason, replaced_by, checked_at, scans (of the last 30 days)}]}]. Errors: admin_only 403.';
grant execute on function public.list_codes() to authenticated;

-- A code of the caller's street, locked for a change; refuses one of another street, and one that is revoked already.
create function private.code_to_change(given text) returns public.courtyard_codes
language plpgsql volatile set search_path = '' as $$
declare
  street bigint := private.begin_setting();
  found public.courtyard_codes;
begin
  select c.* into found from public.courtyard_codes c join public.courtyards y on y.id = c.courtyard_id
  where c.code = private.plain_code(given) and y.street_id = street for update of c;
  if found.code is null then
    perform private.fail(404, 'code_unknown', '{}', 'Reload the list.');
  elsif found.revoked_at is not null then
    perform private.fail(409, 'code_ended', jsonb_build_object('replaced_by', found.replaced_by), 'Reload the list: somebody revoked it already.');
  end if;
  return found;
end
$$;

-- The words for where a code hangs; null for the yard itself. Refuses a place that has a code already.
create function private.code_place(yard bigint, place text, own text) returns text
language plpgsql stable set search_path = '' as $$
declare
  clean text := private.field('place', place, 40);
begin
  if exists (select from public.courtyard_codes c where c.courtyard_id = yard and c.revoked_at is null
      and c.place is not distinct from clean and c.code is distinct from own) then
    perform private.fail(409, 'place_taken', jsonb_build_object('field', 'place', 'place', clean), 'Replace the code that hangs there, or name another place.');
  end if;
  return clean;
end
$$;

-- Definer: staff write no table themselves.
create function public.add_code(courtyard_id bigint, place text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street bigint := private.begin_setting();
  made public.courtyard_codes;
begin
  if not exists (select from public.courtyards y where y.id = add_code.courtyard_id and y.street_id = street and y.ended_at is null) then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the list.');
  end if;
  if (select count(*) from public.courtyard_codes c where c.courtyard_id = add_code.courtyard_id and c.revoked_at is null) >= private.most_codes() then
    perform private.fail(409, 'too_many_codes', jsonb_build_object('max', private.most_codes()), 'Revoke a code that no longer hangs anywhere.');
  end if;
  insert into public.courtyard_codes (courtyard_id, place, created_at)
  values (add_code.courtyard_id, private.code_place(add_code.courtyard_id, place, null), private.now()) returning * into made;
  perform private.log_setting('code', right(made.code, 4), null, private.code_setting(made), street);
  return private.code_json(made);
end
$$;
comment on function public.add_code(bigint, text) is 'One more code for a courtyard, hanging at `place` (gate, lift, building; null: the yard itself), which its reports then start with. Returns it as list_codes does. Errors: admin_only 403, courtyard_unknown 404, place_taken, too_many_codes {max} 409, field_too_long 422.';
grant execute on function public.add_code(bigint, text) to authenticated;

-- What the history of settings shows of a code: its end, never the whole, for who has it can open the yard.
create function private.code_setting(given public.courtyard_codes) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('name', y.name, 'place', given.place, 'ending', right(given.code, 4), 'reason', given.revoked_reason)
  from public.courtyards y where y.id = given.courtyard_id
$$;

-- Definer: staff write no table themselves.
create function public.rename_code(code text, place text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  was public.courtyard_codes := private.code_to_change(rename_code.code);
  made public.courtyard_codes;
begin
  update public.courtyard_codes c set place = private.code_place(was.courtyard_id, rename_code.place, was.code) where c.code = was.code returning * into made;
  perform private.log_setting('code', right(made.code, 4), private.code_setting(was), private.code_setting(made), private.administered_street());
  return private.code_json(made);
end
$$;
comment on function public.rename_code(text, text) is 'Says where a code hangs. Returns it as list_codes does. Errors: admin_only 403, code_unknown 404, code_ended, place_taken 409, field_too_long 422.';
grant execute on function public.rename_code(text, text) to authenticated;

-- Definer: staff write no table themselves.
create function public.revoke_code(code text, reason text, replace boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  was public.courtyard_codes := private.code_to_change(revoke_code.code);
  ended public.courtyard_codes;
  made public.courtyard_codes;
begin
  update public.courtyard_codes c set revoked_at = private.now(), revoked_reason = private.field('reason', reason, 100, true)
  where c.code = was.code returning * into ended;
  if replace then
    insert into public.courtyard_codes (courtyard_id, place, created_at) values (was.courtyard_id, was.place, private.now()) returning * into made;
    update public.courtyard_codes c set replaced_by = made.code where c.code = was.code returning * into ended;
  end if;
  perform private.log_setting('code', right(was.code, 4), private.code_setting(was), private.code_setting(coalesce(made, ended)) || jsonb_build_object('reason', ended.revoked_reason),
    private.administered_street());
  return private.code_json(coalesce(made, ended));
end
$$;
comment on function public.revoke_code(text, text, boolean) is 'Ends a code for a reason: it opens nothing from now on. replace: a new one takes its place, and is returned instead. Errors: admin_only 403, code_unknown 404, code_ended 409, field_missing, field_too_long 422.';
grant execute on function public.revoke_code(text, text, boolean) to authenticated;

-- Definer: notes the day on the code, which staff cannot write. It is a check of the poster, never of who passed by.
create function public.check_code(code text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  plain text := private.plain_code(check_code.code);
  found public.courtyard_codes;
  yard public.courtyards;
begin
  if (select auth.uid()) is null or not exists (select from private.my_memberships()) then
    perform private.fail(403, 'not_member', '{}', 'Ask the street''s administrator for a role.');
  end if;
  select c.* into found from public.courtyard_codes c where c.code = plain;
  select y.* into yard from public.courtyards y where y.id = found.courtyard_id;
  if found.code is null or yard.street_id <> all (private.my_street_ids()) then
    return jsonb_build_object('verdict', case
      when plain is null or plain !~ '^[0-9a-hjkmnp-tv-z]{17}$' or private.check_character(left(plain, 16)) <> right(plain, 1) then 'mistyped'
      else 'foreign' end);
  end if;
  if found.revoked_at is null then
    update public.courtyard_codes c set checked_at = private.now() where c.code = found.code;
  end if;
  return jsonb_build_object(
    'verdict', case when found.revoked_at is null then 'ours' when found.replaced_by is null then 'revoked' else 'replaced' end,
    'courtyard_id', yard.id, 'courtyard', yard.name, 'address', yard.address, 'place', found.place,
    'since', found.created_at, 'revoked_at', found.revoked_at, 'checked_at', found.checked_at);
end
$$;
comment on function public.check_code(text) is 'A patrol''s look at a poster: {verdict: ours | replaced | revoked | foreign | mistyped, courtyard, address, place, since, revoked_at, checked_at (the look before)}. Ours: notes on the code that it was seen now. Errors: not_member 403.';
grant execute on function public.check_code(text) to authenticated;

create or replace function private.prune() returns void
language sql set search_path = '' as $$
  delete from private.feed_changes where at < private.now() - interval '7 days';
  delete from private.code_scans where day < (private.now() at time zone 'Asia/Shanghai')::date - 400
$$;
