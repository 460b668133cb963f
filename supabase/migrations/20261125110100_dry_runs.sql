-- Gives: a dry run that ends by a code of its own. In PL/pgSQL a condition that ends in 000 catches its whole class, so `when
-- sqlstate 'PT000'` also caught every refusal (PT4xx) raised while nothing was to be written.
-- To: the street's administrator, who tries an import of courtyards.

create or replace function public.import_courtyards(rows jsonb, dry_run boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
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
