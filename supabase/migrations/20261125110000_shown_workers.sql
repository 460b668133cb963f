-- Gives: who looks after a yard on its page, as far as the office shows them; and the office's list of what each grid shows.
-- To: anyone with a code, through open_courtyard; the administrator and the communities, list_shown_workers.

alter function private.yard_board(public.courtyards) rename to yard_matters;

-- What the yard's page shows. workers: [[name, service phone or null], …], the grid's before the yard's own.
create function private.yard_board(yard public.courtyards) returns jsonb
language sql stable set search_path = '' as $$
  select private.yard_matters(yard) || jsonb_build_object('workers', (
    select coalesce(jsonb_agg(jsonb_build_array(w ->> 'name', w ->> 'phone') order by w ->> 'role', w ->> 'name'), '[]')
    from jsonb_array_elements(private.shown_workers(yard)) w))
$$;

-- Definer: what is shown is private. A grid without a row shows its worker's name.
create function public.list_shown_workers() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from private.my_memberships() m where m.role in ('admin', 'community_staff')) then
    perform private.fail(403, 'admin_only', '{}', 'Ask the street''s administrator.');
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('grid_id', g.id, 'grid', g.name, 'community', c.name,
      'workers', (select coalesce(jsonb_agg(p.name order by p.name), '[]') from public.memberships m join public.people p on p.id = m.person_id
        where m.area_id = g.id and m.role = 'grid_worker' and p.left_at is null),
      'phone', s.phone, 'shown', coalesce(s.shown, 'name')) order by c.id, g.id), '[]')
    from public.areas g join public.areas c on c.id = private.area_above(g.id, 'community')
    left join private.grid_workers_shown s on s.grid_id = g.id
    where g.level = 'grid' and exists (select from private.my_memberships() m
      where m.role in ('admin', 'community_staff') and m.area_id = any (g.path)));
end
$$;
comment on function public.list_shown_workers() is 'What residents are shown of each grid''s worker, for the street''s administrator and each community''s staff: [{grid_id, grid, community, workers: [name], phone (the service phone), shown (none|name|name_phone)}]. Errors: admin_only 403.';
grant execute on function public.list_shown_workers() to authenticated;
