import { beforeAll, expect, it } from 'vitest';
import { makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { eachEngine, type Session } from './harness.ts';

/** Who stands for each actor of issue_actions at the issue's own place, and at another. */
const actors = {
  grid_worker: ['gridWorker', 'gridWorkerEast'],
  community_staff: ['west', 'east'],
  street_staff: ['street', 'stranger'],
  department_staff: ['works', 'order'],
} as const;
const onlookers = ['leader', 'admin', 'nobody'] as const;

const states = ['submitted', 'handling', 'resolved', 'closed', 'declined', 'merged', 'withdrawn'];
const levels = { courtyard: 4, community: 2, street: 1, department: null };

/** A payload that satisfies any action: the rule's own fields are picked from it. */
const carries: Record<string, unknown> = {
  reason: '理由',
  done: '做了',
  words: '说明',
  instead: '另请',
  department_id: 1,
  ruling: '裁定',
};

eachEngine('the table of actions', (db) => {
  let world: World;
  let id = 0;
  beforeAll(async () => {
    world = await makeWorld(db);
    id = (await newIssue(db, world)).id;
  });

  async function place({ query }: Session, state: string, level: keyof typeof levels): Promise<void> {
    const open = ['submitted', 'handling', 'resolved'].includes(state);
    await query(
      `update public.issues set state = $2, holder_level = $3, holder_area_id = $4, holder_department_id = $5,
         step = case when $6 then 'handle' end, due_at = case when $6 then now() end, returns = 0 where id = $1`,
      [id, state, level, levels[level], level === 'department' ? world.department.works : null, open],
    );
  }

  /** Tries one cell and undoes it: the state reached, or the code of the refusal. */
  async function attempt(
    who: keyof typeof people,
    action: string,
    payload: object,
    state: string,
    level: keyof typeof levels,
  ) {
    const undone = new Error('undone');
    let outcome = '';
    await db
      .asOwner(async (session) => {
        await place(session, state, level);
        await session.query(
          `select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
          [JSON.stringify({ sub: people[who].id, role: 'authenticated' })],
        );
        await session.query(
          'select private.act($1, $2, (select version from public.issues where id = $1), $3, null)',
          [id, action, payload],
        );
        await session.query(`select set_config('role', 'none', true)`);
        const [after] = await session.query('select state, holder_level from public.issues where id = $1', [
          id,
        ]);
        outcome = `${String(after?.['state'])} ${String(after?.['holder_level'])}`;
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) outcome = error instanceof Error ? error.message : String(error);
      });
    return outcome;
  }

  async function rules() {
    const rows = await db.query(
      `select * from public.issue_actions where actor not in ('resident', 'clock')`,
    );
    return rows.map((rule) => Object(rule));
  }

  it.each(states)('lets in state %s exactly the actors do what the table says', async (state) => {
    const table = await rules();
    const actions = [...new Set(table.map((rule) => rule.action))];
    for (const level of ['courtyard', 'community', 'street', 'department'] as const)
      for (const [actor, [here, elsewhere]] of Object.entries(actors))
        for (const action of actions) {
          const rule = table.find(
            (r) => r.action === action && r.actor === actor && r.state === state && r.holder_level === level,
          );
          const fields: string[] = rule ? rule.must : [];
          const payload = Object.fromEntries(fields.map((field) => [field, carries[field]]));
          if (action === 'dispatch' && rule) payload['ruling'] = carries['ruling'];
          const cell = `${actor} ${action} ${state} ${level}`;
          const reached = await attempt(here, action, payload, state, level);
          if (rule)
            expect(reached, cell).toMatch(
              new RegExp(`^${rule.to_state} (courtyard|community|street|department)$`),
            );
          else expect(reached, cell).toMatch(/action_not_allowed|issue_unknown/);
          if (rule)
            expect(await attempt(elsewhere, action, payload, state, level), `elsewhere: ${cell}`).toMatch(
              /action_not_allowed|issue_unknown/,
            );
        }
  });

  it('lets those who look on do nothing', async () => {
    for (const who of onlookers)
      for (const rule of await rules())
        expect(await attempt(who, rule.action, carries, rule.state, rule.holder_level)).toMatch(
          /action_not_allowed|issue_unknown/,
        );
  });
});
