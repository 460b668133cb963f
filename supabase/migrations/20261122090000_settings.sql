-- Gives: what the administrator edits (categories, duties, urgency clocks) with versions, and an append-only history of every change.
-- To: the street's administrator saves; the administrator and the leaders read the history; residents are offered what is active.

alter table public.categories
  add column version integer not null default 1,
  -- inactive: no longer offered; issues that have it keep it
  add column active boolean not null default true;
alter table public.duties
  add column version integer not null default 1,
  add column active boolean not null default true;
alter table public.urgency_clocks
  add column version integer not null default 1;

-- Each change counts, so that a save decided on an older version is noticed.
create function private.keep_version() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.version := old.version + 1;
  return new;
end
$$;
create trigger keep_version before update on public.categories
  for each row when (old.* is distinct from new.*) execute function private.keep_version();
create trigger keep_version before update on public.duties
  for each row when (old.* is distinct from new.*) execute function private.keep_version();
create trigger keep_version before update on public.urgency_clocks
  for each row when (old.* is distinct from new.*) execute function private.keep_version();

create table private.settings_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id uuid not null references public.people (id),
  -- whose setting it is; null: the whole product's
  street_id bigint references public.areas (id),
  what text not null check (what in ('category', 'duty', 'clock', 'hours', 'calendar', 'template', 'hook')),
  key text not null,
  before jsonb,
  after jsonb
);
comment on table private.settings_log is 'Every change of a setting, by whom, never changed. before is null where it was new, after where it was removed.';
create index settings_log_key on private.settings_log (what, key, id);
create index settings_log_person on private.settings_log (person_id);
create index settings_log_street on private.settings_log (street_id) where street_id is not null;
create trigger never_changed before update or delete on private.settings_log
  for each row execute function private.refuse_change();
create trigger never_emptied before truncate on private.settings_log
  for each statement execute function private.refuse_change();

-- Writes one entry of the history for whoever is signed in; gives its id.
create function private.log_setting(what text, key text, before jsonb, after jsonb, street bigint default null) returns bigint
language sql volatile set search_path = '' as $$
  insert into private.settings_log (at, person_id, street_id, what, key, before, after)
  values (private.now(), auth.uid(), street, what, key, before, after) returning id
$$;

-- The columns of a row that its history may show: those named, or all of them.
create function private.shown(setting jsonb, columns text[]) returns jsonb
language sql immutable set search_path = '' as $$
  select case when columns = '{}' then setting else
    (select jsonb_object_agg(key, value) from jsonb_each(setting) where key = any (columns)) end
$$;

-- Arguments: what, the column that is its key, and the columns its history shows ('{}': all). Seeds and migrations, where nobody is
-- signed in, write no history. Definer: the log is private.
create function private.log_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  setting jsonb := coalesce(after, before);
begin
  if auth.uid() is not null then
    perform private.log_setting(tg_argv[0], setting ->> tg_argv[1], private.shown(before, tg_argv[2]::text[]),
      private.shown(after, tg_argv[2]::text[]), (setting ->> 'street_id')::bigint);
  end if;
  return null;
end
$$;
create trigger log_insert after insert on public.categories for each row execute function private.log_change('category', 'code', '{}');
create trigger log_update after update on public.categories for each row when (old.* is distinct from new.*)
  execute function private.log_change('category', 'code', '{}');
create trigger log_insert after insert on public.duties for each row execute function private.log_change('duty', 'code', '{}');
create trigger log_update after update on public.duties for each row when (old.* is distinct from new.*)
  execute function private.log_change('duty', 'code', '{}');
create trigger log_update after update on public.urgency_clocks for each row when (old.* is distinct from new.*)
  execute function private.log_change('clock', 'urgency', '{}');
-- the address of a group robot is a secret by itself
create trigger log_change after insert or delete on private.hooks for each row
  execute function private.log_change('hook', 'id', '{name,kind,kinds,active}');
create trigger log_update after update on private.hooks for each row when (old.* is distinct from new.*)
  execute function private.log_change('hook', 'id', '{name,kind,kinds,active}');

-- Opens a save: gives the caller's street if they administer it, and lets one save run at a time, so that two settings that rest on
-- each other cannot change past one another.
create function private.begin_setting() returns bigint
language plpgsql volatile set search_path = '' as $$
declare
  street bigint := private.administered_street();
begin
  perform pg_advisory_xact_lock(hashtextextended('settings', 0));
  return street;
end
$$;

-- Refuses a save decided on another version than `current`; both null: it is new.
create function private.check_setting(current bigint, given bigint) returns void
language plpgsql stable set search_path = '' as $$
begin
  if current is null and given is not null then
    perform private.fail(404, 'setting_unknown', '{}', 'Reload the list.');
  elsif current is not null and given is null then
    perform private.fail(409, 'code_taken', jsonb_build_object('field', 'code', 'version', current), 'Choose another code, or edit the entry that has it.');
  elsif current <> given then
    perform private.fail(409, 'stale_setting', jsonb_build_object('version', current), 'Look at what changed, then save again.');
  end if;
end
$$;

-- One of a fixed set of words; refuses others (field_malformed with the options).
create function private.choice(name text, given text, options text[]) returns text
language plpgsql immutable set search_path = '' as $$
begin
  perform private.field(name, given, 40, true);
  if given <> all (options) then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name, 'options', options), 'Choose one of the list.');
  end if;
  return given;
end
$$;

-- A whole number within bounds; refuses others (field_malformed with the bounds).
create function private.whole_number(name text, given integer, low integer, high integer) returns integer
language plpgsql immutable set search_path = '' as $$
begin
  if given is null then
    perform private.fail(422, 'field_missing', jsonb_build_object('field', name), 'Fill this field in.');
  elsif given not between low and high then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name, 'min', low, 'max', high), 'Give a number within these bounds.');
  end if;
  return given;
end
$$;

-- Minutes a step may take: one minute to a year.
create function private.step_minutes(name text, given integer) returns integer
language sql immutable set search_path = '' as $$ select private.whole_number(name, given, 1, 525600) $$;

-- A code as it is written in addresses and tables; refuses others (field_malformed).
create function private.setting_code(given text, pattern text) returns text
language plpgsql immutable set search_path = '' as $$
declare
  code text := private.field('code', given, 40, true);
begin
  if code !~ pattern then
    perform private.fail(422, 'field_malformed', '{"field":"code"}', 'Use small letters and _, 2 to 40 of them.');
  end if;
  return code;
end
$$;

-- The history of the settings. Definer: the log is private.
create function public.settings_history(what text default null, most integer default 200) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from private.my_memberships() m where m.role in ('admin', 'street_leader')) then
    perform private.fail(403, 'admin_only', '{}', 'Ask the street''s administrator.');
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'at', l.at, 'what', l.what, 'key', l.key, 'before', l.before, 'after', l.after,
      'by', case when p.street_id = any (private.my_street_ids()) then p.name else private.office_name(p.street_id, null) end)
      order by l.id desc), '[]')
    from (
      select s.* from private.settings_log s, lateral (select coalesce(s.after, s.before) as setting) c
      where (settings_history.what is null or s.what = settings_history.what)
        and (s.street_id is null or s.street_id = any ((select private.my_street_ids())::bigint[]))
        -- an office's own template is shown to that office only
        and (s.what <> 'template' or num_nulls(c.setting ->> 'area_id', c.setting ->> 'department_id') = 2
          or (c.setting ->> 'area_id')::bigint = any ((select private.my_area_ids())::bigint[])
          or (c.setting ->> 'department_id')::bigint = any ((select private.my_department_ids())::bigint[]))
      order by s.id desc limit least(greatest(coalesce(most, 200), 1), 1000)) l
    join public.people p on p.id = l.person_id);
end
$$;
comment on function public.settings_history(text, integer) is 'Changes of settings, the newest first, at most `most` (1000): [{id, at, by, what, key, before, after}]; what: category, duty, clock, hours, calendar, template or hook. For the administrator and the leaders. Errors: admin_only 403.';
grant execute on function public.settings_history(text, integer) to authenticated;
