-- Gives: the privileges a Supabase database starts with, once: what a migration grants or revokes later stands,
-- also when the platform is applied again. And what the Supabase CLI keeps of applied migrations.

do $$
begin
  if to_regclass('supabase_migrations.schema_migrations') is not null then
    return;
  end if;

  grant usage on schema public, extensions, auth, storage, realtime to anon, authenticated, service_role;
  grant all on schema auth to supabase_auth_admin;
  grant all on schema storage to supabase_storage_admin;
  grant all on schema realtime to supabase_realtime_admin;
  grant all on storage.buckets, storage.objects to anon, authenticated, service_role;
  grant select, insert, update on realtime.messages to anon, authenticated, service_role;
  grant execute on function realtime.send(jsonb, text, text, boolean), realtime.topic() to anon, authenticated, service_role;

  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
  alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
  alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
end
$$;

create table if not exists supabase_migrations.schema_migrations (
  version text primary key,
  statements text[],
  name text
);
create table if not exists supabase_migrations.seed_files (
  path text primary key,
  hash text not null
);
