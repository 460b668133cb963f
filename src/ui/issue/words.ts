import type { Due } from '../../core/due.ts';
import type { IssueEvent } from '../../core/issue.ts';
import { translator } from '../language.svelte.ts';
import { issueEn } from '../messages/issue.en.ts';
import { issueZh } from '../messages/issue.zh.ts';

/** The words of the issue panel. Everything here follows the language. */
export const issueWords = translator(issueZh, issueEn);
const t = issueWords;

type Key = keyof typeof issueZh;
type After<Prefix extends string> = Key extends infer K
  ? K extends `${Prefix}${infer Rest}`
    ? Rest
    : never
  : never;

const has = (key: string): boolean => Object.hasOwn(issueZh, key);
const isAction = (action: string): action is After<'action.'> => has(`action.${action}`);
const isField = (
  field: string,
): field is 'reason' | 'done' | 'words' | 'instead' | 'ruling' | 'department_id' | 'assisting' | 'public' =>
  field !== 'other' && has(`field.${field}`);

/** The word on an action's button; its code when the catalogue does not know it yet. */
export const actionWord = (action: string): string => (isAction(action) ? t(`action.${action}`) : action);

/** What the action will do, in a sentence; empty when nothing needs saying. */
export const actionHint = (action: string): string => (isAction(action) ? t(`act.${action}.hint`) : '');

/** The label of a field; an action may word the same field its own way. */
export function fieldWord(action: string, field: string): string {
  if (field === 'reason' && (action === 'hand_up' || action === 'send_back' || action === 'decline')) {
    return t(`field.${action}.reason`);
  }
  return isField(field) ? t(`field.${field}`) : t('field.other', { name: field });
}

/** 还有 2 小时 10 分, 超时 3 天; empty without a clock. */
export function dueWords({ tone, days, hours, minutes }: Due): string {
  if (tone === 'none') return '';
  const side = tone === 'late' ? 'late' : 'left';
  if (days > 0) return t(`due.${side}.days`, { days });
  if (hours > 0 && minutes > 0) return t(`due.${side}.hoursMinutes`, { hours, minutes });
  if (hours > 0) return t(`due.${side}.hours`, { hours });
  return t(`due.${side}.minutes`, { minutes: Math.max(1, minutes) });
}

const saidOf = (event: IssueEvent, name: string): string => {
  const value = event.payload[name];
  return typeof value === 'string' ? value : '';
};

/** The office that acted, or who stands for it: the resident, the clock. */
export const officeWord = ({ office, actor }: IssueEvent): string =>
  office ?? (actor === 'clock' ? t('story.clock') : t('story.resident'));

/** One event as a headline: “宽巷子社区 上报”. */
export function eventWords(event: IssueEvent): string {
  const { action } = event;
  const office = officeWord(event);
  if (action === 'report') return t('story.report');
  const outcome = saidOf(event, 'outcome');
  if (action === 'answer' && (outcome === 'yes' || outcome === 'partly' || outcome === 'no')) {
    return t(`story.answer.${outcome}`);
  }
  return isAction(action) ? t(`story.${action}`, { office }) : t('story.other', { office, action });
}

/** What was added beside the words: a ruling, where to go instead. */
export function eventExtras(event: IssueEvent): string[] {
  const ruling = saidOf(event, 'ruling');
  const instead = saidOf(event, 'instead');
  return [
    ruling && t('story.ruling', { text: ruling }),
    instead && t('story.instead', { text: instead }),
  ].filter(Boolean);
}
