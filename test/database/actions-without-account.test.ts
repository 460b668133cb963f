import { beforeAll, expect, it } from 'vitest';
import { makeWorld, newIssue } from '../fixtures/world.ts';
import { eachEngine, type Session } from './harness.ts';
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

/** What a resident may ask for by the tracking key: [action, outcome] and the call. */
const asked = [
  ['answer', 'yes'],
  ['answer', 'partly'],
  ['answer', 'no'],
  ['reopen', 'first'],
  ['reopen', 'second'],
  ['withdraw', ''],
] as const;

eachEngine('the table of actions, for who has no account', (db) => {
  let table: Rule[] = [];
  let issue = { id: 0, key: '' };
  /** ended issues that the tried one may be merged into, by state */
  const targets = { closed: 0, withdrawn: 0 };
  beforeAll(async () => {
    const world = await makeWorld(db);
    issue = await newIssue(db, world);
    for (const state of ['closed', 'withdrawn'] as const) {
      const { id } = await newIssue(db, world, { category: 'leak' });
      const end = `update public.issues set state = '${state}', step = null, due_at = null, ended_at = now() where id = $1`;
      await db.query(end, [id]);
      targets[state] = id;
    }
    table = await rulesOf(db);
  });

  /** Tries one thing at one place and undoes it: the state reached, or the code of the refusal. */
  async function attempt(
    state: string,
    level: Level,
    more: string,
    act: (session: Session) => Promise<unknown>,
  ) {
    let outcome = '';
    await db
      .asOwner(async (session) => {
        await place(session, issue.id, state, level, more);
        await session.query('savepoint one');
        outcome = await act(session).then(
          async () => {
            const [after] = await session.query('select state from public.issues where id = $1', [issue.id]);
            return String(after?.['state']);
          },
          (error: unknown) => String(Object(error).message),
        );
        await session.query('rollback to savepoint one');
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return outcome;
  }

  const conditions = (): Record<string, string> => ({
    ...holding,
    target_ended: `merged_into = ${targets.closed}`,
    target_withdrawn: `merged_into = ${targets.withdrawn}`,
  });
  const reached = (rule: Rule) => (rule.to_state === 'before_merge' ? 'handling' : rule.to_state);
  const ruleOf = (actor: string, action: string, state: string, level: Level, outcome = '') =>
    table.find(
      (rule) =>
        [rule.actor, rule.action, rule.state, rule.holder_level, rule.outcome].join() ===
        [actor, action, state, level, outcome].join(),
    );

  it.each(states)('the resident does in state %s exactly what it says', async (state) => {
    for (const level of levels)
      for (const [action, outcome] of asked) {
        const rule = ruleOf('resident', action, state, level, outcome);
        const cell = `${action} ${outcome} ${state} ${level}`;
        const counted = `reopened = ${outcome === 'second' ? 1 : 0}`;
        const more = [conditions()[rule?.condition ?? ''] ?? '', counted].filter(Boolean).join(', ');
        const press = ({ query }: Session) =>
          query(
            `select private.resident_acts($1, (select version from public.issues where id = $2), $3, $4)`,
            [issue.key, issue.id, action, action === 'answer' ? { outcome } : { words: '还在漏' }],
          );
        const got = await attempt(state, level, more, press);
        expect(got, cell).toBe(rule ? reached(rule) : 'action_not_allowed');
        if (rule?.condition)
          expect(
            await attempt(state, level, 'reopened = 2, ended_at = now()', press),
            `without its condition: ${cell}`,
          ).toBe('reopen_over');
      }
  });

  it.each(states)('the clock does in state %s exactly what it says', async (state) => {
    const actions = [...new Set(table.filter(({ actor }) => actor === 'clock').map(({ action }) => action))];
    expect(actions.toSorted()).toEqual(['climb', 'close', 'resume', 'unmerge']);
    for (const level of levels)
      for (const action of actions) {
        const rule = ruleOf('clock', action, state, level);
        const cell = `${action} ${state} ${level}`;
        const press = ({ query }: Session) =>
          query('select private.clock_acts(i, $2) from public.issues i where id = $1', [issue.id, action]);
        const got = await attempt(state, level, conditions()[rule?.condition ?? ''] ?? '', press);
        expect(got, cell).toBe(rule ? reached(rule) : 'query returned no rows');
        if (rule?.condition)
          expect(
            await attempt(state, level, failing[rule.condition] ?? 'tasks = tasks', press),
            `without its condition: ${cell}`,
          ).not.toBe(got);
      }
  });
});
