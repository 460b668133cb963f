-- Gives: the phones to be told of an event found by index: those of the report itself, and of those merged into it.
-- To: the trigger on issue_events, for each event.

create or replace function private.queue_pushes() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.pushes as p (subscription_id, at, next_at)
  select s.id, new.at, new.at
  from (select new.issue_id as id union all select m.id from public.issues m where m.merged_into = new.issue_id) told
  join private.push_subscriptions s on s.issue_id = told.id
  on conflict on constraint pushes_subscription_id_key do update set again = true where p.tries > 0;
  if found then
    perform pg_notify('deliveries', '');
  end if;
  return null;
end
$$;
