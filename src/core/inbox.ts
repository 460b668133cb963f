import { dueAt } from './due.ts';
import { isUnsolved, type HolderLevel, type IssueCard } from './issue.ts';

/** The groups of an inbox in reading order: what waits for me by its clock, what others have, what is done. */
export const inboxGroups = ['late', 'soon', 'later', 'below', 'onward', 'done'] as const;
export type InboxGroup = (typeof inboxGroups)[number];

const ladder: readonly HolderLevel[] = ['courtyard', 'community', 'street', 'department'];

/** One level up decides what is asked and verifies what is solved; what a department holds is the street's. */
const above = (holder: HolderLevel): HolderLevel | null =>
  holder === 'courtyard' ? 'community' : holder === 'street' ? null : 'street';

/** True when it waits for someone at `level`: held, assisted, to be decided or to be verified by them. */
export const waits = (card: IssueCard, level: HolderLevel): boolean =>
  card.my_task ||
  (card.mine && isUnsolved(card.state)) ||
  (above(card.holder_level) === level && (card.asked !== null || card.step === 'verify'));

/**
 * Where a card belongs for someone who works at `level` of the ladder:
 * late, soon and later are mine by clock; below is held by a lower level, onward by a higher one; done is solved or ended.
 */
export function inboxGroup(card: IssueCard, level: HolderLevel, now: number): InboxGroup {
  const mine = waits(card, level);
  if (!isUnsolved(card.state) && !mine) return 'done';
  if (!mine) return ladder.indexOf(card.holder_level) < ladder.indexOf(level) ? 'below' : 'onward';
  const { tone } = dueAt(card.due_at, now);
  return tone === 'none' ? 'later' : tone;
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
