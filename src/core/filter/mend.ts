import { noFilter } from './issue-filter.ts';
import type { IssueFilter } from './issue-filter.ts';

/** What there is to be asked for; null while that is not known. */
export type Known = {
  readonly labels: ReadonlySet<string> | null;
  readonly categories: ReadonlySet<string> | null;
  readonly communities: ReadonlySet<number> | null;
};

/** Something a filter asks for that is not there any more. */
export type Gone = { kind: 'label' | 'category' | 'community'; value: string };

/**
 * A filter without what is gone (a label, a category, a community), and what that was. An old link or a kept filter then
 * shows what the rest of it asks for, instead of nothing.
 */
export function mend(filter: IssueFilter, known: Known): { filter: IssueFilter; gone: Gone[] } {
  const gone = new Map<string, Gone>();
  function left<T extends string | number>(
    kind: Gone['kind'],
    asked: readonly T[],
    has: ReadonlySet<T> | null,
  ): readonly T[] {
    const lost = has ? asked.filter((one) => !has.has(one)) : [];
    for (const one of lost) gone.set(`${kind} ${one}`, { kind, value: String(one) });
    return lost.length > 0 ? asked.filter((one) => !lost.includes(one)) : asked;
  }
  const { any, all, none } = filter.labels;
  const labels = {
    any: left('label', any, known.labels),
    all: left('label', all, known.labels),
    none: left('label', none, known.labels),
  };
  const categories = left('category', filter.categories, known.categories);
  const communities = left('community', filter.communities, known.communities);
  return {
    filter: gone.size > 0 ? { ...filter, labels, categories, communities } : filter,
    gone: [...gone.values()],
  };
}

/** How many conditions a filter has, without its text and its parts of the list, which stand in view anyway. */
export function conditions(filter: IssueFilter): number {
  const { labels, categories, states, holders, communities, age } = filter;
  return (
    [labels.any, labels.all, labels.none, categories, states, holders, communities].filter(
      ({ length }) => length > 0,
    ).length + [filter.late, age.min, age.max, filter.area, filter.near].filter((one) => one !== null).length
  );
}

/** The filter without one of its conditions. */
export const without = (filter: IssueFilter, key: keyof IssueFilter): IssueFilter => ({
  ...filter,
  [key]: noFilter[key],
});
