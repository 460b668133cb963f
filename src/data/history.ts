import * as v from 'valibot';
import { parseIssueColumns } from '../core/issue-columns.ts';
import type { IssueColumns } from '../core/issue-columns.ts';
import { call } from './call.ts';
import { answerUnreadable } from './errors.ts';

/** `count`: how many lived in that time; without `complete` only the latest of them are in `issues`. */
export type History = { count: number; complete: boolean; issues: IssueColumns };

const shape = v.object({ count: v.number(), complete: v.boolean(), issues: v.unknown() });

/** The issues of a topic that lived between two moments (epoch seconds; the second is no part of it). Throws ApiError. */
export async function readHistory(topic: string, since: number, until: number): Promise<History> {
  const moment = (seconds: number): string => new Date(seconds * 1000).toISOString();
  const answer = await call(shape, 'issue_history', { topic, since: moment(since), until: moment(until) });
  try {
    return { ...answer, issues: parseIssueColumns(answer.issues) };
  } catch (failure) {
    throw answerUnreadable(failure instanceof Error ? failure.message : '');
  }
}
