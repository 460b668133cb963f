-- Whether a report was marked as abuse, and who may say so: a mark that nobody sees could never be taken back.
create or replace function private.masked_reporter(issue_id bigint) returns jsonb
  language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'name', left(r.name, 1) || '**',
    'phone', case when char_length(r.phone) >= 7 then left(r.phone, 3) || '****' || right(r.phone, 4)
      when r.phone is not null then '****' end,
    'address', r.address,
    'marked', r.marked_at is not null,
    'may_mark', exists (select from private.my_memberships() m
      where m.role in ('community_staff', 'street_staff', 'admin') and m.area_id in (i.community_id, i.street_id)))
  from private.reporters r join public.issues i on i.id = r.issue_id
  where i.id = masked_reporter.issue_id and private.sees_issue(i)
$$;
