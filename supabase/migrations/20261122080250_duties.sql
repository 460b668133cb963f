-- Gives: the duty lists (清单) that categories and refusals rest on.
-- To: staff read them.

create table public.duties (
  code text primary key check (code ~ '^[a-z0-9_]{2,40}$'),
  list text not null check (list in ('community_duty', 'community_assists', 'community_never', 'certificate', 'certificate_never', 'department_duty')),
  title text not null,
  title_en text not null,
  -- where to go instead, or the way round
  instead text
);
comment on table public.duties is 'Entries of the duty lists: what the community does, helps with, must never be made responsible for, certifies or not, and what departments answer for.';

alter table public.duties enable row level security;
grant select on public.duties to authenticated, service_role;
create policy "staff read the duty lists" on public.duties for select to authenticated using (true);
