-- Gives: the report as residents make it: on behalf of someone, joined to a neighbour's, with a proof of work when one is asked for,
-- held when somebody should look first; what neighbours have reported already.
-- To: anyone with a code; staff see, restore and put aside what is held, and mark phones.

alter table private.reporters
  add column helper text,
  add column phone_mark text,
  add column marked_at timestamptz,
  add column forgotten_at timestamptz;
comment on column private.reporters.helper is 'Who wrote it, where it is about somebody else.';
comment on column private.reporters.phone_mark is 'The blinded name of the phone it came from; another one next month.';
create index reporters_phone_mark on private.reporters (phone_mark) where phone_mark is not null;

-- Up to six photos; what the form and the phone's tray keep to.
create or replace function private.report_limits() returns jsonb
language sql immutable set search_path = '' as $$
  select '{"what":500,"place":100,"name":40,"address":100,"phone":30,"words":500,"photos":6,"photo_bytes":5242880}'::jsonb
$$;

-- Open reports of the same matter in the same yard, or within 60 m of it, of the last 60 days; what is nearer in place comes first.
create function private.alike(yard public.courtyards, category text, place text) returns setof public.issues
language sql stable set search_path = '' rows 3 as $$
  select i from public.issues i
  where i.street_id = yard.street_id and i.state in ('submitted', 'handling') and i.category = alike.category
    and i.created_at > private.now() - interval '60 days'
    and (i.courtyard_id = yard.id or extensions.st_dwithin(i.point::extensions.geography, yard.point::extensions.geography, 60, false))
  order by i.courtyard_id = yard.id desc, private.public_place(i.place) is not distinct from private.public_place(alike.place) desc, i.created_at desc
  limit 3
$$;

-- Definer: anonymous callers read no table. Only public words leave it.
create function public.similar_reports(code text, category text, place text default null) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'number', i.number, 'category', k.name, 'category_en', k.name_en, 'place', private.public_place(i.place), 'state', i.state,
    'since', i.created_at, 'responsible', private.office_name(i.holder_area_id, i.holder_department_id),
    'followers', (select count(*) from public.issues f where f.merged_into = i.id))
    order by private.public_place(i.place) is not distinct from private.public_place(similar_reports.place) desc, i.created_at desc), '[]')
  from private.reporting_yard(similar_reports.code) yard, private.alike(yard, similar_reports.category, similar_reports.place) i
  join public.categories k on k.code = i.category
$$;
comment on function public.similar_reports(text, text, text) is 'What neighbours have reported already: up to three open reports of this category in or beside the yard: number, category, building, state, since, responsible, followers; nobody''s words. Errors: code_unknown 404, code_revoked 410.';
grant execute on function public.similar_reports(text, text, text) to anon, authenticated;

-- Staff merge what they see. Who has no account comes through a function that has checked what may be joined.
create or replace function private.merge_target(issue public.issues, named text) returns bigint
language plpgsql volatile set search_path = '' as $$
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
$$;

-- Makes a new report follow a neighbour's, as staff would by merging it; its resident did. When that one has ended or is not alike, the
-- report goes its own way: nothing is lost for want of a neighbour.
create function private.join_report(issue public.issues, yard public.courtyards, named text) returns public.issues
language plpgsql volatile set search_path = '' as $$
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

-- The receipt of a report that somebody looks at first. It has no number of an issue yet.
create function private.held_receipt(held private.held_reports, repeated boolean) returns jsonb
language sql stable set search_path = '' as $$
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

drop function public.report_issue(text, text, text, text, text, text, text, text, double precision, double precision, integer, text);

-- Definer: anonymous callers write no table.
create function public.report_issue(
  code text, key text, what text, name text, address text,
  place text default null, phone text default null, category text default null,
  lng double precision default null, lat double precision default null,
  photos integer default 0, lang text default 'zh',
  helper text default null, joins text default null, proof jsonb default null, device text default null
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
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
comment on function public.report_issue(text, text, text, text, text, text, text, text, double precision, double precision, integer, text, text, text, jsonb, text) is
  'A resident''s report. key: 26 base-32 characters made by the phone, which make it exactly once and open its tracking page; lng, lat in WGS-84 degrees; helper: who writes it for someone else; joins: number of a neighbour''s report to follow; proof: a solved challenge {challenge, solution}; device: a random mark of the phone, kept blinded. Returns the receipt; held: somebody looks first. Errors: code_unknown 404, code_revoked 410, proof_needed 428 {challenge}, field_missing, field_too_long, point_outside, key_malformed, category_unknown, too_many_photos 422, key_reused 409.';
grant execute on function public.report_issue(text, text, text, text, text, text, text, text, double precision, double precision, integer, text, text, text, jsonb, text) to anon, authenticated;

-- The held reports the caller may decide: a community's own staff theirs; the street's staff and administrator all.
create function private.decides_held(held private.held_reports) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from private.my_memberships() m
    where m.role in ('community_staff', 'street_staff', 'admin') and m.area_id in (held.community_id, held.street_id))
$$;

-- Definer, all below: held reports are private; decides_held says who passes.
create function public.list_held() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
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
comment on function public.list_held() is 'Reports that were held, those to decide first: id, at, reason (words, link, marked), courtyard, what, place, category, masked name, decided_at, restored_as.';
grant execute on function public.list_held() to authenticated;

create function public.decide_held(id bigint, restore boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
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
comment on function public.decide_held(bigint, boolean) is 'Restores a held report, which becomes an issue as if it had just come, or puts it aside; what was put aside can be restored for 30 days. Returns {number}. Errors: held_unknown 404, held_forgotten 409.';
grant execute on function public.decide_held(bigint, boolean) to authenticated;

create function public.mark_report(issue_id bigint, marked boolean, reason text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
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
comment on function public.mark_report(bigint, boolean, text) is 'Marks a report as abuse, with a reason: for 7 days what comes from the same phone is held first, never refused. marked = false takes that back. Errors: issue_unknown 404, field_missing 422.';
grant execute on function public.mark_report(bigint, boolean, text) to authenticated;

create function public.guard_settings() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('proof', g.proof, 'words', g.words, 'hold_links', g.hold_links,
    'held', (select count(*) from private.held_reports h where h.street_id = s.id and h.decided_at is null),
    'last_hour', (select coalesce(sum(r.reports), 0) from private.rates r where r.who = 'street:' || s.id and r.minute > private.now() - interval '1 hour'))
  from (select private.administered_street() as id) s, private.guard_of(s.id) g
$$;
comment on function public.guard_settings() is 'How the administrator''s street meets a flood: proof (off, busy, flood), words, hold_links; held: reports to decide; last_hour: reports. Errors: admin_only 403.';
grant execute on function public.guard_settings() to authenticated;

create function public.save_guard(proof text, words text[], hold_links boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  street bigint := private.administered_street();
begin
  insert into private.guards as g (street_id, proof, words, hold_links)
  values (street, private.choice('proof', save_guard.proof, '{off,busy,flood}'), private.keywords(save_guard.words), coalesce(save_guard.hold_links, true))
  on conflict on constraint guards_pkey do update set proof = excluded.proof, words = excluded.words, hold_links = excluded.hold_links;
  return public.guard_settings();
end
$$;
comment on function public.save_guard(text, text[], boolean) is 'The flood switch and what is looked at first. Returns as guard_settings. Errors: admin_only 403, field_malformed, field_too_long 422.';
grant execute on function public.save_guard(text, text[], boolean) to authenticated;
