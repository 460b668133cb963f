-- Gives: courtyard_facts, courtyard_archive and map_points: what the map and a courtyard's card show of the archive.
-- To: staff, each value masked by its field's sensitivity and the caller's clearance in that community.

-- Shows the ends of a phone number only.
create function private.masked_phone(phone text) returns text
language sql immutable set search_path = '' as $$
  select case when char_length(phone) > 7 then left(phone, 3) || '****' || right(phone, 4) else repeat('*', char_length(phone)) end
$$;

-- The yards of a topic that the caller reads, each with their clearance there. Definer, as all below: values lie in private tables.
create function private.yards_of_topic(topic text) returns table (courtyard_id bigint, street_id bigint, community_id bigint, clearance integer)
language sql stable security definer set search_path = '' as $$
  select c.id, c.street_id, c.community_id, m.clearance from public.courtyards c join private.my_clearances() m on m.community_id = c.community_id
  where topic like 'department:%' or split_part(topic, ':', 2)::bigint in (c.street_id, c.community_id, c.grid_id)
$$;

-- The number of a topic's last archive message; a later migration counts them.
create function private.archive_seq(topic text) returns bigint
language sql stable security definer set search_path = '' as $$ select 0::bigint $$;

create function public.courtyard_facts(topic text) returns json
language plpgsql stable security definer set search_path = '' as $$
declare
  round text;
  facts json;
begin
  perform private.check_topic(topic);
  select private.open_quarter(y.street_id) into round from private.yards_of_topic(topic) y limit 1;
  with yards as materialized (
    select y.*, coalesce(a.facts, '{}') as facts, a.verified_at, a.quarter, p.state
    from private.yards_of_topic(topic) y
    left join private.archives a on a.courtyard_id = y.courtyard_id
    left join private.profiles p on p.courtyard_id = y.courtyard_id and p.quarter = round
  ), worn as (
    select c.courtyard_id, json_agg(c.label_id order by l.sort, l.id) as labels
    from private.courtyard_labels c join public.labels l on l.id = c.label_id join yards y on y.courtyard_id = c.courtyard_id
    where c.ended_at is null and (c.expires_at is null or c.expires_at > private.now()) and l.clearance <= y.clearance
    group by c.courtyard_id
  ), drawn as (
    select f.code, json_agg(case when private.sensitivity_rank(f.sensitivity) <= y.clearance then y.facts -> f.code end order by y.courtyard_id) as values
    from public.archive_fields f, yards y
    where f.active and f.on_map and private.sensitivity_rank(f.sensitivity) <= (select max(clearance) from yards)
    group by f.code
  )
  select json_build_object(
    'quarter', round,
    'seq', private.archive_seq(topic),
    'courtyard_id', coalesce(json_agg(y.courtyard_id order by y.courtyard_id), '[]'),
    'freshness', coalesce(json_agg(private.freshness(y.state, y.quarter, coalesce(round, y.quarter)) order by y.courtyard_id), '[]'),
    'verified_at', coalesce(json_agg(extract(epoch from y.verified_at)::bigint order by y.courtyard_id), '[]'),
    'fields', (select coalesce(json_object_agg(d.code, d.values), '{}') from drawn d),
    'labels', coalesce(json_agg(coalesce(w.labels, '[]') order by y.courtyard_id), '[]'),
    'label_list', (
      select coalesce(json_agg(json_build_object('id', l.id, 'code', l.code, 'name', l.name, 'name_en', l.name_en, 'group', l.label_group,
        'colour', l.colour, 'icon', l.icon) order by l.sort, l.id), '[]')
      from public.labels l where l.active and l.clearance <= (select max(clearance) from yards)))
  into facts from yards y left join worn w on w.courtyard_id = y.courtyard_id;
  return facts;
end
$$;
comment on function public.courtyard_facts(text) is 'What the map draws of the archives of `topic`, as columns in the order of the courtyards'' ids: {quarter, seq (the number of the last archive message), courtyard_id, freshness (confirmed|submitted|drafted|due|stale), verified_at (epoch s), fields: {code: [number|null]} (those drawn on the map that the caller may see), labels: [[label id]], label_list}. Errors: topic_not_allowed 403.';
grant execute on function public.courtyard_facts(text) to authenticated;

-- A courtyard the caller reads; refuses others.
create function private.readable_yard(wanted bigint) returns public.courtyards
language plpgsql stable set search_path = '' as $$
declare
  yard public.courtyards;
begin
  select c.* into yard from public.courtyards c where c.id = wanted;
  if private.my_clearance(yard.community_id) = 0 then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Choose a courtyard your office looks after.');
  end if;
  return yard;
end
$$;

-- The first day on which a value may have been verified and still hold through a round's quarter.
create function private.verified_from(quarter text, every_months integer) returns timestamptz
language sql immutable set search_path = '' as $$
  select (private.quarter_start(quarter) + make_interval(months => 3 - every_months)) at time zone 'Asia/Shanghai'
$$;

-- Whether a field has to be answered in a round: it was never verified, or not since the day its interval asks for.
create function private.field_due(field public.archive_fields, verified_at timestamptz, quarter text) returns boolean
language sql immutable set search_path = '' as $$
  select field.active and field.formula is null
    and (verified_at is null or field.every_months is not null and verified_at < private.verified_from(quarter, field.every_months))
$$;

create function private.label_json(label public.labels) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('id', label.id, 'code', label.code, 'name', label.name, 'name_en', label.name_en, 'group', label.label_group,
    'colour', label.colour, 'icon', label.icon)
$$;

-- The labels of a yard that a clearance reads, with why and since when.
create function private.labels_of(yard bigint, clearance integer) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(private.label_json(l) || jsonb_build_object('reason', c.reason, 'evidence', c.evidence, 'since', c.since,
    'expires_at', c.expires_at, 'derived', c.derived) order by l.sort, l.id), '[]')
  from private.courtyard_labels c join public.labels l on l.id = c.label_id
  where c.courtyard_id = yard and c.ended_at is null and (c.expires_at is null or c.expires_at > private.now()) and l.clearance <= labels_of.clearance
$$;

-- Who to call about a yard: its grid worker, and every `…_phone` field with the `…_name` beside it. Phones are masked.
create function private.contacts_of(yard public.courtyards, facts jsonb, clearance integer) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(contact order by sort), '[]') from (
    select 0 as sort, jsonb_build_object('role', 'grid_worker', 'role_name', '网格员', 'role_name_en', 'Grid worker', 'name', p.name, 'phone_masked', null) as contact
    from public.memberships m join public.people p on p.id = m.person_id
    where m.area_id = yard.grid_id and m.role = 'grid_worker' and p.left_at is null
    union all
    select f.sort, jsonb_build_object('role', regexp_replace(f.code, '_phone$', ''), 'role_name', n.name, 'role_name_en', n.name_en,
      'name', facts ->> n.code, 'phone_masked', private.masked_phone(facts ->> f.code))
    from public.archive_fields f join public.archive_fields n on n.code = regexp_replace(f.code, '_phone$', '_name')
    where f.active and f.type = 'phone' and facts ?| array[f.code, n.code]
      and greatest(private.sensitivity_rank(f.sensitivity), private.sensitivity_rank(n.sensitivity)) <= contacts_of.clearance
  ) contacts
$$;

create function public.courtyard_archive(courtyard_id bigint) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  yard public.courtyards := private.readable_yard(courtyard_archive.courtyard_id);
  clearance integer := private.my_clearance(yard.community_id);
  archive private.archives;
  round text;
begin
  select a.* into archive from private.archives a where a.courtyard_id = yard.id;
  round := coalesce(private.open_quarter(yard.street_id), private.quarter_of(private.now()));
  return jsonb_build_object(
    'courtyard_id', yard.id,
    'quarter', archive.quarter,
    'modules', (
      select jsonb_agg(jsonb_build_object('code', m.code, 'name', m.name, 'name_en', m.name_en, 'fields', (
        select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'name', f.name, 'name_en', f.name_en, 'unit', f.unit, 'unit_en', f.unit_en, 'type', f.type,
          'value', case when f.type = 'phone' then to_jsonb(private.masked_phone(archive.facts ->> f.code)) else archive.facts -> f.code end,
          'options', f.options, 'derived', f.formula is not null, 'sensitivity', f.sensitivity,
          'verified_at', v.at, 'verified_by', p.name, 'due', private.field_due(f, v.at, round)) order by f.sort, f.code), '[]')
        from public.archive_fields f
        left join private.verifications v on v.id = (archive.stamps ->> f.code)::bigint
        left join public.people p on p.id = v.person_id
        where f.module = m.code and f.active and private.sensitivity_rank(f.sensitivity) <= clearance)) order by m.sort)
      from public.archive_modules m),
    'labels', private.labels_of(yard.id, clearance),
    'resources', (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'kind_name', k.name, 'kind_name_en', k.name_en, 'name', r.name, 'note', r.note,
        'state', r.state, 'version', r.version, 'lng', extensions.st_x(r.point), 'lat', extensions.st_y(r.point)) order by k.sort, r.id), '[]')
      from public.resources r join public.place_kinds k on k.code = r.kind where r.courtyard_id = yard.id and r.state <> 'gone'),
    'hazards', (
      select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'kind', h.kind, 'kind_name', k.name, 'kind_name_en', k.name_en, 'what', h.what, 'level', h.level,
        'state', h.state, 'mender', h.mender, 'due_at', h.due_at, 'inspect_days', h.inspect_days, 'inspected_at', h.inspected_at, 'issue_id', h.issue_id,
        'version', h.version, 'lng', extensions.st_x(h.point), 'lat', extensions.st_y(h.point)) order by h.level desc, h.id), '[]')
      from public.hazards h join public.place_kinds k on k.code = h.kind where h.courtyard_id = yard.id and h.state in ('open', 'mending')),
    'contacts', private.contacts_of(yard, coalesce(archive.facts, '{}'), clearance));
end
$$;
comment on function public.courtyard_archive(bigint) is 'The archive of one courtyard as far as the caller may see it: {courtyard_id, quarter, modules: [{code, name, name_en, fields: [{code, name, name_en, unit, unit_en, type, value, options, derived, sensitivity, verified_at, verified_by, due}]}], labels: [{…, reason, evidence, since, expires_at, derived}], resources, hazards, contacts: [{role, role_name, role_name_en, name, phone_masked}]}. Errors: courtyard_unknown 404.';
grant execute on function public.courtyard_archive(bigint) to authenticated;

create function public.map_points(topic text) returns json
language plpgsql stable security definer set search_path = '' as $$
declare
  points json;
begin
  perform private.check_topic(topic);
  with yards as materialized (
    select y.* from private.yards_of_topic(topic) y
  )
  select json_build_object(
    'kinds', (
      select json_agg(json_build_object('code', k.code, 'place', k.place, 'name', k.name, 'name_en', k.name_en, 'icon', k.icon) order by k.sort, k.code)
      from public.place_kinds k),
    'resources', (
      select json_build_object('id', coalesce(json_agg(r.id order by r.id), '[]'), 'courtyard_id', coalesce(json_agg(r.courtyard_id order by r.id), '[]'),
        'kind', coalesce(json_agg(r.kind order by r.id), '[]'), 'name', coalesce(json_agg(r.name order by r.id), '[]'),
        'state', coalesce(json_agg(r.state order by r.id), '[]'),
        'lng', coalesce(json_agg(round(extensions.st_x(r.point)::numeric, 6) order by r.id), '[]'),
        'lat', coalesce(json_agg(round(extensions.st_y(r.point)::numeric, 6) order by r.id), '[]'))
      from public.resources r join yards y on y.courtyard_id = r.courtyard_id where r.state <> 'gone'),
    'hazards', (
      select json_build_object('id', coalesce(json_agg(h.id order by h.id), '[]'), 'courtyard_id', coalesce(json_agg(h.courtyard_id order by h.id), '[]'),
        'kind', coalesce(json_agg(h.kind order by h.id), '[]'), 'level', coalesce(json_agg(h.level order by h.id), '[]'),
        'state', coalesce(json_agg(h.state order by h.id), '[]'), 'due_at', coalesce(json_agg(extract(epoch from h.due_at)::bigint order by h.id), '[]'),
        'lng', coalesce(json_agg(round(extensions.st_x(h.point)::numeric, 6) order by h.id), '[]'),
        'lat', coalesce(json_agg(round(extensions.st_y(h.point)::numeric, 6) order by h.id), '[]'))
      from public.hazards h join yards y on y.courtyard_id = h.courtyard_id where h.state in ('open', 'mending')),
    'care', (
      select json_build_object('courtyard_id', json_agg(y.courtyard_id order by y.courtyard_id), 'count', json_agg((a.facts -> 'care_people')::integer order by y.courtyard_id))
      from yards y join private.archives a on a.courtyard_id = y.courtyard_id and a.facts ? 'care_people' where y.clearance >= 3 having count(*) > 0))
  into points;
  return points;
end
$$;
comment on function public.map_points(text) is 'The points of `topic` as columns: kinds (code, place, name, name_en, icon), resources {id, courtyard_id, kind, name, state, lng, lat}, open hazards {id, courtyard_id, kind, level, state, due_at (epoch s), lng, lat}, care {courtyard_id, count} or null: how many people a yard looks after, for its own community only. Errors: topic_not_allowed 403.';
grant execute on function public.map_points(text) to authenticated;
