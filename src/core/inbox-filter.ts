import type { IssueState } from './issue-state.ts';
import { decides, waits } from './inbox.ts';
import type { IssueCard, Urgency } from './issue.ts';

/** Whose turn it is: the office's own to handle, to decide or verify, to assist, or somebody else's. */
export const turns = ['mine', 'decide', 'assist', 'others'] as const;
export type Turn = (typeof turns)[number];

/** What an inbox is narrowed to; null and '' narrow nothing. */
export interface InboxFilter {
  text: string;
  courtyard: number | null;
  category: string | null;
  state: IssueState | null;
  urgency: Urgency | null;
  turn: Turn | null;
}

export const noFilter: InboxFilter = {
  text: '',
  courtyard: null,
  category: null,
  state: null,
  urgency: null,
  turn: null,
};

/** Whose turn a card is. */
export function turnOf(card: IssueCard): Turn {
  if (decides(card)) return 'decide';
  if (card.my_task) return 'assist';
  return waits(card) ? 'mine' : 'others';
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** True when every word of `text` occurs in the card's number, what, place, courtyard, category or holder. */
export function matches(card: IssueCard, filter: InboxFilter): boolean {
  if (filter.courtyard !== null && card.courtyard_id !== filter.courtyard) return false;
  if (filter.category !== null && card.category !== filter.category) return false;
  if (filter.state !== null && card.state !== filter.state) return false;
  if (filter.urgency !== null && card.urgency !== filter.urgency) return false;
  if (filter.turn !== null && turnOf(card) !== filter.turn) return false;
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const said = [
    card.number,
    card.what,
    card.place,
    card.courtyard,
    card.community,
    card.category_name,
    card.category_name_en,
    card.holder,
  ];
  const heap = fold(said.filter((part) => part !== null).join('\n'));
  return words.every((word) => heap.includes(word));
}

/** How many things it is narrowed by, the words typed not counted. */
export const narrowings = ({ courtyard, category, state, urgency, turn }: InboxFilter): number =>
  [courtyard, category, state, urgency, turn].filter((value) => value !== null).length;

export const isFiltering = (filter: InboxFilter): boolean =>
  filter.text.trim() !== '' || narrowings(filter) > 0;
