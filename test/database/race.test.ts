import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { makeWorld, newIssue, people, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine } from './harness.ts';
import { untilSomeoneWaits } from './waiting.ts';

const prove = process.env['PROVE'] === '1';
const PAIRS = prove ? 1000 : 20;

type Issue = { id: number; key: string; number: string };
interface Press {
  who: keyof typeof people | 'resident' | 'clock';
  action: string;
  payload?: Record<string, unknown>;
}

const until = '2026-10-20';
const resolve: Press = { who: 'west', action: 'resolve', payload: { done: '好了' } };
const note: Press = { who: 'west', action: 'note', payload: { words: '看过' } };
const handUp: Press = { who: 'west', action: 'hand_up', payload: { reason: '要专业队' } };
const decline: Press = {
  who: 'west',
  action: 'decline',
  payload: { reason: '不归', duty: 'never_enforcement', instead: '执法队' },
};
const pause: Press = { who: 'west', action: 'ask_pause', payload: { reason: '等配件', until } };
const letter: Press = {
  who: 'west',
  action: 'letter',
  payload: { addressee: '水务', title: '函', text: '请修', due_on: until },
};
const accept: Press = { who: 'west', action: 'accept' };
const withdraw: Press = { who: 'resident', action: 'withdraw', payload: { words: '好了' } };
const answer = (said: string): Press => ({ who: 'resident', action: 'answer', payload: { answer: said } });
const verify: Press = { who: 'street', action: 'verify', payload: { outcome: 'not_ok', finding: '还在漏' } };
/** The clock, at a moment when the issue's own has run out. */
const sweep: Press = { who: 'clock', action: 'sweep' };

const reopen: Press = { who: 'resident', action: 'reopen', payload: { words: '还在漏' } };
const unmerge: Press = { who: 'west', action: 'unmerge', payload: { reason: '不是同一处' } };

/** What may be pressed at each stage of an issue at the community, the clock's own move among it. merged: into one that ended so. */
const stages: Record<string, { before: Press[]; presses: Press[]; merged?: 'declined' | 'withdrawn' }> = {
  submitted: { before: [], presses: [accept, decline, withdraw, sweep, note] },
  handling: { before: [accept], presses: [resolve, note, handUp, decline, pause, letter, withdraw] },
  resolved: { before: [accept, resolve], presses: [answer('yes'), answer('no'), verify, note, sweep] },
  merged: { before: [accept], merged: 'declined', presses: [reopen, unmerge] },
  orphaned: { before: [], merged: 'withdrawn', presses: [sweep, unmerge] },
};
const pair = fc.constantFrom(...Object.keys(stages)).chain((stage) => {
  const one = fc.constantFrom(...(stages[stage]?.presses ?? []));
  return fc.tuple(fc.constant(stage), one, one).filter(([, a, b]) => a !== b);
});

eachEngine('two at once', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(db);
    db.at('2026-10-12T10:00:00+08:00');
  });

  const versionOf = async ({ id }: Issue) =>
    Number(await db.value('select version from public.issues where id = $1', [id]));

  function press({ who, action, payload = {} }: Press, issue: Issue, version: number): Promise<unknown> {
    if (who === 'clock') return db.query('select private.sweep()');
    if (who === 'resident') return db.rpc('anon', `${action}_issue`, { key: issue.key, version, ...payload });
    const call = [issue.id, action, version, payload, crypto.randomUUID()];
    return db.as(people[who], ({ query }) => query('select private.act($1, $2, $3, $4, $5)', call));
  }

  /** Merges an issue into a new one, which ends. */
  async function mergeInto(ended: 'declined' | 'withdrawn', issue: Issue): Promise<void> {
    const other = await newIssue(db, world, { category: 'leak' });
    await press(
      { who: 'west', action: 'merge', payload: { into: other.number } },
      issue,
      await versionOf(issue),
    );
    await press(ended === 'declined' ? decline : withdraw, other, 1);
  }

  /** A solved issue whose resident's seven days, or a new one whose time to be accepted, are over. */
  async function letTimeRunOut(issue: Issue): Promise<void> {
    const due = await db.value('select due_at from public.issues where id = $1', [issue.id]);
    if (due instanceof Date) db.at(due);
  }

  it(
    `of ${PAIRS} pairs on one issue exactly one wins, and the other is shown what changed`,
    { timeout: prove ? 3_600_000 : 60_000 },
    async () => {
      let told = 0;
      await fc.assert(
        fc.asyncProperty(pair, async ([stage, one, two]) => {
          await db.query('delete from private.alarms');
          db.at('2026-10-12T10:00:00+08:00');
          const issue = await newIssue(db, world, { category: 'leak' });
          for (const step of stages[stage]?.before ?? []) await press(step, issue, await versionOf(issue));
          const merged = stages[stage]?.merged;
          if (merged) await mergeInto(merged, issue);
          const swept = one === sweep || two === sweep;
          if (swept) await letTimeRunOut(issue);
          const version = await versionOf(issue);
          const outcomes = await Promise.allSettled([press(one, issue, version), press(two, issue, version)]);

          const events = await db.query(
            'select seq as version, action, state from public.issue_events e join public.issues i on i.id = e.issue_id where i.id = $1 and seq > $2 order by seq',
            [issue.id, version],
          );
          const errors = outcomes.flatMap((outcome) =>
            outcome.status === 'rejected' ? [Object(outcome.reason)] : [],
          );
          for (const error of errors) {
            expect(error).toMatchObject({ code: 'PT409', message: 'stale_version' });
            expect(JSON.parse(error.detail)).toMatchObject({
              version: version + 1,
              state: events[0]?.['state'],
              last: { action: events[0]?.['action'] },
            });
          }
          // the clock decides on no version: it comes before, after, or leaves alone what someone is acting on
          if (swept) expect(events.length + errors.length).toBeGreaterThan(0);
          else expect([events.length, errors.length]).toEqual([1, 1]);
          expect(events.length + errors.length).toBeLessThanOrEqual(2);
          expect(await faultsOf(db, [issue.id])).toEqual([]);
          told += errors.length;
        }),
        { numRuns: PAIRS },
      );
      expect(told).toBeGreaterThan(PAIRS / 2);
    },
  );

  it('two issues merged into each other: one follows, the other stays', async () => {
    for (let n = 0; n < 4; n += 1) {
      const both = [
        await newIssue(db, world, { category: 'leak' }),
        await newIssue(db, world, { category: 'leak' }),
      ] as const;
      const merge = (issue: Issue, into: Issue) =>
        press({ who: 'west', action: 'merge', payload: { into: into.number } }, issue, 1);
      const outcomes = await Promise.allSettled([merge(both[0], both[1]), merge(both[1], both[0])]);
      expect(
        outcomes.flatMap((outcome) =>
          outcome.status === 'rejected' ? [Object(outcome.reason).message] : [],
        ),
      ).toEqual(['merge_ended']);
    }
  });

  it('a sweep over several issues and a person acting beside it never wait for each other in a circle', async () => {
    await db.query('delete from private.alarms');
    db.at('2026-10-12T10:00:00+08:00');
    const first = await newIssue(db, world, { category: 'leak' });
    db.at('2026-10-12T10:01:00+08:00');
    const second = await newIssue(db, world, { category: 'leak', code: world.code.garden });
    db.at('2026-10-12T11:00:00+08:00');
    const beside = await newIssue(db, world, { category: 'leak', code: world.code.garden });
    db.at('2026-10-12T11:01:00+08:00');
    // on PGlite it waits for the whole transaction; on native PostgreSQL it is there at once, and waits for the street's feed
    const { pressed } = await db.asOwner(async (session) => {
      await session.query('select private.sweep(1)');
      const acting = press({ ...accept, who: 'east' }, beside, 1).then(
        () => 'done',
        (error: unknown) => Object(error).message,
      );
      await untilSomeoneWaits(db, session);
      await session.query('select private.sweep()');
      return { pressed: acting };
    });
    expect(await pressed).toBe('done');
    const ids = [first, second, beside].map(({ id }) => id);
    const rows = await db.query(
      'select holder_level, state from public.issues where id = any ($1) order by id',
      [ids],
    );
    expect(rows.map((row) => `${String(row['holder_level'])} ${String(row['state'])}`)).toEqual([
      'street submitted',
      'street submitted',
      'community handling',
    ]);
    expect(await faultsOf(db, ids)).toEqual([]);
  });
});
