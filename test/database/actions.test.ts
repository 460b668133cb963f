import { beforeAll, expect, it } from 'vitest';
import { makeWorld, newIssue, people } from '../fixtures/world.ts';
import { eachEngine } from './harness.ts';
import {
  failing,
  holding,
  levels,
  place,
  rulesOf,
  states,
  undone,
  type Level,
  type Rule,
} from './placing.ts';

/** Who stands for each actor of issue_actions at the issue's own place, and at another. */
const actors = {
  grid_worker: ['gridWorker', 'gridWorkerEast'],
  community_staff: ['west', 'east'],
  street_staff: ['street', 'stranger'],
  street_leader: ['leader', 'stranger'],
  department_staff: ['works', 'order'],
  assisting: ['order', 'stranger'],
} as const;
const onlookers = ['admin', 'nobody'] as const;

eachEngine('the table of actions', (db) => {
  let table: Rule[] = [];
  let id = 0;
  let letter = 0;
  let carries: Record<string, unknown> = {};
  beforeAll(async () => {
    const world = await makeWorld(db);
    id = (await newIssue(db, world)).id;
    const other = await newIssue(db, world, { category: 'leak' });
    table = (await rulesOf(db)).filter(({ actor }) => actor !== 'resident' && actor !== 'clock');
    letter = Number(
      await db.value(
        `insert into public.letters (issue_id, event_seq, number, addressee, title, text, due_on, sent_at, office_area_id)
         values ($1, 1, 'l', 'a', 't', 'x', '2100-01-01', now(), 1) returning id`,
        [id],
      ),
    );
    const later = new Date(Date.now() + 9 * 86_400_000).toISOString();
    carries = {
      department_id: 2,
      ruling: '裁定',
      until: later,
      due_on: later,
      duty: 'never_enforcement',
      into: other.number,
      letter_id: letter,
    };
  });

  /** A payload that satisfies the rule. */
  const payloadOf = (rule: Rule) => ({
    ...Object.fromEntries(rule.must.map((field) => [field, carries[field] ?? '说明'])),
    ...(rule.action === 'dispatch' ? { ruling: '裁定' } : {}),
    ...(rule.outcome === '' ? {} : { outcome: rule.outcome }),
  });

  /** Tries actions of one person at one place and undoes each: the state reached, or the code of the refusal. */
  async function attempt(
    who: keyof typeof people,
    tries: { action: string; payload: object }[],
    state: string,
    level: Level,
    more = '',
  ) {
    const outcomes: string[] = [];
    await db
      .asOwner(async (session) => {
        await place(session, id, state, level, more);
        await session.query(
          `select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
          [JSON.stringify({ sub: people[who].id, role: 'authenticated' })],
        );
        for (const { action, payload } of tries) {
          await session.query('savepoint one');
          const outcome = await session
            .query(
              'select private.act($1, $2, (select version from public.issues where id = $1), $3, null)',
              [id, action, payload],
            )
            .then(
              async () => {
                await session.query(`select set_config('role', 'none', true)`);
                const [after] = await session.query(
                  'select state, holder_level from public.issues where id = $1',
                  [id],
                );
                return `${String(after?.['state'])} ${String(after?.['holder_level'])}`;
              },
              (error: unknown) => String(Object(error).message),
            );
          outcomes.push(outcome);
          await session.query('rollback to savepoint one');
        }
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return outcomes;
  }

  const refusal = /^(action_not_allowed|issue_unknown)$/;

  it.each(states)('lets in state %s exactly the actors do what the table says', async (state) => {
    const actions = [...new Set(table.map((rule) => rule.action))];
    for (const level of levels)
      for (const [actor, [here, elsewhere]] of Object.entries(actors)) {
        const rules = table.filter((r) => r.actor === actor && r.state === state && r.holder_level === level);
        for (const rule of rules) {
          const cell = `${actor} ${rule.action} ${rule.outcome} ${state} ${level}`;
          const tries = [{ action: rule.action, payload: payloadOf(rule) }];
          const more = holding[rule.condition ?? ''] ?? '';
          const reached = rule.to_state === 'before_merge' ? 'handling' : rule.to_state;
          const [outcome] = await attempt(here, tries, state, level, more);
          expect(outcome, cell).toMatch(new RegExp(`^${reached} (courtyard|community|street|department)$`));
          const unheld = failing[rule.condition ?? ''] ?? (more === '' ? '' : 'tasks = tasks');
          if (unheld !== '')
            expect(
              await attempt(here, tries, state, level, unheld),
              `without its condition: ${cell}`,
            ).not.toEqual([outcome]);
          const strange = actor === 'department_staff' ? '' : more;
          expect((await attempt(elsewhere, tries, state, level, strange))[0], `elsewhere: ${cell}`).toMatch(
            refusal,
          );
        }
        const others = actions.filter((action) => !rules.some((rule) => rule.action === action));
        const helps = actor === 'assisting' ? holding['has_task'] : '';
        const outcomes = await attempt(
          here,
          others.map((action) => ({ action, payload: { ...carries, outcome: 'ok' } })),
          state,
          level,
          helps,
        );
        others.forEach((action, n) =>
          expect(outcomes[n], `${actor} ${action} ${state} ${level}`).toMatch(refusal),
        );
      }
  });

  it('lets those who look on do nothing', async () => {
    for (const who of onlookers)
      for (const state of states)
        for (const level of levels) {
          const rules = table.filter((rule) => rule.state === state && rule.holder_level === level);
          const outcomes = await attempt(
            who,
            rules.map((rule) => ({ action: rule.action, payload: payloadOf(rule) })),
            state,
            level,
          );
          expect(outcomes.filter((outcome) => !refusal.test(outcome))).toEqual([]);
        }
  });

  it('has every action of the loop, and a person in these tests for every actor', async () => {
    const all = await db.query('select distinct action, actor from public.issue_actions');
    expect([...new Set(all.map((row) => String(row['action'])))].toSorted().join(' ')).toBe(
      'accept answer ask_extension ask_pause climb close decline dispatch finish_task grant hand_up letter letter_reply merge note refuse ' +
        'reopen resolve resume safety send_back unmerge verify waive_task withdraw',
    );
    expect([...new Set(all.map((row) => String(row['actor'])))].toSorted()).toEqual(
      [...Object.keys(actors), 'clock', 'resident'].toSorted(),
    );
  });
});
