-- Gives: the steps to be told to residents found by index: the report itself, and those merged into it.
-- To: the trigger on issue_events, for each event.

create or replace function private.queue_resident_messages() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from private.hooks h where h.active and h.audience = 'residents') then
    insert into private.deliveries (issue_id, step_of, seq, hook_id, next_at)
    select i.id, new.issue_id, new.seq, h.id, new.at
    from (select new.issue_id as id union all select m.id from public.issues m where m.merged_into = new.issue_id) told
    join public.issues i on i.id = told.id
    join private.reporters r on r.issue_id = i.id and r.phone is not null and r.forgotten_at is null
    join private.hooks h on h.active and h.audience = 'residents' and h.street_id = i.street_id and (h.area_id is null or h.area_id = i.community_id)
    where not exists (select from private.push_subscriptions s where s.issue_id = i.id);
  end if;
  return null;
end
$$;
