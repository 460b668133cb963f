-- A screen that was open while a yard was split or merged still says the yard it knew: the report goes to the one that stands for it now.
create or replace function public.report_on_behalf(courtyard_id bigint, key text, what text, name text, address text, channel text, place text default null, phone text default null, category text default null, lng double precision default null, lat double precision default null, photos integer default 0, lang text default 'zh') returns jsonb
  language plpgsql security definer set search_path = '' as $$
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
