-- Gives: promise_photos, by which an office that acts on an issue may add photos to it (never must).
-- To: the holder and assisting departments, as long as the issue is open.

-- The most photos an issue's offices may add.
create function private.staff_photos_limit() returns integer
language sql immutable set search_path = '' as $$ select 6 $$;

-- Definer: issue_photos is written by nobody; whoever may add a note to the issue may add photos.
create function public.promise_photos(issue_id bigint, photos integer) returns text[]
language plpgsql volatile security definer set search_path = '' as $$
declare
  issue public.issues;
  most constant integer := private.staff_photos_limit();
  stands integer;
  promised text[];
begin
  select i.* into issue from public.issues i where i.id = promise_photos.issue_id for no key update;
  if issue.id is null or not private.sees_issue(issue) then
    perform private.fail(404, 'issue_unknown', '{}', 'Reload the list.');
  end if;
  if not exists (select from private.my_actions(issue) a
    where (a.rule).action = 'note' and private.holds((a.rule).condition, issue, a.office_department_id)) then
    perform private.refuse_action(issue, 'photos', '{}');
  end if;
  -- what was promised an hour ago and never came is given up: a poor network must not use the issue's photos up
  delete from public.issue_photos p
  where p.issue_id = issue.id and not p.by_resident and p.promised_at < private.now() - interval '1 hour' and not private.photo_arrived(p.path);
  select count(*) into stands from public.issue_photos p where p.issue_id = issue.id and not p.by_resident;
  if photos is null or photos < 1 or photos > most - stands then
    perform private.fail(422, 'too_many_photos', jsonb_build_object('field', 'photos', 'max', greatest(most - stands, 0)), 'Send fewer photos.');
  end if;
  with made as (
    insert into public.issue_photos (path, issue_id, by_resident, promised_at)
    select folder || '/' || n || '.jpg', issue.id, false, private.now()
    from (select gen_random_uuid()::text as folder) f, generate_series(1, photos) n
    returning path)
  select array_agg(path order by path) into promised from made;
  return promised;
end
$$;
comment on function public.promise_photos(bigint, integer) is 'Paths in the bucket issue-photos to which the caller''s office may put so many JPEGs: within seven days, or within an hour once more are asked for; six an issue at most. Errors: issue_unknown 404, action_not_allowed 403, too_many_photos 422 {max: how many more}.';
grant execute on function public.promise_photos(bigint, integer) to authenticated;
