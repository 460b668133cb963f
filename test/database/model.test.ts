import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import * as v from 'valibot';
import { makeWorld, newIssue, people, report, type World } from '../fixtures/world.ts';
import { faultsOf } from './faults.ts';
import { eachEngine } from './harness.ts';

const prove = process.env['PROVE'] === '1';
const SEQUENCES = prove ? 1000 : 30;

const Rule = v.object({
  action: v.string(),
  actor: v.string(),
  state: v.string(),
  holder_level: v.string(),
  outcome: v.string(),
  must: v.array(v.string()),
  may: v.array(v.string()),
});
const Issue = v.looseObject({
  version: v.number(),
  state: v.string(),
  holder_level: v.string(),
  holder_department_id: v.nullable(v.number()),
  assisting: v.array(v.number()),
  due_at: v.nullable(v.string()),
  paused_until: v.nullable(v.string()),
  /** the rows of the table that hold for it now */
  open: v.array(Rule),
});
/** How much more often than others the actions that few states have are pressed, or they would hardly be seen. */
const favour = new Map(
  Object.entries({
    ask_pause: 3,
    grant: 6,
    resume: 6,
    letter: 2,
    letter_reply: 4,
    dispatch: 3,
    send_back: 3,
    reopen: 6,
    answer: 2,
  }),
);
const ends = ['decline', 'withdraw', 'merge'];
type Reported = { id: number; key: string; number: string };

const step = fc.oneof(
  // an action the table has for the issue as it stands, by whoever it names
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('play'), one: fc.nat(3), pick: fc.nat() }) },
  // any action by anyone
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wild'), one: fc.nat(3), pick: fc.nat() }) },
  // one decided on an older version
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stale'), one: fc.nat(3), pick: fc.nat() }) },
  // minutes pass, and the clock looks; an odd pick goes to the moment the issue's own clock ends
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait'), one: fc.nat(3), pick: fc.nat(12_000) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
const sequence = fc.record({
  begins: fc.constantFrom('light', 'leak', 'illegal_building', 'gas'),
  /** at a counter instead of by the resident's own phone */
  onBehalf: fc.boolean(),
  /** one repeats the other from the start */
  together: fc.nat(3).map((one) => one === 0),
  steps: fc.array(step, { minLength: 4, maxLength: 20, size: 'max' }),
});

eachEngine('the loop as a model', (db) => {
  let world: World;
  let rules: v.InferOutput<typeof Rule>[] = [];
  let now = Date.parse('2026-09-01T09:00:00+08:00');
  beforeAll(async () => {
    world = await makeWorld(db);
    rules = v.parse(
      v.array(Rule),
      await db.query(`select * from public.issue_actions where actor <> 'clock' order by 1, 2, 3, 4, 5`),
    );
  });

  const shift = (minutes: number) => {
    now += minutes * 60_000;
    db.at(new Date(now));
  };
  const row = async ({ id }: Reported) =>
    v.parse(
      Issue,
      await db.value(
        `select to_jsonb(i) || jsonb_build_object('open', (
           select coalesce(jsonb_agg(a order by a.sort, a.actor, a.outcome), '[]') from public.issue_actions a
           where a.state = i.state and a.holder_level = i.holder_level and a.actor <> 'clock'
             and private.holds(a.condition, i, (select d from unnest(i.assisting) d where d is distinct from i.holder_department_id limit 1))))
         from public.issues i where id = $1`,
        [id],
      ),
    );

  /** An issue that staff reported for someone. */
  async function reportedFor(category: string): Promise<Reported> {
    const { code: _, ...said } = report(world, { category });
    const call = { ...said, courtyard_id: world.courtyard.lane, channel: 'phone' };
    const made = Object(await db.rpc(people.west, 'report_on_behalf', call));
    return { id: Number(made.issue_id), key: String(said['key']), number: String(made.number) };
  }

  /** A payload with every field the rule must carry and, by the bits of `pick`, those it may. */
  async function payloadOf(rule: v.InferOutput<typeof Rule>, issue: Reported, other: Reported, pick: number) {
    const letter = async () =>
      Number(
        (await db.value('select min(id) from public.letters where issue_id = $1 and replied_at is null', [
          issue.id,
        ])) ?? 1,
      );
    const department = 1 + (pick % 2);
    const later = new Date(now + (1 + (pick % 9)) * 86_400_000).toISOString();
    const fields: Record<string, unknown> = {
      department_id: department,
      assisting: [[], [3 - department], [1]][pick % 3],
      public: pick % 2 === 0,
      until: later,
      due_on: later.slice(0, 10),
      outcome: rule.outcome,
      into: other.number,
      duty: 'never_enforcement',
      ...(rule.must.includes('letter_id') ? { letter_id: await letter() } : {}),
    };
    const given = [...rule.must, ...rule.may.filter((_, n) => (pick >> n) % 2 === 0)];
    return Object.fromEntries(given.map((name) => [name, fields[name] ?? `${name} ${pick}`]));
  }

  function personOf(actor: string, issue: v.InferOutput<typeof Issue>) {
    const department = (id: number | null | undefined) => (id === 1 ? people.works : people.order);
    const helper = issue.assisting.find((id) => id !== issue.holder_department_id);
    const found = {
      grid_worker: people.gridWorker,
      community_staff: people.west,
      street_staff: people.street,
      street_leader: people.leader,
      department_staff: department(issue.holder_department_id),
      assisting: department(helper),
    }[actor];
    return found ?? people.nobody;
  }

  async function press(
    actor: { id: string } | 'anon',
    issue: Reported,
    action: string,
    version: number,
    payload: Record<string, unknown>,
  ) {
    if (actor === 'anon')
      return action === 'answer'
        ? db.rpc('anon', 'answer_issue', {
            key: issue.key,
            version,
            answer: payload['outcome'],
            words: payload['words'],
          })
        : db.rpc('anon', `${action}_issue`, { key: issue.key, version, words: payload['words'] });
    return db.as(actor, ({ query }) =>
      query('select private.act($1, $2, $3, $4, null)', [issue.id, action, version, payload]),
    );
  }

  /** One press, by the table or wild; gives the code of its refusal, or nothing when it was done. */
  async function tryOne(each: Step, issue: Reported, other: Reported) {
    const before = await row(issue);
    // ends are rare, or there would be little to see
    const lasting = before.open.filter((rule) => !ends.includes(rule.action));
    const open = each.pick % 8 === 0 || lasting.length === 0 ? before.open : lasting;
    const favoured = open.flatMap((rule) => Array.from({ length: favour.get(rule.action) ?? 1 }, () => rule));
    const choice = each.kind === 'wild' || open.length === 0 ? rules : favoured;
    const rule = choice[(each.pick >> 3) % choice.length];
    if (!rule) return '';
    const payload = await payloadOf(rule, issue, other, each.pick);
    const everyone = [...Object.values(people), 'anon' as const];
    const known = rule.actor === 'resident' ? ('anon' as const) : personOf(rule.actor, before);
    const actor =
      each.kind === 'wild' && rule.actor !== 'resident' ? everyone[each.pick % (everyone.length - 1)] : known;
    const version = each.kind === 'stale' ? before.version - 1 : before.version;
    const refusal = await press(actor ?? known, issue, rule.action, version, payload).then(
      () => '',
      (error: unknown) => {
        const { code, message } = Object(error);
        expect(String(code), `${rule.action}: ${String(message)}`).toMatch(/^PT4\d\d$/);
        return String(message);
      },
    );
    const after = await row(issue);
    // a resident's same press again is taken for the first one
    if (refusal === '' && after.version !== before.version && each.kind !== 'stale')
      expect(after.version).toBe(before.version + 1);
    else expect({ ...after, open: [] }, `refused: ${refusal}`).toEqual({ ...before, open: [] });
    return refusal;
  }

  async function wait(each: Step, issue: Reported, other: Reported) {
    const { due_at, paused_until } = await row(issue);
    const end = Date.parse(due_at ?? paused_until ?? '');
    shift(each.pick % 2 === 1 && end > now ? Math.ceil((end - now) / 60_000) : each.pick);
    await db.value('select private.sweep()');
    expect(await db.value('select private.sweep()'), 'a second sweep finds nothing').toBe(0);
    const left = `select i.id from public.issues i join public.issues t on t.id = i.merged_into
      where t.state = 'withdrawn' and i.id = any ($1)`;
    expect(await db.query(left, [[issue.id, other.id]]), 'nothing is left in what was withdrawn').toEqual([]);
  }

  it(`keeps ${SEQUENCES} random sequences legal`, { timeout: prove ? 3_600_000 : 60_000 }, async () => {
    const refused = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(sequence, async ({ begins, onBehalf, together, steps }) => {
        // what earlier sequences left would ring with the jumps of this one
        await db.query('delete from private.alarms');
        shift(1);
        const issues = [
          onBehalf ? await reportedFor(begins) : await newIssue(db, world, { category: begins }),
          await newIssue(db, world, { category: 'leak' }),
        ] as const;
        if (together) await press(people.west, issues[1], 'merge', 1, { into: issues[0].number });
        for (const each of steps) {
          const [issue, other] = each.one === 0 ? [issues[1], issues[0]] : issues;
          if (each.kind === 'wait') await wait(each, issue, other);
          else {
            shift(1);
            const code = await tryOne(each, issue, other);
            if (each.kind === 'stale') expect(code).toMatch(/^$|stale_version|issue_unknown/);
            refused.set(code, (refused.get(code) ?? 0) + 1);
          }
        }
        expect(
          await faultsOf(
            db,
            issues.map(({ id }) => id),
          ),
        ).toEqual([]);
      }),
      { numRuns: SEQUENCES },
    );
    // most presses of the table were done, and the others were refused for many a reason
    expect(refused.get('')).toBeGreaterThan(SEQUENCES * 3);
    expect(refused.size).toBeGreaterThan(prove ? 8 : 5);
    // in many sequences everyone whom the table names has done everything it lets them do
    const undone = `select actor, action from public.issue_actions
      except select actor, action from public.issue_events where from_state is not null`;
    if (prove) expect(await db.query(undone)).toEqual([]);
  });
});
