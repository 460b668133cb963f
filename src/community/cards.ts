import type { IssueCard } from '../core/issue.ts';

/** Cards by the issue's id; never changed, only replaced. */
export type Cards = ReadonlyMap<number, IssueCard>;

export const byId = (cards: readonly IssueCard[]): Cards => new Map(cards.map((card) => [card.id, card]));

/** The same cards with these issues as they are now, unless newer ones are held; those of `ids` without a card are left out. */
export function renewed(cards: Cards, ids: readonly number[], now: readonly IssueCard[]): Cards {
  const next = new Map(cards);
  for (const id of ids) if (!now.some((card) => card.id === id)) next.delete(id);
  for (const card of now) {
    if ((next.get(card.id)?.version ?? 0) <= card.version) next.set(card.id, card);
  }
  return next;
}

/** The ids that were not there before. */
export const newcomers = (before: Cards, now: Cards): ReadonlySet<number> =>
  new Set([...now.keys()].filter((id) => !before.has(id)));
