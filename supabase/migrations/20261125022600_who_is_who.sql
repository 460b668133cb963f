-- Gives: who looks after a yard, what of it residents are shown, and hand_over, which moves everything of one person to another at once.
-- To: staff read it; the community keeps its micro-grid workers; the administrator hands over.

create table private.microgrid_workers (
  courtyard_id bigint primary key references public.courtyards (id),
  name text not null check (char_length(name) between 1 and 40),
  phone text check (phone ~ '^[0-9+() -]{3,24}$'),
  -- set when they have an account
  person_id uuid references public.people (id),
  shown text not null default 'none' check (shown in ('none', 'name', 'name_phone'))
);
comment on table private.microgrid_workers is 'Each yard''s micro-grid worker (微网格员), often a resident without an account, and what residents are shown of them.';
create index microgrid_workers_person on private.microgrid_workers (person_id);

create table private.grid_workers_shown (
  grid_id bigint primary key references public.areas (id),
  phone text check (phone ~ '^[0-9+() -]{3,24}$'),
  shown text not null check (shown in ('none', 'name', 'name_phone'))
);
comment on table private.grid_workers_shown is 'A grid''s service phone, and what residents are shown of its worker; without a row: the name.';

-- Who looks after a yard: grid worker and micro-grid worker.
create function private.workers_of(yard public.courtyards)
returns table (role text, person_id uuid, name text, phone text, shown text)
language sql stable set search_path = '' as $$
  select 'grid_worker', p.id, p.name, s.phone, coalesce(s.shown, 'name')
  from public.memberships m join public.people p on p.id = m.person_id left join private.grid_workers_shown s on s.grid_id = m.area_id
  where m.area_id = yard.grid_id and m.role = 'grid_worker' and p.left_at is null
  union all
  select 'microgrid_worker', w.person_id, w.name, w.phone, w.shown from private.microgrid_workers w where w.courtyard_id = yard.id
$$;

-- What residents are shown of them: [{role, name, phone}]. For functions that open a yard's page.
create function private.shown_workers(yard public.courtyards) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('role', w.role, 'name', w.name, 'phone', case w.shown when 'name_phone' then w.phone end) order by w.role), '[]')
  from private.workers_of(yard) w where w.shown <> 'none'
$$;

-- Definer, as all below: the workers are private.
create function public.yard_workers(topic text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.check_topic(topic);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('courtyard_id', c.id, 'role', w.role, 'person_id', w.person_id, 'name', w.name, 'phone_masked', private.masked_phone(w.phone), 'shown', w.shown) order by c.id, w.role), '[]')
    from private.yards_of_topic(topic) y join public.courtyards c on c.id = y.courtyard_id, private.workers_of(c) w);
end
$$;
comment on function public.yard_workers(text) is 'Who looks after the yards of `topic`: [{courtyard_id, role (grid_worker|microgrid_worker), person_id, name, phone_masked, shown (none|name|name_phone: what residents see)}]. Errors: topic_not_allowed 403.';
grant execute on function public.yard_workers(text) to authenticated;

-- Refuses who neither is the yard's community nor administers its street.
create function private.check_office(community bigint, street bigint) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select from private.my_memberships() m where m.role = 'community_staff' and m.area_id = community or m.role = 'admin' and m.area_id = street) then
    perform private.fail(403, 'worker_not_allowed', '{}', 'Ask the yard''s community.');
  end if;
end
$$;

create function public.set_yard_worker(courtyard_id bigint, name text, phone text default null, shown text default 'name', person_id uuid default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  yard public.courtyards := private.readable_yard(set_yard_worker.courtyard_id);
  who text := private.field('name', set_yard_worker.name, 40);
  called text := private.field('phone', set_yard_worker.phone, 24);
begin
  perform private.check_office(yard.community_id, yard.street_id);
  if called !~ '^[0-9+() -]{3,24}$' then
    perform private.fail(422, 'field_malformed', '{"field":"phone"}', 'Give a phone number.');
  elsif set_yard_worker.person_id is not null and not exists (select from public.people p where p.id = set_yard_worker.person_id and p.street_id = yard.street_id and p.left_at is null) then
    perform private.fail(404, 'person_unknown', '{}', 'Choose someone who works here.');
  end if;
  if who is null then
    delete from private.microgrid_workers w where w.courtyard_id = yard.id;
  else
    insert into private.microgrid_workers as w values (yard.id, who, called, set_yard_worker.person_id, private.choice('shown', set_yard_worker.shown, '{none,name,name_phone}'))
    on conflict on constraint microgrid_workers_pkey do update set name = excluded.name, phone = coalesce(excluded.phone, w.phone), person_id = excluded.person_id, shown = excluded.shown;
  end if;
  perform private.log_archive(yard.id, 'worker', 'microgrid_worker', case when who is null then 'removed' else 'set' end);
end
$$;
comment on function public.set_yard_worker(bigint, text, text, text, uuid) is 'Sets a yard''s micro-grid worker and what residents are shown of them (none, name or name_phone); without a name removes them, without a phone keeps the one there is. Errors: courtyard_unknown, person_unknown 404, worker_not_allowed 403, field_malformed, field_too_long 422.';
grant execute on function public.set_yard_worker(bigint, text, text, text, uuid) to authenticated;

create function public.show_grid_worker(grid_id bigint, shown text, phone text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  called text := private.field('phone', show_grid_worker.phone, 24);
begin
  if not exists (select from public.areas a where a.id = show_grid_worker.grid_id and a.level = 'grid') then
    perform private.fail(404, 'area_unknown', '{}', 'Choose a grid.');
  end if;
  perform private.check_office(private.area_above(show_grid_worker.grid_id, 'community'), private.area_above(show_grid_worker.grid_id, 'street'));
  if called !~ '^[0-9+() -]{3,24}$' then
    perform private.fail(422, 'field_malformed', '{"field":"phone"}', 'Give a phone number.');
  end if;
  insert into private.grid_workers_shown as s values (show_grid_worker.grid_id, called, private.choice('shown', show_grid_worker.shown, '{none,name,name_phone}'))
  on conflict on constraint grid_workers_shown_pkey do update set shown = excluded.shown, phone = coalesce(excluded.phone, s.phone);
end
$$;
comment on function public.show_grid_worker(bigint, text, text) is 'What residents of a grid are shown of its worker: none, name or name_phone (the grid''s service phone). Errors: area_unknown 404, worker_not_allowed 403, field_malformed 422.';
grant execute on function public.show_grid_worker(bigint, text, text) to authenticated;

create function public.hand_over(from_person uuid, to_person uuid, leaves boolean default true) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street bigint := private.begin_setting();
  grids bigint[];
  yards bigint[];
begin
  perform from public.people p where p.id in (from_person, to_person) order by p.id for update;
  if from_person = to_person or (select count(*) from public.people p where p.id in (from_person, to_person) and p.street_id = street and p.left_at is null) <> 2 then
    perform private.fail(422, 'person_unknown', '{}', 'Choose two people who work in this street.');
  elsif exists (select from public.memberships m where m.person_id = from_person and m.role = 'admin') then
    perform private.fail(409, 'admin_stays', '{}', 'Make the other one administrator first.');
  end if;
  grids := array(select m.area_id from public.memberships m where m.person_id = from_person and m.role = 'grid_worker');
  insert into public.memberships (person_id, role, area_id, department_id)
  select to_person, m.role, m.area_id, m.department_id from public.memberships m where m.person_id = from_person
  on conflict do nothing;
  delete from public.memberships m where m.person_id = from_person;
  update private.microgrid_workers w set person_id = to_person, name = (select p.name from public.people p where p.id = to_person) where w.person_id = from_person;
  yards := array(select c.id from public.courtyards c where c.grid_id = any (grids)
    union select w.courtyard_id from private.microgrid_workers w where w.person_id = to_person);
  if leaves then
    update public.people p set left_at = private.now() where p.id = from_person;
  end if;
  insert into private.archive_events (at, courtyard_id, subject, key, action, person_id, office_area_id, payload)
  select private.now(), yard, 'worker', 'hand_over', 'handed_over', auth.uid(), street, jsonb_build_object('from', from_person, 'to', to_person) from unnest(yards) yard;
  return jsonb_build_object('grids', to_jsonb(grids), 'yards', cardinality(yards), 'left', leaves);
end
$$;
comment on function public.hand_over(uuid, uuid, boolean) is 'Moves everything of one person to another in one step: their offices (what those hold stays with them) and the yards they are micro-grid worker of; leaves: the first one works here no more. Returns {grids, yards, left}. Errors: admin_only 403, person_unknown 422, admin_stays 409.';
grant execute on function public.hand_over(uuid, uuid, boolean) to authenticated;
