import * as v from 'valibot';
import type { PhotoSender } from '../core/staff-photos.ts';
import type { ActRequest, IssueCard, IssueDetail, Reporter } from '../core/issue.ts';
import { ask } from './ask.ts';
import { call } from './call.ts';
import { rest } from './client.ts';
import { loadFrom, putInto } from './photos.ts';
import { actedIssue, issueCards, issueDetail, revealed } from './schemas.ts';

/** Most rows one list asks for; a street's open set is far below. */
const most = 1000;
const day = 86_400_000;

/**
 * The open issues this person may see, and those that ended within `endedDays` days.
 * Rows come without order. Throws ApiError.
 */
export async function listCards(endedDays = 14, now = Date.now()): Promise<IssueCard[]> {
  const since = new Date(now - endedDays * day).toISOString();
  const open = rest.from('issue_cards').select('*').in('state', ['submitted', 'handling', 'resolved']);
  const ended = rest
    .from('issue_cards')
    .select('*')
    .in('state', ['closed', 'declined', 'merged', 'withdrawn'])
    .gte('updated_at', since);
  const [running, over] = await Promise.all([
    ask(issueCards, open.order('due_at').limit(most)),
    ask(issueCards, ended.order('updated_at', { ascending: false }).limit(200)),
  ]);
  return [...running, ...over];
}

/** The cards of these issues, without those this person may no longer see. Throws ApiError. */
export const cardsOf = (ids: number[]): Promise<IssueCard[]> =>
  ask(issueCards, rest.from('issue_cards').select('*').in('id', ids));

/** One issue with its story and what this person may do. Throws ApiError (issue_unknown). */
export const readIssue = (issue: number): Promise<IssueDetail> =>
  ask(issueDetail, rest.rpc('issue_detail', { issue_id: issue }));

/**
 * Moves an issue; gives it as it stands afterwards, null when this person no longer sees it. Sent again with the same `requestId` it takes effect once,
 * so after a lost answer a retry is safe. Throws ApiError (stale_version, action_not_allowed, field_missing …).
 */
export const actOnIssue = (issue: number, request: ActRequest): Promise<IssueDetail | null> =>
  ask(
    actedIssue,
    rest.rpc('act_on_issue', {
      issue_id: issue,
      action: request.action,
      version: request.version,
      payload: request.payload,
      request_id: request.requestId,
    }),
  );

/** Marks a report as abuse with a reason, or (false) takes that back. Throws ApiError (issue_unknown, field_missing). */
export const markReport = async (issue: number, marked: boolean, reason: string | null): Promise<void> => {
  await call(v.unknown(), 'mark_report', { issue_id: issue, marked, reason });
};

/** The reporter in full, null once forgotten. The server logs who asked and why. Throws ApiError. */
export const revealReporter = (issue: number, reason: string): Promise<Reporter | null> =>
  ask(revealed, rest.rpc('reveal_reporter', { issue_id: issue, reason }));

/** A photo as a blob URL of this page; the caller revokes it. Throws ApiError. */
export const loadPhoto = (path: string): Promise<string> => loadFrom('issue-photos', path);

/** How staff's photos of the result come to the server. Errors of `promise`: action_not_allowed, too_many_photos {max}. */
export const staffPhotos: PhotoSender = {
  promise: (issue, count) =>
    ask(v.array(v.string()), rest.rpc('promise_photos', { issue_id: issue, photos: count })),
  upload: (path, photo) => putInto('issue-photos', path, photo),
};
