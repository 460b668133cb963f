-- Gives: save_label and preview_label_rule for the administrator; give_label and take_label for who looks after a yard.
-- To: staff. A label that rests on protected values is given, taken, previewed and seen only by who may see those values.

-- How protected a rule's fields are.
create function private.rule_clearance(rule jsonb) returns integer
language sql stable set search_path = '' as $$
  select coalesce(max(private.sensitivity_rank(f.sensitivity)), 0) from private.rule_leaves(rule) leaf join public.archive_fields f on f.code = leaf ->> 'field'
$$;

-- Definer, as the next: nobody writes the labels but by these functions.
create function public.save_label(label jsonb, version integer default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
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
$$;
comment on function public.save_label(jsonb, integer) is 'Adds a label, or changes the one of this code as it was at `version`: {code, group, name, name_en, colour, icon, rule (null: by hand only), days, sensitivity, sort, active}. Yards gain and lose it at once. Returns {id, code, version}. Errors: admin_only 403, setting_unknown 404, code_taken, stale_setting 409, field_missing, field_too_long, field_malformed, rule_malformed 422 {part, why}.';
grant execute on function public.save_label(jsonb, integer) to authenticated;

create function public.preview_label_rule(rule jsonb, code text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
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
comment on function public.preview_label_rule(jsonb, text) is 'Which yards of the street would gain or lose a label by a rule (code: the label it would change); nothing is saved. Returns {hidden, count, gains: [courtyard_id], loses}; hidden: it rests on values the administrator may not see. Errors: admin_only 403, rule_malformed 422 {part, why}.';
grant execute on function public.preview_label_rule(jsonb, text) to authenticated;

-- A yard and a label that the caller may give or take there.
create function private.begin_label(yard_id bigint, code text) returns public.labels
language plpgsql volatile set search_path = '' as $$
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

create function private.my_labels_of(yard bigint) returns jsonb
language sql stable set search_path = '' as $$
  select private.labels_of(c.id, private.my_clearance(c.community_id)) from public.courtyards c where c.id = yard
$$;

create function public.give_label(courtyard_id bigint, label text, reason text, expires_on date default null, request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
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
comment on function public.give_label(bigint, text, text, date, uuid) is 'Gives a yard a label by hand, with a reason, until a day (default: as long as the label lasts). Returns {labels}. Errors: courtyard_unknown, label_unknown 404, label_not_allowed 403, label_worn 409, field_missing, field_too_long, date_past 422.';
grant execute on function public.give_label(bigint, text, text, date, uuid) to authenticated;

create function public.take_label(courtyard_id bigint, label text, reason text, request_id uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
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
comment on function public.take_label(bigint, text, text, uuid) is 'Takes a label given by hand from a yard, with a reason. Returns {labels}. Errors: courtyard_unknown, label_unknown 404, label_not_allowed 403, label_derived 409 {evidence}, field_missing, field_too_long 422.';
grant execute on function public.take_label(bigint, text, text, uuid) to authenticated;
