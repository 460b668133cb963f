import * as v from 'valibot';
import { issueStates } from '../core/issue-state.ts';
import type { IssueTimes, Numbers } from '../core/numbers.ts';
import { boundsOf } from '../core/numbers-period.ts';
import type { Period } from '../core/numbers-period.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';

const text = v.string();
const maybe = v.nullable(text);
const count = v.number();
const rung = v.picklist(['courtyard', 'community', 'street', 'department']);
const onTime = { on_time: count, decided: count };
const spread = v.object({ count, median: v.nullable(v.number()), p90: v.nullable(v.number()) });

const numbers: v.GenericSchema<unknown, Numbers> = v.object({
  at: text,
  reported: count,
  closed: count,
  declined: count,
  merged: count,
  withdrawn: count,
  closed_by_level: v.object({ courtyard: count, community: count, street: count, department: count }),
  accept_minutes: spread,
  solve_hours: spread,
  returns: count,
  reopened: count,
  answered_no: count,
  verified: count,
  false_closings: count,
  by_step: v.array(
    v.object({ step: v.picklist(['accept', 'dispatch', 'handle', 'task', 'verify', 'letter']), ...onTime }),
  ),
  by_holder: v.array(v.object({ level: rung, id: count, name: text, name_en: maybe, ...onTime })),
  by_category: v.array(
    v.object({ code: text, name: text, name_en: text, reported: count, closed: count, ...onTime }),
  ),
  by_week: v.array(v.object({ week: text, reported: count, closed: count })),
});

const issueTimes: v.GenericSchema<unknown, IssueTimes[]> = v.array(
  v.object({
    issue_id: count,
    number: text,
    community: text,
    courtyard: maybe,
    category_name: text,
    category_name_en: text,
    state: v.picklist(issueStates),
    holder_level: rung,
    holder: text,
    created_at: text,
    promised_at: text,
    accepted_at: maybe,
    resolved_at: maybe,
    ended_at: maybe,
    returns: count,
    reopened: count,
    answered_no: count,
    verified: count,
    false_closings: count,
  }),
);

const communities = v.array(v.object({ id: count, name: text, name_en: maybe }));
export type Community = v.InferOutput<typeof communities>[number];

/** The loop in figures for a valid period; in one community, or in all the caller sees. Throws ApiError. */
export const readNumbers = (period: Period, community: number | null): Promise<Numbers> =>
  ask(numbers, rest.rpc('numbers', { ...boundsOf(period), ...(community === null ? {} : { community }) }));

/** The street's communities. Throws ApiError. */
export const listCommunities = (): Promise<Community[]> =>
  ask(communities, rest.from('areas').select('id,name,name_en').eq('level', 'community').order('code'));

/** As many as PostgREST gives at once by default. */
const page = 1000;

/**
 * Every issue that was reported or ended within a valid period, page after page. `onpage` is told how many are here.
 * Throws ApiError; nothing half-read is given.
 */
export async function readIssueTimes(
  period: Period,
  community: number | null,
  onpage: (sofar: number) => void,
): Promise<IssueTimes[]> {
  const { since, upto } = boundsOf(period);
  const rows: IssueTimes[] = [];
  for (;;) {
    const wanted = rest
      .from('issue_times')
      .select(
        'issue_id,number,community,courtyard,category_name,category_name_en,state,holder_level,holder,created_at,promised_at,accepted_at,resolved_at,ended_at,returns,reopened,answered_no,verified,false_closings',
      )
      .or(
        `and(created_at.gte."${since}",created_at.lt."${upto}"),and(ended_at.gte."${since}",ended_at.lt."${upto}")`,
      )
      .gt('issue_id', rows.at(-1)?.issue_id ?? 0)
      .order('issue_id')
      .limit(page);
    const got = await ask(issueTimes, community === null ? wanted : wanted.eq('community_id', community));
    // a server may give fewer at once than asked for: only an empty page is the end
    if (got.length === 0) return rows;
    rows.push(...got);
    onpage(rows.length);
  }
}
