-- Gives: the extensions, the private schema, and the few words every other migration uses:
-- the clock, the one way to refuse, the one way to clean what a person typed.
-- To: the other migrations. Nothing here is exposed.

create extension if not exists postgis with schema extensions;

create schema if not exists private;
revoke all on schema private from public;
grant usage on schema private to anon, authenticated, service_role;

-- Supabase grants its API roles everything made in public. Here each grant stands beside its object instead.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;

-- The time everything here is decided by. Tests and the demo's history set `courtyard.now`; API callers have no way to.
create function private.now() returns timestamptz
language sql stable set search_path = '' as $$
  select coalesce(nullif(current_setting('courtyard.now', true), '')::timestamptz, now())
$$;
grant execute on function private.now() to anon, authenticated, service_role;

-- Refuses: raises sqlstate PT<status>, which PostgREST answers as that HTTP status.
-- code: stable, lower_snake; detail: facts for the screen; hint: the way out.
create function private.fail(status integer, code text, detail jsonb default '{}', hint text default '') returns void
language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'PT' || status, message = code, detail = detail::text, hint = hint;
end
$$;
grant execute on function private.fail(integer, text, jsonb, text) to anon, authenticated, service_role;

-- What a person typed, without control characters and outer white space; null when nothing is left.
create function private.clean(typed text) returns text
language sql immutable set search_path = '' as $$
  select nullif(
    regexp_replace(
      regexp_replace(typed, '[\u0001-\u0009\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+', ' ', 'g'),
      '^[[:space:]\u3000]+|[[:space:]\u3000]+$', '', 'g'),
    '')
$$;
grant execute on function private.clean(text) to anon, authenticated, service_role;

-- The cleaned text of a field; refuses an empty required field (field_missing) and one over `longest` characters (field_too_long).
create function private.field(name text, typed text, longest integer, required boolean default false) returns text
language plpgsql immutable set search_path = '' as $$
declare
  cleaned text := private.clean(typed);
begin
  if cleaned is null and required then
    perform private.fail(422, 'field_missing', jsonb_build_object('field', name), 'Fill this field in.');
  end if;
  if char_length(cleaned) > longest then
    perform private.fail(422, 'field_too_long', jsonb_build_object('field', name, 'max', longest), 'Shorten this field.');
  end if;
  return cleaned;
end
$$;
grant execute on function private.field(text, text, integer, boolean) to anon, authenticated, service_role;
