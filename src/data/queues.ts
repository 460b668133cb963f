import * as v from 'valibot';
import type { ClockBoard } from '../core/clock-board.ts';
import type { LetterCard } from '../core/letter-card.ts';
import { standingReturns } from '../core/queues.ts';
import type { Return } from '../core/queues.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';
import { time } from './schemas.ts';

/** What the street's and the departments' queues need beside the live rows. */

const text = v.string();
const maybe = v.nullable(text);
const id = v.number();
const maybeTime = v.nullable(time);

const open = ['submitted', 'handling', 'resolved'];

/** What departments sent back to the street and nobody has dispatched since, by issue. Throws ApiError. */
export async function listReturns(): Promise<ReadonlyMap<number, Return>> {
  const sentBack = await ask(
    v.array(v.object({ id })),
    rest
      .from('issues')
      .select('id')
      .eq('holder_level', 'street')
      .gt('returns', 0)
      .in('state', open)
      .limit(500),
  );
  if (sentBack.length === 0) return new Map();
  const events = await ask(
    v.array(
      v.object({
        issue_id: id,
        seq: v.number(),
        action: text,
        at: time,
        from_department_id: v.nullable(id),
        payload: v.object({ reason: v.optional(maybe, null) }),
      }),
    ),
    rest
      .from('issue_events')
      .select('issue_id,seq,action,at,from_department_id,payload')
      .in('action', ['send_back', 'dispatch'])
      .in(
        'issue_id',
        sentBack.map((issue) => issue.id),
      ),
  );
  return standingReturns(events.map(({ payload, ...event }) => ({ ...event, reason: payload.reason })));
}

/** An assisting department's part of an issue. */
export type AssistTask = { state: 'open' | 'done' | 'waived'; due_at: string | null };

const task: v.GenericSchema<unknown, AssistTask> = v.object({
  state: v.picklist(['open', 'done', 'waived']),
  due_at: v.optional(maybeTime, null),
});

/** The tasks of an assisting department in open issues, by issue. Throws ApiError. */
export async function listTasks(departmentId: number): Promise<ReadonlyMap<number, AssistTask>> {
  const rows = await ask(
    v.array(v.object({ id, tasks: v.record(text, task) })),
    rest
      .from('issues')
      .select('id,tasks')
      .contains('assisting', [departmentId])
      .in('state', open)
      .limit(1000),
  );
  return new Map(
    rows.flatMap((row) => {
      const own = row.tasks[String(departmentId)];
      return own ? [[row.id, own] as const] : [];
    }),
  );
}

const letters: v.GenericSchema<unknown, LetterCard[]> = v.array(
  v.object({
    id,
    number: text,
    issue_id: id,
    issue_number: text,
    what: text,
    courtyard: maybe,
    addressee: text,
    title: text,
    due_on: text,
    sent_at: time,
    reply: maybe,
    replied_at: maybeTime,
    office: text,
    mine: v.boolean(),
    awaited: v.boolean(),
  }),
);

/** Most letters one list shows; the newest that were answered or never will be. */
const mostEnded = 100;

/** Every letter that waits for a reply, and the last that ended. Throws ApiError. */
export async function listLetters(): Promise<LetterCard[]> {
  const all = () => rest.from('letter_cards').select('*');
  const [awaited, ended] = await Promise.all([
    ask(letters, all().is('awaited', true).order('due_on').limit(1000)),
    ask(letters, all().is('awaited', false).order('sent_at', { ascending: false }).limit(mostEnded)),
  ]);
  return [...awaited, ...ended];
}

/** What a letter says, for printing it; null when it is out of sight. Throws ApiError. */
export async function letterText(letter: number): Promise<string | null> {
  const found = await ask(v.array(v.object({ text })), rest.from('letters').select('text').eq('id', letter));
  return found[0]?.text ?? null;
}

const clock = v.picklist(['accept', 'dispatch', 'handle', 'verify', 'task', 'letter']);

const board: v.GenericSchema<unknown, ClockBoard> = v.object({
  at: time,
  offices: v.array(
    v.object({
      office: text,
      level: v.picklist(['courtyard', 'community', 'street', 'department']),
      area_id: v.nullable(id),
      department_id: v.nullable(id),
      step: clock,
      running: v.number(),
      soon: v.number(),
      late: v.number(),
    }),
  ),
  next: v.array(
    v.object({
      issue_id: id,
      number: text,
      what: text,
      courtyard: maybe,
      clock,
      office: text,
      warn_at: maybeTime,
      due_at: time,
    }),
  ),
});

/** The running clocks of a topic: how many at each office, and the 200 due first. Throws ApiError (topic_not_allowed). */
export const readClockBoard = (topic: string): Promise<ClockBoard> =>
  ask(board, rest.rpc('clock_board', { topic }));
