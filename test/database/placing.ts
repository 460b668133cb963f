import * as v from 'valibot';
import { world } from '../fixtures/world.ts';
import type { Session, TestDatabase } from './harness.ts';

export const states = ['submitted', 'handling', 'resolved', 'closed', 'declined', 'merged', 'withdrawn'];
/** Who holds at each level, in the tests' world. */
const holders = { courtyard: world.grid.w1, community: world.west, street: world.street, department: null };
export type Level = keyof typeof holders;
export const levels = ['courtyard', 'community', 'street', 'department'] as const satisfies Level[];

const Rule = v.object({
  action: v.string(),
  actor: v.string(),
  state: v.string(),
  holder_level: v.picklist(levels),
  outcome: v.string(),
  to_state: v.string(),
  must: v.array(v.string()),
  condition: v.nullable(v.string()),
});
export type Rule = v.InferOutput<typeof Rule>;

/** The table of actions. */
export const rulesOf = async (db: TestDatabase): Promise<Rule[]> =>
  v.parse(v.array(Rule), await db.query('select * from public.issue_actions'));

/** Thrown to undo a transaction that was only a try. */
export const undone = new Error('undone');

/** Makes the condition of a rule hold for an issue that `place` has put at its state and holder; the same for an issue without. */
export const holding: Record<string, string> = {
  has_task: `tasks = '{"2":{"state":"open"}}', assisting = '{2}'`,
  task_open: `tasks = '{"2":{"state":"open"}}', assisting = '{2}'`,
  asked: `asked = '{"kind":"pause","until":"2100-01-01T00:00:00Z"}'`,
  grantable: `asked = '{"kind":"pause","until":"2100-01-01T00:00:00Z"}'`,
  paused: `due_at = null, paused_at = now(), paused_until = now() + interval '1 day', step_minutes = 60, step_mode = 'wall'`,
  may_reopen: 'ended_at = now()',
};

/** Makes it fail. */
export const failing: Record<string, string> = {
  returns_left: 'returns = 2',
  tasks_done: holding['task_open'] ?? '',
  may_ask: holding['asked'] ?? '',
};

/** Puts an issue at a state and a holder, past every rule; `more` is SQL that sets other columns. */
export async function place(
  { query }: Session,
  id: number,
  state: string,
  level: Level,
  more = '',
): Promise<void> {
  const open = ['submitted', 'handling', 'resolved'].includes(state);
  await query(
    `update public.issues set state = $2, holder_level = $3, holder_area_id = $4, holder_department_id = $5,
       state_before_merge = 'handling', step = case when $6 then 'handle' end, due_at = case when $6 then now() end where id = $1`,
    [id, state, level, holders[level], level === 'department' ? world.department.works : null, open],
  );
  if (more !== '') await query(`update public.issues set ${more} where id = $1`, [id]);
}
