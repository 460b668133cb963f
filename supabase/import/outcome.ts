import * as v from 'valibot';
import type { CourtyardRow, Refused } from './check.ts';

const outcome = v.picklist(['added', 'changed', 'same', 'refused']);

/** What `import_courtyards` answers. */
export const answer = v.object({
  rows: v.array(
    v.object({
      row: v.number(),
      outcome,
      reason: v.nullish(v.string()),
      detail: v.nullish(v.record(v.string(), v.unknown())),
    }),
  ),
});
export type Answer = v.InferOutput<typeof answer>;

/** What became of one row of the file. */
export interface Outcome {
  row: number;
  name: string;
  outcome: v.InferOutput<typeof outcome>;
  reason?: string;
  detail?: Record<string, unknown>;
}

/** The rows refused here and those the server spoke about, in the order of the file. */
export function outcomesOf(refused: Refused[], asked: CourtyardRow[], answers: Answer['rows']): Outcome[] {
  const names = new Map(asked.map(({ row, name }) => [row, name]));
  const here = refused.map(({ row, name, reason, detail }): Outcome => ({
    row,
    name,
    outcome: 'refused',
    reason,
    ...(detail ? { detail } : {}),
  }));
  const there = answers.map(({ row, outcome, reason, detail }): Outcome => ({
    row,
    name: names.get(row) ?? '',
    outcome,
    ...(reason ? { reason } : {}),
    ...(detail ? { detail } : {}),
  }));
  return [...here, ...there].toSorted((a, b) => a.row - b.row);
}

/** How many rows of each outcome. */
export function totals(outcomes: Outcome[]): Record<Outcome['outcome'], number> {
  const sum = { added: 0, changed: 0, same: 0, refused: 0 };
  for (const { outcome } of outcomes) sum[outcome] += 1;
  return sum;
}
