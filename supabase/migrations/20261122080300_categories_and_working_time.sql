-- Gives: what residents report (categories) and the street's working time, both as data.
-- To: staff read both; residents get the categories' names through open_courtyard.

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
language sql stable set search_path = '' rows 2 as $$
  select (on_day + h.opens) at time zone 'Asia/Shanghai', (on_day + h.closes) at time zone 'Asia/Shanghai'
  from public.working_hours h
  left join public.calendar_days c on c.day = on_day
  where h.weekday = case when c.working then 1 when c.working = false then null else extract(isodow from on_day) end
  order by h.opens
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

-- When a step that began at `since` is due: steps accept, dispatch, handle by the category's clock; answer after seven days.
create function private.due_at(category text, step text, since timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select case
    when step is null then null
    when step = 'answer' then since + interval '7 days'
    when c.clock = 'wall' then since + make_interval(mins => minutes)
    else private.after_working_minutes(since, minutes)
  end
  from public.categories c,
    lateral (select case step when 'accept' then c.accept_minutes when 'dispatch' then c.dispatch_minutes else c.handle_minutes end as minutes) m
  where c.code = category
$$;
