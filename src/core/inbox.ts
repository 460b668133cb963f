import { sameStreetDay } from './due.ts';
import { isUnsolved, type HolderLevel, type IssueCard } from './issue.ts';

/** The groups of an inbox in reading order: what waits for me by its clock, what others have, what is done. */
export const inboxGroups = ['late', 'decide', 'soon', 'today', 'later', 'below', 'onward', 'done'] as const;
export type InboxGroup = (typeof inboxGroups)[number];

/** The groups of what waits for me. */
export const myGroups: readonly InboxGroup[] = ['late', 'decide', 'soon', 'today', 'later'];

/** Milliseconds before a deadline from which on it counts as soon. */
const soonBefore = 4 * 3_600_000;

const ladder: readonly HolderLevel[] = ['courtyard', 'community', 'street', 'department'];

/** Someone below has asked for something or says it is done, and I have to look. */
export const decides = (card: IssueCard): boolean => card.to_decide || card.to_verify;

/** True when it waits for me: held, assisted, to be decided or to be verified. */
export const waits = (card: IssueCard): boolean =>
  card.my_task || (card.mine && isUnsolved(card.state)) || decides(card);

/** Late; soon: within four hours; today; later, also without a clock. `now`: epoch ms. */
export function clockGroup(due: string | null, now: number): 'late' | 'soon' | 'today' | 'later' {
  const time = due === null ? Number.NaN : Date.parse(due);
  if (Number.isNaN(time)) return 'later';
  if (time <= now) return 'late';
  if (time - now < soonBefore) return 'soon';
  return sameStreetDay(time, now) ? 'today' : 'later';
}

/**
 * Where a card belongs for someone who works at `level` of the ladder: late, soon, today and later are mine by clock,
 * decide is what others wait for me to decide or verify; below is held by a lower level, onward by a higher one;
 * done is solved or ended.
 */
export function inboxGroup(card: IssueCard, level: HolderLevel, now: number): InboxGroup {
  const mine = waits(card);
  if (!isUnsolved(card.state) && !mine) return 'done';
  if (!mine) return ladder.indexOf(card.holder_level) < ladder.indexOf(level) ? 'below' : 'onward';
  return decides(card) ? 'decide' : clockGroup(card.due_at, now);
}

const byClock = (a: IssueCard, b: IssueCard): number =>
  (a.due_at === null ? Infinity : Date.parse(a.due_at)) -
    (b.due_at === null ? Infinity : Date.parse(b.due_at)) || a.id - b.id;

const byNews = (a: IssueCard, b: IssueCard): number =>
  Date.parse(b.updated_at) - Date.parse(a.updated_at) || b.id - a.id;

/** The whole inbox, every group present in its order; unsolved ones by their clock, the done by the latest change. */
export function groupInbox(
  cards: readonly IssueCard[],
  level: HolderLevel,
  now: number,
): { group: InboxGroup; cards: IssueCard[] }[] {
  const groups = inboxGroups.map((group) => ({ group, cards: [] as IssueCard[] }));
  for (const card of cards) groups[inboxGroups.indexOf(inboxGroup(card, level, now))]?.cards.push(card);
  for (const { group, cards: members } of groups) members.sort(group === 'done' ? byNews : byClock);
  return groups;
}
