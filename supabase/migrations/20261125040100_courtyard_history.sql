-- Gives: what became of each courtyard and area outline, never changed; which yards stand in the place of one that ended; how its issues
-- and wall codes follow them.
-- To: staff read the story of the yards they see (courtyard_story). The drawing functions of the next migrations write it.

create table private.courtyard_history (
  id bigint generated always as identity primary key,
  courtyard_id bigint not null references public.courtyards (id),
  at timestamptz not null,
  person_id uuid references public.people (id),
  action text not null check (action in ('added', 'redrawn', 'moved', 'split', 'merged', 'made')),
  -- how it was before; null where it began
  before jsonb,
  geom_before extensions.geometry(MultiPolygon, 4326),
  -- what went with it: issues, codes
  followed jsonb not null default '{}'
);
comment on table private.courtyard_history is 'Every change of a yard''s ground, by whom: split and merged ended it, made began it in the place of others. Never changed.';
create index courtyard_history_yard on private.courtyard_history (courtyard_id, id);
create index courtyard_history_person on private.courtyard_history (person_id);
create trigger never_changed before update or delete on private.courtyard_history
  for each row execute function private.refuse_change();
create trigger never_emptied before truncate on private.courtyard_history
  for each statement execute function private.refuse_change();

create table private.area_history (
  id bigint generated always as identity primary key,
  area_id bigint not null references public.areas (id),
  at timestamptz not null,
  person_id uuid references public.people (id),
  boundary_before extensions.geometry(MultiPolygon, 4326)
);
comment on table private.area_history is 'Every boundary an area had before the one it has, and who redrew it. Never changed.';
create index area_history_area on private.area_history (area_id, id);
create index area_history_person on private.area_history (person_id);
create trigger never_changed before update or delete on private.area_history
  for each row execute function private.refuse_change();
create trigger never_emptied before truncate on private.area_history
  for each statement execute function private.refuse_change();

create table public.courtyard_successors (
  courtyard_id bigint not null references public.courtyards (id),
  successor_id bigint not null references public.courtyards (id),
  -- of several, the one that has the codes and what cannot be divided
  heir boolean not null,
  primary key (courtyard_id, successor_id)
);
comment on table public.courtyard_successors is 'Which yards stand where one ended. heir: the one its wall codes open and its archive went to.';
create unique index courtyard_successors_heir on public.courtyard_successors (courtyard_id) where heir;
create index courtyard_successors_successor on public.courtyard_successors (successor_id);
alter table public.courtyard_successors enable row level security;
grant select on public.courtyard_successors to authenticated, service_role;
create policy "staff read what became of the yards they see" on public.courtyard_successors for select to authenticated
  using (courtyard_id in (select c.id from public.courtyards c));

-- Writes one entry of a yard's history for whoever is signed in; `yard` as it was before.
create function private.note_courtyard(action text, yard public.courtyards, followed jsonb default '{}') returns void
language sql volatile set search_path = '' as $$
  insert into private.courtyard_history (courtyard_id, at, person_id, action, before, geom_before, followed)
  select yard.id, private.now(), auth.uid(), note_courtyard.action,
    case when note_courtyard.action not in ('added', 'made') then jsonb_build_object('name', yard.name, 'address', yard.address,
      'kind', yard.kind, 'grid_id', yard.grid_id, 'community_id', yard.community_id, 'area_m2', yard.area_m2, 'version', yard.version) end,
    case when note_courtyard.action not in ('added', 'made') then yard.geom end, note_courtyard.followed
$$;

-- The living yard that stands for this one: itself, or the heir of its heir.
create function private.living_courtyard(courtyard bigint) returns bigint
language sql stable set search_path = '' as $$
  with recursive line (id) as (
    select courtyard
    union
    select s.successor_id from line l join public.courtyard_successors s on s.courtyard_id = l.id and s.heir
  )
  select c.id from line l join public.courtyards c on c.id = l.id where c.ended_at is null
$$;

-- What stands in the way of an imported row.
create or replace function private.yard_in_the_way(street bigint, own bigint, address text, geom extensions.geometry, point extensions.geometry) returns text
language sql stable set search_path = '' as $$
  select c.address from public.courtyards c
    where c.street_id = street and c.ended_at is null and c.id is distinct from own and c.address = yard_in_the_way.address
  union all
  select c.address from public.courtyards c
    where c.street_id = street and c.ended_at is null and c.id is distinct from own and extensions.st_intersects(c.geom, yard_in_the_way.point)
  union all
  select c.address from public.courtyards c
    where c.street_id = street and c.ended_at is null and c.id is distinct from own and extensions.st_intersects(yard_in_the_way.geom, c.point)
  union all
  -- its code is one of a yard that ended: the one that stands there now
  select l.address from public.courtyards c join public.courtyards l on l.id = private.living_courtyard(c.id)
    where c.id = own and c.ended_at is not null
  limit 1
$$;

-- Where one issue belongs after its yard was split, merged or moved: its yard always; while it is open also grid and community, and
-- with them its holder where that is the grid's worker or the community. What has ended stays with the office that ended it, so that
-- the figures of a period that is over stay as they are.
create function private.relocate_issue(issue public.issues, yard public.courtyards) returns void
language plpgsql set search_path = '' as $$
declare
  event public.issue_events;
  is_open constant boolean := issue.state in ('submitted', 'handling', 'resolved');
  moves constant boolean := is_open and (yard.grid_id, yard.community_id) is distinct from (issue.grid_id, issue.community_id);
  holder bigint := case when moves then case issue.holder_level when 'courtyard' then yard.grid_id when 'community' then yard.community_id end end;
begin
  if not moves and issue.courtyard_id = yard.id then
    return;
  end if;
  update public.issues i set courtyard_id = yard.id,
    grid_id = case when moves then yard.grid_id else i.grid_id end,
    community_id = case when moves then yard.community_id else i.community_id end
  where i.id = issue.id;
  if moves then
    update public.issue_steps s set community_id = yard.community_id where s.issue_id = issue.id and s.ended_at is null;
  end if;
  event.issue_id := issue.id;
  event.action := 'relocate';
  event.at := private.now();
  event.actor := (select m.role from private.my_memberships() m where m.area_id = yard.street_id order by m.role = 'admin' limit 1);
  event.person_id := auth.uid();
  event.office_area_id := yard.street_id;
  event.payload := jsonb_build_object('words', yard.name, 'from', issue.courtyard_id, 'to', yard.id);
  event.is_public := false;
  event.changes := jsonb_build_object('courtyard_id', yard.id)
    || case when moves then jsonb_build_object('grid_id', yard.grid_id, 'community_id', yard.community_id) else '{}' end
    || case when holder is distinct from issue.holder_area_id and holder is not null then jsonb_build_object('holder_area_id', holder) else '{}' end;
  issue := private.append_event(event);
end
$$;

-- All issues of these yards, locked in one go before the first is changed, so that nobody who holds one is waited for in a circle.
create function private.locked_issues(yards bigint[]) returns setof public.issues
language sql volatile set search_path = '' as $$
  select * from (select i.* from public.issues i where i.courtyard_id = any (yards) for no key update) locked order by id
$$;

-- Moves the issues of yards that ended to those that stand there now: to the one the pin lies in, else the nearest. Gives how many.
create function private.follow_issues(ended bigint[], successors bigint[]) returns integer
language plpgsql set search_path = '' as $$
declare
  issue public.issues;
  before public.issues;
  yard public.courtyards;
  moved integer := 0;
begin
  for issue in select * from private.locked_issues(ended) loop
    select c.* into yard from public.courtyards c where c.id = any (successors)
    order by extensions.st_distance(coalesce(c.geom, c.point), issue.point), c.id limit 1;
    before := issue;
    perform private.relocate_issue(issue, yard);
    perform private.leave_topics(before, yard);
    moved := moved + 1;
  end loop;
  return moved;
end
$$;

-- Tells the topics of the grid and the community an open issue was in, where it is no longer.
create function private.leave_topics(before public.issues, yard public.courtyards) returns void
language plpgsql set search_path = '' as $$
begin
  if before.state in ('submitted', 'handling', 'resolved') then
    if before.community_id <> yard.community_id then
      perform private.publish_leaving('area:' || before.community_id, before);
    end if;
    if before.grid_id <> yard.grid_id then
      perform private.publish_leaving('area:' || before.grid_id, before);
    end if;
  end if;
end
$$;

-- Hands the codes on the walls of yards that ended to their heir, where they go on opening the report page. Gives how many.
create function private.follow_codes(ended bigint[], heir bigint) returns integer
language sql volatile set search_path = '' as $$
  with handed as (update public.courtyard_codes k set courtyard_id = heir where k.courtyard_id = any (ended) returning 1)
  select count(*)::integer from handed
$$;

-- Definer: the history is private; who sees the yard sees its story.
create function public.courtyard_story(courtyard_id bigint) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  yard public.courtyards;
begin
  select c.* into yard from public.courtyards c where c.id = courtyard_story.courtyard_id;
  if yard.id is null or not yard.community_id = any (private.my_community_ids()) then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the map.');
  end if;
  return jsonb_build_object(
    'id', yard.id, 'name', yard.name, 'version', yard.version, 'ended_at', yard.ended_at,
    'living', private.living_courtyard(yard.id),
    'came_from', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'ended_at', c.ended_at) order by c.id), '[]')
      from public.courtyard_successors s join public.courtyards c on c.id = s.courtyard_id where s.successor_id = yard.id),
    'went_to', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'heir', s.heir) order by s.heir desc, c.id), '[]')
      from public.courtyard_successors s join public.courtyards c on c.id = s.successor_id where s.courtyard_id = yard.id),
    'history', (select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'action', h.action, 'by', p.name, 'before', h.before, 'followed', h.followed,
        'outline', extensions.st_asgeojson(h.geom_before, 6)::jsonb) order by h.id desc), '[]')
      from private.courtyard_history h left join public.people p on p.id = h.person_id where h.courtyard_id = yard.id));
end
$$;
comment on function public.courtyard_story(bigint) is 'What became of a yard''s ground: the yards it came from, those it went to, the one that stands for it now (living), and each change with the outline before it. Errors: courtyard_unknown 404.';
grant execute on function public.courtyard_story(bigint) to authenticated;
