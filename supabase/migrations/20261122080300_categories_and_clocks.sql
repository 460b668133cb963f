-- Gives: what residents report (categories), the street's working time, and the arithmetic of one step's clock.
-- To: staff read the tables; residents get the categories' names through open_courtyard.

create table public.categories (
  code text primary key check (code ~ '^[a-z_]{2,40}$'),
  name text not null,
  name_en text not null,
  -- the class in 数字城管's terms
  class text not null,
  keywords text[] not null default '{}',
  -- where a new issue of this kind begins
  level text not null default 'community' check (level in ('courtyard', 'community', 'street')),
  department_id bigint references public.departments (id),
  -- the entry of the duty lists it rests on
  duty text references public.duties (code),
  urgency text not null default 'ordinary' check (urgency in ('ordinary', 'urgent', 'emergency')),
  -- minutes of working time or of wall time
  clock text not null default 'working' check (clock in ('working', 'wall')),
  accept_minutes integer not null check (accept_minutes > 0),
  dispatch_minutes integer not null check (dispatch_minutes > 0),
  handle_minutes integer not null check (handle_minutes > 0),
  sort integer not null default 100
);
comment on table public.categories is 'What an issue is about: where it begins, who leads it beyond the community, how long each step may take.';
create index categories_department on public.categories (department_id);
create index categories_duty on public.categories (duty);

create table public.calendar_days (
  day date primary key,
  working boolean not null,
  name text
);
comment on table public.calendar_days is 'Days that differ from the week: public holidays (working = false) and make-up days (working = true).';

create table public.working_hours (
  weekday integer not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null check (closes > opens),
  primary key (weekday, opens)
);
comment on table public.working_hours is 'The office''s hours by ISO weekday (1 = Monday), in Chinese time. A make-up day keeps Monday''s.';
insert into public.working_hours (weekday, opens, closes)
select weekday, opens::time, closes::time
from generate_series(1, 5) weekday, (values ('09:00', '12:00'), ('13:00', '18:00')) hours (opens, closes);

alter table public.categories enable row level security;
alter table public.calendar_days enable row level security;
alter table public.working_hours enable row level security;
grant select on public.categories, public.calendar_days, public.working_hours to authenticated, service_role;
create policy "staff read the categories" on public.categories for select to authenticated using (true);
create policy "staff read the calendar" on public.calendar_days for select to authenticated using (true);
create policy "staff read the working hours" on public.working_hours for select to authenticated using (true);

-- The office's open spans of one day, in time order.
create function private.open_spans(on_day date) returns table (opens timestamptz, closes timestamptz)
language plpgsql stable set search_path = '' rows 2 as $$
begin
  return query
  select (on_day + h.opens) at time zone 'Asia/Shanghai', (on_day + h.closes) at time zone 'Asia/Shanghai'
  from public.working_hours h
  left join public.calendar_days c on c.day = on_day
  where h.weekday = case when c.working then 1 when c.working = false then null else extract(isodow from on_day) end
  order by h.opens;
end
$$;

-- The moment when `minutes` of the office's time have passed since `since`. Looks at most two years ahead.
create function private.after_working_minutes(since timestamptz, minutes integer) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  first_day date := (since at time zone 'Asia/Shanghai')::date;
  remaining interval := make_interval(mins => minutes);
  span record;
begin
  for span in
    select greatest(s.opens, since) as opens, s.closes
    from generate_series(0, 730) ahead, private.open_spans(first_day + ahead) s
    where s.closes > since
  loop
    if span.opens + remaining <= span.closes then
      return span.opens + remaining;
    end if;
    remaining := remaining - (span.closes - span.opens);
  end loop;
  return since + make_interval(days => 730);
end
$$;

create table public.urgency_clocks (
  urgency text primary key check (urgency in ('ordinary', 'urgent', 'emergency')),
  clock text not null check (clock in ('working', 'wall')),
  accept_minutes integer not null check (accept_minutes > 0),
  dispatch_minutes integer not null check (dispatch_minutes > 0),
  handle_minutes integer not null check (handle_minutes > 0),
  verify_minutes integer not null check (verify_minutes > 0)
);
comment on table public.urgency_clocks is 'How long a step takes at an urgency that is not the category''s own, and how long verifying takes at each.';
insert into public.urgency_clocks values
  ('ordinary', 'working', 60, 60, 480, 480),
  ('urgent', 'wall', 60, 60, 1440, 1440),
  ('emergency', 'wall', 15, 15, 120, 120);
alter table public.urgency_clocks enable row level security;
grant select on public.urgency_clocks to authenticated, service_role;
create policy "staff read the clocks" on public.urgency_clocks for select to authenticated using (true);

-- How many minutes of the office's time lie between two moments.
create function private.working_minutes(since timestamptz, upto timestamptz) returns integer
language sql stable set search_path = '' as $$
  select coalesce(sum(extract(epoch from least(s.closes, upto) - greatest(s.opens, since))) / 60, 0)::integer
  from generate_series((since at time zone 'Asia/Shanghai')::date, (upto at time zone 'Asia/Shanghai')::date, interval '1 day') d,
    private.open_spans(d::date) s
  where s.closes > since and s.opens < upto
$$;

create function private.after_minutes(since timestamptz, minutes integer, mode text) returns timestamptz
language sql stable set search_path = '' as $$
  select case mode when 'working' then private.after_working_minutes(since, minutes) else since + make_interval(mins => minutes) end
$$;

-- The minutes a step may take and how they are counted: the category's, unless the issue is of another urgency; seven days to answer.
create function private.step_time(category text, urgency text, step text) returns table (minutes integer, mode text)
language sql stable set search_path = '' as $$
  select
    case
      when step = 'answer' then 7 * 1440
      when step = 'verify' then u.verify_minutes
      when step = 'accept' then case when own then c.accept_minutes else u.accept_minutes end
      when step = 'dispatch' then case when own then c.dispatch_minutes else u.dispatch_minutes end
      else case when own then c.handle_minutes else u.handle_minutes end
    end,
    case when step = 'answer' then 'wall' when own and step <> 'verify' then c.clock else u.clock end
  from public.categories c
  join public.urgency_clocks u on u.urgency = step_time.urgency,
    lateral (select c.urgency = step_time.urgency as own) o
  where c.code = category
$$;

-- A clock's columns when `minutes` start to run at `since`; warning at 80 %.
create function private.running_clock(since timestamptz, minutes integer, mode text) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('step_since', since, 'step_minutes', minutes, 'step_mode', mode, 'paused_at', null, 'paused_until', null,
    'due_at', private.after_minutes(since, minutes, mode),
    'warn_at', private.after_minutes(since, (minutes * 0.8)::integer, mode))
$$;

-- The columns that start `step` at `since`; with no step, those that stop the clock.
create function private.start_step(category text, urgency text, step text, since timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('step', step) || case
    when step is null then '{"step_since":null,"step_minutes":null,"step_mode":null,"paused_at":null,"paused_until":null,"due_at":null,"warn_at":null}'::jsonb
    else (select private.running_clock(since, t.minutes, t.mode) from private.step_time(category, urgency, step) t) end
$$;

-- The ground of a new or changed category: it may not begin where its duty forbids.
create function private.check_category() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.level in ('courtyard', 'community')
    and exists (select from public.duties d where d.code = new.duty and d.list = 'community_never') then
    perform private.fail(422, 'community_never', jsonb_build_object('duty', new.duty,
      'title', (select d.title from public.duties d where d.code = new.duty)), 'Let this category begin at the street.');
  end if;
  return new;
end
$$;
create trigger check_category before insert or update on public.categories
  for each row execute function private.check_category();
