import { sortRows } from './radix.ts';
import type { Rows } from './match-rows.ts';
import type { YardTable } from './yard-table.ts';

/** What the table can be sorted by. */
export const sortColumns = ['number', 'state', 'courtyard', 'category', 'holder', 'due', 'created'] as const;
export type SortColumn = (typeof sortColumns)[number];
export type Sorting = { readonly column: SortColumn; readonly descending: boolean };

/** Numbers of names by their alphabet; what has no name comes last. */
function ranks(names: readonly string[], language: string): (number: number) => number {
  const compare = new Intl.Collator(language).compare;
  const order = names.map((_, at) => at).sort((a, b) => compare(names[a] ?? '', names[b] ?? ''));
  const rank = new Uint32Array(names.length);
  order.forEach((name, at) => (rank[name] = at));
  return (number) => rank[number] ?? names.length;
}

/** Rows in the order of a column; equal ones stay in the order they had. `language`: whose alphabet. */
export function sorted(
  rows: Rows,
  shown: Uint32Array,
  { column, descending }: Sorting,
  yards: YardTable,
  words: { language: string; category: (code: string) => string },
): Uint32Array {
  const { columns } = rows;
  const { language } = words;
  const never = 2 ** 33;
  const key = new Float64Array(rows.size);
  const of: Readonly<Record<SortColumn, () => (row: number) => number>> = {
    number: () => (row) => columns.id[row] ?? 0,
    state: () => (row) => columns.state[row] ?? 0,
    due: () => (row) => (Number.isNaN(columns.due[row] ?? NaN) ? never : (columns.due[row] ?? 0)),
    created: () => (row) => columns.created[row] ?? 0,
    holder: () => {
      const rank = ranks(rows.holders, language);
      return (row) => rank(columns.holder[row] ?? -1);
    },
    category: () => {
      const rank = ranks(rows.categories.map(words.category), language);
      return (row) => rank(columns.category[row] ?? -1);
    },
    courtyard: () => {
      const rank = ranks(
        yards.yards.map(({ name }) => name),
        language,
      );
      return (row) => rank(yards.at(columns.courtyard[row] ?? NaN));
    },
  };
  const keyOf = of[column]();
  let most = 0;
  for (const row of shown) most = Math.max(most, (key[row] = keyOf(row)));
  if (descending) for (const row of shown) key[row] = most - (key[row] ?? 0);
  return sortRows(shown, key);
}
