-- Gives: what becomes of an archive when its yard is split or merged: resources, hazards, labels given by hand, the values that still hold.
-- To: nobody by name; a trigger on the links between yards does it. What the yard that ended had is kept with it.

-- Values of a yard that ended, as far as they hold for what stands there now. Merged: counts known of every yard are added, all else
-- holds where every yard says the same. Split: what was counted has to be counted anew, what is said of the yard (its year, its
-- builder, a choice, a flag) holds for each part.
create function private.inherited_facts(old bigint[]) returns jsonb
language sql stable set search_path = '' as $$
  select private.with_derived(coalesce(jsonb_object_agg(v.code, case when v.added then to_jsonb(v.total) else v.same end), '{}'))
  from (
    select f.code, f.type = 'count' as added, sum((a.facts ->> f.code)::numeric) filter (where f.type = 'count') as total,
      min((a.facts -> f.code)::text)::jsonb as same, count(distinct a.facts -> f.code) as answers, count(*) as known
    from public.archive_fields f join private.archives a on a.courtyard_id = any (old) and a.facts ? f.code
    where f.formula is null and (cardinality(old) > 1 and f.type <> 'share' or f.type in ('year', 'flag', 'choice', 'text', 'phone'))
    group by f.code, f.type
  ) v
  where v.known = cardinality(old) and (v.added or v.answers = 1)
$$;

-- Places follow to the yard they lie in, else the nearest of those that stand there now.
create function private.follow_places(old bigint[], successors bigint[]) returns void
language plpgsql set search_path = '' as $$
begin
  update public.resources r set courtyard_id = (
    select c.id from public.courtyards c where c.id = any (successors) order by extensions.st_distance(coalesce(c.geom, c.point), r.point), c.id limit 1)
  where r.courtyard_id = any (old);
  update public.hazards h set courtyard_id = (
    select c.id from public.courtyards c where c.id = any (successors) order by extensions.st_distance(coalesce(c.geom, c.point), h.point), c.id limit 1)
  where h.courtyard_id = any (old);
end
$$;

-- A label given by hand holds for whatever stands there now; a derived one is derived anew.
create function private.follow_labels(old bigint[], successors bigint[]) returns void
language plpgsql set search_path = '' as $$
begin
  insert into private.courtyard_labels (courtyard_id, label_id, derived, reason, evidence, since, expires_at, person_id)
  select distinct on (s, l.label_id) s, l.label_id, false, l.reason, l.evidence, l.since, l.expires_at, l.person_id
  from unnest(successors) s, private.courtyard_labels l
  where l.courtyard_id = any (old) and l.ended_at is null and not l.derived
  order by s, l.label_id, l.since;
  update private.courtyard_labels l set ended_at = private.now(), ended = case when l.derived then 'rule' else 'taken' end
  where l.courtyard_id = any (old) and l.ended_at is null;
  insert into private.label_dirty (courtyard_id, label_id)
  select s, l.id from unnest(successors) s, public.labels l where l.active and l.rule is not null;
end
$$;

-- Definer: the archive is private.
create function private.follow_archive() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  old constant bigint[] := (select array_agg(distinct courtyard_id) from links);
  successors constant bigint[] := (select array_agg(distinct successor_id) from links);
begin
  perform private.follow_places(old, successors);
  perform private.follow_labels(old, successors);
  insert into private.archives (courtyard_id, facts, stamps, quarter, verified_at)
  select s, i.facts,
    -- verified when the oldest of what it is made of was
    (select coalesce(jsonb_object_agg(k.key, k.value), '{}') from (
      select distinct on (e.key) e.key, e.value from private.archives a, jsonb_each(a.stamps) e
      where a.courtyard_id = any (old) and i.facts ? e.key order by e.key, e.value) k),
    case when cardinality(old) > 1 then o.quarter end, case when cardinality(old) > 1 then o.verified_at end
  from unnest(successors) s, (select private.inherited_facts(old) as facts) i,
    (select min(a.quarter) as quarter, min(a.verified_at) as verified_at from private.archives a where a.courtyard_id = any (old)) o
  where i.facts <> '{}';
  perform private.tell_archives(successors);
  return null;
end
$$;
create trigger follow_archive after insert on public.courtyard_successors referencing new table as links
  for each statement execute function private.follow_archive();

create or replace function private.yards_of_topic(topic text) returns table (courtyard_id bigint, street_id bigint, community_id bigint, clearance integer)
language sql stable security definer set search_path = '' as $$
  select c.id, c.street_id, c.community_id, m.clearance from public.courtyards c join private.my_clearances() m on m.community_id = c.community_id
  where c.ended_at is null and (topic like 'department:%' or split_part(topic, ':', 2)::bigint in (c.street_id, c.community_id, c.grid_id))
$$;
