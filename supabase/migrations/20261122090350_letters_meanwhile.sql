-- Gives: the street writes letters while a department handles the issue, too: who answers for the whole writes to the outside.
-- To: street staff, by act_on_issue.

insert into public.issue_actions (action, actor, state, holder_level, outcome, to_state, to_holder, to_step, must, may, is_public, sort, condition)
values ('letter', 'street_staff', 'handling', 'department', '', 'handling', 'same', 'same', '{addressee,title,text,due_on}', '{}', true, 46, null);
