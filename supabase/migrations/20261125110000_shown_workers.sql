-- Gives: the office's list of what each grid shows residents of its workers.
-- To: the administrator and the communities.

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
