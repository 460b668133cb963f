-- Gives: the bucket of the issues' photos, and who may put and see them.
-- To: a resident puts the photos their report promised, each once; staff see those of the issues they see.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('issue-photos', 'issue-photos', false, 5242880, array['image/jpeg'])
on conflict (id) do nothing;

-- Whether a photo was promised at this path within the last seven days and has not come yet.
-- Definer: an anonymous upload may ask this and read nothing.
create function private.photo_expected(path text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.issue_photos p where p.path = photo_expected.path and p.promised_at > private.now() - interval '7 days')
$$;
grant execute on function private.photo_expected(text) to anon, authenticated;

-- Whether the picture itself is there. Definer: the bucket's rows are under policies of their own.
create function private.photo_arrived(path text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from storage.objects o where o.bucket_id = 'issue-photos' and o.name = photo_arrived.path)
$$;
grant execute on function private.photo_arrived(text) to authenticated;

create policy "a resident puts the photos their report promised" on storage.objects for insert to anon, authenticated
  with check (bucket_id = 'issue-photos' and private.photo_expected(name));
create policy "staff see the photos of the issues they see" on storage.objects for select to authenticated
  using (bucket_id = 'issue-photos' and exists (select from public.issue_photos p where p.path = name));
