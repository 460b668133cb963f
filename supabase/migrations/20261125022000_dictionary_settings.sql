-- Gives: save_field, save_field_check and field_history: the dictionary as the administrator edits it. Nothing old is lost by it.
-- To: the street's administrator; staff read the history of a field.

alter table private.settings_log drop constraint settings_log_what_check;
alter table private.settings_log add constraint settings_log_what_check
  check (what in ('category', 'duty', 'clock', 'hours', 'calendar', 'template', 'hook', 'field', 'field_check', 'label'));
create trigger log_insert after insert on public.archive_fields for each row execute function private.log_change('field', 'code', '{}');
create trigger log_update after update on public.archive_fields for each row when (old.* is distinct from new.*)
  execute function private.log_change('field', 'code', '{}');
create trigger log_change after insert or delete on public.field_checks for each row execute function private.log_change('field_check', 'code', '{}');
create trigger log_update after update on public.field_checks for each row when (old.* is distinct from new.*)
  execute function private.log_change('field_check', 'code', '{}');
create trigger log_insert after insert on public.labels for each row execute function private.log_change('label', 'code', '{}');
create trigger log_update after update on public.labels for each row when (old.* is distinct from new.*)
  execute function private.log_change('label', 'code', '{}');

-- The options of a choice: 2 to 20, each with a code and two names; codes that were in use may be added to, not renamed.
create function private.field_options(given jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  if jsonb_typeof(given) is distinct from 'array' or jsonb_array_length(given) not between 2 and 20
    or exists (select from jsonb_array_elements(given) o where coalesce(o ->> 'code', '') !~ '^[a-z][a-z0-9_]{0,39}$'
      or private.clean(o ->> 'name') is null or private.clean(o ->> 'name_en') is null or char_length(o ->> 'name') > 40 or char_length(o ->> 'name_en') > 80)
    or (select count(distinct o ->> 'code') from jsonb_array_elements(given) o) < jsonb_array_length(given) then
    perform private.fail(422, 'field_malformed', '{"field":"options"}', 'Give each option a code of its own and a name in both languages.');
  end if;
  return (select jsonb_agg(jsonb_build_object('code', o.value ->> 'code', 'name', private.clean(o.value ->> 'name'), 'name_en', private.clean(o.value ->> 'name_en')) order by o.ordinality)
    from jsonb_array_elements(given) with ordinality o);
end
$$;

-- What rests on a field: labels' rules, formulas and checks.
create function private.field_users(field text) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'labels', (select coalesce(jsonb_agg(l.name order by l.sort), '[]') from public.labels l where l.active and exists (
      select from private.label_reads r where r.label_id = l.id and r.kind = 'field' and r.key = field)),
    'fields', (select coalesce(jsonb_agg(f.name order by f.sort), '[]') from public.archive_fields f where f.active and field in (select private.formula_reads(f.formula))),
    'checks', (select coalesce(jsonb_agg(c.code order by c.code), '[]') from public.field_checks c where field = any (c.parts || c.whole)))
$$;

-- Refuses a change that would break what rests on a field: it is retired, is no number any more, or becomes more protected than a
-- field derived from it.
create function private.check_field_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  users jsonb := private.field_users(new.code);
  numbers constant text[] := '{count,number,share,year}';
begin
  if not new.active and old.active and users <> '{"labels":[],"fields":[],"checks":[]}'
    or new.type <> old.type and not (new.type = any (numbers) and old.type = any (numbers)) and users <> '{"labels":[],"fields":[],"checks":[]}'
    or (new.formula is null) <> (old.formula is null) and users -> 'fields' <> '[]'
    or exists (select from public.archive_fields f where f.active and new.code in (select private.formula_reads(f.formula))
      and private.sensitivity_rank(f.sensitivity) < private.sensitivity_rank(new.sensitivity)) then
    perform private.fail(409, 'field_in_use', users || jsonb_build_object('field', new.code), 'Change first what rests on it.');
  end if;
  return new;
end
$$;
create trigger check_field_change before update on public.archive_fields
  for each row execute function private.check_field_change();

-- After a field changed: what it cannot hold any more leaves the archives of today (the quarters keep it) and is asked again, derived
-- values are worked out anew, and labels are as protected as the field is now.
create function private.follow_field_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.formula is not null and old.formula is distinct from new.formula or new.active <> old.active or (new.formula is null) <> (old.formula is null) then
    update private.archives a set facts = private.with_derived(case when new.active then a.facts else a.facts - new.code end);
  elsif row(new.type, new.options, new.low, new.high) is distinct from row(old.type, old.options, old.low, old.high) then
    update private.archives a set facts = private.with_derived(a.facts - new.code), stamps = a.stamps - new.code
    where a.facts ? new.code and not private.value_fits(new, a.facts -> new.code);
  end if;
  delete from private.drafts d where d.code = new.code and (not new.active or new.formula is not null or not private.value_fits(new, d.value));
  if new.sensitivity <> old.sensitivity then
    update public.labels l set sensitivity = l.sensitivity
    where l.id in (select r.label_id from private.label_reads r where r.kind = 'field' and r.key = new.code);
  end if;
  return null;
end
$$;
create trigger follow_field_change after update on public.archive_fields
  for each row when (old.version <> new.version) execute function private.follow_field_change();

-- A field as it was given, each part of it checked.
create function private.given_field(given jsonb) returns public.archive_fields
language plpgsql stable set search_path = '' as $$
declare
  made public.archive_fields;
begin
  made := jsonb_populate_record(made, given);
  made.code := private.setting_code(given ->> 'code', '^[a-z][a-z0-9_]{1,39}$');
  made.module := private.choice('module', given ->> 'module', array(select m.code from public.archive_modules m));
  made.name := private.field('name', given ->> 'name', 40, true);
  made.name_en := private.field('name_en', given ->> 'name_en', 80, true);
  made.unit := private.field('unit', given ->> 'unit', 20);
  made.unit_en := private.field('unit_en', given ->> 'unit_en', 40);
  made.type := private.choice('type', given ->> 'type', '{count,number,share,year,flag,choice,text,phone}');
  made.options := case when made.type = 'choice' then private.field_options(given -> 'options') end;
  made.sensitivity := private.choice('sensitivity', given ->> 'sensitivity', '{public,staff,community,key_person}');
  made.source := private.field('source', given ->> 'source', 60, true);
  made.owner := private.field('owner', given ->> 'owner', 60, true);
  made.note := private.field('note', given ->> 'note', 200);
  made.formula := nullif(given -> 'formula', 'null');
  made.on_map := coalesce(made.on_map, false) and made.type in ('count', 'number', 'share', 'year');
  made.sort := coalesce(private.whole_number('sort', coalesce(made.sort, 100), 1, 9999), 100);
  made.active := coalesce(made.active, true);
  made.version := 1;
  if made.every_months is not null and made.every_months not in (1, 3, 6, 12, 24, 36) then
    perform private.fail(422, 'field_malformed', '{"field":"every_months","options":[1,3,6,12,24,36]}', 'Choose one of the intervals.');
  elsif made.high < made.low then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', 'high', 'min', made.low), 'Let the range end after it begins.');
  end if;
  return made;
exception when invalid_text_representation or numeric_value_out_of_range or datatype_mismatch then
  perform private.fail(422, 'field_malformed', '{"field":"field"}', 'Send each part of the field in its own type.');
  return null;
end
$$;

-- Definer, as the next: nobody writes the dictionary but by these functions.
create function public.save_field(field jsonb, version integer default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street bigint := private.begin_setting();
  made public.archive_fields := private.given_field(field);
  current integer := (select f.version from public.archive_fields f where f.code = made.code);
begin
  perform private.check_setting(current, save_field.version);
  insert into public.archive_fields as f values (made.*)
  on conflict (code) do update set module = made.module, name = made.name, name_en = made.name_en, unit = made.unit, unit_en = made.unit_en, type = made.type,
    options = made.options, low = made.low, high = made.high, sensitivity = made.sensitivity, source = made.source, owner = made.owner,
    every_months = made.every_months, formula = made.formula, note = made.note, on_map = made.on_map, sort = made.sort, active = made.active;
  if current is null and made.formula is not null then
    update private.archives a set facts = private.with_derived(a.facts);
  end if;
  perform private.tell_archives(private.derive_labels());
  return (select jsonb_build_object('code', f.code, 'version', f.version) from public.archive_fields f where f.code = made.code and street is not null);
end
$$;
comment on function public.save_field(jsonb, integer) is 'Adds a field to the dictionary, or changes the one of this code as it was at `version`: {code, module, name, name_en, unit, unit_en, type, options, low, high, sensitivity, source, owner, every_months, formula, note, on_map, sort, active}. Earlier quarters keep their values and are read by the definition of their time. Returns {code, version}. Errors: admin_only 403, setting_unknown 404, code_taken, stale_setting, field_in_use 409 {labels, fields, checks}, field_missing, field_too_long, field_malformed, formula_malformed 422.';
grant execute on function public.save_field(jsonb, integer) to authenticated;

create function public.save_field_check(code text, parts text[], whole text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  street bigint := private.begin_setting();
  made text := private.setting_code(save_field_check.code, '^[a-z][a-z0-9_]{1,39}$');
begin
  if cardinality(coalesce(parts, '{}')) = 0 then
    delete from public.field_checks c where c.code = made;
  elsif cardinality(parts) > 8 or exists (select from unnest(parts || whole) p where not exists (
    select from public.archive_fields f where f.code = p and f.active and f.type in ('count', 'number') and street is not null)) then
    perform private.fail(422, 'field_malformed', '{"field":"parts"}', 'Compare counts that are asked or derived.');
  else
    insert into public.field_checks values (made, parts, whole)
    on conflict on constraint field_checks_pkey do update set parts = excluded.parts, whole = excluded.whole;
  end if;
end
$$;
comment on function public.save_field_check(text, text[], text) is 'Sets a sum that profiles must satisfy (the parts together no more than the whole), or removes it when there are no parts. Errors: admin_only 403, field_malformed 422.';
grant execute on function public.save_field_check(text, text[], text) to authenticated;

-- Definer: the versions are private. They say what was asked, never what was answered.
create function public.field_history(code text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('version', v.version, 'at', v.at, 'definition', v.definition) order by v.version desc), '[]')
  from private.field_versions v where v.code = field_history.code and exists (select from private.my_memberships())
$$;
comment on function public.field_history(text) is 'Every definition a field had, the newest first: [{version, at, definition}].';
grant execute on function public.field_history(text) to authenticated;
