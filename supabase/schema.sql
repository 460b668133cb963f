-- PostgreSQL 15: the whole schema, made by `npm run schema` so that a review sees it change.

CREATE SCHEMA private;

CREATE SCHEMA public;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE TYPE private.import_row AS (
	line integer,
	code text,
	name text,
	address text,
	kind text,
	grid_id bigint,
	geom extensions.geometry,
	point extensions.geometry,
	existing bigint,
	outcome text,
	reason text,
	detail jsonb
);

CREATE FUNCTION private.act(issue_id bigint, action text, version integer, payload jsonb, request_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues;
  chosen record;
begin
  if auth.uid() is null then
    perform private.fail(401, 'not_signed_in', '{}', 'Sign in.');
  end if;
  select i.* into issue from public.issues i where i.id = act.issue_id for no key update;
  if exists (select from public.issue_events e where e.issue_id = issue.id and e.request_id = act.request_id and e.person_id = auth.uid()) then
    return;
  end if;
  if issue.id is null or not private.sees_issue(issue) then
    perform private.fail(404, 'issue_unknown', '{}', 'Reload the list.');
  end if;
  perform private.check_version(issue, version);
  select * into chosen from private.my_actions(issue) a
  where (a.rule).action = act.action and (a.rule).outcome in ('', coalesce(payload ->> 'outcome', ''))
  order by private.holds((a.rule).condition, issue, a.office_department_id) desc limit 1;
  if not found then
    perform private.refuse_action(issue, action, payload);
  end if;
  perform private.apply_action(issue, chosen.rule, coalesce(payload, '{}'), request_id, auth.uid(), chosen.office_area_id, chosen.office_department_id);
end
$$;

CREATE TABLE public.issue_actions (
    action text NOT NULL,
    actor text NOT NULL,
    state text NOT NULL,
    holder_level text NOT NULL,
    outcome text DEFAULT ''::text NOT NULL,
    to_state text NOT NULL,
    to_holder text NOT NULL,
    to_step text,
    must text[] DEFAULT '{}'::text[] NOT NULL,
    may text[] DEFAULT '{}'::text[] NOT NULL,
    is_public boolean NOT NULL,
    sort integer NOT NULL,
    condition text,
    CONSTRAINT issue_actions_actor_check CHECK ((actor = ANY (ARRAY['grid_worker'::text, 'community_staff'::text, 'street_staff'::text, 'street_leader'::text, 'department_staff'::text, 'assisting'::text, 'resident'::text, 'clock'::text]))),
    CONSTRAINT issue_actions_to_holder_check CHECK ((to_holder = ANY (ARRAY['same'::text, 'own'::text, 'up'::text, 'street'::text, 'department'::text]))),
    CONSTRAINT issue_actions_to_step_check CHECK ((to_step = ANY (ARRAY['same'::text, 'accept'::text, 'dispatch'::text, 'handle'::text, 'answer'::text, 'granted'::text])))
);

COMMENT ON TABLE public.issue_actions IS 'The loop: which action leads where, for whom, and what it must carry. Read by act_on_issue and by the screens that show buttons.';

CREATE TABLE public.issues (
    id bigint NOT NULL,
    number text NOT NULL,
    street_id bigint NOT NULL,
    community_id bigint NOT NULL,
    grid_id bigint NOT NULL,
    courtyard_id bigint NOT NULL,
    category text NOT NULL,
    what text NOT NULL,
    place text,
    point extensions.geometry(Point,4326) NOT NULL,
    urgency text NOT NULL,
    state text DEFAULT 'submitted'::text NOT NULL,
    holder_level text NOT NULL,
    holder_area_id bigint,
    holder_department_id bigint,
    first_owner_area_id bigint,
    first_owner_department_id bigint,
    step text,
    step_since timestamp with time zone,
    step_minutes integer,
    step_mode text,
    warn_at timestamp with time zone,
    due_at timestamp with time zone,
    paused_at timestamp with time zone,
    paused_until timestamp with time zone,
    asked jsonb,
    tasks jsonb DEFAULT '{}'::jsonb NOT NULL,
    assisting bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    promised_at timestamp with time zone NOT NULL,
    returns integer DEFAULT 0 NOT NULL,
    reopened integer DEFAULT 0 NOT NULL,
    recheck boolean DEFAULT false NOT NULL,
    merged_into bigint,
    state_before_merge text,
    duty text,
    answered text,
    version integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT issues_answered_check CHECK ((answered = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
    CONSTRAINT issues_check CHECK (((holder_level = 'department'::text) = (holder_department_id IS NOT NULL))),
    CONSTRAINT issues_check1 CHECK (((holder_area_id IS NULL) = (holder_department_id IS NOT NULL))),
    CONSTRAINT issues_check2 CHECK (((state = ANY (ARRAY['submitted'::text, 'handling'::text, 'resolved'::text])) = (step IS NOT NULL))),
    CONSTRAINT issues_holder_level_check CHECK ((holder_level = ANY (ARRAY['courtyard'::text, 'community'::text, 'street'::text, 'department'::text]))),
    CONSTRAINT issues_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'handling'::text, 'resolved'::text, 'closed'::text, 'declined'::text, 'merged'::text, 'withdrawn'::text]))),
    CONSTRAINT issues_step_check CHECK ((step = ANY (ARRAY['accept'::text, 'dispatch'::text, 'handle'::text, 'verify'::text, 'answer'::text]))),
    CONSTRAINT issues_step_mode_check CHECK ((step_mode = ANY (ARRAY['working'::text, 'wall'::text, 'fixed'::text]))),
    CONSTRAINT issues_urgency_check CHECK ((urgency = ANY (ARRAY['ordinary'::text, 'urgent'::text, 'emergency'::text]))),
    CONSTRAINT one_clock CHECK (
CASE
    WHEN (step IS NULL) THEN ((due_at IS NULL) AND (paused_at IS NULL))
    ELSE ((due_at IS NULL) <> (paused_at IS NULL))
END)
);

COMMENT ON TABLE public.issues IS 'What someone reported and what became of it: the projection of issue_events. An issue is (state, holder); version counts its events.';

CREATE FUNCTION private.action_changes(issue public.issues, rule public.issue_actions, facts jsonb, at timestamp with time zone, department bigint) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  case rule.action
    when 'send_back' then
      return jsonb_build_object('returns', issue.returns + 1);
    when 'dispatch' then
      return (
        select jsonb_build_object('tasks', t.tasks,
          'assisting', (select coalesce(jsonb_agg(key::bigint order by key::bigint), '[]') from jsonb_object_keys(t.tasks) key))
        from (select private.given_tasks(issue, facts, at) as tasks) t);
    when 'finish_task' then
      return jsonb_build_object('tasks', jsonb_set(issue.tasks, array[department::text],
        issue.tasks -> department::text || jsonb_build_object('state', 'done', 'done', facts ->> 'done', 'ended_at', at)));
    when 'waive_task' then
      if issue.tasks -> (facts ->> 'department_id') ->> 'state' is distinct from 'open' then
        perform private.fail(422, 'department_unknown', '{"field":"department_id"}', 'Choose a department whose task is open.');
      end if;
      return jsonb_build_object('tasks', jsonb_set(issue.tasks, array[facts ->> 'department_id'],
        issue.tasks -> (facts ->> 'department_id') || jsonb_build_object('state', 'waived', 'ended_at', at)));
    when 'ask_pause', 'ask_extension' then
      if rule.action = 'ask_extension' and (facts ->> 'until')::timestamptz <= issue.due_at then
        perform private.fail(422, 'date_past', jsonb_build_object('field', 'until', 'after', issue.due_at), 'Choose a day after the one it is due.');
      end if;
      return jsonb_build_object('asked', jsonb_build_object('kind', substr(rule.action, 5), 'reason', facts ->> 'reason', 'until', facts ->> 'until'));
    when 'grant', 'refuse' then
      return '{"asked":null}'::jsonb;
    when 'resolve' then
      return jsonb_build_object('answered', null, 'resolved_at', at, 'asked', null, 'recheck', private.draws_recheck(issue));
    when 'verify' then
      return jsonb_build_object('recheck', false);
    when 'answer' then
      return jsonb_build_object('answered', rule.outcome, 'recheck', false);
    when 'reopen' then
      return jsonb_build_object('reopened', issue.reopened + 1, 'answered', null)
        || case issue.state when 'merged' then '{"merged_into":null,"state_before_merge":null}'::jsonb else '{}' end;
    when 'decline' then
      if not exists (select from public.duties d where d.code = facts ->> 'duty') then
        perform private.fail(422, 'duty_unknown', '{"field":"duty"}', 'Choose the entry of the duty lists it rests on.');
      end if;
      return jsonb_build_object('duty', facts ->> 'duty');
    when 'merge' then
      return jsonb_build_object('merged_into', private.merge_target(issue, facts ->> 'into'), 'state_before_merge', issue.state);
    when 'withdraw' then
      -- waits for a merge into it that is on its way, whose alarm the withdrawal has to set
      perform pg_advisory_xact_lock(hashtextextended('merge', issue.street_id));
      return '{}'::jsonb;
    when 'unmerge' then
      return jsonb_build_object('merged_into', null, 'state_before_merge', null);
    else
      return '{}'::jsonb;
  end case;
end
$$;

CREATE FUNCTION private.administered_street() RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  street bigint := (select m.area_id from private.my_memberships() m where m.role = 'admin' limit 1);
begin
  if street is null then
    perform private.fail(403, 'admin_only', '{}', 'Ask the street''s administrator.');
  end if;
  return street;
end
$$;

CREATE FUNCTION private.after_minutes(since timestamp with time zone, minutes integer, mode text) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case mode when 'working' then private.after_working_minutes(since, minutes) else since + make_interval(mins => minutes) end
$$;

CREATE FUNCTION private.after_working_minutes(since timestamp with time zone, minutes integer) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  first_day date := (since at time zone 'Asia/Shanghai')::date;
  remaining interval := make_interval(mins => minutes);
  span record;
begin
  for span in
    select greatest(s.opens, since) as opens, s.closes
    from generate_series(0, 730) ahead, private.open_spans(first_day + ahead) s
    where s.closes > since
  loop
    if span.opens + remaining <= span.closes then
      return span.opens + remaining;
    end if;
    remaining := remaining - (span.closes - span.opens);
  end loop;
  return since + make_interval(days => 730);
end
$$;

CREATE FUNCTION private.age_labels() RETURNS bigint[]
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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
    select null, l.id from public.labels l
    where l.active and (l.rule::text like '%"late"%' or exists (select from private.label_reads r where r.label_id = l.id and r.kind <> 'near' and r.reach is not null));
    delete from private.label_days d where d.day < today - 7;
  end if;
  return coalesce(ended, '{}');
end
$$;

CREATE TABLE public.courtyards (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    name_en text,
    address text NOT NULL,
    street_id bigint NOT NULL,
    community_id bigint NOT NULL,
    grid_id bigint NOT NULL,
    kind text DEFAULT 'yard'::text NOT NULL,
    geom extensions.geometry(MultiPolygon,4326),
    point extensions.geometry(Point,4326) NOT NULL,
    area_m2 integer,
    invented boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT courtyards_address_check CHECK (((char_length(address) >= 1) AND (char_length(address) <= 120))),
    CONSTRAINT courtyards_geom_check CHECK (extensions.st_isvalid(geom)),
    CONSTRAINT courtyards_kind_check CHECK ((kind = ANY (ARRAY['quarter'::text, 'yard'::text, 'danwei'::text, 'heritage'::text]))),
    CONSTRAINT courtyards_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
);

COMMENT ON TABLE public.courtyards IS 'The unit of everything. geom: its outline (null while only a point is known); point: where its name stands; both WGS-84 degrees. invented: made for the demo, no real yard. ended_at: since then other yards stand in its place.';

CREATE FUNCTION private.alike(yard public.courtyards, category text, place text) RETURNS SETOF public.issues
    LANGUAGE sql STABLE ROWS 3
    SET search_path TO ''
    AS $$
  select i from public.issues i
  where i.street_id = yard.street_id and i.state in ('submitted', 'handling') and i.category = alike.category
    and i.created_at > private.now() - interval '60 days'
    and (i.courtyard_id = yard.id or extensions.st_dwithin(i.point::extensions.geography, yard.point::extensions.geography, 60, false))
  order by i.courtyard_id = yard.id desc, private.public_place(i.place) is not distinct from private.public_place(alike.place) desc, i.created_at desc
  limit 3
$$;

CREATE FUNCTION private.altered_issues() RETURNS bigint[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(i.id), '{}') from public.issues i
  where not public.verify_chain(i.id) or to_jsonb(i) is distinct from to_jsonb(jsonb_populate_record(i, (
    select jsonb_object_agg(c.key, c.value order by e.seq) from public.issue_events e, jsonb_each(e.changes) c where e.issue_id = i.id)))
$$;

CREATE FUNCTION private.answered(request uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if auth.uid() is null then
    perform private.fail(401, 'not_signed_in', '{}', 'Sign in.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended(request::text, 5)) where request is not null;
  return (select r.answer from private.archive_requests r where r.request_id = request and r.person_id = auth.uid());
end
$$;

CREATE TABLE public.issue_events (
    issue_id bigint NOT NULL,
    seq integer NOT NULL,
    action text NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    person_id uuid,
    office_area_id bigint,
    office_department_id bigint,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_public boolean NOT NULL,
    from_state text,
    from_level text,
    from_area_id bigint,
    from_department_id bigint,
    changes jsonb NOT NULL,
    request_id uuid,
    hash bytea NOT NULL
);

COMMENT ON TABLE public.issue_events IS 'Every action on an issue, in order, never changed. hash chains each event to the one before it.';

CREATE FUNCTION private.append_event(event public.issue_events) RETURNS public.issues
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  before public.issues;
  after public.issues;
begin
  select i.* into strict before from public.issues i where i.id = event.issue_id for no key update;
  event.seq := before.version + 1;
  if event.seq > 1 then
    event.from_state := before.state;
    event.from_level := before.holder_level;
    event.from_area_id := before.holder_area_id;
    event.from_department_id := before.holder_department_id;
  end if;
  event.changes := event.changes || jsonb_build_object('version', event.seq, 'updated_at', event.at);
  event.hash := private.event_hash(event,
    (select e.hash from public.issue_events e where e.issue_id = event.issue_id and e.seq = before.version));
  after := jsonb_populate_record(before, event.changes);
  update public.issues set
    category = after.category, urgency = after.urgency, state = after.state, holder_level = after.holder_level, holder_area_id = after.holder_area_id,
    holder_department_id = after.holder_department_id, first_owner_area_id = after.first_owner_area_id,
    first_owner_department_id = after.first_owner_department_id, step = after.step, step_since = after.step_since,
    step_minutes = after.step_minutes, step_mode = after.step_mode, due_at = after.due_at, warn_at = after.warn_at,
    paused_at = after.paused_at, paused_until = after.paused_until, asked = after.asked, tasks = after.tasks, assisting = after.assisting,
    returns = after.returns, reopened = after.reopened, answered = after.answered, resolved_at = after.resolved_at, ended_at = after.ended_at,
    merged_into = after.merged_into, state_before_merge = after.state_before_merge, recheck = after.recheck, duty = after.duty,
    version = after.version, updated_at = after.updated_at
  where id = event.issue_id;
  insert into public.issue_events values (event.*);
  return after;
end
$$;

CREATE FUNCTION private.apply_action(issue public.issues, rule public.issue_actions, payload jsonb, request_id uuid, person uuid DEFAULT NULL::uuid, office_area bigint DEFAULT NULL::bigint, office_department bigint DEFAULT NULL::bigint) RETURNS public.issues
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  at timestamptz := private.now();
  facts jsonb := private.checked_payload(rule, payload);
  holder record;
  to_state text := case rule.to_state when 'before_merge' then issue.state_before_merge else rule.to_state end;
  changes jsonb;
  event public.issue_events;
  after public.issues;
begin
  if not private.holds(rule.condition, issue, office_department) then
    perform private.refuse_condition(rule.condition, issue);
  end if;
  select * into holder from private.next_holder(issue, rule, office_area, facts);
  changes := private.action_changes(issue, rule, facts, at, office_department);
  changes := changes || private.clock_changes(issue, rule, to_state, coalesce((changes ->> 'recheck')::boolean, false), at);
  if rule.to_holder <> 'same' then
    changes := changes || jsonb_build_object('holder_level', holder.level, 'holder_area_id', holder.area_id,
      'holder_department_id', holder.department_id, 'asked', null);
  end if;
  if to_state <> issue.state then
    changes := changes || jsonb_build_object('state', to_state)
      || case when to_state in ('submitted', 'handling', 'resolved') then '{"ended_at":null}'::jsonb else jsonb_build_object('ended_at', at, 'asked', null) end;
  end if;
  if to_state = 'handling' and issue.first_owner_area_id is null and issue.first_owner_department_id is null then
    -- a report merged before anyone accepted it, and opened again by its resident: whoever merged it was the first to deal with it
    changes := changes || case rule.actor when 'resident'
      then jsonb_build_object('first_owner_area_id', issue.holder_area_id, 'first_owner_department_id', issue.holder_department_id)
      else jsonb_build_object('first_owner_area_id', office_area, 'first_owner_department_id', office_department) end;
  end if;
  event.issue_id := issue.id;
  event.action := rule.action;
  event.at := at;
  event.actor := rule.actor;
  event.person_id := person;
  event.office_area_id := office_area;
  event.office_department_id := office_department;
  event.payload := facts;
  event.is_public := rule.is_public or coalesce((facts ->> 'public')::boolean, false);
  event.changes := changes;
  event.request_id := request_id;
  after := private.append_event(event);
  event.seq := after.version;
  perform private.keep_letter(event, after);
  return after;
end
$$;

CREATE FUNCTION private.archive_seq(topic text) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce((select f.seq from private.archive_feeds f where f.topic = archive_seq.topic), 0)
$$;

CREATE FUNCTION private.archive_tick() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  changed bigint[];
begin
  perform private.ring_hazards();
  changed := private.open_rounds() || private.age_labels() || private.derive_labels();
  perform private.remind_rounds();
  if changed <> '{}' then
    perform private.tell_archives(changed);
  end if;
  delete from private.archive_requests r where r.at < private.now() - interval '30 days';
end
$$;

CREATE FUNCTION private.area_above(area bigint, wanted text) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select up.id from public.areas own join public.areas up on up.id = any (own.path)
  where own.id = area and up.level = wanted
$$;

CREATE FUNCTION private.area_json(area bigint) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('id', a.id, 'name', a.name, 'level', a.level) from public.areas a where a.id = area
$$;

CREATE FUNCTION private.area_over(issue public.issues) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case issue.holder_level when 'courtyard' then issue.community_id else issue.street_id end
$$;

CREATE FUNCTION private.backoff(nth integer, most interval) RETURNS interval
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select least(most, interval '30 seconds' * power(2, least(greatest(nth, 1), 12) - 1))
$$;

CREATE FUNCTION private.base32(bytes bytea, length integer) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + bits::bit(5)::integer, 1), '' order by n)
  from (
    select n, string_agg(get_bit(bytes, n * 5 + b)::text, '' order by b) as bits
    from generate_series(0, length - 1) n, generate_series(0, 4) b group by n
  ) groups
$$;

CREATE FUNCTION private.base_map_hosts() RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(distinct host order by host), '{}') from private.base_maps b, lateral (
    select (regexp_match(lower(b.url), '^https://([^/]+)'))[1]
    union all select unnest(b.hosts)
    union all select format('t%s.tianditu.gov.cn', n) from generate_series(0, 7) n where b.kind = 'tianditu') h (host)
  where b.active and host is not null
$$;

CREATE TABLE private.base_maps (
    id bigint NOT NULL,
    street_id bigint NOT NULL,
    name text NOT NULL,
    name_en text,
    kind text NOT NULL,
    url text,
    layer text,
    key text,
    hosts text[] DEFAULT '{}'::text[] NOT NULL,
    attribution text,
    active boolean DEFAULT true NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT base_maps_check CHECK (((url IS NULL) = (kind = 'tianditu'::text))),
    CONSTRAINT base_maps_check1 CHECK (((kind = 'tianditu'::text) = ((layer IS NOT NULL) AND (key IS NOT NULL)))),
    CONSTRAINT base_maps_kind_check CHECK ((kind = ANY (ARRAY['style'::text, 'pmtiles'::text, 'tianditu'::text]))),
    CONSTRAINT base_maps_layer_check CHECK ((layer = ANY (ARRAY['vec'::text, 'img'::text, 'ter'::text])))
);

COMMENT ON TABLE private.base_maps IS 'Base maps besides the built-in one. All are WGS-84 (天地图: CGCS2000, the same within a metre).';

CREATE FUNCTION private.base_map_json(base private.base_maps) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('id', base.id, 'name', base.name, 'name_en', base.name_en, 'kind', base.kind, 'url', base.url, 'layer', base.layer,
    'key', base.key, 'hosts', base.hosts, 'attribution', base.attribution, 'active', base.active, 'version', base.version,
    'tiles', case when base.kind = 'tianditu' then (
      -- the picture, and the names over it
      select jsonb_agg((
        select jsonb_agg(format('https://t%s.tianditu.gov.cn/%s_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=%s&STYLE=default'
          || '&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=%s', n, l, l, base.key) order by n)
        from generate_series(0, 7) n) order by at)
      from unnest(array[base.layer, 'c' || left(base.layer, 1) || 'a'])
        with ordinality as layers (l, at))
    end)
$$;

CREATE FUNCTION private.begin_drawing() RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  street bigint := (select m.area_id from private.my_memberships() m where m.role in ('admin', 'street_staff') order by m.role limit 1);
begin
  if auth.uid() is null then
    perform private.fail(401, 'not_signed_in', '{}', 'Sign in.');
  elsif street is null then
    perform private.fail(403, 'drawing_not_allowed', '{}', 'Ask the street''s administrator or its command staff.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('ground', street));
  return street;
end
$$;

CREATE FUNCTION private.begin_export(what text, ids bigint[], format text, reason text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  person public.people;
  why text;
  made bigint;
  at constant timestamptz := private.now();
begin
  select p.* into person from public.people p where p.id = auth.uid() and p.left_at is null;
  if person.id is null then
    perform private.fail(401, 'not_signed_in', '{}', 'Sign in.');
  elsif not exists (select from private.my_memberships()) then
    perform private.fail(403, 'not_member', '{}', 'Ask the street''s administrator for a role.');
  end if;
  perform private.choice('format', format, '{geojson,csv,xlsx}');
  why := private.field('reason', reason, 200, true);
  insert into private.exports (person_id, at, what, format, reason, rows, ids)
  values (person.id, at, begin_export.what, begin_export.format, why, cardinality(ids), ids) returning id into made;
  return jsonb_build_object('number', made, 'by', person.name, 'at', at, 'reason', why,
    'office', (select string_agg(distinct private.office_name(m.area_id, m.department_id), '、') from private.my_memberships() m));
end
$$;

CREATE TABLE public.labels (
    id bigint NOT NULL,
    code text NOT NULL,
    label_group text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    colour text NOT NULL,
    icon text NOT NULL,
    rule jsonb,
    days integer DEFAULT 365 NOT NULL,
    sensitivity text DEFAULT 'staff'::text NOT NULL,
    clearance integer DEFAULT 1 NOT NULL,
    sort integer DEFAULT 100 NOT NULL,
    active boolean DEFAULT true NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT labels_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
    CONSTRAINT labels_colour_check CHECK ((colour ~ '^#[0-9a-f]{6}$'::text)),
    CONSTRAINT labels_days_check CHECK (((days >= 1) AND (days <= 3650))),
    CONSTRAINT labels_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20))),
    CONSTRAINT labels_name_en_check CHECK (((char_length(name_en) >= 1) AND (char_length(name_en) <= 60))),
    CONSTRAINT labels_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['public'::text, 'staff'::text, 'community'::text, 'key_person'::text])))
);

COMMENT ON TABLE public.labels IS 'What describes a courtyard on the map. rule: {all|any: [rule…]}, {not: rule}, {field, is: =|<>|<|<=|>|>=|known|unknown, value}, {cases: [category…], days, at_least|at_most} ([]: any; open: true, those still open), {hazards: [kind…], level, late, at_least|at_most}, {resources: [kind…], within: metres (without: the yard''s own), at_least|at_most}, {visits: [household|care…], days, at_least|at_most} (days with visits; at_most 0: none for so long).';

CREATE FUNCTION private.begin_label(yard_id bigint, code text) RETURNS public.labels
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards := private.readable_yard(yard_id);
  label public.labels;
begin
  select l.* into label from public.labels l where l.code = begin_label.code and l.active and l.clearance <= private.my_clearance(yard.community_id);
  if not exists (select from private.my_memberships() m where m.role = 'community_staff' and m.area_id = yard.community_id or m.role = 'street_staff' and m.area_id = yard.street_id) then
    perform private.fail(403, 'label_not_allowed', '{}', 'Ask the yard''s community.');
  elsif label.id is null then
    perform private.fail(404, 'label_unknown', '{}', 'Choose a label of the list.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('profile' || yard.id, 0));
  return label;
end
$$;

CREATE FUNCTION private.begin_round(yard_id bigint, quarter text, act text) RETURNS public.courtyards
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards := private.readable_yard(yard_id);
  round text := private.open_quarter(yard.street_id);
begin
  if act <> all (coalesce(private.round_may(yard), '{}')) then
    perform private.fail(403, 'round_not_allowed', jsonb_build_object('may', coalesce(private.round_may(yard), '{}')),
      case act when 'confirm' then 'The street confirms.' when 'submit' then 'The community submits.' else 'Ask the yard''s grid worker or community.' end);
  elsif round is distinct from quarter then
    perform private.fail(409, 'round_closed', jsonb_build_object('quarter', round), 'Open the form of the round that runs now.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('profile' || yard.id, 0));
  return yard;
end
$$;

CREATE FUNCTION private.begin_setting() RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  street bigint := private.administered_street();
begin
  perform pg_advisory_xact_lock(hashtextextended('settings', 0));
  return street;
end
$$;

CREATE FUNCTION private.blinded(kind text, what text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select kind || ':' || left(encode(extensions.hmac(convert_to(
    to_char(private.now(), case kind when 'phone' then 'YYYYMM' else 'YYYYMMDD' end) || what, 'UTF8'), s.secret, 'sha256'), 'hex'), 20)
  from private.guard_secret s
$$;

CREATE FUNCTION private.broken_checks(facts jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'parts', c.parts, 'whole', c.whole, 'sum', s.sum, 'most', (facts ->> c.whole)::numeric) order by c.code), '[]')
  from public.field_checks c, lateral (
    select sum((facts ->> part)::numeric) as sum from unnest(c.parts) part where jsonb_typeof(facts -> part) = 'number') s
  where jsonb_typeof(facts -> c.whole) = 'number' and s.sum > (facts ->> c.whole)::numeric
$$;

CREATE FUNCTION private.call_sender() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  secrets regclass := to_regclass('vault.decrypted_secrets');
  post regproc := to_regproc('net.http_post');
  known jsonb;
begin
  if secrets is null or post is null or not private.something_to_send() then
    return;
  end if;
  execute format('select jsonb_object_agg(name, decrypted_secret) from %s where name in (%L, %L)',
    secrets, 'courtyard_functions_url', 'courtyard_service_key') into known;
  if known ?& array['courtyard_functions_url', 'courtyard_service_key'] then
    execute format('select %s(url := $1, headers := $2, body := $3, timeout_milliseconds := 60000)', post)
      using rtrim(known ->> 'courtyard_functions_url', '/') || '/send-notices',
        jsonb_build_object('content-type', 'application/json', 'authorization', 'Bearer ' || (known ->> 'courtyard_service_key')), '{}'::jsonb;
  end if;
end
$_$;

CREATE FUNCTION private.challenge(cost integer) RETURNS jsonb
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select jsonb_build_object('parameters', t.body::jsonb, 'signature', encode(extensions.hmac(convert_to(t.body, 'UTF8'), s.secret, 'sha256'), 'hex'))
  from private.guard_secret s, lateral (select private.challenge_text(cost, extract(epoch from private.now() + interval '20 minutes')::bigint,
    replace(gen_random_uuid()::text, '-', ''), replace(gen_random_uuid()::text, '-', '')) as body) t
$$;

CREATE FUNCTION private.challenge_text(cost integer, expires bigint, nonce text, salt text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select format('{"algorithm":"SHA-256","cost":%s,"expiresAt":%s,"keyLength":32,"keyPrefix":"000","nonce":"%s","salt":"%s"}', cost, expires, nonce, salt)
$$;

CREATE FUNCTION private.changed_issues(topic text, since bigint) RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select case when since between greatest(last - 5000, coalesce(oldest, last + 1) - 1) and last
    and not exists (select from private.feed_changes g where g.topic = changed_issues.topic and g.seq > since and g.issue_id is null) then (
    select coalesce(array_agg(distinct c.issue_id), '{}') from private.feed_changes c
    where c.topic = changed_issues.topic and c.seq > since) end
  from (select private.feed_seq(changed_issues.topic) as last) f,
    (select min(c.seq) as oldest from private.feed_changes c where c.topic = changed_issues.topic) o
$$;

CREATE FUNCTION private.check_address(street bigint, address text, own bigint[]) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  other jsonb;
begin
  select jsonb_build_object('field', 'address', 'id', c.id, 'name', c.name) into other from public.courtyards c
  where c.street_id = street and c.ended_at is null and c.address = check_address.address and c.id <> all (own);
  if other is not null then
    perform private.fail(409, 'address_taken', other, 'Give the address as it stands on the gate.');
  end if;
end
$$;

CREATE FUNCTION private.check_category() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  entry public.duties;
begin
  select d.* into entry from public.duties d where d.code = new.duty;
  if new.level in ('courtyard', 'community') and entry.list = 'community_never' then
    perform private.fail(422, 'community_never', jsonb_build_object('duty', entry.code, 'title', entry.title, 'title_en', entry.title_en),
      'Let this category begin at the street.');
  elsif new.active and not entry.active then
    perform private.fail(422, 'duty_unknown', jsonb_build_object('field', 'duty', 'duty', entry.code), 'Choose an entry that is in force.');
  elsif new.code = 'other' and not new.active then
    perform private.fail(409, 'category_needed', jsonb_build_object('category', new.code), 'Reports without a category go here: it stays.');
  end if;
  return new;
end
$$;

CREATE FUNCTION private.check_character(body text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  alphabet constant text := '0123456789abcdefghjkmnpqrstvwxyz';
  carry integer := 32;
begin
  for i in 1 .. char_length(body) loop
    carry := (carry + strpos(alphabet, substr(body, i, 1)) - 1) % 32;
    carry := (case carry when 0 then 32 else carry end * 2) % 33;
  end loop;
  return substr(alphabet, 1 + (33 - carry) % 32, 1);
end
$$;

CREATE FUNCTION private.check_draft(yard bigint, quarter text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  missing jsonb;
  broken jsonb := private.broken_checks(private.drafted_facts(yard, quarter));
begin
  select jsonb_agg(f.code order by f.module, f.sort) into missing
  from public.archive_fields f
  left join private.archives a on a.courtyard_id = yard
  left join private.verifications v on v.id = (a.stamps ->> f.code)::bigint
  where private.field_due(f, v.at, check_draft.quarter)
    and not exists (select from private.drafts d where d.courtyard_id = yard and d.quarter = check_draft.quarter and d.code = f.code);
  if missing is not null then
    perform private.fail(422, 'fields_missing', jsonb_build_object('fields', missing), 'Answer what is due, or say that nothing changed.');
  elsif broken <> '[]' then
    perform private.fail(422, 'sums_broken', jsonb_build_object('checks', broken), 'Mend the numbers that do not fit together.');
  end if;
end
$$;

CREATE FUNCTION private.check_duty() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  resting jsonb;
begin
  select jsonb_agg(c.name order by c.sort, c.code) into resting from public.categories c
  where c.duty = new.code
    and (new.list = 'community_never' and c.level in ('courtyard', 'community') or not new.active and c.active);
  if resting is not null then
    perform private.fail(409, 'duty_in_use', jsonb_build_object('duty', new.code, 'categories', resting),
      case when new.active then 'Let these categories begin at the street first.' else 'Let these categories rest on another entry first.' end);
  end if;
  return new;
end
$$;

CREATE FUNCTION private.check_export(wanted integer) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
begin
  if wanted = 0 then
    perform private.fail(422, 'export_empty', '{}', 'Nothing is left by the filter: widen it.');
  elsif wanted > private.export_cap() then
    perform private.fail(422, 'export_too_large', jsonb_build_object('rows', wanted, 'max', private.export_cap()),
      'Narrow the filter, or take it in several files.');
  end if;
end
$$;

CREATE FUNCTION private.check_field() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  strange text;
begin
  if new.formula is not null then
    perform private.formula_sql(new.formula);
  end if;
  select r into strange from private.formula_reads(new.formula) r
  left join public.archive_fields f on f.code = r and f.formula is null and f.active and f.type in ('count', 'number', 'share', 'year')
    and private.sensitivity_rank(f.sensitivity) <= private.sensitivity_rank(new.sensitivity)
  where f.code is null limit 1;
  if strange is not null then
    perform private.fail(422, 'formula_malformed', jsonb_build_object('field', 'formula', 'reads', strange),
      'Rest it on numbers that are asked and no more protected than itself.');
  elsif new.formula is not null and new.type not in ('count', 'number', 'share') then
    perform private.fail(422, 'field_malformed', '{"field":"type","options":["count","number","share"]}', 'A derived field is a number.');
  end if;
  return new;
end
$$;

CREATE FUNCTION private.check_field_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  users jsonb := private.field_users(new.code);
  numbers constant text[] := '{count,number,share,year}';
begin
  if not new.active and old.active and users <> '{"labels":[],"fields":[],"checks":[]}'
    or new.type <> old.type and not (new.type = any (numbers) and old.type = any (numbers)) and users <> '{"labels":[],"fields":[],"checks":[]}'
    or (new.formula is null) <> (old.formula is null) and users -> 'fields' <> '[]'
    or exists (select from public.archive_fields f where f.active and new.code in (select private.formula_reads(f.formula))
      and private.sensitivity_rank(f.sensitivity) < private.sensitivity_rank(new.sensitivity)) then
    perform private.fail(409, 'field_in_use', users || jsonb_build_object('field', new.code), 'Change first what rests on it.');
  end if;
  return new;
end
$$;

CREATE FUNCTION private.check_history() RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into private.history_checks (at, altered) select private.now(), private.altered_issues()
$$;

CREATE FUNCTION private.check_hook() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if new.url ~ '^[a-z]+://[^/?#]*@' then
    perform private.fail(422, 'hook_malformed', '{"field":"url"}', 'Give an address without a user name in it.');
  end if;
  return new;
end
$$;

CREATE FUNCTION private.check_host_datum(field text, host text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  shifted private.shifted_hosts;
begin
  select s.* into shifted from private.shifted_hosts s where check_host_datum.host = s.host or check_host_datum.host like '%.' || s.host limit 1;
  if shifted.host is not null then
    perform private.fail(422, 'base_shifted', jsonb_build_object('field', field, 'host', check_host_datum.host, 'datum', shifted.datum),
      'Take a base map in WGS-84 or CGCS2000, such as 天地图.');
  end if;
end
$$;

CREATE FUNCTION private.check_label() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if new.rule is not null then
    perform private.rule_sql(new.rule);
  end if;
  new.clearance := greatest(private.sensitivity_rank(new.sensitivity), private.rule_clearance(new.rule));
  return new;
end
$$;

CREATE FUNCTION private.check_membership() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  wanted text := case new.role when 'grid_worker' then 'grid' when 'community_staff' then 'community' else 'street' end;
begin
  if new.area_id is not null and not exists (select from public.areas where id = new.area_id and level = wanted) then
    perform private.fail(422, 'membership_area', jsonb_build_object('role', new.role, 'level', wanted), 'Choose an area of that level.');
  end if;
  return new;
end
$$;

CREATE FUNCTION private.check_office(community bigint, street bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if not exists (select from private.my_memberships() m where m.role = 'community_staff' and m.area_id = community or m.role = 'admin' and m.area_id = street) then
    perform private.fail(403, 'worker_not_allowed', '{}', 'Ask the yard''s community.');
  end if;
end
$$;

CREATE FUNCTION private.check_outline(street bigint, shape extensions.geometry, own bigint[], before extensions.geometry DEFAULT NULL::extensions.geometry) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  others jsonb;
begin
  if not (select coalesce(extensions.st_intersects(a.boundary, extensions.st_pointonsurface(shape)), true) from public.areas a where a.id = street) then
    perform private.fail(422, 'outline_outside', jsonb_build_object('street', private.office_name(street, null)), 'Draw it inside the street.');
  end if;
  select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'area', round(o.common)) order by o.common desc) into others
  from (
    select c.id, c.name, private.common_ground(c.geom, shape) - coalesce(private.common_ground(c.geom, before), 0) as common
    from public.courtyards c
    where c.street_id = street and c.ended_at is null and c.id <> all (own) and c.geom operator(extensions.&&) shape) o
  where o.common > 1;
  if others is not null then
    perform private.fail(409, 'outline_overlaps', jsonb_build_object('courtyards', others), 'Leave the ground of these yards to them, or merge them.');
  end if;
end
$$;

CREATE FUNCTION private.check_parts(whole extensions.geometry, parts extensions.geometry[]) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  area constant double precision := private.square_metres(whole);
  slack constant double precision := greatest(1, area / 1000);
  sum_of_parts double precision := (select sum(private.square_metres(p)) from unnest(parts) p);
  within double precision := (select sum(private.common_ground(whole, p)) from unnest(parts) p);
  twice double precision := (
    select coalesce(sum(private.common_ground(a.p, b.p)), 0)
    from unnest(parts) with ordinality a (p, n) join unnest(parts) with ordinality b (p, n) on a.n < b.n);
begin
  if twice > slack then
    perform private.fail(422, 'parts_overlap', jsonb_build_object('area', round(twice)), 'Cut along one line, so that no ground is in two parts.');
  elsif greatest(area - within, sum_of_parts - within) > slack then
    perform private.fail(422, 'parts_uncovered', jsonb_build_object('area', round(greatest(area - within, sum_of_parts - within))),
      'The parts have to be the yard, no more and no less: cut it anew.');
  end if;
end
$$;

CREATE FUNCTION private.check_period(since timestamp with time zone, upto timestamp with time zone, community bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  most constant integer := 732;
begin
  if not exists (select from private.my_memberships()) then
    perform private.fail(403, 'not_member', '{}', 'Ask the street''s administrator for a role.');
  elsif since is null or upto is null then
    perform private.fail(422, 'field_missing', jsonb_build_object('field', case when since is null then 'since' else 'upto' end), 'Give both ends of the period.');
  elsif not since < upto then
    perform private.fail(422, 'period_reversed', jsonb_build_object('since', since, 'upto', upto), 'Let the period end after it begins.');
  elsif upto > since + make_interval(days => most) then
    perform private.fail(422, 'period_too_long', jsonb_build_object('days', most), 'Choose at most two years.');
  elsif community is not null and community <> all (private.my_community_ids()) then
    perform private.fail(404, 'community_unknown', jsonb_build_object('field', 'community'), 'Choose one of your own communities.');
  end if;
end
$$;

CREATE FUNCTION private.check_place(current integer, given integer, yard_id bigint) RETURNS public.courtyards
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if yard_id is null then
    perform private.fail(404, 'place_unknown', '{}', 'Reload the map.');
  elsif current is distinct from given then
    perform private.fail(409, 'stale_version', jsonb_build_object('version', current), 'Look at what changed, then decide again.');
  end if;
  return private.tended_yard(yard_id);
end
$$;

CREATE TABLE private.profiles (
    courtyard_id bigint NOT NULL,
    quarter text NOT NULL,
    state text NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    stamps jsonb DEFAULT '{}'::jsonb NOT NULL,
    dictionary bigint,
    version integer DEFAULT 1 NOT NULL,
    submitted_at timestamp with time zone,
    submitted_by uuid,
    confirmed_at timestamp with time zone,
    confirmed_by uuid,
    remark text,
    CONSTRAINT profiles_check CHECK (((state = 'confirmed'::text) = ((confirmed_at IS NOT NULL) AND (dictionary IS NOT NULL)))),
    CONSTRAINT profiles_quarter_check CHECK ((quarter ~ '^20[0-9]{2}Q[1-4]$'::text)),
    CONSTRAINT profiles_state_check CHECK ((state = ANY (ARRAY['drafted'::text, 'submitted'::text, 'confirmed'::text])))
);

COMMENT ON TABLE private.profiles IS 'What was true of a courtyard in a quarter. Never changed once confirmed.';

CREATE FUNCTION private.check_profile(profile private.profiles, version integer, wanted text[]) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if profile.courtyard_id is null or profile.state <> all (wanted) then
    perform private.fail(409, 'profile_state', jsonb_build_object('state', profile.state, 'version', profile.version), 'Reload the list.');
  elsif profile.version is distinct from version then
    perform private.fail(409, 'stale_version', jsonb_build_object('state', profile.state, 'version', profile.version), 'Look at what changed, then decide again.');
  end if;
end
$$;

CREATE FUNCTION private.check_rows(field text, given jsonb, most integer) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if jsonb_typeof(given) is distinct from 'array' or jsonb_array_length(given) > most then
    perform private.refuse_calendar(field, null, 'Send an array of at most ' || most || ' rows.');
  end if;
  perform private.refuse_calendar(field, n, 'Send an object.')
  from jsonb_array_elements(given) with ordinality r (value, n) where jsonb_typeof(value) <> 'object' limit 1;
end
$$;

CREATE FUNCTION private.check_seen(what text, key text, seen bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  newest bigint := (select coalesce(max(l.id), 0) from private.settings_log l where l.what = check_seen.what and l.key = check_seen.key);
begin
  if seen is not null then
    perform private.check_setting(newest, seen);
  end if;
end
$$;

CREATE FUNCTION private.check_setting(current bigint, given bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if current is null and given is not null then
    perform private.fail(404, 'setting_unknown', '{}', 'Reload the list.');
  elsif current is not null and given is null then
    perform private.fail(409, 'code_taken', jsonb_build_object('field', 'code', 'version', current), 'Choose another code, or edit the entry that has it.');
  elsif current <> given then
    perform private.fail(409, 'stale_setting', jsonb_build_object('version', current), 'Look at what changed, then save again.');
  end if;
end
$$;

CREATE FUNCTION private.check_topic(topic text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if topic is null or topic not in (select private.my_topics()) then
    perform private.fail(403, 'topic_not_allowed', jsonb_build_object('topics', (select jsonb_agg(t) from private.my_topics() t)),
      'Follow one of your own topics.');
  end if;
end
$$;

CREATE FUNCTION private.check_version(issue public.issues, version integer) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  last jsonb;
begin
  if version is distinct from issue.version then
    select jsonb_build_object('action', e.action, 'actor', e.actor, 'at', e.at,
      'by', private.office_name(e.office_area_id, e.office_department_id)) into last
    from public.issue_events e where e.issue_id = issue.id and e.seq = issue.version;
    perform private.fail(409, 'stale_version', jsonb_build_object('version', issue.version, 'state', issue.state,
      'holder', private.office_name(issue.holder_area_id, issue.holder_department_id), 'last', last),
      'Look at what changed, then decide again.');
  end if;
end
$$;

CREATE FUNCTION private.checked_payload(rule public.issue_actions, payload jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  name text;
  cleaned jsonb := '{}'::jsonb;
begin
  if jsonb_typeof(payload) is distinct from 'object' then
    perform private.fail(422, 'payload_malformed', '{}', 'Send a JSON object.');
  end if;
  for name in select jsonb_object_keys(payload) loop
    if name <> all (rule.must || rule.may) then
      perform private.fail(422, 'field_unknown', jsonb_build_object('field', name, 'fields', rule.must || rule.may), 'Leave this field out.');
    end if;
  end loop;
  foreach name in array rule.must || rule.may loop
    cleaned := cleaned || jsonb_build_object(name, private.payload_field(name, payload -> name, name = any (rule.must)));
  end loop;
  return jsonb_strip_nulls(cleaned);
end
$$;

CREATE FUNCTION private.choice(name text, given text, options text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
begin
  perform private.field(name, given, 40, true);
  if given <> all (options) then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name, 'options', options), 'Choose one of the list.');
  end if;
  return given;
end
$$;

CREATE FUNCTION private.clean(typed text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $_$
  select nullif(
    regexp_replace(
      regexp_replace(typed, '[\u0001-\u0009\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+', ' ', 'g'),
      '^[[:space:]\u3000]+|[[:space:]\u3000]+$', '', 'g'),
    '')
$_$;

CREATE FUNCTION private.clean_hosts(given text[]) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
declare
  host text;
  hosts text[] := (select coalesce(array_agg(distinct lower(trim(h)) order by lower(trim(h))), '{}') from unnest(given) h where trim(h) <> '');
begin
  foreach host in array hosts loop
    if host !~ '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(:[0-9]{1,5})?$' or cardinality(hosts) > 12 then
      perform private.fail(422, 'base_malformed', jsonb_build_object('field', 'hosts', 'host', host), 'Give names of hosts, such as tiles.example.cn, twelve at most.');
    end if;
    perform private.check_host_datum('hosts', split_part(host, ':', 1));
  end loop;
  return hosts;
end
$_$;

CREATE FUNCTION private.clock_acts(issue public.issues, wanted text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  rule public.issue_actions;
begin
  select a.* into strict rule from public.issue_actions a
  where a.actor = 'clock' and a.action = wanted and a.state = issue.state and a.holder_level = issue.holder_level;
  perform private.apply_action(issue, rule, '{}', null);
end
$$;

CREATE FUNCTION private.clock_changes(issue public.issues, rule public.issue_actions, to_state text, recheck boolean, at timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  until timestamptz := (issue.asked ->> 'until')::timestamptz;
begin
  if rule.to_step is null then
    return private.start_step(issue.category, issue.urgency, null, at);
  elsif rule.to_step = 'same' or rule.to_step = issue.step and rule.action = 'verify' then
    return '{}'::jsonb;
  elsif rule.to_step = 'granted' then
    return case issue.asked ->> 'kind' when 'pause' then private.pause_clock(issue, at, until) else private.extend_clock(at, until) end;
  elsif rule.action = 'resume' then
    return private.running_clock(at, issue.step_minutes, issue.step_mode);
  elsif rule.action = 'resolve' and recheck then
    return private.start_step(issue.category, issue.urgency, 'verify', at);
  elsif rule.action = 'unmerge' and to_state = 'submitted' then
    return private.start_step(issue.category, issue.urgency, case issue.holder_level when 'street' then 'dispatch' else 'accept' end, at);
  end if;
  return private.start_step(issue.category, issue.urgency, rule.to_step, at);
end
$$;

CREATE FUNCTION private.close_hazard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  hazard public.hazards;
begin
  for hazard in
    update public.hazards h set updated_at = private.now(), state = case new.state when 'closed' then 'mended' else 'open' end,
      ended_at = case new.state when 'closed' then private.now() end, issue_id = case new.state when 'closed' then h.issue_id end
    where h.issue_id = new.id and h.ended_at is null returning h.*
  loop
    insert into private.archive_events (at, courtyard_id, subject, key, action, payload)
    values (private.now(), hazard.courtyard_id, 'hazard', hazard.id::text, case new.state when 'closed' then 'closed_with_issue' else 'issue_ended' end, jsonb_build_object('number', new.number, 'state', new.state));
    perform private.tell_archives(array[hazard.courtyard_id]);
  end loop;
  return null;
end
$$;

CREATE FUNCTION private.make_code() RETURNS text
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select body || private.check_character(body)
  from (select private.base32(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 16) as body) made
$$;

CREATE TABLE public.courtyard_codes (
    code text DEFAULT private.make_code() NOT NULL,
    courtyard_id bigint NOT NULL,
    place text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone,
    replaced_by text,
    revoked_reason text,
    checked_at timestamp with time zone,
    CONSTRAINT courtyard_codes_place_check CHECK (((char_length(place) >= 1) AND (char_length(place) <= 40))),
    CONSTRAINT courtyard_codes_revoked_reason_check CHECK (((char_length(revoked_reason) >= 1) AND (char_length(revoked_reason) <= 100)))
);

COMMENT ON TABLE public.courtyard_codes IS 'What the posters hold: /c/<code>. A yard may have several (gate, lift, building: place); a revoked one opens nothing.';

CREATE FUNCTION private.code_json(given public.courtyard_codes) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select jsonb_build_object('code', given.code, 'place', given.place, 'created_at', given.created_at, 'revoked_at', given.revoked_at,
    'revoked_reason', given.revoked_reason, 'replaced_by', given.replaced_by, 'checked_at', given.checked_at,
    'scans', (select coalesce(sum(s.scans), 0) from private.code_scans s
      where s.code = given.code and s.day > (private.now() at time zone 'Asia/Shanghai')::date - 30))
$$;

CREATE FUNCTION private.code_place(yard bigint, place text, own text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  clean text := private.field('place', place, 40);
begin
  if exists (select from public.courtyard_codes c where c.courtyard_id = yard and c.revoked_at is null
      and c.place is not distinct from clean and c.code is distinct from own) then
    perform private.fail(409, 'place_taken', jsonb_build_object('field', 'place', 'place', clean), 'Replace the code that hangs there, or name another place.');
  end if;
  return clean;
end
$$;

CREATE FUNCTION private.code_setting(given public.courtyard_codes) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('name', y.name, 'place', given.place, 'ending', right(given.code, 4), 'reason', given.revoked_reason)
  from public.courtyards y where y.id = given.courtyard_id
$$;

CREATE FUNCTION private.code_to_change(given text) RETURNS public.courtyard_codes
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  street bigint := private.begin_setting();
  found public.courtyard_codes;
begin
  select c.* into found from public.courtyard_codes c join public.courtyards y on y.id = c.courtyard_id
  where c.code = private.plain_code(given) and y.street_id = street for update of c;
  if found.code is null then
    perform private.fail(404, 'code_unknown', '{}', 'Reload the list.');
  elsif found.revoked_at is not null then
    perform private.fail(409, 'code_ended', jsonb_build_object('replaced_by', found.replaced_by), 'Reload the list: somebody revoked it already.');
  end if;
  return found;
end
$$;

CREATE FUNCTION private.common_ground(one extensions.geometry, other extensions.geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select case when extensions.st_intersects(one, other)
    then private.square_metres(extensions.st_collectionextract(extensions.st_intersection(one, other), 3)) else 0 end
$$;

CREATE TABLE public.rounds (
    street_id bigint NOT NULL,
    quarter text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_on date NOT NULL,
    reminded jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT rounds_quarter_check CHECK ((quarter ~ '^20[0-9]{2}Q[1-4]$'::text))
);

COMMENT ON TABLE public.rounds IS 'The quarterly updates of a street: opened on the quarter''s first working day, due by the end of its second month.';

CREATE FUNCTION private.communities_behind(round public.rounds) RETURNS SETOF bigint
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select distinct c.community_id from public.courtyards c
  where c.street_id = round.street_id
    and not exists (select from private.profiles p where p.courtyard_id = c.id and p.quarter = round.quarter and p.state in ('submitted', 'confirmed'))
$$;

CREATE FUNCTION private.contacts_of(yard public.courtyards, facts jsonb, clearance integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $_$
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
$_$;

CREATE FUNCTION private.count_column(part jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$ select '#' || md5(private.rule_rows(part)) $$;

CREATE FUNCTION private.count_report(yard public.courtyards, phone text) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into private.rates as r (who, minute, reports)
  select c.who, date_trunc('minute', private.now()), 1 from private.counted(yard, phone) c order by c.who
  on conflict on constraint rates_pkey do update set reports = r.reports + 1;
$$;

CREATE FUNCTION private.counted(yard public.courtyards, phone text) RETURNS TABLE(who text, usual integer)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select 'yard:' || yard.id, 12
  union all select 'street:' || yard.street_id, 240
  union all select private.blinded('net', private.network()), 30
  union all select private.blinded('phone', phone), 4 where phone is not null
$$;

CREATE TABLE public.memberships (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    area_id bigint,
    department_id bigint,
    CONSTRAINT memberships_check CHECK (((role = 'department_staff'::text) = (department_id IS NOT NULL))),
    CONSTRAINT memberships_check1 CHECK (((area_id IS NULL) = (department_id IS NOT NULL))),
    CONSTRAINT memberships_role_check CHECK ((role = ANY (ARRAY['grid_worker'::text, 'community_staff'::text, 'street_staff'::text, 'street_leader'::text, 'admin'::text, 'department_staff'::text])))
);

COMMENT ON TABLE public.memberships IS 'Role × area (or department): the ground of every permission.';

CREATE FUNCTION private.counter_of(yard public.courtyards) RETURNS public.memberships
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  counter public.memberships;
begin
  select m.* into counter from private.my_memberships() m
  where m.role in ('grid_worker', 'community_staff', 'street_staff') and m.area_id in (yard.street_id, yard.community_id, yard.grid_id)
  order by array_position('{grid_worker,community_staff,street_staff}', m.role) limit 1;
  if counter.id is null then
    if coalesce(yard.community_id = any (private.my_community_ids()), false)
      and not exists (select from private.my_memberships() m where m.role in ('grid_worker', 'community_staff', 'street_staff')) then
      perform private.fail(403, 'report_not_allowed', '{}', 'Ask the community or the street to report it.');
    end if;
    perform private.fail(404, 'courtyard_unknown', '{}', 'Choose a courtyard your office looks after.');
  end if;
  return counter;
end
$$;

CREATE FUNCTION private.counting_words() RETURNS text[]
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$ select array['cases', 'hazards', 'resources', 'visits'] $$;

CREATE FUNCTION private.courtyard_columns(topic text) RETURNS json
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select json_build_object(
    'id', coalesce(json_agg(c.id), '[]'), 'name', coalesce(json_agg(c.name), '[]'), 'address', coalesce(json_agg(c.address), '[]'),
    'community_id', coalesce(json_agg(c.community_id), '[]'), 'kind', coalesce(json_agg(c.kind), '[]'), 'invented', coalesce(json_agg(c.invented), '[]'),
    'point', coalesce(json_agg(extensions.st_asgeojson(c.point, 6)::json -> 'coordinates'), '[]'),
    'outline', coalesce(json_agg(extensions.st_asgeojson(c.geom, 6)::json -> 'coordinates'), '[]'))
  from (
    select y.* from public.courtyards y
    where y.ended_at is null
      and (topic like 'department:%' or split_part(topic, ':', 2)::bigint in (y.street_id, y.community_id, y.grid_id))
    order by y.id
  ) c
$$;

CREATE FUNCTION private.courtyard_of_code(typed text) RETURNS TABLE(courtyard public.courtyards, place text)
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
declare
  plain text := private.plain_code(typed);
  found public.courtyard_codes;
begin
  select c.* into found from public.courtyard_codes c where c.code = plain;
  if found.code is null then
    perform private.fail(404, 'code_unknown', jsonb_build_object('mistyped',
      plain is null or plain !~ '^[0-9a-hjkmnp-tv-z]{17}$' or private.check_character(left(plain, 16)) <> right(plain, 1)),
      'Scan the code on the wall again.');
  elsif found.revoked_at is not null then
    perform private.fail(410, 'code_revoked', jsonb_build_object('replaced', found.replaced_by is not null),
      'Scan the new code on the wall, or tell the community.');
  end if;
  return query select c, found.place from public.courtyards c where c.id = found.courtyard_id;
end
$_$;

CREATE FUNCTION private.day(typed text) RETURNS date
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
begin
  return case when typed ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then typed::date end;
exception when data_exception then
  return null;
end
$_$;

CREATE TABLE private.held_reports (
    id bigint NOT NULL,
    street_id bigint NOT NULL,
    community_id bigint NOT NULL,
    courtyard_id bigint NOT NULL,
    key_hash bytea NOT NULL,
    body_hash bytea NOT NULL,
    report jsonb NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by uuid,
    issue_id bigint,
    CONSTRAINT held_reports_reason_check CHECK ((reason = ANY (ARRAY['words'::text, 'link'::text, 'marked'::text])))
);

COMMENT ON TABLE private.held_reports IS 'Reports that somebody looks at first. Restored, one becomes an issue as if it had just come; put aside, its words are forgotten after 30 days.';

CREATE FUNCTION private.decides_held(held private.held_reports) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select exists (select from private.my_memberships() m
    where m.role in ('community_staff', 'street_staff', 'admin') and m.area_id in (held.community_id, held.street_id))
$$;

CREATE TABLE private.deliveries (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    notice_id bigint,
    hook_id bigint NOT NULL,
    state text DEFAULT 'due'::text NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone NOT NULL,
    error text,
    claim uuid,
    issue_id bigint,
    step_of bigint,
    seq integer,
    CONSTRAINT deliveries_either CHECK (((notice_id IS NULL) = ((issue_id IS NOT NULL) AND (step_of IS NOT NULL) AND (seq IS NOT NULL)))),
    CONSTRAINT deliveries_state_check CHECK ((state = ANY (ARRAY['due'::text, 'sending'::text, 'sent'::text, 'dead'::text, 'unsure'::text])))
);

COMMENT ON TABLE private.deliveries IS 'One notice to one hook, sent once. next_at: when to try, or while sending when to stop waiting for the sender.';

COMMENT ON COLUMN private.deliveries.claim IS 'The last message this was part of: a robot gets several notices in one.';

COMMENT ON COLUMN private.deliveries.issue_id IS 'A step told to the resident of this report; null: a notice to an office.';

COMMENT ON COLUMN private.deliveries.step_of IS 'The report the step is of: another one when theirs was merged into it.';

CREATE FUNCTION private.delivery_words(delivery private.deliveries) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('id', delivery.id, 'notice', n.kind, 'at', n.at, 'number', i.number, 'courtyard', y.name, 'category', k.name,
    'state', i.state, 'due_at', coalesce(i.due_at, (r.due_on + time '23:59') at time zone 'Asia/Shanghai'), 'office', private.office_name(n.area_id, n.department_id))
  from public.notices n
  left join public.issues i on i.id = n.issue_id
  left join public.courtyards y on y.id = coalesce(n.courtyard_id, i.courtyard_id)
  left join public.categories k on k.code = i.category
  left join public.rounds r on n.issue_id is null and r.quarter = n.quarter and r.street_id = private.area_above(n.area_id, 'street')
  where n.id = delivery.notice_id
  union all
  select jsonb_build_object('id', delivery.id, 'notice', concat_ws('.', e.action, e.payload ->> 'outcome'), 'at', e.at, 'number', i.number, 'courtyard', y.name,
    'category', k.name, 'state', o.state, 'due_at', o.due_at, 'office', private.office_name(o.holder_area_id, o.holder_department_id),
    'phone', r.phone, 'lang', r.lang)
  from public.issue_events e
  join public.issues o on o.id = e.issue_id
  join public.issues i on i.id = delivery.issue_id
  join private.reporters r on r.issue_id = i.id
  left join public.courtyards y on y.id = i.courtyard_id
  left join public.categories k on k.code = i.category
  where e.issue_id = delivery.step_of and e.seq = delivery.seq
$$;

CREATE FUNCTION private.derive(labels bigint[], yards bigint[] DEFAULT NULL::bigint[]) RETURNS bigint[]
    LANGUAGE plpgsql
    SET search_path TO ''
    SET work_mem TO '64MB'
    AS $_$
declare
  now timestamptz := private.now();
  rules jsonb := (select jsonb_agg(jsonb_build_object('id', l.id, 'rule', l.rule)) from public.labels l where l.id = any (labels) and l.active and l.rule is not null);
  changed bigint[];
begin
  execute format($sql$
    with wanted (courtyard_id, label_id, evidence) as (%s), different as materialized (
      select c.id, courtyard_id, label_id, w.evidence, w.label_id is not null as holds
      from wanted w full join (
        select c.* from private.courtyard_labels c where c.ended_at is null and c.label_id = any ($3) and ($1 is null or c.courtyard_id = any ($1))
      ) c using (courtyard_id, label_id)
      where c.id is null or c.derived and w.evidence is distinct from c.evidence
    ), lost as (
      update private.courtyard_labels c set ended_at = $2, ended = 'rule' from different d where c.id = d.id and not d.holds
    ), kept as (
      update private.courtyard_labels c set evidence = d.evidence from different d where c.id = d.id and d.holds
    ), gained as (
      insert into private.courtyard_labels (courtyard_id, label_id, derived, evidence, since)
      select d.courtyard_id, d.label_id, true, d.evidence, $2 from different d where d.id is null
      on conflict do nothing
    )
    select array_agg(distinct d.courtyard_id) from different d where d.id is null or not d.holds
  $sql$, coalesce(private.labels_sql(rules), 'select null::bigint, null::bigint, null::jsonb where false')) into changed using yards, now, labels;
  return coalesce(changed, array[]::bigint[]);
end
$_$;

CREATE FUNCTION private.derive_labels() RETURNS bigint[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  labels bigint[];
  yards bigint[];
begin
  perform pg_advisory_xact_lock(hashtextextended('labels', 0));
  with taken as (delete from private.label_dirty returning courtyard_id, label_id)
  select array_agg(distinct t.label_id), array_agg(distinct t.courtyard_id) into labels, yards from taken t;
  if labels is null then
    return array[]::bigint[];
  end if;
  return private.derive(labels, case when cardinality(yards) <= 2000 and array_position(yards, null) is null then yards end);
end
$$;

CREATE FUNCTION private.dispatch_target(issue public.issues, payload jsonb) RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  target bigint := (payload ->> 'department_id')::bigint;
begin
  if not exists (select from public.departments d where d.id = target and d.street_id = issue.street_id) then
    perform private.fail(422, 'department_unknown', jsonb_build_object('field', 'department_id'), 'Choose one of the street''s departments.');
  end if;
  if payload ->> 'ruling' is null
    and target is distinct from (select c.department_id from public.categories c where c.code = issue.category) then
    perform private.fail(422, 'field_missing', jsonb_build_object('field', 'ruling'),
      'This department does not lead the category: say why it is theirs.');
  end if;
  return target;
end
$$;

CREATE FUNCTION private.drafted_facts(yard bigint, quarter text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select private.with_derived(jsonb_strip_nulls(
    coalesce((select a.facts - array(select f.code from public.archive_fields f where not f.active) from private.archives a where a.courtyard_id = yard), '{}')
    || coalesce((select jsonb_object_agg(d.code, d.value) from private.drafts d join public.archive_fields f on f.code = d.code and f.active
      where d.courtyard_id = yard and d.quarter = drafted_facts.quarter), '{}')))
$$;

CREATE FUNCTION private.drawn_courtyard(street bigint, courtyard bigint, version integer) RETURNS public.courtyards
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards;
begin
  select c.* into yard from public.courtyards c where c.id = courtyard and c.street_id = street for no key update;
  if yard.id is null then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the map.');
  elsif yard.ended_at is not null then
    perform private.fail(409, 'courtyard_ended', jsonb_build_object('courtyard', yard.id, 'name', yard.name, 'ended_at', yard.ended_at,
      'living', private.living_courtyard(yard.id)), 'Another yard stands in its place now: look it up on the map.');
  elsif yard.version is distinct from version then
    perform private.fail(409, 'stale_courtyard', (
      select jsonb_build_object('courtyard', yard.id, 'name', yard.name, 'version', yard.version,
        'last', (select jsonb_build_object('action', h.action, 'at', h.at, 'by', p.name) from private.courtyard_history h
          left join public.people p on p.id = h.person_id where h.courtyard_id = yard.id order by h.id desc limit 1))),
      'Look at what changed, then draw again.');
  end if;
  return yard;
end
$$;

CREATE TABLE public.areas (
    id bigint NOT NULL,
    code text NOT NULL,
    level text NOT NULL,
    name text NOT NULL,
    name_en text,
    parent_id bigint,
    path bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    boundary extensions.geometry(MultiPolygon,4326),
    boundary_note text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT areas_boundary_check CHECK (extensions.st_isvalid(boundary)),
    CONSTRAINT areas_level_check CHECK ((level = ANY (ARRAY['city'::text, 'district'::text, 'street'::text, 'community'::text, 'grid'::text, 'microgrid'::text]))),
    CONSTRAINT areas_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
);

COMMENT ON TABLE public.areas IS 'City › district › street › community › grid › microgrid. Boundary in WGS-84 degrees when known; boundary_note says how far it can be trusted (示意).';

CREATE FUNCTION private.drawn_grid(street bigint, area bigint) RETURNS public.areas
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  found_area public.areas;
begin
  select a.* into found_area from public.areas a where a.id = area and a.level = 'grid' and street = any (a.path) for no key update;
  if found_area.id is null then
    perform private.fail(404, 'area_unknown', '{}', 'Choose a grid of this street.');
  end if;
  return found_area;
end
$$;

CREATE FUNCTION private.drawn_json(courtyard bigint) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('id', c.id, 'code', c.code, 'name', c.name, 'name_en', c.name_en, 'address', c.address, 'kind', c.kind,
    'version', c.version, 'community_id', c.community_id, 'grid_id', c.grid_id, 'grid', private.office_name(c.grid_id, null),
    'grid_there', (select jsonb_build_object('id', g.id, 'name', g.name) from public.areas g
      where g.level = 'grid' and c.street_id = any (g.path) and extensions.st_intersects(g.boundary, c.point)
        and not coalesce(extensions.st_intersects((select o.boundary from public.areas o where o.id = c.grid_id), c.point), false)
      order by g.id limit 1),
    'area_m2', c.area_m2, 'ended_at', c.ended_at,
    'point', extensions.st_asgeojson(c.point, 7)::jsonb -> 'coordinates', 'outline', extensions.st_asgeojson(c.geom, 7)::jsonb)
  from public.courtyards c where c.id = courtyard
$$;

CREATE FUNCTION private.drawn_shape(shape jsonb) RETURNS extensions.geometry
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  raw extensions.geometry;
  flaw extensions.valid_detail;
begin
  begin
    if shape ->> 'type' in ('Polygon', 'MultiPolygon') and private.rings_closed(shape) then
      raw := private.row_shape(shape);
    end if;
  exception when others then
    raw := null;
  end;
  if raw is null or extensions.st_npoints(raw) > 5000 then
    perform private.fail(422, 'outline_malformed', '{"max":5000}', 'Draw an outline of at least three corners.');
  end if;
  if (select count(distinct d.geom) from extensions.st_dumppoints(raw) d) < 3 then
    perform private.fail(422, 'outline_empty', '{"area":0}', 'Draw an outline with some ground in it.');
  end if;
  flaw := extensions.st_isvaliddetail(raw);
  if not flaw.valid then
    perform private.fail(422, 'outline_crosses', jsonb_build_object('reason', flaw.reason,
      'at', jsonb_build_array(round(extensions.st_x(flaw.location)::numeric, 7), round(extensions.st_y(flaw.location)::numeric, 7))),
      'Move the corners so that the line does not cross or touch itself.');
  elsif private.square_metres(raw) < 1 then
    perform private.fail(422, 'outline_empty', jsonb_build_object('area', private.square_metres(raw)), 'Draw an outline with some ground in it.');
  end if;
  return extensions.st_multi(raw);
end
$$;

CREATE FUNCTION private.draws_recheck(issue public.issues) RETURNS boolean
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select issue.holder_level = 'department' or issue.holder_level = 'community' and random() < 0.1
$$;

CREATE FUNCTION private.drop_resident_messages() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  delete from private.deliveries d where d.issue_id = new.issue_id and d.state <> 'sent';
  return null;
end
$$;

CREATE FUNCTION private.due_counts(topic text, quarter text) RETURNS TABLE(courtyard_id bigint, due integer, answered integer)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  with asked as materialized (
    select f.code, private.verified_from(due_counts.quarter, f.every_months) as since from public.archive_fields f where f.active and f.formula is null
  ), fresh as (
    select a.courtyard_id, count(*) as n
    from private.yards_of_topic(topic) y join private.archives a on a.courtyard_id = y.courtyard_id, jsonb_each_text(a.stamps) s
    join asked on asked.code = s.key
    join private.verifications v on v.id = s.value::bigint
    where asked.since is null or v.at >= asked.since
    group by a.courtyard_id
  ), given as (
    select d.courtyard_id, count(*) as n from private.drafts d where d.quarter = due_counts.quarter group by d.courtyard_id
  )
  select y.courtyard_id, ((select count(*) from asked) - coalesce(f.n, 0))::integer, coalesce(g.n, 0)::integer
  from private.yards_of_topic(topic) y left join fresh f on f.courtyard_id = y.courtyard_id left join given g on g.courtyard_id = y.courtyard_id
$$;

CREATE FUNCTION private.end_courtyard(courtyard bigint) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$ update public.courtyards c set ended_at = private.now() where c.id = courtyard $$;

CREATE FUNCTION private.end_place(yard bigint, place text, id bigint, action text, payload jsonb, request uuid, more jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.log_archive(yard, place, id::text, action, payload);
  perform private.tell_archives(private.derive_labels() || yard);
  return private.keep_answer(request, more || jsonb_build_object('id', id, 'version', case place
    when 'resource' then (select r.version from public.resources r where r.id = end_place.id) else (select h.version from public.hazards h where h.id = end_place.id) end));
end
$$;

CREATE TABLE public.visits (
    id bigint NOT NULL,
    courtyard_id bigint NOT NULL,
    community_id bigint NOT NULL,
    kind text NOT NULL,
    visited_on date NOT NULL,
    households integer NOT NULL,
    person_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    taken_back_at timestamp with time zone,
    CONSTRAINT visits_households_check CHECK (((households >= 1) AND (households <= 5000))),
    CONSTRAINT visits_kind_check CHECK ((kind = ANY (ARRAY['household'::text, 'care'::text])))
);

COMMENT ON TABLE public.visits IS 'Visits to a courtyard''s homes, counted by day: household (everyone''s) or care (key persons''). Nobody is named.';

CREATE FUNCTION private.end_visit(visit public.visits, action text, request uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.log_archive(visit.courtyard_id, 'visit', visit.id::text, action);
  perform private.tell_archives(private.derive_labels() || visit.courtyard_id);
  return private.keep_answer(request, jsonb_build_object('id', visit.id));
end
$$;

CREATE FUNCTION private.evening_of(name text, given text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
begin
  if given !~ '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Give a day as YYYY-MM-DD.');
  end if;
  return (given::date + time '18:00') at time zone 'Asia/Shanghai';
exception when datetime_field_overflow then
  perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Give a day that exists.');
  return null;
end
$_$;

CREATE FUNCTION private.event_hash(event public.issue_events, before bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select sha256(coalesce(before, '') || convert_to(
    jsonb_build_array(event.issue_id, event.seq, event.action, extract(epoch from event.at), event.actor, event.person_id,
      event.office_area_id, event.office_department_id, event.from_state, event.from_level, event.from_area_id,
      event.from_department_id, event.payload, event.is_public, event.changes, event.request_id)::text, 'UTF8'))
$$;

CREATE FUNCTION private.evidence_sql(rule jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select 'jsonb_build_array(' || string_agg(case when leaf ? 'field'
    then format('jsonb_build_object(''field'', %L, ''value'', f.%I)', leaf ->> 'field', leaf ->> 'field')
    else format('%L::jsonb || jsonb_build_object(''count'', f.%I)', leaf - 'at_least' - 'at_most', private.count_column(leaf)) end, ', ') || ')'
  from private.rule_leaves(rule) leaf
$$;

CREATE FUNCTION private.export_cap() RETURNS integer
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$ select 5000 $$;

CREATE FUNCTION private.extend_clock(at timestamp with time zone, until timestamp with time zone) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('step_mode', 'fixed', 'due_at', until, 'warn_at', at + (until - at) * 0.8)
$$;

CREATE FUNCTION private.fail(status integer, code text, detail jsonb DEFAULT '{}'::jsonb, hint text DEFAULT ''::text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  raise exception using errcode = 'PT' || status, message = code, detail = detail::text, hint = hint;
end
$$;

CREATE FUNCTION private.feed_seq(topic text) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce((select f.seq from private.feeds f where f.topic = feed_seq.topic), 0)
$$;

CREATE FUNCTION private.field(name text, typed text, longest integer, required boolean DEFAULT false) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  cleaned text := private.clean(typed);
begin
  if cleaned is null and required then
    perform private.fail(422, 'field_missing', jsonb_build_object('field', name), 'Fill this field in.');
  end if;
  if char_length(cleaned) > longest then
    perform private.fail(422, 'field_too_long', jsonb_build_object('field', name, 'max', longest), 'Shorten this field.');
  end if;
  return cleaned;
end
$$;

CREATE TABLE public.archive_fields (
    code text NOT NULL,
    module text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    unit text,
    unit_en text,
    type text NOT NULL,
    options jsonb,
    low numeric,
    high numeric,
    sensitivity text NOT NULL,
    source text NOT NULL,
    owner text NOT NULL,
    every_months integer,
    formula jsonb,
    note text,
    on_map boolean DEFAULT false NOT NULL,
    sort integer DEFAULT 100 NOT NULL,
    active boolean DEFAULT true NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT archive_fields_check CHECK (((type = 'choice'::text) = (options IS NOT NULL))),
    CONSTRAINT archive_fields_check1 CHECK ((high >= low)),
    CONSTRAINT archive_fields_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
    CONSTRAINT archive_fields_every_months_check CHECK ((every_months = ANY (ARRAY[1, 3, 6, 12, 24, 36]))),
    CONSTRAINT archive_fields_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 40))),
    CONSTRAINT archive_fields_name_en_check CHECK (((char_length(name_en) >= 1) AND (char_length(name_en) <= 80))),
    CONSTRAINT archive_fields_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['public'::text, 'staff'::text, 'community'::text, 'key_person'::text]))),
    CONSTRAINT archive_fields_type_check CHECK ((type = ANY (ARRAY['count'::text, 'number'::text, 'share'::text, 'year'::text, 'flag'::text, 'choice'::text, 'text'::text, 'phone'::text])))
);

COMMENT ON TABLE public.archive_fields IS 'The data dictionary: what is known of a courtyard, as it is asked today. Earlier definitions stay in the versions, and a quarter is read by those of its own time.';

CREATE FUNCTION private.field_due(field public.archive_fields, verified_at timestamp with time zone, quarter text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select field.active and field.formula is null
    and (verified_at is null or field.every_months is not null and verified_at < private.verified_from(quarter, field.every_months))
$$;

CREATE FUNCTION private.field_options(given jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $_$
begin
  if jsonb_typeof(given) is distinct from 'array' or jsonb_array_length(given) not between 2 and 20
    or exists (select from jsonb_array_elements(given) o where coalesce(o ->> 'code', '') !~ '^[a-z][a-z0-9_]{0,39}$'
      or private.clean(o ->> 'name') is null or private.clean(o ->> 'name_en') is null or char_length(o ->> 'name') > 40 or char_length(o ->> 'name_en') > 80)
    or (select count(distinct o ->> 'code') from jsonb_array_elements(given) o) < jsonb_array_length(given) then
    perform private.fail(422, 'field_malformed', '{"field":"options"}', 'Give each option a code of its own and a name in both languages.');
  end if;
  return (select jsonb_agg(jsonb_build_object('code', o.value ->> 'code', 'name', private.clean(o.value ->> 'name'), 'name_en', private.clean(o.value ->> 'name_en')) order by o.ordinality)
    from jsonb_array_elements(given) with ordinality o);
end
$_$;

CREATE FUNCTION private.field_rank(code text, then_sensitivity text) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select greatest(private.sensitivity_rank(then_sensitivity), (select private.sensitivity_rank(f.sensitivity) from public.archive_fields f where f.code = field_rank.code))
$$;

CREATE FUNCTION private.field_then(code text, dictionary bigint) RETURNS public.archive_fields
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_populate_record(null::public.archive_fields, v.definition) from private.field_versions v
  where v.code = field_then.code and v.id <= dictionary order by v.id desc limit 1
$$;

CREATE FUNCTION private.field_users(field text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'labels', (select coalesce(jsonb_agg(l.name order by l.sort), '[]') from public.labels l where l.active and exists (
      select from private.label_reads r where r.label_id = l.id and r.kind = 'field' and r.key = field)),
    'fields', (select coalesce(jsonb_agg(f.name order by f.sort), '[]') from public.archive_fields f where f.active and field in (select private.formula_reads(f.formula))),
    'checks', (select coalesce(jsonb_agg(c.code order by c.code), '[]') from public.field_checks c where field = any (c.parts || c.whole)))
$$;

CREATE FUNCTION private.file_report(yard public.courtyards, key text, body bytea, what text, name text, address text, place text, phone text, category text, lng double precision, lat double precision, photos integer, lang text, who public.issue_events DEFAULT NULL::public.issue_events) RETURNS public.issues
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  limits constant jsonb := private.report_limits();
  kind public.categories;
  made public.issues;
begin
  what := private.field('what', what, (limits ->> 'what')::integer, true);
  name := private.field('name', name, (limits ->> 'name')::integer, true);
  address := private.field('address', address, (limits ->> 'address')::integer, true);
  place := private.field('place', place, (limits ->> 'place')::integer);
  phone := private.field('phone', phone, (limits ->> 'phone')::integer);
  select c.* into kind from public.categories c where c.code = coalesce(file_report.category, 'other');
  if kind.code is null then
    perform private.fail(422, 'category_unknown', jsonb_build_object('field', 'category'), 'Leave the category out.');
  end if;
  if photos not between 0 and (limits ->> 'photos')::integer then
    perform private.fail(422, 'too_many_photos', jsonb_build_object('field', 'photos', 'max', limits -> 'photos'), 'Send fewer photos.');
  end if;

  made := private.open_issue(yard, kind, what, place, private.report_point(yard, lng, lat), who);
  insert into private.reporters values (made.id, private.key_hash(key), body, name, address, phone, case lang when 'en' then 'en' else 'zh' end);
  insert into public.issue_photos (path, issue_id, by_resident, promised_at)
  select folder || '/' || n || '.jpg', made.id, true, made.created_at
  from (select gen_random_uuid()::text as folder) f, generate_series(1, photos) n;
  return made;
end
$$;

CREATE FUNCTION private.finish_calendar(what text, key text, before jsonb, after jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  recounted integer := 0;
begin
  perform set_config('courtyard.recount', '', true);
  if before is distinct from after then
    perform private.log_setting(what, key, before, after);
    recounted := private.recount_clocks();
  end if;
  return jsonb_build_object('saved', jsonb_array_length(after), 'recounted', recounted,
    'version', (select coalesce(max(l.id), 0) from private.settings_log l where l.what = finish_calendar.what and l.key = finish_calendar.key));
end
$$;

CREATE FUNCTION private.follow_archive() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.follow_codes(ended bigint[], heir bigint) RETURNS integer
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  with handed as (update public.courtyard_codes k set courtyard_id = heir where k.courtyard_id = any (ended) returning 1)
  select count(*)::integer from handed
$$;

CREATE FUNCTION private.follow_field_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if new.formula is not null and old.formula is distinct from new.formula or new.active <> old.active or (new.formula is null) <> (old.formula is null) then
    update private.archives a set facts = private.with_derived(case when new.active then a.facts else a.facts - new.code end);
  elsif row(new.type, new.options, new.low, new.high) is distinct from row(old.type, old.options, old.low, old.high) then
    update private.archives a set facts = private.with_derived(a.facts - new.code), stamps = a.stamps - new.code
    where a.facts ? new.code and not private.value_fits(new, a.facts -> new.code);
  end if;
  delete from private.drafts d where d.code = new.code and (not new.active or new.formula is not null or not private.value_fits(new, d.value));
  if new.sensitivity <> old.sensitivity then
    update public.labels l set sensitivity = l.sensitivity
    where l.id in (select r.label_id from private.label_reads r where r.kind = 'field' and r.key = new.code);
  end if;
  return null;
end
$$;

CREATE FUNCTION private.follow_issues(ended bigint[], successors bigint[]) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  issue public.issues;
  before public.issues;
  yard public.courtyards;
  moved integer := 0;
begin
  for issue in select * from private.locked_issues(ended) loop
    select c.* into yard from public.courtyards c where c.id = any (successors)
    order by extensions.st_distance(coalesce(c.geom, c.point), issue.point), c.id limit 1;
    before := issue;
    perform private.relocate_issue(issue, yard);
    perform private.leave_topics(before, yard);
    moved := moved + 1;
  end loop;
  return moved;
end
$$;

CREATE FUNCTION private.follow_labels(old bigint[], successors bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.follow_places(old bigint[], successors bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.resources r set courtyard_id = (
    select c.id from public.courtyards c where c.id = any (successors) order by extensions.st_distance(coalesce(c.geom, c.point), r.point), c.id limit 1)
  where r.courtyard_id = any (old);
  update public.hazards h set courtyard_id = (
    select c.id from public.courtyards c where c.id = any (successors) order by extensions.st_distance(coalesce(c.geom, c.point), h.point), c.id limit 1)
  where h.courtyard_id = any (old);
end
$$;

CREATE FUNCTION private.followed(issue public.issues) RETURNS public.issues
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  with recursive chain (id, into_id) as (
    select t.id, t.merged_into from public.issues t where t.id = issue.merged_into
    union
    select t.id, t.merged_into from chain c join public.issues t on t.id = c.into_id
  )
  select t from chain c join public.issues t on t.id = c.id where c.into_id is null
$$;

CREATE FUNCTION private.forget_guard() RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  delete from private.rates r where r.minute < private.now() - interval '2 hours';
  delete from private.used_challenges u where u.until < private.now();
  delete from private.marked_phones m where m.until < private.now();
  update private.held_reports h set report = '{}' where h.decided_at < private.now() - interval '30 days' and h.report <> '{}'
$$;

CREATE FUNCTION private.formula_reads(formula jsonb) RETURNS SETOF text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select formula #>> '{}' where jsonb_typeof(formula) = 'string'
  union all
  select read from jsonb_array_elements(case jsonb_typeof(formula) when 'array' then formula - 0 else '[]' end) part,
    private.formula_reads(part) read
$$;

CREATE FUNCTION private.formula_sql(formula jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  operator text := formula ->> 0;
  parts text[];
begin
  if jsonb_typeof(formula) = 'number' then
    return format('%s::numeric', formula #>> '{}');
  elsif jsonb_typeof(formula) = 'string' then
    return format('f.%I', formula #>> '{}');
  elsif jsonb_typeof(formula) is distinct from 'array' or operator not in ('+', '-', '*', '/') or jsonb_array_length(formula) < 3 then
    perform private.fail(422, 'formula_malformed', '{"field":"formula"}', 'Use a number, a field, or + - * / over them.');
  end if;
  select array_agg(private.formula_sql(p.part) order by p.n) into parts
  from jsonb_array_elements(formula) with ordinality p (part, n) where p.n > 1;
  return case operator
    when '/' then format('(%s / nullif(%s, 0))', parts[1], array_to_string(parts[2:], ' * '))
    else format('(%s)', array_to_string(parts, format(' %s ', operator))) end;
end
$$;

CREATE FUNCTION private.freshness(state text, confirmed_quarter text, round text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select case
    when confirmed_quarter >= round then 'confirmed'
    when state is not null then state
    when confirmed_quarter is null or confirmed_quarter < private.quarter_before(round) then 'stale'
    else 'due' end
$$;

CREATE FUNCTION private.future(name text, typed text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
declare
  moment timestamptz;
begin
  begin
    moment := case when typed ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then (typed || ' 23:59:59+08')::timestamptz else typed::timestamptz end;
  exception when data_exception then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Give a date like 2026-12-01.');
  end;
  if moment <= private.now() or moment > private.now() + interval '1 year' then
    perform private.fail(422, 'date_past', jsonb_build_object('field', name), 'Choose a day to come, within a year.');
  end if;
  return moment;
end
$_$;

CREATE FUNCTION private.give_courtyard_code() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  insert into public.courtyard_codes (courtyard_id) values (new.id);
  return null;
end
$$;

CREATE FUNCTION private.given_field(given jsonb) RETURNS public.archive_fields
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
declare
  made public.archive_fields;
begin
  made := jsonb_populate_record(made, given);
  made.code := private.setting_code(given ->> 'code', '^[a-z][a-z0-9_]{1,39}$');
  made.module := private.choice('module', given ->> 'module', array(select m.code from public.archive_modules m));
  made.name := private.field('name', given ->> 'name', 40, true);
  made.name_en := private.field('name_en', given ->> 'name_en', 80, true);
  made.unit := private.field('unit', given ->> 'unit', 20);
  made.unit_en := private.field('unit_en', given ->> 'unit_en', 40);
  made.type := private.choice('type', given ->> 'type', '{count,number,share,year,flag,choice,text,phone}');
  made.options := case when made.type = 'choice' then private.field_options(given -> 'options') end;
  made.sensitivity := private.choice('sensitivity', given ->> 'sensitivity', '{public,staff,community,key_person}');
  made.source := private.field('source', given ->> 'source', 60, true);
  made.owner := private.field('owner', given ->> 'owner', 60, true);
  made.note := private.field('note', given ->> 'note', 200);
  made.formula := nullif(given -> 'formula', 'null');
  made.on_map := coalesce(made.on_map, false) and made.type in ('count', 'number', 'share', 'year');
  made.sort := coalesce(private.whole_number('sort', coalesce(made.sort, 100), 1, 9999), 100);
  made.active := coalesce(made.active, true);
  made.version := 1;
  if made.every_months is not null and made.every_months not in (1, 3, 6, 12, 24, 36) then
    perform private.fail(422, 'field_malformed', '{"field":"every_months","options":[1,3,6,12,24,36]}', 'Choose one of the intervals.');
  elsif made.high < made.low then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', 'high', 'min', made.low), 'Let the range end after it begins.');
  end if;
  return made;
exception when invalid_text_representation or numeric_value_out_of_range or datatype_mismatch then
  perform private.fail(422, 'field_malformed', '{"field":"field"}', 'Send each part of the field in its own type.');
  return null;
end
$_$;

CREATE FUNCTION private.given_tasks(issue public.issues, facts jsonb, at timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  helper bigint;
  tasks jsonb := issue.tasks - (facts ->> 'department_id');
  clock jsonb := private.start_step(issue.category, issue.urgency, 'handle', at);
begin
  for helper in select value::bigint from jsonb_array_elements_text(coalesce(facts -> 'assisting', '[]')) loop
    if helper = (facts ->> 'department_id')::bigint
      or not exists (select from public.departments d where d.id = helper and d.street_id = issue.street_id) then
      perform private.fail(422, 'department_unknown', jsonb_build_object('field', 'assisting'), 'Choose other departments of the street.');
    end if;
    tasks := tasks || jsonb_build_object(helper::text, jsonb_build_object('state', 'open', 'since', at,
      'due_at', clock -> 'due_at', 'warn_at', clock -> 'warn_at'));
  end loop;
  return tasks;
end
$$;

CREATE FUNCTION private.grid_of_point(street bigint, community bigint, point extensions.geometry) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select a.id from public.areas a
  where a.level = 'grid' and street = any (a.path) and (community is null or community = any (a.path))
  order by extensions.st_intersects(a.boundary, point) desc nulls last, a.id limit 1
$$;

CREATE FUNCTION private.grid_of_street(street bigint, grid bigint) RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if not exists (select from public.areas a where a.id = grid and a.level = 'grid' and street = any (a.path)) then
    perform private.fail(422, 'grid_unknown', '{"field":"grid_id"}', 'Choose a grid of this street.');
  end if;
  return grid;
end
$$;

CREATE FUNCTION private.ground_without(one extensions.geometry, other extensions.geometry) RETURNS extensions.geometry
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select extensions.st_multi(extensions.st_collectionextract(extensions.st_difference(one, other), 3))
$$;

CREATE TABLE private.guards (
    street_id bigint NOT NULL,
    proof text DEFAULT 'busy'::text NOT NULL,
    words text[] DEFAULT '{}'::text[] NOT NULL,
    hold_links boolean DEFAULT true NOT NULL,
    CONSTRAINT guards_proof_check CHECK ((proof = ANY (ARRAY['off'::text, 'busy'::text, 'flood'::text])))
);

COMMENT ON TABLE private.guards IS 'How a street meets a flood of reports. A street without a row has the defaults.';

CREATE FUNCTION private.guard_of(street bigint) RETURNS private.guards
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce((select g from private.guards g where g.street_id = street), row(street, 'busy', '{}', true)::private.guards)
$$;

CREATE FUNCTION private.hang_together(shapes extensions.geometry[], gap double precision) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  reached extensions.geometry[] := shapes[1:1];
  waiting extensions.geometry[] := shapes[2:];
  next integer;
begin
  while cardinality(waiting) > 0 loop
    next := (select min(w.n) from unnest(waiting) with ordinality w (g, n), unnest(reached) r (g) where extensions.st_dwithin(w.g, r.g, gap));
    if next is null then
      return false;
    end if;
    reached := reached || waiting[next];
    waiting := waiting[:next - 1] || waiting[next + 1:];
  end loop;
  return true;
end
$$;

CREATE FUNCTION private.held_receipt(held private.held_reports, repeated boolean) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'number', 'H' || lpad(held.id::text, 5, '0'),
    'courtyard', (select c.name from public.courtyards c where c.id = held.courtyard_id),
    'created_at', held.at,
    'promised_at', held.at + interval '1 day',
    'holder', private.office_name(held.community_id, null),
    'photos', '[]'::jsonb,
    'held', true,
    'repeated', repeated)
$$;

CREATE FUNCTION private.held_story(held private.held_reports) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'number', 'H' || lpad(held.id::text, 5, '0'), 'version', 0, 'state', case when held.decided_at is null then 'submitted' else 'declined' end,
    'held', true, 'what', coalesce(held.report ->> 'what', ''), 'place', held.report ->> 'place', 'courtyard', c.name,
    'category', coalesce(k.name, ''), 'category_en', coalesce(k.name_en, ''), 'created_at', held.at, 'promised_at', held.at + interval '1 day', 'answered', null,
    'responsible', private.office_name(held.community_id, null), 'first_owner', null, 'photos', 0, 'results', '[]'::jsonb, 'merged_into', null, 'can', '[]'::jsonb,
    'steps', jsonb_build_array(jsonb_build_object('at', held.at, 'action', 'report')))
  from public.courtyards c left join public.categories k on k.code = held.report ->> 'category'
  where c.id = held.courtyard_id
$$;

CREATE FUNCTION private.hold_reason(yard public.courtyards, what text, kind text, phone text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case
    when exists (select from public.categories c where c.code = kind and c.urgency = 'emergency') then null
    when exists (select from private.marked_phones m where m.phone = private.blinded('phone', hold_reason.phone) and m.until > private.now()) then 'marked'
    when exists (select from unnest(g.words) w where strpos(lower(what), lower(w)) > 0) then 'words'
    when g.hold_links and what ~* '(https?://|www\.|[a-z0-9-]{2,}\.(com|cn|net|org|xyz|top|vip|cc|shop)\M)' then 'link' end
  from private.guard_of(yard.street_id) g
$$;

CREATE FUNCTION private.holds(condition text, issue public.issues, department bigint DEFAULT NULL::bigint) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $_$
  select coalesce(case condition
    when 'returns_left' then issue.returns < 2
    when 'tasks_done' then not jsonb_path_exists(issue.tasks, '$.* ? (@.state == "open")')
    when 'task_open' then jsonb_path_exists(issue.tasks, '$.* ? (@.state == "open")')
    when 'has_task' then issue.tasks -> department::text ->> 'state' = 'open'
    when 'letter_open' then exists (select from public.letters l where l.issue_id = issue.id and l.replied_at is null)
    when 'asked' then issue.asked is not null
    when 'grantable' then (issue.asked ->> 'until')::timestamptz > private.now()
    when 'may_ask' then issue.asked is null and issue.paused_at is null
    when 'paused' then issue.paused_at is not null
    when 'may_reopen' then issue.reopened < 2 and issue.ended_at > private.now() - interval '14 days'
    when 'target_withdrawn' then (select t.state = 'withdrawn' from public.issues t where t.id = issue.merged_into)
    when 'target_ended' then issue.reopened < 2 and (
      select t.state in ('closed', 'declined') and t.ended_at > private.now() - interval '14 days' from private.followed(issue) t)
    else true end, false)
$_$;

CREATE FUNCTION private.import_street() RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  street bigint;
begin
  if auth.role() = 'service_role' then
    select case when count(*) = 1 then min(a.id) end into street from public.areas a where a.level = 'street';
  else
    select m.area_id into street from private.my_memberships() m where m.role = 'admin' limit 1;
  end if;
  if street is null then
    perform private.fail(403, 'import_not_allowed', '{}', 'Sign in as the street''s administrator.');
  end if;
  return street;
end
$$;

CREATE FUNCTION private.inherited_facts(old bigint[]) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.integer_of(name text, given jsonb) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $_$
begin
  if jsonb_typeof(given) is distinct from 'number' or given #>> '{}' !~ '^[0-9]{1,6}$' then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Give a whole number.');
  end if;
  return (given #>> '{}')::integer;
end
$_$;

CREATE FUNCTION private.is_push_address(endpoint text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select exists (
    select from private.push_services s,
      lower(coalesce(substring(endpoint from '^https://([A-Za-z0-9.-]+(?::[0-9]+)?)/'), substring(endpoint from '^http://((?:127\.0\.0\.1|localhost):[0-9]+)/'))) as h (host)
    where h.host = s.host or left(s.host, 1) = '.' and right(h.host, char_length(s.host)) = s.host)
$$;

CREATE FUNCTION private.issue_columns(ids bigint[]) RETURNS json
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select json_build_object(
    'id', coalesce(json_agg(i.id), '[]'), 'number', coalesce(json_agg(i.number), '[]'),
    'courtyard_id', coalesce(json_agg(i.courtyard_id), '[]'), 'category', coalesce(json_agg(i.category), '[]'),
    'state', coalesce(json_agg(i.state), '[]'), 'holder_level', coalesce(json_agg(i.holder_level), '[]'),
    'holder', coalesce(json_agg(coalesce(d.name, h.name)), '[]'), 'urgency', coalesce(json_agg(i.urgency), '[]'),
    'lng', coalesce(json_agg(round(extensions.st_x(i.point)::numeric, 6)), '[]'),
    'lat', coalesce(json_agg(round(extensions.st_y(i.point)::numeric, 6)), '[]'),
    'step', coalesce(json_agg(i.step), '[]'), 'asked', coalesce(json_agg(i.asked ->> 'kind'), '[]'),
    'warn_at', coalesce(json_agg(extract(epoch from i.warn_at)::bigint), '[]'),
    'due_at', coalesce(json_agg(extract(epoch from i.due_at)::bigint), '[]'),
    'created_at', coalesce(json_agg(extract(epoch from i.created_at)::bigint), '[]'),
    'ended_at', coalesce(json_agg(extract(epoch from i.ended_at)::bigint), '[]'),
    'version', coalesce(json_agg(i.version), '[]'), 'what', coalesce(json_agg(i.what), '[]'))
  from (select * from public.issues where id = any (ids) order by id) i
  left join public.areas h on h.id = i.holder_area_id
  left join public.departments d on d.id = i.holder_department_id
$$;

CREATE FUNCTION private.issue_of_key(key text) RETURNS public.issues
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  found public.issues;
begin
  select i.* into found from private.reporters r join public.issues i on i.id = r.issue_id where r.key_hash = private.key_hash(key);
  if found.id is null then
    perform private.fail(404, 'track_unknown', '{}', 'Check the link on your receipt.');
  end if;
  return found;
end
$$;

CREATE FUNCTION private.issue_story(issue_id bigint) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_agg(jsonb_build_object(
    'seq', e.seq, 'action', e.action, 'at', e.at, 'actor', e.actor, 'by', p.name,
    'office', private.office_name(e.office_area_id, e.office_department_id),
    'words', coalesce(e.payload ->> 'words', e.payload ->> 'done', e.payload ->> 'reason', e.payload ->> 'ruling', e.payload ->> 'finding', e.payload ->> 'reply', e.payload ->> 'title'),
    'public', e.is_public, 'payload', e.payload,
    'from_state', e.from_state, 'to_state', coalesce(e.changes ->> 'state', e.from_state),
    'from_holder', private.office_name(e.from_area_id, e.from_department_id),
    'to_holder', case when e.changes ?| array['holder_area_id', 'holder_department_id'] then
      private.office_name((e.changes ->> 'holder_area_id')::bigint, (e.changes ->> 'holder_department_id')::bigint) end) order by e.seq)
  from public.issue_events e left join public.people p on p.id = e.person_id
  where e.issue_id = issue_story.issue_id
$$;

CREATE FUNCTION private.join_report(issue public.issues, yard public.courtyards, named text) RETURNS public.issues
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  target public.issues;
  rule public.issue_actions;
begin
  select i.* into target from private.alike(yard, issue.category, issue.place) i where i.number = named;
  select a.* into rule from public.issue_actions a where a.action = 'merge' and a.state = issue.state order by a.holder_level = issue.holder_level desc limit 1;
  if target.id is null or rule.action is null then
    return issue;
  end if;
  rule.actor := 'resident';
  return private.apply_action(issue, rule, jsonb_build_object('into', target.number), null);
end
$$;

CREATE FUNCTION private.judge_cells(yard public.courtyards, quarter text, given jsonb) RETURNS TABLE(code text, outcome text, reason text, before jsonb, after jsonb)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select g.key, case when w.reason is not null then 'refused' when c.value = b.value then 'same' else 'changed' end, w.reason, b.value, case when w.reason is null then c.value end
  from jsonb_each(given) g
  left join public.archive_fields f on f.code = g.key and f.active and private.sensitivity_rank(f.sensitivity) <= private.my_clearance(yard.community_id)
  left join private.archives a on a.courtyard_id = yard.id
  left join private.drafts d on d.courtyard_id = yard.id and d.quarter = judge_cells.quarter and d.code = f.code,
    lateral (select case when f.code is not null then coalesce(d.value, a.facts -> f.code, 'null') end as value) b,
    -- a phone that comes back masked is the one we have
    -- and what comes back as it left is the same, even where the field would take it no more
    lateral (select case when f.code is null then null when g.value = b.value then b.value when f.type = 'phone' and g.value #>> '{}' like '%*%' and g.value #>> '{}' = private.masked_phone(b.value #>> '{}') then b.value
      when f.formula is not null then b.value else private.read_cell(f, g.value) end as value) c,
    lateral (select case when f.code is null then 'field_unknown' when jsonb_typeof(g.value) in ('object', 'array') or c.value is null then 'value_refused'
      when d.code is not null and d.person_id <> auth.uid() and d.value <> c.value then 'drafted_meanwhile' end as reason) w
  where private.clean(g.value #>> '{}') is not null
$$;

CREATE FUNCTION private.judge_row(street bigint, input jsonb, twice text[]) RETURNS private.import_row
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  judged private.import_row;
  community bigint;
  wanted text := private.clean(input ->> 'community');
  other text;
  border extensions.geometry := (select a.boundary from public.areas a where a.id = street);
begin
  judged.line := (input ->> 'row')::integer;
  judged.code := private.clean(input ->> 'external_id');
  judged.name := private.clean(input ->> 'name');
  judged.address := private.clean(input ->> 'address');
  judged.kind := coalesce(private.clean(input ->> 'kind'), 'yard');
  judged.outcome := 'refused';
  judged.detail := '{}';
  judged.geom := private.row_outline(input -> 'geometry');
  judged.point := coalesce(private.row_point(input -> 'geometry'), extensions.st_pointonsurface(judged.geom));
  if wanted is not null then
    select a.id into community from public.areas a
    where a.level = 'community' and street = any (a.path) and (a.code = wanted or a.name = wanted or a.name = wanted || '社区');
  end if;

  judged.reason := case
    when judged.name is null then 'name_missing'
    when judged.address is null then 'address_missing'
    when char_length(judged.name) > 80 or char_length(judged.address) > 120 then 'too_long'
    when judged.kind not in ('quarter', 'yard', 'danwei', 'heritage') then 'kind_unknown'
    when wanted is not null and community is null then 'community_unknown'
    when judged.address = any (twice) then 'twice_in_file'
    when judged.point is null then 'geometry_bad'
    when not extensions.st_intersects(border, judged.point) then 'outside_street'
  end;
  if judged.reason is not null then
    if judged.reason = 'community_unknown' then
      judged.detail := jsonb_build_object('community', wanted, 'known',
        (select jsonb_agg(a.name order by a.code) from public.areas a where a.level = 'community' and street = any (a.path)));
    end if;
    return judged;
  end if;

  judged.grid_id := private.grid_of_point(street, community, judged.point);
  if judged.grid_id is null then
    judged.reason := 'grid_missing';
    return judged;
  end if;
  judged.existing := private.known_yard(street, judged.code, judged.address);
  other := private.yard_in_the_way(street, judged.existing, judged.address, judged.geom, judged.point);
  if other is not null then
    judged.reason := 'duplicate';
    judged.detail := jsonb_build_object('address', other);
    return judged;
  end if;
  judged.outcome := case
    when judged.existing is null then 'added'
    when exists (select from public.courtyards c where c.id = judged.existing
      and (c.name, c.address, c.kind, c.grid_id) is not distinct from (judged.name, judged.address, judged.kind, judged.grid_id)
      and (judged.geom is null or extensions.st_orderingequals(c.geom, judged.geom))
      and (judged.geom is not null or c.geom is not null or extensions.st_orderingequals(c.point, judged.point))) then 'same'
    else 'changed' end;
  return judged;
end
$$;

CREATE FUNCTION private.keep_alarm() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform private.set_alarms(array[new.issue_id] || case when new.action = 'withdraw' then
    array(select i.id from public.issues i where i.merged_into = new.issue_id) end);
  return null;
end
$$;

CREATE FUNCTION private.keep_answer(request uuid, answer jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if request is not null then
    insert into private.archive_requests values (request, auth.uid(), private.now(), answer);
  end if;
  return answer;
exception when unique_violation then
  perform private.fail(409, 'request_taken', '{}', 'Send it again under a number of its own.');
  return null;
end
$$;

CREATE FUNCTION private.keep_area_path() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  new.path := coalesce((select a.path from public.areas a where a.id = new.parent_id), '{}') || new.id;
  if (select count(*) from unnest(new.path) as step where step = new.id) > 1 then
    perform private.fail(422, 'area_circle', jsonb_build_object('area', new.id), 'An area cannot lie inside itself.');
  end if;
  return new;
end
$$;

CREATE FUNCTION private.keep_area_path_below() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if new.path is distinct from old.path then
    update public.areas set parent_id = new.id where parent_id = new.id;
  end if;
  return null;
end
$$;

CREATE FUNCTION private.keep_courtyard_place() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  new.community_id := private.area_above(new.grid_id, 'community');
  new.street_id := private.area_above(new.grid_id, 'street');
  if new.geom is not null then
    new.point := coalesce(new.point, extensions.st_pointonsurface(new.geom));
    new.area_m2 := round(private.square_metres(new.geom));
  end if;
  return new;
end
$$;

CREATE FUNCTION private.keep_field_version() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  insert into private.field_versions (code, version, at, definition)
  values (new.code, new.version, private.now(), to_jsonb(new));
  return null;
end
$$;

CREATE FUNCTION private.keep_label_reads() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  delete from private.label_reads r where r.label_id = new.id;
  insert into private.label_reads (label_id, kind, key, reach)
  select new.id, kind, key, max(reach) from (
    select 'field' as kind, leaf ->> 'field' as key, null::integer as reach from private.rule_leaves(new.rule) leaf where leaf ? 'field'
    union all
    select case when leaf ? 'within' then 'near' else word end, coalesce(code, '*'), coalesce(leaf ->> 'within', leaf ->> 'days')::integer
    from private.rule_leaves(new.rule) leaf, unnest(private.counting_words()) word
    left join lateral jsonb_array_elements_text(leaf -> word) code on true where leaf ? word) reads
  where new.active group by kind, key;
  insert into private.near_kinds (kind, reach) select r.key, r.reach from private.label_reads r where r.label_id = new.id and r.kind = 'near'
  on conflict (kind) do update set reach = greatest(near_kinds.reach, excluded.reach);
  perform private.measure_near(r.key) from private.label_reads r where r.label_id = new.id and r.kind = 'near';
  insert into private.label_dirty (courtyard_id, label_id) values (null, new.id);
  return null;
end
$$;

CREATE FUNCTION private.keep_letter(event public.issue_events, issue public.issues) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  facts jsonb := event.payload;
begin
  if event.action = 'letter' then
    insert into public.letters (issue_id, event_seq, number, addressee, title, text, due_on, sent_at, office_area_id)
    values (issue.id, event.seq, issue.number || '-函' || (select count(*) + 1 from public.letters l where l.issue_id = issue.id),
      facts ->> 'addressee', facts ->> 'title', facts ->> 'text',
      ((facts ->> 'due_on')::timestamptz at time zone 'Asia/Shanghai')::date, event.at, event.office_area_id);
  elsif event.action = 'letter_reply' then
    update public.letters l set reply = facts ->> 'reply', replied_at = event.at
    where l.id = (facts ->> 'letter_id')::bigint and l.issue_id = issue.id and l.replied_at is null;
    if not found then
      perform private.fail(422, 'letter_unknown', '{"field":"letter_id"}', 'Choose a letter that waits for its reply.');
    end if;
  end if;
end
$$;

CREATE FUNCTION private.keep_near() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform private.measure_near(m.kind, array_agg(distinct yard))
  from (
    select o.kind, place.point from old_rows o join new_rows n on n.id = o.id, lateral (values (o.point), (n.point)) place (point)
    where o.state <> n.state or not extensions.st_orderingequals(o.point, n.point)) m,
    private.yards_near(m.kind, m.point) yard
  group by m.kind;
  return null;
end
$$;

CREATE FUNCTION private.keep_near_new() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform private.measure_near(n.kind, array_agg(distinct yard)) from new_rows n, private.yards_near(n.kind, n.point) yard group by n.kind;
  return null;
end
$$;

CREATE FUNCTION private.keep_place_community() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  new.community_id := (select c.community_id from public.courtyards c where c.id = new.courtyard_id);
  return new;
end
$$;

CREATE FUNCTION private.keep_steps() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform private.note_step(new);
  return null;
end
$$;

CREATE FUNCTION private.keep_version() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  new.version := old.version + 1;
  return new;
end
$$;

CREATE FUNCTION private.key_hash(key text) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$ select sha256(convert_to(lower(key), 'UTF8')) $$;

CREATE FUNCTION private.keywords(given text[]) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  words text[] := (
    select coalesce(array_agg(w.word order by w.first), '{}') from (
      select private.field('keywords', typed, 20) as word, min(n) as first
      from unnest(given) with ordinality g (typed, n) group by 1) w
    where w.word is not null);
begin
  if cardinality(words) > 60 then
    perform private.fail(422, 'field_too_long', '{"field":"keywords","max":60}', 'Keep the words that residents use most.');
  end if;
  return words;
end
$$;

CREATE FUNCTION private.known_yard(street bigint, code text, address text) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select c.id from public.courtyards c where c.street_id = street and c.code = known_yard.code
  union all
  select c.id from public.courtyards c
  where known_yard.code is null and c.street_id = street and c.address = known_yard.address and c.ended_at is null
  limit 1
$$;

CREATE FUNCTION private.label_json(label public.labels) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('id', label.id, 'code', label.code, 'name', label.name, 'name_en', label.name_en, 'group', label.label_group,
    'colour', label.colour, 'icon', label.icon)
$$;

CREATE FUNCTION private.labels_of(yard bigint, clearance integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(private.label_json(l) || jsonb_build_object('reason', c.reason, 'evidence', c.evidence, 'since', c.since,
    'expires_at', c.expires_at, 'derived', c.derived) order by l.sort, l.id), '[]')
  from private.courtyard_labels c join public.labels l on l.id = c.label_id
  where c.courtyard_id = yard and c.ended_at is null and (c.expires_at is null or c.expires_at > private.now()) and l.clearance <= labels_of.clearance
$$;

CREATE FUNCTION private.labels_sql(labels jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $_$
  with leaves as (
    select leaf from jsonb_array_elements(labels) l, private.rule_leaves(l -> 'rule') leaf
  ), fields as (
    select f.code, case f.type when 'flag' then 'boolean' when 'choice' then 'text' when 'text' then 'text' when 'phone' then 'text' else 'numeric' end as type
    from public.archive_fields f where f.code in (select leaf ->> 'field' from leaves)
  ), counts as (
    select distinct private.count_column(leaf) as name, private.rule_rows(leaf) as rows from leaves where not leaf ? 'field'
  )
  select 'with facts as materialized (select a.courtyard_id as "#"'
    || coalesce((select string_agg(format(', r.%I', code), '') from fields), '')
    || coalesce((select string_agg(format(', coalesce(%I.count, 0) as %1$I', name), '') from counts), '')
    || ' from private.archives a'
    || coalesce((select ' cross join lateral jsonb_to_record(a.facts) as r (' || string_agg(format('%I %s', code, type), ', ') || ')' from fields), '')
    || coalesce((select string_agg(format(' left join (select n.courtyard_id, count(*) from %2$s and ($1 is null or n.courtyard_id = any ($1)) group by 1) %1$I'
        ' on %1$I.courtyard_id = a.courtyard_id', name, rows), '') from counts), '')
    || ' where $1 is null or a.courtyard_id = any ($1)) '
    || (select string_agg(format('select f."#", %s::bigint, %s from facts f where %s', l ->> 'id', private.evidence_sql(l -> 'rule'), private.rule_sql(l -> 'rule')),
      ' union all ') from jsonb_array_elements(labels) l)
$_$;

CREATE FUNCTION private.leave_topics(before public.issues, yard public.courtyards) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if before.state in ('submitted', 'handling', 'resolved') then
    if before.community_id <> yard.community_id then
      perform private.publish_leaving('area:' || before.community_id, before);
    end if;
    if before.grid_id <> yard.grid_id then
      perform private.publish_leaving('area:' || before.grid_id, before);
    end if;
  end if;
end
$$;

CREATE FUNCTION private.living_courtyard(courtyard bigint) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  with recursive line (id) as (
    select courtyard
    union
    select s.successor_id from line l join public.courtyard_successors s on s.courtyard_id = l.id and s.heir
  )
  select c.id from line l join public.courtyards c on c.id = l.id where c.ended_at is null
$$;

CREATE FUNCTION private.locked_issues(yards bigint[]) RETURNS SETOF public.issues
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select * from (select i.* from public.issues i where i.courtyard_id = any (yards) for no key update) locked order by id
$$;

CREATE FUNCTION private.log_archive(yard bigint, subject text, key text, action text, payload jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into private.archive_events (at, courtyard_id, subject, key, action, person_id, office_area_id, payload)
  select private.now(), yard, subject, key, action, auth.uid(), (select m.area_id from private.my_memberships() m where m.area_id is not null order by m.id limit 1), payload
$$;

CREATE FUNCTION private.log_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  setting jsonb := coalesce(after, before);
begin
  if auth.uid() is not null then
    perform private.log_setting(tg_argv[0], setting ->> tg_argv[1], private.shown(before, tg_argv[2]::text[]),
      private.shown(after, tg_argv[2]::text[]), (setting ->> 'street_id')::bigint);
  end if;
  return null;
end
$$;

CREATE FUNCTION private.log_setting(what text, key text, before jsonb, after jsonb, street bigint DEFAULT NULL::bigint) RETURNS bigint
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into private.settings_log (at, person_id, street_id, what, key, before, after)
  values (private.now(), auth.uid(), street, what, key, before, after) returning id
$$;

CREATE FUNCTION private.make_courtyard(street bigint, wanted jsonb, shape extensions.geometry, grid bigint, leaving bigint[]) RETURNS public.courtyards
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards;
begin
  yard.name := private.field('name', wanted ->> 'name', 80, true);
  yard.name_en := private.field('name_en', wanted ->> 'name_en', 80);
  yard.address := private.field('address', wanted ->> 'address', 120, true);
  yard.kind := private.choice('kind', coalesce(wanted ->> 'kind', 'yard'), '{quarter,yard,danwei,heritage}');
  perform private.check_address(street, yard.address, leaving);
  insert into public.courtyards as c (code, name, name_en, address, grid_id, kind, geom)
  values ('yard-' || private.base32(sha256(uuid_send(gen_random_uuid())), 10), yard.name, yard.name_en, yard.address,
    coalesce(private.grid_of_street(street, grid), private.grid_of_point(street, null, extensions.st_pointonsurface(shape))), yard.kind, shape)
  returning c.* into yard;
  return yard;
end
$$;

CREATE FUNCTION private.mark_case() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if tg_op = 'INSERT' then
    perform private.mark_dirty('cases', array[new.category], array[new.courtyard_id]);
  else
    perform private.mark_dirty('cases', array[old.category, new.category], array[old.courtyard_id, new.courtyard_id]);
  end if;
  return null;
end
$$;

CREATE FUNCTION private.mark_changed_facts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  insert into private.label_dirty (courtyard_id, label_id)
  select distinct n.courtyard_id, r.label_id
  from new_rows n join old_rows o on o.courtyard_id = n.courtyard_id
  join private.label_reads r on r.kind = 'field' and n.facts -> r.key is distinct from o.facts -> r.key
  where n.facts is distinct from o.facts;
  return null;
end
$$;

CREATE FUNCTION private.mark_dirty(reads text, keys text[], yards bigint[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  insert into private.label_dirty (courtyard_id, label_id)
  select distinct yard, r.label_id from unnest(yards) yard, private.label_reads r
  where r.kind = mark_dirty.reads and (r.key = '*' or r.key = any (keys)) and yard is not null
$$;

CREATE FUNCTION private.mark_new_facts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  insert into private.label_dirty (courtyard_id, label_id)
  select n.courtyard_id, l.id from new_rows n, public.labels l where l.active and l.rule is not null;
  return null;
end
$$;

CREATE FUNCTION private.mark_place() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform private.mark_dirty(tg_table_name, array[new.kind], array[new.courtyard_id]
    || case when tg_op = 'UPDATE' then array[old.courtyard_id] end);
  if tg_table_name = 'resources' and exists (select from private.near_kinds k where k.kind = new.kind) then
    perform private.mark_dirty('near', array[new.kind], array(select private.yards_near(new.kind, new.point)));
    if tg_op = 'UPDATE' and not extensions.st_orderingequals(old.point, new.point) then
      perform private.mark_dirty('near', array[new.kind], array(select private.yards_near(old.kind, old.point)));
    end if;
  end if;
  return null;
end
$$;

CREATE FUNCTION private.mark_visit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform private.mark_dirty('visits', array[new.kind], array[new.courtyard_id]);
  return null;
end
$$;

CREATE FUNCTION private.masked_phone(phone text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select case when char_length(phone) > 7 then left(phone, 3) || '****' || right(phone, 4) else repeat('*', char_length(phone)) end
$$;

CREATE FUNCTION private.masked_reporter(issue_id bigint) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.masked_words(said text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $_$
  select regexp_replace(regexp_replace(said,
    '(^|[^0-9])([1-9][0-9]{5})[0-9]{8}([0-9]{3}[0-9Xx])([^0-9]|$)', '\1\2********\3\4', 'g'),
    '(^|[^0-9])(1[3-9][0-9])[ -]?[0-9]{4}[ -]?([0-9]{4})([^0-9]|$)', '\1\2****\3\4', 'g')
$_$;

CREATE FUNCTION private.measure_near(wanted text, yards bigint[] DEFAULT NULL::bigint[]) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  delete from private.near n where n.kind = wanted and (yards is null or n.courtyard_id in (select unnest(yards)));
  insert into private.near (courtyard_id, kind, metres)
  select c.id, wanted, min(d.metres)
  from private.near_kinds k, public.courtyards c, lateral (select coalesce(c.geom, c.point) as ground) g,
    lateral (
      select private.metres(g.ground, r.point, extensions.st_y(c.point)) as metres from public.resources r
      where r.kind = wanted and r.state not in ('gone', 'broken')
        and r.point operator(extensions.&&) extensions.st_expand(g.ground, k.reach / 90000.0)) d
  where k.kind = wanted and d.metres <= k.reach and (yards is null or c.id in (select unnest(yards)))
  group by c.id;
$$;

CREATE FUNCTION private.merge_target(issue public.issues, named text) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $_$
declare
  target public.issues;
begin
  perform pg_advisory_xact_lock(hashtextextended('merge', issue.street_id));
  select i.* into target from public.issues i
  where i.street_id = issue.street_id and (i.number = named or i.id = case when named ~ '^[0-9]{1,15}$' then named::bigint end);
  if target.id is null or target.id = issue.id or auth.uid() is not null and not private.sees_issue(target) then
    perform private.fail(422, 'merge_unknown', jsonb_build_object('field', 'into'), 'Give the number of the issue it repeats.');
  end if;
  if target.state not in ('submitted', 'handling', 'resolved') then
    perform private.fail(409, 'merge_ended', jsonb_build_object('number', target.number, 'state', target.state), 'Merge into an issue that is still open.');
  end if;
  return target.id;
end
$_$;

CREATE FUNCTION private.metres(one extensions.geometry, other extensions.geometry, lat double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select extensions.st_distance(extensions.st_scale(one, cos(radians(lat)) * 111320, 110950), extensions.st_scale(other, cos(radians(lat)) * 111320, 110950))
$$;

CREATE FUNCTION private.most_codes() RETURNS integer
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$ select 40 $$;

CREATE FUNCTION private.move_courtyard(yard public.courtyards, grid bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  issue public.issues;
  there public.courtyards;
  moved integer := 0;
begin
  update public.courtyards c set grid_id = grid where c.id = yard.id returning c.* into there;
  for issue in select * from private.locked_issues(array[yard.id]) loop
    perform private.relocate_issue(issue, there);
    perform private.leave_topics(issue, there);
    moved := moved + (issue.state in ('submitted', 'handling', 'resolved'))::integer;
  end loop;
  perform private.note_courtyard('moved', yard, jsonb_build_object('issues', moved));
end
$$;

CREATE FUNCTION private.my_actions(issue public.issues) RETURNS TABLE(rule public.issue_actions, office_area_id bigint, office_department_id bigint)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select r, m.area_id, m.department_id
  from private.my_memberships() m
  join public.issue_actions r on r.state = issue.state and r.holder_level = issue.holder_level
    and (r.actor = m.role and (m.area_id in (issue.street_id, issue.community_id, issue.grid_id) or m.department_id = issue.holder_department_id)
      or r.actor = 'assisting' and m.role = 'department_staff' and issue.tasks ? m.department_id::text
        and m.department_id is distinct from issue.holder_department_id)
$$;

CREATE FUNCTION private.my_area_ids() RETURNS bigint[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(area_id) filter (where area_id is not null), '{}') from private.my_memberships()
$$;

CREATE FUNCTION private.my_care_community_ids() RETURNS bigint[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(c.community_id), '{}') from private.my_clearances() c where c.clearance >= 3
$$;

CREATE FUNCTION private.my_clearance(community bigint) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce((select c.clearance from private.my_clearances() c where c.community_id = community), 0)
$$;

CREATE FUNCTION private.my_clearances() RETURNS TABLE(community_id bigint, clearance integer)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 10
    SET search_path TO ''
    AS $$
  select c.id, max(case when m.role in ('community_staff', 'grid_worker') then 3 when m.role in ('street_staff', 'street_leader') then 2 else 1 end)
  from private.my_memberships() m
  left join public.departments d on d.id = m.department_id
  join public.areas c on c.level = 'community'
    and (coalesce(d.street_id, m.area_id) = any (c.path) or c.id = private.area_above(m.area_id, 'community'))
  group by c.id
$$;

CREATE FUNCTION private.my_community_ids() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(distinct c.id), '{}')
  from private.my_memberships() m
  left join public.departments d on d.id = m.department_id
  join public.areas c on c.level = 'community'
    and (coalesce(d.street_id, m.area_id) = any (c.path) or c.id = private.area_above(m.area_id, 'community'))
$$;

CREATE FUNCTION private.my_department_ids() RETURNS bigint[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(department_id) filter (where department_id is not null), '{}') from private.my_memberships()
$$;

CREATE FUNCTION private.my_holding_area_ids() RETURNS bigint[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(area_id), '{}') from private.my_memberships()
  where role in ('grid_worker', 'community_staff', 'street_staff')
$$;

CREATE FUNCTION private.my_labels_of(yard bigint) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select private.labels_of(c.id, private.my_clearance(c.community_id)) from public.courtyards c where c.id = yard
$$;

CREATE FUNCTION private.my_memberships() RETURNS SETOF public.memberships
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
    SET search_path TO ''
    AS $$
  select m.* from public.memberships m join public.people p on p.id = m.person_id
  where m.person_id = (select auth.uid()) and p.left_at is null
$$;

CREATE FUNCTION private.my_notice_mark() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce((select m.read_upto from private.notice_marks m where m.person_id = (select auth.uid())), 0)
$$;

CREATE FUNCTION private.my_overseen() RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(distinct a.holder_level || ':' || m.area_id), '{}')
  from private.my_memberships() m join public.issue_actions a on a.actor = m.role and a.action in ('verify', 'grant') and m.area_id is not null
$$;

CREATE FUNCTION private.my_street_ids() RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(distinct coalesce(d.street_id, private.area_above(m.area_id, 'street'))), '{}')
  from private.my_memberships() m left join public.departments d on d.id = m.department_id
$$;

CREATE FUNCTION private.my_topics() RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select 'area:' || a.id from public.areas a
  where a.path && (select private.my_area_ids())::bigint[] and a.level in ('street', 'community', 'grid')
  union all
  select 'department:' || id from unnest((select private.my_department_ids())) as id
$$;

CREATE FUNCTION private.network() RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(nullif(trim(split_part(nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-forwarded-for', ',', 1)), ''), 'unknown')
$$;

CREATE TABLE public.duties (
    code text NOT NULL,
    list text NOT NULL,
    title text NOT NULL,
    title_en text NOT NULL,
    instead text,
    version integer DEFAULT 1 NOT NULL,
    active boolean DEFAULT true NOT NULL,
    CONSTRAINT duties_code_check CHECK ((code ~ '^[a-z0-9_]{2,40}$'::text)),
    CONSTRAINT duties_list_check CHECK ((list = ANY (ARRAY['community_duty'::text, 'community_assists'::text, 'community_never'::text, 'certificate'::text, 'certificate_never'::text, 'department_duty'::text])))
);

COMMENT ON TABLE public.duties IS 'Entries of the duty lists: what the community does, helps with, must never be made responsible for, certifies or not, and what departments answer for.';

CREATE FUNCTION private.never_entry(category text) RETURNS public.duties
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select d from public.categories c join public.duties d on d.code = c.duty where c.code = category and d.list = 'community_never'
$$;

CREATE FUNCTION private.next_alarms(ids bigint[]) RETURNS TABLE(issue_id bigint, next_at timestamp with time zone)
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return query
  select i.id, least(i.paused_until, case when i.step = 'answer' then i.due_at end, min(m.moment),
    (select t.ended_at from public.issues t where t.id = i.merged_into and t.state = 'withdrawn'))
  from public.issues i
  left join (select * from public.running_clocks r where r.issue_id = any (ids)) c on c.issue_id = i.id
  left join lateral (values ('warned', c.warn_at), ('late', c.due_at)) m (kind, moment) on m.moment is not null
    and not exists (select from private.rings r where r.issue_id = i.id and r.clock = c.clock and r.due_at = c.due_at and r.kind = m.kind)
  where i.id = any (ids) group by i.id;
end
$$;

CREATE FUNCTION private.next_holder(issue public.issues, rule public.issue_actions, own_area bigint, payload jsonb) RETURNS TABLE(level text, area_id bigint, department_id bigint)
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  case rule.to_holder
    when 'same' then
      return query select issue.holder_level, issue.holder_area_id, issue.holder_department_id;
    when 'own' then
      return query select a.level, a.id, null::bigint from public.areas a where a.id = own_area;
    when 'up' then
      -- what the clock takes past a community that must not hold it
      if issue.holder_level = 'courtyard' and not (rule.actor = 'clock' and (private.never_entry(issue.category)).code is not null) then
        return query select 'community', issue.community_id, null::bigint;
      else
        return query select 'street', issue.street_id, null::bigint;
      end if;
    when 'street' then
      return query select 'street', issue.street_id, null::bigint;
    when 'department' then
      return query select 'department', null::bigint, private.dispatch_target(issue, payload);
  end case;
end
$$;

CREATE FUNCTION private.note_area(area public.areas) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into private.area_history (area_id, at, person_id, boundary_before) values (area.id, private.now(), auth.uid(), area.boundary)
$$;

CREATE FUNCTION private.note_courtyard(action text, yard public.courtyards, followed jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into private.courtyard_history (courtyard_id, at, person_id, action, before, geom_before, followed)
  select yard.id, private.now(), auth.uid(), note_courtyard.action,
    case when note_courtyard.action not in ('added', 'made') then jsonb_build_object('name', yard.name, 'address', yard.address,
      'kind', yard.kind, 'grid_id', yard.grid_id, 'community_id', yard.community_id, 'area_m2', yard.area_m2, 'version', yard.version) end,
    case when note_courtyard.action not in ('added', 'made') then yard.geom end, note_courtyard.followed
$$;

CREATE FUNCTION private.note_step(event public.issue_events) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  running public.issue_steps;
  moment timestamptz := event.at;
begin
  select s.* into running from public.issue_steps s where s.issue_id = event.issue_id and s.ended_at is null;
  if event.changes ? 'step' and event.action <> 'recount' then
    update public.issue_steps s set ended_at = event.at, ended_by = event.action where s.issue_id = event.issue_id and s.seq = running.seq;
    if event.changes ->> 'step' is not null then
      insert into public.issue_steps (issue_id, seq, street_id, community_id, category, step, holder_level, department_id, began_at, due_at)
      select i.id, event.seq, i.street_id, i.community_id, i.category, event.changes ->> 'step', coalesce(event.changes ->> 'holder_level', event.from_level),
        case when event.changes ? 'holder_level' then (event.changes ->> 'holder_department_id')::bigint else event.from_department_id end,
        event.at, (event.changes ->> 'due_at')::timestamptz
      from public.issues i where i.id = event.issue_id;
    end if;
  elsif event.changes ?| array['due_at', 'paused_at'] then
    if event.action = 'grant' then
      select coalesce(max(e.at), moment) into moment from public.issue_events e
      where e.issue_id = event.issue_id and e.seq < event.seq and e.action in ('ask_pause', 'ask_extension');
    end if;
    update public.issue_steps s set
      due_at = case when event.action = 'recount' or least(moment, running.paused_at) <= running.due_at
        then coalesce((event.changes ->> 'due_at')::timestamptz, running.due_at) else running.due_at end,
      paused_at = case when not event.changes ? 'paused_at' then running.paused_at when event.changes ->> 'paused_at' is not null then moment end
    where s.issue_id = event.issue_id and s.seq = running.seq;
  end if;
  if event.changes ? 'category' then
    update public.issue_steps s set category = event.changes ->> 'category' where s.issue_id = event.issue_id and s.category <> event.changes ->> 'category';
  end if;
end
$$;

CREATE FUNCTION private.now() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(nullif(current_setting('courtyard.now', true), '')::timestamptz, now())
$$;

CREATE FUNCTION private.number_columns() RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select 'f (' || string_agg(format('%I numeric', f.code), ', ' order by f.code) || ')'
  from public.archive_fields f where f.active and f.formula is null and f.type in ('count', 'number', 'share', 'year')
$$;

CREATE FUNCTION private.office_name(area bigint, department bigint) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce((select d.name from public.departments d where d.id = department), (select a.name from public.areas a where a.id = area))
$$;

CREATE FUNCTION private.open_actions(issue_id bigint) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('action', (a.rule).action, 'to_state', (a.rule).to_state, 'to_holder', (a.rule).to_holder,
    'must', (a.rule).must, 'may', (a.rule).may) order by (a.rule).sort), '[]')
  from public.issues i, private.my_actions(i) a
  where i.id = open_actions.issue_id and private.holds((a.rule).condition, i, a.office_department_id)
$$;

CREATE TABLE public.categories (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    class text NOT NULL,
    keywords text[] DEFAULT '{}'::text[] NOT NULL,
    level text DEFAULT 'community'::text NOT NULL,
    department_id bigint,
    duty text,
    urgency text DEFAULT 'ordinary'::text NOT NULL,
    clock text DEFAULT 'working'::text NOT NULL,
    accept_minutes integer NOT NULL,
    dispatch_minutes integer NOT NULL,
    handle_minutes integer NOT NULL,
    sort integer DEFAULT 100 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    active boolean DEFAULT true NOT NULL,
    CONSTRAINT categories_accept_minutes_check CHECK ((accept_minutes > 0)),
    CONSTRAINT categories_clock_check CHECK ((clock = ANY (ARRAY['working'::text, 'wall'::text]))),
    CONSTRAINT categories_code_check CHECK ((code ~ '^[a-z_]{2,40}$'::text)),
    CONSTRAINT categories_dispatch_minutes_check CHECK ((dispatch_minutes > 0)),
    CONSTRAINT categories_handle_minutes_check CHECK ((handle_minutes > 0)),
    CONSTRAINT categories_level_check CHECK ((level = ANY (ARRAY['courtyard'::text, 'community'::text, 'street'::text]))),
    CONSTRAINT categories_urgency_check CHECK ((urgency = ANY (ARRAY['ordinary'::text, 'urgent'::text, 'emergency'::text])))
);

COMMENT ON TABLE public.categories IS 'What an issue is about: where it begins, who leads it beyond the community, how long each step may take.';

CREATE FUNCTION private.open_issue(yard public.courtyards, kind public.categories, what text, place text, point extensions.geometry, who public.issue_events DEFAULT NULL::public.issue_events) RETURNS public.issues
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  made public.issues;
  clock jsonb;
  event public.issue_events := who;
begin
  made.id := nextval(pg_get_serial_sequence('public.issues', 'id'));
  made.created_at := private.now();
  made.updated_at := made.created_at;
  made.number := to_char(made.created_at at time zone 'Asia/Shanghai', 'YYMM') || '-' || lpad(made.id::text, 5, '0');
  made.street_id := yard.street_id;
  made.community_id := yard.community_id;
  made.grid_id := yard.grid_id;
  made.courtyard_id := yard.id;
  made.category := kind.code;
  made.what := what;
  made.place := place;
  made.point := point;
  made.urgency := kind.urgency;
  made.state := 'submitted';
  made.holder_level := kind.level;
  made.holder_area_id := case kind.level when 'courtyard' then yard.grid_id when 'community' then yard.community_id else yard.street_id end;
  made.step := case kind.level when 'street' then 'dispatch' else 'accept' end;
  made.promised_at := made.created_at
    + case kind.urgency when 'emergency' then interval '2 hours' when 'urgent' then interval '24 hours' else interval '7 days' end;
  made.returns := 0;
  made.reopened := 0;
  made.recheck := false;
  made.tasks := '{}';
  made.assisting := '{}';
  made.version := 0;
  clock := private.start_step(kind.code, made.urgency, made.step, made.created_at);
  made := jsonb_populate_record(made, clock);
  insert into public.issues values (made.*);

  event.issue_id := made.id;
  event.action := 'report';
  event.at := made.created_at;
  event.actor := coalesce(who.actor, 'resident');
  event.payload := coalesce(who.payload, '{}');
  event.is_public := true;
  event.changes := clock || jsonb_build_object('category', made.category, 'urgency', made.urgency, 'state', made.state,
    'holder_level', made.holder_level, 'holder_area_id', made.holder_area_id, 'returns', 0, 'reopened', 0, 'tasks', made.tasks,
    'assisting', made.assisting, 'recheck', false);
  return private.append_event(event);
end
$$;

CREATE FUNCTION private.open_quarter(street bigint) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select max(r.quarter) from public.rounds r where r.street_id = street
$$;

CREATE FUNCTION private.open_rounds() RETURNS bigint[]
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  now timestamptz := private.now();
  this_quarter text := private.quarter_of(now);
  opened bigint[];
begin
  if not exists (select from public.courtyards) or exists (select from public.rounds r where r.quarter = this_quarter having count(*) = (select count(distinct c.street_id) from public.courtyards c))
    or now < (private.round_opens(this_quarter) + time '00:00') at time zone 'Asia/Shanghai' then
    return array[]::bigint[];
  end if;
  with made as (
    insert into public.rounds (street_id, quarter, opened_at, due_on, reminded)
    select distinct c.street_id, this_quarter, now, (private.quarter_start(this_quarter) + interval '2 months' - interval '1 day')::date, jsonb_build_object('opened', now)
    from public.courtyards c on conflict do nothing returning street_id
  ), told as (
    insert into public.notices (at, kind, quarter, area_id)
    select now, 'round_opened', this_quarter, a.id from made m join public.areas a on a.level = 'community' and m.street_id = any (a.path)
  )
  select array_agg(c.id) into opened from made m join public.courtyards c on c.street_id = m.street_id;
  return coalesce(opened, array[]::bigint[]);
end
$$;

CREATE FUNCTION private.open_spans(on_day date) RETURNS TABLE(opens timestamp with time zone, closes timestamp with time zone)
    LANGUAGE plpgsql STABLE ROWS 2
    SET search_path TO ''
    AS $$
begin
  return query
  select (on_day + h.opens) at time zone 'Asia/Shanghai', (on_day + h.closes) at time zone 'Asia/Shanghai'
  from public.working_hours h
  left join public.calendar_days c on c.day = on_day
  where h.weekday = case when c.working then 1 when c.working = false then null else extract(isodow from on_day) end
  order by h.opens;
end
$$;

CREATE TABLE public.saved_filters (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    street_id bigint NOT NULL,
    area_id bigint,
    department_id bigint,
    name text NOT NULL,
    filter text NOT NULL,
    words text,
    shared boolean NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT saved_filters_check CHECK ((num_nonnulls(area_id, department_id) = 1))
);

COMMENT ON TABLE public.saved_filters IS 'Filters of the live map by name. filter: as the map''s address carries it; words: what it asked for in the words of when it was kept, for the day a label or category of it is gone.';

CREATE FUNCTION private.own_filter(wanted bigint) RETURNS public.saved_filters
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  kept public.saved_filters;
begin
  select f.* into kept from public.saved_filters f where f.id = wanted for update;
  if kept.person_id = (select auth.uid()) and exists (select from private.my_memberships())
    or kept.shared and exists (select from private.my_memberships() m where m.role = 'admin' and m.area_id = kept.street_id) then
    return kept;
  elsif kept.shared and (kept.area_id = any (private.my_area_ids()) or kept.department_id = any (private.my_department_ids())) then
    perform private.fail(403, 'filter_not_own', '{}', 'Save it under a name of your own.');
  end if;
  perform private.fail(404, 'filter_unknown', '{}', 'Reload the list.');
  return null;
end
$$;

CREATE TABLE public.reply_templates (
    id bigint NOT NULL,
    street_id bigint,
    area_id bigint,
    department_id bigint,
    action text NOT NULL,
    title text NOT NULL,
    addressee text,
    words text NOT NULL,
    sort integer DEFAULT 100 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT reply_templates_check CHECK (((addressee IS NULL) OR (action = 'letter'::text))),
    CONSTRAINT reply_templates_check1 CHECK ((num_nonnulls(area_id, department_id) <=
CASE
    WHEN (street_id IS NULL) THEN 0
    ELSE 1
END))
);

COMMENT ON TABLE public.reply_templates IS 'Words to start from for an action. Placeholders {number} {courtyard} {address} {what} {category} {office} {date} are filled in by the screen.';

CREATE FUNCTION private.own_template(wanted bigint) RETURNS public.reply_templates
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  template public.reply_templates;
  own boolean;
begin
  select t.* into template from public.reply_templates t where t.id = wanted for update;
  own := coalesce(template.area_id = any (private.my_area_ids()), false) or coalesce(template.department_id = any (private.my_department_ids()), false);
  if own or template.area_id is null and template.department_id is null
    and exists (select from private.my_memberships() m where m.role = 'admin' and m.area_id = template.street_id) then
    return template;
  elsif template.id is null or num_nonnulls(template.area_id, template.department_id) = 1
    or template.street_id is not null and template.street_id <> all (private.my_street_ids()) then
    perform private.fail(404, 'template_unknown', '{}', 'Reload the list.');
  end if;
  perform private.fail(403, 'template_fixed', jsonb_build_object('preset', template.street_id is null), 'Save it as your office''s own.');
  return null;
end
$$;

CREATE FUNCTION private.pause_clock(issue public.issues, at timestamp with time zone, until timestamp with time zone) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('paused_at', at, 'paused_until', until, 'due_at', null, 'warn_at', null, 'step_mode', m.mode,
    'step_minutes', greatest(1, case m.mode
      when 'working' then private.working_minutes(at, issue.due_at)
      else (extract(epoch from issue.due_at - at) / 60)::integer end))
  from (select case issue.step_mode when 'fixed' then 'wall' else issue.step_mode end as mode) m
$$;

CREATE FUNCTION private.payload_field(name text, given jsonb, required boolean) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
declare
  typed text := private.clean(given #>> '{}');
begin
  if typed is null then
    if required then
      perform private.fail(422, 'field_missing', jsonb_build_object('field', name), 'Fill this field in.');
    end if;
    return null;
  end if;
  case
    when name = 'public' then
      if jsonb_typeof(given) <> 'boolean' then
        perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Send true or false.');
      end if;
      return given;
    when name in ('department_id', 'letter_id') then
      if typed !~ '^[0-9]{1,15}$' then
        perform private.fail(422, case name when 'department_id' then 'department_unknown' else 'letter_unknown' end,
          jsonb_build_object('field', name), 'Choose one of the list.');
      end if;
      return to_jsonb(typed::bigint);
    when name = 'assisting' then
      if jsonb_typeof(given) <> 'array' or exists (select from jsonb_array_elements_text(given) id where id !~ '^[0-9]{1,15}$' or id is null) then
        perform private.fail(422, 'field_malformed', jsonb_build_object('field', name), 'Send an array of department ids.');
      end if;
      return (select jsonb_agg(distinct id::bigint) from jsonb_array_elements_text(given) id);
    when name in ('until', 'due_on') then
      return to_jsonb(private.future(name, typed));
    else
      return to_jsonb(private.field(name, typed, case name when 'text' then 4000 else 1000 end, required));
  end case;
end
$_$;

CREATE FUNCTION private.photo_arrived(path text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select exists (select from storage.objects o where o.bucket_id = 'issue-photos' and o.name = photo_arrived.path)
$$;

CREATE FUNCTION private.photo_expected(path text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select exists (select from public.issue_photos p where p.path = photo_expected.path and p.promised_at > private.now() - interval '7 days')
$$;

CREATE TABLE public.place_kinds (
    code text NOT NULL,
    place text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    icon text NOT NULL,
    inspect_days integer,
    category text,
    sort integer DEFAULT 100 NOT NULL,
    CONSTRAINT place_kinds_check CHECK (((place = 'resource'::text) OR ((inspect_days IS NOT NULL) AND (category IS NOT NULL)))),
    CONSTRAINT place_kinds_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
    CONSTRAINT place_kinds_inspect_days_check CHECK (((inspect_days >= 1) AND (inspect_days <= 365))),
    CONSTRAINT place_kinds_place_check CHECK ((place = ANY (ARRAY['resource'::text, 'hazard'::text])))
);

COMMENT ON TABLE public.place_kinds IS 'What a resource or a hazard can be: its name, its icon on the map, and for hazards the inspection interval and the category of the issue it becomes.';

CREATE FUNCTION private.place_kind(given text, wanted text) RETURNS public.place_kinds
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  kind public.place_kinds;
begin
  select k.* into kind from public.place_kinds k where k.code = given and k.place = wanted;
  if kind.code is null then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', 'kind', 'options',
      (select jsonb_agg(k.code order by k.sort) from public.place_kinds k where k.place = wanted)), 'Choose one of the list.');
  end if;
  return kind;
end
$$;

CREATE FUNCTION private.place_photo_expected(path text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select exists (select from public.place_photos p where p.path = place_photo_expected.path and p.promised_at > private.now() - interval '7 days')
$$;

CREATE FUNCTION private.place_point(yard public.courtyards, lng double precision, lat double precision) RETURNS extensions.geometry
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  point extensions.geometry;
begin
  if lng is null or lat is null or lng not between -180 and 180 or lat not between -90 and 90 then
    perform private.fail(422, 'field_malformed', '{"field":"point"}', 'Give the point in degrees.');
  end if;
  point := extensions.st_setsrid(extensions.st_point(lng, lat), 4326);
  if private.metres(coalesce(yard.geom, yard.point), point, extensions.st_y(yard.point)) > 300 then
    perform private.fail(422, 'point_outside', jsonb_build_object('courtyard', yard.name), 'Place it in the yard or beside it.');
  end if;
  return point;
end
$$;

CREATE FUNCTION private.plain_cell(said text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select case when said ~ '^[[:space:]]*[=+\-@\t\r＝＋－＠]' then '''' || said else said end
$$;

CREATE FUNCTION private.plain_code(typed text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select translate(regexp_replace(lower(typed), '[\s-]', '', 'g'), 'oil', '011')
$$;

CREATE FUNCTION private.pressure(yard public.courtyards, phone text) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(max(r.reports::numeric / c.usual), 0)
  from private.counted(yard, phone) c
  join lateral (select sum(m.reports) as reports from private.rates m
    where m.who = c.who and m.minute > private.now() - interval '2 minutes') r on true
$$;

CREATE FUNCTION private.profile_of(yard bigint, quarter text) RETURNS private.profiles
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select p from private.profiles p where p.courtyard_id = yard and p.quarter = profile_of.quarter for no key update
$$;

CREATE FUNCTION private.proof_cost(yard public.courtyards, phone text) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select case (private.guard_of(yard.street_id)).proof
    when 'off' then 0
    when 'flood' then least(64, 16 * greatest(1, ceil(p.pressure)))
    else case when p.pressure < 1 then 0 else least(64, 4 * ceil(p.pressure)) end end::integer
  from (select private.pressure(yard, phone) as pressure) p
$$;

CREATE FUNCTION private.prune() RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  delete from private.feed_changes where at < private.now() - interval '7 days';
  delete from private.code_scans where day < (private.now() at time zone 'Asia/Shanghai')::date - 400
$$;

CREATE FUNCTION private.public_place(place text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select nullif(concat(
    (regexp_match(place, '[0-9]{1,3}\s*(?:栋|幢|号楼)(?:\s*[0-9]{1,2}\s*单元)?'))[1],
    (regexp_match(place, '大门口|大门|后门|侧门|门岗|电梯|楼道|单元门|车棚|停车场|垃圾房|花园|绿地|化粪池|消防通道|围墙|屋顶|健身器材|地下室|院坝'))[1]), '')
$$;

CREATE FUNCTION private.public_story(issue public.issues, own boolean DEFAULT true) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'number', issue.number, 'version', issue.version, 'state', issue.state, 'what', issue.what, 'place', issue.place,
    'courtyard', c.name, 'category', k.name, 'category_en', k.name_en,
    'created_at', issue.created_at, 'promised_at', issue.promised_at, 'answered', issue.answered,
    'responsible', private.office_name(issue.holder_area_id, issue.holder_department_id),
    'first_owner', private.office_name(issue.first_owner_area_id, issue.first_owner_department_id),
    'photos', (select count(*) from public.issue_photos p where p.issue_id = issue.id and p.by_resident),
    'steps', (
      select jsonb_agg(jsonb_build_object(
        'at', e.at,
        'action', e.action,
        'outcome', e.payload ->> 'outcome',
        'by', private.office_name(e.office_area_id, e.office_department_id),
        'office_to', case when e.changes ?| array['holder_area_id', 'holder_department_id'] and e.seq > 1 then
          private.office_name((e.changes ->> 'holder_area_id')::bigint, (e.changes ->> 'holder_department_id')::bigint) end,
        'words', case when own or e.actor <> 'resident' then coalesce(e.payload ->> 'words', e.payload ->> 'done', e.payload ->> 'instead') end,
        'reason', case when e.action = 'decline' then e.payload ->> 'reason' end,
        'channel', case when own then e.payload ->> 'channel' end,
        'finding', e.payload ->> 'finding',
        'granted', case when e.action = 'grant' then jsonb_build_object('kind', case when e.changes ? 'paused_until' then 'pause' else 'extension' end,
          'until', coalesce(e.changes -> 'paused_until', e.changes -> 'due_at')) end,
        'letter', (
          select jsonb_build_object('addressee', l.addressee, 'due_on', l.due_on, 'replied', l.replied_at is not null) from public.letters l
          where l.issue_id = e.issue_id and (l.event_seq = e.seq or e.action = 'letter_reply' and l.id = (e.payload ->> 'letter_id')::bigint))
        ) order by e.seq)
      from public.issue_events e where e.issue_id = issue.id and e.is_public),
    'can', (
      select coalesce(jsonb_agg(distinct a.action), '[]') from public.issue_actions a
      where a.actor = 'resident' and a.state = issue.state and a.holder_level = issue.holder_level and private.holds(a.condition, issue)),
    'merged_into', case when issue.merged_into is not null then (
      select private.public_story(target, false) - 'what' - 'place' - 'photos' || '{"can":[]}' from public.issues target where target.id = issue.merged_into) end)
  from public.courtyards c, public.categories k
  where c.id = issue.courtyard_id and k.code = issue.category
$$;

CREATE FUNCTION private.publish_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues;
  followed text;
  number bigint;
begin
  select i.* into strict issue from public.issues i where i.id = new.issue_id;
  for followed in
    select t from unnest(array[
      'area:' || issue.grid_id, 'area:' || issue.community_id, 'area:' || issue.street_id,
      'department:' || issue.holder_department_id, 'department:' || new.from_department_id]
      || (select array_agg('department:' || d) from unnest(issue.assisting) d)) t
    where t is not null group by t order by t <> 'area:' || issue.street_id, t
  loop
    insert into private.feeds as f (topic, seq) values (followed, 1)
    on conflict (topic) do update set seq = f.seq + 1 returning f.seq into number;
    insert into private.feed_changes values (followed, number, issue.id, private.now());
    perform realtime.send(jsonb_build_object('seq', number, 'issue_id', issue.id, 'version', new.seq), 'issue', followed, true);
  end loop;
  return null;
end
$$;

CREATE FUNCTION private.publish_ground(street bigint, areas bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  followed text;
  number bigint;
begin
  for followed in
    select t from (
      select 'area:' || a from unnest(street || areas) a where a is not null
      union select 'department:' || d.id from public.departments d where d.street_id = street) topics (t)
    order by t <> 'area:' || street, t
  loop
    insert into private.feeds as f (topic, seq) values (followed, 1)
    on conflict (topic) do update set seq = f.seq + 1 returning f.seq into number;
    insert into private.feed_changes values (followed, number, null, private.now());
    perform realtime.send(jsonb_build_object('seq', number), 'ground', followed, true);
  end loop;
end
$$;

CREATE FUNCTION private.publish_leaving(followed text, issue public.issues) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  number bigint;
begin
  insert into private.feeds as f (topic, seq) values (followed, 1)
  on conflict (topic) do update set seq = f.seq + 1 returning f.seq into number;
  insert into private.feed_changes values (followed, number, issue.id, private.now());
  perform realtime.send(jsonb_build_object('seq', number, 'issue_id', issue.id, 'version', issue.version), 'issue', followed, true);
end
$$;

CREATE FUNCTION private.quarter_before(quarter text, steps integer DEFAULT 1) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select to_char(private.quarter_start(quarter) - make_interval(months => 3 * steps), 'YYYY"Q"Q')
$$;

CREATE FUNCTION private.quarter_of(at timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$ select to_char(at at time zone 'Asia/Shanghai', 'YYYY"Q"Q') $$;

CREATE FUNCTION private.quarter_start(quarter text) RETURNS date
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select make_date(left(quarter, 4)::integer, right(quarter, 1)::integer * 3 - 2, 1)
$$;

CREATE FUNCTION private.queue_deliveries() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  insert into private.deliveries (notice_id, hook_id, next_at)
  select new.id, h.id, new.at
  from private.hooks h, lateral (
    select i.street_id, i.community_id from public.issues i where i.id = new.issue_id
    union all
    select private.area_above(new.area_id, 'street'), private.area_above(new.area_id, 'community') where new.issue_id is null) about
  where h.active and h.audience = 'office' and h.street_id = about.street_id and (h.kinds = '{}' or new.kind = any (h.kinds))
    and (h.area_id is null or h.area_id in (new.area_id, about.community_id)) and (h.department_id is null or h.department_id = new.department_id);
  return null;
end
$$;

CREATE FUNCTION private.queue_pushes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.queue_resident_messages() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.read_cell(field public.archive_fields, given jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $_$
declare
  typed text := translate(coalesce(private.clean(given #>> '{}'), ''), '０１２３４５６７８９．，％－', '0123456789.,%-');
  value jsonb;
begin
  if typed in ('—', '-', '无', '不详') and field.type not in ('choice', 'text') then
    return 'null'::jsonb;
  elsif field.type in ('count', 'number', 'share', 'year') then
    if typed ~ '^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?%?$' then
      typed := replace(typed, ',', '');
    end if;
    value := case when typed ~ '^-?[0-9]{1,12}(\.[0-9]{1,9})?$' then to_jsonb(typed::numeric)
      when field.type = 'share' and typed ~ '^[0-9]{1,3}(\.[0-9]{1,6})?%$' then to_jsonb(trim_scale(rtrim(typed, '%')::numeric / 100)) end;
  elsif field.type = 'flag' then
    value := case when lower(typed) in ('是', '有', 'true', 'yes', 'y', '1', '√') then 'true'::jsonb when lower(typed) in ('否', '没有', '无', 'false', 'no', 'n', '0', '×') then 'false' end;
  elsif field.type = 'choice' then
    select o -> 'code' into value from jsonb_array_elements(field.options) o where typed in (o ->> 'code', o ->> 'name', o ->> 'name_en') limit 1;
  else
    value := to_jsonb(private.clean(given #>> '{}'));
  end if;
  return case when value is not null and private.value_fits(field, value) then value end;
end
$_$;

CREATE FUNCTION private.readable_yard(wanted bigint) RETURNS public.courtyards
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.receipt(issue public.issues, repeated boolean) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'number', issue.number,
    'courtyard', (select c.name from public.courtyards c where c.id = issue.courtyard_id),
    'created_at', issue.created_at,
    'promised_at', issue.promised_at,
    'holder', private.office_name(issue.holder_area_id, issue.holder_department_id),
    'photos', (select coalesce(jsonb_agg(p.path order by p.path), '[]') from public.issue_photos p where p.issue_id = issue.id and p.by_resident),
    'repeated', repeated)
$$;

CREATE FUNCTION private.recount_after_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if current_setting('courtyard.recount', true) = 'later' then
    return null;
  end if;
  case tg_table_name
    when 'categories' then perform private.recount_clocks(only_category => new.code);
    when 'urgency_clocks' then perform private.recount_clocks(only_urgency => new.urgency);
    else perform private.recount_clocks();
  end case;
  return null;
end
$$;

CREATE FUNCTION private.recount_clocks(only_category text DEFAULT NULL::text, only_urgency text DEFAULT NULL::text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues;
  clock jsonb;
  event public.issue_events;
  recounted integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('sweep', 0));
  -- all are locked before the first is changed: no one who holds one of them can be waited for in a circle
  for issue in
    select * from (
      select i.* from public.issues i
      where i.state in ('submitted', 'handling', 'resolved') and (only_category is null or i.category = only_category)
        and (only_urgency is null or i.urgency = only_urgency)
      for no key update) locked
    order by id
  loop
    clock := case
      when issue.due_at is null or issue.step_mode = 'fixed' then '{}'
      when only_category is null and only_urgency is null then private.running_clock(issue.step_since, issue.step_minutes, issue.step_mode)
      when exists (select from public.issue_events e where e.issue_id = issue.id and e.action = 'resume' and e.at = issue.step_since) then '{}'
      else private.start_step(issue.category, issue.urgency, issue.step, issue.step_since) end
      || jsonb_build_object('tasks', private.recounted_tasks(issue));
    continue when (coalesce((clock ->> 'due_at')::timestamptz, issue.due_at), clock -> 'tasks') is not distinct from (issue.due_at, issue.tasks);
    event.issue_id := issue.id;
    event.action := 'recount';
    event.at := private.now();
    event.actor := 'clock';
    event.payload := '{}';
    event.is_public := false;
    event.changes := clock - 'paused_at' - 'paused_until';
    perform private.append_event(event);
    recounted := recounted + 1;
  end loop;
  return recounted;
end
$$;

CREATE FUNCTION private.recounted_tasks(issue public.issues) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_object_agg(key, value || case when value ->> 'state' = 'open' then (
    select jsonb_build_object('due_at', clock -> 'due_at', 'warn_at', clock -> 'warn_at')
    from private.start_step(issue.category, issue.urgency, 'handle', (value ->> 'since')::timestamptz) clock) else '{}' end), '{}')
  from jsonb_each(issue.tasks)
$$;

CREATE FUNCTION private.refuse_action(issue public.issues, action text, payload jsonb) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  outcomes jsonb := (select jsonb_agg(distinct (a.rule).outcome) from private.my_actions(issue) a where (a.rule).action = refuse_action.action);
begin
  if outcomes is not null then
    perform private.fail(422, case when payload ->> 'outcome' is null then 'field_missing' else 'field_malformed' end,
      jsonb_build_object('field', 'outcome', 'outcomes', outcomes), 'Choose one of the outcomes.');
  end if;
  perform private.fail(403, 'action_not_allowed', jsonb_build_object('action', action, 'state', issue.state,
    'holder', private.office_name(issue.holder_area_id, issue.holder_department_id),
    'possible', (select coalesce(jsonb_agg(distinct (a.rule).action), '[]') from private.my_actions(issue) a)),
    'Choose one of the possible actions.');
end
$$;

CREATE FUNCTION private.refuse_calendar(field text, at_row bigint, hint text) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select private.fail(422, 'calendar_malformed', jsonb_build_object('field', field, 'row', at_row), hint)
$$;

CREATE FUNCTION private.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.fail(403, 'history_is_final', '{}', 'Add a note instead.');
  return null;
end
$$;

CREATE FUNCTION private.refuse_condition(condition text, issue public.issues) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  target public.issues;
begin
  case condition
    when 'returns_left' then
      perform private.fail(409, 'returns_exhausted', jsonb_build_object('returns', issue.returns, 'ruling', (
        select jsonb_build_object('by', p.name, 'at', e.at, 'words', e.payload ->> 'ruling') from public.issue_events e
        left join public.people p on p.id = e.person_id
        where e.issue_id = issue.id and e.action = 'dispatch' order by e.seq desc limit 1)),
        'The street''s ruling stands: resolve it, or add a note.');
    when 'tasks_done' then
      perform private.fail(409, 'tasks_open', jsonb_build_object('departments', (
        select jsonb_agg(d.name order by d.id) from public.departments d where issue.tasks -> d.id::text ->> 'state' = 'open')),
        'Wait for the assisting departments, or ask the street to waive their tasks.');
    when 'may_reopen' then
      perform private.fail(409, 'reopen_over', jsonb_build_object('reopened', issue.reopened, 'ended_at', issue.ended_at),
        'Report it anew: the old report stays in its story.');
    when 'target_ended' then
      target := private.followed(issue);
      if issue.reopened < 2 and target.state not in ('closed', 'declined') then
        perform private.fail(409, 'action_not_allowed', jsonb_build_object('state', issue.state, 'follows', target.number),
          'The report it was joined with is not over: follow that one.');
      end if;
      perform private.fail(409, 'reopen_over', jsonb_build_object('reopened', issue.reopened, 'ended_at', target.ended_at),
        'Report it anew: the old report stays in its story.');
    when 'grantable' then
      if issue.asked is null then
        perform private.refuse_condition('asked', issue);
      end if;
      perform private.fail(409, 'asked_over', jsonb_build_object('until', issue.asked -> 'until'), 'The date asked for has passed: refuse it with a reason.');
    when 'asked' then
      perform private.fail(409, 'nothing_asked', '{}', 'Nothing waits for a decision.');
    when 'may_ask' then
      perform private.fail(409, 'asked_already', coalesce(issue.asked, '{}'), 'Wait for the decision, or resume the clock first.');
    when 'paused' then
      perform private.fail(409, 'not_paused', '{}', 'The clock is running.');
    else
      perform private.fail(409, 'not_now', jsonb_build_object('condition', condition), 'Reload and look again.');
  end case;
end
$$;

CREATE FUNCTION private.refuse_ended() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.fail(409, 'courtyard_ended', jsonb_build_object('courtyard', old.id, 'name', old.name, 'ended_at', old.ended_at),
    'Another yard stands in its place now: look it up on the map.');
  return null;
end
$$;

CREATE FUNCTION private.refuse_inactive() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if tg_op = 'INSERT' and not (select c.active from public.categories c where c.code = new.category) then
    perform private.fail(422, 'category_unknown', '{"field":"category"}', 'Leave the category out.');
  elsif tg_op = 'UPDATE' and not (select d.active from public.duties d where d.code = new.duty) then
    perform private.fail(422, 'duty_unknown', '{"field":"duty"}', 'Choose the entry of the duty lists it rests on.');
  end if;
  return new;
end
$$;

CREATE FUNCTION private.refuse_never() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  entry public.duties;
begin
  if new.holder_level in ('courtyard', 'community') then
    entry := private.never_entry(new.category);
    if entry.code is not null then
      perform private.fail(422, 'community_never', jsonb_build_object('duty', entry.code, 'title', entry.title, 'title_en', entry.title_en),
        'The list of what a community must not be made responsible for names this: leave it with the street.');
    end if;
  end if;
  return new;
end
$$;

CREATE FUNCTION private.refuse_notice(community bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  if not exists (select from private.my_memberships() m join public.areas c on c.id = community and c.level = 'community'
    where m.role in ('community_staff', 'street_staff', 'admin') and m.area_id = any (c.path)) then
    perform private.fail(403, 'notice_not_allowed', '{}', 'Ask the community or the street.');
  end if;
end
$$;

CREATE FUNCTION private.refuse_rule(part jsonb, why text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.fail(422, 'rule_malformed', jsonb_build_object('field', 'rule', 'part', part, 'why', why), 'Mend this condition.');
end
$$;

CREATE FUNCTION private.refused_values(given jsonb, clearance integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('code', g.key, 'why', why, 'low', f.low, 'high', f.high) order by g.key), '[]')
  from jsonb_each(given) g
  left join public.archive_fields f on f.code = g.key and f.active and private.sensitivity_rank(f.sensitivity) <= clearance,
    lateral (select case
      when f.code is null then 'unknown'
      when f.formula is not null then 'derived'
      when not private.value_fits(f, g.value) then case
        when f.type in ('count', 'number', 'share', 'year') and jsonb_typeof(g.value) = 'number' then 'range' when f.type = 'choice' then 'option'
        when f.type = 'text' and jsonb_typeof(g.value) = 'string' then 'length' else 'type' end end as why) w
  where why is not null
$$;

CREATE FUNCTION private.regrid(area public.areas, shape extensions.geometry) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards;
  grid bigint;
  moved jsonb := '[]'::jsonb;
begin
  for yard in
    select c.* from public.courtyards c
    where c.street_id = any (area.path) and c.ended_at is null
      and (c.grid_id = area.id and not extensions.st_intersects(shape, c.point)
        or c.grid_id <> area.id and c.community_id = area.parent_id and extensions.st_intersects(shape, c.point))
    order by c.id for no key update
  loop
    grid := area.id;
    if yard.grid_id = area.id then
      select a.id into grid from public.areas a
      where a.level = 'grid' and yard.street_id = any (a.path) and a.id <> area.id and extensions.st_intersects(a.boundary, yard.point)
      order by a.id limit 1;
    end if;
    continue when grid is null;
    perform private.move_courtyard(yard, grid);
    moved := moved || jsonb_build_object('id', yard.id, 'name', yard.name, 'from', private.office_name(yard.grid_id, null), 'to', private.office_name(grid, null));
  end loop;
  return moved;
end
$$;

CREATE FUNCTION private.relocate_issue(issue public.issues, yard public.courtyards) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  event public.issue_events;
  is_open constant boolean := issue.state in ('submitted', 'handling', 'resolved');
  moves constant boolean := is_open and (yard.grid_id, yard.community_id) is distinct from (issue.grid_id, issue.community_id);
  holder bigint := case when moves then case issue.holder_level when 'courtyard' then yard.grid_id when 'community' then yard.community_id end end;
begin
  if not moves and issue.courtyard_id = yard.id then
    return;
  end if;
  update public.issues i set courtyard_id = yard.id,
    grid_id = case when moves then yard.grid_id else i.grid_id end,
    community_id = case when moves then yard.community_id else i.community_id end
  where i.id = issue.id;
  if moves then
    update public.issue_steps s set community_id = yard.community_id where s.issue_id = issue.id and s.ended_at is null;
  end if;
  event.issue_id := issue.id;
  event.action := 'relocate';
  event.at := private.now();
  event.actor := (select m.role from private.my_memberships() m where m.area_id = yard.street_id order by m.role = 'admin' limit 1);
  event.person_id := auth.uid();
  event.office_area_id := yard.street_id;
  event.payload := jsonb_build_object('words', yard.name, 'from', issue.courtyard_id, 'to', yard.id);
  event.is_public := false;
  event.changes := jsonb_build_object('courtyard_id', yard.id)
    || case when moves then jsonb_build_object('grid_id', yard.grid_id, 'community_id', yard.community_id) else '{}' end
    || case when holder is distinct from issue.holder_area_id and holder is not null then jsonb_build_object('holder_area_id', holder) else '{}' end;
  issue := private.append_event(event);
end
$$;

CREATE FUNCTION private.remind_rounds() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  now timestamptz := private.now();
  today date := (now at time zone 'Asia/Shanghai')::date;
  round public.rounds;
  step text;
begin
  for round in
    select r.* from public.rounds r where r.quarter = private.quarter_of(now) and today >= r.due_on - 10 for update skip locked
  loop
    step := case when today > round.due_on then 'late' when today >= round.due_on - 3 then 'last' else 'soon' end;
    continue when round.reminded ? step;
    update public.rounds r set reminded = r.reminded || jsonb_build_object(step, now) where r.street_id = round.street_id and r.quarter = round.quarter;
    insert into public.notices (at, kind, quarter, area_id)
    select now, case step when 'late' then 'round_late' else 'round_due' end, round.quarter, office
    from (
      select private.communities_behind(round) as office
      union
      select round.street_id where step = 'late' and exists (select private.communities_behind(round))) told;
  end loop;
end
$$;

CREATE TABLE public.hazards (
    id bigint NOT NULL,
    courtyard_id bigint NOT NULL,
    community_id bigint NOT NULL,
    kind text NOT NULL,
    what text NOT NULL,
    level integer NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    point extensions.geometry(Point,4326) NOT NULL,
    mender text,
    due_at timestamp with time zone,
    inspect_days integer NOT NULL,
    inspected_at timestamp with time zone NOT NULL,
    issue_id bigint,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT hazards_check CHECK (((state = ANY (ARRAY['mended'::text, 'dismissed'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT hazards_inspect_days_check CHECK (((inspect_days >= 1) AND (inspect_days <= 365))),
    CONSTRAINT hazards_level_check CHECK (((level >= 1) AND (level <= 3))),
    CONSTRAINT hazards_mender_check CHECK (((char_length(mender) >= 1) AND (char_length(mender) <= 60))),
    CONSTRAINT hazards_state_check CHECK ((state = ANY (ARRAY['open'::text, 'mending'::text, 'mended'::text, 'dismissed'::text]))),
    CONSTRAINT hazards_what_check CHECK (((char_length(what) >= 1) AND (char_length(what) <= 200)))
);

COMMENT ON TABLE public.hazards IS 'What may hurt someone: level 3 is the worst. Looked at every inspect_days while it lasts; issue_id: the issue it became, with which it closes.';

CREATE FUNCTION private.report_hazard(hazard public.hazards, yard public.courtyards) RETURNS public.issues
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  kind public.categories;
  who public.issue_events;
  office public.memberships := private.counter_of(yard);
  made public.issues;
begin
  select c.* into kind from public.place_kinds k join public.categories c on c.code = case when exists (
    select from public.categories a where a.code = k.category and a.active) then k.category else 'other' end where k.code = hazard.kind;
  who.actor := office.role;
  who.person_id := auth.uid();
  who.office_area_id := office.area_id;
  who.payload := jsonb_build_object('channel', 'visit', 'hazard_id', hazard.id);
  made := private.open_issue(yard, kind, hazard.what, null, hazard.point, who);
  insert into private.reporters (issue_id, key_hash, body_hash, name, lang)
  values (made.id, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), '', private.office_name(office.area_id, null), 'zh');
  return made;
end
$$;

CREATE FUNCTION private.report_limits() RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select '{"what":500,"place":100,"name":40,"address":100,"phone":30,"words":500,"photos":6,"photo_bytes":5242880}'::jsonb
$$;

CREATE FUNCTION private.report_point(yard public.courtyards, lng double precision, lat double precision) RETURNS extensions.geometry
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  given extensions.geometry := extensions.st_setsrid(extensions.st_point(lng, lat), 4326);
begin
  if given is null then
    return yard.point;
  end if;
  if lng not between -180 and 180 or lat not between -90 and 90
    or not (select coalesce(extensions.st_intersects(a.boundary, given), true) from public.areas a where a.id = yard.street_id) then
    perform private.fail(422, 'point_outside', jsonb_build_object('street', private.office_name(yard.street_id, null)),
      'Put the pin inside the street, or leave it at the courtyard.');
  end if;
  return given;
end
$$;

CREATE FUNCTION private.reported(key text, body bytea) RETURNS public.issues
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $_$
declare
  known private.reporters;
  made public.issues;
begin
  if key is null or lower(key) !~ '^[0-9a-hjkmnp-tv-z]{26}$' then
    perform private.fail(422, 'key_malformed', '{}', 'Reload the page and send again.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended(lower(key), 0));
  select r.* into known from private.reporters r where r.key_hash = private.key_hash(key);
  if known.body_hash <> body then
    perform private.fail(409, 'key_reused', '{}', 'This report was sent before with other words: open its link, or start a new report.');
  end if;
  select i.* into made from public.issues i where i.id = known.issue_id;
  return made;
end
$_$;

CREATE FUNCTION private.reporting_yard(typed text) RETURNS public.courtyards
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  own public.courtyard_codes;
  yard public.courtyards;
begin
  select c.* into own from public.courtyard_codes c where c.code = private.plain_code(typed);
  select (o.courtyard).* into yard from private.courtyard_of_code(
    case when own.revoked_at > private.now() - interval '14 days' then coalesce(private.successor_code(own.code), own.code) else typed end) o;
  return yard;
end
$$;

CREATE FUNCTION private.resident_acts(key text, version integer, wanted text, payload jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  issue public.issues := private.issue_of_key(key);
  rule public.issue_actions;
  last public.issue_events;
begin
  select i.* into issue from public.issues i where i.id = issue.id for no key update;
  select e.* into last from public.issue_events e where e.issue_id = issue.id and e.seq = issue.version;
  if issue.version = resident_acts.version + 1 and last.actor = 'resident' and last.action = wanted
    and (wanted = 'reopen' or last.payload ->> 'outcome' is not distinct from payload ->> 'outcome') then
    return private.public_story(issue);
  end if;
  perform private.check_version(issue, version);
  if wanted = 'reopen' then
    payload := payload || jsonb_build_object('outcome', case issue.reopened when 0 then 'first' else 'second' end);
  end if;
  select a.* into rule from public.issue_actions a
  where a.action = wanted and a.actor = 'resident' and a.state = issue.state and a.holder_level = issue.holder_level
    and a.outcome = coalesce(payload ->> 'outcome', '');
  if rule.action is null and payload ->> 'outcome' is null and exists (
    select from public.issue_actions a
    where a.action = wanted and a.actor = 'resident' and a.state = issue.state and a.holder_level = issue.holder_level) then
    perform private.fail(422, 'field_missing', '{"field":"outcome"}', 'Say yes, partly or no.');
  elsif rule.action is null then
    perform private.fail(409, 'action_not_allowed', jsonb_build_object('state', issue.state), 'Reload the page to see where your report stands.');
  end if;
  issue := private.apply_action(issue, rule, payload, null);
  return private.public_story(issue);
end
$$;

CREATE FUNCTION private.result_photos(issue public.issues) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(p.path order by p.promised_at, p.path), '[]') from public.issue_photos p
  where p.issue_id = issue.id and not p.by_resident and issue.resolved_at is not null and private.photo_arrived(p.path)
$$;

CREATE FUNCTION private.ring(ids bigint[], now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  with due as materialized (
    select c.*, m.kind from public.running_clocks c,
      lateral (values ('warned', c.warn_at), ('late', c.due_at)) m (kind, moment)
    where c.issue_id = any (ids) and m.moment <= now
  ), rung as (
    insert into private.rings (issue_id, clock, due_at, kind, at) select d.issue_id, d.clock, d.due_at, d.kind, now from due d
    on conflict do nothing returning issue_id, clock, kind
  )
  insert into public.notices (at, kind, issue_id, area_id, department_id)
  select now, case when d.clock like 'letter:%' then 'letter_due' else d.kind end, d.issue_id, office.area_id, office.department_id
  from rung r
  join due d on d.issue_id = r.issue_id and d.clock = r.clock and d.kind = r.kind,
    lateral (select d.area_id, d.department_id union select d.over, null where d.kind = 'late') office
  where d.kind = 'late' or d.due_at > now;
end
$$;

CREATE FUNCTION private.ring_hazards() RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  with due as (
    select h.id, h.courtyard_id, m.kind, m.moment from public.hazards h, lateral (values
      ('hazard_due', h.inspected_at + make_interval(days => h.inspect_days)), ('hazard_late', h.due_at)) m (kind, moment)
    where h.state in ('open', 'mending') and m.moment <= private.now()
  ), rung as (
    insert into private.hazard_rings select d.id, d.kind, d.moment from due d on conflict do nothing returning hazard_id, kind
  ), late as (
    insert into private.label_dirty (courtyard_id, label_id)
    select h.courtyard_id, l.id from rung r join public.hazards h on h.id = r.hazard_id, public.labels l where r.kind = 'hazard_late' and l.active and l.rule::text like '%"late"%'
  )
  insert into public.notices (at, kind, courtyard_id, area_id)
  select private.now(), r.kind, c.id, office from (select distinct r.kind, h.courtyard_id from rung r join public.hazards h on h.id = r.hazard_id) r
  join public.courtyards c on c.id = r.courtyard_id, unnest(case r.kind when 'hazard_due' then array[c.grid_id] else array[c.grid_id, c.community_id] end) office
$$;

CREATE FUNCTION private.rings_closed(geometry jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $_$
  select coalesce(bool_and(jsonb_array_length(ring) >= 4 and ring -> 0 = ring -> -1), false)
  from jsonb_path_query(geometry, (case geometry ->> 'type' when 'Polygon' then '$.coordinates[*]' else '$.coordinates[*][*]' end)::jsonpath) ring
$_$;

CREATE FUNCTION private.round_may(yard public.courtyards) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select array_agg(distinct act order by act) from private.my_memberships() m, lateral (
    select unnest(case
      when m.role = 'grid_worker' and m.area_id = yard.grid_id then '{draft}'::text[]
      when m.role = 'community_staff' and m.area_id = yard.community_id then '{draft,submit}'
      when m.role = 'street_staff' and m.area_id = yard.street_id then '{confirm}' end) as act) a
$$;

CREATE FUNCTION private.round_opens(quarter text) RETURNS date
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select min(d::date) from generate_series(private.quarter_start(quarter), private.quarter_start(quarter) + 20, interval '1 day') d
  where exists (select from private.open_spans(d::date))
$$;

CREATE FUNCTION private.row_outline(geometry jsonb) RETURNS extensions.geometry
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  raw extensions.geometry;
begin
  if geometry ->> 'type' not in ('Polygon', 'MultiPolygon') or not private.rings_closed(geometry) then
    return null;
  end if;
  raw := private.row_shape(geometry);
  return case when extensions.st_isvalid(raw) then extensions.st_multi(raw) end;
exception when others then
  return null;
end
$$;

CREATE FUNCTION private.row_point(geometry jsonb) RETURNS extensions.geometry
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
begin
  return case when geometry ->> 'type' = 'Point' then private.row_shape(geometry) end;
exception when others then
  return null;
end
$$;

CREATE FUNCTION private.row_shape(geometry jsonb) RETURNS extensions.geometry
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  raw extensions.geometry := extensions.st_setsrid(extensions.st_force2d(extensions.st_geomfromgeojson(geometry)), 4326);
begin
  return case when extensions.st_xmin(raw) >= -180 and extensions.st_xmax(raw) <= 180
    and extensions.st_ymin(raw) >= -90 and extensions.st_ymax(raw) <= 90 then raw end;
end
$$;

CREATE FUNCTION private.rule_clearance(rule jsonb) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(max(case when leaf ? 'field' then private.sensitivity_rank(f.sensitivity)
    when leaf -> 'visits' = '[]' or leaf -> 'visits' ? 'care' then private.sensitivity_rank('key_person') end), 0)
  from private.rule_leaves(rule) leaf left join public.archive_fields f on f.code = leaf ->> 'field'
$$;

CREATE FUNCTION private.rule_codes(part jsonb, word text, known text[]) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  codes text[];
begin
  if jsonb_typeof(part -> word) is distinct from 'array' then
    perform private.refuse_rule(part, word);
  end if;
  codes := array(select jsonb_array_elements_text(part -> word));
  if not codes <@ known or (cardinality(codes) = 0 and word = 'resources') then
    perform private.refuse_rule(part, word);
  end if;
  return codes;
end
$$;

CREATE FUNCTION private.rule_count(part jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $_$
declare
  word text := case when part ? 'at_least' then 'at_least' else 'at_most' end;
begin
  if (part ? 'at_least') = (part ? 'at_most') or jsonb_typeof(part -> word) <> 'number'
    or part ->> word !~ (case word when 'at_least' then '^[1-9][0-9]{0,3}$' else '^[0-9]{1,4}$' end) then
    perform private.refuse_rule(part, 'count');
  end if;
  return case word when 'at_least' then '>= ' else '<= ' end || (part ->> word);
end
$_$;

CREATE FUNCTION private.rule_field(part jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  field public.archive_fields;
  operator text := part ->> 'is';
begin
  select a.* into field from public.archive_fields a where a.code = part ->> 'field' and a.active;
  if field.code is null then
    perform private.refuse_rule(part, 'field');
  elsif operator in ('known', 'unknown') then
    return format('f.%I is %s null', field.code, case operator when 'known' then 'not' else '' end);
  elsif operator is null or operator not in ('=', '<>', '<', '<=', '>', '>=')
    or field.type in ('flag', 'choice', 'text', 'phone') and operator not in ('=', '<>') then
    perform private.refuse_rule(part, 'is');
  elsif part -> 'value' is null or jsonb_typeof(part -> 'value') = 'null'
    or jsonb_typeof(part -> 'value') <> (case when field.type = 'flag' then 'boolean' when field.type in ('choice', 'text', 'phone') then 'string' else 'number' end)
    or field.type = 'choice' and not private.value_fits(field, part -> 'value') then
    perform private.refuse_rule(part, 'value');
  end if;
  return format('f.%I %s %L::%s', field.code, operator, part ->> 'value',
    case jsonb_typeof(part -> 'value') when 'number' then 'numeric' when 'boolean' then 'boolean' else 'text' end);
end
$$;

CREATE FUNCTION private.rule_leaves(rule jsonb) RETURNS SETOF jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select rule where rule ?| (array['field'] || private.counting_words())
  union all
  select leaf from jsonb_array_elements(coalesce(rule -> 'all', rule -> 'any', '[]')
      || case when rule ? 'not' then jsonb_build_array(rule -> 'not') else '[]' end) part,
    private.rule_leaves(part) leaf
$$;

CREATE FUNCTION private.rule_number(part jsonb, word text, low integer, high integer) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $_$
begin
  if jsonb_typeof(part -> word) is distinct from 'number' or part ->> word !~ '^[0-9]{1,5}$' or (part ->> word)::integer not between low and high then
    perform private.refuse_rule(part, word);
  end if;
  return (part ->> word)::integer;
end
$_$;

CREATE FUNCTION private.rule_rows(part jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
declare
  kinds text[];
begin
  if not part ? 'visits' then
    return private.rule_rows_of_places(part);
  end if;
  kinds := private.rule_codes(part, 'visits', '{household,care}');
  return format('public.visits n where n.taken_back_at is null and n.visited_on > ($2 at time zone ''Asia/Shanghai'')::date - %s', private.rule_number(part, 'days', 1, 730))
    || case when kinds <> '{}' then format(' and n.kind = any (%L::text[])', kinds) else '' end;
end
$_$;

CREATE FUNCTION private.rule_rows_of_places(part jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
declare
  codes text[];
begin
  if part ? 'cases' then
    codes := private.rule_codes(part, 'cases', array(select c.code from public.categories c));
    return 'public.issues n where n.state not in (''merged'', ''withdrawn'', ''declined'')'
      || case when part -> 'open' = 'true' then ' and n.state in (''submitted'', ''handling'', ''resolved'')'
        else format(' and n.created_at > $2 - interval %L', private.rule_number(part, 'days', 1, 730) || ' days') end
      || case when codes <> '{}' then format(' and n.category = any (%L::text[])', codes) else '' end;
  elsif part ? 'hazards' then
    codes := private.rule_codes(part, 'hazards', array(select k.code from public.place_kinds k where k.place = 'hazard'));
    return 'public.hazards n where n.state in (''open'', ''mending'')'
      || case when part ? 'level' then format(' and n.level >= %s', private.rule_number(part, 'level', 1, 3)) else '' end
      || case when part -> 'late' = 'true' then ' and n.due_at < $2' else '' end
      || case when codes <> '{}' then format(' and n.kind = any (%L::text[])', codes) else '' end;
  end if;
  codes := private.rule_codes(part, 'resources', array(select k.code from public.place_kinds k where k.place = 'resource'));
  if part ? 'within' then
    return format('private.near n where n.kind = any (%L::text[]) and n.metres <= %s', codes, private.rule_number(part, 'within', 1, 1000));
  end if;
  return format('public.resources n where n.state not in (''gone'', ''broken'') and n.kind = any (%L::text[])', codes);
end
$_$;

CREATE FUNCTION private.rule_sql(rule jsonb, depth integer DEFAULT 0) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  parts text[];
  word text := case when rule ? 'all' then 'all' else 'any' end;
begin
  if jsonb_typeof(rule) is distinct from 'object' or depth > 6 then
    perform private.refuse_rule(rule, 'shape');
  elsif rule ?| array['all', 'any'] then
    if jsonb_typeof(rule -> word) <> 'array' or jsonb_array_length(rule -> word) not between 1 and 12 then
      perform private.refuse_rule(rule, word);
    end if;
    select array_agg(private.rule_sql(part, depth + 1)) into parts from jsonb_array_elements(rule -> word) part;
    return '(' || array_to_string(parts, case word when 'all' then ' and ' else ' or ' end) || ')';
  elsif rule ? 'not' then
    return format('not (%s)', private.rule_sql(rule -> 'not', depth + 1));
  elsif rule ? 'field' then
    return private.rule_field(rule);
  elsif rule ?| private.counting_words() then
    return format('f.%I %s', private.count_column(rule), private.rule_count(rule));
  end if;
  perform private.refuse_rule(rule, 'shape');
  return null;
end
$$;

CREATE FUNCTION private.running_clock(since timestamp with time zone, minutes integer, mode text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('step_since', since, 'step_minutes', minutes, 'step_mode', mode, 'paused_at', null, 'paused_until', null,
    'due_at', private.after_minutes(since, minutes, mode),
    'warn_at', private.after_minutes(since, (minutes * 0.8)::integer, mode))
$$;

CREATE FUNCTION private.sees_issue(issue public.issues) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select array[issue.street_id, issue.community_id, issue.grid_id] && private.my_area_ids()
    or coalesce(issue.holder_department_id = any (private.my_department_ids()), false)
    or issue.assisting && private.my_department_ids()
$$;

CREATE FUNCTION private.send_notices() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform realtime.send(jsonb_build_object('notice_id', n.id, 'issue_id', n.issue_id), 'notice',
    coalesce('department:' || n.department_id, 'area:' || n.area_id), true)
  from told n;
  return null;
end
$$;

CREATE FUNCTION private.sensitivity_rank(sensitivity text) RETURNS integer
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select array_position('{public,staff,community,key_person}', sensitivity) - 1
$$;

CREATE FUNCTION private.set_alarms(ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  with next as materialized (
    select * from private.next_alarms(ids)
  ), gone as (
    delete from private.alarms a using next n where a.issue_id = n.issue_id and n.next_at is null
  )
  insert into private.alarms as a (issue_id, next_at) select n.issue_id, n.next_at from next n where n.next_at is not null
  on conflict (issue_id) do update set next_at = excluded.next_at;
end
$$;

CREATE FUNCTION private.setting_code(given text, pattern text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  code text := private.field('code', given, 40, true);
begin
  if code !~ pattern then
    perform private.fail(422, 'field_malformed', '{"field":"code"}', 'Use small letters and _, 2 to 40 of them.');
  end if;
  return code;
end
$$;

CREATE FUNCTION private.shown(setting jsonb, columns text[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select case when columns = '{}' then setting else
    (select jsonb_object_agg(key, value) from jsonb_each(setting) where key = any (columns)) end
$$;

CREATE FUNCTION private.shown_workers(yard public.courtyards) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('role', w.role, 'name', w.name, 'phone', case w.shown when 'name_phone' then w.phone end) order by w.role), '[]')
  from private.workers_of(yard) w where w.shown <> 'none'
$$;

CREATE FUNCTION private.shows_result(path text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select exists (
    select from public.issue_photos p
    join public.issues i on i.id = p.issue_id
    join private.reporters r on r.key_hash = private.key_hash(nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-courtyard-key')
    join public.issues own on own.id = r.issue_id
    where p.path = shows_result.path and not p.by_resident and i.resolved_at is not null
      and (own.id = i.id or (private.followed(own)).id = i.id))
$$;

CREATE FUNCTION private.something_to_send() RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select exists (
    select from private.deliveries d join private.hooks h on h.id = d.hook_id
    where d.state in ('due', 'sending') and d.next_at <= private.now()
      and (d.state = 'sending' or h.active and coalesce(h.rests_until, '-infinity') <= private.now()))
  or exists (select from private.pushes p where p.next_at <= private.now())
$$;

CREATE FUNCTION private.square_metres(shape extensions.geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select coalesce(extensions.st_area(shape)
    * (111132.95 - 559.85 * cos(2 * lat) + 1.175 * cos(4 * lat)) * (111412.88 * cos(lat) - 93.5 * cos(3 * lat)), 0)
  from (select radians((extensions.st_ymin(shape) + extensions.st_ymax(shape)) / 2) as lat) middle
$$;

CREATE FUNCTION private.staff_photos_limit() RETURNS integer
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$ select 6 $$;

CREATE FUNCTION private.start_step(category text, urgency text, step text, since timestamp with time zone) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object('step', step) || case
    when step is null then '{"step_since":null,"step_minutes":null,"step_mode":null,"paused_at":null,"paused_until":null,"due_at":null,"warn_at":null}'::jsonb
    else (select private.running_clock(since, t.minutes, t.mode) from private.step_time(category, urgency, step) t) end
$$;

CREATE FUNCTION private.step_minutes(name text, given integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$ select private.whole_number(name, given, 1, 525600) $$;

CREATE FUNCTION private.step_time(category text, urgency text, step text) RETURNS TABLE(minutes integer, mode text)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select
    case
      when step = 'answer' then 7 * 1440
      when step = 'verify' then u.verify_minutes
      when step = 'accept' then case when own then c.accept_minutes else u.accept_minutes end
      when step = 'dispatch' then case when own then c.dispatch_minutes else u.dispatch_minutes end
      else case when own then c.handle_minutes else u.handle_minutes end
    end,
    case when step = 'answer' then 'wall' when own and step <> 'verify' then c.clock else u.clock end
  from public.categories c
  join public.urgency_clocks u on u.urgency = step_time.urgency,
    lateral (select c.urgency = step_time.urgency as own) o
  where c.code = category
$$;

CREATE FUNCTION private.succeed(ended public.courtyards[], successors bigint[], heir bigint, action text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  old constant bigint[] := (select array_agg(y.id) from unnest(ended) y);
  followed jsonb;
  yard public.courtyards;
begin
  insert into public.courtyard_successors (courtyard_id, successor_id, heir)
  select o, s, s = succeed.heir from unnest(old) o, unnest(successors) s;
  if exists (select from public.courtyard_codes k where k.courtyard_id = any (old) and k.revoked_at is null) then
    delete from public.courtyard_codes k where k.courtyard_id = succeed.heir;
  end if;
  followed := jsonb_build_object('issues', private.follow_issues(old, successors), 'codes', private.follow_codes(old, succeed.heir));
  foreach yard in array ended loop
    perform private.note_courtyard(action, yard, followed);
  end loop;
  for yard in select c.* from public.courtyards c where c.id = any (successors) loop
    perform private.note_courtyard('made', yard);
  end loop;
  return followed;
end
$$;

CREATE FUNCTION private.successor_code(code text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  with recursive chain (code, replaced_by, revoked_at) as (
    select c.code, c.replaced_by, c.revoked_at from public.courtyard_codes c where c.code = successor_code.code
    union
    select n.code, n.replaced_by, n.revoked_at from chain c join public.courtyard_codes n on n.code = c.replaced_by
  )
  select c.code from chain c where c.revoked_at is null and c.code <> successor_code.code
$$;

CREATE FUNCTION private.sweep(most integer DEFAULT 2000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  now timestamptz := private.now();
  ids bigint[];
  stuck bigint[] := '{}'::bigint[];
  due record;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('sweep', 0)) then
    return 0;
  end if;
  select array_agg(d.id) into ids from (
    select i.id from private.alarms a join public.issues i on i.id = a.issue_id where a.next_at <= now
    order by a.next_at limit most for no key update of i skip locked) d;
  perform private.ring(ids, now);
  for due in
    select i as issue, act from public.issues i, lateral (select case
      when i.paused_until <= now then 'resume'
      when i.state = 'merged' and private.holds('target_withdrawn', i) then 'unmerge'
      when i.step = 'answer' and i.due_at <= now then 'close'
      when i.step = 'accept' and i.due_at <= now and i.state = 'submitted' and i.holder_level in ('courtyard', 'community') then 'climb' end as act) a
    where i.id = any (ids) and act is not null
  loop
    begin
      perform private.clock_acts(due.issue, due.act);
    exception when others then
      -- one issue that cannot move must not stop everyone's clocks
      raise warning 'sweep: issue % cannot %: %', (due.issue).id, due.act, sqlerrm;
      stuck := stuck || (due.issue).id;
    end;
  end loop;
  perform private.set_alarms(ids);
  update private.alarms a set next_at = now + interval '1 hour' where a.issue_id = any (stuck);
  return coalesce(cardinality(ids), 0);
end
$$;

CREATE FUNCTION private.take_draft(yard bigint, quarter text, given jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  conflicts jsonb;
  saved jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'value', d.value, 'version', d.version, 'at', d.at, 'by', p.name) order by d.code), '[]') into conflicts
  from jsonb_each(given) g join private.drafts d on d.courtyard_id = yard and d.quarter = take_draft.quarter and d.code = g.key
  left join public.people p on p.id = d.person_id
  where d.value <> coalesce(g.value -> 'value', 'null') and d.version <> coalesce((g.value ->> 'base')::integer, 0);
  insert into private.drafts as d (courtyard_id, quarter, code, value, at, person_id)
  select yard, take_draft.quarter, g.key, coalesce(g.value -> 'value', 'null'), private.now(), auth.uid() from jsonb_each(given) g
  where not exists (select from jsonb_array_elements(conflicts) c where c ->> 'code' = g.key)
  on conflict on constraint drafts_pkey do update set value = excluded.value, version = d.version + 1, at = excluded.at, person_id = excluded.person_id
  where d.value <> excluded.value;
  select coalesce(jsonb_object_agg(d.code, d.version), '{}') into saved from private.drafts d
  where d.courtyard_id = yard and d.quarter = take_draft.quarter and given ? d.code and not exists (select from jsonb_array_elements(conflicts) c where c ->> 'code' = d.code);
  return jsonb_build_object('saved', saved, 'conflicts', conflicts);
end
$$;

CREATE FUNCTION private.take_over(yard bigint, quarter text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  now timestamptz := private.now();
  new_facts jsonb := private.drafted_facts(yard, quarter);
  new_stamps jsonb;
begin
  with answered as (
    select d.person_id, max(d.at) as at from private.drafts d where d.courtyard_id = yard and d.quarter = take_over.quarter group by d.person_id
  ), verified as (
    insert into private.verifications (courtyard_id, at, person_id) select yard, a.at, a.person_id from answered a returning id, person_id
  )
  select jsonb_object_agg(d.code, v.id) into new_stamps from private.drafts d join verified v on v.person_id = d.person_id
  where d.courtyard_id = yard and d.quarter = take_over.quarter;
  new_stamps := coalesce((select a.stamps - array(select f.code from public.archive_fields f where not f.active) from private.archives a where a.courtyard_id = yard), '{}') || coalesce(new_stamps, '{}');
  update private.profiles p set state = 'confirmed', version = p.version + 1, confirmed_at = now, confirmed_by = auth.uid(), facts = new_facts,
    stamps = new_stamps, dictionary = (select max(v.id) from private.field_versions v)
  where p.courtyard_id = yard and p.quarter = take_over.quarter;
  insert into private.archives as a (courtyard_id, facts, stamps, quarter, verified_at) values (yard, new_facts, new_stamps, take_over.quarter, now)
  on conflict (courtyard_id) do update set facts = excluded.facts, stamps = excluded.stamps, quarter = excluded.quarter, verified_at = excluded.verified_at, version = a.version + 1;
  delete from private.drafts d where d.courtyard_id = yard and d.quarter = take_over.quarter;
end
$$;

CREATE FUNCTION private.take_row(judged private.import_row) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if judged.outcome = 'added' then
    insert into public.courtyards (code, name, address, grid_id, kind, geom, point)
    values (coalesce(judged.code, 'yard-' || private.base32(sha256(uuid_send(gen_random_uuid())), 10)),
      judged.name, judged.address, judged.grid_id, judged.kind, judged.geom, judged.point);
  elsif judged.outcome = 'changed' then
    update public.courtyards c set name = judged.name, address = judged.address, grid_id = judged.grid_id, kind = judged.kind,
      geom = coalesce(judged.geom, c.geom), point = judged.point
    where c.id = judged.existing;
  end if;
end
$$;

CREATE FUNCTION private.takes_proof(proof jsonb, cost integer) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $_$
declare
  p constant jsonb := proof -> 'challenge' -> 'parameters';
  counter constant bigint := case when proof -> 'solution' ->> 'counter' ~ '^[0-9]{1,10}$' then (proof -> 'solution' ->> 'counter')::bigint end;
  key bytea;
begin
  if counter is null or counter > 4294967295 or coalesce(p ->> 'cost', '') !~ '^[0-9]{1,3}$' or coalesce(p ->> 'expiresAt', '') !~ '^[0-9]{1,12}$'
    or coalesce(p ->> 'nonce', '') !~ '^[0-9a-f]{32}$' or coalesce(p ->> 'salt', '') !~ '^[0-9a-f]{32}$' then
    return false;
  end if;
  if (p ->> 'cost')::integer < cost or to_timestamp((p ->> 'expiresAt')::bigint) < private.now()
    or proof -> 'challenge' ->> 'signature' is distinct from (
      select encode(extensions.hmac(convert_to(private.challenge_text((p ->> 'cost')::integer, (p ->> 'expiresAt')::bigint, p ->> 'nonce', p ->> 'salt'), 'UTF8'),
        s.secret, 'sha256'), 'hex') from private.guard_secret s) then
    return false;
  end if;
  key := sha256(decode(p ->> 'salt', 'hex') || decode(p ->> 'nonce', 'hex') || decode(lpad(to_hex(counter), 8, '0'), 'hex'));
  for i in 2 .. (p ->> 'cost')::integer loop
    key := sha256(key);
  end loop;
  if left(encode(key, 'hex'), 3) <> '000' then
    return false;
  end if;
  insert into private.used_challenges (nonce, until) values (p ->> 'nonce', to_timestamp((p ->> 'expiresAt')::bigint)) on conflict do nothing;
  return found;
end
$_$;

CREATE FUNCTION private.tell(kind text, issue bigint, area bigint, department bigint) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into public.notices (at, kind, issue_id, area_id, department_id)
  values (private.now(), kind, issue, case when department is null then area end, department)
$$;

CREATE FUNCTION private.tell_archives(yards bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.tell_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues;
  helper text;
begin
  select i.* into strict issue from public.issues i where i.id = new.issue_id;
  if new.changes ?| array['holder_area_id', 'holder_department_id'] then
    perform private.tell(case new.action when 'send_back' then 'sent_back' when 'climb' then 'climbed' when 'reopen' then 'reopened' else 'arrived' end,
      issue.id, issue.holder_area_id, issue.holder_department_id);
  end if;
  case new.action
    when 'ask_pause', 'ask_extension' then perform private.tell('asked', issue.id, private.area_over(issue), null);
    when 'grant' then perform private.tell('granted', issue.id, issue.holder_area_id, issue.holder_department_id);
    when 'refuse' then perform private.tell('refused', issue.id, issue.holder_area_id, issue.holder_department_id);
    when 'resolve' then
      if issue.step = 'verify' then perform private.tell('verify', issue.id, private.area_over(issue), null); end if;
    when 'verify' then
      if issue.state = 'handling' then perform private.tell('not_ok', issue.id, issue.holder_area_id, issue.holder_department_id); end if;
    when 'answer' then
      if issue.state = 'handling' then perform private.tell('answered_no', issue.id, issue.holder_area_id, issue.holder_department_id); end if;
    when 'reopen' then
      if not new.changes ?| array['holder_area_id', 'holder_department_id'] then
        perform private.tell('reopened', issue.id, issue.holder_area_id, issue.holder_department_id);
      end if;
    when 'unmerge' then
      if new.actor = 'clock' then perform private.tell('arrived', issue.id, issue.holder_area_id, issue.holder_department_id); end if;
    when 'withdraw' then perform private.tell('withdrawn', issue.id, issue.holder_area_id, issue.holder_department_id);
    when 'finish_task' then perform private.tell('task_done', issue.id, issue.holder_area_id, issue.holder_department_id);
    when 'waive_task' then perform private.tell('task_waived', issue.id, null, (new.payload ->> 'department_id')::bigint);
    when 'dispatch' then
      for helper in select jsonb_array_elements_text(coalesce(new.payload -> 'assisting', '[]')) loop
        perform private.tell('task', issue.id, null, helper::bigint);
      end loop;
    else null;
  end case;
  return null;
end
$$;

CREATE FUNCTION private.template_words(typed text, longest integer) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
declare
  known constant text[] := '{number,courtyard,address,what,category,office,date}'::text[];
  words text := private.field('words', typed, longest, true);
  strange text := (select hit[1] from regexp_matches(words, '\{([^{}]*)\}', 'g') hit where hit[1] <> all (known) limit 1);
begin
  if strange is not null then
    perform private.fail(422, 'placeholder_unknown', jsonb_build_object('field', 'words', 'placeholder', left(strange, 40), 'known', known),
      'Use one of the known placeholders.');
  end if;
  return words;
end
$$;

CREATE FUNCTION private.tended_yard(wanted bigint) RETURNS public.courtyards
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards := private.readable_yard(wanted);
begin
  if not exists (select from private.my_memberships() m
    where m.role in ('grid_worker', 'community_staff', 'street_staff') and m.area_id in (yard.grid_id, yard.community_id, yard.street_id)) then
    perform private.fail(403, 'place_not_allowed', '{}', 'Ask the yard''s grid worker or community.');
  end if;
  return yard;
end
$$;

CREATE FUNCTION private.tick() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform private.sweep();
  perform private.archive_tick();
  if extract(hour from private.now() at time zone 'Asia/Shanghai') = 2
    and not exists (select from private.history_checks c where c.at > private.now() - interval '20 hours') then
    perform private.check_history();
  end if;
end
$$;

CREATE FUNCTION private.trim_neighbours(area public.areas, shape extensions.geometry) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  neighbour public.areas;
  lost double precision;
  rest extensions.geometry;
  trimmed jsonb := '[]'::jsonb;
begin
  for neighbour in
    select a.* from public.areas a
    where a.level = 'grid' and a.parent_id = area.parent_id and a.id <> area.id and a.boundary operator(extensions.&&) shape
    order by a.id for no key update
  loop
    lost := private.common_ground(neighbour.boundary, shape);
    continue when lost < 1;
    rest := private.ground_without(neighbour.boundary, shape);
    if private.square_metres(rest) < 1 then
      perform private.fail(409, 'grid_swallowed', jsonb_build_object('area', neighbour.id, 'name', neighbour.name), 'Leave this grid some ground.');
    end if;
    perform private.note_area(neighbour);
    update public.areas a set boundary = rest where a.id = neighbour.id;
    trimmed := trimmed || jsonb_build_object('id', neighbour.id, 'name', neighbour.name, 'lost', round(lost));
  end loop;
  return trimmed;
end
$$;

CREATE FUNCTION private.turn_hook() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  delete from private.deliveries d where d.hook_id = new.id and d.state <> 'sent' and (d.notice_id is null) = (new.audience = 'office');
  return null;
end
$$;

CREATE FUNCTION private.unchanged_values(yard bigint, quarter text, modules text[]) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_object_agg(f.code, jsonb_build_object('value', coalesce(a.facts -> f.code, 'null'))), '{}')
  from private.archives a join public.archive_fields f on f.module = any (modules) and a.stamps ? f.code
  left join private.verifications v on v.id = (a.stamps ->> f.code)::bigint
  where a.courtyard_id = yard and private.field_due(f, v.at, unchanged_values.quarter) and private.value_fits(f, a.facts -> f.code)
    and not exists (select from private.drafts d where d.courtyard_id = yard and d.quarter = unchanged_values.quarter and d.code = f.code)
$$;

CREATE FUNCTION private.url_host(url text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $_$
  select lower((regexp_match(url, '^https://([a-zA-Z0-9.-]+)(:[0-9]{1,5})?(/[^\s]*)?$'))[1])
$_$;

CREATE FUNCTION private.value_fits(field public.archive_fields, value jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $_$
  select case
    when value is null or jsonb_typeof(value) = 'null' then true
    when field.type in ('count', 'number', 'share', 'year') then jsonb_typeof(value) = 'number'
      and case when jsonb_typeof(value) = 'number' then
        (value #>> '{}')::numeric between
          coalesce(field.low, case field.type when 'year' then 1600 when 'number' then -1e9 else 0 end)
          and coalesce(field.high, case field.type when 'share' then 1 when 'year' then 2100 else 1e9 end)
        and (field.type not in ('count', 'year') or (value #>> '{}')::numeric = trunc((value #>> '{}')::numeric)) end
    when field.type = 'flag' then jsonb_typeof(value) = 'boolean'
    when field.type = 'choice' then jsonb_typeof(value) = 'string' and jsonb_path_exists(field.options, '$[*].code ? (@ == $v)', jsonb_build_object('v', value))
    when field.type = 'phone' then jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^[0-9+() -]{3,24}$'
    else jsonb_typeof(value) = 'string' and char_length(value #>> '{}') between 1 and 200 end
$_$;

CREATE FUNCTION private.verified_from(quarter text, every_months integer) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    SET search_path TO ''
    AS $$
  select (private.quarter_start(quarter) + make_interval(months => 3 - every_months)) at time zone 'Asia/Shanghai'
$$;

CREATE FUNCTION private.wake_sender() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform pg_notify('deliveries', '');
  return null;
end
$$;

CREATE FUNCTION private.week_json() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('weekday', weekday, 'opens', to_char(opens, 'HH24:MI'), 'closes', to_char(closes, 'HH24:MI'))
    order by weekday, opens), '[]') from public.working_hours
$$;

CREATE FUNCTION private.whole_number(name text, given integer, low integer, high integer) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO ''
    AS $$
begin
  if given is null then
    perform private.fail(422, 'field_missing', jsonb_build_object('field', name), 'Fill this field in.');
  elsif given not between low and high then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', name, 'min', low, 'max', high), 'Give a number within these bounds.');
  end if;
  return given;
end
$$;

CREATE FUNCTION private.with_derived(facts jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $_$
declare
  parts text;
  derived jsonb;
begin
  select string_agg(format('%L, trim_scale(round(%s, %s))', f.code, private.formula_sql(f.formula), case f.type when 'count' then 0 else 4 end), ', ') into parts
  from public.archive_fields f where f.active and f.formula is not null;
  if parts is null then
    return facts;
  end if;
  execute format('select jsonb_strip_nulls(jsonb_build_object(%s)) from jsonb_to_record($1) as %s', parts, private.number_columns())
    into derived using facts;
  return (facts - array(select f.code from public.archive_fields f where f.formula is not null)) || derived;
end
$_$;

CREATE FUNCTION private.workers_of(yard public.courtyards) RETURNS TABLE(role text, person_id uuid, name text, phone text, shown text)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select 'grid_worker', p.id, p.name, s.phone, coalesce(s.shown, 'name')
  from public.memberships m join public.people p on p.id = m.person_id left join private.grid_workers_shown s on s.grid_id = m.area_id
  where m.area_id = yard.grid_id and m.role = 'grid_worker' and p.left_at is null
  union all
  select 'microgrid_worker', w.person_id, w.name, w.phone, w.shown from private.microgrid_workers w where w.courtyard_id = yard.id
$$;

CREATE FUNCTION private.working_minutes(since timestamp with time zone, upto timestamp with time zone) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(sum(extract(epoch from least(s.closes, upto) - greatest(s.opens, since))) / 60, 0)::integer
  from generate_series((since at time zone 'Asia/Shanghai')::date, (upto at time zone 'Asia/Shanghai')::date, interval '1 day') d,
    private.open_spans(d::date) s
  where s.closes > since and s.opens < upto
$$;

CREATE FUNCTION private.yard_board(yard public.courtyards) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'open', (
      select coalesce(jsonb_agg(jsonb_build_array(o.category, private.public_place(o.place), o.state, o.day) order by o.id desc), '[]') from (
        select i.id, i.category, i.place, i.state, to_char(i.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day
        from public.issues i where i.courtyard_id = yard.id and i.state in ('submitted', 'handling', 'resolved')
        order by i.created_at desc limit 6) o),
    'open_count', (select count(*) from public.issues i where i.courtyard_id = yard.id and i.state in ('submitted', 'handling', 'resolved')),
    'solved', (
      select coalesce(jsonb_agg(jsonb_build_array(s.category, private.public_place(s.place), s.day) order by s.ended_at desc), '[]') from (
        select i.category, i.place, i.ended_at, to_char(i.ended_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day
        from public.issues i where i.courtyard_id = yard.id and i.state = 'closed' and i.ended_at > private.now() - interval '90 days'
        order by i.ended_at desc limit 4) s),
    'grid', private.office_name(yard.grid_id, null),
    'workers', (
      select coalesce(jsonb_agg(jsonb_build_array(w ->> 'name', w ->> 'phone') order by w ->> 'role', w ->> 'name'), '[]')
      from jsonb_array_elements(private.shown_workers(yard)) w),
    'notices', (
      select coalesce(jsonb_agg(jsonb_build_array(n.title, n.body, to_char(n.shown_from at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) order by n.id desc), '[]') from (
        select b.* from public.yard_notices b
        where b.community_id = yard.community_id and coalesce(b.courtyard_id = yard.id, true) and private.now() between b.shown_from and b.shown_until
        order by b.id desc limit 3) n))
$$;

CREATE FUNCTION private.yard_in_the_way(street bigint, own bigint, address text, geom extensions.geometry, point extensions.geometry) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select c.address from public.courtyards c
    where c.street_id = street and c.ended_at is null and c.id is distinct from own and c.address = yard_in_the_way.address
  union all
  select c.address from public.courtyards c
    where c.street_id = street and c.ended_at is null and c.id is distinct from own and extensions.st_intersects(c.geom, yard_in_the_way.point)
  union all
  select c.address from public.courtyards c
    where c.street_id = street and c.ended_at is null and c.id is distinct from own and extensions.st_intersects(yard_in_the_way.geom, c.point)
  union all
  -- its code is one of a yard that ended: the one that stands there now
  select l.address from public.courtyards c join public.courtyards l on l.id = private.living_courtyard(c.id)
    where c.id = own and c.ended_at is not null
  limit 1
$$;

CREATE FUNCTION private.yards_near(wanted text, place extensions.geometry) RETURNS SETOF bigint
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select c.id from private.near_kinds k, public.courtyards c
  where k.kind = wanted and (c.geom operator(extensions.&&) extensions.st_expand(place, k.reach / 90000.0)
    or c.point operator(extensions.&&) extensions.st_expand(place, k.reach / 90000.0))
$$;

CREATE FUNCTION private.yards_of_topic(topic text) RETURNS TABLE(courtyard_id bigint, street_id bigint, community_id bigint, clearance integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select c.id, c.street_id, c.community_id, m.clearance from public.courtyards c join private.my_clearances() m on m.community_id = c.community_id
  where c.ended_at is null and (topic like 'department:%' or split_part(topic, ':', 2)::bigint in (c.street_id, c.community_id, c.grid_id))
$$;

CREATE FUNCTION private.year_json(year integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('day', day, 'working', working, 'name', name) order by day), '[]')
  from public.calendar_days where day between make_date(year, 1, 1) and make_date(year, 12, 31)
$$;

CREATE FUNCTION public.act_on_hazard(id bigint, action text, version integer, payload jsonb DEFAULT '{}'::jsonb, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  facts jsonb := coalesce(payload, '{}');
  hazard public.hazards;
  yard public.courtyards;
  issue public.issues;
  now timestamptz := private.now();
begin
  if answer is not null then
    return answer;
  end if;
  select h.* into hazard from public.hazards h where h.id = act_on_hazard.id for update;
  yard := private.check_place(hazard.version, act_on_hazard.version, hazard.courtyard_id);
  perform private.choice('action', action, case when hazard.ended_at is null then '{edit,inspect,mend,mended,dismiss,report}'::text[] else '{reopen}' end);
  if action in ('mended', 'dismiss') and exists (select from public.issues i where i.id = hazard.issue_id and i.state in ('submitted', 'handling', 'resolved')) then
    perform private.fail(409, 'hazard_in_issue', jsonb_build_object('issue_id', hazard.issue_id), 'It closes with its issue: resolve that.');
  elsif action = 'report' then
    if hazard.issue_id is not null then
      perform private.fail(409, 'hazard_in_issue', jsonb_build_object('issue_id', hazard.issue_id), 'It is an issue already.');
    end if;
    issue := private.report_hazard(hazard, yard);
  end if;
  update public.hazards h set updated_at = now,
    what = case when action = 'edit' and facts ? 'what' then private.field('what', facts ->> 'what', 200, true) else h.what end,
    level = case when action = 'edit' and facts ? 'level' then private.whole_number('level', private.integer_of('level', facts -> 'level'), 1, 3) else h.level end,
    inspect_days = case when action = 'edit' and facts ? 'inspect_days' then private.whole_number('inspect_days', private.integer_of('inspect_days', facts -> 'inspect_days'), 1, 365) else h.inspect_days end,
    mender = case when action in ('edit', 'mend') and facts ? 'mender' then private.field('mender', facts ->> 'mender', 60, action = 'mend') else h.mender end,
    due_at = case when action in ('edit', 'mend') and facts ? 'due_on' then private.evening_of('due_on', facts ->> 'due_on') else h.due_at end,
    inspected_at = case when action = 'inspect' then now else h.inspected_at end,
    state = case action when 'mend' then 'mending' when 'mended' then 'mended' when 'dismiss' then 'dismissed' when 'reopen' then 'open' when 'report' then 'mending' else h.state end,
    ended_at = case when action in ('mended', 'dismiss') then now when action = 'reopen' then null else h.ended_at end,
    issue_id = case action when 'report' then issue.id when 'reopen' then null else h.issue_id end
  where h.id = hazard.id;
  return private.end_place(yard.id, 'hazard', hazard.id, action,
    jsonb_strip_nulls(jsonb_build_object('note', private.field('note', coalesce(facts ->> 'note', facts ->> 'reason'), 200, action = 'dismiss'), 'mender', case when action = 'mend' then facts ->> 'mender' end,
      'number', issue.number)), request_id, case when issue.id is null then '{}' else jsonb_build_object('issue_id', issue.id, 'number', issue.number) end);
end
$$;

COMMENT ON FUNCTION public.act_on_hazard(id bigint, action text, version integer, payload jsonb, request_id uuid) IS 'edit {what, level, mender, due_on, inspect_days}, inspect {note}, mend {mender, due_on}, mended {note}, dismiss {reason}, reopen, or report a hazard as it was at `version`; report makes it an issue, with which it closes. Returns {id, version} and of report {issue_id, number}. Errors: place_unknown, courtyard_unknown 404, place_not_allowed 403, stale_version, hazard_in_issue 409 {issue_id}, field_missing, field_too_long, field_malformed 422.';

CREATE FUNCTION public.act_on_issue(issue_id bigint, action text, version integer, payload jsonb DEFAULT '{}'::jsonb, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.act(issue_id, action, version, payload, request_id);
  if not exists (select from public.issues i where i.id = act_on_issue.issue_id) then
    return jsonb_build_object('gone', true);
  end if;
  return public.issue_detail(issue_id);
end
$$;

COMMENT ON FUNCTION public.act_on_issue(issue_id bigint, action text, version integer, payload jsonb, request_id uuid) IS 'Moves an issue by one action of issue_actions, decided on `version`; the same request_id twice acts once. Returns issue_detail, or {gone: true} when the caller no longer sees it. Errors: issue_unknown 404, stale_version 409 {version, state, holder, last}, action_not_allowed 403 {possible}, field_missing, field_too_long, field_unknown, department_unknown 422, returns_exhausted 409.';

CREATE FUNCTION public.act_on_offer(id bigint, action text, version integer, payload jsonb DEFAULT '{}'::jsonb, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  facts jsonb := coalesce(payload, '{}');
  offer public.offers;
  yard public.courtyards;
begin
  if answer is not null then
    return answer;
  end if;
  select o.* into offer from public.offers o where o.id = act_on_offer.id for update;
  yard := private.check_place(offer.version, act_on_offer.version, offer.courtyard_id);
  perform private.choice('action', action, case offer.state when 'open' then '{claim,withdraw}'::text[] when 'claimed' then '{deliver,release,withdraw}' else '{none}' end);
  update public.offers o set updated_at = private.now(),
    state = case action when 'claim' then 'claimed' when 'deliver' then 'delivered' when 'release' then 'open' else 'withdrawn' end,
    organisation = case action when 'claim' then private.field('organisation', facts ->> 'organisation', 60, true) when 'release' then null else o.organisation end,
    promise = case action when 'claim' then private.field('promise', facts ->> 'promise', 400, true) when 'release' then null else o.promise end,
    promised_on = case action when 'claim' then (private.evening_of('promised_on', facts ->> 'promised_on') at time zone 'Asia/Shanghai')::date when 'release' then null else o.promised_on end,
    delivery = case action when 'deliver' then private.field('delivery', facts ->> 'delivery', 400, true) end
  where o.id = offer.id returning o.* into offer;
  update public.resources r set updated_at = private.now(),
    state = case action when 'claim' then 'claimed' when 'deliver' then 'in_use' when 'release' then 'offered' else 'idle' end where r.id = offer.resource_id;
  if action = 'claim' then
    insert into public.notices (at, kind, courtyard_id, area_id) values (private.now(), 'offer_claimed', yard.id, yard.community_id);
  end if;
  perform private.log_archive(yard.id, 'offer', offer.id::text, action, jsonb_strip_nulls(jsonb_build_object('organisation', offer.organisation, 'reason', private.field('reason', facts ->> 'reason', 200))));
  perform private.tell_archives(private.derive_labels() || yard.id);
  return private.keep_answer(request_id, jsonb_build_object('id', offer.id, 'version', offer.version, 'state', offer.state));
end
$$;

COMMENT ON FUNCTION public.act_on_offer(id bigint, action text, version integer, payload jsonb, request_id uuid) IS 'claim {organisation, promise, promised_on}, deliver {delivery}, release or withdraw an offer as it was at `version`. Returns {id, version, state}. Errors: place_unknown, courtyard_unknown 404, place_not_allowed 403, stale_version 409, field_missing, field_too_long, field_malformed 422 {options: what is possible now}.';

CREATE FUNCTION public.act_on_resource(id bigint, action text, version integer, payload jsonb DEFAULT '{}'::jsonb, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  resource public.resources;
  yard public.courtyards;
  facts jsonb := coalesce(payload, '{}');
  next text;
begin
  if answer is not null then
    return answer;
  end if;
  select r.* into resource from public.resources r where r.id = act_on_resource.id and r.state <> 'gone' for update;
  yard := private.check_place(resource.version, act_on_resource.version, resource.courtyard_id);
  next := case private.choice('action', action, '{edit,use,idle,break,mend,remove}')
    when 'edit' then resource.state when 'use' then 'in_use' when 'idle' then 'idle' when 'break' then 'broken' when 'mend' then 'in_use' else 'gone' end;
  if resource.state in ('offered', 'claimed') and next <> resource.state then
    perform private.fail(409, 'resource_offered', jsonb_build_object('state', resource.state), 'Withdraw its offer first.');
  end if;
  update public.resources r set state = next, updated_at = private.now(),
    name = case when action = 'edit' and facts ? 'name' then private.field('name', facts ->> 'name', 60, true) else r.name end,
    note = case when action = 'edit' and facts ? 'note' then private.field('note', facts ->> 'note', 400) else r.note end,
    kind = case when action = 'edit' and facts ? 'kind' then (private.place_kind(facts ->> 'kind', 'resource')).code else r.kind end
  where r.id = resource.id;
  return private.end_place(yard.id, 'resource', resource.id, action,
    jsonb_strip_nulls(jsonb_build_object('from', resource.state, 'reason', private.field('reason', facts ->> 'reason', 200))), request_id);
end
$$;

COMMENT ON FUNCTION public.act_on_resource(id bigint, action text, version integer, payload jsonb, request_id uuid) IS 'edit {name, note, kind}, use, idle, break, mend or remove {reason} a resource as it was at `version`. Returns {id, version}. Errors: place_unknown, courtyard_unknown 404, place_not_allowed 403, stale_version, resource_offered 409, field_missing, field_too_long, field_malformed 422.';

CREATE FUNCTION public.add_code(courtyard_id bigint, place text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street bigint := private.begin_setting();
  made public.courtyard_codes;
begin
  if not exists (select from public.courtyards y where y.id = add_code.courtyard_id and y.street_id = street and y.ended_at is null) then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the list.');
  end if;
  if (select count(*) from public.courtyard_codes c where c.courtyard_id = add_code.courtyard_id and c.revoked_at is null) >= private.most_codes() then
    perform private.fail(409, 'too_many_codes', jsonb_build_object('max', private.most_codes()), 'Revoke a code that no longer hangs anywhere.');
  end if;
  insert into public.courtyard_codes (courtyard_id, place, created_at)
  values (add_code.courtyard_id, private.code_place(add_code.courtyard_id, place, null), private.now()) returning * into made;
  perform private.log_setting('code', right(made.code, 4), null, private.code_setting(made), street);
  return private.code_json(made);
end
$$;

COMMENT ON FUNCTION public.add_code(courtyard_id bigint, place text) IS 'One more code for a courtyard, hanging at `place` (gate, lift, building; null: the yard itself), which its reports then start with. Returns it as list_codes does. Errors: admin_only 403, courtyard_unknown 404, place_taken, too_many_codes {max} 409, field_too_long 422.';

CREATE FUNCTION public.add_courtyard(name text, address text, outline jsonb, kind text DEFAULT 'yard'::text, name_en text DEFAULT NULL::text, grid_id bigint DEFAULT NULL::bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street constant bigint := private.begin_drawing();
  shape constant extensions.geometry := private.drawn_shape(outline);
  yard public.courtyards;
begin
  perform private.check_outline(street, shape, '{}');
  yard := private.make_courtyard(street, jsonb_build_object('name', name, 'address', address, 'kind', kind, 'name_en', name_en), shape,
    coalesce(add_courtyard.grid_id, private.grid_of_point(street, null, extensions.st_pointonsurface(shape))), '{}');
  perform private.note_courtyard('added', yard);
  perform private.publish_ground(street, array[yard.community_id, yard.grid_id]);
  return private.drawn_json(yard.id);
end
$$;

COMMENT ON FUNCTION public.add_courtyard(name text, address text, outline jsonb, kind text, name_en text, grid_id bigint) IS 'Adds a courtyard with the outline drawn (GeoJSON, WGS-84); without a grid it joins the one it lies in. Returns the yard. Errors: drawing_not_allowed 403, outline_overlaps {courtyards}, address_taken 409, outline_malformed, outline_crosses {reason, at}, outline_empty, outline_outside, grid_unknown, field_missing, field_malformed, field_too_long 422.';

CREATE FUNCTION public.add_to_report(key text, request_id uuid, words text DEFAULT NULL::text, photos integer DEFAULT 0) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues := private.issue_of_key(key);
  event public.issue_events;
  said text := private.field('words', words, 500);
  room integer;
  paths jsonb;
begin
  select i.* into issue from public.issues i where i.id = issue.id for no key update;
  if issue.state not in ('submitted', 'handling', 'resolved', 'merged') then
    perform private.fail(409, 'action_not_allowed', jsonb_build_object('state', issue.state), 'It is over: open it again, or report anew.');
  end if;
  if exists (select from public.issue_events e where e.issue_id = issue.id and e.request_id = add_to_report.request_id) then
    return jsonb_build_object('story', public.track_issue(key), 'photos', (
      select coalesce(jsonb_agg(p.path order by p.path), '[]') from public.issue_photos p
      join public.issue_events e on e.issue_id = p.issue_id and e.request_id = add_to_report.request_id
      where p.issue_id = issue.id and p.by_resident and p.promised_at = e.at));
  end if;
  room := (private.report_limits() ->> 'photos')::integer + 3 - (select count(*) from public.issue_photos p where p.issue_id = issue.id and p.by_resident);
  if coalesce(photos, 0) not between 0 and greatest(room, 0) then
    perform private.fail(422, 'too_many_photos', jsonb_build_object('field', 'photos', 'max', greatest(room, 0)), 'Send fewer photos.');
  end if;
  if said is null and coalesce(photos, 0) = 0 then
    perform private.fail(422, 'field_missing', '{"field":"words"}', 'Write a word, or add a photo.');
  end if;
  event.issue_id := issue.id;
  event.action := 'note';
  event.at := private.now();
  event.actor := 'resident';
  event.payload := jsonb_strip_nulls(jsonb_build_object('words', said, 'photos', nullif(photos, 0)));
  event.is_public := true;
  event.changes := '{}';
  event.request_id := add_to_report.request_id;
  issue := private.append_event(event);
  with made as (
    insert into public.issue_photos (path, issue_id, by_resident, promised_at)
    select folder || '/' || n || '.jpg', issue.id, true, event.at
    from (select gen_random_uuid()::text as folder) f, generate_series(1, photos) n returning path)
  select coalesce(jsonb_agg(path order by path), '[]') into paths from made;
  return jsonb_build_object('story', public.track_issue(key), 'photos', paths);
end
$$;

COMMENT ON FUNCTION public.add_to_report(key text, request_id uuid, words text, photos integer) IS 'The resident adds words or photos to a report that is not over; request_id makes it once. Returns {story as track_issue, photos: paths to put them}. Errors: track_unknown 404, action_not_allowed 409, field_missing, field_too_long, too_many_photos 422.';

CREATE FUNCTION public.answer_issue(key text, version integer, answer text, words text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select private.resident_acts(key, version, 'answer', jsonb_build_object('outcome', answer, 'words', private.field('words', words, 500)))
$$;

COMMENT ON FUNCTION public.answer_issue(key text, version integer, answer text, words text) IS 'The resident''s last word: answer yes closes, partly and no bring the issue back to whoever held it. Returns as track_issue. Errors: track_unknown 404, stale_version 409, action_not_allowed 409, field_missing {outcome}, field_too_long 422.';

CREATE FUNCTION public.area_shape(area_id bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  area constant public.areas := private.drawn_grid(private.begin_drawing(), area_id);
begin
  return jsonb_build_object('id', area.id, 'name', area.name, 'version', area.version, 'community_id', area.parent_id,
    'note', area.boundary_note, 'boundary', extensions.st_asgeojson(area.boundary, 7)::jsonb);
end
$$;

COMMENT ON FUNCTION public.area_shape(area_id bigint) IS 'A grid as it is drawn on: boundary in full precision and version. Errors: not_signed_in 401, drawing_not_allowed 403, area_unknown 404.';

CREATE FUNCTION public.changes_since(topic text, seq bigint) RETURNS json
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  upto bigint;
  changed bigint[];
begin
  perform private.check_topic(topic);
  upto := private.feed_seq(topic);
  changed := private.changed_issues(topic, seq);
  return json_build_object(
    'topic', topic,
    'seq', upto,
    'complete', changed is not null,
    'issues', private.issue_columns(coalesce(changed, '{}')),
    'gone', (select coalesce(json_agg(id), '[]') from unnest(changed) as left_id(id) where not exists (select from public.issues i where i.id = left_id.id)));
end
$$;

COMMENT ON FUNCTION public.changes_since(topic text, seq bigint) IS 'The issues of `topic` that changed after number `seq`, as they are now, and the ids that left it. complete = false: take a new snapshot. Errors: topic_not_allowed 403.';

CREATE FUNCTION public.check_code(code text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  plain text := private.plain_code(check_code.code);
  found public.courtyard_codes;
  yard public.courtyards;
begin
  if (select auth.uid()) is null or not exists (select from private.my_memberships()) then
    perform private.fail(403, 'not_member', '{}', 'Ask the street''s administrator for a role.');
  end if;
  select c.* into found from public.courtyard_codes c where c.code = plain;
  select y.* into yard from public.courtyards y where y.id = found.courtyard_id;
  if found.code is null or yard.street_id <> all (private.my_street_ids()) then
    return jsonb_build_object('verdict', case
      when plain is null or plain !~ '^[0-9a-hjkmnp-tv-z]{17}$' or private.check_character(left(plain, 16)) <> right(plain, 1) then 'mistyped'
      else 'foreign' end);
  end if;
  if found.revoked_at is null then
    update public.courtyard_codes c set checked_at = private.now() where c.code = found.code;
  end if;
  return jsonb_build_object(
    'verdict', case when found.revoked_at is null then 'ours' when found.replaced_by is null then 'revoked' else 'replaced' end,
    'courtyard_id', yard.id, 'courtyard', yard.name, 'address', yard.address, 'place', found.place,
    'since', found.created_at, 'revoked_at', found.revoked_at, 'checked_at', found.checked_at);
end
$_$;

COMMENT ON FUNCTION public.check_code(code text) IS 'A patrol''s look at a poster: {verdict: ours | replaced | revoked | foreign | mistyped, courtyard, address, place, since, revoked_at, checked_at (the look before)}. Ours: notes on the code that it was seen now. Errors: not_member 403.';

CREATE FUNCTION public.claim_deliveries(most integer DEFAULT 10) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  now timestamptz := private.now();
  ready bigint[];
  messages jsonb;
begin
  if not exists (select from private.deliveries d where d.state in ('due', 'sending') and d.next_at <= now) then
    return '[]'::jsonb;
  end if;
  update private.deliveries d set state = case h.kind when 'generic' then 'dead' else 'unsure' end, error = 'sender_vanished'
  from private.hooks h
  where h.id = d.hook_id and d.state = 'sending' and d.next_at <= now and (h.kind <> 'generic' or d.tries >= 8);

  -- a hook is one sender's alone while it claims
  select array_agg(o.id) into ready from (
    select h.id from private.hooks h
    where h.active and coalesce(h.rests_until, '-infinity') <= now
      and exists (select from private.deliveries d where d.hook_id = h.id and d.state in ('due', 'sending') and d.next_at <= now)
    order by h.rests_until nulls first, h.id limit least(greatest(most, 1), 20)
    for no key update skip locked) o;

  with open as materialized (
    select h.id, h.kind, gen_random_uuid() as claim from private.hooks h
    where h.id = any (ready)
      and (h.kind = 'generic' or not exists (select from private.deliveries d where d.hook_id = h.id and d.state = 'sending'))
  ), taken as materialized (
    select d.id, o.kind, case o.kind when 'generic' then gen_random_uuid() else o.claim end as claim
    from open o, lateral (
      select w.id from private.deliveries w where w.hook_id = o.id and w.state in ('due', 'sending') and w.next_at <= now
      order by w.notice_id limit case o.kind when 'generic' then 10 else 15 end for update of w skip locked) d
  ), rested as (
    update private.hooks h set rests_until = now + interval '3.5 seconds'
    from open o where o.id = h.id and o.kind <> 'generic' and exists (select from taken t where t.claim = o.claim)
  ), marked as (
    update private.deliveries d set state = 'sending', tries = d.tries + 1, next_at = now + interval '2 minutes', claim = t.claim
    from taken t where d.id = t.id returning d
  ), grouped as (
    select (m.d).claim, (m.d).hook_id, jsonb_agg(private.delivery_words(m.d) order by (m.d).notice_id) as notices from marked m group by 1, 2
  )
  select coalesce(jsonb_agg(jsonb_build_object('claim', m.claim, 'kind', h.kind, 'url', h.url, 'secret', h.secret, 'notices', m.notices)), '[]') into messages
  from grouped m join private.hooks h on h.id = m.hook_id;
  return messages;
end
$$;

COMMENT ON FUNCTION public.claim_deliveries(most integer) IS 'For the sender, with the service key: messages to send now, of `most` hooks, [{claim, kind, url, secret, notices: [{id, notice, at, number, courtyard, category, state, due_at, office}]}]; number and state are null where it is about an archive. A robot''s message holds several notices, a generic one a single. Each is settled by settle_claim within two minutes.';

CREATE FUNCTION public.claim_photo_removals(most integer DEFAULT 50) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(array_agg(r.path), '{}') from (select p.path from private.photos_to_remove p order by p.since limit least(most, 500)) r
$$;

COMMENT ON FUNCTION public.claim_photo_removals(most integer) IS 'With the service key: paths in issue-photos to remove from Storage; settle_photo_removals says which are gone.';

CREATE FUNCTION public.claim_pushes(most integer DEFAULT 20) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  claimed jsonb;
begin
  with taken as (
    select p.id from private.pushes p where p.next_at <= private.now() order by p.next_at limit least(greatest(most, 1), 100) for update skip locked
  ), marked as (
    update private.pushes p set tries = p.tries + 1, again = false, next_at = private.now() + interval '2 minutes' from taken t where p.id = t.id returning p.*
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth, 'number', i.number)), '[]')
  into claimed
  from marked m join private.push_subscriptions s on s.id = m.subscription_id join public.issues i on i.id = s.issue_id;
  return claimed;
end
$$;

COMMENT ON FUNCTION public.claim_pushes(most integer) IS 'For the sender, with the service key: pushes to send now [{id, endpoint, p256dh, auth, number}]; each settled within two minutes.';

CREATE FUNCTION public.clock_board(topic text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  now timestamptz := private.now();
  own bigint;
begin
  perform private.check_topic(topic);
  own := split_part(topic, ':', 2)::bigint;
  return (
    with clocks as materialized (
      select c.issue_id, c.warn_at, c.due_at, c.area_id, c.department_id, i.number, i.what, i.courtyard_id,
        case c.clock when 'step' then i.step else split_part(c.clock, ':', 1) end as clock,
        coalesce(d.name, a.name) as office,
        case when d.id is not null then 'department' when a.level = 'grid' then 'courtyard' else a.level end as level,
        -- a letter has no warning of its own: its last day counts as one
        coalesce(c.warn_at, c.due_at - interval '1 day') <= now as warned
      from public.running_clocks c
      join public.issues i on i.id = c.issue_id
      left join public.areas a on a.id = c.area_id
      left join public.departments d on d.id = c.department_id
      where case when topic like 'department:%' then c.department_id = own else own in (i.street_id, i.community_id, i.grid_id) end
    ), next as (
      select * from clocks order by due_at, issue_id limit 200
    )
    select jsonb_build_object(
      'at', now,
      'offices', (
        select coalesce(jsonb_agg(to_jsonb(o) order by o.late desc, o.soon desc, o.running desc, o.office, o.step), '[]') from (
          select office, level, area_id, department_id, clock as step, count(*) as running,
            count(*) filter (where warned and due_at > now) as soon, count(*) filter (where due_at <= now) as late
          from clocks group by 1, 2, 3, 4, 5) o),
      'next', (
        select coalesce(jsonb_agg(jsonb_build_object('issue_id', n.issue_id, 'number', n.number, 'what', n.what, 'courtyard', y.name,
          'clock', n.clock, 'office', n.office, 'warn_at', n.warn_at, 'due_at', n.due_at) order by n.due_at, n.issue_id), '[]')
        from next n left join public.courtyards y on y.id = n.courtyard_id)));
end
$$;

COMMENT ON FUNCTION public.clock_board(topic text) IS 'The running clocks of `topic` (area:<id>; department:<id>: its own): {at, offices: [{office, level, area_id, department_id, step, running, soon, late}], next: the 200 due first [{issue_id, number, what, courtyard, clock, office, warn_at, due_at}]}. step and clock: accept, dispatch, handle, verify, task or letter; soon: warned and not late yet. Paused clocks do not run. Errors: topic_not_allowed 403.';

CREATE FUNCTION public.confirm_profile(courtyard_id bigint, quarter text, version integer, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.begin_round(confirm_profile.courtyard_id, confirm_profile.quarter, 'confirm');
  perform private.check_profile(private.profile_of(yard.id, confirm_profile.quarter), confirm_profile.version, '{submitted}');
  perform private.take_over(yard.id, confirm_profile.quarter);
  perform private.log_archive(yard.id, 'profile', confirm_profile.quarter, 'confirmed');
  perform private.tell_archives(private.derive_labels() || yard.id);
  return private.keep_answer(request_id, jsonb_build_object('state', 'confirmed', 'version', (private.profile_of(yard.id, confirm_profile.quarter)).version));
end
$$;

COMMENT ON FUNCTION public.confirm_profile(courtyard_id bigint, quarter text, version integer, request_id uuid) IS 'The street takes a submitted profile as true: it becomes the yard''s archive, and the labels that rest on it are derived again. Returns {state, version}. Errors: courtyard_unknown 404, round_not_allowed 403, round_closed, profile_state, stale_version 409.';

CREATE FUNCTION public.correct_my_data(key text, name text, address text, phone text DEFAULT NULL::text, helper text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues := private.issue_of_key(key);
begin
  update private.reporters r set name = private.field('name', correct_my_data.name, 40, true), address = private.field('address', correct_my_data.address, 100, true),
    phone = private.field('phone', correct_my_data.phone, 30), helper = private.field('helper', correct_my_data.helper, 60)
  where r.issue_id = issue.id and r.forgotten_at is null;
  if not found then
    perform private.fail(409, 'data_forgotten', '{}', 'They were deleted before.');
  end if;
  return public.my_data(key);
end
$$;

COMMENT ON FUNCTION public.correct_my_data(key text, name text, address text, phone text, helper text) IS 'The resident corrects what is kept of them. Returns as my_data. Errors: track_unknown 404, data_forgotten 409, field_missing, field_too_long 422.';

CREATE FUNCTION public.count_scan(code text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  insert into private.code_scans as s (code, day, scans)
  select c.code, (private.now() at time zone 'Asia/Shanghai')::date, 1
  from public.courtyard_codes c where c.code = private.plain_code(count_scan.code) and c.revoked_at is null
  on conflict (code, day) do update set scans = s.scans + 1
$$;

COMMENT ON FUNCTION public.count_scan(code text) IS 'Counts one opening of a code''s page today. The page calls it once a visit; nothing about the caller is kept. No errors.';

CREATE FUNCTION public.courtyard_archive(courtyard_id bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

COMMENT ON FUNCTION public.courtyard_archive(courtyard_id bigint) IS 'The archive of one courtyard as far as the caller may see it: {courtyard_id, quarter, modules: [{code, name, name_en, fields: [{code, name, name_en, unit, unit_en, type, value, options, derived, sensitivity, verified_at, verified_by, due}]}], labels: [{…, reason, evidence, since, expires_at, derived}], resources, hazards, contacts: [{role, role_name, role_name_en, name, phone_masked}]}. Errors: courtyard_unknown 404.';

CREATE FUNCTION public.courtyard_card(courtyard_id bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  card jsonb;
begin
  select jsonb_build_object(
    'id', c.id, 'name', c.name, 'name_en', c.name_en, 'address', c.address, 'kind', c.kind, 'invented', c.invented, 'area_m2', c.area_m2,
    'community', private.office_name(c.community_id, null),
    'grid', private.office_name(c.grid_id, null),
    'codes', (select jsonb_agg(jsonb_build_object('code', k.code, 'place', k.place)) from public.courtyard_codes k
      where k.courtyard_id = c.id and k.revoked_at is null)) into card
  from public.courtyards c where c.id = courtyard_card.courtyard_id;
  if card is null then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the map.');
  end if;
  return card || jsonb_build_object(
    'open', (select coalesce(jsonb_agg(to_jsonb(i) order by i.late desc, i.due_at), '[]') from public.issue_cards i
      where i.courtyard_id = courtyard_card.courtyard_id and i.state in ('submitted', 'handling', 'resolved')),
    'recent', (select coalesce(jsonb_agg(to_jsonb(i)), '[]') from (
      select * from public.issue_cards i where i.courtyard_id = courtyard_card.courtyard_id
        and i.state in ('closed', 'declined', 'merged', 'withdrawn') order by i.updated_at desc limit 5) i),
    'counts', (select jsonb_build_object(
        'open', count(*) filter (where i.state in ('submitted', 'handling', 'resolved')),
        'late', count(*) filter (where i.late),
        'closed_90d', count(*) filter (where i.state = 'closed' and i.updated_at > private.now() - interval '90 days'))
      from public.issue_cards i where i.courtyard_id = courtyard_card.courtyard_id));
end
$$;

COMMENT ON FUNCTION public.courtyard_card(courtyard_id bigint) IS 'A courtyard with its open issues, the last five that ended, and counts. codes: for the administrator only. Errors: courtyard_unknown 404.';

CREATE FUNCTION public.courtyard_facts(topic text) RETURNS json
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

COMMENT ON FUNCTION public.courtyard_facts(topic text) IS 'What the map draws of the archives of `topic`, as columns in the order of the courtyards'' ids: {quarter, seq (the number of the last archive message), courtyard_id, freshness (confirmed|submitted|drafted|due|stale), verified_at (epoch s), fields: {code: [number|null]} (those drawn on the map that the caller may see), labels: [[label id]], label_list}. Errors: topic_not_allowed 403.';

CREATE FUNCTION public.courtyard_shape(courtyard_id bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street constant bigint := private.begin_drawing();
begin
  if not exists (select from public.courtyards c where c.id = courtyard_shape.courtyard_id and c.street_id = street) then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the map.');
  end if;
  return private.drawn_json(courtyard_id);
end
$$;

COMMENT ON FUNCTION public.courtyard_shape(courtyard_id bigint) IS 'A yard as it is drawn on: outline in full precision, version, grid. Errors: not_signed_in 401, drawing_not_allowed 403, courtyard_unknown 404.';

CREATE FUNCTION public.courtyard_story(courtyard_id bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards;
begin
  select c.* into yard from public.courtyards c where c.id = courtyard_story.courtyard_id;
  if yard.id is null or not yard.community_id = any (private.my_community_ids()) then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Reload the map.');
  end if;
  return jsonb_build_object(
    'id', yard.id, 'name', yard.name, 'version', yard.version, 'ended_at', yard.ended_at,
    'living', private.living_courtyard(yard.id),
    'came_from', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'ended_at', c.ended_at) order by c.id), '[]')
      from public.courtyard_successors s join public.courtyards c on c.id = s.courtyard_id where s.successor_id = yard.id),
    'went_to', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'heir', s.heir) order by s.heir desc, c.id), '[]')
      from public.courtyard_successors s join public.courtyards c on c.id = s.successor_id where s.courtyard_id = yard.id),
    'history', (select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'action', h.action, 'by', p.name, 'before', h.before, 'followed', h.followed,
        'outline', extensions.st_asgeojson(h.geom_before, 6)::jsonb) order by h.id desc), '[]')
      from private.courtyard_history h left join public.people p on p.id = h.person_id where h.courtyard_id = yard.id));
end
$$;

COMMENT ON FUNCTION public.courtyard_story(courtyard_id bigint) IS 'What became of a yard''s ground: the yards it came from, those it went to, the one that stands for it now (living), and each change with the outline before it. Errors: courtyard_unknown 404.';

CREATE FUNCTION public.courtyard_visits(courtyard_id bigint) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'quarter', private.quarter_of(private.now()),
    'households', coalesce(sum(v.households) filter (where v.kind = 'household' and v.visited_on >= private.quarter_start(private.quarter_of(private.now()))), 0),
    'visits', coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'kind', v.kind, 'visited_on', v.visited_on, 'households', v.households,
      'by', (select p.name from public.people p where p.id = v.person_id)) order by v.visited_on desc, v.id desc) filter (where v.place <= 20), '[]'))
  from (
    select v.*, row_number() over (order by v.visited_on desc, v.id desc) as place from public.visits v
    where v.courtyard_id = courtyard_visits.courtyard_id and v.taken_back_at is null) v
$$;

COMMENT ON FUNCTION public.courtyard_visits(courtyard_id bigint) IS 'The visits to a yard as far as the caller may see them: {quarter, households (homes of household visits this quarter), visits: [{id, kind, visited_on, households, by}] (the newest 20)}. No errors: of a yard one does not read there are none.';

CREATE FUNCTION public.dead_letters() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'hook', h.name, 'state', d.state, 'tries', d.tries, 'error', d.error,
    'notice', coalesce(n.kind, 'step'), 'at', coalesce(n.at, e.at), 'number', coalesce(i.number, y.name, private.office_name(n.area_id, n.department_id)))
    order by coalesce(n.at, e.at) desc), '[]')
  from private.deliveries d
  join private.hooks h on h.id = d.hook_id and h.street_id = private.administered_street()
  left join public.notices n on n.id = d.notice_id
  left join public.issue_events e on e.issue_id = d.step_of and e.seq = d.seq
  left join public.issues i on i.id = coalesce(d.issue_id, n.issue_id)
  left join public.courtyards y on y.id = n.courtyard_id
  where d.state in ('dead', 'unsure')
$$;

COMMENT ON FUNCTION public.dead_letters() IS 'Deliveries given up, or of which nobody knows whether they arrived. Errors: admin_only 403.';

CREATE FUNCTION public.decide_held(id bigint, restore boolean) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  held private.held_reports;
  yard public.courtyards;
  made public.issues;
  said jsonb;
begin
  select h.* into held from private.held_reports h where h.id = decide_held.id for update;
  if held.id is null or not private.decides_held(held) then
    perform private.fail(404, 'held_unknown', '{}', 'Reload the list.');
  end if;
  if held.issue_id is not null then
    return jsonb_build_object('number', (select i.number from public.issues i where i.id = held.issue_id));
  end if;
  said := held.report;
  if restore and said = '{}' then
    perform private.fail(409, 'held_forgotten', '{}', 'Its words were forgotten 30 days after it was put aside.');
  end if;
  if restore then
    select c.* into yard from public.courtyards c where c.id = held.courtyard_id;
    made := private.file_report(yard, held.id::text, held.body_hash, said ->> 'what', said ->> 'name', said ->> 'address', said ->> 'place', said ->> 'phone',
      said ->> 'category', (said ->> 'lng')::double precision, (said ->> 'lat')::double precision, 0, said ->> 'lang');
    -- only the key's hash was kept: the resident's link works from the first minute
    update private.reporters r set key_hash = held.key_hash, helper = said ->> 'helper', phone_mark = said ->> 'phone_mark' where r.issue_id = made.id;
  end if;
  update private.held_reports h set decided_at = private.now(), decided_by = auth.uid(), issue_id = made.id,
    report = case when restore then '{}' else h.report end
  where h.id = held.id;
  return jsonb_build_object('number', made.number);
end
$$;

COMMENT ON FUNCTION public.decide_held(id bigint, restore boolean) IS 'Restores a held report, which becomes an issue as if it had just come, or puts it aside; what was put aside can be restored for 30 days. Returns {number}. Errors: held_unknown 404, held_forgotten 409.';

CREATE FUNCTION public.delete_filter(id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  gone public.saved_filters := private.own_filter(delete_filter.id);
begin
  delete from public.saved_filters f where f.id = gone.id;
end
$$;

COMMENT ON FUNCTION public.delete_filter(id bigint) IS 'Removes a kept filter of the caller, or a shared one as the street''s administrator. Errors: filter_unknown 404, filter_not_own 403.';

CREATE FUNCTION public.export_archive(topic text, purpose text) RETURNS json
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  most constant integer := 1000;
  why text := private.field('purpose', export_archive.purpose, 100, true);
  now timestamptz := private.now();
  columns text[];
  made private.archive_exports;
  rows json;
begin
  perform private.check_topic(topic);
  if (select count(*) from private.archive_exports e where e.person_id = auth.uid() and e.at > now - interval '1 day') >= 30 then
    perform private.fail(429, 'too_many_exports', '{"max":30}', 'Ask again tomorrow, or use what was exported today.');
  end if;
  select array_agg(f.code order by m.sort, f.sort, f.code) into columns from public.archive_fields f join public.archive_modules m on m.code = f.module
  where f.active and private.sensitivity_rank(f.sensitivity) <= (select max(y.clearance) from private.yards_of_topic(topic) y);
  select json_agg(r.cells order by r.id) into rows from (
    select c.id, (select json_agg(cell order by n) from (
      select n, to_json(head) as cell from unnest(array[c.code, c.name, c.address, k.name]) with ordinality h (head, n)
      union all
      select 4 + u.n, case when private.sensitivity_rank(f.sensitivity) > y.clearance then null
        when f.type = 'phone' then to_json(private.masked_phone(a.facts ->> f.code)) else (a.facts -> f.code)::json end
      from unnest(columns) with ordinality u (code, n) join public.archive_fields f on f.code = u.code) cells) as cells
    from private.yards_of_topic(topic) y join public.courtyards c on c.id = y.courtyard_id join public.areas k on k.id = c.community_id
    left join private.archives a on a.courtyard_id = c.id
    order by c.id limit most) r;
  insert into private.archive_exports (at, person_id, topic, purpose, yards, fields)
  values (now, auth.uid(), topic, why, coalesce(json_array_length(rows), 0), coalesce(columns, '{}')) returning * into made;
  return json_build_object('number', made.id, 'at', now, 'by', (select p.name from public.people p where p.id = auth.uid()),
    'watermark', format('数字院落 · %s · %s · 第%s号 · %s', (select p.name from public.people p where p.id = auth.uid()), to_char(now at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'), made.id, why),
    'capped', (select count(*) from private.yards_of_topic(topic)) > most,
    'columns', (select coalesce(json_agg(json_build_object('code', f.code, 'name', f.name, 'name_en', f.name_en, 'unit', f.unit, 'type', f.type, 'options', f.options, 'module', f.module,
      'low', f.low, 'high', f.high, 'note', f.note, 'derived', f.formula is not null, 'sensitivity', f.sensitivity) order by u.n), '[]')
      from unnest(columns) with ordinality u (code, n) join public.archive_fields f on f.code = u.code),
    'rows', coalesce(rows, '[]'));
end
$$;

COMMENT ON FUNCTION public.export_archive(topic text, purpose text) IS 'The archives of `topic` as far as the caller may see them, for a purpose that is logged: {number, at, by, watermark (a line to print on every sheet), capped (more than 1000 yards), columns: [{code, name, …}], rows: [[code, name, address, community, value …]]}; phones are masked. Errors: topic_not_allowed 403, field_missing, field_too_long 422, too_many_exports 429.';

CREATE FUNCTION public.export_courtyards(ids bigint[], format text, reason text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  seen bigint[];
  mark jsonb;
begin
  perform private.check_export((select count(distinct id)::integer from unnest(ids) id));
  select coalesce(array_agg(c.id order by c.id), '{}') into seen from public.courtyards c where c.id = any (ids) and c.ended_at is null;
  perform private.check_export(cardinality(seen));
  mark := private.begin_export('courtyards', seen, format, reason);
  return mark || jsonb_build_object('rows', (
    select jsonb_agg(jsonb_build_object(
      'code', c.code, 'name', private.plain_cell(c.name), 'name_en', private.plain_cell(c.name_en), 'address', private.plain_cell(c.address), 'kind', c.kind,
      'community', private.office_name(c.community_id, null), 'grid', private.office_name(c.grid_id, null), 'area_m2', c.area_m2,
      'open', (select count(*) from public.issues i where i.courtyard_id = c.id and i.state in ('submitted', 'handling', 'resolved')),
      'lng', round(extensions.st_x(c.point)::numeric, 6), 'lat', round(extensions.st_y(c.point)::numeric, 6))
      || case when export_courtyards.format = 'geojson' then jsonb_build_object('outline', extensions.st_asgeojson(c.geom, 6)::jsonb) else '{}' end order by c.id)
    from public.courtyards c where c.id = any (seen)));
end
$$;

COMMENT ON FUNCTION public.export_courtyards(ids bigint[], format text, reason text) IS 'The living courtyards of these ids that the caller sees, for a file of `format`, for a reason that is logged with them; as GeoJSON with their outlines. At most 5000. Returns {number, by, office, at, reason, rows}. Errors: not_signed_in 401, not_member 403, export_empty, export_too_large {rows, max}, field_missing, field_malformed 422.';

CREATE FUNCTION public.export_issues(ids bigint[], format text, reason text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  seen bigint[];
  mark jsonb;
begin
  perform private.check_export((select count(distinct id)::integer from unnest(ids) id));
  select coalesce(array_agg(i.id order by i.id), '{}') into seen from public.issues i where i.id = any (ids);
  perform private.check_export(cardinality(seen));
  mark := private.begin_export('issues', seen, format, reason);
  return mark || jsonb_build_object('rows', (
    select jsonb_agg(jsonb_build_object(
      'number', c.number, 'state', c.state, 'urgency', c.urgency, 'category', c.category_name, 'category_en', c.category_name_en,
      'what', private.plain_cell(private.masked_words(c.what)), 'place', private.plain_cell(private.masked_words(c.place)),
      'community', c.community, 'courtyard', private.plain_cell(c.courtyard), 'holder', c.holder, 'step', c.step, 'due_at', c.due_at, 'late', c.late,
      'created_at', c.created_at, 'ended_at', i.ended_at, 'answered', i.answered,
      'lng', round(extensions.st_x(i.point)::numeric, 6), 'lat', round(extensions.st_y(i.point)::numeric, 6)) order by c.id)
    from public.issue_cards c join public.issues i on i.id = c.id where c.id = any (seen)));
end
$$;

COMMENT ON FUNCTION public.export_issues(ids bigint[], format text, reason text) IS 'The issues of these ids that the caller sees, for a file of `format` (geojson, csv, xlsx), for a reason that is logged with them. No reporter; phone and identity numbers in the words are masked; no cell is a formula. At most 5000. Returns {number, by, office, at, reason, rows}. Errors: not_signed_in 401, not_member 403, export_empty, export_too_large {rows, max}, field_missing, field_malformed 422.';

CREATE FUNCTION public.export_log(most integer DEFAULT 200) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if not exists (select from private.my_memberships() m where m.role in ('admin', 'street_leader')) then
    perform private.fail(403, 'admin_only', '{}', 'Ask the street''s administrator.');
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('number', e.id, 'at', e.at, 'by', e.name, 'topic', e.topic, 'purpose', e.purpose, 'yards', e.yards) order by e.id desc), '[]')
    from (select x.*, p.name from private.archive_exports x join public.people p on p.id = x.person_id and p.street_id = any (private.my_street_ids())
      order by x.id desc limit least(greatest(coalesce(most, 200), 1), 1000)) e);
end
$$;

COMMENT ON FUNCTION public.export_log(most integer) IS 'For the administrator and the leaders: who exported archives, when and what for, the newest first: [{number, at, by, topic, purpose, yards}]. Errors: admin_only 403.';

CREATE FUNCTION public.fetch_parcel(name text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  found_parcel text;
begin
  delete from private.parcels p where fetch_parcel.name ~ '^[0-9a-f]{64}$' and p.name = decode(fetch_parcel.name, 'hex') and p.until > private.now()
  returning p.sealed into found_parcel;
  if found_parcel is null then
    perform private.fail(404, 'parcel_unknown', '{}', 'Make a new code on the other phone: each is good once, for ten minutes.');
  end if;
  return found_parcel;
end
$_$;

COMMENT ON FUNCTION public.fetch_parcel(name text) IS 'Fetches what another phone left, once. Errors: parcel_unknown 404.';

CREATE FUNCTION public.field_history(code text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object('version', v.version, 'at', v.at, 'definition', v.definition) order by v.version desc), '[]')
  from private.field_versions v where v.code = field_history.code and exists (select from private.my_memberships())
$$;

COMMENT ON FUNCTION public.field_history(code text) IS 'Every definition a field had, the newest first: [{version, at, definition}].';

CREATE FUNCTION public.follow_by_push(key text, endpoint text, p256dh text, auth text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues := private.issue_of_key(key);
begin
  if not private.is_push_address(endpoint) then
    perform private.fail(422, 'field_malformed', '{"field":"endpoint"}', 'Whoever runs this server lists the push services it asks.');
  end if;
  if (select count(*) from private.push_subscriptions s where s.issue_id = issue.id and s.endpoint <> follow_by_push.endpoint) >= 5 then
    delete from private.push_subscriptions s where s.id = (select min(o.id) from private.push_subscriptions o where o.issue_id = issue.id);
  end if;
  insert into private.push_subscriptions as s (issue_id, endpoint, p256dh, auth) values (issue.id, follow_by_push.endpoint, follow_by_push.p256dh, follow_by_push.auth)
  on conflict on constraint push_subscriptions_issue_id_endpoint_key do update set p256dh = excluded.p256dh, auth = excluded.auth;
exception when check_violation then
  perform private.fail(422, 'field_malformed', '{"field":"endpoint"}', 'The browser gave an address that is none.');
end
$$;

COMMENT ON FUNCTION public.follow_by_push(key text, endpoint text, p256dh text, auth text) IS 'This phone wants to hear of the report by web push. Errors: track_unknown 404, field_malformed 422.';

CREATE FUNCTION public.forget_me(key text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues := private.issue_of_key(key);
begin
  with gone as (delete from public.issue_photos p where p.issue_id = issue.id and p.by_resident returning p.path)
  insert into private.photos_to_remove (path, since) select g.path, private.now() from gone g on conflict do nothing;
  update private.reporters r set name = null, address = null, phone = null, helper = null, phone_mark = null, forgotten_at = coalesce(r.forgotten_at, private.now())
  where r.issue_id = issue.id;
  -- what is left is the matter itself, without the words and the household
  update public.issues i set place = private.public_place(i.place), what = (select k.name from public.categories k where k.code = i.category)
  where i.id = issue.id;
  return public.track_issue(key);
end
$$;

COMMENT ON FUNCTION public.forget_me(key text) IS 'Deletes the resident''s name, address, phone, words and photos of this report for good; the matter stays, by its category and building. Returns as track_issue. Errors: track_unknown 404.';

CREATE FUNCTION public.give_label(courtyard_id bigint, label text, reason text, expires_on date DEFAULT NULL::date, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  given public.labels;
  why text := private.field('reason', give_label.reason, 200, true);
  now timestamptz := private.now();
begin
  if answer is not null then
    return answer;
  end if;
  given := private.begin_label(give_label.courtyard_id, give_label.label);
  if expires_on <= (now at time zone 'Asia/Shanghai')::date or expires_on > (now + interval '10 years')::date then
    perform private.fail(422, 'date_past', '{"field":"expires_on"}', 'Choose a day to come.');
  elsif exists (select from private.courtyard_labels c where c.courtyard_id = give_label.courtyard_id and c.label_id = given.id and c.ended_at is null) then
    perform private.fail(409, 'label_worn', jsonb_build_object('label', given.code), 'The yard has this label; take it first to give it anew.');
  end if;
  insert into private.courtyard_labels (courtyard_id, label_id, derived, reason, since, expires_at, person_id)
  values (give_label.courtyard_id, given.id, false, why, now,
    coalesce((expires_on + time '00:00') at time zone 'Asia/Shanghai', now + make_interval(days => given.days)), auth.uid());
  perform private.log_archive(give_label.courtyard_id, 'label', given.id::text, 'given', jsonb_build_object('reason', why));
  perform private.tell_archives(array[give_label.courtyard_id]);
  return private.keep_answer(request_id, jsonb_build_object('labels', private.my_labels_of(give_label.courtyard_id)));
end
$$;

COMMENT ON FUNCTION public.give_label(courtyard_id bigint, label text, reason text, expires_on date, request_id uuid) IS 'Gives a yard a label by hand, with a reason, until a day (default: as long as the label lasts). Returns {labels}. Errors: courtyard_unknown, label_unknown 404, label_not_allowed 403, label_worn 409, field_missing, field_too_long, date_past 422.';

CREATE FUNCTION public.guard_settings() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select jsonb_build_object('proof', g.proof, 'words', g.words, 'hold_links', g.hold_links,
    'held', (select count(*) from private.held_reports h where h.street_id = s.id and h.decided_at is null),
    'last_hour', (select coalesce(sum(r.reports), 0) from private.rates r where r.who = 'street:' || s.id and r.minute > private.now() - interval '1 hour'))
  from (select private.administered_street() as id) s, private.guard_of(s.id) g
$$;

COMMENT ON FUNCTION public.guard_settings() IS 'How the administrator''s street meets a flood: proof (off, busy, flood), words, hold_links; held: reports to decide; last_hour: reports. Errors: admin_only 403.';

CREATE FUNCTION public.hand_over(from_person uuid, to_person uuid, leaves boolean DEFAULT true) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street bigint := private.begin_setting();
  grids bigint[];
  yards bigint[];
begin
  perform from public.people p where p.id in (from_person, to_person) order by p.id for update;
  if from_person = to_person or (select count(*) from public.people p where p.id in (from_person, to_person) and p.street_id = street and p.left_at is null) <> 2 then
    perform private.fail(422, 'person_unknown', '{}', 'Choose two people who work in this street.');
  elsif exists (select from public.memberships m where m.person_id = from_person and m.role = 'admin') then
    perform private.fail(409, 'admin_stays', '{}', 'Make the other one administrator first.');
  end if;
  grids := array(select m.area_id from public.memberships m where m.person_id = from_person and m.role = 'grid_worker');
  insert into public.memberships (person_id, role, area_id, department_id)
  select to_person, m.role, m.area_id, m.department_id from public.memberships m where m.person_id = from_person
  on conflict do nothing;
  delete from public.memberships m where m.person_id = from_person;
  update private.microgrid_workers w set person_id = to_person, name = (select p.name from public.people p where p.id = to_person) where w.person_id = from_person;
  yards := array(select c.id from public.courtyards c where c.grid_id = any (grids)
    union select w.courtyard_id from private.microgrid_workers w where w.person_id = to_person);
  if leaves then
    update public.people p set left_at = private.now() where p.id = from_person;
  end if;
  insert into private.archive_events (at, courtyard_id, subject, key, action, person_id, office_area_id, payload)
  select private.now(), yard, 'worker', 'hand_over', 'handed_over', auth.uid(), street, jsonb_build_object('from', from_person, 'to', to_person) from unnest(yards) yard;
  return jsonb_build_object('grids', to_jsonb(grids), 'yards', cardinality(yards), 'left', leaves);
end
$$;

COMMENT ON FUNCTION public.hand_over(from_person uuid, to_person uuid, leaves boolean) IS 'Moves everything of one person to another in one step: their offices (what those hold stays with them) and the yards they are micro-grid worker of; leaves: the first one works here no more. Returns {grids, yards, left}. Errors: admin_only 403, person_unknown 422, admin_stays 409.';

CREATE FUNCTION public.history_check() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select to_jsonb(c) from private.history_checks c
  where exists (select from private.my_memberships() m where m.role in ('admin', 'street_leader')) order by c.at desc limit 1
$$;

COMMENT ON FUNCTION public.history_check() IS 'For leaders and the administrator: when the history was last compared with the issues, and the ids that differed.';

CREATE FUNCTION public.import_courtyards(rows jsonb, dry_run boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street bigint := private.import_street();
  input jsonb;
  judged private.import_row;
  report jsonb[] := array[]::jsonb[];
  twice text[];
  totals jsonb := '{"added":0,"changed":0,"same":0,"refused":0}'::jsonb;
begin
  if jsonb_typeof(rows) is distinct from 'array' then
    perform private.fail(422, 'rows_malformed', '{}', 'Send an array of rows.');
  end if;
  select coalesce(array_agg(address), '{}') into twice from (
    select private.clean(r ->> 'address') as address from jsonb_array_elements(rows) r group by 1 having count(*) > 1) repeated;
  begin
    for input in select value from jsonb_array_elements(rows) loop
      judged := private.judge_row(street, input, twice);
      perform private.take_row(judged);
      totals := jsonb_set(totals, array[judged.outcome], to_jsonb((totals ->> judged.outcome)::integer + 1));
      report := report || jsonb_build_object('row', judged.line, 'outcome', judged.outcome, 'reason', judged.reason, 'detail', judged.detail);
    end loop;
    if dry_run or (totals ->> 'refused')::integer > 0 then
      raise exception using errcode = 'PTDRY', message = 'nothing_written';
    end if;
  exception when sqlstate 'PTDRY' then
    null;
  end;
  return totals || jsonb_build_object('rows', to_jsonb(report), 'written', not dry_run and totals -> 'refused' = '0');
end
$$;

COMMENT ON FUNCTION public.import_courtyards(rows jsonb, dry_run boolean) IS 'Takes courtyards [{row, name, address, community, geometry (GeoJSON, WGS-84), kind?, external_id?}], all or nothing; dry_run writes nothing. Returns {added, changed, same, refused, written, rows: [{row, outcome, reason, detail}]}. A row is known again by external_id, else by address. Reasons: name_missing, address_missing, too_long, kind_unknown, community_unknown, geometry_bad, outside_street, grid_missing, twice_in_file, duplicate. Errors: import_not_allowed 403, rows_malformed 422.';

CREATE FUNCTION public.import_profiles(rows jsonb, dry_run boolean DEFAULT true, verified boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  input jsonb;
  yard public.courtyards;
  round text;
  judged jsonb;
  given jsonb;
  cells jsonb := '[]'::jsonb;
  seen bigint[] := array[]::bigint[];
  totals jsonb := '{"yards":0,"changed":0,"same":0,"refused":0}'::jsonb;
  why text;
begin
  if not exists (select from private.my_memberships() m where m.role = 'community_staff') then
    perform private.fail(403, 'round_not_allowed', '{}', 'The community imports into its own yards.');
  elsif jsonb_typeof(rows) is distinct from 'array' or jsonb_array_length(rows) > 2000 then
    perform private.fail(422, 'rows_malformed', '{"max":2000}', 'Send an array of rows.');
  end if;
  begin
    for input in select value from jsonb_array_elements(rows) loop
      yard := null;
      select c.* into yard from public.courtyards c join private.my_memberships() m on m.role = 'community_staff' and m.area_id = c.community_id
      where jsonb_typeof(input) = 'object' and private.clean(input ->> 'courtyard') in (c.code, c.address) limit 1;
      round := private.open_quarter(yard.street_id);
      why := case when yard.id is null then 'courtyard_unknown' when yard.id = any (seen) then 'twice_in_file' when round is null then 'round_closed'
        when jsonb_typeof(input -> 'values') is distinct from 'object' then 'row_malformed'
        when exists (select from private.profiles p where p.courtyard_id = yard.id and p.quarter = round and p.state <> 'drafted') then 'profile_submitted' end;
      if why is not null then
        judged := jsonb_build_array(jsonb_build_object('row', input -> 'row', 'code', null, 'outcome', 'refused', 'reason', why));
      else
        select coalesce(jsonb_agg(jsonb_build_object('row', input -> 'row', 'code', j.code, 'outcome', j.outcome, 'reason', j.reason, 'before', j.before, 'after', j.after)), '[]') into judged
        from private.judge_cells(yard, round, input -> 'values') j;
        seen := seen || yard.id;
        select jsonb_object_agg(j ->> 'code', jsonb_build_object('value', j -> 'after', 'base', coalesce(d.version, 0))) into given
        from jsonb_array_elements(judged) j join public.archive_fields f on f.code = j ->> 'code' and f.formula is null
        left join private.drafts d on d.courtyard_id = yard.id and d.quarter = round and d.code = f.code
        where j ->> 'outcome' = 'changed' or verified and j ->> 'outcome' = 'same';
        if given is not null then
          insert into private.profiles as p (courtyard_id, quarter, state) values (yard.id, round, 'drafted')
          on conflict (courtyard_id, quarter) do update set version = p.version + 1;
          perform private.take_draft(yard.id, round, given);
          perform private.log_archive(yard.id, 'profile', round, 'imported');
          totals := jsonb_set(totals, '{yards}', to_jsonb((totals ->> 'yards')::integer + 1));
        end if;
      end if;
      select totals || jsonb_build_object('changed', (totals ->> 'changed')::integer + count(*) filter (where j ->> 'outcome' = 'changed'),
        'same', (totals ->> 'same')::integer + count(*) filter (where j ->> 'outcome' = 'same'), 'refused', (totals ->> 'refused')::integer + count(*) filter (where j ->> 'outcome' = 'refused'))
      into totals from jsonb_array_elements(judged) j;
      cells := cells || (select coalesce(jsonb_agg(j), '[]') from jsonb_array_elements(judged) j where j ->> 'outcome' <> 'same');
    end loop;
    if coalesce(dry_run, true) or totals -> 'refused' <> '0' then
      raise exception using errcode = 'PTDRY', message = 'nothing_written';
    end if;
    perform private.tell_archives(seen);
  exception when sqlstate 'PTDRY' then
    null;
  end;
  return totals || jsonb_build_object('written', not coalesce(dry_run, true) and totals -> 'refused' = '0', 'cells', cells);
end
$$;

COMMENT ON FUNCTION public.import_profiles(rows jsonb, dry_run boolean, verified boolean) IS 'Takes answers of the open round from a file into the drafts of the community''s yards, all or nothing: rows [{row, courtyard (code or address), values: {code: as typed}}], at most 2000; dry_run writes nothing; verified: values that stay the same count as verified. Empty cells say nothing. Returns {yards, changed, same, refused, written, cells: [{row, code, outcome (changed|refused), reason, before, after}]}. Reasons: courtyard_unknown, twice_in_file, round_closed, row_malformed, profile_submitted, field_unknown, value_refused, drafted_meanwhile. Errors: round_not_allowed 403, rows_malformed 422.';

CREATE FUNCTION public.issue_detail(issue_id bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  card jsonb;
begin
  select to_jsonb(c) || jsonb_build_object(
    'point', extensions.st_asgeojson(i.point, 6)::jsonb -> 'coordinates',
    'address', y.address,
    'first_owner', private.office_name(i.first_owner_area_id, i.first_owner_department_id),
    'promised_at', i.promised_at,
    'lead_department_id', k.department_id,
    'returns', i.returns,
    'reopened', i.reopened,
    'asked', i.asked,
    'merged_into', (select t.number from public.issues t where t.id = i.merged_into),
    'tasks', (select coalesce(jsonb_agg(value || jsonb_build_object('department_id', key::bigint, 'department', private.office_name(null, key::bigint)) order by key), '[]')
      from jsonb_each(i.tasks)),
    'letters', (select coalesce(jsonb_agg(to_jsonb(l) - 'issue_id' - 'event_seq' order by l.id), '[]') from public.letters l where l.issue_id = i.id),
    'answered', i.answered) into card
  from public.issue_cards c
  join public.issues i on i.id = c.id
  join public.categories k on k.code = i.category
  left join public.courtyards y on y.id = i.courtyard_id
  where c.id = issue_detail.issue_id;
  if card is null then
    perform private.fail(404, 'issue_unknown', '{}', 'Reload the list.');
  end if;
  return jsonb_build_object(
    'issue', card,
    'reporter', private.masked_reporter(issue_id),
    'events', private.issue_story(issue_id),
    'photos', (
      select coalesce(jsonb_agg(jsonb_build_object('path', p.path, 'by_resident', p.by_resident) order by p.path), '[]')
      from public.issue_photos p where p.issue_id = issue_detail.issue_id and private.photo_arrived(p.path)),
    'actions', private.open_actions(issue_id));
end
$$;

COMMENT ON FUNCTION public.issue_detail(issue_id bigint) IS 'One issue whole: card, masked reporter, story, photos that arrived, and what the caller may do. Errors: issue_unknown 404.';

CREATE FUNCTION public.issue_history(topic text, since timestamp with time zone, until timestamp with time zone) RETURNS json
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  -- as many as a screen and a line can take at once
  most constant integer := 20000;
  office bigint;
  total integer;
  ids bigint[];
begin
  perform private.check_topic(topic);
  if since is null or until is null or since >= until or not isfinite(since) or not isfinite(until) then
    perform private.fail(422, 'field_malformed', '{"field":"until"}', 'Give a time that ends after it begins.');
  elsif until - since > interval '733 days' then
    perform private.fail(422, 'period_too_long', '{"days":732}', 'Ask for two years at most.');
  end if;
  office := split_part(topic, ':', 2)::bigint;
  -- the street's own index is told apart from a department's; the policy says what may be seen
  if topic like 'department:%' then
    select count(*), (array_agg(f.id order by f.created_at desc, f.id desc))[:most] into total, ids from public.issues f
    where (f.holder_department_id = office or f.assisting @> array[office])
      and f.created_at < issue_history.until and (f.ended_at is null or f.ended_at >= issue_history.since);
  else
    select count(*), (array_agg(f.id order by f.created_at desc, f.id desc))[:most] into total, ids from public.issues f
    where office in (f.street_id, f.community_id, f.grid_id)
      and f.created_at < issue_history.until and (f.ended_at is null or f.ended_at >= issue_history.since);
  end if;
  return json_build_object('topic', topic, 'count', total, 'complete', total <= most, 'issues', private.issue_columns(coalesce(ids, '{}')));
end
$$;

COMMENT ON FUNCTION public.issue_history(topic text, since timestamp with time zone, until timestamp with time zone) IS 'The issues of `topic` that lived between `since` and `until` (not included), as they are now, as columns like map_snapshot''s with ended_at. count: how many there are; complete = false: only the 20,000 reported last are here. Errors: topic_not_allowed 403, field_malformed 422, period_too_long 422 {days}.';

CREATE FUNCTION public.leave_parcel(name text, sealed text) RETURNS timestamp with time zone
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  ends timestamptz := private.now() + interval '10 minutes';
begin
  if leave_parcel.name !~ '^[0-9a-f]{64}$' or char_length(leave_parcel.sealed) not between 1 and 20000 then
    perform private.fail(422, 'field_malformed', '{"field":"sealed"}', 'Seal fewer reports.');
  end if;
  delete from private.parcels p where p.until < private.now();
  insert into private.parcels (name, sealed, until) values (decode(leave_parcel.name, 'hex'), leave_parcel.sealed, ends) on conflict do nothing;
  if not found then
    perform private.fail(409, 'parcel_taken', '{}', 'Make another code.');
  end if;
  return ends;
end
$_$;

COMMENT ON FUNCTION public.leave_parcel(name text, sealed text) IS 'Leaves a sealed list of reports for another phone for ten minutes. name: sha256 of what the code says of where. Returns until when. Errors: parcel_taken 409, field_malformed 422.';

CREATE FUNCTION public.list_base_maps() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(private.base_map_json(b) order by b.id), '[]') from private.base_maps b
  where b.street_id = any ((select private.my_street_ids())::bigint[])
    and (b.active or exists (select from private.my_memberships() m where m.role = 'admin'))
$$;

COMMENT ON FUNCTION public.list_base_maps() IS 'The base maps of the caller''s street besides the built-in one; those that are off for the administrator only: [{id, name, name_en, kind, url, layer, key, hosts, attribution, active, version, tiles (天地图: a list of templates a layer)}].';

CREATE FUNCTION public.list_codes() RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street bigint := private.administered_street();
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('courtyard_id', y.id, 'courtyard', y.name, 'address', y.address,
      'community_id', y.community_id, 'codes', k.codes) order by a.code, y.name, y.id), '[]')
    from public.courtyards y
    join public.areas a on a.id = y.community_id
    cross join lateral (
      select coalesce(jsonb_agg(private.code_json(c) order by c.revoked_at is not null, c.place nulls first, c.created_at, c.code), '[]') as codes
      from public.courtyard_codes c where c.courtyard_id = y.id) k
    where y.street_id = street and y.ended_at is null);
end
$$;

COMMENT ON FUNCTION public.list_codes() IS 'The street''s courtyards with all their codes: [{courtyard_id, courtyard, address, community_id, codes: [{code, place, created_at, revoked_at, revoked_reason, replaced_by, checked_at, scans (of the last 30 days)}]}]. Errors: admin_only 403.';

CREATE FUNCTION public.list_exports(most integer DEFAULT 200) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if not exists (select from private.my_memberships() m where m.role in ('admin', 'street_leader')) then
    perform private.fail(403, 'admin_only', '{}', 'Ask the street''s administrator.');
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('number', e.id, 'at', e.at, 'by', e.name, 'what', e.what, 'format', e.format, 'reason', e.reason, 'rows', e.rows)
      order by e.id desc), '[]')
    from (select x.*, p.name from private.exports x join public.people p on p.id = x.person_id
      where p.street_id = any (private.my_street_ids()) order by x.id desc limit least(greatest(coalesce(most, 200), 1), 1000)) e);
end
$$;

COMMENT ON FUNCTION public.list_exports(most integer) IS 'Who took which files away, the newest first. For the administrator and the leaders. Errors: admin_only 403.';

CREATE FUNCTION public.list_held() RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform private.forget_guard();
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'at', h.at, 'reason', h.reason, 'courtyard', y.name, 'community_id', h.community_id,
      'what', h.report ->> 'what', 'place', h.report ->> 'place', 'category', k.name, 'name', left(h.report ->> 'name', 1) || '**',
      'decided_at', h.decided_at, 'restored_as', i.number) order by h.decided_at is not null, h.id desc), '[]')
    from (select q.* from private.held_reports q where private.decides_held(q) order by q.decided_at is not null, q.id desc limit 300) h
    join public.courtyards y on y.id = h.courtyard_id
    left join public.categories k on k.code = h.report ->> 'category'
    left join public.issues i on i.id = h.issue_id);
end
$$;

COMMENT ON FUNCTION public.list_held() IS 'Reports that were held, those to decide first: id, at, reason (words, link, marked), courtyard, what, place, category, masked name, decided_at, restored_as.';

CREATE FUNCTION public.list_hooks() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(to_jsonb(h) - 'secret' - 'street_id' || jsonb_build_object('has_secret', h.secret is not null,
    'waiting', (select count(*) from private.deliveries d where d.hook_id = h.id and d.state in ('due', 'sending'))) order by h.id), '[]')
  from private.hooks h where h.street_id = private.administered_street()
$$;

COMMENT ON FUNCTION public.list_hooks() IS 'The street''s webhooks, without their secrets. Errors: admin_only 403.';

CREATE FUNCTION public.list_shown_workers() RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

COMMENT ON FUNCTION public.list_shown_workers() IS 'What residents are shown of each grid''s worker, for the street''s administrator and each community''s staff: [{grid_id, grid, community, workers: [name], phone (the service phone), shown (none|name|name_phone)}]. Errors: admin_only 403.';

CREATE FUNCTION public.make_offer(courtyard_id bigint, title text, what text DEFAULT NULL::text, resource_id bigint DEFAULT NULL::bigint, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  made public.offers;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.tended_yard(make_offer.courtyard_id);
  if make_offer.resource_id is not null then
    update public.resources r set state = 'offered', updated_at = private.now() where r.id = make_offer.resource_id and r.courtyard_id = yard.id and r.state in ('idle', 'in_use');
    if not found then
      perform private.fail(409, 'resource_not_idle', '{}', 'Choose an idle resource of this yard.');
    end if;
    perform private.log_archive(yard.id, 'resource', make_offer.resource_id::text, 'offered');
  end if;
  insert into public.offers (courtyard_id, community_id, resource_id, title, what, created_at, updated_at)
  values (yard.id, yard.community_id, make_offer.resource_id, private.field('title', make_offer.title, 60, true), private.field('what', make_offer.what, 400), private.now(), private.now())
  returning * into made;
  perform private.log_archive(yard.id, 'offer', made.id::text, 'made', jsonb_build_object('title', made.title));
  perform private.tell_archives(private.derive_labels() || yard.id);
  return private.keep_answer(request_id, jsonb_build_object('id', made.id, 'version', made.version));
end
$$;

COMMENT ON FUNCTION public.make_offer(courtyard_id bigint, title text, what text, resource_id bigint, request_id uuid) IS 'Offers an idle resource of a yard, or a project to claim (without resource_id). Returns {id, version}. Errors: courtyard_unknown 404, place_not_allowed 403, resource_not_idle 409, field_missing, field_too_long 422.';

CREATE FUNCTION public.map_points(topic text) RETURNS json
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

COMMENT ON FUNCTION public.map_points(topic text) IS 'The points of `topic` as columns: kinds (code, place, name, name_en, icon), resources {id, courtyard_id, kind, name, state, lng, lat}, open hazards {id, courtyard_id, kind, level, state, due_at (epoch s), lng, lat}, care {courtyard_id, count} or null: how many people a yard looks after, for its own community only. Errors: topic_not_allowed 403.';

CREATE FUNCTION public.map_snapshot(topic text) RETURNS json
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  office bigint;
  ids bigint[];
begin
  perform private.check_topic(topic);
  office := split_part(topic, ':', 2)::bigint;
  if topic like 'department:%' then
    select array_agg(i.id) into ids from public.issues i
    where (i.holder_department_id = office or i.assisting @> array[office]) and i.state in ('submitted', 'handling', 'resolved');
  else
    select array_agg(i.id) into ids from public.issues i
    where office in (i.street_id, i.community_id, i.grid_id) and i.state in ('submitted', 'handling', 'resolved');
  end if;
  return json_build_object(
    'topic', topic,
    'seq', private.feed_seq(topic),
    'at', private.now(),
    'areas', (
      select json_agg(json_build_object('id', a.id, 'level', a.level, 'name', a.name, 'name_en', a.name_en, 'note', a.boundary_note,
        'boundary', extensions.st_asgeojson(a.boundary, 6)::json) order by a.id)
      from public.areas a where a.level in ('street', 'community', 'grid') and (topic like 'department:%' or office = any (a.path))),
    'courtyards', private.courtyard_columns(topic),
    'issues', private.issue_columns(ids));
end
$$;

COMMENT ON FUNCTION public.map_snapshot(topic text) IS 'What a map of `topic` (area:<id> or department:<id>) draws: areas, courtyards and open issues as columns, and seq, the number to follow on from. Errors: topic_not_allowed 403.';

CREATE FUNCTION public.mark_report(issue_id bigint, marked boolean, reason text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues;
  own private.reporters;
begin
  select i.* into issue from public.issues i where i.id = mark_report.issue_id;
  if issue.id is null or not exists (select from private.my_memberships() m
    where m.role in ('community_staff', 'street_staff', 'admin') and m.area_id in (issue.community_id, issue.street_id)) then
    perform private.fail(404, 'issue_unknown', '{}', 'Reload the list.');
  end if;
  select r.* into own from private.reporters r where r.issue_id = issue.id;
  update private.reporters r set marked_at = case when marked then private.now() end where r.issue_id = issue.id;
  if not marked then
    delete from private.marked_phones m where m.phone = own.phone_mark or m.issue_id = issue.id;
  elsif own.phone_mark is not null then
    insert into private.marked_phones as m (phone, issue_id, person_id, reason, until)
    values (own.phone_mark, issue.id, auth.uid(), private.field('reason', mark_report.reason, 100, true), private.now() + interval '7 days')
    on conflict on constraint marked_phones_pkey do update set until = excluded.until, reason = excluded.reason;
  end if;
end
$$;

COMMENT ON FUNCTION public.mark_report(issue_id bigint, marked boolean, reason text) IS 'Marks a report as abuse, with a reason: for 7 days what comes from the same phone is held first, never refused. marked = false takes that back. Errors: issue_unknown 404, field_missing 422.';

CREATE FUNCTION public.me() RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  own public.people;
  home text;
begin
  if (select auth.uid()) is null then
    perform private.fail(401, 'not_signed_in', '{}', 'Sign in.');
  end if;
  select p.* into own from public.people p where p.id = (select auth.uid()) and p.left_at is null;
  if own.id is null or not exists (select from private.my_memberships()) then
    perform private.fail(403, 'not_member', '{}', 'Ask the street''s administrator for a role.');
  end if;
  select coalesce('area:' || m.area_id, 'department:' || m.department_id) into home
  from private.my_memberships() m order by m.id limit 1;
  return jsonb_build_object(
    'id', own.id,
    'name', own.name,
    'memberships', (
      select jsonb_agg(jsonb_build_object(
        'role', m.role,
        'area', private.area_json(m.area_id),
        'department', (select jsonb_build_object('id', d.id, 'name', d.name) from public.departments d where d.id = m.department_id)
      ) order by m.id) from private.my_memberships() m),
    'street', (
      select jsonb_build_object('id', a.id, 'name', a.name, 'bounds', (
        select jsonb_build_array(extensions.st_xmin(box), extensions.st_ymin(box), extensions.st_xmax(box), extensions.st_ymax(box))
        from (select extensions.st_envelope(a.boundary) as box) e where box is not null))
      from public.areas a where a.id = own.street_id),
    'topics', (select jsonb_agg(topic) from private.my_topics() topic),
    'home_topic', home);
end
$$;

COMMENT ON FUNCTION public.me() IS 'Who is signed in: name, memberships, street with bounds [west, south, east, north], the topics they may follow. Errors: not_signed_in 401, not_member 403.';

CREATE FUNCTION public.merge_courtyards(courtyards bigint[], versions integer[], name text, address text, kind text DEFAULT 'yard'::text, name_en text DEFAULT NULL::text, grid_id bigint DEFAULT NULL::bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street constant bigint := private.begin_drawing();
  yards public.courtyards[] := '{}'::public.courtyards[];
  shapes extensions.geometry[];
  grid bigint := merge_courtyards.grid_id;
  made public.courtyards;
  followed jsonb;
begin
  if coalesce(cardinality(courtyards), 0) not between 2 and 12 or cardinality(courtyards) <> (select count(distinct id) from unnest(courtyards) id) then
    perform private.fail(422, 'parts_malformed', '{"min":2,"max":12}', 'Choose two to twelve yards.');
  end if;
  for n in 1 .. cardinality(courtyards) loop
    yards := yards || private.drawn_courtyard(street, courtyards[n], versions[n]);
  end loop;
  select array_agg(y.geom) into shapes from unnest(yards) y where y.geom is not null;
  if coalesce(cardinality(shapes), 0) < cardinality(courtyards) then
    perform private.fail(422, 'outline_missing', (select jsonb_build_object('courtyard', y.id, 'name', y.name) from unnest(yards) y where y.geom is null limit 1),
      'Draw its outline first.');
  -- 20 metres, in degrees of latitude
  elsif not private.hang_together(shapes, 0.00018) then
    perform private.fail(422, 'not_adjacent', '{"metres":20}', 'Merge yards that lie side by side.');
  end if;
  grid := coalesce(grid, (select y.grid_id from unnest(yards) y order by y.area_m2 desc nulls last, y.id limit 1));
  perform private.end_courtyard(y.id) from unnest(yards) y;
  made := private.make_courtyard(street, jsonb_build_object('name', name, 'address', address, 'kind', kind, 'name_en', name_en),
    extensions.st_multi(extensions.st_collectionextract(extensions.st_union(shapes), 3)), grid, '{}');
  followed := private.succeed(yards, array[made.id], made.id, 'merged');
  perform private.publish_ground(street, (select array_agg(y.grid_id) || array_agg(y.community_id) from unnest(yards) y) || made.grid_id || made.community_id);
  return jsonb_build_object('ended', to_jsonb(courtyards), 'heir', made.id, 'followed', followed, 'courtyards', jsonb_build_array(private.drawn_json(made.id)));
end
$$;

COMMENT ON FUNCTION public.merge_courtyards(courtyards bigint[], versions integer[], name text, address text, kind text, name_en text, grid_id bigint) IS 'Ends 2–12 yards that lie side by side (at most 20 m apart), each decided on its version, and makes one of their ground; without a grid it joins the largest one''s. Issues and wall codes go with it. Returns {ended, heir, followed, courtyards}. Errors: drawing_not_allowed 403, courtyard_unknown 404, stale_courtyard, courtyard_ended, address_taken 409, parts_malformed, outline_missing, not_adjacent, grid_unknown, field_missing 422.';

CREATE FUNCTION public.move_courtyards(courtyards bigint[], versions integer[], grid_id bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street constant bigint := private.begin_drawing();
  grid constant bigint := private.grid_of_street(street, grid_id);
  yard public.courtyards;
  touched bigint[] := array[grid, private.area_above(grid, 'community')];
  moved bigint[] := '{}'::bigint[];
begin
  for n in 1 .. coalesce(cardinality(courtyards), 0) loop
    yard := private.drawn_courtyard(street, courtyards[n], versions[n]);
    continue when yard.grid_id = grid;
    perform private.move_courtyard(yard, grid);
    touched := touched || yard.grid_id || yard.community_id;
    moved := moved || yard.id;
  end loop;
  perform private.publish_ground(street, touched);
  return jsonb_build_object('moved', to_jsonb(moved), 'grid', private.office_name(grid, null));
end
$$;

COMMENT ON FUNCTION public.move_courtyards(courtyards bigint[], versions integer[], grid_id bigint) IS 'Moves yards, each decided on its version, to a grid of the street, all or none. Their open issues go with them, to the new grid''s worker or community where the old one held them. Returns {moved, grid}. Errors: drawing_not_allowed 403, courtyard_unknown 404, stale_courtyard, courtyard_ended 409, grid_unknown 422.';

CREATE FUNCTION public.move_point(place text, id bigint, lng double precision, lat double precision, version integer, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  resource public.resources;
  hazard public.hazards;
begin
  if answer is not null then
    return answer;
  end if;
  if private.choice('place', place, '{resource,hazard}') = 'resource' then
    select r.* into resource from public.resources r where r.id = move_point.id and r.state <> 'gone' for update;
  else
    select h.* into hazard from public.hazards h where h.id = move_point.id for update;
  end if;
  yard := private.check_place(coalesce(resource.version, hazard.version), move_point.version, coalesce(resource.courtyard_id, hazard.courtyard_id));
  update public.resources r set point = private.place_point(yard, lng, lat), updated_at = private.now() where r.id = resource.id;
  update public.hazards h set point = private.place_point(yard, lng, lat), updated_at = private.now() where h.id = hazard.id;
  return private.end_place(yard.id, move_point.place, move_point.id, 'moved', '{}', request_id);
end
$$;

COMMENT ON FUNCTION public.move_point(place text, id bigint, lng double precision, lat double precision, version integer, request_id uuid) IS 'Moves a resource or a hazard (place) within its yard. Returns {id, version}. Errors: place_unknown, courtyard_unknown 404, place_not_allowed 403, stale_version 409, field_malformed, point_outside 422.';

CREATE FUNCTION public.my_data(key text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select jsonb_build_object('name', r.name, 'address', r.address, 'phone', r.phone, 'helper', r.helper, 'forgotten_at', r.forgotten_at,
    'photos', (select count(*) from public.issue_photos p where p.issue_id = i.id and p.by_resident),
    'seen', (select coalesce(jsonb_agg(jsonb_build_object('at', v.at, 'reason', v.reason) order by v.id), '[]') from private.reveals v where v.issue_id = i.id))
  from private.issue_of_key(my_data.key) i join private.reporters r on r.issue_id = i.id
$$;

COMMENT ON FUNCTION public.my_data(key text) IS 'What is kept of the resident with this report, and when staff looked at it unmasked and why. Errors: track_unknown 404.';

CREATE FUNCTION public.numbers(since timestamp with time zone, upto timestamp with time zone, community bigint DEFAULT NULL::bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    SET work_mem TO '64MB'
    AS $$
begin
  perform private.check_period(since, upto, community);
  return (
    with seen as materialized (
      select i.id, i.category, i.state, i.holder_level, i.created_at, i.ended_at, i.resolved_at,
        i.created_at >= since and i.created_at < upto as came, i.ended_at >= since and i.ended_at < upto as went
      from public.issues i
      where (i.created_at >= since and i.created_at < upto or i.ended_at >= since and i.ended_at < upto)
        and (community is null or i.community_id = community)
    ), closed as materialized (
      select s.*, extract(epoch from s.resolved_at - s.created_at) / 3600 as hours from seen s where s.went and s.state = 'closed'
    ), turns as materialized (
      select e.action, e.from_state, e.payload ->> 'outcome' as outcome, extract(epoch from e.at - i.created_at) / 60 as minutes
      from public.issue_events e
      join public.issues i on i.id = e.issue_id
      where e.action in ('accept', 'dispatch', 'send_back', 'answer', 'verify', 'reopen') and e.at >= since and e.at < upto
        and (community is null or i.community_id = community)
    ), clocks as materialized (
      -- letters (no level) are the work of bodies outside: they count as a step, for no office and no category
      select grouping(c.step) = 0 as of_step, grouping(c.category) = 0 as of_category, c.step, c.holder_level as level, c.area_id, c.department_id, c.category,
        count(*) filter (where c.on_time) as on_time, count(*) as decided,
        count(*) filter (where c.on_time and c.holder_level is not null) as office_on_time, count(c.holder_level) as office_decided
      from public.step_times c
      where c.decided_at >= since and c.decided_at < least(upto, private.now()) and c.on_time is not null and c.step <> 'answer'
        and (community is null or c.community_id = community)
      group by grouping sets ((c.step), (c.holder_level, c.area_id, c.department_id), (c.category))
    )
    select jsonb_build_object(
      'at', private.now(),
      'reported', (select count(*) from seen where came),
      'closed', (select count(*) from closed),
      'declined', (select count(*) from seen where went and state = 'declined'),
      'merged', (select count(*) from seen where went and state = 'merged'),
      'withdrawn', (select count(*) from seen where went and state = 'withdrawn'),
      'closed_by_level', (select jsonb_object_agg(level, (select count(*) from closed where holder_level = level))
        from unnest(array['courtyard', 'community', 'street', 'department']) level),
      'accept_minutes', (select jsonb_build_object('count', count(*), 'median', round((percentile_cont(0.5) within group (order by minutes))::numeric, 1),
          'p90', round((percentile_cont(0.9) within group (order by minutes))::numeric, 1))
        from turns where from_state = 'submitted' and action in ('accept', 'dispatch')),
      'solve_hours', (select jsonb_build_object('count', count(*), 'median', round((percentile_cont(0.5) within group (order by hours))::numeric, 1),
          'p90', round((percentile_cont(0.9) within group (order by hours))::numeric, 1)) from closed),
      'returns', (select count(*) from turns where action = 'send_back'),
      'reopened', (select count(*) from turns where action = 'reopen'),
      'answered_no', (select count(*) from turns where action = 'answer' and outcome in ('partly', 'no')),
      'verified', (select count(*) from turns where action = 'verify'),
      'false_closings', (select count(*) from turns where action = 'verify' and outcome = 'not_ok'),
      'by_step', (select coalesce(jsonb_agg(to_jsonb(s) order by s.step), '[]') from (
        select step, on_time, decided from clocks where of_step) s),
      'by_holder', (select coalesce(jsonb_agg(to_jsonb(h) order by h.decided desc, h.level, h.name), '[]') from (
        select c.level, coalesce(c.area_id, c.department_id) as id, coalesce(d.name, a.name) as name, coalesce(d.name_en, a.name_en) as name_en,
          c.on_time, c.decided
        from clocks c
        left join public.areas a on a.id = c.area_id
        left join public.departments d on d.id = c.department_id
        where not c.of_step and not c.of_category and c.level is not null) h),
      'by_category', (select coalesce(jsonb_agg(to_jsonb(k) order by k.reported desc, k.decided desc, k.sort), '[]') from (
        select k.code, k.name, k.name_en, k.sort, coalesce(s.reported, 0) as reported, coalesce(s.closed, 0) as closed,
          coalesce(c.office_on_time, 0) as on_time, coalesce(c.office_decided, 0) as decided
        from public.categories k
        left join (select category, count(*) filter (where came) as reported, count(*) filter (where went and state = 'closed') as closed
          from seen group by 1) s on s.category = k.code
        left join clocks c on c.of_category and c.category = k.code
        where s.category is not null or c.office_decided > 0) k),
      'by_week', (select jsonb_agg(jsonb_build_object('week', to_char(w.week, 'YYYY-MM-DD'), 'reported', coalesce(r.n, 0), 'closed', coalesce(c.n, 0)) order by w.week)
        from generate_series(date_trunc('week', since at time zone 'Asia/Shanghai'),
          (least(upto, greatest(since, private.now())) at time zone 'Asia/Shanghai') - interval '1 microsecond', interval '1 week') w (week)
        left join (select date_trunc('week', created_at at time zone 'Asia/Shanghai') as week, count(*) as n from seen where came group by 1) r on r.week = w.week
        left join (select date_trunc('week', ended_at at time zone 'Asia/Shanghai') as week, count(*) as n from closed group by 1) c on c.week = w.week)));
end
$$;

COMMENT ON FUNCTION public.numbers(since timestamp with time zone, upto timestamp with time zone, community bigint) IS 'The loop in figures for what happened from `since` up to `upto` (at most 732 days), in one community or in all the caller sees: reported and ended, closed by level, on-time counts by step, office and category (by when each clock was decided), times to accept (minutes) and to solve what was closed (hours), both by the wall clock, returns, reopenings, answers of “no”, re-checks and the closings they found false; weeks begin on Monday in Chinese time. Errors: not_member 403, field_missing, period_reversed, period_too_long 422, community_unknown 404.';

CREATE FUNCTION public.open_courtyard(code text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  own public.courtyard_codes;
  opened record;
  yard public.courtyards;
  answer jsonb;
begin
  select c.* into own from public.courtyard_codes c where c.code = private.plain_code(open_courtyard.code);
  select c.* into yard from public.courtyards c
  where c.id = coalesce(own.courtyard_id, (select min(d.id) from public.courtyards d));
  if own.code is not null and own.revoked_at is null then
    select * into opened from private.courtyard_of_code(open_courtyard.code);
    yard := opened.courtyard;
  end if;
  answer := jsonb_build_object(
    'courtyard', jsonb_build_object(
      'name', yard.name,
      'address', yard.address,
      'community', private.office_name(yard.community_id, null),
      'street', private.office_name(yard.street_id, null),
      'point', extensions.st_asgeojson(yard.point, 6)::jsonb -> 'coordinates',
      'outline', extensions.st_asgeojson(yard.geom, 6)::jsonb,
      'place', own.place),
    'categories', (
      select jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'name_en', c.name_en, 'keywords', c.keywords,
        'urgent', c.urgency = 'emergency') order by c.sort, c.code)
      from public.categories c where c.active),
    'limits', private.report_limits(),
    'board', private.yard_board(yard));
  if own.code is null or own.revoked_at is not null then
    perform private.courtyard_of_code(open_courtyard.code);
  end if;
  return answer;
end
$$;

COMMENT ON FUNCTION public.open_courtyard(code text) IS 'The yard whose code hangs on the wall: name, address, outline, what people report, limits of the form, and its board: open [category, place, state, day], solved [category, place, day], grid, notices [title, body, day]. Errors: code_unknown 404 {mistyped}, code_revoked 410 {replaced}.';

CREATE FUNCTION public.place_hazard(courtyard_id bigint, kind text, what text, level integer, lng double precision, lat double precision, mender text DEFAULT NULL::text, due_on date DEFAULT NULL::date, inspect_days integer DEFAULT NULL::integer, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  found_kind public.place_kinds;
  made public.hazards;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.tended_yard(place_hazard.courtyard_id);
  found_kind := private.place_kind(place_hazard.kind, 'hazard');
  insert into public.hazards (courtyard_id, community_id, kind, what, level, point, mender, due_at, inspect_days, inspected_at, created_at, updated_at)
  values (yard.id, yard.community_id, found_kind.code, private.field('what', place_hazard.what, 200, true), private.whole_number('level', place_hazard.level, 1, 3),
    private.place_point(yard, lng, lat), private.field('mender', place_hazard.mender, 60), (place_hazard.due_on + time '18:00') at time zone 'Asia/Shanghai',
    private.whole_number('inspect_days', coalesce(place_hazard.inspect_days, found_kind.inspect_days), 1, 365), private.now(), private.now(), private.now())
  returning * into made;
  return private.end_place(yard.id, 'hazard', made.id, 'placed', jsonb_build_object('kind', made.kind, 'what', made.what, 'level', made.level), request_id);
end
$$;

COMMENT ON FUNCTION public.place_hazard(courtyard_id bigint, kind text, what text, level integer, lng double precision, lat double precision, mender text, due_on date, inspect_days integer, request_id uuid) IS 'Places a hazard found in a yard: level 1 to 3 (the worst), who mends it, by when, and how often it is looked at (default: its kind''s). Returns {id, version}. Errors: courtyard_unknown 404, place_not_allowed 403, field_missing, field_too_long, field_malformed, point_outside 422.';

CREATE FUNCTION public.place_resource(courtyard_id bigint, kind text, name text, lng double precision, lat double precision, note text DEFAULT NULL::text, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  made public.resources;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.tended_yard(place_resource.courtyard_id);
  insert into public.resources (courtyard_id, community_id, kind, name, note, point, created_at, updated_at)
  values (yard.id, yard.community_id, (private.place_kind(place_resource.kind, 'resource')).code, private.field('name', place_resource.name, 60, true),
    private.field('note', place_resource.note, 400), private.place_point(yard, lng, lat), private.now(), private.now())
  returning * into made;
  return private.end_place(yard.id, 'resource', made.id, 'placed', jsonb_build_object('kind', made.kind, 'name', made.name), request_id);
end
$$;

COMMENT ON FUNCTION public.place_resource(courtyard_id bigint, kind text, name text, lng double precision, lat double precision, note text, request_id uuid) IS 'Places a resource of a yard. Returns {id, version}. Errors: courtyard_unknown 404, place_not_allowed 403, field_missing, field_too_long, field_malformed, point_outside 422.';

CREATE FUNCTION public.place_story(place text, id bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards := private.readable_yard(case private.choice('place', place, '{resource,hazard}')
    when 'resource' then (select r.courtyard_id from public.resources r where r.id = place_story.id) else (select h.courtyard_id from public.hazards h where h.id = place_story.id) end);
begin
  return jsonb_build_object(
    'events', (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'by', p.name, 'office', private.office_name(e.office_area_id, null), 'action', e.action, 'payload', e.payload) order by e.id), '[]')
      from private.archive_events e left join public.people p on p.id = e.person_id
      where e.courtyard_id = yard.id and e.subject = place_story.place and e.key = place_story.id::text),
    'photos', (select coalesce(jsonb_agg(p.path order by p.path), '[]') from public.place_photos p
      where place_story.id = case place_story.place when 'resource' then p.resource_id else p.hazard_id end
        and exists (select from storage.objects o where o.bucket_id = 'place-photos' and o.name = p.path)));
end
$$;

COMMENT ON FUNCTION public.place_story(place text, id bigint) IS 'What happened to a resource or hazard: {events: [{at, by, office, action, payload}], photos: [path] (those that arrived)}. Errors: courtyard_unknown 404.';

CREATE FUNCTION public.post_yard_notice(community_id bigint, title text, body text DEFAULT NULL::text, courtyard_id bigint DEFAULT NULL::bigint, days integer DEFAULT 7) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  posted bigint;
begin
  perform private.refuse_notice(community_id);
  if courtyard_id is not null and not exists (
    select from public.courtyards c where c.id = post_yard_notice.courtyard_id and c.community_id = post_yard_notice.community_id) then
    perform private.fail(404, 'courtyard_unknown', '{}', 'Choose a courtyard of this community.');
  end if;
  if coalesce(days, 0) not between 1 and 90 then
    perform private.fail(422, 'field_malformed', '{"field":"days"}', 'Show it for 1 to 90 days.');
  end if;
  insert into public.yard_notices as n (street_id, community_id, courtyard_id, title, body, shown_from, shown_until, person_id)
  values (private.area_above(post_yard_notice.community_id, 'street'), post_yard_notice.community_id, post_yard_notice.courtyard_id,
    private.field('title', post_yard_notice.title, 40, true), private.field('body', post_yard_notice.body, 300),
    private.now(), private.now() + make_interval(days => days), auth.uid())
  returning n.id into posted;
  return posted;
end
$$;

COMMENT ON FUNCTION public.post_yard_notice(community_id bigint, title text, body text, courtyard_id bigint, days integer) IS 'Puts a notice on the page of one yard, or of every yard of a community (courtyard_id null), for 1 to 90 days. Returns its id. Errors: notice_not_allowed 403, courtyard_unknown 404, field_missing, field_too_long, field_malformed 422.';

CREATE FUNCTION public.preview_label_rule(rule jsonb, code text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street bigint := private.administered_street();
  yards bigint[] := array(select c.id from public.courtyards c where c.street_id = street);
  label public.labels;
  wanted bigint[];
  worn bigint[];
begin
  select l.* into label from public.labels l where l.code = preview_label_rule.code;
  perform private.rule_sql(rule);
  -- what the caller may not see, a preview must not say either
  if greatest(private.rule_clearance(rule), coalesce(label.clearance, 0)) > (select coalesce(min(c.clearance), 0) from private.my_clearances() c) then
    return jsonb_build_object('hidden', true, 'gains', '[]'::jsonb, 'loses', '[]'::jsonb, 'count', null);
  end if;
  begin
    insert into private.near_kinds (kind, reach)
    select kind, max((leaf ->> 'within')::integer) from private.rule_leaves(rule) leaf, jsonb_array_elements_text(leaf -> 'resources') kind where leaf ? 'within' group by kind
    on conflict on constraint near_kinds_pkey do update set reach = greatest(near_kinds.reach, excluded.reach);
    perform private.measure_near(kind, yards) from private.rule_leaves(rule) leaf, jsonb_array_elements_text(leaf -> 'resources') kind where leaf ? 'within';
    execute format('select array_agg(courtyard_id) from (%s) w (courtyard_id, label_id, evidence)',
      private.labels_sql(jsonb_build_array(jsonb_build_object('id', 0, 'rule', rule)))) into wanted using yards, private.now();
    raise exception using errcode = 'PTDRY', message = 'nothing_written';
  exception when sqlstate 'PTDRY' then
    null;
  end;
  worn := array(select c.courtyard_id from private.courtyard_labels c where c.label_id = label.id and c.ended_at is null and c.courtyard_id = any (yards));
  return jsonb_build_object('hidden', false, 'count', coalesce(cardinality(wanted), 0),
    'gains', (select coalesce(jsonb_agg(y order by y), '[]') from unnest(wanted) y where y <> all (worn)),
    'loses', (select coalesce(jsonb_agg(c.courtyard_id order by c.courtyard_id), '[]') from private.courtyard_labels c
      where c.label_id = label.id and c.ended_at is null and c.derived and c.courtyard_id = any (yards) and c.courtyard_id <> all (coalesce(wanted, '{}'))));
end
$$;

COMMENT ON FUNCTION public.preview_label_rule(rule jsonb, code text) IS 'Which yards of the street would gain or lose a label by a rule (code: the label it would change); nothing is saved. Returns {hidden, count, gains: [courtyard_id], loses}; hidden: it rests on values the administrator may not see. Errors: admin_only 403, rule_malformed 422 {part, why}.';

CREATE FUNCTION public.profile_at(courtyard_id bigint, quarter text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards := private.readable_yard(profile_at.courtyard_id);
  clearance integer := private.my_clearance(yard.community_id);
  profile private.profiles;
begin
  select p.* into profile from private.profiles p where p.courtyard_id = yard.id and p.quarter = profile_at.quarter and p.state = 'confirmed';
  if profile.courtyard_id is null then
    perform private.fail(404, 'quarter_unknown', '{}', 'Choose a quarter that was confirmed.');
  end if;
  return jsonb_build_object('courtyard_id', yard.id, 'quarter', profile.quarter, 'confirmed_at', profile.confirmed_at, 'modules', (
    select jsonb_agg(jsonb_build_object('code', m.code, 'name', m.name, 'name_en', m.name_en, 'fields', (
      select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'name', f.name, 'name_en', f.name_en, 'unit', f.unit, 'unit_en', f.unit_en, 'type', f.type,
        'options', f.options, 'sensitivity', f.sensitivity, 'derived', f.formula is not null,
        'value', case when f.type = 'phone' then to_jsonb(private.masked_phone(fact.value #>> '{}')) else fact.value end,
        'verified_at', v.at, 'verified_by', w.name) order by f.sort, f.code), '[]')
      from jsonb_each(profile.facts) fact, private.field_then(fact.key, profile.dictionary) f
      left join private.verifications v on v.id = (profile.stamps ->> f.code)::bigint
      left join public.people w on w.id = v.person_id
      where f.module = m.code and private.field_rank(f.code, f.sensitivity) <= clearance)) order by m.sort)
    from public.archive_modules m));
end
$$;

COMMENT ON FUNCTION public.profile_at(courtyard_id bigint, quarter text) IS 'What was true of a courtyard in a confirmed quarter, read by the dictionary of that time: {courtyard_id, quarter, confirmed_at, modules: [{code, name, name_en, fields: [{code, name, name_en, unit, unit_en, type, options, sensitivity, derived, value, verified_at, verified_by}]}]}. Errors: courtyard_unknown, quarter_unknown 404.';

CREATE FUNCTION public.profile_differences(topic text, quarter_a text, quarter_b text) RETURNS json
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  differences json;
begin
  perform private.check_topic(topic);
  with yards as materialized (
    select y.courtyard_id, y.community_id, y.clearance, a.facts as before, b.facts as after
    from private.yards_of_topic(topic) y
    join private.profiles a on a.courtyard_id = y.courtyard_id and a.quarter = quarter_a and a.state = 'confirmed'
    join private.profiles b on b.courtyard_id = y.courtyard_id and b.quarter = quarter_b and b.state = 'confirmed'
  ), changed as materialized (
    select y.courtyard_id, y.community_id, f.code, f.type, y.before -> f.code as before, y.after -> f.code as after
    from yards y join public.archive_fields f on private.sensitivity_rank(f.sensitivity) <= y.clearance and y.before -> f.code is distinct from y.after -> f.code
    -- phones changed, but not to what
    where f.type <> 'phone'
      -- a field that was more protected when a quarter was confirmed stays so
      and not exists (select from private.field_versions v where v.code = f.code and private.sensitivity_rank(v.definition ->> 'sensitivity') > y.clearance)
  ), sums as (
    -- what both quarters know of a yard, so that a sum does not change because a yard came in
    select y.community_id, f.code, sum(case when jsonb_typeof(y.before -> f.code) = 'number' then (y.before ->> f.code)::numeric end) as before,
      sum(case when jsonb_typeof(y.after -> f.code) = 'number' then (y.after ->> f.code)::numeric end) as after
    from yards y join public.archive_fields f on f.type = 'count' and f.code in (select c.code from changed c)
      and private.sensitivity_rank(f.sensitivity) <= y.clearance
      and not exists (select from private.field_versions v where v.code = f.code and private.sensitivity_rank(v.definition ->> 'sensitivity') > y.clearance)
    where jsonb_typeof(y.before -> f.code) = 'number' and jsonb_typeof(y.after -> f.code) = 'number'
    group by y.community_id, f.code
  )
  select json_build_object(
    'quarters', json_build_array(quarter_a, quarter_b), 'compared', (select count(*) from yards),
    'fields', (select coalesce(json_agg(json_build_object('code', f.code, 'name', f.name, 'name_en', f.name_en, 'unit', f.unit, 'unit_en', f.unit_en, 'type', f.type,
      'options', f.options, 'module', f.module) order by m.sort, f.sort), '[]') from public.archive_fields f join public.archive_modules m on m.code = f.module
      where f.code in (select c.code from changed c)),
    'yards', (select coalesce(json_agg(json_build_object('courtyard_id', c.courtyard_id, 'name', y.name, 'changes', c.changes) order by c.courtyard_id), '[]')
      from (select g.courtyard_id, json_agg(json_build_object('code', g.code, 'before', g.before, 'after', g.after) order by g.code) as changes from changed g group by g.courtyard_id) c
      join public.courtyards y on y.id = c.courtyard_id),
    'sums', (select coalesce(json_agg(json_build_object('community_id', s.community_id, 'community', k.name, 'code', s.code, 'before', s.before, 'after', s.after) order by k.code, s.code), '[]')
      from sums s join public.areas k on k.id = s.community_id))
  into differences;
  return differences;
end
$$;

COMMENT ON FUNCTION public.profile_differences(topic text, quarter_a text, quarter_b text) IS 'What changed between two confirmed quarters in the yards of `topic` that have both: {quarters, compared, fields, yards: [{courtyard_id, name, changes: [{code, before, after}]}], sums: [{community_id, community, code, before, after}] (counts of the same yards)}. Masked; phones are left out. Errors: topic_not_allowed 403.';

CREATE FUNCTION public.profile_quarters(courtyard_id bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards := private.readable_yard(profile_quarters.courtyard_id);
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('quarter', p.quarter, 'state', p.state, 'confirmed_at', p.confirmed_at, 'confirmed_by', w.name,
      'submitted_at', p.submitted_at, 'submitted_by', s.name) order by p.quarter desc), '[]')
    from private.profiles p left join public.people w on w.id = p.confirmed_by left join public.people s on s.id = p.submitted_by
    where p.courtyard_id = yard.id);
end
$$;

COMMENT ON FUNCTION public.profile_quarters(courtyard_id bigint) IS 'The quarters of a courtyard, the newest first: [{quarter, state, confirmed_at, confirmed_by, submitted_at, submitted_by}]. Errors: courtyard_unknown 404.';

CREATE FUNCTION public.promise_photos(issue_id bigint, photos integer) RETURNS text[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

COMMENT ON FUNCTION public.promise_photos(issue_id bigint, photos integer) IS 'Paths in the bucket issue-photos to which the caller''s office may put so many JPEGs: within seven days, or within an hour once more are asked for; six an issue at most. Errors: issue_unknown 404, action_not_allowed 403, too_many_photos 422 {max: how many more}.';

CREATE FUNCTION public.promise_place_photos(place text, id bigint, photos integer) RETURNS text[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  yard bigint := case private.choice('place', place, '{resource,hazard}') when 'resource' then (select r.courtyard_id from public.resources r where r.id = promise_place_photos.id)
    else (select h.courtyard_id from public.hazards h where h.id = promise_place_photos.id) end;
  stands integer := (select count(*) from public.place_photos p where promise_place_photos.id = case place when 'resource' then p.resource_id else p.hazard_id end);
  promised text[];
begin
  perform private.tended_yard(yard);
  if photos is null or photos < 1 or photos > 6 - stands then
    perform private.fail(422, 'too_many_photos', jsonb_build_object('field', 'photos', 'max', greatest(6 - stands, 0)), 'Send fewer photos.');
  end if;
  with made as (
    insert into public.place_photos (path, resource_id, hazard_id, promised_at)
    select folder || '/' || n || '.jpg', case place when 'resource' then promise_place_photos.id end, case place when 'hazard' then promise_place_photos.id end, private.now()
    from (select gen_random_uuid()::text as folder) f, generate_series(1, photos) n returning path)
  select array_agg(path order by path) into promised from made;
  return promised;
end
$$;

COMMENT ON FUNCTION public.promise_place_photos(place text, id bigint, photos integer) IS 'Paths in the bucket place-photos to which so many JPEGs of a resource or hazard may be put within seven days; six each at most. Errors: courtyard_unknown 404, place_not_allowed 403, too_many_photos 422.';

CREATE FUNCTION public.push_key() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select k.public_key from private.push_keys k
$$;

COMMENT ON FUNCTION public.push_key() IS 'The public VAPID key to subscribe with; null where this server sends no push.';

CREATE FUNCTION public.read_notices(upto bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  insert into private.notice_marks as m (person_id, read_upto) select p.id, upto from public.people p where p.id = (select auth.uid())
  on conflict (person_id) do update set read_upto = greatest(m.read_upto, excluded.read_upto)
$$;

COMMENT ON FUNCTION public.read_notices(upto bigint) IS 'Marks the caller''s notices up to this id as read.';

CREATE FUNCTION public.record_visit(courtyard_id bigint, kind text, households integer, visited_on date, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  today date := (private.now() at time zone 'Asia/Shanghai')::date;
  yard public.courtyards;
  made public.visits;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.tended_yard(record_visit.courtyard_id);
  if record_visit.kind = 'care' and private.my_clearance(yard.community_id) < 3 then
    perform private.fail(403, 'place_not_allowed', '{}', 'Ask the yard''s grid worker or community.');
  elsif record_visit.kind is null or record_visit.kind not in ('household', 'care') then
    perform private.fail(422, 'field_malformed', '{"field":"kind","options":["household","care"]}', 'Choose one of the list.');
  elsif record_visit.households is null or record_visit.households not between 1 and 5000 then
    perform private.fail(422, 'field_malformed', '{"field":"households","low":1,"high":5000}', 'Say how many homes.');
  elsif record_visit.visited_on is null or record_visit.visited_on not between today - 92 and today then
    perform private.fail(422, 'field_malformed', jsonb_build_object('field', 'visited_on', 'low', today - 92, 'high', today), 'Choose a day of the last three months.');
  end if;
  insert into public.visits (courtyard_id, community_id, kind, visited_on, households, person_id, recorded_at)
  values (yard.id, yard.community_id, record_visit.kind, record_visit.visited_on, record_visit.households, auth.uid(), private.now())
  returning * into made;
  return private.end_visit(made, 'recorded', request_id);
end
$$;

COMMENT ON FUNCTION public.record_visit(courtyard_id bigint, kind text, households integer, visited_on date, request_id uuid) IS 'Records that so many homes of a yard were visited on a day of the last three months; kind: household or care. Returns {id}. Errors: courtyard_unknown 404, place_not_allowed 403, field_malformed 422 {field}.';

CREATE FUNCTION public.remove_template(id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  gone public.reply_templates := private.own_template(remove_template.id);
begin
  delete from public.reply_templates t where t.id = gone.id;
end
$$;

COMMENT ON FUNCTION public.remove_template(id bigint) IS 'Removes a template of the caller''s office, or a shared one as the administrator. Errors: template_fixed 403 {preset}, template_unknown 404.';

CREATE FUNCTION public.rename_code(code text, place text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  was public.courtyard_codes := private.code_to_change(rename_code.code);
  made public.courtyard_codes;
begin
  update public.courtyard_codes c set place = private.code_place(was.courtyard_id, rename_code.place, was.code) where c.code = was.code returning * into made;
  perform private.log_setting('code', right(made.code, 4), private.code_setting(was), private.code_setting(made), private.administered_street());
  return private.code_json(made);
end
$$;

COMMENT ON FUNCTION public.rename_code(code text, place text) IS 'Says where a code hangs. Returns it as list_codes does. Errors: admin_only 403, code_unknown 404, code_ended, place_taken 409, field_too_long 422.';

CREATE FUNCTION public.reopen_issue(key text, version integer, words text) RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select private.resident_acts(key, version, 'reopen', jsonb_build_object('words', private.field('words', words, 500, true)))
$$;

COMMENT ON FUNCTION public.reopen_issue(key text, version integer, words text) IS 'Opens a closed issue again, or a merged one when what it followed was closed or declined, within 14 days of that and twice at most; the second time one level up. words: what is still wrong. Returns as track_issue. Errors: track_unknown 404, stale_version 409, action_not_allowed 409, reopen_over 409, field_missing 422.';

CREATE FUNCTION public.report_challenge(code text, device text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  cost integer := private.proof_cost(private.reporting_yard(report_challenge.code), left(report_challenge.device, 60));
begin
  return jsonb_build_object('challenge', case when cost > 0 then private.challenge(cost) end);
end
$$;

COMMENT ON FUNCTION public.report_challenge(code text, device text) IS 'What a phone has to solve before it reports just now: an ALTCHA challenge (version 2, SHA-256), or null. Good for 20 minutes, once. Errors: code_unknown 404, code_revoked 410.';

CREATE FUNCTION public.report_issue(code text, key text, what text, name text, address text, place text DEFAULT NULL::text, phone text DEFAULT NULL::text, category text DEFAULT NULL::text, lng double precision DEFAULT NULL::double precision, lat double precision DEFAULT NULL::double precision, photos integer DEFAULT 0, lang text DEFAULT 'zh'::text, helper text DEFAULT NULL::text, joins text DEFAULT NULL::text, proof jsonb DEFAULT NULL::jsonb, device text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  -- a report without the newer fields hashes as it always did
  body constant bytea := sha256(convert_to((jsonb_build_array(private.plain_code(code), what, name, address, place, phone, category, lng, lat, photos)
    || case when helper is null and joins is null then '[]' else jsonb_build_array(helper, joins) end)::text, 'UTF8'));
  mark constant text := left(nullif(device, ''), 60);
  made public.issues := private.reported(key, body);
  held private.held_reports;
  yard public.courtyards;
  cost integer;
  reason text;
begin
  if made.id is not null then
    return private.receipt(made, true);
  end if;
  select h.* into held from private.held_reports h where h.key_hash = private.key_hash(key);
  if held.body_hash <> body then
    perform private.fail(409, 'key_reused', '{}', 'This report was sent before with other words: open its link, or start a new report.');
  elsif held.id is not null then
    return private.held_receipt(held, true);
  end if;

  yard := private.reporting_yard(report_issue.code);
  helper := private.field('helper', helper, 60);
  cost := private.proof_cost(yard, mark);
  if cost > 0 and not private.takes_proof(proof, cost) then
    perform private.fail(428, 'proof_needed', jsonb_build_object('challenge', private.challenge(cost)), 'Solve the challenge and send again.');
  end if;
  perform private.count_report(yard, mark);

  reason := private.hold_reason(yard, concat_ws(' ', what, place, name), category, mark);
  if reason is not null then
    insert into private.held_reports as h (street_id, community_id, courtyard_id, key_hash, body_hash, reason, at, report)
    values (yard.street_id, yard.community_id, yard.id, private.key_hash(key), body, reason, private.now(), jsonb_build_object(
      'what', private.field('what', what, 500, true), 'name', private.field('name', name, 40, true),
      'address', private.field('address', address, 100, true), 'place', private.field('place', place, 100),
      'phone', private.field('phone', phone, 30), 'category', category, 'lng', lng, 'lat', lat, 'lang', lang, 'helper', helper,
      'phone_mark', case when mark is not null then private.blinded('phone', mark) end))
    returning h.* into held;
    return private.held_receipt(held, false);
  end if;

  made := private.file_report(yard, key, body, what, name, address, place, phone, category, lng, lat, photos, lang);
  if helper is not null or mark is not null or lang = 'zh-Hant' then
    update private.reporters r set helper = report_issue.helper, phone_mark = case when mark is not null then private.blinded('phone', mark) end,
      lang = case report_issue.lang when 'en' then 'en' when 'zh-Hant' then 'zh-Hant' else 'zh' end
    where r.issue_id = made.id;
  end if;
  if joins is not null then
    made := private.join_report(made, yard, joins);
  end if;
  return private.receipt(made, false);
end
$$;

COMMENT ON FUNCTION public.report_issue(code text, key text, what text, name text, address text, place text, phone text, category text, lng double precision, lat double precision, photos integer, lang text, helper text, joins text, proof jsonb, device text) IS 'A resident''s report. key: 26 base-32 characters made by the phone, which make it exactly once and open its tracking page; lng, lat in WGS-84 degrees; helper: who writes it for someone else; joins: number of a neighbour''s report to follow; proof: a solved challenge {challenge, solution}; device: a random mark of the phone, kept blinded. Returns the receipt; held: somebody looks first. Errors: code_unknown 404, code_revoked 410, proof_needed 428 {challenge}, field_missing, field_too_long, point_outside, key_malformed, category_unknown, too_many_photos 422, key_reused 409.';

CREATE FUNCTION public.report_on_behalf(courtyard_id bigint, key text, what text, name text, address text, channel text, place text DEFAULT NULL::text, phone text DEFAULT NULL::text, category text DEFAULT NULL::text, lng double precision DEFAULT NULL::double precision, lat double precision DEFAULT NULL::double precision, photos integer DEFAULT 0, lang text DEFAULT 'zh'::text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  body constant bytea := sha256(convert_to(jsonb_build_array(courtyard_id, what, name, address, channel, place, phone, category, lng, lat, photos)::text, 'UTF8'));
  made public.issues := private.reported(key, body);
  repeated constant boolean := made.id is not null;
  yard public.courtyards;
  counter public.memberships;
  who public.issue_events;
begin
  select c.* into yard from public.courtyards c where c.id = private.living_courtyard(report_on_behalf.courtyard_id);
  counter := private.counter_of(yard);
  channel := private.field('channel', channel, 20, true);
  if channel not in ('counter', 'phone', 'visit') then
    perform private.fail(422, 'field_malformed', '{"field":"channel"}', 'Say whether they came to the counter, called, or were visited.');
  end if;
  if not repeated then
    who.actor := counter.role;
    who.person_id := auth.uid();
    who.office_area_id := counter.area_id;
    who.payload := jsonb_build_object('channel', channel);
    made := private.file_report(yard, key, body, what, name, address, place, phone, category, lng, lat, photos, lang, who);
  end if;
  return private.receipt(made, repeated) || jsonb_build_object('issue_id', made.id);
end
$$;

COMMENT ON FUNCTION public.report_on_behalf(courtyard_id bigint, key text, what text, name text, address text, channel text, place text, phone text, category text, lng double precision, lat double precision, photos integer, lang text) IS 'A report for someone who came to the counter, called (phone) or was visited (visit): channel. key: 26 base-32 characters made by the desk, handed to the resident as their tracking link. Logged with who took it. Returns the receipt of report_issue and issue_id. Errors: courtyard_unknown 404 (no yard of the caller''s office), report_not_allowed 403, field_missing, field_malformed, field_too_long, point_outside, key_malformed, category_unknown, too_many_photos 422, key_reused 409.';

CREATE FUNCTION public.retry_delivery(id uuid) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  with again as (
    update private.deliveries d set state = 'due', tries = 0, next_at = private.now(), error = null
    from private.hooks h
    where d.id = retry_delivery.id and d.state in ('dead', 'unsure') and h.id = d.hook_id and h.street_id = private.administered_street()
    returning d.hook_id
  ), awake as (
    update private.hooks h set failures = 0, rests_until = private.now()
    from again a where h.id = a.hook_id and h.rests_until > private.now()
  )
  select true from again
$$;

COMMENT ON FUNCTION public.retry_delivery(id uuid) IS 'Sends a dead letter again; true when there was one. Errors: admin_only 403.';

CREATE FUNCTION public.return_profile(courtyard_id bigint, quarter text, version integer, remark text, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  why text := private.field('remark', return_profile.remark, 200, true);
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.begin_round(return_profile.courtyard_id, return_profile.quarter, 'confirm');
  perform private.check_profile(private.profile_of(yard.id, return_profile.quarter), return_profile.version, '{submitted}');
  update private.profiles p set state = 'drafted', version = p.version + 1, remark = why where p.courtyard_id = yard.id and p.quarter = return_profile.quarter
  returning jsonb_build_object('state', p.state, 'version', p.version) into answer;
  insert into public.notices (at, kind, courtyard_id, quarter, area_id)
  select private.now(), 'round_returned', yard.id, return_profile.quarter, office from unnest(array[yard.community_id, yard.grid_id]) office;
  perform private.log_archive(yard.id, 'profile', return_profile.quarter, 'returned', jsonb_build_object('remark', why));
  perform private.tell_archives(array[yard.id]);
  return private.keep_answer(request_id, answer);
end
$$;

COMMENT ON FUNCTION public.return_profile(courtyard_id bigint, quarter text, version integer, remark text, request_id uuid) IS 'The street gives a submitted profile back with a remark; its drafts are kept. Returns {state, version}. Errors: courtyard_unknown 404, round_not_allowed 403, round_closed, profile_state, stale_version 409, field_missing, field_too_long 422.';

CREATE FUNCTION public.reveal_reporter(issue_id bigint, reason text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  issue public.issues;
  why text;
begin
  select i.* into issue from public.issues i where i.id = reveal_reporter.issue_id;
  if issue.id is null or not private.sees_issue(issue) then
    perform private.fail(404, 'issue_unknown', '{}', 'Reload the list.');
  end if;
  why := private.field('reason', reason, 200, true);
  insert into private.reveals (issue_id, person_id, reason, at) values (issue.id, auth.uid(), why, private.now());
  return (select jsonb_build_object('name', r.name, 'phone', r.phone, 'address', r.address) from private.reporters r where r.issue_id = issue.id);
end
$$;

COMMENT ON FUNCTION public.reveal_reporter(issue_id bigint, reason text) IS 'A reporter''s full name and phone, for a reason that is logged. Errors: issue_unknown 404, field_missing 422.';

CREATE FUNCTION public.revoke_code(code text, reason text, replace boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  was public.courtyard_codes := private.code_to_change(revoke_code.code);
  ended public.courtyard_codes;
  made public.courtyard_codes;
begin
  update public.courtyard_codes c set revoked_at = private.now(), revoked_reason = private.field('reason', reason, 100, true)
  where c.code = was.code returning * into ended;
  if replace then
    insert into public.courtyard_codes (courtyard_id, place, created_at) values (was.courtyard_id, was.place, private.now()) returning * into made;
    update public.courtyard_codes c set replaced_by = made.code where c.code = was.code returning * into ended;
  end if;
  perform private.log_setting('code', right(was.code, 4), private.code_setting(was), private.code_setting(coalesce(made, ended)) || jsonb_build_object('reason', ended.revoked_reason),
    private.administered_street());
  return private.code_json(coalesce(made, ended));
end
$$;

COMMENT ON FUNCTION public.revoke_code(code text, reason text, replace boolean) IS 'Ends a code for a reason: it opens nothing from now on. replace: a new one takes its place, and is returned instead. Errors: admin_only 403, code_unknown 404, code_ended 409, field_missing, field_too_long 422.';

CREATE FUNCTION public.round_form(courtyard_id bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  yard public.courtyards := private.readable_yard(round_form.courtyard_id);
  clearance integer := private.my_clearance(yard.community_id);
  may text[] := coalesce(private.round_may(yard), '{}');
  round public.rounds;
  profile private.profiles;
  archive private.archives;
begin
  select r.* into round from public.rounds r where r.street_id = yard.street_id order by r.quarter desc limit 1;
  if round.quarter is null then
    perform private.fail(409, 'round_closed', '{"quarter":null}', 'A round opens on the quarter''s first working day.');
  end if;
  select p.* into profile from private.profiles p where p.courtyard_id = yard.id and p.quarter = round.quarter;
  select a.* into archive from private.archives a where a.courtyard_id = yard.id;
  return jsonb_build_object(
    'courtyard', jsonb_build_object('id', yard.id, 'code', yard.code, 'name', yard.name, 'address', yard.address, 'community', private.office_name(yard.community_id, null)),
    'quarter', round.quarter, 'due_on', round.due_on, 'state', private.freshness(profile.state, archive.quarter, round.quarter),
    'version', coalesce(profile.version, 0), 'remark', profile.remark, 'may', to_jsonb(may),
    'modules', (
      select jsonb_agg(jsonb_build_object('code', m.code, 'name', m.name, 'name_en', m.name_en, 'fields', (
        select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'name', f.name, 'name_en', f.name_en, 'unit', f.unit, 'unit_en', f.unit_en, 'type', f.type,
          'options', f.options, 'low', f.low, 'high', f.high, 'note', f.note, 'sensitivity', f.sensitivity, 'formula', f.formula,
          -- who fills the form in needs the number; others see that there is one
          'value', case when f.type = 'phone' and not 'draft' = any (may) then to_jsonb(private.masked_phone(archive.facts ->> f.code)) else archive.facts -> f.code end,
          'verified_at', v.at, 'verified_by', p.name, 'due', private.field_due(f, v.at, round.quarter) and coalesce(profile.state, '') <> 'confirmed',
          'draft', case when d.code is not null then jsonb_build_object(
            'value', case when f.type = 'phone' and not 'draft' = any (may) then to_jsonb(private.masked_phone(d.value #>> '{}')) else d.value end,
            'version', d.version, 'at', d.at, 'by', w.name) end) order by f.sort, f.code), '[]')
        from public.archive_fields f
        left join private.verifications v on v.id = (archive.stamps ->> f.code)::bigint
        left join public.people p on p.id = v.person_id
        left join private.drafts d on d.courtyard_id = yard.id and d.quarter = round.quarter and d.code = f.code
        left join public.people w on w.id = d.person_id
        where f.module = m.code and f.active and private.sensitivity_rank(f.sensitivity) <= clearance)) order by m.sort)
      from public.archive_modules m),
    'checks', (
      select coalesce(jsonb_agg(to_jsonb(k) order by k.code), '[]') from public.field_checks k
      where not exists (select from public.archive_fields f where f.code = any (k.parts || k.whole) and private.sensitivity_rank(f.sensitivity) > clearance)));
end
$$;

COMMENT ON FUNCTION public.round_form(courtyard_id bigint) IS 'A courtyard''s form of the open round: {courtyard, quarter, due_on, state, version, remark, may, modules: [{code, name, name_en, fields: [{code, name, name_en, unit, unit_en, type, options, low, high, note, sensitivity, formula, value (the last confirmed), verified_at, verified_by, due, draft: {value, version, at, by} | null}]}], checks: [{code, parts, whole}]}; fields above the caller''s clearance are absent. Errors: courtyard_unknown 404, round_closed 409.';

CREATE FUNCTION public.round_worklist(topic text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  round public.rounds;
  yards jsonb;
  totals jsonb;
begin
  perform private.check_topic(topic);
  select r.* into round from public.rounds r
  where r.street_id = (select y.street_id from private.yards_of_topic(topic) y limit 1) order by r.quarter desc limit 1;
  with listed as (
    select c.id, c.community_id, private.freshness(p.state, a.quarter, coalesce(round.quarter, a.quarter)) as state,
      jsonb_build_object('courtyard_id', c.id, 'code', c.code, 'name', c.name, 'address', c.address, 'community_id', c.community_id, 'community', k.name,
        'grid_id', c.grid_id, 'lng', round(extensions.st_x(c.point)::numeric, 6), 'lat', round(extensions.st_y(c.point)::numeric, 6),
        'state', private.freshness(p.state, a.quarter, coalesce(round.quarter, a.quarter)),
        'due', n.due, 'answered', least(n.answered, n.due), 'remark', p.remark, 'version', coalesce(p.version, 0),
        'at', coalesce(p.confirmed_at, p.submitted_at, a.verified_at), 'by', w.name) as yard
    from private.due_counts(topic, coalesce(round.quarter, private.quarter_of(private.now()))) n
    join public.courtyards c on c.id = n.courtyard_id
    join public.areas k on k.id = c.community_id
    left join private.archives a on a.courtyard_id = c.id
    left join private.profiles p on p.courtyard_id = c.id and p.quarter = round.quarter
    left join public.people w on w.id = coalesce(p.confirmed_by, p.submitted_by)
  )
  select coalesce(jsonb_agg(l.yard order by l.community_id, l.id), '[]'),
    jsonb_build_object('due', count(*) filter (where l.state = 'due'), 'drafted', count(*) filter (where l.state = 'drafted'), 'submitted', count(*) filter (where l.state = 'submitted'),
      'confirmed', count(*) filter (where l.state = 'confirmed'), 'stale', count(*) filter (where l.state = 'stale'))
  into yards, totals from listed l;
  return jsonb_build_object('quarter', round.quarter, 'opened_at', round.opened_at, 'due_on', round.due_on, 'seq', private.archive_seq(topic),
    'may', (select coalesce(jsonb_agg(distinct act), '[]') from private.my_memberships() m,
      lateral unnest(case m.role when 'grid_worker' then '{draft}'::text[] when 'community_staff' then '{draft,submit}' when 'street_staff' then '{confirm}' end) act),
    'totals', totals, 'yards', yards);
end
$$;

COMMENT ON FUNCTION public.round_worklist(topic text) IS 'The quarterly round of `topic`: {quarter (null: none was opened yet), opened_at, due_on, seq, may, totals: {due, drafted, submitted, confirmed, stale}, yards: [{courtyard_id, code, name, address, community_id, community, grid_id, lng, lat, state, due (fields to answer), answered, remark (why it came back), version, at, by}]}. Errors: topic_not_allowed 403.';

CREATE FUNCTION public.save_area_boundary(area_id bigint, boundary jsonb, version integer, dry_run boolean DEFAULT false) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street constant bigint := private.begin_drawing();
  area constant public.areas := private.drawn_grid(street, area_id);
  drawn constant extensions.geometry := private.drawn_shape(boundary);
  community constant extensions.geometry := (select a.boundary from public.areas a where a.id = area.parent_id);
  shape extensions.geometry := drawn;
  answer jsonb;
begin
  if area.version is distinct from save_area_boundary.version then
    perform private.fail(409, 'stale_area', jsonb_build_object('area', area.id, 'name', area.name, 'version', area.version), 'Look at what changed, then draw again.');
  end if;
  if community is not null then
    shape := extensions.st_multi(extensions.st_collectionextract(extensions.st_intersection(drawn, community), 3));
    if private.square_metres(shape) < 1 then
      perform private.fail(422, 'outline_outside', jsonb_build_object('community', private.office_name(area.parent_id, null)), 'Draw it inside its community.');
    end if;
  end if;
  if not exists (select from public.courtyards c where c.street_id = street and c.ended_at is null and c.community_id = area.parent_id
    and extensions.st_intersects(shape, c.point)) then
    perform private.fail(422, 'area_empty', jsonb_build_object('area', area.id), 'Draw it around at least one yard of the community.');
  end if;
  begin
    perform private.note_area(area);
    update public.areas a set boundary = shape where a.id = area.id;
    answer := jsonb_build_object('trimmed', private.trim_neighbours(area, shape));
    answer := answer || jsonb_build_object('moved', private.regrid(area, shape));
    answer := answer || jsonb_build_object(
      'left_off', round(greatest(private.square_metres(drawn) - private.square_metres(shape), 0)),
      'outside', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.id), '[]') from public.courtyards c
        where c.grid_id = area.id and c.ended_at is null and not extensions.st_intersects(shape, c.point)),
      'version', (select a.version from public.areas a where a.id = area.id), 'written', not dry_run);
    if dry_run then
      raise exception using errcode = 'PTDRY', message = 'nothing_written';
    end if;
    perform private.publish_ground(street, area.parent_id || (select array_agg(a.id) from public.areas a where a.parent_id = area.parent_id));
  exception when sqlstate 'PTDRY' then
    null;
  end;
  return answer;
end
$$;

COMMENT ON FUNCTION public.save_area_boundary(area_id bigint, boundary jsonb, version integer, dry_run boolean) IS 'Gives a grid the boundary drawn (GeoJSON, WGS-84), decided on `version`; dry_run only says what it would do. What lies outside its community is left off (m²); other grids of the community give up the ground it takes (trimmed); yards go to the grid their middle lies in, with their open issues (moved); those in no grid stay (outside). Returns {trimmed, moved, left_off, outside, version, written}. Errors: drawing_not_allowed 403, area_unknown 404, stale_area {version}, grid_swallowed {name} 409, outline_malformed, outline_crosses {reason, at}, outline_empty, outline_outside, area_empty 422.';

CREATE FUNCTION public.save_base_map(name text, kind text, datum text, id bigint DEFAULT NULL::bigint, name_en text DEFAULT NULL::text, url text DEFAULT NULL::text, layer text DEFAULT NULL::text, key text DEFAULT NULL::text, hosts text[] DEFAULT '{}'::text[], attribution text DEFAULT NULL::text, active boolean DEFAULT true, version integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  street bigint := private.begin_setting();
  host text := private.url_host(save_base_map.url);
  cleaned text[] := private.clean_hosts(save_base_map.hosts);
  saved private.base_maps;
  current private.base_maps;
begin
  perform private.choice('kind', save_base_map.kind, array['style', 'pmtiles', 'tianditu']);
  perform private.choice('datum', save_base_map.datum, array['wgs84', 'cgcs2000', 'gcj02', 'bd09']);
  if save_base_map.datum in ('gcj02', 'bd09') then
    perform private.fail(422, 'base_shifted', jsonb_build_object('field', 'datum', 'datum', save_base_map.datum),
      'Take a base map in WGS-84 or CGCS2000, such as 天地图.');
  elsif save_base_map.kind = 'tianditu' then
    perform private.choice('layer', save_base_map.layer, array['vec', 'img', 'ter']);
    if coalesce(save_base_map.key, '') !~ '^[0-9a-zA-Z]{16,64}$' then
      perform private.fail(422, 'base_malformed', '{"field":"key"}', 'Give the browser key 天地图 issued to the office: 32 letters and digits.');
    end if;
  elsif host is null and (save_base_map.kind = 'style' or coalesce(save_base_map.url, '') !~ '^/[^/\s][^\s]{0,200}$') or char_length(save_base_map.url) > 400 then
    perform private.fail(422, 'base_malformed', '{"field":"url"}', 'Give an https address, or for a PMTiles file a path on this server.');
  else
    perform private.check_host_datum('url', coalesce(host, ''));
  end if;
  select b.* into current from private.base_maps b where b.id = save_base_map.id and b.street_id = street;
  if save_base_map.id is not null and current.id is null then
    perform private.fail(404, 'setting_unknown', '{}', 'Reload the list.');
  elsif current.version <> coalesce(save_base_map.version, 0) then
    perform private.fail(409, 'stale_setting', jsonb_build_object('version', current.version), 'Look at what changed, then save again.');
  end if;
  insert into private.base_maps as b (id, street_id, name, name_en, kind, url, layer, key, hosts, attribution, active)
  values (coalesce(save_base_map.id, nextval(pg_get_serial_sequence('private.base_maps', 'id'))), street,
    private.field('name', save_base_map.name, 20, true), private.field('name_en', save_base_map.name_en, 40, false), save_base_map.kind,
    case when save_base_map.kind <> 'tianditu' then save_base_map.url end, case when save_base_map.kind = 'tianditu' then save_base_map.layer end,
    case when save_base_map.kind = 'tianditu' then save_base_map.key end, cleaned,
    private.field('attribution', save_base_map.attribution, 200, false), coalesce(save_base_map.active, true))
  on conflict on constraint base_maps_pkey do update set name = excluded.name, name_en = excluded.name_en, kind = excluded.kind, url = excluded.url,
    layer = excluded.layer, key = excluded.key, hosts = excluded.hosts, attribution = excluded.attribution, active = excluded.active
  returning b.* into saved;
  perform pg_notify('base_maps', '');
  return private.base_map_json(saved);
end
$_$;

COMMENT ON FUNCTION public.save_base_map(name text, kind text, datum text, id bigint, name_en text, url text, layer text, key text, hosts text[], attribution text, active boolean, version integer) IS 'Adds a base map, or changes the one of this id as it was at `version`. datum: what its coordinates are in; shifted ones are refused. Returns it as list_base_maps does. Errors: admin_only 403, base_shifted, base_malformed, field_missing, field_malformed 422, setting_unknown 404, stale_setting 409.';

CREATE FUNCTION public.save_calendar_year(year integer, days jsonb, version bigint DEFAULT NULL::bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  entry record;
  seen date[] := '{}'::date[];
  before jsonb;
begin
  perform private.begin_setting();
  if year is null or year not between 2020 and 2100 then
    perform private.refuse_calendar('year', null, 'Give a year from 2020 to 2100.');
  end if;
  perform private.check_seen('calendar', year::text, version);
  perform private.check_rows('days', days, 366);
  for entry in
    select n, private.day(value ->> 'day') as day, value -> 'working' as working, value -> 'name' as name
    from jsonb_array_elements(days) with ordinality r (value, n)
  loop
    if entry.day is null or extract(year from entry.day) <> year then
      perform private.refuse_calendar('day', entry.n, 'Give a day of this year, like ' || year || '-01-31.');
    elsif entry.day = any (seen) then
      perform private.refuse_calendar('day', entry.n, 'Name each day once.');
    elsif jsonb_typeof(entry.working) is distinct from 'boolean' then
      perform private.refuse_calendar('working', entry.n, 'Say true for a day worked, false for a day off.');
    elsif jsonb_typeof(entry.name) not in ('string', 'null') or char_length(entry.name #>> '{}') > 40 then
      perform private.refuse_calendar('name', entry.n, 'Give a name of at most 40 characters, or none.');
    end if;
    seen := seen || entry.day;
  end loop;
  before := private.year_json(year);
  perform set_config('courtyard.recount', 'later', true);
  delete from public.calendar_days where day between make_date(year, 1, 1) and make_date(year, 12, 31);
  insert into public.calendar_days (day, working, name)
  select (value ->> 'day')::date, (value ->> 'working')::boolean, private.clean(value ->> 'name') from jsonb_array_elements(days);
  return private.finish_calendar('calendar', year::text, before, private.year_json(year));
end
$$;

COMMENT ON FUNCTION public.save_calendar_year(year integer, days jsonb, version bigint) IS 'Replaces the days of a year that differ from the week: [{day ''2027-01-01'', working, name}]; running clocks are counted anew. version as in save_working_hours, of this year''s history. Returns {saved, recounted, version}. Errors: admin_only 403, stale_setting 409 {version}, calendar_malformed 422 {field, row from 1, or null}.';

CREATE FUNCTION public.save_category(code text, name text, class text, level text, urgency text, clock text, accept_minutes integer, dispatch_minutes integer, handle_minutes integer, name_en text DEFAULT NULL::text, keywords text[] DEFAULT '{}'::text[], department_id bigint DEFAULT NULL::bigint, duty text DEFAULT NULL::text, sort integer DEFAULT 100, active boolean DEFAULT true, version integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  street constant bigint := private.begin_setting();
  old public.categories;
  made public.categories;
begin
  made.code := private.setting_code(save_category.code, '^[a-z_]{2,40}$');
  select c.* into old from public.categories c where c.code = made.code;
  perform private.check_setting(old.version, save_category.version);
  made.name := private.field('name', save_category.name, 20, true);
  made.name_en := coalesce(private.field('name_en', save_category.name_en, 60), made.name);
  made.class := private.field('class', save_category.class, 20, true);
  made.keywords := private.keywords(save_category.keywords);
  made.level := private.choice('level', save_category.level, '{courtyard,community,street}');
  made.department_id := save_category.department_id;
  if made.department_id is distinct from old.department_id and made.department_id is not null
    and not exists (select from public.departments d where d.id = made.department_id and d.street_id = street) then
    perform private.fail(422, 'department_unknown', '{"field":"department_id"}', 'Choose one of the street''s departments.');
  end if;
  made.duty := private.field('duty', save_category.duty, 40);
  if made.duty is not null and not exists (select from public.duties d where d.code = made.duty) then
    perform private.fail(422, 'duty_unknown', '{"field":"duty"}', 'Choose the entry of the duty lists it rests on.');
  end if;
  made.urgency := private.choice('urgency', save_category.urgency, '{ordinary,urgent,emergency}');
  made.clock := private.choice('clock', save_category.clock, '{working,wall}');
  made.accept_minutes := private.step_minutes('accept_minutes', save_category.accept_minutes);
  made.dispatch_minutes := private.step_minutes('dispatch_minutes', save_category.dispatch_minutes);
  made.handle_minutes := private.step_minutes('handle_minutes', save_category.handle_minutes);
  made.sort := private.whole_number('sort', coalesce(save_category.sort, 100), 0, 9999);
  made.active := coalesce(save_category.active, true);
  made.version := 1;
  insert into public.categories as c values (made.*)
  on conflict on constraint categories_pkey do update set name = excluded.name, name_en = excluded.name_en, class = excluded.class,
    keywords = excluded.keywords, level = excluded.level, department_id = excluded.department_id, duty = excluded.duty,
    urgency = excluded.urgency, clock = excluded.clock, accept_minutes = excluded.accept_minutes,
    dispatch_minutes = excluded.dispatch_minutes, handle_minutes = excluded.handle_minutes, sort = excluded.sort, active = excluded.active
  returning c.* into made;
  return to_jsonb(made);
end
$_$;

COMMENT ON FUNCTION public.save_category(code text, name text, class text, level text, urgency text, clock text, accept_minutes integer, dispatch_minutes integer, handle_minutes integer, name_en text, keywords text[], department_id bigint, duty text, sort integer, active boolean, version integer) IS 'Adds a category (version null), or changes the one of this code as it was at `version`; running clocks are counted anew. Returns the row. Without an English name the Chinese one stands. Errors: admin_only 403, setting_unknown 404, stale_setting {version}, code_taken, category_needed 409, field_missing, field_too_long, field_malformed {field, options | min, max}, department_unknown, duty_unknown, community_never 422.';

CREATE FUNCTION public.save_courtyard_outline(courtyard_id bigint, outline jsonb, version integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street constant bigint := private.begin_drawing();
  yard constant public.courtyards := private.drawn_courtyard(street, courtyard_id, version);
  shape constant extensions.geometry := private.drawn_shape(outline);
begin
  perform private.check_outline(street, shape, array[yard.id], yard.geom);
  -- where its name stands stays while it can
  update public.courtyards c set geom = shape,
    point = case when extensions.st_intersects(shape, c.point) then c.point else extensions.st_pointonsurface(shape) end
  where c.id = yard.id;
  perform private.note_courtyard('redrawn', yard);
  perform private.publish_ground(street, array[yard.community_id, yard.grid_id]);
  return private.drawn_json(yard.id);
end
$$;

COMMENT ON FUNCTION public.save_courtyard_outline(courtyard_id bigint, outline jsonb, version integer) IS 'Gives a courtyard the outline drawn (GeoJSON, WGS-84), decided on `version`. Returns the yard; grid_there names another grid its middle lies in. Errors: drawing_not_allowed 403, courtyard_unknown 404, stale_courtyard {version, last}, courtyard_ended {living}, outline_overlaps {courtyards} 409, outline_malformed, outline_crosses {reason, at}, outline_empty, outline_outside 422.';

CREATE FUNCTION public.save_draft(courtyard_id bigint, quarter text, "values" jsonb, unchanged text[] DEFAULT '{}'::text[], request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
  profile private.profiles;
  refused jsonb;
  given jsonb := coalesce("values", '{}');
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.begin_round(save_draft.courtyard_id, save_draft.quarter, 'draft');
  if jsonb_typeof(given) <> 'object' or exists (select from jsonb_each(given) g where jsonb_typeof(g.value) <> 'object'
    or coalesce(g.value ->> 'base', '0') !~ '^[0-9]{1,9}$') then
    perform private.fail(422, 'values_malformed', '{}', 'Send {code: {value, base}}.');
  end if;
  refused := private.refused_values((select coalesce(jsonb_object_agg(key, value -> 'value'), '{}') from jsonb_each(given)), private.my_clearance(yard.community_id));
  if refused <> '[]' then
    perform private.fail(422, 'value_refused', jsonb_build_object('fields', refused), 'Mend these fields.');
  end if;
  insert into private.profiles as p (courtyard_id, quarter, state) values (yard.id, save_draft.quarter, 'drafted')
  on conflict on constraint profiles_pkey do update set version = p.version + 1 where p.state = 'drafted' returning p.* into profile;
  if profile.courtyard_id is null then
    select p.* into profile from private.profiles p where p.courtyard_id = yard.id and p.quarter = save_draft.quarter;
    perform private.fail(409, 'profile_submitted', jsonb_build_object('state', profile.state, 'version', profile.version), 'The street has to give it back first.');
  end if;
  answer := private.take_draft(yard.id, save_draft.quarter,
    private.unchanged_values(yard.id, save_draft.quarter, coalesce(unchanged, '{}')) || given);
  if profile.version = 1 then
    perform private.log_archive(yard.id, 'profile', save_draft.quarter, 'drafted');
    perform private.tell_archives(array[yard.id]);
  end if;
  return private.keep_answer(request_id, answer || jsonb_build_object('state', profile.state, 'version', profile.version));
end
$_$;

COMMENT ON FUNCTION public.save_draft(courtyard_id bigint, quarter text, "values" jsonb, unchanged text[], request_id uuid) IS 'Keeps answers of a round field by field: values {code: {value, base}}, base the draft version they were decided on (0: none); unchanged: modules of which every other due field keeps its last value. Returns {state, version, saved: {code: version}, conflicts: [{code, value, version, at, by}]}: a conflict is what someone else answered meanwhile, and is not overwritten. Errors: courtyard_unknown 404, round_not_allowed 403, round_closed, profile_submitted 409, values_malformed, value_refused 422 {fields: [{code, why (unknown|derived|type|range|option|length), low, high}]}.';

CREATE FUNCTION public.save_duty(code text, list text, title text, title_en text DEFAULT NULL::text, instead text DEFAULT NULL::text, active boolean DEFAULT true, version integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  made public.duties;
  current integer;
begin
  perform private.begin_setting();
  made.code := private.setting_code(save_duty.code, '^[a-z0-9_]{2,40}$');
  select d.version into current from public.duties d where d.code = made.code;
  perform private.check_setting(current, save_duty.version);
  made.list := private.choice('list', save_duty.list,
    '{community_duty,community_assists,community_never,certificate,certificate_never,department_duty}');
  made.title := private.field('title', save_duty.title, 60, true);
  made.title_en := coalesce(private.field('title_en', save_duty.title_en, 120), made.title);
  made.instead := private.field('instead', save_duty.instead, 200);
  made.active := coalesce(save_duty.active, true);
  made.version := 1;
  insert into public.duties as d (code, list, title, title_en, instead, version, active)
  values (made.code, made.list, made.title, made.title_en, made.instead, made.version, made.active)
  on conflict on constraint duties_pkey do update set list = excluded.list, title = excluded.title, title_en = excluded.title_en,
    instead = excluded.instead, active = excluded.active
  returning d.* into made;
  return to_jsonb(made);
end
$_$;

COMMENT ON FUNCTION public.save_duty(code text, list text, title text, title_en text, instead text, active boolean, version integer) IS 'Adds an entry of the duty lists (version null), or changes the one of this code as it was at `version`. Returns the row. Errors: admin_only 403, setting_unknown 404, stale_setting {version}, code_taken, duty_in_use {categories} 409, field_missing, field_too_long, field_malformed 422.';

CREATE FUNCTION public.save_field(field jsonb, version integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street bigint := private.begin_setting();
  made public.archive_fields := private.given_field(field);
  current integer := (select f.version from public.archive_fields f where f.code = made.code);
begin
  perform private.check_setting(current, save_field.version);
  insert into public.archive_fields as f values (made.*)
  on conflict (code) do update set module = made.module, name = made.name, name_en = made.name_en, unit = made.unit, unit_en = made.unit_en, type = made.type,
    options = made.options, low = made.low, high = made.high, sensitivity = made.sensitivity, source = made.source, owner = made.owner,
    every_months = made.every_months, formula = made.formula, note = made.note, on_map = made.on_map, sort = made.sort, active = made.active;
  if current is null and made.formula is not null then
    update private.archives a set facts = private.with_derived(a.facts);
  end if;
  perform private.tell_archives(private.derive_labels());
  return (select jsonb_build_object('code', f.code, 'version', f.version) from public.archive_fields f where f.code = made.code and street is not null);
end
$$;

COMMENT ON FUNCTION public.save_field(field jsonb, version integer) IS 'Adds a field to the dictionary, or changes the one of this code as it was at `version`: {code, module, name, name_en, unit, unit_en, type, options, low, high, sensitivity, source, owner, every_months, formula, note, on_map, sort, active}. Earlier quarters keep their values and are read by the definition of their time. Returns {code, version}. Errors: admin_only 403, setting_unknown 404, code_taken, stale_setting, field_in_use 409 {labels, fields, checks}, field_missing, field_too_long, field_malformed, formula_malformed 422.';

CREATE FUNCTION public.save_field_check(code text, parts text[], whole text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  street bigint := private.begin_setting();
  made text := private.setting_code(save_field_check.code, '^[a-z][a-z0-9_]{1,39}$');
begin
  if cardinality(coalesce(parts, '{}')) = 0 then
    delete from public.field_checks c where c.code = made;
  elsif cardinality(parts) > 8 or exists (select from unnest(parts || whole) p where not exists (
    select from public.archive_fields f where f.code = p and f.active and f.type in ('count', 'number') and street is not null)) then
    perform private.fail(422, 'field_malformed', '{"field":"parts"}', 'Compare counts that are asked or derived.');
  else
    insert into public.field_checks values (made, parts, whole)
    on conflict on constraint field_checks_pkey do update set parts = excluded.parts, whole = excluded.whole;
  end if;
end
$_$;

COMMENT ON FUNCTION public.save_field_check(code text, parts text[], whole text) IS 'Sets a sum that profiles must satisfy (the parts together no more than the whole), or removes it when there are no parts. Errors: admin_only 403, field_malformed 422.';

CREATE FUNCTION public.save_filter(name text, filter text, words text DEFAULT NULL::text, shared boolean DEFAULT false, id bigint DEFAULT NULL::bigint, version integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  most constant integer := 50;
  made public.saved_filters;
  office record;
  same bigint;
begin
  if save_filter.id is not null then
    made := private.own_filter(save_filter.id);
    if made.version is distinct from save_filter.version then
      perform private.fail(409, 'stale_filter', jsonb_build_object('version', made.version), 'Look at it as it is now, then save again.');
    end if;
  else
    select m.area_id, m.department_id into office from private.my_memberships() m order by m.id limit 1;
    if not found then
      perform private.fail(403, 'not_member', '{}', 'Ask the street''s administrator for a role.');
    end if;
    -- one at a time for each person, so that the limit and the names hold
    perform pg_advisory_xact_lock(hashtextextended('saved_filters ' || (select auth.uid()), 0));
    if (select count(*) from public.saved_filters f where f.person_id = (select auth.uid())) >= most then
      perform private.fail(409, 'filters_full', jsonb_build_object('max', most), 'Remove one you no longer need.');
    end if;
    made.id := nextval(pg_get_serial_sequence('public.saved_filters', 'id'));
    made.person_id := (select auth.uid());
    made.street_id := coalesce((select d.street_id from public.departments d where d.id = office.department_id),
      private.area_above(office.area_id, 'street'));
    made.area_id := office.area_id;
    made.department_id := office.department_id;
    made.version := 1;
    made.created_at := private.now();
  end if;
  made.name := private.field('name', save_filter.name, 40, true);
  made.filter := private.field('filter', save_filter.filter, 6000, true);
  if made.filter !~ '^[a-z]{1,2}\.[^*]+(\*[a-z]{1,2}\.[^*]+)*$' then
    perform private.fail(422, 'field_malformed', '{"field":"filter"}', 'Save the filter as the map''s address carries it.');
  end if;
  made.words := private.field('words', save_filter.words, 500);
  made.shared := coalesce(save_filter.shared, false);
  made.updated_at := private.now();
  select f.id into same from public.saved_filters f where f.person_id = made.person_id and f.name = made.name and f.id <> made.id;
  if same is not null then
    perform private.fail(409, 'filter_name_taken', jsonb_build_object('id', same), 'Choose another name, or change that one.');
  end if;
  insert into public.saved_filters as f values (made.*)
  on conflict on constraint saved_filters_pkey do update set name = excluded.name, filter = excluded.filter, words = excluded.words,
    shared = excluded.shared, updated_at = excluded.updated_at
  returning f.version into made.version;
  return jsonb_build_object('id', made.id, 'version', made.version);
end
$_$;

COMMENT ON FUNCTION public.save_filter(name text, filter text, words text, shared boolean, id bigint, version integer) IS 'Keeps a filter of the map under a name, or changes the one of this id as it was at `version`. shared: the caller''s first office sees it too. Returns {id, version}. Errors: not_member 403, filter_unknown 404, filter_not_own 403, stale_filter 409 {version}, filter_name_taken 409 {id}, filters_full 409 {max}, field_missing, field_too_long, field_malformed 422.';

CREATE FUNCTION public.save_guard(proof text, words text[], hold_links boolean) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street bigint := private.administered_street();
begin
  insert into private.guards as g (street_id, proof, words, hold_links)
  values (street, private.choice('proof', save_guard.proof, '{off,busy,flood}'), private.keywords(save_guard.words), coalesce(save_guard.hold_links, true))
  on conflict on constraint guards_pkey do update set proof = excluded.proof, words = excluded.words, hold_links = excluded.hold_links;
  return public.guard_settings();
end
$$;

COMMENT ON FUNCTION public.save_guard(proof text, words text[], hold_links boolean) IS 'The flood switch and what is looked at first. Returns as guard_settings. Errors: admin_only 403, field_malformed, field_too_long 422.';

CREATE FUNCTION public.save_hook(name text, kind text, url text, id bigint DEFAULT NULL::bigint, secret text DEFAULT NULL::text, kinds text[] DEFAULT '{}'::text[], area_id bigint DEFAULT NULL::bigint, department_id bigint DEFAULT NULL::bigint, active boolean DEFAULT true, audience text DEFAULT 'office'::text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  street bigint := private.administered_street();
  clean_secret text := private.clean(secret);
  saved bigint;
begin
  if kind not in ('wecom', 'dingtalk', 'generic') or url !~ '^https://[^[:space:]]+$' and url !~ '^http://(127\.0\.0\.1|localhost)[:/]' then
    perform private.fail(422, 'hook_malformed', '{"field":"url"}', 'Give an https address, and the kind of robot.');
  elsif audience is null or audience not in ('office', 'residents') or audience = 'residents' and kind <> 'generic' then
    perform private.fail(422, 'hook_malformed', '{"field":"audience"}', 'A robot in a group must not get residents'' phone numbers: give a gateway of your own.');
  elsif audience = 'residents' and clean_secret is null
    and not exists (select from private.hooks h where h.id = save_hook.id and h.street_id = street and h.secret is not null) then
    perform private.fail(422, 'field_missing', '{"field":"secret"}', 'Messages with phone numbers are signed: give a secret.');
  end if;
  insert into private.hooks as h (id, street_id, name, kind, url, secret, kinds, area_id, department_id, active, audience)
  values (coalesce(save_hook.id, nextval(pg_get_serial_sequence('private.hooks', 'id'))), street, private.field('name', save_hook.name, 60, true),
    save_hook.kind, save_hook.url, coalesce(clean_secret, (select o.secret from private.hooks o where o.id = save_hook.id and o.street_id = street)),
    case audience when 'office' then coalesce(save_hook.kinds, '{}') else '{}' end, save_hook.area_id,
    case audience when 'office' then save_hook.department_id end, save_hook.active, save_hook.audience)
  on conflict on constraint hooks_pkey do update set name = excluded.name, kind = excluded.kind, url = excluded.url,
    secret = excluded.secret, kinds = excluded.kinds, area_id = excluded.area_id,
    department_id = excluded.department_id, active = excluded.active, audience = excluded.audience
  where h.street_id = street
  returning h.id into saved;
  return saved;
end
$_$;

COMMENT ON FUNCTION public.save_hook(name text, kind text, url text, id bigint, secret text, kinds text[], area_id bigint, department_id bigint, active boolean, audience text) IS 'Adds a webhook, or changes the one of this id; a secret left out stays. audience: office (notices), or residents (steps of their reports with their phone numbers; kind generic, with a secret). Returns its id. Errors: admin_only 403, hook_malformed, field_missing 422.';

CREATE FUNCTION public.save_label(label jsonb, version integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  street bigint := private.begin_setting();
  made public.labels;
  current public.labels;
begin
  made.code := private.setting_code(label ->> 'code', '^[a-z][a-z0-9_]{1,39}$');
  made.label_group := private.choice('group', label ->> 'group', array(select g.code from public.label_groups g));
  made.name := private.field('name', label ->> 'name', 20, true);
  made.name_en := private.field('name_en', label ->> 'name_en', 60, true);
  made.colour := coalesce(label ->> 'colour', (select g.colour from public.label_groups g where g.code = made.label_group));
  made.icon := private.field('icon', coalesce(label ->> 'icon', 'tag'), 40, true);
  made.rule := nullif(label -> 'rule', 'null');
  made.sensitivity := private.choice('sensitivity', coalesce(label ->> 'sensitivity', 'staff'), '{public,staff,community,key_person}');
  if made.colour !~ '^#[0-9a-f]{6}$' then
    perform private.fail(422, 'field_malformed', '{"field":"colour"}', 'Give a colour as #rrggbb.');
  elsif coalesce(label ->> 'days', '365') !~ '^[0-9]{1,4}$' or coalesce(label ->> 'sort', '100') !~ '^[0-9]{1,4}$' or coalesce(label ->> 'active', 'true') not in ('true', 'false') then
    perform private.fail(422, 'field_malformed', '{"field":"days"}', 'Give days and place as whole numbers.');
  end if;
  made.days := private.whole_number('days', coalesce(label ->> 'days', '365')::integer, 1, 3650);
  select l.* into current from public.labels l where l.code = made.code;
  perform private.check_setting(current.version, save_label.version);
  insert into public.labels as l (code, label_group, name, name_en, colour, icon, rule, days, sensitivity, sort, active)
  values (made.code, made.label_group, made.name, made.name_en, made.colour, made.icon, made.rule, made.days, made.sensitivity,
    coalesce(label ->> 'sort', '100')::integer, coalesce(label ->> 'active', 'true')::boolean)
  on conflict (code) do update set label_group = excluded.label_group, name = excluded.name, name_en = excluded.name_en, colour = excluded.colour, icon = excluded.icon,
    rule = excluded.rule, days = excluded.days, sensitivity = excluded.sensitivity, sort = excluded.sort, active = excluded.active
  returning l.* into made;
  if not made.active then
    update private.courtyard_labels c set ended_at = private.now(), ended = 'label' where c.label_id = made.id and c.ended_at is null and not c.derived;
  end if;
  perform private.derive_labels();
  perform private.tell_archives(array(select c.id from public.courtyards c where c.street_id = street));
  return jsonb_build_object('id', made.id, 'code', made.code, 'version', made.version);
end
$_$;

COMMENT ON FUNCTION public.save_label(label jsonb, version integer) IS 'Adds a label, or changes the one of this code as it was at `version`: {code, group, name, name_en, colour, icon, rule (null: by hand only), days, sensitivity, sort, active}. Yards gain and lose it at once. Returns {id, code, version}. Errors: admin_only 403, setting_unknown 404, code_taken, stale_setting 409, field_missing, field_too_long, field_malformed, rule_malformed 422 {part, why}.';

CREATE FUNCTION public.save_template(action text, title text, words text, addressee text DEFAULT NULL::text, id bigint DEFAULT NULL::bigint, shared boolean DEFAULT false, version integer DEFAULT NULL::integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  made public.reply_templates;
  office record;
begin
  if save_template.id is not null then
    made := private.own_template(save_template.id);
    perform private.check_setting(made.version, coalesce(save_template.version, 0));
  else
    select m.area_id, m.department_id into office from private.my_memberships() m order by m.id limit 1;
    if not found then
      perform private.fail(403, 'not_member', '{}', 'Ask the street''s administrator for a role.');
    elsif shared then
      made.street_id := private.administered_street();
    else
      made.street_id := coalesce((select d.street_id from public.departments d where d.id = office.department_id),
        private.area_above(office.area_id, 'street'));
      made.area_id := office.area_id;
      made.department_id := office.department_id;
    end if;
    made.id := nextval(pg_get_serial_sequence('public.reply_templates', 'id'));
    made.sort := 100;
    made.version := 1;
  end if;
  made.action := private.choice('action', save_template.action, array(
    select distinct a.action from public.issue_actions a where a.actor not in ('resident', 'clock')));
  made.title := private.field('title', save_template.title, 40, true);
  made.addressee := private.field('addressee', save_template.addressee, 100);
  if made.addressee is not null and made.action <> 'letter' then
    perform private.fail(422, 'field_unknown', '{"field":"addressee"}', 'Only letters have an addressee.');
  end if;
  made.words := private.template_words(save_template.words, case made.action when 'letter' then 4000 else 1000 end);
  insert into public.reply_templates as t values (made.*)
  on conflict on constraint reply_templates_pkey do update set action = excluded.action, title = excluded.title,
    addressee = excluded.addressee, words = excluded.words;
  return made.id;
end
$$;

COMMENT ON FUNCTION public.save_template(action text, title text, words text, addressee text, id bigint, shared boolean, version integer) IS 'Adds a template for the caller''s first office (shared: for the whole street, by its administrator), or changes the one of this id as it was at `version`. Returns its id. Errors: not_member, admin_only, template_fixed 403 {preset}, template_unknown 404, stale_setting 409 {version}, field_missing, field_too_long, field_malformed, field_unknown, placeholder_unknown 422 {placeholder, known}.';

CREATE FUNCTION public.save_urgency_clock(urgency text, clock text, accept_minutes integer, dispatch_minutes integer, handle_minutes integer, verify_minutes integer, version integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  saved public.urgency_clocks;
begin
  perform private.begin_setting();
  perform private.choice('urgency', save_urgency_clock.urgency, '{ordinary,urgent,emergency}');
  select u.* into strict saved from public.urgency_clocks u where u.urgency = save_urgency_clock.urgency;
  perform private.check_setting(saved.version, coalesce(save_urgency_clock.version, 0));
  update public.urgency_clocks u set
    clock = private.choice('clock', save_urgency_clock.clock, '{working,wall}'),
    accept_minutes = private.step_minutes('accept_minutes', save_urgency_clock.accept_minutes),
    dispatch_minutes = private.step_minutes('dispatch_minutes', save_urgency_clock.dispatch_minutes),
    handle_minutes = private.step_minutes('handle_minutes', save_urgency_clock.handle_minutes),
    verify_minutes = private.step_minutes('verify_minutes', save_urgency_clock.verify_minutes)
  where u.urgency = saved.urgency returning u.* into saved;
  return to_jsonb(saved);
end
$$;

COMMENT ON FUNCTION public.save_urgency_clock(urgency text, clock text, accept_minutes integer, dispatch_minutes integer, handle_minutes integer, verify_minutes integer, version integer) IS 'Changes how long each step takes at an urgency, as it was at `version`; running clocks are counted anew. Returns the row. Errors: admin_only 403, stale_setting 409 {version}, field_missing, field_malformed 422.';

CREATE FUNCTION public.save_working_hours(hours jsonb, version bigint DEFAULT NULL::bigint) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  clock_time constant text := '^([01][0-9]|2[0-3]):[0-5][0-9]$';
  span record;
  last_day integer;
  last_closes text;
  before jsonb;
begin
  perform private.begin_setting();
  perform private.check_seen('hours', 'week', version);
  perform private.check_rows('hours', hours, 70);
  -- HH:MM sorts as text
  for span in
    select n, value ->> 'weekday' as weekday, value ->> 'opens' as opens, value ->> 'closes' as closes
    from jsonb_array_elements(hours) with ordinality r (value, n) order by value ->> 'weekday', value ->> 'opens'
  loop
    if span.weekday is null or span.weekday !~ '^[1-7]$' then
      perform private.refuse_calendar('weekday', span.n, 'Give a weekday from 1 (Monday) to 7.');
    elsif span.opens is null or span.opens !~ clock_time then
      perform private.refuse_calendar('opens', span.n, 'Give a time like 09:00.');
    elsif span.closes is null or span.closes !~ clock_time and span.closes <> '24:00' or span.closes <= span.opens then
      perform private.refuse_calendar('closes', span.n, 'Give a time like 12:00, later than it opens.');
    elsif span.weekday::integer = last_day and span.opens < last_closes then
      perform private.refuse_calendar('opens', span.n, 'Let the hours of one day not overlap.');
    end if;
    last_day := span.weekday::integer;
    last_closes := span.closes;
  end loop;
  if last_day is null then
    perform private.refuse_calendar('hours', null, 'Give the office hours on at least one day.');
  end if;
  before := private.week_json();
  perform set_config('courtyard.recount', 'later', true);
  delete from public.working_hours where true;
  insert into public.working_hours (weekday, opens, closes)
  select (value ->> 'weekday')::integer, (value ->> 'opens')::time, (value ->> 'closes')::time from jsonb_array_elements(hours);
  return private.finish_calendar('hours', 'week', before, private.week_json());
end
$_$;

COMMENT ON FUNCTION public.save_working_hours(hours jsonb, version bigint) IS 'Replaces the office''s week: [{weekday 1 (Monday) to 7, opens ''09:00'', closes ''12:00''}], Chinese time; running clocks are counted anew. version: the id of the newest entry of its history that was seen (0: none; left out: not asked). Returns {saved, recounted, version}. Errors: admin_only 403, stale_setting 409 {version}, calendar_malformed 422 {field, row from 1, or null}.';

CREATE FUNCTION public.set_push_key(public_key text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  insert into private.push_keys as k (public_key) values (set_push_key.public_key)
  on conflict on constraint push_keys_pkey do update set public_key = excluded.public_key where k.public_key <> excluded.public_key;
  if found then
    -- whoever subscribed with another key is reached with this one no more
    delete from private.push_subscriptions;
  end if;
end
$$;

COMMENT ON FUNCTION public.set_push_key(public_key text) IS 'For the sender, with the service key: the public half of its VAPID key.';

CREATE FUNCTION public.set_yard_worker(courtyard_id bigint, name text, phone text DEFAULT NULL::text, shown text DEFAULT 'name'::text, person_id uuid DEFAULT NULL::uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  yard public.courtyards := private.readable_yard(set_yard_worker.courtyard_id);
  who text := private.field('name', set_yard_worker.name, 40);
  called text := private.field('phone', set_yard_worker.phone, 24);
begin
  perform private.check_office(yard.community_id, yard.street_id);
  if called !~ '^[0-9+() -]{3,24}$' then
    perform private.fail(422, 'field_malformed', '{"field":"phone"}', 'Give a phone number.');
  elsif set_yard_worker.person_id is not null and not exists (select from public.people p where p.id = set_yard_worker.person_id and p.street_id = yard.street_id and p.left_at is null) then
    perform private.fail(404, 'person_unknown', '{}', 'Choose someone who works here.');
  end if;
  if who is null then
    delete from private.microgrid_workers w where w.courtyard_id = yard.id;
  else
    insert into private.microgrid_workers as w values (yard.id, who, called, set_yard_worker.person_id, private.choice('shown', set_yard_worker.shown, '{none,name,name_phone}'))
    on conflict on constraint microgrid_workers_pkey do update set name = excluded.name, phone = coalesce(excluded.phone, w.phone), person_id = excluded.person_id, shown = excluded.shown;
  end if;
  perform private.log_archive(yard.id, 'worker', 'microgrid_worker', case when who is null then 'removed' else 'set' end);
end
$_$;

COMMENT ON FUNCTION public.set_yard_worker(courtyard_id bigint, name text, phone text, shown text, person_id uuid) IS 'Sets a yard''s micro-grid worker and what residents are shown of them (none, name or name_phone); without a name removes them, without a phone keeps the one there is. Errors: courtyard_unknown, person_unknown 404, worker_not_allowed 403, field_malformed, field_too_long 422.';

CREATE FUNCTION public.settings_history(what text DEFAULT NULL::text, most integer DEFAULT 200) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if not exists (select from private.my_memberships() m where m.role in ('admin', 'street_leader')) then
    perform private.fail(403, 'admin_only', '{}', 'Ask the street''s administrator.');
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'at', l.at, 'what', l.what, 'key', l.key, 'before', l.before, 'after', l.after,
      'by', case when p.street_id = any (private.my_street_ids()) then p.name else private.office_name(p.street_id, null) end)
      order by l.id desc), '[]')
    from (
      select s.* from private.settings_log s, lateral (select coalesce(s.after, s.before) as setting) c
      where (settings_history.what is null or s.what = settings_history.what)
        and (s.street_id is null or s.street_id = any ((select private.my_street_ids())::bigint[]))
        -- an office's own template is shown to that office only
        and (s.what <> 'template' or num_nulls(c.setting ->> 'area_id', c.setting ->> 'department_id') = 2
          or (c.setting ->> 'area_id')::bigint = any ((select private.my_area_ids())::bigint[])
          or (c.setting ->> 'department_id')::bigint = any ((select private.my_department_ids())::bigint[]))
      order by s.id desc limit least(greatest(coalesce(most, 200), 1), 1000)) l
    join public.people p on p.id = l.person_id);
end
$$;

COMMENT ON FUNCTION public.settings_history(what text, most integer) IS 'Changes of settings, the newest first, at most `most` (1000): [{id, at, by, what, key, before, after}]; what: category, duty, clock, hours, calendar, template or hook. For the administrator and the leaders. Errors: admin_only 403.';

CREATE FUNCTION public.settle_claim(claim uuid, outcome text, error text DEFAULT NULL::text, retry_after integer DEFAULT NULL::integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  now timestamptz := private.now();
  asked interval := case when retry_after is not null then least(greatest(retry_after, 0), 3600) * interval '1 second' end;
  hook private.hooks;
  became text;
begin
  if outcome is null or outcome not in ('sent', 'refused', 'unreached', 'unsure') then
    perform private.fail(422, 'outcome_unknown', '{}', 'Say sent, refused, unreached or unsure.');
  end if;
  select h.* into hook from private.hooks h
  where h.id = (select d.hook_id from private.deliveries d where d.claim = settle_claim.claim and d.state = 'sending' limit 1) for no key update;
  with settled as (
    update private.deliveries d set
      state = case when outcome = 'sent' then 'sent' when outcome = 'unsure' and hook.kind <> 'generic' then 'unsure' when d.tries >= 8 then 'dead' else 'due' end,
      next_at = now + greatest(private.backoff(d.tries, '1 hour'), asked),
      error = case when outcome <> 'sent' then left(coalesce(settle_claim.error, outcome), 300) end
    where d.claim = settle_claim.claim and d.state = 'sending' returning d.state)
  select string_agg(distinct s.state, ',') into became from settled s;
  -- a generic receiver that refuses one notice may take the next
  if became is not null and outcome = 'sent' then
    update private.hooks h set failures = 0 where h.id = hook.id and h.failures > 0;
  elsif became is not null and (hook.kind <> 'generic' or outcome <> 'refused' or retry_after is not null) then
    update private.hooks h set failures = h.failures + 1,
      rests_until = now + coalesce(asked, private.backoff(h.failures + 1, '10 minutes')) where h.id = hook.id;
  end if;
  return became;
end
$$;

COMMENT ON FUNCTION public.settle_claim(claim uuid, outcome text, error text, retry_after integer) IS 'For the sender, with the service key: what became of a claimed message. outcome: sent; refused (the receiver said no); unreached (it never arrived); unsure (it may have arrived: a generic receiver gets it again with the same id, of a robot a person decides). retry_after: seconds the receiver asked for, an hour counts at most. Returns the state it has now: sent, due (again later), unsure or dead; null when it was not being sent. Errors: outcome_unknown 422.';

CREATE FUNCTION public.settle_photo_removals(paths text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  delete from private.photos_to_remove p where p.path = any (paths)
$$;

COMMENT ON FUNCTION public.settle_photo_removals(paths text[]) IS 'With the service key: these photos are gone from Storage.';

CREATE FUNCTION public.settle_push(id bigint, outcome text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if outcome is null or outcome not in ('sent', 'gone', 'failed') then
    perform private.fail(422, 'outcome_unknown', '{}', 'Say sent, gone or failed.');
  elsif outcome = 'gone' then
    delete from private.push_subscriptions s using private.pushes p where p.id = settle_push.id and s.id = p.subscription_id;
  elsif outcome = 'sent' then
    delete from private.pushes p where p.id = settle_push.id and not p.again;
    update private.pushes p set again = false, tries = 0, next_at = private.now() where p.id = settle_push.id;
  else
    delete from private.pushes p where p.id = settle_push.id and p.tries >= 8;
    update private.pushes p set next_at = private.now() + private.backoff(p.tries, interval '1 hour') where p.id = settle_push.id;
  end if;
end
$$;

COMMENT ON FUNCTION public.settle_push(id bigint, outcome text) IS 'For the sender: sent; gone (the phone is reached no more); or failed, to be tried again up to eight times. Errors: outcome_unknown 422.';

CREATE FUNCTION public.show_grid_worker(grid_id bigint, shown text, phone text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
declare
  called text := private.field('phone', show_grid_worker.phone, 24);
begin
  if not exists (select from public.areas a where a.id = show_grid_worker.grid_id and a.level = 'grid') then
    perform private.fail(404, 'area_unknown', '{}', 'Choose a grid.');
  end if;
  perform private.check_office(private.area_above(show_grid_worker.grid_id, 'community'), private.area_above(show_grid_worker.grid_id, 'street'));
  if called !~ '^[0-9+() -]{3,24}$' then
    perform private.fail(422, 'field_malformed', '{"field":"phone"}', 'Give a phone number.');
  end if;
  insert into private.grid_workers_shown as s values (show_grid_worker.grid_id, called, private.choice('shown', show_grid_worker.shown, '{none,name,name_phone}'))
  on conflict on constraint grid_workers_shown_pkey do update set shown = excluded.shown, phone = coalesce(excluded.phone, s.phone);
end
$_$;

COMMENT ON FUNCTION public.show_grid_worker(grid_id bigint, shown text, phone text) IS 'What residents of a grid are shown of its worker: none, name or name_phone (the grid''s service phone). Errors: area_unknown 404, worker_not_allowed 403, field_malformed 422.';

CREATE FUNCTION public.similar_reports(code text, category text, place text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'number', i.number, 'category', k.name, 'category_en', k.name_en, 'place', private.public_place(i.place), 'state', i.state,
    'since', i.created_at, 'responsible', private.office_name(i.holder_area_id, i.holder_department_id),
    'followers', (select count(*) from public.issues f where f.merged_into = i.id))
    order by private.public_place(i.place) is not distinct from private.public_place(similar_reports.place) desc, i.created_at desc), '[]')
  from private.reporting_yard(similar_reports.code) yard, private.alike(yard, similar_reports.category, similar_reports.place) i
  join public.categories k on k.code = i.category
$$;

COMMENT ON FUNCTION public.similar_reports(code text, category text, place text) IS 'What neighbours have reported already: up to three open reports of this category in or beside the yard: number, category, building, state, since, responsible, followers; nobody''s words. Errors: code_unknown 404, code_revoked 410.';

CREATE FUNCTION public.split_courtyard(courtyard_id bigint, parts jsonb, version integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  street constant bigint := private.begin_drawing();
  yard constant public.courtyards := private.drawn_courtyard(street, courtyard_id, version);
  shapes extensions.geometry[] := '{}'::extensions.geometry[];
  part jsonb;
  made public.courtyards;
  ids bigint[] := '{}'::bigint[];
  heir bigint;
  followed jsonb;
begin
  if yard.geom is null then
    perform private.fail(422, 'outline_missing', jsonb_build_object('courtyard', yard.id), 'Draw its outline first.');
  elsif jsonb_typeof(parts) is distinct from 'array' or jsonb_array_length(parts) not between 2 and 12 then
    perform private.fail(422, 'parts_malformed', '{"min":2,"max":12}', 'Cut the yard into two to twelve parts.');
  end if;
  for part in select value from jsonb_array_elements(parts) loop
    shapes := shapes || private.drawn_shape(part -> 'outline');
  end loop;
  perform private.check_parts(yard.geom, shapes);
  perform private.end_courtyard(yard.id);
  for n in 1 .. cardinality(shapes) loop
    made := private.make_courtyard(street, jsonb_build_object('kind', yard.kind) || jsonb_strip_nulls(parts -> (n - 1)), shapes[n], yard.grid_id, '{}');
    ids := ids || made.id;
  end loop;
  -- the part in which the name stood
  select c.id into heir from public.courtyards c where c.id = any (ids)
  order by extensions.st_intersects(c.geom, yard.point) desc, c.area_m2 desc, c.id limit 1;
  followed := private.succeed(array[yard], ids, heir, 'split');
  perform private.publish_ground(street, array[yard.community_id, yard.grid_id]);
  return jsonb_build_object('ended', jsonb_build_array(yard.id), 'heir', heir, 'followed', followed,
    'courtyards', (select jsonb_agg(private.drawn_json(id) order by n) from unnest(ids) with ordinality i (id, n)));
end
$$;

COMMENT ON FUNCTION public.split_courtyard(courtyard_id bigint, parts jsonb, version integer) IS 'Ends a yard, decided on `version`, and makes 2–12 in its place: parts [{outline, name, address, name_en?, kind?}] that together are the yard and do not overlap. Every issue goes to the part its pin lies in; the wall codes go on opening the part in which the name stood (heir). Returns {ended, heir, followed, courtyards}. Errors: drawing_not_allowed 403, courtyard_unknown 404, stale_courtyard, courtyard_ended, address_taken 409, parts_malformed, parts_uncovered {area}, parts_overlap {area}, outline_missing, outline_malformed, outline_crosses, outline_empty, field_missing 422.';

CREATE FUNCTION public.submit_profile(courtyard_id bigint, quarter text, version integer, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  yard public.courtyards;
begin
  if answer is not null then
    return answer;
  end if;
  yard := private.begin_round(submit_profile.courtyard_id, submit_profile.quarter, 'submit');
  perform private.check_profile(private.profile_of(yard.id, submit_profile.quarter), submit_profile.version, '{drafted}');
  perform private.check_draft(yard.id, submit_profile.quarter);
  update private.profiles p set state = 'submitted', version = p.version + 1, submitted_at = private.now(), submitted_by = auth.uid(), remark = null
  where p.courtyard_id = yard.id and p.quarter = submit_profile.quarter
  returning jsonb_build_object('state', p.state, 'version', p.version) into answer;
  perform private.log_archive(yard.id, 'profile', submit_profile.quarter, 'submitted');
  perform private.tell_archives(array[yard.id]);
  return private.keep_answer(request_id, answer);
end
$$;

COMMENT ON FUNCTION public.submit_profile(courtyard_id bigint, quarter text, version integer, request_id uuid) IS 'Sends a yard''s draft to the street, as the community saw it at `version`. Returns {state, version}. Errors: courtyard_unknown 404, round_not_allowed 403, round_closed, profile_state, stale_version 409 {state, version}, fields_missing 422 {fields}, sums_broken 422 {checks: [{code, parts, whole, sum, most}]}.';

CREATE FUNCTION public.take_back_visit(id bigint, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  visit public.visits;
begin
  if answer is not null then
    return answer;
  end if;
  select v.* into visit from public.visits v where v.id = take_back_visit.id for update;
  if visit.id is null or private.my_clearance(visit.community_id) < (case visit.kind when 'care' then 3 else 1 end) then
    perform private.fail(404, 'visit_unknown', '{}', 'Look at the list again.');
  end if;
  perform private.tended_yard(visit.courtyard_id);
  update public.visits v set taken_back_at = private.now() where v.id = visit.id and v.taken_back_at is null;
  return private.end_visit(visit, 'taken_back', request_id);
end
$$;

COMMENT ON FUNCTION public.take_back_visit(id bigint, request_id uuid) IS 'Takes back a visit that was recorded by mistake; again changes nothing. Returns {id}. Errors: visit_unknown 404, place_not_allowed 403.';

CREATE FUNCTION public.take_down_notice(id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  community bigint := (select n.community_id from public.yard_notices n where n.id = take_down_notice.id);
begin
  perform private.refuse_notice(community);
  update public.yard_notices n set shown_until = greatest(private.now(), n.shown_from + interval '1 second')
  where n.id = take_down_notice.id and n.shown_until > private.now();
end
$$;

COMMENT ON FUNCTION public.take_down_notice(id bigint) IS 'Takes a notice off the yards'' pages. Errors: notice_not_allowed 403.';

CREATE FUNCTION public.take_label(courtyard_id bigint, label text, reason text, request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  answer jsonb := private.answered(request_id);
  taken public.labels;
  why text := private.field('reason', take_label.reason, 200, true);
  worn private.courtyard_labels;
begin
  if answer is not null then
    return answer;
  end if;
  taken := private.begin_label(take_label.courtyard_id, take_label.label);
  select c.* into worn from private.courtyard_labels c where c.courtyard_id = take_label.courtyard_id and c.label_id = taken.id and c.ended_at is null for update;
  if worn.id is null then
    perform private.fail(404, 'label_unknown', '{}', 'The yard does not have this label.');
  elsif worn.derived then
    perform private.fail(409, 'label_derived', jsonb_build_object('evidence', worn.evidence), 'It goes by itself when its values change.');
  end if;
  update private.courtyard_labels c set ended_at = private.now(), ended = 'taken' where c.id = worn.id;
  insert into private.label_dirty (courtyard_id, label_id) select worn.courtyard_id, taken.id where taken.rule is not null;
  perform private.log_archive(worn.courtyard_id, 'label', taken.id::text, 'taken', jsonb_build_object('reason', why));
  perform private.tell_archives(private.derive_labels() || worn.courtyard_id);
  return private.keep_answer(request_id, jsonb_build_object('labels', private.my_labels_of(worn.courtyard_id)));
end
$$;

COMMENT ON FUNCTION public.take_label(courtyard_id bigint, label text, reason text, request_id uuid) IS 'Takes a label given by hand from a yard, with a reason. Returns {labels}. Errors: courtyard_unknown, label_unknown 404, label_not_allowed 403, label_derived 409 {evidence}, field_missing, field_too_long 422.';

CREATE FUNCTION public.track_issue(key text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  held private.held_reports;
  issue public.issues;
begin
  select h.* into held from private.held_reports h where h.key_hash = private.key_hash(key) and h.issue_id is null;
  if held.id is not null then
    return private.held_story(held);
  end if;
  issue := private.issue_of_key(key);
  return private.public_story(issue) || jsonb_build_object(
    'results', private.result_photos(case when issue.merged_into is null then issue else private.followed(issue) end),
    'forgotten', (select r.forgotten_at is not null from private.reporters r where r.issue_id = issue.id));
end
$$;

COMMENT ON FUNCTION public.track_issue(key text) IS 'A resident''s report and its public steps, by the tracking key; offices, never people. A step carries words, reason, finding (of a verification), granted {kind: pause|extension, until}, letter {addressee, due_on, replied}, channel (how staff took the report) where it has them; can: what the resident may do; results: photos of the offices, once solved; held: somebody looks at it first; forgotten: its resident''s data were deleted. Errors: track_unknown 404.';

CREATE FUNCTION public.unfollow_by_push(key text, endpoint text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  delete from private.push_subscriptions s using private.issue_of_key(unfollow_by_push.key) i where s.issue_id = i.id and s.endpoint = unfollow_by_push.endpoint
$$;

COMMENT ON FUNCTION public.unfollow_by_push(key text, endpoint text) IS 'This phone wants to hear of the report no longer. Errors: track_unknown 404.';

CREATE FUNCTION public.verify_chain(issue_id bigint) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select coalesce(bool_and((chain.event).hash = private.event_hash(chain.event, chain.before)), false)
  from (
    select e as event, lag(e.hash) over (order by e.seq) as before
    from public.issue_events e where e.issue_id = verify_chain.issue_id
  ) chain
$$;

COMMENT ON FUNCTION public.verify_chain(issue_id bigint) IS 'True when every event of the issue hashes to what is stored, each from the one before; false when one was altered, or none is visible.';

CREATE FUNCTION public.withdraw_issue(key text, version integer, words text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select private.resident_acts(key, version, 'withdraw', jsonb_build_object('words', private.field('words', words, 500)))
$$;

COMMENT ON FUNCTION public.withdraw_issue(key text, version integer, words text) IS 'The resident takes the report back. Returns as track_issue. Errors: track_unknown 404, stale_version 409, action_not_allowed 409.';

CREATE FUNCTION public.yard_workers(topic text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  perform private.check_topic(topic);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('courtyard_id', c.id, 'role', w.role, 'person_id', w.person_id, 'name', w.name, 'phone_masked', private.masked_phone(w.phone), 'shown', w.shown) order by c.id, w.role), '[]')
    from private.yards_of_topic(topic) y join public.courtyards c on c.id = y.courtyard_id, private.workers_of(c) w);
end
$$;

COMMENT ON FUNCTION public.yard_workers(topic text) IS 'Who looks after the yards of `topic`: [{courtyard_id, role (grid_worker|microgrid_worker), person_id, name, phone_masked, shown (none|name|name_phone: what residents see)}]. Errors: topic_not_allowed 403.';

CREATE TABLE private.alarms (
    issue_id bigint NOT NULL,
    next_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE private.alarms IS 'When the sweep has to look at an issue next. Kept by trigger, so that a sweep reads only what is due.';

CREATE TABLE private.archive_events (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    courtyard_id bigint NOT NULL,
    subject text NOT NULL,
    key text NOT NULL,
    action text NOT NULL,
    person_id uuid,
    office_area_id bigint,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    request_id uuid,
    CONSTRAINT archive_events_subject_check CHECK ((subject = ANY (ARRAY['profile'::text, 'label'::text, 'resource'::text, 'hazard'::text, 'offer'::text, 'worker'::text, 'visit'::text])))
);

COMMENT ON TABLE private.archive_events IS 'Every act on an archive, in order, never changed. No values: those are in the profiles.';

ALTER TABLE private.archive_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.archive_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.archive_exports (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    topic text NOT NULL,
    purpose text NOT NULL,
    yards integer NOT NULL,
    fields text[] NOT NULL
);

COMMENT ON TABLE private.archive_exports IS 'Who took which archives out of the house, and what for.';

ALTER TABLE private.archive_exports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.archive_exports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.archive_feeds (
    topic text NOT NULL,
    seq bigint NOT NULL
);

COMMENT ON TABLE private.archive_feeds IS 'The last number of each topic''s archive messages; courtyard_facts gives it as seq.';

CREATE TABLE private.archive_requests (
    request_id uuid NOT NULL,
    person_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    answer jsonb NOT NULL
);

COMMENT ON TABLE private.archive_requests IS 'What was answered to a request that changed an archive, so that one sent twice from a bad line happens once; kept for 30 days.';

CREATE TABLE private.archives (
    courtyard_id bigint NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    stamps jsonb DEFAULT '{}'::jsonb NOT NULL,
    quarter text,
    verified_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL
)
WITH (toast_tuple_target='8160');

COMMENT ON TABLE private.archives IS 'The current profile of each courtyard.';

CREATE TABLE private.area_history (
    id bigint NOT NULL,
    area_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid,
    boundary_before extensions.geometry(MultiPolygon,4326)
);

COMMENT ON TABLE private.area_history IS 'Every boundary an area had before the one it has, and who redrew it. Never changed.';

ALTER TABLE private.area_history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.area_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE private.base_maps ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME private.base_maps_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.code_scans (
    code text NOT NULL,
    day date NOT NULL,
    scans integer NOT NULL,
    CONSTRAINT code_scans_scans_check CHECK ((scans > 0))
);

COMMENT ON TABLE private.code_scans IS 'How often a code''s page was opened on a day (Asia/Shanghai). No person, device or time of day; kept for 400 days.';

CREATE TABLE private.courtyard_history (
    id bigint NOT NULL,
    courtyard_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid,
    action text NOT NULL,
    before jsonb,
    geom_before extensions.geometry(MultiPolygon,4326),
    followed jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT courtyard_history_action_check CHECK ((action = ANY (ARRAY['added'::text, 'redrawn'::text, 'moved'::text, 'split'::text, 'merged'::text, 'made'::text])))
);

COMMENT ON TABLE private.courtyard_history IS 'Every change of a yard''s ground, by whom: split and merged ended it, made began it in the place of others. Never changed.';

ALTER TABLE private.courtyard_history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.courtyard_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.courtyard_labels (
    id bigint NOT NULL,
    courtyard_id bigint NOT NULL,
    label_id bigint NOT NULL,
    derived boolean NOT NULL,
    reason text,
    evidence jsonb DEFAULT '[]'::jsonb NOT NULL,
    since timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    person_id uuid,
    ended_at timestamp with time zone,
    ended text,
    CONSTRAINT courtyard_labels_check CHECK (((ended_at IS NULL) = (ended IS NULL))),
    CONSTRAINT courtyard_labels_check1 CHECK ((derived OR (reason IS NOT NULL))),
    CONSTRAINT courtyard_labels_ended_check CHECK ((ended = ANY (ARRAY['rule'::text, 'expired'::text, 'taken'::text, 'label'::text]))),
    CONSTRAINT courtyard_labels_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 200)))
);

COMMENT ON TABLE private.courtyard_labels IS 'Which yard carries which label, since when and why; an ended row stays as history.';

ALTER TABLE private.courtyard_labels ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME private.courtyard_labels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.drafts (
    courtyard_id bigint NOT NULL,
    quarter text NOT NULL,
    code text NOT NULL,
    value jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL
);

COMMENT ON TABLE private.drafts IS 'What was answered in a round and is not confirmed yet, field by field, so that two people can work on one yard.';

CREATE TABLE private.exports (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    what text NOT NULL,
    format text NOT NULL,
    reason text NOT NULL,
    rows integer NOT NULL,
    ids bigint[] NOT NULL,
    CONSTRAINT exports_format_check CHECK ((format = ANY (ARRAY['geojson'::text, 'csv'::text, 'xlsx'::text]))),
    CONSTRAINT exports_what_check CHECK ((what = ANY (ARRAY['issues'::text, 'courtyards'::text])))
);

COMMENT ON TABLE private.exports IS 'Who took which rows away in a file, when and why. Never changed.';

ALTER TABLE private.exports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.exports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.feed_changes (
    topic text NOT NULL,
    seq bigint NOT NULL,
    issue_id bigint,
    at timestamp with time zone NOT NULL
);

COMMENT ON TABLE private.feed_changes IS 'Which issue changed at which number of a topic, or, without an issue, that its ground did; kept for seven days.';

CREATE TABLE private.feeds (
    topic text NOT NULL,
    seq bigint NOT NULL
);

COMMENT ON TABLE private.feeds IS 'The last sequence number of each topic.';

CREATE TABLE private.field_versions (
    id bigint NOT NULL,
    code text NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    definition jsonb NOT NULL
);

COMMENT ON TABLE private.field_versions IS 'Every definition a field ever had, never changed. A profile names the newest id of its time: its quarter is read by these.';

ALTER TABLE private.field_versions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.field_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.grid_workers_shown (
    grid_id bigint NOT NULL,
    phone text,
    shown text NOT NULL,
    CONSTRAINT grid_workers_shown_phone_check CHECK ((phone ~ '^[0-9+() -]{3,24}$'::text)),
    CONSTRAINT grid_workers_shown_shown_check CHECK ((shown = ANY (ARRAY['none'::text, 'name'::text, 'name_phone'::text])))
);

COMMENT ON TABLE private.grid_workers_shown IS 'A grid''s service phone, and what residents are shown of its worker; without a row: the name.';

CREATE TABLE private.guard_secret (
    single boolean DEFAULT true NOT NULL,
    secret bytea DEFAULT sha256((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))) NOT NULL,
    CONSTRAINT guard_secret_single_check CHECK (single)
);

COMMENT ON TABLE private.guard_secret IS 'Signs challenges and blinds network addresses; made here, never read out.';

CREATE TABLE private.hazard_rings (
    hazard_id bigint NOT NULL,
    kind text NOT NULL,
    moment timestamp with time zone NOT NULL,
    CONSTRAINT hazard_rings_kind_check CHECK ((kind = ANY (ARRAY['hazard_due'::text, 'hazard_late'::text])))
);

COMMENT ON TABLE private.hazard_rings IS 'Which hazard was told of when: each inspection and each due day once.';

ALTER TABLE private.held_reports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.held_reports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.history_checks (
    at timestamp with time zone NOT NULL,
    altered bigint[] NOT NULL
);

COMMENT ON TABLE private.history_checks IS 'What each nightly comparison of the issues with their history found.';

CREATE TABLE private.hooks (
    id bigint NOT NULL,
    street_id bigint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    url text NOT NULL,
    secret text,
    kinds text[] DEFAULT '{}'::text[] NOT NULL,
    area_id bigint,
    department_id bigint,
    active boolean DEFAULT true NOT NULL,
    rests_until timestamp with time zone,
    failures integer DEFAULT 0 NOT NULL,
    audience text DEFAULT 'office'::text NOT NULL,
    CONSTRAINT hooks_audience_check CHECK ((audience = ANY (ARRAY['office'::text, 'residents'::text]))),
    CONSTRAINT hooks_for_residents CHECK (((audience = 'office'::text) OR ((kind = 'generic'::text) AND (secret IS NOT NULL) AND (department_id IS NULL)))),
    CONSTRAINT hooks_kind_check CHECK ((kind = ANY (ARRAY['wecom'::text, 'dingtalk'::text, 'generic'::text]))),
    CONSTRAINT hooks_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60))),
    CONSTRAINT hooks_url_check CHECK (((url ~ '^https://'::text) OR (url ~ '^http://(127\.0\.0\.1|localhost)[:/]'::text)))
);

COMMENT ON TABLE private.hooks IS 'Where notices are sent outside. secret: never read back.';

COMMENT ON COLUMN private.hooks.rests_until IS 'Nothing is sent to this hook before: a robot between two messages, a receiver that does not answer.';

COMMENT ON COLUMN private.hooks.failures IS 'How many messages in a row did not arrive.';

COMMENT ON COLUMN private.hooks.audience IS 'Who is meant: offices get notices; residents the steps of their reports, by a gateway that gets their phone numbers.';

ALTER TABLE private.hooks ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME private.hooks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.label_days (
    day date NOT NULL
);

COMMENT ON TABLE private.label_days IS 'The days on which the labels that look back in time were derived again for all yards.';

CREATE TABLE private.label_dirty (
    id bigint NOT NULL,
    courtyard_id bigint,
    label_id bigint NOT NULL
);

COMMENT ON TABLE private.label_dirty IS 'Pairs of yard (null: all) and label that have to be derived again; emptied by private.derive_labels.';

ALTER TABLE private.label_dirty ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.label_dirty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.label_reads (
    label_id bigint NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    reach integer,
    CONSTRAINT label_reads_kind_check CHECK ((kind = ANY (ARRAY['field'::text, 'cases'::text, 'hazards'::text, 'resources'::text, 'near'::text, 'visits'::text])))
);

COMMENT ON TABLE private.label_reads IS 'What each label''s rule reads: a change there makes it due again, and nothing else does.';

CREATE TABLE private.marked_phones (
    phone text NOT NULL,
    issue_id bigint NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL,
    until timestamp with time zone NOT NULL
);

COMMENT ON TABLE private.marked_phones IS 'Phones whose reports are looked at first, by their blinded name, for 7 days.';

CREATE TABLE private.microgrid_workers (
    courtyard_id bigint NOT NULL,
    name text NOT NULL,
    phone text,
    person_id uuid,
    shown text DEFAULT 'none'::text NOT NULL,
    CONSTRAINT microgrid_workers_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 40))),
    CONSTRAINT microgrid_workers_phone_check CHECK ((phone ~ '^[0-9+() -]{3,24}$'::text)),
    CONSTRAINT microgrid_workers_shown_check CHECK ((shown = ANY (ARRAY['none'::text, 'name'::text, 'name_phone'::text])))
);

COMMENT ON TABLE private.microgrid_workers IS 'Each yard''s micro-grid worker (微网格员), often a resident without an account, and what residents are shown of them.';

CREATE TABLE private.near (
    courtyard_id bigint NOT NULL,
    kind text NOT NULL,
    metres real NOT NULL
);

COMMENT ON TABLE private.near IS 'How far the next resource of a kind is from a yard''s outline, in metres; no row when it is beyond the reach.';

CREATE TABLE private.near_kinds (
    kind text NOT NULL,
    reach integer NOT NULL,
    CONSTRAINT near_kinds_reach_check CHECK (((reach >= 1) AND (reach <= 1000)))
);

COMMENT ON TABLE private.near_kinds IS 'Kinds of resources that rules look for near a yard, and the farthest they look.';

CREATE TABLE private.notice_marks (
    person_id uuid NOT NULL,
    read_upto bigint NOT NULL
);

COMMENT ON TABLE private.notice_marks IS 'How far a person has read the notices of their office.';

CREATE TABLE private.parcels (
    name bytea NOT NULL,
    sealed text NOT NULL,
    until timestamp with time zone NOT NULL
);

COMMENT ON TABLE private.parcels IS 'Reports on their way to another phone, sealed by a code only their resident knows; gone when fetched, or after ten minutes.';

CREATE TABLE private.photos_to_remove (
    path text NOT NULL,
    since timestamp with time zone NOT NULL
);

COMMENT ON TABLE private.photos_to_remove IS 'Paths in issue-photos whose bytes are to be removed: claim_photo_removals gives them to the sender.';

CREATE TABLE private.push_keys (
    single boolean DEFAULT true NOT NULL,
    public_key text NOT NULL,
    CONSTRAINT push_keys_public_key_check CHECK ((public_key ~ '^[A-Za-z0-9_-]{87}$'::text)),
    CONSTRAINT push_keys_single_check CHECK (single)
);

COMMENT ON TABLE private.push_keys IS 'The sender''s public VAPID key; the private one never leaves the sender.';

CREATE TABLE private.push_services (
    host text NOT NULL,
    CONSTRAINT push_services_host_check CHECK ((host ~ '^\.?[a-z0-9][a-z0-9.-]*(:[0-9]+)?$'::text))
);

COMMENT ON TABLE private.push_services IS 'Where pushes may be sent: a browser names the address, and the sender asks no other host for anyone.';

CREATE TABLE private.push_subscriptions (
    id bigint NOT NULL,
    issue_id bigint NOT NULL,
    endpoint text NOT NULL,
    p256dh text NOT NULL,
    auth text NOT NULL,
    CONSTRAINT push_subscriptions_auth_check CHECK ((auth ~ '^[A-Za-z0-9_-]{16,40}$'::text)),
    CONSTRAINT push_subscriptions_endpoint_check CHECK (((endpoint ~ '^https?://'::text) AND (char_length(endpoint) <= 1000))),
    CONSTRAINT push_subscriptions_p256dh_check CHECK ((p256dh ~ '^[A-Za-z0-9_-]{80,100}$'::text))
);

COMMENT ON TABLE private.push_subscriptions IS 'Phones that want to hear of a report.';

ALTER TABLE private.push_subscriptions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.push_subscriptions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.pushes (
    id bigint NOT NULL,
    subscription_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone NOT NULL,
    again boolean DEFAULT false NOT NULL
);

COMMENT ON TABLE private.pushes IS 'One waiting push a phone and report: news that comes before it is sent is in it too.';

COMMENT ON COLUMN private.pushes.again IS 'More news came since it was claimed: it may not be in what the phone saw.';

ALTER TABLE private.pushes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.pushes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.rates (
    who text NOT NULL,
    minute timestamp with time zone NOT NULL,
    reports integer NOT NULL
);

COMMENT ON TABLE private.rates IS 'Reports a minute of a yard, a street, and of networks and phones under a name that changes every day. Kept for two hours.';

CREATE TABLE private.reporters (
    issue_id bigint NOT NULL,
    key_hash bytea NOT NULL,
    body_hash bytea NOT NULL,
    name text,
    address text,
    phone text,
    lang text NOT NULL,
    helper text,
    phone_mark text,
    marked_at timestamp with time zone,
    forgotten_at timestamp with time zone
);

COMMENT ON TABLE private.reporters IS 'Who reported an issue, apart from it so that it can be masked, revealed with a reason, and forgotten. Only the sha256 of the tracking key is kept.';

COMMENT ON COLUMN private.reporters.helper IS 'Who wrote it, where it is about somebody else.';

COMMENT ON COLUMN private.reporters.phone_mark IS 'The blinded name of the phone it came from; another one next month.';

CREATE TABLE private.reveals (
    id bigint NOT NULL,
    issue_id bigint NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL
);

COMMENT ON TABLE private.reveals IS 'Who looked at a reporter''s name and phone, when and why.';

ALTER TABLE private.reveals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.reveals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.rings (
    issue_id bigint NOT NULL,
    clock text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT rings_kind_check CHECK ((kind = ANY (ARRAY['warned'::text, 'late'::text])))
);

COMMENT ON TABLE private.rings IS 'Which clock has rung when: each warning and each breach once.';

CREATE TABLE private.settings_log (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    street_id bigint,
    what text NOT NULL,
    key text NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT settings_log_what_check CHECK ((what ~ '^[a-z_]{2,40}$'::text))
);

COMMENT ON TABLE private.settings_log IS 'Every change of a setting, by whom, never changed. before is null where it was new, after where it was removed.';

ALTER TABLE private.settings_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME private.settings_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.shifted_hosts (
    host text NOT NULL,
    datum text NOT NULL,
    CONSTRAINT shifted_hosts_datum_check CHECK ((datum = ANY (ARRAY['gcj02'::text, 'bd09'::text])))
);

COMMENT ON TABLE private.shifted_hosts IS 'Map services whose tiles are shifted against WGS-84 by law: on them every courtyard would lie some 500 m off.';

CREATE TABLE private.used_challenges (
    nonce text NOT NULL,
    until timestamp with time zone NOT NULL
);

COMMENT ON TABLE private.used_challenges IS 'Each challenge is good once, until it is over.';

CREATE TABLE private.verifications (
    id bigint NOT NULL,
    courtyard_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid
);

COMMENT ON TABLE private.verifications IS 'When and by whom values of a courtyard were verified; the stamps of profiles point here.';

ALTER TABLE private.verifications ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME private.verifications_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.archive_modules (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    sort integer NOT NULL,
    CONSTRAINT archive_modules_code_check CHECK ((code ~ '^[a-z_]{2,40}$'::text))
);

COMMENT ON TABLE public.archive_modules IS 'The five parts of a courtyard''s archive: population, resources, bodies, services, response.';

ALTER TABLE public.areas ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.areas_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendar_days (
    day date NOT NULL,
    working boolean NOT NULL,
    name text
);

COMMENT ON TABLE public.calendar_days IS 'Days that differ from the week: public holidays (working = false) and make-up days (working = true).';

CREATE TABLE public.courtyard_successors (
    courtyard_id bigint NOT NULL,
    successor_id bigint NOT NULL,
    heir boolean NOT NULL
);

COMMENT ON TABLE public.courtyard_successors IS 'Which yards stand where one ended. heir: the one its wall codes open and its archive went to.';

ALTER TABLE public.courtyards ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.courtyards_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.departments (
    id bigint NOT NULL,
    street_id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    CONSTRAINT departments_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60)))
);

COMMENT ON TABLE public.departments IS 'The street''s departments and the bodies stationed with it that can lead an issue.';

ALTER TABLE public.departments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.departments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.field_checks (
    code text NOT NULL,
    parts text[] NOT NULL,
    whole text NOT NULL,
    CONSTRAINT field_checks_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
    CONSTRAINT field_checks_parts_check CHECK (((cardinality(parts) >= 1) AND (cardinality(parts) <= 8)))
);

COMMENT ON TABLE public.field_checks IS 'Sums that a profile must satisfy: the parts together are no more than the whole (60+ ≤ residents).';

ALTER TABLE public.hazards ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hazards_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.issue_cards WITH (security_invoker='true') AS
 SELECT i.id,
    i.number,
    i.state,
    i.holder_level,
    COALESCE(d.name, h.name) AS holder,
    i.holder_area_id,
    i.holder_department_id,
    i.community_id,
    m.name AS community,
    i.courtyard_id,
    y.name AS courtyard,
    i.category,
    k.name AS category_name,
    k.name_en AS category_name_en,
    i.what,
    i.place,
    i.urgency,
    i.step,
    i.warn_at,
    i.due_at,
    i.paused_until,
    i.recheck,
    (i.asked ->> 'kind'::text) AS asked,
    i.created_at,
    i.updated_at,
    i.version,
    COALESCE(((i.due_at < private.now()) AND (i.state <> 'resolved'::text)), false) AS late,
    (((i.state = ANY (ARRAY['submitted'::text, 'handling'::text])) AND ((i.holder_area_id = ANY (( SELECT private.my_holding_area_ids() AS my_holding_area_ids)::bigint[])) OR (i.holder_department_id = ANY (( SELECT private.my_department_ids() AS my_department_ids)::bigint[])))) IS TRUE) AS mine,
    (EXISTS ( SELECT
           FROM unnest(( SELECT private.my_department_ids() AS my_department_ids)) d_1(id)
          WHERE (((i.tasks -> (d_1.id)::text) ->> 'state'::text) = 'open'::text))) AS my_task,
    (((i.step = 'verify'::text) AND o.overseen) IS TRUE) AS to_verify,
    (((i.asked IS NOT NULL) AND o.overseen) IS TRUE) AS to_decide,
    k.department_id AS lead_department_id
   FROM ((((((public.issues i
     JOIN public.categories k ON ((k.code = i.category)))
     JOIN public.areas m ON ((m.id = i.community_id)))
     LEFT JOIN public.courtyards y ON ((y.id = i.courtyard_id)))
     LEFT JOIN public.areas h ON ((h.id = i.holder_area_id)))
     LEFT JOIN public.departments d ON ((d.id = i.holder_department_id)))
     CROSS JOIN LATERAL ( SELECT (((i.holder_level || ':'::text) || private.area_over(i.*)) = ANY (( SELECT private.my_overseen() AS my_overseen)::text[])) AS overseen) o);

COMMENT ON VIEW public.issue_cards IS 'One row an issue, as a list shows it. late: its running step is overdue; mine: the caller''s office has to act; my_task: the caller''s department assists and is not done; to_verify, to_decide: the caller''s office, one level up, has to say whether it is solved, or to grant what was asked; lead_department_id: who leads its category.';

CREATE TABLE public.issue_photos (
    path text NOT NULL,
    issue_id bigint NOT NULL,
    by_resident boolean DEFAULT true NOT NULL,
    promised_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.issue_photos IS 'Photos of an issue: path in the bucket issue-photos. A row stands from the report on; the picture may follow later, or never.';

CREATE TABLE public.issue_steps (
    issue_id bigint NOT NULL,
    seq integer NOT NULL,
    street_id bigint NOT NULL,
    community_id bigint NOT NULL,
    category text NOT NULL,
    step text NOT NULL,
    holder_level text NOT NULL,
    department_id bigint,
    began_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    paused_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by text,
    decided_at timestamp with time zone GENERATED ALWAYS AS (
CASE
    WHEN ((ended_by IS DISTINCT FROM 'climb'::text) AND (LEAST(ended_at, paused_at) <= due_at)) THEN ended_at
    ELSE due_at
END) STORED,
    in_time boolean GENERATED ALWAYS AS (
CASE
    WHEN ((ended_by = 'climb'::text) OR ((LEAST(ended_at, paused_at) <= due_at) IS NOT TRUE)) THEN false
    WHEN ((ended_at IS NULL) OR (ended_by = 'withdraw'::text)) THEN NULL::boolean
    ELSE true
END) STORED,
    CONSTRAINT issue_steps_step_check CHECK ((step = ANY (ARRAY['accept'::text, 'dispatch'::text, 'handle'::text, 'verify'::text, 'answer'::text])))
);

COMMENT ON TABLE public.issue_steps IS 'Each step an issue went through and when it was due, a projection of issue_events kept by trigger. in_time is what holds once decided_at has passed.';

CREATE VIEW public.issue_times WITH (security_invoker='true') AS
 SELECT i.id AS issue_id,
    i.number,
    i.community_id,
    i.category,
    i.state,
    i.holder_level,
    i.created_at,
    i.ended_at,
    i.returns,
    i.reopened,
    e.accepted_at,
        CASE
            WHEN (i.state = ANY (ARRAY['resolved'::text, 'closed'::text])) THEN i.resolved_at
            ELSE NULL::timestamp with time zone
        END AS resolved_at,
    e.answered_no,
    e.verified,
    e.false_closings,
    i.urgency,
    i.promised_at,
    m.name AS community,
    c.name AS courtyard,
    k.name AS category_name,
    k.name_en AS category_name_en,
    private.office_name(
        CASE i.holder_level
            WHEN 'courtyard'::text THEN i.community_id
            ELSE i.holder_area_id
        END, i.holder_department_id) AS holder
   FROM ((((public.issues i
     JOIN public.areas m ON ((m.id = i.community_id)))
     LEFT JOIN public.courtyards c ON ((c.id = i.courtyard_id)))
     JOIN public.categories k ON ((k.code = i.category)))
     CROSS JOIN LATERAL ( SELECT min(v.at) FILTER (WHERE ((v.from_state = 'submitted'::text) AND ((v.changes ->> 'state'::text) = 'handling'::text))) AS accepted_at,
            count(*) FILTER (WHERE ((v.action = 'answer'::text) AND ((v.changes ->> 'state'::text) = 'handling'::text))) AS answered_no,
            count(*) FILTER (WHERE (v.action = 'verify'::text)) AS verified,
            count(*) FILTER (WHERE ((v.action = 'verify'::text) AND ((v.changes ->> 'state'::text) = 'handling'::text))) AS false_closings
           FROM public.issue_events v
          WHERE (v.issue_id = i.id)) e);

COMMENT ON VIEW public.issue_times IS 'Each issue in figures and names of offices, without a word of what was said: when it was reported, accepted, solved (as it stands now) and ended, returns, reopenings, answers of “no”, re-checks made and closings they found false.';

ALTER TABLE public.issues ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.issues_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.label_groups (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    colour text NOT NULL,
    sort integer NOT NULL,
    CONSTRAINT label_groups_code_check CHECK ((code ~ '^[a-z_]{2,40}$'::text)),
    CONSTRAINT label_groups_colour_check CHECK ((colour ~ '^#[0-9a-f]{6}$'::text))
);

COMMENT ON TABLE public.label_groups IS 'The taxonomy of labels: people, building, resources, hazards, governance, service.';

ALTER TABLE public.labels ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.labels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.letters (
    id bigint NOT NULL,
    issue_id bigint NOT NULL,
    event_seq integer NOT NULL,
    number text NOT NULL,
    addressee text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    due_on date NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    office_area_id bigint NOT NULL,
    reply text,
    replied_at timestamp with time zone
);

COMMENT ON TABLE public.letters IS 'Formal letters (去函) to bodies outside the street, each with a due date and, when it came, the reply.';

CREATE VIEW public.letter_cards WITH (security_invoker='true') AS
 SELECT l.id,
    l.number,
    l.issue_id,
    i.number AS issue_number,
    i.what,
    y.name AS courtyard,
    l.addressee,
    l.title,
    l.due_on,
    l.sent_at,
    l.reply,
    l.replied_at,
    private.office_name(l.office_area_id, NULL::bigint) AS office,
    (l.office_area_id = ANY (( SELECT private.my_holding_area_ids() AS my_holding_area_ids)::bigint[])) AS mine,
    (w.awaited AND (((l.due_on + '18:00:00'::time without time zone) AT TIME ZONE 'Asia/Shanghai'::text) < private.now())) AS late,
    w.awaited
   FROM (((public.letters l
     JOIN public.issues i ON ((i.id = l.issue_id)))
     LEFT JOIN public.courtyards y ON ((y.id = i.courtyard_id)))
     CROSS JOIN LATERAL ( SELECT ((l.replied_at IS NULL) AND (i.state = ANY (ARRAY['submitted'::text, 'handling'::text, 'resolved'::text]))) AS awaited) w);

COMMENT ON VIEW public.letter_cards IS 'One row a letter. mine: the caller''s office wrote it; awaited: no reply yet and the issue is open; late: awaited and past 18:00 of its day.';

ALTER TABLE public.letters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.letters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.memberships ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.memberships_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notices (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    issue_id bigint,
    area_id bigint,
    department_id bigint,
    courtyard_id bigint,
    quarter text,
    CONSTRAINT notices_about CHECK ((num_nonnulls(issue_id, courtyard_id, quarter) > 0)),
    CONSTRAINT notices_check CHECK (((area_id IS NULL) <> (department_id IS NULL))),
    CONSTRAINT notices_kind_check CHECK ((kind = ANY (ARRAY['arrived'::text, 'warned'::text, 'late'::text, 'climbed'::text, 'asked'::text, 'granted'::text, 'refused'::text, 'sent_back'::text, 'verify'::text, 'not_ok'::text, 'answered_no'::text, 'reopened'::text, 'withdrawn'::text, 'task'::text, 'task_done'::text, 'task_waived'::text, 'letter_due'::text, 'round_opened'::text, 'round_due'::text, 'round_late'::text, 'round_returned'::text, 'hazard_due'::text, 'hazard_late'::text, 'offer_claimed'::text])))
);

COMMENT ON TABLE public.notices IS 'What an office was told about an issue. No personal data.';

CREATE VIEW public.notice_cards WITH (security_invoker='true') AS
 SELECT n.id,
    n.at,
    n.kind,
    n.issue_id,
    i.number,
    i.what,
    i.state,
    y.name AS courtyard,
    (n.id > ( SELECT private.my_notice_mark() AS my_notice_mark)) AS unread,
    y.id AS courtyard_id,
    n.quarter
   FROM ((public.notices n
     LEFT JOIN public.issues i ON ((i.id = n.issue_id)))
     LEFT JOIN public.courtyards y ON ((y.id = COALESCE(n.courtyard_id, i.courtyard_id))))
  WHERE ((n.issue_id IS NULL) OR (i.id IS NOT NULL));

COMMENT ON VIEW public.notice_cards IS 'The notices of the caller''s office, with the issue, the courtyard or the quarter they are about; unread: newer than what the caller has read.';

ALTER TABLE public.notices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.offers (
    id bigint NOT NULL,
    courtyard_id bigint NOT NULL,
    community_id bigint NOT NULL,
    resource_id bigint,
    title text NOT NULL,
    what text,
    state text DEFAULT 'open'::text NOT NULL,
    organisation text,
    promise text,
    promised_on date,
    delivery text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT offers_check CHECK (((state <> ALL (ARRAY['claimed'::text, 'delivered'::text])) OR ((organisation IS NOT NULL) AND (promise IS NOT NULL)))),
    CONSTRAINT offers_check1 CHECK (((state = 'delivered'::text) = (delivery IS NOT NULL))),
    CONSTRAINT offers_delivery_check CHECK (((char_length(delivery) >= 1) AND (char_length(delivery) <= 400))),
    CONSTRAINT offers_organisation_check CHECK (((char_length(organisation) >= 1) AND (char_length(organisation) <= 60))),
    CONSTRAINT offers_promise_check CHECK (((char_length(promise) >= 1) AND (char_length(promise) <= 400))),
    CONSTRAINT offers_state_check CHECK ((state = ANY (ARRAY['open'::text, 'claimed'::text, 'delivered'::text, 'withdrawn'::text]))),
    CONSTRAINT offers_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 60))),
    CONSTRAINT offers_what_check CHECK ((char_length(what) <= 400))
);

COMMENT ON TABLE public.offers IS 'What a courtyard offers (resource_id: an idle resource) or asks for (a project): open, claimed by an organisation with its promise, delivered, or withdrawn.';

ALTER TABLE public.offers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.people (
    id uuid NOT NULL,
    street_id bigint NOT NULL,
    name text NOT NULL,
    left_at timestamp with time zone,
    CONSTRAINT people_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 40)))
);

COMMENT ON TABLE public.people IS 'Staff, one row for each account. Residents have none.';

CREATE TABLE public.place_photos (
    path text NOT NULL,
    resource_id bigint,
    hazard_id bigint,
    promised_at timestamp with time zone NOT NULL,
    CONSTRAINT place_photos_check CHECK ((num_nonnulls(resource_id, hazard_id) = 1))
);

COMMENT ON TABLE public.place_photos IS 'Photos of resources and hazards: path in the bucket place-photos. A row stands from the promise on; the picture may follow later, or never.';

ALTER TABLE public.reply_templates ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reply_templates_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.resources (
    id bigint NOT NULL,
    courtyard_id bigint NOT NULL,
    community_id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    note text,
    state text DEFAULT 'in_use'::text NOT NULL,
    point extensions.geometry(Point,4326) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT resources_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60))),
    CONSTRAINT resources_note_check CHECK ((char_length(note) <= 400)),
    CONSTRAINT resources_state_check CHECK ((state = ANY (ARRAY['in_use'::text, 'idle'::text, 'offered'::text, 'claimed'::text, 'broken'::text, 'gone'::text])))
);

COMMENT ON TABLE public.resources IS 'What a courtyard has: hydrants, rooms, sheds … Idle ones can be offered and claimed; gone ones stay for the history.';

ALTER TABLE public.resources ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.running_clocks WITH (security_invoker='true') AS
 SELECT i.id AS issue_id,
    'step'::text AS clock,
    i.warn_at,
    i.due_at,
        CASE
            WHEN (i.step = 'verify'::text) THEN private.area_over(i.*)
            ELSE i.holder_area_id
        END AS area_id,
        CASE
            WHEN (i.step <> 'verify'::text) THEN i.holder_department_id
            ELSE NULL::bigint
        END AS department_id,
    private.area_over(i.*) AS over
   FROM public.issues i
  WHERE ((i.due_at IS NOT NULL) AND (i.step <> 'answer'::text))
UNION ALL
 SELECT i.id AS issue_id,
    ('task:'::text || t.key) AS clock,
    ((t.value ->> 'warn_at'::text))::timestamp with time zone AS warn_at,
    ((t.value ->> 'due_at'::text))::timestamp with time zone AS due_at,
    NULL::bigint AS area_id,
    (t.key)::bigint AS department_id,
    i.street_id AS over
   FROM public.issues i,
    LATERAL jsonb_each(i.tasks) t(key, value)
  WHERE ((i.assisting <> '{}'::bigint[]) AND (i.state = ANY (ARRAY['submitted'::text, 'handling'::text, 'resolved'::text])) AND ((t.value ->> 'state'::text) = 'open'::text))
UNION ALL
 SELECT l.issue_id,
    ('letter:'::text || l.id) AS clock,
    NULL::timestamp with time zone AS warn_at,
    ((l.due_on + '18:00:00'::time without time zone) AT TIME ZONE 'Asia/Shanghai'::text) AS due_at,
    l.office_area_id AS area_id,
    NULL::bigint AS department_id,
    l.office_area_id AS over
   FROM (public.letters l
     JOIN public.issues i ON ((i.id = l.issue_id)))
  WHERE ((l.replied_at IS NULL) AND (i.state = ANY (ARRAY['submitted'::text, 'handling'::text, 'resolved'::text])));

COMMENT ON VIEW public.running_clocks IS 'Every clock an office is on: the step of an issue (the resident''s answer is none), tasks of assisting departments, letters without a reply (due at 18:00 of their day). clock: step, task:<department> or letter:<id>.';

ALTER TABLE public.saved_filters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.saved_filters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.step_times WITH (security_invoker='true') AS
 SELECT c.issue_id,
    c.step,
    c.began_at,
    c.due_at,
    c.ended_at,
    c.decided_at,
        CASE
            WHEN ((c.ended_at IS NOT NULL) OR (c.decided_at < private.now())) THEN c.in_time
            ELSE NULL::boolean
        END AS on_time,
    c.community_id,
    c.category,
    c.level AS holder_level,
    c.area_id,
    c.department_id,
    private.office_name(c.area_id, c.department_id) AS holder
   FROM ( SELECT s.issue_id,
            s.step,
            s.began_at,
            s.due_at,
            s.ended_at,
            s.decided_at,
            s.in_time,
            s.community_id,
            s.category,
            o.level,
                CASE o.level
                    WHEN 'street'::text THEN s.street_id
                    WHEN 'community'::text THEN s.community_id
                    ELSE NULL::bigint
                END AS area_id,
                CASE o.level
                    WHEN 'department'::text THEN s.department_id
                    ELSE NULL::bigint
                END AS department_id
           FROM public.issue_steps s,
            LATERAL ( SELECT
                        CASE
                            WHEN (s.holder_level = 'courtyard'::text) THEN 'community'::text
                            WHEN (s.step = 'verify'::text) THEN 'street'::text
                            ELSE s.holder_level
                        END AS level) o
        UNION ALL
         SELECT i.id,
            'task'::text,
            ((t.task ->> 'since'::text))::timestamp with time zone AS timestamptz,
            e.due_at,
            e.ended_at,
                CASE
                    WHEN (e.ended_at <= e.due_at) THEN e.ended_at
                    ELSE e.due_at
                END AS due_at,
                CASE
                    WHEN (e.ended_at <= e.due_at) THEN
                    CASE
                        WHEN ((t.task ->> 'state'::text) = 'done'::text) THEN true
                        ELSE NULL::boolean
                    END
                    ELSE false
                END AS "case",
            i.community_id,
            i.category,
            'department'::text,
            NULL::bigint,
            (t.department)::bigint AS department
           FROM public.issues i,
            LATERAL jsonb_each(i.tasks) t(department, task),
            LATERAL ( SELECT ((t.task ->> 'due_at'::text))::timestamp with time zone AS due_at,
                    COALESCE(((t.task ->> 'ended_at'::text))::timestamp with time zone, i.ended_at) AS ended_at) e
          WHERE (i.assisting <> '{}'::bigint[])
        UNION ALL
         SELECT l.issue_id,
            'letter'::text,
            l.sent_at,
            e.due_at,
            e.ended_at,
                CASE
                    WHEN (e.ended_at <= e.due_at) THEN e.ended_at
                    ELSE e.due_at
                END AS due_at,
                CASE
                    WHEN (e.ended_at <= e.due_at) THEN
                    CASE
                        WHEN (l.replied_at IS NOT NULL) THEN true
                        ELSE NULL::boolean
                    END
                    ELSE false
                END AS "case",
            i.community_id,
            i.category,
            NULL::text,
            NULL::bigint,
            NULL::bigint
           FROM (public.letters l
             JOIN public.issues i ON ((i.id = l.issue_id))),
            LATERAL ( SELECT ((l.due_on + '18:00:00'::time without time zone) AT TIME ZONE 'Asia/Shanghai'::text) AS due_at,
                    COALESCE(l.replied_at, i.ended_at) AS ended_at) e) c;

COMMENT ON VIEW public.step_times IS 'Each step of each issue, with tasks and letters: who answered for it, when it began, was due and ended, and whether in time (null: still running, paused, or given up before it was due).';

CREATE TABLE public.urgency_clocks (
    urgency text NOT NULL,
    clock text NOT NULL,
    accept_minutes integer NOT NULL,
    dispatch_minutes integer NOT NULL,
    handle_minutes integer NOT NULL,
    verify_minutes integer NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT urgency_clocks_accept_minutes_check CHECK ((accept_minutes > 0)),
    CONSTRAINT urgency_clocks_clock_check CHECK ((clock = ANY (ARRAY['working'::text, 'wall'::text]))),
    CONSTRAINT urgency_clocks_dispatch_minutes_check CHECK ((dispatch_minutes > 0)),
    CONSTRAINT urgency_clocks_handle_minutes_check CHECK ((handle_minutes > 0)),
    CONSTRAINT urgency_clocks_urgency_check CHECK ((urgency = ANY (ARRAY['ordinary'::text, 'urgent'::text, 'emergency'::text]))),
    CONSTRAINT urgency_clocks_verify_minutes_check CHECK ((verify_minutes > 0))
);

COMMENT ON TABLE public.urgency_clocks IS 'How long a step takes at an urgency that is not the category''s own, and how long verifying takes at each.';

ALTER TABLE public.visits ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.working_hours (
    weekday integer NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    CONSTRAINT working_hours_check CHECK ((closes > opens)),
    CONSTRAINT working_hours_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
);

COMMENT ON TABLE public.working_hours IS 'The office''s hours by ISO weekday (1 = Monday), in Chinese time. A make-up day keeps Monday''s.';

CREATE TABLE public.yard_notices (
    id bigint NOT NULL,
    street_id bigint NOT NULL,
    community_id bigint NOT NULL,
    courtyard_id bigint,
    title text NOT NULL,
    body text,
    shown_from timestamp with time zone NOT NULL,
    shown_until timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT yard_notices_body_check CHECK ((char_length(body) <= 300)),
    CONSTRAINT yard_notices_check CHECK ((shown_until > shown_from)),
    CONSTRAINT yard_notices_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 40)))
);

COMMENT ON TABLE public.yard_notices IS 'What an office tells a yard, or all yards of a community, on their page: 停水, 会议, 上门. Taken down: shown_until is in the past.';

ALTER TABLE public.yard_notices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.yard_notices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY private.alarms
    ADD CONSTRAINT alarms_pkey PRIMARY KEY (issue_id);

ALTER TABLE ONLY private.archive_events
    ADD CONSTRAINT archive_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.archive_events
    ADD CONSTRAINT archive_events_request_id_key UNIQUE (request_id);

ALTER TABLE ONLY private.archive_exports
    ADD CONSTRAINT archive_exports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.archive_feeds
    ADD CONSTRAINT archive_feeds_pkey PRIMARY KEY (topic);

ALTER TABLE ONLY private.archive_requests
    ADD CONSTRAINT archive_requests_pkey PRIMARY KEY (request_id);

ALTER TABLE ONLY private.archives
    ADD CONSTRAINT archives_pkey PRIMARY KEY (courtyard_id);

ALTER TABLE ONLY private.area_history
    ADD CONSTRAINT area_history_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.base_maps
    ADD CONSTRAINT base_maps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.code_scans
    ADD CONSTRAINT code_scans_pkey PRIMARY KEY (code, day);

ALTER TABLE ONLY private.courtyard_history
    ADD CONSTRAINT courtyard_history_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.courtyard_labels
    ADD CONSTRAINT courtyard_labels_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.deliveries
    ADD CONSTRAINT deliveries_notice_id_hook_id_key UNIQUE (notice_id, hook_id);

ALTER TABLE ONLY private.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.deliveries
    ADD CONSTRAINT deliveries_step_once UNIQUE (issue_id, step_of, seq, hook_id);

ALTER TABLE ONLY private.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (courtyard_id, quarter, code);

ALTER TABLE ONLY private.exports
    ADD CONSTRAINT exports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.feed_changes
    ADD CONSTRAINT feed_changes_pkey PRIMARY KEY (topic, seq);

ALTER TABLE ONLY private.feeds
    ADD CONSTRAINT feeds_pkey PRIMARY KEY (topic);

ALTER TABLE ONLY private.field_versions
    ADD CONSTRAINT field_versions_code_version_key UNIQUE (code, version);

ALTER TABLE ONLY private.field_versions
    ADD CONSTRAINT field_versions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.grid_workers_shown
    ADD CONSTRAINT grid_workers_shown_pkey PRIMARY KEY (grid_id);

ALTER TABLE ONLY private.guard_secret
    ADD CONSTRAINT guard_secret_pkey PRIMARY KEY (single);

ALTER TABLE ONLY private.guards
    ADD CONSTRAINT guards_pkey PRIMARY KEY (street_id);

ALTER TABLE ONLY private.hazard_rings
    ADD CONSTRAINT hazard_rings_pkey PRIMARY KEY (hazard_id, kind, moment);

ALTER TABLE ONLY private.held_reports
    ADD CONSTRAINT held_reports_key_hash_key UNIQUE (key_hash);

ALTER TABLE ONLY private.held_reports
    ADD CONSTRAINT held_reports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.history_checks
    ADD CONSTRAINT history_checks_pkey PRIMARY KEY (at);

ALTER TABLE ONLY private.hooks
    ADD CONSTRAINT hooks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.label_days
    ADD CONSTRAINT label_days_pkey PRIMARY KEY (day);

ALTER TABLE ONLY private.label_dirty
    ADD CONSTRAINT label_dirty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.label_reads
    ADD CONSTRAINT label_reads_pkey PRIMARY KEY (label_id, kind, key);

ALTER TABLE ONLY private.marked_phones
    ADD CONSTRAINT marked_phones_pkey PRIMARY KEY (phone);

ALTER TABLE ONLY private.microgrid_workers
    ADD CONSTRAINT microgrid_workers_pkey PRIMARY KEY (courtyard_id);

ALTER TABLE ONLY private.near_kinds
    ADD CONSTRAINT near_kinds_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY private.near
    ADD CONSTRAINT near_pkey PRIMARY KEY (courtyard_id, kind);

ALTER TABLE ONLY private.notice_marks
    ADD CONSTRAINT notice_marks_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY private.parcels
    ADD CONSTRAINT parcels_pkey PRIMARY KEY (name);

ALTER TABLE ONLY private.photos_to_remove
    ADD CONSTRAINT photos_to_remove_pkey PRIMARY KEY (path);

ALTER TABLE ONLY private.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (courtyard_id, quarter);

ALTER TABLE ONLY private.push_keys
    ADD CONSTRAINT push_keys_pkey PRIMARY KEY (single);

ALTER TABLE ONLY private.push_services
    ADD CONSTRAINT push_services_pkey PRIMARY KEY (host);

ALTER TABLE ONLY private.push_subscriptions
    ADD CONSTRAINT push_subscriptions_issue_id_endpoint_key UNIQUE (issue_id, endpoint);

ALTER TABLE ONLY private.push_subscriptions
    ADD CONSTRAINT push_subscriptions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.pushes
    ADD CONSTRAINT pushes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.pushes
    ADD CONSTRAINT pushes_subscription_id_key UNIQUE (subscription_id);

ALTER TABLE ONLY private.rates
    ADD CONSTRAINT rates_pkey PRIMARY KEY (who, minute);

ALTER TABLE ONLY private.reporters
    ADD CONSTRAINT reporters_key_hash_key UNIQUE (key_hash);

ALTER TABLE ONLY private.reporters
    ADD CONSTRAINT reporters_pkey PRIMARY KEY (issue_id);

ALTER TABLE ONLY private.reveals
    ADD CONSTRAINT reveals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.rings
    ADD CONSTRAINT rings_pkey PRIMARY KEY (issue_id, clock, due_at, kind);

ALTER TABLE ONLY private.settings_log
    ADD CONSTRAINT settings_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.shifted_hosts
    ADD CONSTRAINT shifted_hosts_pkey PRIMARY KEY (host);

ALTER TABLE ONLY private.used_challenges
    ADD CONSTRAINT used_challenges_pkey PRIMARY KEY (nonce);

ALTER TABLE ONLY private.verifications
    ADD CONSTRAINT verifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.archive_fields
    ADD CONSTRAINT archive_fields_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.archive_modules
    ADD CONSTRAINT archive_modules_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.areas
    ADD CONSTRAINT areas_code_key UNIQUE (code);

ALTER TABLE ONLY public.areas
    ADD CONSTRAINT areas_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendar_days
    ADD CONSTRAINT calendar_days_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.courtyard_codes
    ADD CONSTRAINT courtyard_codes_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.courtyard_successors
    ADD CONSTRAINT courtyard_successors_pkey PRIMARY KEY (courtyard_id, successor_id);

ALTER TABLE ONLY public.courtyards
    ADD CONSTRAINT courtyards_code_key UNIQUE (code);

ALTER TABLE ONLY public.courtyards
    ADD CONSTRAINT courtyards_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT departments_code_key UNIQUE (code);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT departments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.duties
    ADD CONSTRAINT duties_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.field_checks
    ADD CONSTRAINT field_checks_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.hazards
    ADD CONSTRAINT hazards_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.issue_actions
    ADD CONSTRAINT issue_actions_pkey PRIMARY KEY (action, actor, state, holder_level, outcome);

ALTER TABLE ONLY public.issue_events
    ADD CONSTRAINT issue_events_issue_id_request_id_key UNIQUE (issue_id, request_id);

ALTER TABLE ONLY public.issue_events
    ADD CONSTRAINT issue_events_pkey PRIMARY KEY (issue_id, seq);

ALTER TABLE ONLY public.issue_photos
    ADD CONSTRAINT issue_photos_pkey PRIMARY KEY (path);

ALTER TABLE ONLY public.issue_steps
    ADD CONSTRAINT issue_steps_pkey PRIMARY KEY (issue_id, seq);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_number_key UNIQUE (number);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.label_groups
    ADD CONSTRAINT label_groups_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_code_key UNIQUE (code);

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_number_key UNIQUE (number);

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_person_id_role_area_id_department_id_key UNIQUE NULLS NOT DISTINCT (person_id, role, area_id, department_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.place_kinds
    ADD CONSTRAINT place_kinds_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.place_photos
    ADD CONSTRAINT place_photos_pkey PRIMARY KEY (path);

ALTER TABLE ONLY public.reply_templates
    ADD CONSTRAINT reply_templates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.resources
    ADD CONSTRAINT resources_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT rounds_pkey PRIMARY KEY (street_id, quarter);

ALTER TABLE ONLY public.saved_filters
    ADD CONSTRAINT saved_filters_person_id_name_key UNIQUE (person_id, name);

ALTER TABLE ONLY public.saved_filters
    ADD CONSTRAINT saved_filters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.urgency_clocks
    ADD CONSTRAINT urgency_clocks_pkey PRIMARY KEY (urgency);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.working_hours
    ADD CONSTRAINT working_hours_pkey PRIMARY KEY (weekday, opens);

ALTER TABLE ONLY public.yard_notices
    ADD CONSTRAINT yard_notices_pkey PRIMARY KEY (id);

CREATE INDEX alarms_next ON private.alarms USING btree (next_at);

CREATE INDEX archive_events_office ON private.archive_events USING btree (office_area_id);

CREATE INDEX archive_events_person ON private.archive_events USING btree (person_id);

CREATE INDEX archive_events_subject ON private.archive_events USING btree (courtyard_id, subject, key, id);

CREATE INDEX archive_exports_person ON private.archive_exports USING btree (person_id, at);

CREATE INDEX archive_requests_at ON private.archive_requests USING btree (at);

CREATE INDEX archive_requests_person ON private.archive_requests USING btree (person_id);

CREATE INDEX area_history_area ON private.area_history USING btree (area_id, id);

CREATE INDEX area_history_person ON private.area_history USING btree (person_id);

CREATE INDEX base_maps_street ON private.base_maps USING btree (street_id);

CREATE INDEX code_scans_day ON private.code_scans USING btree (day);

CREATE INDEX courtyard_history_person ON private.courtyard_history USING btree (person_id);

CREATE INDEX courtyard_history_yard ON private.courtyard_history USING btree (courtyard_id, id);

CREATE INDEX courtyard_labels_expiry ON private.courtyard_labels USING btree (expires_at) WHERE ((ended_at IS NULL) AND (expires_at IS NOT NULL));

CREATE UNIQUE INDEX courtyard_labels_now ON private.courtyard_labels USING btree (courtyard_id, label_id) WHERE (ended_at IS NULL);

CREATE INDEX courtyard_labels_of_label ON private.courtyard_labels USING btree (label_id) WHERE (ended_at IS NULL);

CREATE INDEX courtyard_labels_person ON private.courtyard_labels USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX deliveries_claim ON private.deliveries USING btree (claim) WHERE (state = 'sending'::text);

CREATE INDEX deliveries_hook ON private.deliveries USING btree (hook_id);

CREATE INDEX deliveries_next ON private.deliveries USING btree (next_at) WHERE (state = ANY (ARRAY['due'::text, 'sending'::text]));

CREATE INDEX deliveries_steps ON private.deliveries USING btree (step_of, seq) WHERE (step_of IS NOT NULL);

CREATE INDEX drafts_code ON private.drafts USING btree (code);

CREATE INDEX drafts_person ON private.drafts USING btree (person_id);

CREATE INDEX exports_person ON private.exports USING btree (person_id);

CREATE INDEX feed_changes_at ON private.feed_changes USING btree (at);

CREATE INDEX feed_changes_ground ON private.feed_changes USING btree (topic, seq) WHERE (issue_id IS NULL);

CREATE INDEX feed_changes_issue ON private.feed_changes USING btree (issue_id);

CREATE INDEX held_reports_courtyard ON private.held_reports USING btree (courtyard_id);

CREATE INDEX held_reports_issue ON private.held_reports USING btree (issue_id);

CREATE INDEX held_reports_open ON private.held_reports USING btree (community_id, id) WHERE (decided_at IS NULL);

CREATE INDEX held_reports_person ON private.held_reports USING btree (decided_by);

CREATE INDEX held_reports_street ON private.held_reports USING btree (street_id);

CREATE INDEX hooks_area ON private.hooks USING btree (area_id);

CREATE INDEX hooks_department ON private.hooks USING btree (department_id);

CREATE INDEX hooks_street ON private.hooks USING btree (street_id);

CREATE INDEX label_reads_key ON private.label_reads USING btree (kind, key);

CREATE INDEX marked_phones_issue ON private.marked_phones USING btree (issue_id);

CREATE INDEX marked_phones_person ON private.marked_phones USING btree (person_id);

CREATE INDEX microgrid_workers_person ON private.microgrid_workers USING btree (person_id);

CREATE INDEX near_kind ON private.near USING btree (kind, metres);

CREATE INDEX profiles_confirmed_by ON private.profiles USING btree (confirmed_by);

CREATE INDEX profiles_quarter ON private.profiles USING btree (quarter, state);

CREATE INDEX profiles_submitted_by ON private.profiles USING btree (submitted_by);

CREATE INDEX pushes_next ON private.pushes USING btree (next_at);

CREATE INDEX reporters_phone_mark ON private.reporters USING btree (phone_mark) WHERE (phone_mark IS NOT NULL);

CREATE INDEX reveals_issue ON private.reveals USING btree (issue_id);

CREATE INDEX reveals_person ON private.reveals USING btree (person_id);

CREATE INDEX settings_log_key ON private.settings_log USING btree (what, key, id);

CREATE INDEX settings_log_person ON private.settings_log USING btree (person_id);

CREATE INDEX settings_log_street ON private.settings_log USING btree (street_id) WHERE (street_id IS NOT NULL);

CREATE INDEX verifications_courtyard ON private.verifications USING btree (courtyard_id, at DESC);

CREATE INDEX verifications_person ON private.verifications USING btree (person_id);

CREATE INDEX archive_fields_module ON public.archive_fields USING btree (module);

CREATE INDEX areas_parent ON public.areas USING btree (parent_id);

CREATE INDEX areas_path ON public.areas USING gin (path);

CREATE INDEX categories_department ON public.categories USING btree (department_id);

CREATE INDEX categories_duty ON public.categories USING btree (duty);

CREATE INDEX courtyard_codes_courtyard ON public.courtyard_codes USING btree (courtyard_id);

CREATE INDEX courtyard_codes_replaced_by ON public.courtyard_codes USING btree (replaced_by) WHERE (replaced_by IS NOT NULL);

CREATE UNIQUE INDEX courtyard_successors_heir ON public.courtyard_successors USING btree (courtyard_id) WHERE heir;

CREATE INDEX courtyard_successors_successor ON public.courtyard_successors USING btree (successor_id);

CREATE INDEX courtyards_community ON public.courtyards USING btree (community_id);

CREATE INDEX courtyards_geom ON public.courtyards USING gist (geom);

CREATE INDEX courtyards_grid ON public.courtyards USING btree (grid_id);

CREATE UNIQUE INDEX courtyards_living_address ON public.courtyards USING btree (street_id, address) WHERE (ended_at IS NULL);

CREATE INDEX courtyards_point ON public.courtyards USING gist (point);

CREATE INDEX departments_street ON public.departments USING btree (street_id);

CREATE INDEX field_checks_whole ON public.field_checks USING btree (whole);

CREATE INDEX hazards_community ON public.hazards USING btree (community_id);

CREATE INDEX hazards_courtyard ON public.hazards USING btree (courtyard_id);

CREATE INDEX hazards_issue ON public.hazards USING btree (issue_id);

CREATE INDEX hazards_kind ON public.hazards USING btree (kind);

CREATE INDEX hazards_point ON public.hazards USING gist (point);

CREATE INDEX issue_events_person ON public.issue_events USING btree (person_id);

CREATE INDEX issue_events_turns ON public.issue_events USING btree (at) WHERE (action = ANY (ARRAY['accept'::text, 'dispatch'::text, 'send_back'::text, 'answer'::text, 'verify'::text, 'reopen'::text]));

CREATE INDEX issue_photos_issue ON public.issue_photos USING btree (issue_id);

CREATE INDEX issue_steps_decided ON public.issue_steps USING btree (decided_at);

CREATE UNIQUE INDEX issue_steps_running ON public.issue_steps USING btree (issue_id) WHERE (ended_at IS NULL);

CREATE INDEX issues_assisting ON public.issues USING gin (assisting) WHERE (assisting <> '{}'::bigint[]);

CREATE INDEX issues_community ON public.issues USING btree (community_id, created_at DESC);

CREATE INDEX issues_community_open ON public.issues USING btree (community_id, due_at) WHERE (state = ANY (ARRAY['submitted'::text, 'handling'::text, 'resolved'::text]));

CREATE INDEX issues_courtyard ON public.issues USING btree (courtyard_id, created_at DESC);

CREATE INDEX issues_created ON public.issues USING btree (created_at);

CREATE INDEX issues_department ON public.issues USING btree (holder_department_id, due_at) WHERE (holder_department_id IS NOT NULL);

CREATE INDEX issues_duty ON public.issues USING btree (duty) WHERE (duty IS NOT NULL);

CREATE INDEX issues_ended ON public.issues USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX issues_grid_open ON public.issues USING btree (grid_id, due_at) WHERE (state = ANY (ARRAY['submitted'::text, 'handling'::text, 'resolved'::text]));

CREATE INDEX issues_merged_into ON public.issues USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX issues_point ON public.issues USING gist (point);

CREATE INDEX issues_street ON public.issues USING btree (street_id, created_at DESC);

CREATE INDEX issues_street_open ON public.issues USING btree (street_id, due_at) WHERE (state = ANY (ARRAY['submitted'::text, 'handling'::text, 'resolved'::text]));

CREATE INDEX labels_group ON public.labels USING btree (label_group);

CREATE INDEX letters_due ON public.letters USING btree (due_on) WHERE (replied_at IS NULL);

CREATE INDEX letters_issue ON public.letters USING btree (issue_id, event_seq);

CREATE INDEX letters_office ON public.letters USING btree (office_area_id);

CREATE INDEX memberships_area ON public.memberships USING btree (area_id);

CREATE INDEX memberships_department ON public.memberships USING btree (department_id);

CREATE INDEX notices_area ON public.notices USING btree (area_id, id DESC) WHERE (area_id IS NOT NULL);

CREATE INDEX notices_courtyard ON public.notices USING btree (courtyard_id) WHERE (courtyard_id IS NOT NULL);

CREATE INDEX notices_department ON public.notices USING btree (department_id, id DESC) WHERE (department_id IS NOT NULL);

CREATE INDEX notices_issue ON public.notices USING btree (issue_id);

CREATE INDEX offers_community ON public.offers USING btree (community_id, state);

CREATE INDEX offers_courtyard ON public.offers USING btree (courtyard_id);

CREATE INDEX offers_of_resource ON public.offers USING btree (resource_id);

CREATE UNIQUE INDEX offers_resource ON public.offers USING btree (resource_id) WHERE (state = ANY (ARRAY['open'::text, 'claimed'::text]));

CREATE INDEX people_street ON public.people USING btree (street_id);

CREATE INDEX place_kinds_category ON public.place_kinds USING btree (category);

CREATE INDEX place_photos_hazard ON public.place_photos USING btree (hazard_id);

CREATE INDEX place_photos_resource ON public.place_photos USING btree (resource_id);

CREATE INDEX reply_templates_area ON public.reply_templates USING btree (area_id) WHERE (area_id IS NOT NULL);

CREATE INDEX reply_templates_department ON public.reply_templates USING btree (department_id) WHERE (department_id IS NOT NULL);

CREATE UNIQUE INDEX reply_templates_preset ON public.reply_templates USING btree (action, title) WHERE (street_id IS NULL);

CREATE INDEX reply_templates_street ON public.reply_templates USING btree (street_id);

CREATE INDEX resources_community ON public.resources USING btree (community_id);

CREATE INDEX resources_courtyard ON public.resources USING btree (courtyard_id);

CREATE INDEX resources_kind ON public.resources USING btree (kind);

CREATE INDEX resources_point ON public.resources USING gist (point);

CREATE INDEX saved_filters_area ON public.saved_filters USING btree (area_id) WHERE (area_id IS NOT NULL);

CREATE INDEX saved_filters_department ON public.saved_filters USING btree (department_id) WHERE (department_id IS NOT NULL);

CREATE INDEX saved_filters_street ON public.saved_filters USING btree (street_id);

CREATE INDEX visits_community ON public.visits USING btree (community_id);

CREATE INDEX visits_courtyard ON public.visits USING btree (courtyard_id, visited_on);

CREATE INDEX visits_person ON public.visits USING btree (person_id);

CREATE INDEX yard_notices_community ON public.yard_notices USING btree (community_id, shown_until);

CREATE INDEX yard_notices_courtyard ON public.yard_notices USING btree (courtyard_id) WHERE (courtyard_id IS NOT NULL);

CREATE INDEX yard_notices_person ON public.yard_notices USING btree (person_id);

CREATE INDEX yard_notices_street ON public.yard_notices USING btree (street_id);

CREATE TRIGGER check_hook BEFORE INSERT OR UPDATE OF url ON private.hooks FOR EACH ROW EXECUTE FUNCTION private.check_hook();

CREATE TRIGGER drop_resident_messages AFTER UPDATE OF phone ON private.reporters FOR EACH ROW WHEN (((old.phone IS NOT NULL) AND (new.phone IS NULL))) EXECUTE FUNCTION private.drop_resident_messages();

CREATE TRIGGER keep_version BEFORE UPDATE ON private.base_maps FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER log_change AFTER INSERT OR DELETE ON private.hooks FOR EACH ROW EXECUTE FUNCTION private.log_change('hook', 'id', '{name,kind,audience,kinds,active}');

CREATE TRIGGER log_insert AFTER INSERT ON private.base_maps FOR EACH ROW EXECUTE FUNCTION private.log_change('base', 'id', '{name,name_en,kind,url,layer,hosts,attribution,active,street_id}');

CREATE TRIGGER log_update AFTER UPDATE ON private.base_maps FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.log_change('base', 'id', '{name,name_en,kind,url,layer,hosts,attribution,active,street_id}');

CREATE TRIGGER log_update AFTER UPDATE ON private.hooks FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.log_change('hook', 'id', '{name,kind,audience,kinds,active}');

CREATE TRIGGER mark_changed_facts AFTER UPDATE ON private.archives REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.mark_changed_facts();

CREATE TRIGGER mark_new_facts AFTER INSERT ON private.archives REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.mark_new_facts();

CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON private.archive_events FOR EACH ROW EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON private.archive_exports FOR EACH ROW EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON private.area_history FOR EACH ROW EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON private.courtyard_history FOR EACH ROW EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON private.exports FOR EACH ROW EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON private.field_versions FOR EACH ROW EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON private.profiles FOR EACH ROW WHEN ((old.state = 'confirmed'::text)) EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON private.settings_log FOR EACH ROW EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON private.archive_events FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON private.area_history FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON private.courtyard_history FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON private.exports FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON private.field_versions FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON private.settings_log FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER turn_hook AFTER UPDATE OF audience ON private.hooks FOR EACH ROW WHEN ((old.audience <> new.audience)) EXECUTE FUNCTION private.turn_hook();

CREATE TRIGGER wake_sender AFTER INSERT OR UPDATE ON private.deliveries FOR EACH ROW WHEN (((new.state = 'due'::text) AND (new.tries = 0))) EXECUTE FUNCTION private.wake_sender();

CREATE TRIGGER check_category BEFORE INSERT OR UPDATE ON public.categories FOR EACH ROW EXECUTE FUNCTION private.check_category();

CREATE TRIGGER check_duty BEFORE UPDATE OF list, active ON public.duties FOR EACH ROW EXECUTE FUNCTION private.check_duty();

CREATE TRIGGER check_field BEFORE INSERT OR UPDATE ON public.archive_fields FOR EACH ROW EXECUTE FUNCTION private.check_field();

CREATE TRIGGER check_field_change BEFORE UPDATE ON public.archive_fields FOR EACH ROW EXECUTE FUNCTION private.check_field_change();

CREATE TRIGGER check_label BEFORE INSERT OR UPDATE OF rule, sensitivity ON public.labels FOR EACH ROW EXECUTE FUNCTION private.check_label();

CREATE TRIGGER check_membership BEFORE INSERT OR UPDATE ON public.memberships FOR EACH ROW EXECUTE FUNCTION private.check_membership();

CREATE TRIGGER close_hazard AFTER UPDATE OF state ON public.issues FOR EACH ROW WHEN (((new.state = ANY (ARRAY['closed'::text, 'declined'::text, 'withdrawn'::text])) AND (old.state <> new.state))) EXECUTE FUNCTION private.close_hazard();

CREATE TRIGGER follow_archive AFTER INSERT ON public.courtyard_successors REFERENCING NEW TABLE AS links FOR EACH STATEMENT EXECUTE FUNCTION private.follow_archive();

CREATE TRIGGER follow_field_change AFTER UPDATE ON public.archive_fields FOR EACH ROW WHEN ((old.version <> new.version)) EXECUTE FUNCTION private.follow_field_change();

CREATE TRIGGER give_courtyard_code AFTER INSERT ON public.courtyards FOR EACH ROW EXECUTE FUNCTION private.give_courtyard_code();

CREATE CONSTRAINT TRIGGER keep_alarm AFTER INSERT ON public.issue_events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION private.keep_alarm();

CREATE TRIGGER keep_area_path BEFORE INSERT OR UPDATE OF parent_id, id ON public.areas FOR EACH ROW EXECUTE FUNCTION private.keep_area_path();

CREATE TRIGGER keep_area_path_below AFTER UPDATE ON public.areas FOR EACH ROW EXECUTE FUNCTION private.keep_area_path_below();

CREATE TRIGGER keep_courtyard_place BEFORE INSERT OR UPDATE OF grid_id, geom, point ON public.courtyards FOR EACH ROW EXECUTE FUNCTION private.keep_courtyard_place();

CREATE TRIGGER keep_field_version AFTER UPDATE ON public.archive_fields FOR EACH ROW WHEN ((old.version <> new.version)) EXECUTE FUNCTION private.keep_field_version();

CREATE TRIGGER keep_field_version_new AFTER INSERT ON public.archive_fields FOR EACH ROW EXECUTE FUNCTION private.keep_field_version();

CREATE TRIGGER keep_label_reads AFTER INSERT OR UPDATE OF rule, active ON public.labels FOR EACH ROW EXECUTE FUNCTION private.keep_label_reads();

CREATE TRIGGER keep_near AFTER UPDATE ON public.resources REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.keep_near();

CREATE TRIGGER keep_near_new AFTER INSERT ON public.resources REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION private.keep_near_new();

CREATE TRIGGER keep_place_community BEFORE INSERT OR UPDATE OF courtyard_id ON public.hazards FOR EACH ROW EXECUTE FUNCTION private.keep_place_community();

CREATE TRIGGER keep_place_community BEFORE INSERT OR UPDATE OF courtyard_id ON public.offers FOR EACH ROW EXECUTE FUNCTION private.keep_place_community();

CREATE TRIGGER keep_place_community BEFORE INSERT OR UPDATE OF courtyard_id ON public.resources FOR EACH ROW EXECUTE FUNCTION private.keep_place_community();

CREATE TRIGGER keep_steps AFTER INSERT ON public.issue_events FOR EACH ROW EXECUTE FUNCTION private.keep_steps();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.archive_fields FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.areas FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.categories FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.courtyards FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.duties FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.hazards FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.labels FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.offers FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.reply_templates FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.resources FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.saved_filters FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE ON public.urgency_clocks FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER log_change AFTER INSERT OR DELETE ON public.field_checks FOR EACH ROW EXECUTE FUNCTION private.log_change('field_check', 'code', '{}');

CREATE TRIGGER log_change AFTER INSERT OR DELETE ON public.reply_templates FOR EACH ROW EXECUTE FUNCTION private.log_change('template', 'id', '{}');

CREATE TRIGGER log_insert AFTER INSERT ON public.archive_fields FOR EACH ROW EXECUTE FUNCTION private.log_change('field', 'code', '{}');

CREATE TRIGGER log_insert AFTER INSERT ON public.categories FOR EACH ROW EXECUTE FUNCTION private.log_change('category', 'code', '{}');

CREATE TRIGGER log_insert AFTER INSERT ON public.duties FOR EACH ROW EXECUTE FUNCTION private.log_change('duty', 'code', '{}');

CREATE TRIGGER log_insert AFTER INSERT ON public.labels FOR EACH ROW EXECUTE FUNCTION private.log_change('label', 'code', '{}');

CREATE TRIGGER log_update AFTER UPDATE ON public.archive_fields FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.log_change('field', 'code', '{}');

CREATE TRIGGER log_update AFTER UPDATE ON public.categories FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.log_change('category', 'code', '{}');

CREATE TRIGGER log_update AFTER UPDATE ON public.duties FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.log_change('duty', 'code', '{}');

CREATE TRIGGER log_update AFTER UPDATE ON public.field_checks FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.log_change('field_check', 'code', '{}');

CREATE TRIGGER log_update AFTER UPDATE ON public.labels FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.log_change('label', 'code', '{}');

CREATE TRIGGER log_update AFTER UPDATE ON public.reply_templates FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.log_change('template', 'id', '{}');

CREATE TRIGGER log_update AFTER UPDATE ON public.urgency_clocks FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION private.log_change('clock', 'urgency', '{}');

CREATE TRIGGER mark_case AFTER UPDATE OF state, category, courtyard_id ON public.issues FOR EACH ROW WHEN ((((old.state IS DISTINCT FROM new.state) OR (old.category IS DISTINCT FROM new.category)) OR (old.courtyard_id IS DISTINCT FROM new.courtyard_id))) EXECUTE FUNCTION private.mark_case();

CREATE TRIGGER mark_case_new AFTER INSERT ON public.issues FOR EACH ROW EXECUTE FUNCTION private.mark_case();

CREATE TRIGGER mark_place AFTER INSERT OR UPDATE ON public.hazards FOR EACH ROW EXECUTE FUNCTION private.mark_place();

CREATE TRIGGER mark_place AFTER INSERT OR UPDATE ON public.resources FOR EACH ROW EXECUTE FUNCTION private.mark_place();

CREATE TRIGGER mark_visit AFTER INSERT OR UPDATE ON public.visits FOR EACH ROW EXECUTE FUNCTION private.mark_visit();

CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON public.issue_events FOR EACH ROW EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.issue_events FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER never_removed BEFORE DELETE ON public.archive_fields FOR EACH ROW EXECUTE FUNCTION private.refuse_change();

CREATE TRIGGER publish_event AFTER INSERT ON public.issue_events FOR EACH ROW EXECUTE FUNCTION private.publish_event();

CREATE TRIGGER queue_deliveries AFTER INSERT ON public.notices FOR EACH ROW EXECUTE FUNCTION private.queue_deliveries();

CREATE TRIGGER queue_pushes AFTER INSERT ON public.issue_events FOR EACH ROW WHEN ((new.is_public AND (new.actor <> 'resident'::text))) EXECUTE FUNCTION private.queue_pushes();

CREATE TRIGGER queue_resident_messages AFTER INSERT ON public.issue_events FOR EACH ROW WHEN ((new.is_public AND (new.actor <> 'resident'::text))) EXECUTE FUNCTION private.queue_resident_messages();

CREATE TRIGGER recount_clocks AFTER INSERT OR DELETE OR UPDATE ON public.calendar_days FOR EACH STATEMENT EXECUTE FUNCTION private.recount_after_change();

CREATE TRIGGER recount_clocks AFTER UPDATE ON public.categories FOR EACH ROW WHEN ((((((old.urgency IS DISTINCT FROM new.urgency) OR (old.clock IS DISTINCT FROM new.clock)) OR (old.accept_minutes IS DISTINCT FROM new.accept_minutes)) OR (old.dispatch_minutes IS DISTINCT FROM new.dispatch_minutes)) OR (old.handle_minutes IS DISTINCT FROM new.handle_minutes))) EXECUTE FUNCTION private.recount_after_change();

CREATE TRIGGER recount_clocks AFTER UPDATE ON public.urgency_clocks FOR EACH ROW WHEN ((((((old.clock IS DISTINCT FROM new.clock) OR (old.accept_minutes IS DISTINCT FROM new.accept_minutes)) OR (old.dispatch_minutes IS DISTINCT FROM new.dispatch_minutes)) OR (old.handle_minutes IS DISTINCT FROM new.handle_minutes)) OR (old.verify_minutes IS DISTINCT FROM new.verify_minutes))) EXECUTE FUNCTION private.recount_after_change();

CREATE TRIGGER recount_clocks AFTER INSERT OR DELETE OR UPDATE ON public.working_hours FOR EACH STATEMENT EXECUTE FUNCTION private.recount_after_change();

CREATE TRIGGER refuse_ended BEFORE UPDATE ON public.courtyards FOR EACH ROW WHEN ((old.ended_at IS NOT NULL)) EXECUTE FUNCTION private.refuse_ended();

CREATE TRIGGER refuse_inactive BEFORE INSERT ON public.issues FOR EACH ROW EXECUTE FUNCTION private.refuse_inactive();

CREATE TRIGGER refuse_inactive_duty BEFORE UPDATE OF duty ON public.issues FOR EACH ROW WHEN (((new.duty IS DISTINCT FROM old.duty) AND (new.duty IS NOT NULL))) EXECUTE FUNCTION private.refuse_inactive();

CREATE TRIGGER refuse_never BEFORE INSERT ON public.issues FOR EACH ROW WHEN ((new.state = ANY (ARRAY['submitted'::text, 'handling'::text]))) EXECUTE FUNCTION private.refuse_never();

CREATE TRIGGER refuse_never_later BEFORE UPDATE OF category, holder_level, state ON public.issues FOR EACH ROW WHEN ((((new.category IS DISTINCT FROM old.category) OR (new.holder_level IS DISTINCT FROM old.holder_level)) OR ((old.state = 'submitted'::text) AND (new.state = 'handling'::text)))) EXECUTE FUNCTION private.refuse_never();

CREATE TRIGGER send_notices AFTER INSERT ON public.notices REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION private.send_notices();

CREATE TRIGGER tell_event AFTER INSERT ON public.issue_events FOR EACH ROW EXECUTE FUNCTION private.tell_event();

ALTER TABLE ONLY private.alarms
    ADD CONSTRAINT alarms_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY private.archive_events
    ADD CONSTRAINT archive_events_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY private.archive_events
    ADD CONSTRAINT archive_events_office_area_id_fkey FOREIGN KEY (office_area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.archive_events
    ADD CONSTRAINT archive_events_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.archive_exports
    ADD CONSTRAINT archive_exports_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.archive_requests
    ADD CONSTRAINT archive_requests_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.archives
    ADD CONSTRAINT archives_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY private.area_history
    ADD CONSTRAINT area_history_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.area_history
    ADD CONSTRAINT area_history_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.base_maps
    ADD CONSTRAINT base_maps_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.code_scans
    ADD CONSTRAINT code_scans_code_fkey FOREIGN KEY (code) REFERENCES public.courtyard_codes(code);

ALTER TABLE ONLY private.courtyard_history
    ADD CONSTRAINT courtyard_history_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY private.courtyard_history
    ADD CONSTRAINT courtyard_history_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.courtyard_labels
    ADD CONSTRAINT courtyard_labels_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY private.courtyard_labels
    ADD CONSTRAINT courtyard_labels_label_id_fkey FOREIGN KEY (label_id) REFERENCES public.labels(id);

ALTER TABLE ONLY private.courtyard_labels
    ADD CONSTRAINT courtyard_labels_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.deliveries
    ADD CONSTRAINT deliveries_hook_id_fkey FOREIGN KEY (hook_id) REFERENCES private.hooks(id) ON DELETE CASCADE;

ALTER TABLE ONLY private.deliveries
    ADD CONSTRAINT deliveries_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY private.deliveries
    ADD CONSTRAINT deliveries_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES public.notices(id);

ALTER TABLE ONLY private.deliveries
    ADD CONSTRAINT deliveries_step FOREIGN KEY (step_of, seq) REFERENCES public.issue_events(issue_id, seq);

ALTER TABLE ONLY private.drafts
    ADD CONSTRAINT drafts_code_fkey FOREIGN KEY (code) REFERENCES public.archive_fields(code);

ALTER TABLE ONLY private.drafts
    ADD CONSTRAINT drafts_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY private.drafts
    ADD CONSTRAINT drafts_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.exports
    ADD CONSTRAINT exports_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.feed_changes
    ADD CONSTRAINT feed_changes_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY private.feed_changes
    ADD CONSTRAINT feed_changes_topic_fkey FOREIGN KEY (topic) REFERENCES private.feeds(topic);

ALTER TABLE ONLY private.grid_workers_shown
    ADD CONSTRAINT grid_workers_shown_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.guards
    ADD CONSTRAINT guards_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.hazard_rings
    ADD CONSTRAINT hazard_rings_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES public.hazards(id);

ALTER TABLE ONLY private.held_reports
    ADD CONSTRAINT held_reports_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.held_reports
    ADD CONSTRAINT held_reports_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY private.held_reports
    ADD CONSTRAINT held_reports_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.people(id);

ALTER TABLE ONLY private.held_reports
    ADD CONSTRAINT held_reports_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY private.held_reports
    ADD CONSTRAINT held_reports_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.hooks
    ADD CONSTRAINT hooks_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.hooks
    ADD CONSTRAINT hooks_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY private.hooks
    ADD CONSTRAINT hooks_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.label_reads
    ADD CONSTRAINT label_reads_label_id_fkey FOREIGN KEY (label_id) REFERENCES public.labels(id) ON DELETE CASCADE;

ALTER TABLE ONLY private.marked_phones
    ADD CONSTRAINT marked_phones_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY private.marked_phones
    ADD CONSTRAINT marked_phones_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.microgrid_workers
    ADD CONSTRAINT microgrid_workers_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY private.microgrid_workers
    ADD CONSTRAINT microgrid_workers_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.near
    ADD CONSTRAINT near_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id) ON DELETE CASCADE;

ALTER TABLE ONLY private.near
    ADD CONSTRAINT near_kind_fkey FOREIGN KEY (kind) REFERENCES private.near_kinds(kind) ON DELETE CASCADE;

ALTER TABLE ONLY private.near_kinds
    ADD CONSTRAINT near_kinds_kind_fkey FOREIGN KEY (kind) REFERENCES public.place_kinds(code);

ALTER TABLE ONLY private.notice_marks
    ADD CONSTRAINT notice_marks_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE CASCADE;

ALTER TABLE ONLY private.profiles
    ADD CONSTRAINT profiles_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.people(id);

ALTER TABLE ONLY private.profiles
    ADD CONSTRAINT profiles_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY private.profiles
    ADD CONSTRAINT profiles_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES public.people(id);

ALTER TABLE ONLY private.push_subscriptions
    ADD CONSTRAINT push_subscriptions_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id) ON DELETE CASCADE;

ALTER TABLE ONLY private.pushes
    ADD CONSTRAINT pushes_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES private.push_subscriptions(id) ON DELETE CASCADE;

ALTER TABLE ONLY private.reporters
    ADD CONSTRAINT reporters_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY private.reveals
    ADD CONSTRAINT reveals_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY private.reveals
    ADD CONSTRAINT reveals_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.rings
    ADD CONSTRAINT rings_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY private.settings_log
    ADD CONSTRAINT settings_log_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY private.settings_log
    ADD CONSTRAINT settings_log_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY private.verifications
    ADD CONSTRAINT verifications_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY private.verifications
    ADD CONSTRAINT verifications_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.archive_fields
    ADD CONSTRAINT archive_fields_module_fkey FOREIGN KEY (module) REFERENCES public.archive_modules(code);

ALTER TABLE ONLY public.areas
    ADD CONSTRAINT areas_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_duty_fkey FOREIGN KEY (duty) REFERENCES public.duties(code);

ALTER TABLE ONLY public.courtyard_codes
    ADD CONSTRAINT courtyard_codes_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.courtyard_codes
    ADD CONSTRAINT courtyard_codes_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.courtyard_codes(code);

ALTER TABLE ONLY public.courtyard_successors
    ADD CONSTRAINT courtyard_successors_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.courtyard_successors
    ADD CONSTRAINT courtyard_successors_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.courtyards
    ADD CONSTRAINT courtyards_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.courtyards
    ADD CONSTRAINT courtyards_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.courtyards
    ADD CONSTRAINT courtyards_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT departments_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.field_checks
    ADD CONSTRAINT field_checks_whole_fkey FOREIGN KEY (whole) REFERENCES public.archive_fields(code);

ALTER TABLE ONLY public.hazards
    ADD CONSTRAINT hazards_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.hazards
    ADD CONSTRAINT hazards_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.hazards
    ADD CONSTRAINT hazards_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY public.hazards
    ADD CONSTRAINT hazards_kind_fkey FOREIGN KEY (kind) REFERENCES public.place_kinds(code);

ALTER TABLE ONLY public.issue_events
    ADD CONSTRAINT issue_events_from_area_id_fkey FOREIGN KEY (from_area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.issue_events
    ADD CONSTRAINT issue_events_from_department_id_fkey FOREIGN KEY (from_department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY public.issue_events
    ADD CONSTRAINT issue_events_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY public.issue_events
    ADD CONSTRAINT issue_events_office_area_id_fkey FOREIGN KEY (office_area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.issue_events
    ADD CONSTRAINT issue_events_office_department_id_fkey FOREIGN KEY (office_department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY public.issue_events
    ADD CONSTRAINT issue_events_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.issue_photos
    ADD CONSTRAINT issue_photos_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY public.issue_steps
    ADD CONSTRAINT issue_steps_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_category_fkey FOREIGN KEY (category) REFERENCES public.categories(code);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_duty_fkey FOREIGN KEY (duty) REFERENCES public.duties(code);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_first_owner_area_id_fkey FOREIGN KEY (first_owner_area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_first_owner_department_id_fkey FOREIGN KEY (first_owner_department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_holder_area_id_fkey FOREIGN KEY (holder_area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_holder_department_id_fkey FOREIGN KEY (holder_department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES public.issues(id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_label_group_fkey FOREIGN KEY (label_group) REFERENCES public.label_groups(code);

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_issue_id_event_seq_fkey FOREIGN KEY (issue_id, event_seq) REFERENCES public.issue_events(issue_id, seq) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY public.letters
    ADD CONSTRAINT letters_office_area_id_fkey FOREIGN KEY (office_area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES public.issues(id);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES public.resources(id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_id_fkey FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.place_kinds
    ADD CONSTRAINT place_kinds_category_fkey FOREIGN KEY (category) REFERENCES public.categories(code);

ALTER TABLE ONLY public.place_photos
    ADD CONSTRAINT place_photos_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES public.hazards(id);

ALTER TABLE ONLY public.place_photos
    ADD CONSTRAINT place_photos_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES public.resources(id);

ALTER TABLE ONLY public.reply_templates
    ADD CONSTRAINT reply_templates_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.reply_templates
    ADD CONSTRAINT reply_templates_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY public.reply_templates
    ADD CONSTRAINT reply_templates_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.resources
    ADD CONSTRAINT resources_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.resources
    ADD CONSTRAINT resources_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.resources
    ADD CONSTRAINT resources_kind_fkey FOREIGN KEY (kind) REFERENCES public.place_kinds(code);

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT rounds_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.saved_filters
    ADD CONSTRAINT saved_filters_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.saved_filters
    ADD CONSTRAINT saved_filters_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.departments(id);

ALTER TABLE ONLY public.saved_filters
    ADD CONSTRAINT saved_filters_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saved_filters
    ADD CONSTRAINT saved_filters_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.yard_notices
    ADD CONSTRAINT yard_notices_community_id_fkey FOREIGN KEY (community_id) REFERENCES public.areas(id);

ALTER TABLE ONLY public.yard_notices
    ADD CONSTRAINT yard_notices_courtyard_id_fkey FOREIGN KEY (courtyard_id) REFERENCES public.courtyards(id);

ALTER TABLE ONLY public.yard_notices
    ADD CONSTRAINT yard_notices_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.yard_notices
    ADD CONSTRAINT yard_notices_street_id_fkey FOREIGN KEY (street_id) REFERENCES public.areas(id);

CREATE POLICY "a person reads their own memberships" ON public.memberships FOR SELECT TO authenticated USING ((person_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.archive_fields ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.archive_modules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.areas ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.calendar_days ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.categories ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.courtyard_codes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.courtyard_successors ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.courtyards ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.departments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.duties ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.field_checks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.hazards ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.issue_actions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.issue_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.issue_photos ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.issue_steps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.issues ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.label_groups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.labels ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.letters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.offers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.people ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.place_kinds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.place_photos ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reply_templates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.resources ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rounds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.saved_filters ENABLE ROW LEVEL SECURITY;

CREATE POLICY "staff read the archive's modules" ON public.archive_modules FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the areas of their street" ON public.areas FOR SELECT TO authenticated USING (((path && ( SELECT private.my_street_ids() AS my_street_ids)) OR (level = ANY (ARRAY['city'::text, 'district'::text]))));

CREATE POLICY "staff read the calendar" ON public.calendar_days FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the categories" ON public.categories FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the checks between fields" ON public.field_checks FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the clocks" ON public.urgency_clocks FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the courtyards they look after" ON public.courtyards FOR SELECT TO authenticated USING ((community_id = ANY (( SELECT private.my_community_ids() AS my_community_ids)::bigint[])));

CREATE POLICY "staff read the dictionary" ON public.archive_fields FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the duty lists" ON public.duties FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the groups of labels" ON public.label_groups FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the hazards of their yards" ON public.hazards FOR SELECT TO authenticated USING ((community_id = ANY (( SELECT private.my_community_ids() AS my_community_ids)::bigint[])));

CREATE POLICY "staff read the history of what they see" ON public.issue_events FOR SELECT TO authenticated USING ((EXISTS ( SELECT
   FROM public.issues i
  WHERE (i.id = issue_events.issue_id))));

CREATE POLICY "staff read the issues of their area or department" ON public.issues FOR SELECT TO authenticated USING (((street_id = ANY (( SELECT private.my_area_ids() AS my_area_ids)::bigint[])) OR (community_id = ANY (( SELECT private.my_area_ids() AS my_area_ids)::bigint[])) OR (grid_id = ANY (( SELECT private.my_area_ids() AS my_area_ids)::bigint[])) OR (holder_department_id = ANY (( SELECT private.my_department_ids() AS my_department_ids)::bigint[])) OR (assisting && ( SELECT private.my_department_ids() AS my_department_ids))));

CREATE POLICY "staff read the kinds of places" ON public.place_kinds FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the labels" ON public.labels FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the letters of what they see" ON public.letters FOR SELECT TO authenticated USING ((EXISTS ( SELECT
   FROM public.issues i
  WHERE (i.id = letters.issue_id))));

CREATE POLICY "staff read the loop" ON public.issue_actions FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read the names of their street's people" ON public.people FOR SELECT TO authenticated USING ((street_id = ANY (( SELECT private.my_street_ids() AS my_street_ids)::bigint[])));

CREATE POLICY "staff read the notices of the communities they look after" ON public.yard_notices FOR SELECT TO authenticated USING ((community_id = ANY (( SELECT private.my_community_ids() AS my_community_ids)::bigint[])));

CREATE POLICY "staff read the notices of their office" ON public.notices FOR SELECT TO authenticated USING (((area_id = ANY (( SELECT private.my_area_ids() AS my_area_ids)::bigint[])) OR (department_id = ANY (( SELECT private.my_department_ids() AS my_department_ids)::bigint[]))));

CREATE POLICY "staff read the offers of their yards" ON public.offers FOR SELECT TO authenticated USING ((community_id = ANY (( SELECT private.my_community_ids() AS my_community_ids)::bigint[])));

CREATE POLICY "staff read the photos of the places they see" ON public.place_photos FOR SELECT TO authenticated USING (((EXISTS ( SELECT
   FROM public.resources r
  WHERE (r.id = place_photos.resource_id))) OR (EXISTS ( SELECT
   FROM public.hazards h
  WHERE (h.id = place_photos.hazard_id)))));

CREATE POLICY "staff read the photos of what they see" ON public.issue_photos FOR SELECT TO authenticated USING ((EXISTS ( SELECT
   FROM public.issues i
  WHERE (i.id = issue_photos.issue_id))));

CREATE POLICY "staff read the presets, their street's templates and their offi" ON public.reply_templates FOR SELECT TO authenticated USING (((street_id IS NULL) OR ((area_id IS NULL) AND (department_id IS NULL) AND (street_id = ANY (( SELECT private.my_street_ids() AS my_street_ids)::bigint[]))) OR (area_id = ANY (( SELECT private.my_area_ids() AS my_area_ids)::bigint[])) OR (department_id = ANY (( SELECT private.my_department_ids() AS my_department_ids)::bigint[]))));

CREATE POLICY "staff read the resources of their yards" ON public.resources FOR SELECT TO authenticated USING ((community_id = ANY (( SELECT private.my_community_ids() AS my_community_ids)::bigint[])));

CREATE POLICY "staff read the steps of what they see" ON public.issue_steps FOR SELECT TO authenticated USING (((street_id = ANY (( SELECT private.my_area_ids() AS my_area_ids)::bigint[])) OR (community_id = ANY (( SELECT private.my_area_ids() AS my_area_ids)::bigint[])) OR (EXISTS ( SELECT
   FROM public.issues i
  WHERE (i.id = issue_steps.issue_id)))));

CREATE POLICY "staff read the visits to their yards, their own community the c" ON public.visits FOR SELECT TO authenticated USING (((community_id = ANY (( SELECT private.my_community_ids() AS my_community_ids)::bigint[])) AND ((kind = 'household'::text) OR (community_id = ANY (( SELECT private.my_care_community_ids() AS my_care_community_ids)::bigint[])))));

CREATE POLICY "staff read the working hours" ON public.working_hours FOR SELECT TO authenticated USING (true);

CREATE POLICY "staff read their own filters and those their office shares" ON public.saved_filters FOR SELECT TO authenticated USING (((person_id = ( SELECT auth.uid() AS uid)) OR (shared AND ((area_id = ANY (( SELECT private.my_area_ids() AS my_area_ids)::bigint[])) OR (department_id = ANY (( SELECT private.my_department_ids() AS my_department_ids)::bigint[]))))));

CREATE POLICY "staff read their street's departments" ON public.departments FOR SELECT TO authenticated USING ((street_id = ANY (( SELECT private.my_street_ids() AS my_street_ids)::bigint[])));

CREATE POLICY "staff read their street's rounds" ON public.rounds FOR SELECT TO authenticated USING ((street_id = ANY (( SELECT private.my_street_ids() AS my_street_ids)::bigint[])));

CREATE POLICY "staff read what became of the yards they see" ON public.courtyard_successors FOR SELECT TO authenticated USING ((courtyard_id IN ( SELECT c.id
   FROM public.courtyards c)));

CREATE POLICY "the administrator reads the codes" ON public.courtyard_codes FOR SELECT TO authenticated USING ((( SELECT (EXISTS ( SELECT
           FROM private.my_memberships() m(id, person_id, role, area_id, department_id)
          WHERE (m.role = 'admin'::text))) AS "exists") AND (courtyard_id IN ( SELECT c.id
   FROM public.courtyards c))));

ALTER TABLE public.urgency_clocks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.working_hours ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.yard_notices ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA private TO anon;
GRANT USAGE ON SCHEMA private TO authenticated;
GRANT USAGE ON SCHEMA private TO service_role;

GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO service_role;

REVOKE ALL ON FUNCTION private.act(issue_id bigint, action text, version integer, payload jsonb, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.act(issue_id bigint, action text, version integer, payload jsonb, request_id uuid) TO authenticated;

GRANT SELECT ON TABLE public.issue_actions TO authenticated;
GRANT SELECT ON TABLE public.issue_actions TO service_role;

GRANT SELECT ON TABLE public.issues TO authenticated;
GRANT SELECT ON TABLE public.issues TO service_role;

REVOKE ALL ON FUNCTION private.action_changes(issue public.issues, rule public.issue_actions, facts jsonb, at timestamp with time zone, department bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.administered_street() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.after_minutes(since timestamp with time zone, minutes integer, mode text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.after_working_minutes(since timestamp with time zone, minutes integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.age_labels() FROM PUBLIC;

GRANT SELECT ON TABLE public.courtyards TO authenticated;
GRANT SELECT ON TABLE public.courtyards TO service_role;

REVOKE ALL ON FUNCTION private.alike(yard public.courtyards, category text, place text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.altered_issues() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.answered(request uuid) FROM PUBLIC;

GRANT SELECT ON TABLE public.issue_events TO authenticated;
GRANT SELECT ON TABLE public.issue_events TO service_role;

REVOKE ALL ON FUNCTION private.append_event(event public.issue_events) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.apply_action(issue public.issues, rule public.issue_actions, payload jsonb, request_id uuid, person uuid, office_area bigint, office_department bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.archive_seq(topic text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.archive_tick() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.area_above(area bigint, wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.area_above(area bigint, wanted text) TO authenticated;
GRANT ALL ON FUNCTION private.area_above(area bigint, wanted text) TO service_role;

REVOKE ALL ON FUNCTION private.area_json(area bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION private.area_json(area bigint) TO authenticated;

REVOKE ALL ON FUNCTION private.area_over(issue public.issues) FROM PUBLIC;
GRANT ALL ON FUNCTION private.area_over(issue public.issues) TO authenticated;

REVOKE ALL ON FUNCTION private.backoff(nth integer, most interval) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.base32(bytes bytea, length integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.base_map_hosts() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.base_map_json(base private.base_maps) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.begin_drawing() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.begin_export(what text, ids bigint[], format text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.begin_export(what text, ids bigint[], format text, reason text) TO authenticated;

GRANT SELECT ON TABLE public.labels TO authenticated;
GRANT SELECT ON TABLE public.labels TO service_role;

REVOKE ALL ON FUNCTION private.begin_label(yard_id bigint, code text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.begin_round(yard_id bigint, quarter text, act text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.begin_setting() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.blinded(kind text, what text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.broken_checks(facts jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.call_sender() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.challenge(cost integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.challenge_text(cost integer, expires bigint, nonce text, salt text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.changed_issues(topic text, since bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION private.changed_issues(topic text, since bigint) TO authenticated;

REVOKE ALL ON FUNCTION private.check_address(street bigint, address text, own bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_category() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_character(body text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_draft(yard bigint, quarter text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_duty() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_export(wanted integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.check_export(wanted integer) TO authenticated;

REVOKE ALL ON FUNCTION private.check_field() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_field_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_history() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_hook() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_host_datum(field text, host text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_label() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_membership() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_office(community bigint, street bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_outline(street bigint, shape extensions.geometry, own bigint[], before extensions.geometry) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_parts(whole extensions.geometry, parts extensions.geometry[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_period(since timestamp with time zone, upto timestamp with time zone, community bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION private.check_period(since timestamp with time zone, upto timestamp with time zone, community bigint) TO authenticated;

REVOKE ALL ON FUNCTION private.check_place(current integer, given integer, yard_id bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_profile(profile private.profiles, version integer, wanted text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_rows(field text, given jsonb, most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_seen(what text, key text, seen bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_setting(current bigint, given bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_topic(topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.check_topic(topic text) TO authenticated;

REVOKE ALL ON FUNCTION private.check_version(issue public.issues, version integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.checked_payload(rule public.issue_actions, payload jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.choice(name text, given text, options text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.clean(typed text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.clean(typed text) TO anon;
GRANT ALL ON FUNCTION private.clean(typed text) TO authenticated;
GRANT ALL ON FUNCTION private.clean(typed text) TO service_role;

REVOKE ALL ON FUNCTION private.clean_hosts(given text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.clock_acts(issue public.issues, wanted text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.clock_changes(issue public.issues, rule public.issue_actions, to_state text, recheck boolean, at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.close_hazard() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.make_code() FROM PUBLIC;

GRANT SELECT ON TABLE public.courtyard_codes TO authenticated;
GRANT SELECT ON TABLE public.courtyard_codes TO service_role;

REVOKE ALL ON FUNCTION private.code_json(given public.courtyard_codes) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.code_place(yard bigint, place text, own text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.code_setting(given public.courtyard_codes) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.code_to_change(given text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.common_ground(one extensions.geometry, other extensions.geometry) FROM PUBLIC;

GRANT SELECT ON TABLE public.rounds TO authenticated;
GRANT SELECT ON TABLE public.rounds TO service_role;

REVOKE ALL ON FUNCTION private.communities_behind(round public.rounds) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.contacts_of(yard public.courtyards, facts jsonb, clearance integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.count_column(part jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.count_report(yard public.courtyards, phone text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.counted(yard public.courtyards, phone text) FROM PUBLIC;

GRANT SELECT ON TABLE public.memberships TO authenticated;
GRANT SELECT ON TABLE public.memberships TO service_role;

REVOKE ALL ON FUNCTION private.counter_of(yard public.courtyards) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.counting_words() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.courtyard_columns(topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.courtyard_columns(topic text) TO authenticated;

REVOKE ALL ON FUNCTION private.courtyard_of_code(typed text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.day(typed text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.decides_held(held private.held_reports) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.delivery_words(delivery private.deliveries) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.derive(labels bigint[], yards bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.derive_labels() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.dispatch_target(issue public.issues, payload jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.drafted_facts(yard bigint, quarter text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.drawn_courtyard(street bigint, courtyard bigint, version integer) FROM PUBLIC;

GRANT SELECT ON TABLE public.areas TO authenticated;
GRANT SELECT ON TABLE public.areas TO service_role;

REVOKE ALL ON FUNCTION private.drawn_grid(street bigint, area bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.drawn_json(courtyard bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.drawn_shape(shape jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.draws_recheck(issue public.issues) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.drop_resident_messages() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.due_counts(topic text, quarter text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.end_courtyard(courtyard bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.end_place(yard bigint, place text, id bigint, action text, payload jsonb, request uuid, more jsonb) FROM PUBLIC;

GRANT SELECT ON TABLE public.visits TO authenticated;
GRANT SELECT ON TABLE public.visits TO service_role;

REVOKE ALL ON FUNCTION private.end_visit(visit public.visits, action text, request uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.evening_of(name text, given text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.event_hash(event public.issue_events, before bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION private.event_hash(event public.issue_events, before bytea) TO authenticated;
GRANT ALL ON FUNCTION private.event_hash(event public.issue_events, before bytea) TO service_role;

REVOKE ALL ON FUNCTION private.evidence_sql(rule jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.export_cap() FROM PUBLIC;
GRANT ALL ON FUNCTION private.export_cap() TO authenticated;

REVOKE ALL ON FUNCTION private.extend_clock(at timestamp with time zone, until timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.fail(status integer, code text, detail jsonb, hint text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.fail(status integer, code text, detail jsonb, hint text) TO anon;
GRANT ALL ON FUNCTION private.fail(status integer, code text, detail jsonb, hint text) TO authenticated;
GRANT ALL ON FUNCTION private.fail(status integer, code text, detail jsonb, hint text) TO service_role;

REVOKE ALL ON FUNCTION private.feed_seq(topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.feed_seq(topic text) TO authenticated;

REVOKE ALL ON FUNCTION private.field(name text, typed text, longest integer, required boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.field(name text, typed text, longest integer, required boolean) TO anon;
GRANT ALL ON FUNCTION private.field(name text, typed text, longest integer, required boolean) TO authenticated;
GRANT ALL ON FUNCTION private.field(name text, typed text, longest integer, required boolean) TO service_role;

GRANT SELECT ON TABLE public.archive_fields TO authenticated;
GRANT SELECT ON TABLE public.archive_fields TO service_role;

REVOKE ALL ON FUNCTION private.field_due(field public.archive_fields, verified_at timestamp with time zone, quarter text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.field_options(given jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.field_rank(code text, then_sensitivity text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.field_then(code text, dictionary bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.field_users(field text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.file_report(yard public.courtyards, key text, body bytea, what text, name text, address text, place text, phone text, category text, lng double precision, lat double precision, photos integer, lang text, who public.issue_events) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.finish_calendar(what text, key text, before jsonb, after jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.follow_archive() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.follow_codes(ended bigint[], heir bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.follow_field_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.follow_issues(ended bigint[], successors bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.follow_labels(old bigint[], successors bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.follow_places(old bigint[], successors bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.followed(issue public.issues) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.forget_guard() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.formula_reads(formula jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.formula_sql(formula jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.freshness(state text, confirmed_quarter text, round text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.future(name text, typed text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.give_courtyard_code() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.given_field(given jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.given_tasks(issue public.issues, facts jsonb, at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.grid_of_point(street bigint, community bigint, point extensions.geometry) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.grid_of_street(street bigint, grid bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.ground_without(one extensions.geometry, other extensions.geometry) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.guard_of(street bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.hang_together(shapes extensions.geometry[], gap double precision) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.held_receipt(held private.held_reports, repeated boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.held_story(held private.held_reports) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.hold_reason(yard public.courtyards, what text, kind text, phone text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.holds(condition text, issue public.issues, department bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.import_street() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.inherited_facts(old bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.integer_of(name text, given jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.is_push_address(endpoint text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.issue_columns(ids bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.issue_columns(ids bigint[]) TO authenticated;

REVOKE ALL ON FUNCTION private.issue_of_key(key text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.issue_story(issue_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION private.issue_story(issue_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION private.join_report(issue public.issues, yard public.courtyards, named text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.judge_cells(yard public.courtyards, quarter text, given jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.judge_row(street bigint, input jsonb, twice text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_alarm() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_answer(request uuid, answer jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_area_path() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_area_path_below() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_courtyard_place() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_field_version() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_label_reads() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_letter(event public.issue_events, issue public.issues) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_near() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_near_new() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_place_community() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_steps() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_version() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.key_hash(key text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keywords(given text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.known_yard(street bigint, code text, address text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.label_json(label public.labels) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.labels_of(yard bigint, clearance integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.labels_sql(labels jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.leave_topics(before public.issues, yard public.courtyards) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.living_courtyard(courtyard bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.locked_issues(yards bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.log_archive(yard bigint, subject text, key text, action text, payload jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.log_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.log_setting(what text, key text, before jsonb, after jsonb, street bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.make_courtyard(street bigint, wanted jsonb, shape extensions.geometry, grid bigint, leaving bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.mark_case() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.mark_changed_facts() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.mark_dirty(reads text, keys text[], yards bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.mark_new_facts() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.mark_place() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.mark_visit() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.masked_phone(phone text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.masked_reporter(issue_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION private.masked_reporter(issue_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION private.masked_words(said text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.masked_words(said text) TO authenticated;

REVOKE ALL ON FUNCTION private.measure_near(wanted text, yards bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.merge_target(issue public.issues, named text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.metres(one extensions.geometry, other extensions.geometry, lat double precision) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.most_codes() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.move_courtyard(yard public.courtyards, grid bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.my_actions(issue public.issues) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.my_area_ids() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_area_ids() TO authenticated;

REVOKE ALL ON FUNCTION private.my_care_community_ids() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_care_community_ids() TO authenticated;

REVOKE ALL ON FUNCTION private.my_clearance(community bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.my_clearances() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_clearances() TO authenticated;

REVOKE ALL ON FUNCTION private.my_community_ids() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_community_ids() TO authenticated;

REVOKE ALL ON FUNCTION private.my_department_ids() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_department_ids() TO authenticated;

REVOKE ALL ON FUNCTION private.my_holding_area_ids() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_holding_area_ids() TO authenticated;

REVOKE ALL ON FUNCTION private.my_labels_of(yard bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.my_memberships() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_memberships() TO authenticated;

REVOKE ALL ON FUNCTION private.my_notice_mark() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_notice_mark() TO authenticated;

REVOKE ALL ON FUNCTION private.my_overseen() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_overseen() TO authenticated;

REVOKE ALL ON FUNCTION private.my_street_ids() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_street_ids() TO authenticated;

REVOKE ALL ON FUNCTION private.my_topics() FROM PUBLIC;
GRANT ALL ON FUNCTION private.my_topics() TO authenticated;

REVOKE ALL ON FUNCTION private.network() FROM PUBLIC;

GRANT SELECT ON TABLE public.duties TO authenticated;
GRANT SELECT ON TABLE public.duties TO service_role;

REVOKE ALL ON FUNCTION private.never_entry(category text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.next_alarms(ids bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.next_holder(issue public.issues, rule public.issue_actions, own_area bigint, payload jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.note_area(area public.areas) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.note_courtyard(action text, yard public.courtyards, followed jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.note_step(event public.issue_events) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.now() FROM PUBLIC;
GRANT ALL ON FUNCTION private.now() TO anon;
GRANT ALL ON FUNCTION private.now() TO authenticated;
GRANT ALL ON FUNCTION private.now() TO service_role;

REVOKE ALL ON FUNCTION private.number_columns() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.office_name(area bigint, department bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION private.office_name(area bigint, department bigint) TO authenticated;

REVOKE ALL ON FUNCTION private.open_actions(issue_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION private.open_actions(issue_id bigint) TO authenticated;

GRANT SELECT ON TABLE public.categories TO authenticated;
GRANT SELECT ON TABLE public.categories TO service_role;

REVOKE ALL ON FUNCTION private.open_issue(yard public.courtyards, kind public.categories, what text, place text, point extensions.geometry, who public.issue_events) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.open_quarter(street bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.open_rounds() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.open_spans(on_day date) FROM PUBLIC;

GRANT SELECT ON TABLE public.saved_filters TO authenticated;
GRANT SELECT ON TABLE public.saved_filters TO service_role;

REVOKE ALL ON FUNCTION private.own_filter(wanted bigint) FROM PUBLIC;

GRANT SELECT ON TABLE public.reply_templates TO authenticated;
GRANT SELECT ON TABLE public.reply_templates TO service_role;

REVOKE ALL ON FUNCTION private.own_template(wanted bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.pause_clock(issue public.issues, at timestamp with time zone, until timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.payload_field(name text, given jsonb, required boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.photo_arrived(path text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.photo_arrived(path text) TO authenticated;

REVOKE ALL ON FUNCTION private.photo_expected(path text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.photo_expected(path text) TO anon;
GRANT ALL ON FUNCTION private.photo_expected(path text) TO authenticated;

GRANT SELECT ON TABLE public.place_kinds TO authenticated;
GRANT SELECT ON TABLE public.place_kinds TO service_role;

REVOKE ALL ON FUNCTION private.place_kind(given text, wanted text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.place_photo_expected(path text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.place_photo_expected(path text) TO authenticated;

REVOKE ALL ON FUNCTION private.place_point(yard public.courtyards, lng double precision, lat double precision) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.plain_cell(said text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.plain_cell(said text) TO authenticated;

REVOKE ALL ON FUNCTION private.plain_code(typed text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.pressure(yard public.courtyards, phone text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.profile_of(yard bigint, quarter text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.proof_cost(yard public.courtyards, phone text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.prune() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.public_place(place text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.public_story(issue public.issues, own boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.publish_event() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.publish_ground(street bigint, areas bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.publish_leaving(followed text, issue public.issues) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.quarter_before(quarter text, steps integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.quarter_of(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION private.quarter_of(at timestamp with time zone) TO authenticated;

REVOKE ALL ON FUNCTION private.quarter_start(quarter text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.quarter_start(quarter text) TO authenticated;

REVOKE ALL ON FUNCTION private.queue_deliveries() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.queue_pushes() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.queue_resident_messages() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.read_cell(field public.archive_fields, given jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.readable_yard(wanted bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.receipt(issue public.issues, repeated boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.recount_after_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.recount_clocks(only_category text, only_urgency text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.recounted_tasks(issue public.issues) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_action(issue public.issues, action text, payload jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_calendar(field text, at_row bigint, hint text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_condition(condition text, issue public.issues) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_ended() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_inactive() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_never() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_notice(community bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_rule(part jsonb, why text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refused_values(given jsonb, clearance integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.regrid(area public.areas, shape extensions.geometry) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.relocate_issue(issue public.issues, yard public.courtyards) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.remind_rounds() FROM PUBLIC;

GRANT SELECT ON TABLE public.hazards TO authenticated;
GRANT SELECT ON TABLE public.hazards TO service_role;

REVOKE ALL ON FUNCTION private.report_hazard(hazard public.hazards, yard public.courtyards) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.report_limits() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.report_point(yard public.courtyards, lng double precision, lat double precision) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.reported(key text, body bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.reporting_yard(typed text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.resident_acts(key text, version integer, wanted text, payload jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.result_photos(issue public.issues) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.ring(ids bigint[], now timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.ring_hazards() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rings_closed(geometry jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.round_may(yard public.courtyards) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.round_opens(quarter text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.row_outline(geometry jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.row_point(geometry jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.row_shape(geometry jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rule_clearance(rule jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rule_codes(part jsonb, word text, known text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rule_count(part jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rule_field(part jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rule_leaves(rule jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rule_number(part jsonb, word text, low integer, high integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rule_rows(part jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rule_rows_of_places(part jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.rule_sql(rule jsonb, depth integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.running_clock(since timestamp with time zone, minutes integer, mode text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.sees_issue(issue public.issues) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.send_notices() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.sensitivity_rank(sensitivity text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.set_alarms(ids bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.setting_code(given text, pattern text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.shown(setting jsonb, columns text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.shown_workers(yard public.courtyards) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.shows_result(path text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.shows_result(path text) TO anon;
GRANT ALL ON FUNCTION private.shows_result(path text) TO authenticated;

REVOKE ALL ON FUNCTION private.something_to_send() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.square_metres(shape extensions.geometry) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.staff_photos_limit() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.start_step(category text, urgency text, step text, since timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.step_minutes(name text, given integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.step_time(category text, urgency text, step text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.succeed(ended public.courtyards[], successors bigint[], heir bigint, action text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.successor_code(code text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.sweep(most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.take_draft(yard bigint, quarter text, given jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.take_over(yard bigint, quarter text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.take_row(judged private.import_row) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.takes_proof(proof jsonb, cost integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.tell(kind text, issue bigint, area bigint, department bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.tell_archives(yards bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.tell_event() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.template_words(typed text, longest integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.tended_yard(wanted bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.tick() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.trim_neighbours(area public.areas, shape extensions.geometry) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.turn_hook() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.unchanged_values(yard bigint, quarter text, modules text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.url_host(url text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.value_fits(field public.archive_fields, value jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.verified_from(quarter text, every_months integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.wake_sender() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.week_json() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.whole_number(name text, given integer, low integer, high integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.with_derived(facts jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.workers_of(yard public.courtyards) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.working_minutes(since timestamp with time zone, upto timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.yard_board(yard public.courtyards) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.yard_in_the_way(street bigint, own bigint, address text, geom extensions.geometry, point extensions.geometry) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.yards_near(wanted text, place extensions.geometry) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.yards_of_topic(topic text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.year_json(year integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.act_on_hazard(id bigint, action text, version integer, payload jsonb, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.act_on_hazard(id bigint, action text, version integer, payload jsonb, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.act_on_issue(issue_id bigint, action text, version integer, payload jsonb, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.act_on_issue(issue_id bigint, action text, version integer, payload jsonb, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.act_on_offer(id bigint, action text, version integer, payload jsonb, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.act_on_offer(id bigint, action text, version integer, payload jsonb, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.act_on_resource(id bigint, action text, version integer, payload jsonb, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.act_on_resource(id bigint, action text, version integer, payload jsonb, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.add_code(courtyard_id bigint, place text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.add_code(courtyard_id bigint, place text) TO authenticated;

REVOKE ALL ON FUNCTION public.add_courtyard(name text, address text, outline jsonb, kind text, name_en text, grid_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.add_courtyard(name text, address text, outline jsonb, kind text, name_en text, grid_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.add_to_report(key text, request_id uuid, words text, photos integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.add_to_report(key text, request_id uuid, words text, photos integer) TO anon;
GRANT ALL ON FUNCTION public.add_to_report(key text, request_id uuid, words text, photos integer) TO authenticated;

REVOKE ALL ON FUNCTION public.answer_issue(key text, version integer, answer text, words text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.answer_issue(key text, version integer, answer text, words text) TO anon;
GRANT ALL ON FUNCTION public.answer_issue(key text, version integer, answer text, words text) TO authenticated;

REVOKE ALL ON FUNCTION public.area_shape(area_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.area_shape(area_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.changes_since(topic text, seq bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.changes_since(topic text, seq bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.check_code(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.check_code(code text) TO authenticated;

REVOKE ALL ON FUNCTION public.claim_deliveries(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_deliveries(most integer) TO service_role;

REVOKE ALL ON FUNCTION public.claim_photo_removals(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_photo_removals(most integer) TO service_role;

REVOKE ALL ON FUNCTION public.claim_pushes(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_pushes(most integer) TO service_role;

REVOKE ALL ON FUNCTION public.clock_board(topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.clock_board(topic text) TO authenticated;

REVOKE ALL ON FUNCTION public.confirm_profile(courtyard_id bigint, quarter text, version integer, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirm_profile(courtyard_id bigint, quarter text, version integer, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.correct_my_data(key text, name text, address text, phone text, helper text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.correct_my_data(key text, name text, address text, phone text, helper text) TO anon;
GRANT ALL ON FUNCTION public.correct_my_data(key text, name text, address text, phone text, helper text) TO authenticated;

REVOKE ALL ON FUNCTION public.count_scan(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.count_scan(code text) TO anon;
GRANT ALL ON FUNCTION public.count_scan(code text) TO authenticated;

REVOKE ALL ON FUNCTION public.courtyard_archive(courtyard_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.courtyard_archive(courtyard_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.courtyard_card(courtyard_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.courtyard_card(courtyard_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.courtyard_facts(topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.courtyard_facts(topic text) TO authenticated;

REVOKE ALL ON FUNCTION public.courtyard_shape(courtyard_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.courtyard_shape(courtyard_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.courtyard_story(courtyard_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.courtyard_story(courtyard_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.courtyard_visits(courtyard_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.courtyard_visits(courtyard_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.dead_letters() FROM PUBLIC;
GRANT ALL ON FUNCTION public.dead_letters() TO authenticated;

REVOKE ALL ON FUNCTION public.decide_held(id bigint, restore boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.decide_held(id bigint, restore boolean) TO authenticated;

REVOKE ALL ON FUNCTION public.delete_filter(id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_filter(id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.export_archive(topic text, purpose text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_archive(topic text, purpose text) TO authenticated;

REVOKE ALL ON FUNCTION public.export_courtyards(ids bigint[], format text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_courtyards(ids bigint[], format text, reason text) TO authenticated;

REVOKE ALL ON FUNCTION public.export_issues(ids bigint[], format text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_issues(ids bigint[], format text, reason text) TO authenticated;

REVOKE ALL ON FUNCTION public.export_log(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_log(most integer) TO authenticated;

REVOKE ALL ON FUNCTION public.fetch_parcel(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.fetch_parcel(name text) TO anon;
GRANT ALL ON FUNCTION public.fetch_parcel(name text) TO authenticated;

REVOKE ALL ON FUNCTION public.field_history(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.field_history(code text) TO authenticated;

REVOKE ALL ON FUNCTION public.follow_by_push(key text, endpoint text, p256dh text, auth text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.follow_by_push(key text, endpoint text, p256dh text, auth text) TO anon;
GRANT ALL ON FUNCTION public.follow_by_push(key text, endpoint text, p256dh text, auth text) TO authenticated;

REVOKE ALL ON FUNCTION public.forget_me(key text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_me(key text) TO anon;
GRANT ALL ON FUNCTION public.forget_me(key text) TO authenticated;

REVOKE ALL ON FUNCTION public.give_label(courtyard_id bigint, label text, reason text, expires_on date, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.give_label(courtyard_id bigint, label text, reason text, expires_on date, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.guard_settings() FROM PUBLIC;
GRANT ALL ON FUNCTION public.guard_settings() TO authenticated;

REVOKE ALL ON FUNCTION public.hand_over(from_person uuid, to_person uuid, leaves boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hand_over(from_person uuid, to_person uuid, leaves boolean) TO authenticated;

REVOKE ALL ON FUNCTION public.history_check() FROM PUBLIC;
GRANT ALL ON FUNCTION public.history_check() TO authenticated;

REVOKE ALL ON FUNCTION public.import_courtyards(rows jsonb, dry_run boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.import_courtyards(rows jsonb, dry_run boolean) TO authenticated;
GRANT ALL ON FUNCTION public.import_courtyards(rows jsonb, dry_run boolean) TO service_role;

REVOKE ALL ON FUNCTION public.import_profiles(rows jsonb, dry_run boolean, verified boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.import_profiles(rows jsonb, dry_run boolean, verified boolean) TO authenticated;

REVOKE ALL ON FUNCTION public.issue_detail(issue_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.issue_detail(issue_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.issue_history(topic text, since timestamp with time zone, until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.issue_history(topic text, since timestamp with time zone, until timestamp with time zone) TO authenticated;

REVOKE ALL ON FUNCTION public.leave_parcel(name text, sealed text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.leave_parcel(name text, sealed text) TO anon;
GRANT ALL ON FUNCTION public.leave_parcel(name text, sealed text) TO authenticated;

REVOKE ALL ON FUNCTION public.list_base_maps() FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_base_maps() TO authenticated;

REVOKE ALL ON FUNCTION public.list_codes() FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_codes() TO authenticated;

REVOKE ALL ON FUNCTION public.list_exports(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_exports(most integer) TO authenticated;

REVOKE ALL ON FUNCTION public.list_held() FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_held() TO authenticated;

REVOKE ALL ON FUNCTION public.list_hooks() FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_hooks() TO authenticated;

REVOKE ALL ON FUNCTION public.list_shown_workers() FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_shown_workers() TO authenticated;

REVOKE ALL ON FUNCTION public.make_offer(courtyard_id bigint, title text, what text, resource_id bigint, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.make_offer(courtyard_id bigint, title text, what text, resource_id bigint, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.map_points(topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.map_points(topic text) TO authenticated;

REVOKE ALL ON FUNCTION public.map_snapshot(topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.map_snapshot(topic text) TO authenticated;

REVOKE ALL ON FUNCTION public.mark_report(issue_id bigint, marked boolean, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mark_report(issue_id bigint, marked boolean, reason text) TO authenticated;

REVOKE ALL ON FUNCTION public.me() FROM PUBLIC;
GRANT ALL ON FUNCTION public.me() TO authenticated;

REVOKE ALL ON FUNCTION public.merge_courtyards(courtyards bigint[], versions integer[], name text, address text, kind text, name_en text, grid_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.merge_courtyards(courtyards bigint[], versions integer[], name text, address text, kind text, name_en text, grid_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.move_courtyards(courtyards bigint[], versions integer[], grid_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.move_courtyards(courtyards bigint[], versions integer[], grid_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.move_point(place text, id bigint, lng double precision, lat double precision, version integer, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.move_point(place text, id bigint, lng double precision, lat double precision, version integer, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.my_data(key text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.my_data(key text) TO anon;
GRANT ALL ON FUNCTION public.my_data(key text) TO authenticated;

REVOKE ALL ON FUNCTION public.numbers(since timestamp with time zone, upto timestamp with time zone, community bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.numbers(since timestamp with time zone, upto timestamp with time zone, community bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.open_courtyard(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_courtyard(code text) TO anon;
GRANT ALL ON FUNCTION public.open_courtyard(code text) TO authenticated;

REVOKE ALL ON FUNCTION public.place_hazard(courtyard_id bigint, kind text, what text, level integer, lng double precision, lat double precision, mender text, due_on date, inspect_days integer, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.place_hazard(courtyard_id bigint, kind text, what text, level integer, lng double precision, lat double precision, mender text, due_on date, inspect_days integer, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.place_resource(courtyard_id bigint, kind text, name text, lng double precision, lat double precision, note text, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.place_resource(courtyard_id bigint, kind text, name text, lng double precision, lat double precision, note text, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.place_story(place text, id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.place_story(place text, id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.post_yard_notice(community_id bigint, title text, body text, courtyard_id bigint, days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.post_yard_notice(community_id bigint, title text, body text, courtyard_id bigint, days integer) TO authenticated;

REVOKE ALL ON FUNCTION public.preview_label_rule(rule jsonb, code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.preview_label_rule(rule jsonb, code text) TO authenticated;

REVOKE ALL ON FUNCTION public.profile_at(courtyard_id bigint, quarter text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.profile_at(courtyard_id bigint, quarter text) TO authenticated;

REVOKE ALL ON FUNCTION public.profile_differences(topic text, quarter_a text, quarter_b text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.profile_differences(topic text, quarter_a text, quarter_b text) TO authenticated;

REVOKE ALL ON FUNCTION public.profile_quarters(courtyard_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.profile_quarters(courtyard_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.promise_photos(issue_id bigint, photos integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.promise_photos(issue_id bigint, photos integer) TO authenticated;

REVOKE ALL ON FUNCTION public.promise_place_photos(place text, id bigint, photos integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.promise_place_photos(place text, id bigint, photos integer) TO authenticated;

REVOKE ALL ON FUNCTION public.push_key() FROM PUBLIC;
GRANT ALL ON FUNCTION public.push_key() TO anon;
GRANT ALL ON FUNCTION public.push_key() TO authenticated;

REVOKE ALL ON FUNCTION public.read_notices(upto bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.read_notices(upto bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.record_visit(courtyard_id bigint, kind text, households integer, visited_on date, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_visit(courtyard_id bigint, kind text, households integer, visited_on date, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.remove_template(id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.remove_template(id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.rename_code(code text, place text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rename_code(code text, place text) TO authenticated;

REVOKE ALL ON FUNCTION public.reopen_issue(key text, version integer, words text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reopen_issue(key text, version integer, words text) TO anon;
GRANT ALL ON FUNCTION public.reopen_issue(key text, version integer, words text) TO authenticated;

REVOKE ALL ON FUNCTION public.report_challenge(code text, device text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_challenge(code text, device text) TO anon;
GRANT ALL ON FUNCTION public.report_challenge(code text, device text) TO authenticated;

REVOKE ALL ON FUNCTION public.report_issue(code text, key text, what text, name text, address text, place text, phone text, category text, lng double precision, lat double precision, photos integer, lang text, helper text, joins text, proof jsonb, device text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_issue(code text, key text, what text, name text, address text, place text, phone text, category text, lng double precision, lat double precision, photos integer, lang text, helper text, joins text, proof jsonb, device text) TO anon;
GRANT ALL ON FUNCTION public.report_issue(code text, key text, what text, name text, address text, place text, phone text, category text, lng double precision, lat double precision, photos integer, lang text, helper text, joins text, proof jsonb, device text) TO authenticated;

REVOKE ALL ON FUNCTION public.report_on_behalf(courtyard_id bigint, key text, what text, name text, address text, channel text, place text, phone text, category text, lng double precision, lat double precision, photos integer, lang text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_on_behalf(courtyard_id bigint, key text, what text, name text, address text, channel text, place text, phone text, category text, lng double precision, lat double precision, photos integer, lang text) TO authenticated;

REVOKE ALL ON FUNCTION public.retry_delivery(id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.retry_delivery(id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.return_profile(courtyard_id bigint, quarter text, version integer, remark text, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.return_profile(courtyard_id bigint, quarter text, version integer, remark text, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.reveal_reporter(issue_id bigint, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reveal_reporter(issue_id bigint, reason text) TO authenticated;

REVOKE ALL ON FUNCTION public.revoke_code(code text, reason text, replace boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.revoke_code(code text, reason text, replace boolean) TO authenticated;

REVOKE ALL ON FUNCTION public.round_form(courtyard_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.round_form(courtyard_id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.round_worklist(topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.round_worklist(topic text) TO authenticated;

REVOKE ALL ON FUNCTION public.save_area_boundary(area_id bigint, boundary jsonb, version integer, dry_run boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_area_boundary(area_id bigint, boundary jsonb, version integer, dry_run boolean) TO authenticated;

REVOKE ALL ON FUNCTION public.save_base_map(name text, kind text, datum text, id bigint, name_en text, url text, layer text, key text, hosts text[], attribution text, active boolean, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_base_map(name text, kind text, datum text, id bigint, name_en text, url text, layer text, key text, hosts text[], attribution text, active boolean, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.save_calendar_year(year integer, days jsonb, version bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_calendar_year(year integer, days jsonb, version bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.save_category(code text, name text, class text, level text, urgency text, clock text, accept_minutes integer, dispatch_minutes integer, handle_minutes integer, name_en text, keywords text[], department_id bigint, duty text, sort integer, active boolean, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_category(code text, name text, class text, level text, urgency text, clock text, accept_minutes integer, dispatch_minutes integer, handle_minutes integer, name_en text, keywords text[], department_id bigint, duty text, sort integer, active boolean, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.save_courtyard_outline(courtyard_id bigint, outline jsonb, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_courtyard_outline(courtyard_id bigint, outline jsonb, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.save_draft(courtyard_id bigint, quarter text, "values" jsonb, unchanged text[], request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_draft(courtyard_id bigint, quarter text, "values" jsonb, unchanged text[], request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.save_duty(code text, list text, title text, title_en text, instead text, active boolean, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_duty(code text, list text, title text, title_en text, instead text, active boolean, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.save_field(field jsonb, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_field(field jsonb, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.save_field_check(code text, parts text[], whole text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_field_check(code text, parts text[], whole text) TO authenticated;

REVOKE ALL ON FUNCTION public.save_filter(name text, filter text, words text, shared boolean, id bigint, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_filter(name text, filter text, words text, shared boolean, id bigint, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.save_guard(proof text, words text[], hold_links boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_guard(proof text, words text[], hold_links boolean) TO authenticated;

REVOKE ALL ON FUNCTION public.save_hook(name text, kind text, url text, id bigint, secret text, kinds text[], area_id bigint, department_id bigint, active boolean, audience text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_hook(name text, kind text, url text, id bigint, secret text, kinds text[], area_id bigint, department_id bigint, active boolean, audience text) TO authenticated;

REVOKE ALL ON FUNCTION public.save_label(label jsonb, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_label(label jsonb, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.save_template(action text, title text, words text, addressee text, id bigint, shared boolean, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_template(action text, title text, words text, addressee text, id bigint, shared boolean, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.save_urgency_clock(urgency text, clock text, accept_minutes integer, dispatch_minutes integer, handle_minutes integer, verify_minutes integer, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_urgency_clock(urgency text, clock text, accept_minutes integer, dispatch_minutes integer, handle_minutes integer, verify_minutes integer, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.save_working_hours(hours jsonb, version bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.save_working_hours(hours jsonb, version bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.set_push_key(public_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_push_key(public_key text) TO service_role;

REVOKE ALL ON FUNCTION public.set_yard_worker(courtyard_id bigint, name text, phone text, shown text, person_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_yard_worker(courtyard_id bigint, name text, phone text, shown text, person_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.settings_history(what text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settings_history(what text, most integer) TO authenticated;

REVOKE ALL ON FUNCTION public.settle_claim(claim uuid, outcome text, error text, retry_after integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_claim(claim uuid, outcome text, error text, retry_after integer) TO service_role;

REVOKE ALL ON FUNCTION public.settle_photo_removals(paths text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_photo_removals(paths text[]) TO service_role;

REVOKE ALL ON FUNCTION public.settle_push(id bigint, outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_push(id bigint, outcome text) TO service_role;

REVOKE ALL ON FUNCTION public.show_grid_worker(grid_id bigint, shown text, phone text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.show_grid_worker(grid_id bigint, shown text, phone text) TO authenticated;

REVOKE ALL ON FUNCTION public.similar_reports(code text, category text, place text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.similar_reports(code text, category text, place text) TO anon;
GRANT ALL ON FUNCTION public.similar_reports(code text, category text, place text) TO authenticated;

REVOKE ALL ON FUNCTION public.split_courtyard(courtyard_id bigint, parts jsonb, version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.split_courtyard(courtyard_id bigint, parts jsonb, version integer) TO authenticated;

REVOKE ALL ON FUNCTION public.submit_profile(courtyard_id bigint, quarter text, version integer, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.submit_profile(courtyard_id bigint, quarter text, version integer, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.take_back_visit(id bigint, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.take_back_visit(id bigint, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.take_down_notice(id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.take_down_notice(id bigint) TO authenticated;

REVOKE ALL ON FUNCTION public.take_label(courtyard_id bigint, label text, reason text, request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.take_label(courtyard_id bigint, label text, reason text, request_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION public.track_issue(key text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.track_issue(key text) TO anon;
GRANT ALL ON FUNCTION public.track_issue(key text) TO authenticated;

REVOKE ALL ON FUNCTION public.unfollow_by_push(key text, endpoint text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.unfollow_by_push(key text, endpoint text) TO anon;
GRANT ALL ON FUNCTION public.unfollow_by_push(key text, endpoint text) TO authenticated;

REVOKE ALL ON FUNCTION public.verify_chain(issue_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.verify_chain(issue_id bigint) TO authenticated;
GRANT ALL ON FUNCTION public.verify_chain(issue_id bigint) TO service_role;

REVOKE ALL ON FUNCTION public.withdraw_issue(key text, version integer, words text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.withdraw_issue(key text, version integer, words text) TO anon;
GRANT ALL ON FUNCTION public.withdraw_issue(key text, version integer, words text) TO authenticated;

REVOKE ALL ON FUNCTION public.yard_workers(topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.yard_workers(topic text) TO authenticated;

GRANT SELECT ON TABLE public.archive_modules TO authenticated;
GRANT SELECT ON TABLE public.archive_modules TO service_role;

GRANT SELECT ON TABLE public.calendar_days TO authenticated;
GRANT SELECT ON TABLE public.calendar_days TO service_role;

GRANT SELECT ON TABLE public.courtyard_successors TO authenticated;
GRANT SELECT ON TABLE public.courtyard_successors TO service_role;

GRANT SELECT ON TABLE public.departments TO authenticated;
GRANT SELECT ON TABLE public.departments TO service_role;

GRANT SELECT ON TABLE public.field_checks TO authenticated;
GRANT SELECT ON TABLE public.field_checks TO service_role;

GRANT SELECT ON TABLE public.issue_cards TO authenticated;

GRANT SELECT ON TABLE public.issue_photos TO authenticated;
GRANT SELECT ON TABLE public.issue_photos TO service_role;

GRANT SELECT ON TABLE public.issue_steps TO authenticated;
GRANT SELECT ON TABLE public.issue_steps TO service_role;

GRANT SELECT ON TABLE public.issue_times TO authenticated;

GRANT SELECT ON TABLE public.label_groups TO authenticated;
GRANT SELECT ON TABLE public.label_groups TO service_role;

GRANT SELECT ON TABLE public.letters TO authenticated;
GRANT SELECT ON TABLE public.letters TO service_role;

GRANT SELECT ON TABLE public.letter_cards TO authenticated;

GRANT SELECT ON TABLE public.notices TO authenticated;
GRANT SELECT ON TABLE public.notices TO service_role;

GRANT SELECT ON TABLE public.notice_cards TO authenticated;

GRANT SELECT ON TABLE public.offers TO authenticated;
GRANT SELECT ON TABLE public.offers TO service_role;

GRANT SELECT ON TABLE public.people TO authenticated;
GRANT SELECT ON TABLE public.people TO service_role;

GRANT SELECT ON TABLE public.place_photos TO authenticated;
GRANT SELECT ON TABLE public.place_photos TO service_role;

GRANT SELECT ON TABLE public.resources TO authenticated;
GRANT SELECT ON TABLE public.resources TO service_role;

GRANT SELECT ON TABLE public.running_clocks TO authenticated;

GRANT SELECT ON TABLE public.step_times TO authenticated;

GRANT SELECT ON TABLE public.urgency_clocks TO authenticated;
GRANT SELECT ON TABLE public.urgency_clocks TO service_role;

GRANT SELECT ON TABLE public.working_hours TO authenticated;
GRANT SELECT ON TABLE public.working_hours TO service_role;

GRANT SELECT ON TABLE public.yard_notices TO authenticated;
GRANT SELECT ON TABLE public.yard_notices TO service_role;
