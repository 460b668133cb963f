-- Gives: the loop as data: which action leads where, for whom, and what it must carry.
-- To: act_on_issue, and the screens that show buttons.

create table public.issue_actions (
  action text not null,
  actor text not null check (actor in
    ('grid_worker', 'community_staff', 'street_staff', 'street_leader', 'department_staff', 'assisting', 'resident', 'clock')),
  state text not null,
  holder_level text not null,
  -- what the payload's outcome has to be for this row; '' where the action has none
  outcome text not null default '',
  -- 'before_merge': the state it was merged in
  to_state text not null,
  to_holder text not null check (to_holder in ('same', 'own', 'up', 'street', 'department')),
  -- the step whose clock starts; 'same' leaves the running one, 'granted' does what was asked, null stops it
  to_step text check (to_step in ('same', 'accept', 'dispatch', 'handle', 'answer', 'granted')),
  must text[] not null default '{}',
  may text[] not null default '{}',
  is_public boolean not null,
  sort integer not null,
  -- what else has to be so: the name of a condition in private.holds
  condition text,
  primary key (action, actor, state, holder_level, outcome)
);
comment on table public.issue_actions is 'The loop: which action leads where, for whom, and what it must carry. Read by act_on_issue and by the screens that show buttons.';

insert into public.issue_actions (action, actor, state, holder_level, outcome, to_state, to_holder, to_step, must, may, is_public, sort, condition)
with holders (actor, holder_level) as (
    values ('grid_worker', 'courtyard'), ('community_staff', 'community'), ('street_staff', 'street'), ('department_staff', 'department')),
  above (actor, holder_level) as (
    values ('community_staff', 'courtyard'), ('street_staff', 'community'), ('street_staff', 'department'), ('street_leader', 'street')),
  deciders (actor, holder_level) as (values ('community_staff', 'community'), ('street_staff', 'street')),
  unsolved (state) as (values ('submitted'), ('handling')),
  open_states (state) as (values ('submitted'), ('handling'), ('resolved'))
-- the holder's own work
select 'accept', actor, 'submitted', holder_level, '', 'handling', 'same', 'handle', '{}'::text[], '{}'::text[], true, 10, null
  from holders where actor <> 'department_staff'
union all select 'accept', 'community_staff', 'submitted', 'courtyard', '', 'handling', 'own', 'handle', '{}', '{}', true, 10, null
union all select 'resolve', actor, 'handling', holder_level, '', 'resolved', 'same', 'answer', '{done}', '{}', true, 20, 'tasks_done' from holders
union all select 'note', actor, state, holder_level, '', state, 'same', 'same', '{words}', '{public}', false, 50, null from holders, open_states
union all select 'safety', actor, state, holder_level, '', state, 'same', 'same', '{words}', '{}', true, 45, null from holders, open_states
-- up, down and back
union all select 'hand_up', 'grid_worker', 'handling', 'courtyard', '', 'handling', 'up', 'handle', '{reason}', '{}', true, 30, null
union all select 'hand_up', 'community_staff', 'handling', 'community', '', 'handling', 'up', 'dispatch', '{reason}', '{}', true, 30, null
union all select 'dispatch', 'street_staff', state, 'street', '', 'handling', 'department', 'handle', '{department_id}', '{ruling,assisting}', true, 15, null
  from unsolved
union all select 'send_back', 'department_staff', 'handling', 'department', '', 'handling', 'street', 'dispatch', '{reason}', '{}', true, 40, 'returns_left'
union all select 'finish_task', 'assisting', state, holder_level, '', state, 'same', 'same', '{done}', '{}', false, 20, 'has_task'
  from holders, open_states
union all select 'note', 'assisting', state, holder_level, '', state, 'same', 'same', '{words}', '{public}', false, 50, 'has_task'
  from holders, open_states
union all select 'waive_task', 'street_staff', 'handling', holder_level, '', 'handling', 'same', 'same', '{department_id,reason}', '{}', false, 52, 'task_open'
  from holders where holder_level in ('street', 'department')
-- outside the street
union all select 'letter', actor, 'handling', holder_level, '', 'handling', 'same', 'same', '{addressee,title,text,due_on}', '{}', true, 46, null from deciders
union all select 'letter_reply', actor, state, holder_level, '', state, 'same', 'same', '{letter_id,reply}', '{}', true, 47, 'letter_open'
  from (values ('community_staff'), ('street_staff')) writers (actor), (select distinct holder_level from holders) at_level, open_states
-- the clock: asked by the holder, granted one level up
union all select 'ask_pause', actor, 'handling', holder_level, '', 'handling', 'same', 'same', '{reason,until}', '{}', false, 48, 'may_ask' from holders
union all select 'ask_extension', actor, 'handling', holder_level, '', 'handling', 'same', 'same', '{reason,until}', '{}', false, 49, 'may_ask' from holders
union all select 'grant', actor, 'handling', holder_level, '', 'handling', 'same', 'granted', '{}', '{words}', true, 12, 'grantable' from above
union all select 'refuse', actor, 'handling', holder_level, '', 'handling', 'same', 'same', '{reason}', '{}', false, 13, 'asked' from above
union all select 'resume', actor, 'handling', holder_level, '', 'handling', 'same', 'handle', '{}', '{words}', true, 11, 'paused' from holders
union all select 'resume', 'clock', 'handling', holder_level, '', 'handling', 'same', 'handle', '{}', '{}', true, 11, 'paused' from holders
union all select 'climb', 'clock', 'submitted', holder_level, '', 'submitted', 'up', case holder_level when 'courtyard' then 'accept' else 'dispatch' end,
  '{}', '{}', true, 91, null from holders where holder_level in ('courtyard', 'community')
union all select 'close', 'clock', 'resolved', holder_level, '', 'closed', 'same', null, '{}', '{}', true, 90, null from holders
-- whether it is true
union all select 'verify', actor, 'resolved', holder_level, 'ok', 'resolved', 'same', 'answer', '{outcome,finding}', '{}', true, 14, null from above
union all select 'verify', actor, 'resolved', holder_level, 'not_ok', 'handling', 'same', 'handle', '{outcome,finding}', '{}', true, 14, null from above
-- ends
union all select 'decline', actor, state, holder_level, '', 'declined', 'same', null, '{reason,duty,instead}', '{}', true, 60, null from deciders, unsolved
union all select 'merge', actor, state, holder_level, '', 'merged', 'same', null, '{into}', '{}', true, 55, null from deciders, unsolved
union all select 'unmerge', actor, 'merged', holder_level, '', 'before_merge', 'same', 'handle', '{reason}', '{}', true, 56, null from deciders
-- the resident
union all select 'answer', 'resident', 'resolved', holder_level, outcome, to_state, 'same', to_step, '{outcome}', '{words}', true, 10, null
  from holders, (values ('yes', 'closed', null), ('partly', 'handling', 'handle'), ('no', 'handling', 'handle')) o (outcome, to_state, to_step)
union all select 'reopen', 'resident', 'closed', holder_level, 'first', 'handling', 'same', 'handle', '{outcome,words}', '{}', true, 20, 'may_reopen' from holders
union all select 'reopen', 'resident', 'closed', holder_level, 'second', 'handling', 'up', case when holder_level = 'courtyard' then 'handle' else 'dispatch' end,
  '{outcome,words}', '{}', true, 20, 'may_reopen' from holders
union all select 'withdraw', 'resident', state, holder_level, '', 'withdrawn', 'same', null, '{}', '{words}', true, 30, null from holders, unsolved;

alter table public.issue_actions enable row level security;
grant select on public.issue_actions to authenticated, service_role;
create policy "staff read the loop" on public.issue_actions for select to authenticated using (true);
