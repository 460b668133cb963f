-- Gives: save_working_hours and save_calendar_year; a recount that follows urgencies too, once a save.
-- To: the street's administrator.

-- It gets a second way to choose what is counted.
drop function private.recount_clocks(text);

-- Counts running clocks anew and gives how many changed: of a category or an urgency whose minutes changed, or else all of them, after
-- the calendar or the hours changed. A clock that was paused in this step keeps what was left of it, a granted date stands.
create function private.recount_clocks(only_category text default null, only_urgency text default null) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  issue public.issues;
  clock jsonb;
  event public.issue_events;
  recounted integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('sweep', 0));
  -- all are locked before the first is changed: no one who holds one of them can be waited for in a circle
  for issue in
    select * from (
      select i.* from public.issues i
      where i.state in ('submitted', 'handling', 'resolved') and (only_category is null or i.category = only_category)
        and (only_urgency is null or i.urgency = only_urgency)
      for no key update) locked
    order by id
  loop
    clock := case
      when issue.due_at is null or issue.step_mode = 'fixed' then '{}'
      when only_category is null and only_urgency is null then private.running_clock(issue.step_since, issue.step_minutes, issue.step_mode)
      when exists (select from public.issue_events e where e.issue_id = issue.id and e.action = 'resume' and e.at = issue.step_since) then '{}'
      else private.start_step(issue.category, issue.urgency, issue.step, issue.step_since) end
      || jsonb_build_object('tasks', private.recounted_tasks(issue));
    continue when (coalesce((clock ->> 'due_at')::timestamptz, issue.due_at), clock -> 'tasks') is not distinct from (issue.due_at, issue.tasks);
    event.issue_id := issue.id;
    event.action := 'recount';
    event.at := private.now();
    event.actor := 'clock';
    event.payload := '{}';
    event.is_public := false;
    event.changes := clock - 'paused_at' - 'paused_until';
    perform private.append_event(event);
    recounted := recounted + 1;
  end loop;
  return recounted;
end
$$;

-- A save that counts by itself when it is done says so by courtyard.recount, which API callers have no way to set.
create or replace function private.recount_after_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('courtyard.recount', true) = 'later' then
    return null;
  end if;
  case tg_table_name
    when 'categories' then perform private.recount_clocks(only_category => new.code);
    when 'urgency_clocks' then perform private.recount_clocks(only_urgency => new.urgency);
    else perform private.recount_clocks();
  end case;
  return null;
end
$$;
drop trigger recount_clocks on public.categories;
create trigger recount_clocks after update on public.categories for each row
  when (row(old.urgency, old.clock, old.accept_minutes, old.dispatch_minutes, old.handle_minutes) is distinct from
    row(new.urgency, new.clock, new.accept_minutes, new.dispatch_minutes, new.handle_minutes)) execute function private.recount_after_change();
create trigger recount_clocks after update on public.urgency_clocks for each row
  when (row(old.clock, old.accept_minutes, old.dispatch_minutes, old.handle_minutes, old.verify_minutes) is distinct from
    row(new.clock, new.accept_minutes, new.dispatch_minutes, new.handle_minutes, new.verify_minutes)) execute function private.recount_after_change();

-- Refuses one row (counted from 1; null: the whole) of a calendar or a week.
create function private.refuse_calendar(field text, at_row bigint, hint text) returns void
language sql volatile set search_path = '' as $$
  select private.fail(422, 'calendar_malformed', jsonb_build_object('field', field, 'row', at_row), hint)
$$;

-- The day that a text like 2027-01-31 names, or null.
create function private.day(typed text) returns date
language plpgsql stable set search_path = '' as $$
begin
  return case when typed ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then typed::date end;
exception when data_exception then
  return null;
end
$$;

-- Refuses what is no array of objects, or has more than `most` rows.
create function private.check_rows(field text, given jsonb, most integer) returns void
language plpgsql stable set search_path = '' as $$
begin
  if jsonb_typeof(given) is distinct from 'array' or jsonb_array_length(given) > most then
    perform private.refuse_calendar(field, null, 'Send an array of at most ' || most || ' rows.');
  end if;
  perform private.refuse_calendar(field, n, 'Send an object.')
  from jsonb_array_elements(given) with ordinality r (value, n) where jsonb_typeof(value) <> 'object' limit 1;
end
$$;

-- Refuses a save of what has changed since entry `seen` of its history (0: since the start); null doesn't ask.
create function private.check_seen(what text, key text, seen bigint) returns void
language plpgsql stable set search_path = '' as $$
declare
  newest bigint := (select coalesce(max(l.id), 0) from private.settings_log l where l.what = check_seen.what and l.key = check_seen.key);
begin
  if seen is not null then
    perform private.check_setting(newest, seen);
  end if;
end
$$;

-- Counts once for all rows of a save, and writes its history if anything changed.
create function private.finish_calendar(what text, key text, before jsonb, after jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  recounted integer := 0;
begin
  perform set_config('courtyard.recount', '', true);
  if before is distinct from after then
    perform private.log_setting(what, key, before, after);
    recounted := private.recount_clocks();
  end if;
  return jsonb_build_object('saved', jsonb_array_length(after), 'recounted', recounted,
    'version', (select coalesce(max(l.id), 0) from private.settings_log l where l.what = finish_calendar.what and l.key = finish_calendar.key));
end
$$;

create function private.week_json() returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('weekday', weekday, 'opens', to_char(opens, 'HH24:MI'), 'closes', to_char(closes, 'HH24:MI'))
    order by weekday, opens), '[]') from public.working_hours
$$;

create function private.year_json(year integer) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('day', day, 'working', working, 'name', name) order by day), '[]')
  from public.calendar_days where day between make_date(year, 1, 1) and make_date(year, 12, 31)
$$;

-- Definer, as the next: nobody writes these tables but the street's administrator by these functions.
create function public.save_working_hours(hours jsonb, version bigint default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  clock_time constant text := '^([01][0-9]|2[0-3]):[0-5][0-9]$';
  span record;
  last_day integer;
  last_closes text;
  before jsonb;
begin
  perform private.begin_setting();
  perform private.check_seen('hours', 'week', version);
  perform private.check_rows('hours', hours, 70);
  -- HH:MM sorts as text
  for span in
    select n, value ->> 'weekday' as weekday, value ->> 'opens' as opens, value ->> 'closes' as closes
    from jsonb_array_elements(hours) with ordinality r (value, n) order by value ->> 'weekday', value ->> 'opens'
  loop
    if span.weekday is null or span.weekday !~ '^[1-7]$' then
      perform private.refuse_calendar('weekday', span.n, 'Give a weekday from 1 (Monday) to 7.');
    elsif span.opens is null or span.opens !~ clock_time then
      perform private.refuse_calendar('opens', span.n, 'Give a time like 09:00.');
    elsif span.closes is null or span.closes !~ clock_time and span.closes <> '24:00' or span.closes <= span.opens then
      perform private.refuse_calendar('closes', span.n, 'Give a time like 12:00, later than it opens.');
    elsif span.weekday::integer = last_day and span.opens < last_closes then
      perform private.refuse_calendar('opens', span.n, 'Let the hours of one day not overlap.');
    end if;
    last_day := span.weekday::integer;
    last_closes := span.closes;
  end loop;
  if last_day is null then
    perform private.refuse_calendar('hours', null, 'Give the office hours on at least one day.');
  end if;
  before := private.week_json();
  perform set_config('courtyard.recount', 'later', true);
  delete from public.working_hours where true;
  insert into public.working_hours (weekday, opens, closes)
  select (value ->> 'weekday')::integer, (value ->> 'opens')::time, (value ->> 'closes')::time from jsonb_array_elements(hours);
  return private.finish_calendar('hours', 'week', before, private.week_json());
end
$$;
comment on function public.save_working_hours(jsonb, bigint) is
  'Replaces the office''s week: [{weekday 1 (Monday) to 7, opens ''09:00'', closes ''12:00''}], Chinese time; running clocks are counted anew. version: the id of the newest entry of its history that was seen (0: none; left out: not asked). Returns {saved, recounted, version}. Errors: admin_only 403, stale_setting 409 {version}, calendar_malformed 422 {field, row from 1, or null}.';
grant execute on function public.save_working_hours(jsonb, bigint) to authenticated;

create function public.save_calendar_year(year integer, days jsonb, version bigint default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  entry record;
  seen date[] := '{}'::date[];
  before jsonb;
begin
  perform private.begin_setting();
  if year is null or year not between 2020 and 2100 then
    perform private.refuse_calendar('year', null, 'Give a year from 2020 to 2100.');
  end if;
  perform private.check_seen('calendar', year::text, version);
  perform private.check_rows('days', days, 366);
  for entry in
    select n, private.day(value ->> 'day') as day, value -> 'working' as working, value -> 'name' as name
    from jsonb_array_elements(days) with ordinality r (value, n)
  loop
    if entry.day is null or extract(year from entry.day) <> year then
      perform private.refuse_calendar('day', entry.n, 'Give a day of this year, like ' || year || '-01-31.');
    elsif entry.day = any (seen) then
      perform private.refuse_calendar('day', entry.n, 'Name each day once.');
    elsif jsonb_typeof(entry.working) is distinct from 'boolean' then
      perform private.refuse_calendar('working', entry.n, 'Say true for a day worked, false for a day off.');
    elsif jsonb_typeof(entry.name) not in ('string', 'null') or char_length(entry.name #>> '{}') > 40 then
      perform private.refuse_calendar('name', entry.n, 'Give a name of at most 40 characters, or none.');
    end if;
    seen := seen || entry.day;
  end loop;
  before := private.year_json(year);
  perform set_config('courtyard.recount', 'later', true);
  delete from public.calendar_days where day between make_date(year, 1, 1) and make_date(year, 12, 31);
  insert into public.calendar_days (day, working, name)
  select (value ->> 'day')::date, (value ->> 'working')::boolean, private.clean(value ->> 'name') from jsonb_array_elements(days);
  return private.finish_calendar('calendar', year::text, before, private.year_json(year));
end
$$;
comment on function public.save_calendar_year(integer, jsonb, bigint) is
  'Replaces the days of a year that differ from the week: [{day ''2027-01-01'', working, name}]; running clocks are counted anew. version as in save_working_hours, of this year''s history. Returns {saved, recounted, version}. Errors: admin_only 403, stale_setting 409 {version}, calendar_malformed 422 {field, row from 1, or null}.';
grant execute on function public.save_calendar_year(integer, jsonb, bigint) to authenticated;
