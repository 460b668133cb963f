-- Gives: save_category, save_duty and save_urgency_clock, what they may not break, and the recount of running clocks that follows.
-- To: the street's administrator.

-- The ground of a new or changed category: it may not begin where its duty forbids, nor rest on an entry that is no longer in force.
create or replace function private.check_category() returns trigger
language plpgsql set search_path = '' as $$
declare
  entry public.duties;
begin
  select d.* into entry from public.duties d where d.code = new.duty;
  if new.level in ('courtyard', 'community') and entry.list = 'community_never' then
    perform private.fail(422, 'community_never', jsonb_build_object('duty', entry.code, 'title', entry.title, 'title_en', entry.title_en),
      'Let this category begin at the street.');
  elsif new.active and not entry.active then
    perform private.fail(422, 'duty_unknown', jsonb_build_object('field', 'duty', 'duty', entry.code), 'Choose an entry that is in force.');
  elsif new.code = 'other' and not new.active then
    perform private.fail(409, 'category_needed', jsonb_build_object('category', new.code), 'Reports without a category go here: it stays.');
  end if;
  return new;
end
$$;

-- What rests on an entry must stay true: categories on it begin at the street if it is on the negative list, and it stays in force
-- while they are offered.
create function private.check_duty() returns trigger
language plpgsql set search_path = '' as $$
declare
  resting jsonb;
begin
  select jsonb_agg(c.name order by c.sort, c.code) into resting from public.categories c
  where c.duty = new.code
    and (new.list = 'community_never' and c.level in ('courtyard', 'community') or not new.active and c.active);
  if resting is not null then
    perform private.fail(409, 'duty_in_use', jsonb_build_object('duty', new.code, 'categories', resting),
      case when new.active then 'Let these categories begin at the street first.' else 'Let these categories rest on another entry first.' end);
  end if;
  return new;
end
$$;
create trigger check_duty before update of list, active on public.duties
  for each row execute function private.check_duty();

-- A report names a category that is offered, a refusal an entry that is in force.
create function private.refuse_inactive() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' and not (select c.active from public.categories c where c.code = new.category) then
    perform private.fail(422, 'category_unknown', '{"field":"category"}', 'Leave the category out.');
  elsif tg_op = 'UPDATE' and not (select d.active from public.duties d where d.code = new.duty) then
    perform private.fail(422, 'duty_unknown', '{"field":"duty"}', 'Choose the entry of the duty lists it rests on.');
  end if;
  return new;
end
$$;
create trigger refuse_inactive before insert on public.issues
  for each row execute function private.refuse_inactive();
create trigger refuse_inactive_duty before update of duty on public.issues
  for each row when (new.duty is distinct from old.duty and new.duty is not null) execute function private.refuse_inactive();

-- Definer: anonymous callers read no table.
create or replace function public.open_courtyard(code text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  opened record;
  yard public.courtyards;
begin
  select * into opened from private.courtyard_of_code(open_courtyard.code);
  yard := opened.courtyard;
  return jsonb_build_object(
    'courtyard', jsonb_build_object(
      'name', yard.name,
      'address', yard.address,
      'community', private.office_name(yard.community_id, null),
      'street', private.office_name(yard.street_id, null),
      'point', extensions.st_asgeojson(yard.point, 6)::jsonb -> 'coordinates',
      'outline', extensions.st_asgeojson(yard.geom, 6)::jsonb,
      'place', opened.place),
    'categories', (
      select jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'name_en', c.name_en, 'keywords', c.keywords,
        'urgent', c.urgency = 'emergency') order by c.sort, c.code)
      from public.categories c where c.active),
    'limits', private.report_limits());
end
$$;

-- Words residents use, cleaned, each once, in the order given; refuses more than 60 of them and words over 20 characters.
create function private.keywords(given text[]) returns text[]
language plpgsql immutable set search_path = '' as $$
declare
  words text[] := (
    select coalesce(array_agg(w.word order by w.first), '{}') from (
      select private.field('keywords', typed, 20) as word, min(n) as first
      from unnest(given) with ordinality g (typed, n) group by 1) w
    where w.word is not null);
begin
  if cardinality(words) > 60 then
    perform private.fail(422, 'field_too_long', '{"field":"keywords","max":60}', 'Keep the words that residents use most.');
  end if;
  return words;
end
$$;

-- Definer, as all below: nobody writes these tables but the street's administrator by these functions.
create function public.save_category(code text, name text, class text, level text, urgency text, clock text,
  accept_minutes integer, dispatch_minutes integer, handle_minutes integer, name_en text default null, keywords text[] default '{}',
  department_id bigint default null, duty text default null, sort integer default 100, active boolean default true,
  version integer default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street constant bigint := private.begin_setting();
  old public.categories;
  made public.categories;
begin
  made.code := private.setting_code(save_category.code, '^[a-z_]{2,40}$');
  select c.* into old from public.categories c where c.code = made.code;
  perform private.check_setting(old.version, save_category.version);
  made.name := private.field('name', save_category.name, 20, true);
  made.name_en := coalesce(private.field('name_en', save_category.name_en, 60), made.name);
  made.class := private.field('class', save_category.class, 20, true);
  made.keywords := private.keywords(save_category.keywords);
  made.level := private.choice('level', save_category.level, '{courtyard,community,street}');
  made.department_id := save_category.department_id;
  if made.department_id is distinct from old.department_id and made.department_id is not null
    and not exists (select from public.departments d where d.id = made.department_id and d.street_id = street) then
    perform private.fail(422, 'department_unknown', '{"field":"department_id"}', 'Choose one of the street''s departments.');
  end if;
  made.duty := private.field('duty', save_category.duty, 40);
  if made.duty is not null and not exists (select from public.duties d where d.code = made.duty) then
    perform private.fail(422, 'duty_unknown', '{"field":"duty"}', 'Choose the entry of the duty lists it rests on.');
  end if;
  made.urgency := private.choice('urgency', save_category.urgency, '{ordinary,urgent,emergency}');
  made.clock := private.choice('clock', save_category.clock, '{working,wall}');
  made.accept_minutes := private.step_minutes('accept_minutes', save_category.accept_minutes);
  made.dispatch_minutes := private.step_minutes('dispatch_minutes', save_category.dispatch_minutes);
  made.handle_minutes := private.step_minutes('handle_minutes', save_category.handle_minutes);
  made.sort := private.whole_number('sort', coalesce(save_category.sort, 100), 0, 9999);
  made.active := coalesce(save_category.active, true);
  made.version := 1;
  insert into public.categories as c values (made.*)
  on conflict on constraint categories_pkey do update set name = excluded.name, name_en = excluded.name_en, class = excluded.class,
    keywords = excluded.keywords, level = excluded.level, department_id = excluded.department_id, duty = excluded.duty,
    urgency = excluded.urgency, clock = excluded.clock, accept_minutes = excluded.accept_minutes,
    dispatch_minutes = excluded.dispatch_minutes, handle_minutes = excluded.handle_minutes, sort = excluded.sort, active = excluded.active
  returning c.* into made;
  return to_jsonb(made);
end
$$;
comment on function public.save_category(text, text, text, text, text, text, integer, integer, integer, text, text[], bigint, text, integer, boolean, integer) is
  'Adds a category (version null), or changes the one of this code as it was at `version`; running clocks are counted anew. Returns the row. Without an English name the Chinese one stands. Errors: admin_only 403, setting_unknown 404, stale_setting {version}, code_taken, category_needed 409, field_missing, field_too_long, field_malformed {field, options | min, max}, department_unknown, duty_unknown, community_never 422.';
grant execute on function public.save_category(text, text, text, text, text, text, integer, integer, integer, text, text[], bigint, text, integer, boolean, integer) to authenticated;

create function public.save_duty(code text, list text, title text, title_en text default null, instead text default null,
  active boolean default true, version integer default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  made public.duties;
  current integer;
begin
  perform private.begin_setting();
  made.code := private.setting_code(save_duty.code, '^[a-z0-9_]{2,40}$');
  select d.version into current from public.duties d where d.code = made.code;
  perform private.check_setting(current, save_duty.version);
  made.list := private.choice('list', save_duty.list,
    '{community_duty,community_assists,community_never,certificate,certificate_never,department_duty}');
  made.title := private.field('title', save_duty.title, 60, true);
  made.title_en := coalesce(private.field('title_en', save_duty.title_en, 120), made.title);
  made.instead := private.field('instead', save_duty.instead, 200);
  made.active := coalesce(save_duty.active, true);
  made.version := 1;
  insert into public.duties as d (code, list, title, title_en, instead, version, active)
  values (made.code, made.list, made.title, made.title_en, made.instead, made.version, made.active)
  on conflict on constraint duties_pkey do update set list = excluded.list, title = excluded.title, title_en = excluded.title_en,
    instead = excluded.instead, active = excluded.active
  returning d.* into made;
  return to_jsonb(made);
end
$$;
comment on function public.save_duty(text, text, text, text, text, boolean, integer) is
  'Adds an entry of the duty lists (version null), or changes the one of this code as it was at `version`. Returns the row. Errors: admin_only 403, setting_unknown 404, stale_setting {version}, code_taken, duty_in_use {categories} 409, field_missing, field_too_long, field_malformed 422.';
grant execute on function public.save_duty(text, text, text, text, text, boolean, integer) to authenticated;

create function public.save_urgency_clock(urgency text, clock text, accept_minutes integer, dispatch_minutes integer,
  handle_minutes integer, verify_minutes integer, version integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  saved public.urgency_clocks;
begin
  perform private.begin_setting();
  perform private.choice('urgency', save_urgency_clock.urgency, '{ordinary,urgent,emergency}');
  select u.* into strict saved from public.urgency_clocks u where u.urgency = save_urgency_clock.urgency;
  perform private.check_setting(saved.version, coalesce(save_urgency_clock.version, 0));
  update public.urgency_clocks u set
    clock = private.choice('clock', save_urgency_clock.clock, '{working,wall}'),
    accept_minutes = private.step_minutes('accept_minutes', save_urgency_clock.accept_minutes),
    dispatch_minutes = private.step_minutes('dispatch_minutes', save_urgency_clock.dispatch_minutes),
    handle_minutes = private.step_minutes('handle_minutes', save_urgency_clock.handle_minutes),
    verify_minutes = private.step_minutes('verify_minutes', save_urgency_clock.verify_minutes)
  where u.urgency = saved.urgency returning u.* into saved;
  return to_jsonb(saved);
end
$$;
comment on function public.save_urgency_clock(text, text, integer, integer, integer, integer, integer) is
  'Changes how long each step takes at an urgency, as it was at `version`; running clocks are counted anew. Returns the row. Errors: admin_only 403, stale_setting 409 {version}, field_missing, field_malformed 422.';
grant execute on function public.save_urgency_clock(text, text, integer, integer, integer, integer, integer) to authenticated;
