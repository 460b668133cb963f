import type { IssueState } from './issue-state.ts';
import type { IssueCard } from './issue.ts';

/** What an inbox is narrowed to; null and '' narrow nothing. */
export interface InboxFilter {
  text: string;
  courtyard: number | null;
  category: string | null;
  state: IssueState | null;
}

export const noFilter: InboxFilter = { text: '', courtyard: null, category: null, state: null };

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** True when every word of `text` occurs in the card's number, what, place, courtyard, category or holder. */
export function matches(card: IssueCard, filter: InboxFilter): boolean {
  if (filter.courtyard !== null && card.courtyard_id !== filter.courtyard) return false;
  if (filter.category !== null && card.category !== filter.category) return false;
  if (filter.state !== null && card.state !== filter.state) return false;
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

export const isFiltering = (filter: InboxFilter): boolean =>
  filter.text.trim() !== '' || filter.courtyard !== null || filter.category !== null || filter.state !== null;
