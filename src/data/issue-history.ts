import * as v from 'valibot';
import { parseIssueColumns } from '../core/issue-columns.ts';
import type { IssueColumns } from '../core/issue-columns.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';
import { answerUnreadable } from './errors.ts';

const answer = v.object({ complete: v.boolean(), issues: v.unknown() });

/**
 * The issues of a topic that lived between two moments (epoch milliseconds, the second not included), ended ones too.
 * complete: false when there were more than the 20,000 latest, which are here. Throws ApiError.
 */
export async function readIssueHistory(
  topic: string,
  since: number,
  until: number,
): Promise<{ complete: boolean; issues: IssueColumns }> {
  const { complete, issues } = await ask(
    answer,
    rest.rpc('issue_history', {
      topic,
      since: new Date(since).toISOString(),
      until: new Date(until).toISOString(),
    }),
  );
  try {
    return { complete, issues: parseIssueColumns(issues) };
  } catch (error) {
    throw answerUnreadable(error instanceof Error ? error.message : '');
  }
}
