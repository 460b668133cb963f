-- Gives: an import in which every value that comes back as it was exported is the same.
-- To: import_profiles.

-- One yard of a file judged cell by cell: (code, outcome, reason, before, after). Cells left empty say nothing.
create or replace function private.judge_cells(yard public.courtyards, quarter text, given jsonb)
returns table (code text, outcome text, reason text, before jsonb, after jsonb)
language sql stable set search_path = '' as $$
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
