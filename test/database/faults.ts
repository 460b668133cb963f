import type { TestDatabase } from './harness.ts';

/** What must be so of every issue at every moment; a row for each thing that is not. */
const faults = `
  with given as (select * from public.issues where id = any ($1)),
    replayed as (
      select e.issue_id, jsonb_object_agg(c.key, c.value order by e.seq) as columns,
        array_agg(distinct e.seq) = array(select generate_series(1, max(e.seq))) and max(e.seq) = max(i.version) as consecutive
      from public.issue_events e join given i on i.id = e.issue_id, jsonb_each(e.changes) c group by e.issue_id),
    fixed (names) as (select '{id,number,street_id,community_id,grid_id,courtyard_id,what,place,point,promised_at,created_at}'::text[])
  select i.id, fault from given i join replayed r on r.issue_id = i.id, fixed f, lateral (values
    ('events do not replay to the row', to_jsonb(jsonb_populate_record(null::public.issues, r.columns)) - f.names is distinct from to_jsonb(i) - f.names),
    ('versions are not consecutive', not r.consecutive),
    ('the chain is broken', not public.verify_chain(i.id)),
    ('not exactly one holder', num_nonnulls(i.holder_area_id, i.holder_department_id) <> 1),
    ('the holder is of another level', i.holder_area_id is distinct from
      case i.holder_level when 'courtyard' then i.grid_id when 'community' then i.community_id when 'street' then i.street_id end),
    ('not exactly one clock or pause', i.state in ('submitted', 'handling', 'resolved') and (i.step is null or num_nonnulls(i.due_at, i.paused_at) <> 1)),
    ('not exactly one clock that rings', coalesce(i.step <> 'answer', false) and i.paused_at is null
      and (select count(*) from public.running_clocks c where c.issue_id = i.id and c.clock = 'step' and c.due_at = i.due_at) <> 1),
    ('a clock that rings after the end', i.step is null and exists (select from public.running_clocks c where c.issue_id = i.id)),
    ('a clock after the end', i.state not in ('submitted', 'handling', 'resolved') and num_nonnulls(i.step, i.due_at, i.warn_at, i.paused_at, i.paused_until) > 0),
    ('a pause without an end', (i.paused_at is null) <> (i.paused_until is null)),
    ('ended without a time', (i.ended_at is null) <> (i.state in ('submitted', 'handling', 'resolved'))),
    ('merged without a target', (i.state = 'merged') <> (i.merged_into is not null) or (i.state = 'merged') <> (i.state_before_merge is not null)),
    ('asked outside handling', i.asked is not null and i.state <> 'handling'),
    ('helpers differ from tasks', i.assisting <> array(select key::bigint from jsonb_object_keys(i.tasks) key order by 1)),
    ('the lead helps itself', coalesce(i.tasks ? i.holder_department_id::text, false)),
    ('resolved with an open task', i.state = 'resolved' and not private.holds('tasks_done', i)),
    ('the alarm is wrong', (select a.next_at from private.alarms a where a.issue_id = i.id) is distinct from
      (select n.next_at from private.next_alarms(array[i.id]) n)),
    ('the first owner changed', 1 < (select count(*) from public.issue_events e where e.issue_id = i.id
      and e.changes ?| '{first_owner_area_id,first_owner_department_id}')),
    ('a step that the table does not have', exists (
      select from public.issue_events e where e.issue_id = i.id and e.seq > 1 and e.action not in ('recount', 'relocate')
        -- by functions of their own: a resident joins a neighbour's report, or adds to theirs
        and not (e.actor = 'resident' and e.action in ('merge', 'note')) and not exists (
        select from public.issue_actions a where a.action = e.action and a.actor = e.actor and a.state = e.from_state
          and a.holder_level = e.from_level and a.outcome in ('', e.payload ->> 'outcome')
          and a.to_state in ('before_merge', coalesce(e.changes ->> 'state', e.from_state)))))
  ) v (fault, is_so) where is_so is not false`;

/** What is wrong with these issues, in words: a state no action leads to, two clocks, a history that does not add up. */
export async function faultsOf(db: TestDatabase, ids: number[]): Promise<string[]> {
  return (await db.query(faults, [ids])).map((row) => `${String(row['id'])}: ${String(row['fault'])}`);
}
