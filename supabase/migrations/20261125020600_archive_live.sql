-- Gives: the realtime messages that say an archive changed, and what the archive does by itself: labels that expire or look back in time.
-- To: who follows a topic; private.tick. A message carries a number and ids of courtyards, never what changed.

create table private.archive_feeds (
  topic text primary key,
  seq bigint not null
);
comment on table private.archive_feeds is 'The last number of each topic''s archive messages; courtyard_facts gives it as seq.';

create or replace function private.archive_seq(topic text) returns bigint
language sql stable security definer set search_path = '' as $$
  select coalesce((select f.seq from private.archive_feeds f where f.topic = archive_seq.topic), 0)
$$;

-- Tells everyone who may read these yards that their archives changed: event `archive` {seq, courtyard_ids}, at most 200 ids (null: many).
-- The street's topic first, so that two who tell at once wait in the same order.
create function private.tell_archives(yards bigint[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  told record;
  number bigint;
begin
  for told in
    select t.topic, array_agg(distinct c.id) as ids
    from public.courtyards c, lateral (
      select 'area:' || a as topic from unnest(array[c.street_id, c.community_id, c.grid_id]) a
      union all
      select 'department:' || d.id from public.departments d where d.street_id = c.street_id) t
    where c.id = any (yards) group by t.topic order by t.topic not in (select 'area:' || s.id from public.areas s where s.level = 'street'), t.topic
  loop
    insert into private.archive_feeds as f (topic, seq) values (told.topic, 1)
    on conflict on constraint archive_feeds_pkey do update set seq = f.seq + 1 returning f.seq into number;
    perform realtime.send(jsonb_build_object('seq', number, 'courtyard_ids', case when cardinality(told.ids) <= 200 then to_jsonb(told.ids) end), 'archive', told.topic, true);
  end loop;
end
$$;

-- Ends the labels whose time is over, and makes those due whose rule looks back in time: once a day for every yard, and each time for
-- nobody else.
create function private.age_labels() returns bigint[]
language plpgsql volatile set search_path = '' as $$
declare
  now timestamptz := private.now();
  today date := (now at time zone 'Asia/Shanghai')::date;
  ended bigint[];
begin
  with over as (
    update private.courtyard_labels c set ended_at = now, ended = 'expired' where c.ended_at is null and c.expires_at <= now returning c.courtyard_id, c.label_id
  ), marked as (
    insert into private.label_dirty (courtyard_id, label_id) select o.courtyard_id, o.label_id from over o join public.labels l on l.id = o.label_id where l.rule is not null
  )
  select array_agg(o.courtyard_id) into ended from over o;
  insert into private.label_days (day) values (today) on conflict do nothing;
  if found then
    insert into private.label_dirty (courtyard_id, label_id)
    select a.courtyard_id, l.id from private.archives a, public.labels l
    where l.active and (l.rule::text like '%"late"%' or exists (select from private.label_reads r where r.label_id = l.id and r.kind = 'cases' and r.reach is not null));
    delete from private.label_days d where d.day < today - 7;
  end if;
  return coalesce(ended, '{}');
end
$$;

create function private.archive_tick() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  changed bigint[] := private.age_labels() || private.derive_labels();
begin
  if changed <> '{}' then
    perform private.tell_archives(changed);
  end if;
end
$$;

create or replace function private.tick() returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.sweep();
  perform private.archive_tick();
  if extract(hour from private.now() at time zone 'Asia/Shanghai') = 2
    and not exists (select from private.history_checks c where c.at > private.now() - interval '20 hours') then
    perform private.check_history();
  end if;
end
$$;
