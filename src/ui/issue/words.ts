import { actionKeys } from '../../core/action-keys.ts';
import { formatDay } from '../../core/format.ts';
import type { Duty, IssueEvent, PossibleAction, Task } from '../../core/issue.ts';
import { language, lateTranslator } from '../language.svelte.ts';
import { issueZh } from '../messages/issue.zh.ts';

/** The words of the issue panel. Everything here follows the language. */
export const issueWords = lateTranslator(
  issueZh,
  async () => (await import('../messages/issue.en.ts')).issueEn,
);
const t = issueWords;

type Key = keyof typeof issueZh;
type After<Prefix extends string> = Key extends infer K
  ? K extends `${Prefix}${infer Rest}`
    ? Rest
    : never
  : never;

const has = (key: string): boolean => Object.hasOwn(issueZh, key);
const isAction = (action: string): action is After<'action.'> => has(`action.${action}`);
const isStory = (story: string): story is Exclude<After<'story.'>, 'to' | 'other'> =>
  story !== 'to' && story !== 'other' && has(`story.${story}`);
type FieldKey = Exclude<After<'field.'>, 'other' | 'optional' | 'missing' | 'missingChoice' | 'proposed'>;
const isField = (field: string): field is FieldKey => has(`field.${field}`);

/** True when this page has words for an action; others are not offered. */
export const knowsAction = (action: string): boolean => isAction(action);

/** The word on an action's button; its code when the catalogue does not know it yet. */
export const actionWord = (action: string): string => (isAction(action) ? t(`action.${action}`) : action);

/** What the action will do, in a sentence; empty when nothing needs saying. */
export const actionHint = (action: string): string => (isAction(action) ? t(`act.${action}.hint`) : '');

/** What is possible instead of an action that is not, with the letters: “现在可以：受理 A · 备注 N”. */
export function possibleWords(name: string | null, actions: readonly PossibleAction[]): string {
  const sentences = [
    name && isAction(name) ? t('act.impossible', { action: actionWord(name) }) : '',
    actions.length > 0
      ? t('act.possible', {
          actions: actions.map(({ action }) => `${actionWord(action)} ${keyWord(action)}`).join(' · '),
        })
      : t('act.none'),
  ];
  return sentences.filter(Boolean).join(' ');
}

/** The letter of an action as printed on a key; empty when it has none. */
export const keyWord = (action: string): string => actionKeys[action]?.toUpperCase() ?? '';

/** The label of a field; an action may word the same field its own way. */
export function fieldWord(action: string, field: string): string {
  const own = `${action}.${field}`;
  if (isField(own)) return t(`field.${own}`);
  return isField(field) ? t(`field.${field}`) : t('field.other', { name: field });
}

const fieldHints: Readonly<
  Record<string, 'field.rulingHint' | 'field.dutyHint' | 'field.intoHint' | 'field.untilHint'>
> = {
  ruling: 'field.rulingHint',
  duty: 'field.dutyHint',
  into: 'field.intoHint',
  until: 'field.untilHint',
};

/** What helps to fill in a field; empty when its label says enough. */
export function fieldHint(field: string): string {
  const hint = fieldHints[field];
  return hint ? t(hint) : '';
}

const isList = (list: string): list is After<'duty.'> => has(`duty.${list}`);
/** The name of a duty list. */
export const listWord = (list: string): string => (isList(list) ? t(`duty.${list}`) : list);

/** An entry of the duty lists in the language of the page. */
export const dutyWord = (duty: Duty): string => (language.now === 'en' ? duty.title_en : duty.title);

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
  const outcome = saidOf(event, 'outcome');
  const channel = saidOf(event, 'channel');
  const kind = action === 'report' ? channel : action === 'answer' || action === 'verify' ? outcome : '';
  const story = kind ? `${action}.${kind}` : action;
  return isStory(story) ? t(`story.${story}`, { office }) : t('story.other', { office, action });
}

/** What names stand behind the codes in a story. */
export interface StoryNames {
  tasks: readonly Task[];
  duties: readonly Duty[];
  now: number;
}

/** What was added beside the words: a ruling, until when, to whom, where to go instead. */
export function eventExtras(event: IssueEvent, { tasks, duties, now }: StoryNames): string[] {
  const of = (name: string): string => saidOf(event, name);
  const day = (name: string): string => (of(name) ? formatDay(of(name), language.now, now) : '');
  const office = (id: unknown): string => tasks.find((task) => task.department_id === id)?.department ?? '';
  const assisting = event.payload['assisting'];
  const names = Array.isArray(assisting) ? assisting.map(office).filter(Boolean) : [];
  const duty = duties.find(({ code }) => code === of('duty'));
  const waived = event.action === 'waive_task' ? office(event.payload['department_id']) : '';
  const beside = (name: string): boolean => of(name) !== '' && of(name) !== event.words;
  const lines = [
    beside('ruling') ? t('extra.ruling', { text: of('ruling') }) : '',
    names.length > 0 ? t('extra.assisting', { names: names.join(language.now === 'en' ? ', ' : '、') }) : '',
    waived ? t('extra.task', { name: waived }) : '',
    of('until') ? t('extra.until', { day: day('until') }) : '',
    of('addressee') ? t('extra.addressee', { addressee: of('addressee'), day: day('due_on') }) : '',
    of('into') ? t('extra.into', { number: of('into') }) : '',
    duty ? t('extra.duty', { title: dutyWord(duty) }) : '',
    of('instead') ? t('extra.instead', { text: of('instead') }) : '',
  ];
  return lines.filter((line) => line !== '');
}
