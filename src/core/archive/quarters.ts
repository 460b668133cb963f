import type { Field } from './field.ts';
import type { Value } from './merge.ts';

/** The quarter so many before this one: 2026Q1 and 1 give 2025Q4. */
export function quarterBefore(quarter: string, steps: number): string {
  const count = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(-1)) - 1 - steps;
  return `${Math.floor(count / 4)}Q${(count % 4) + 1}`;
}

export type DifferingField = Pick<
  Field,
  'code' | 'name' | 'name_en' | 'unit' | 'unit_en' | 'type' | 'module'
>;

export interface ValueChange {
  code: string;
  before: Value;
  after: Value;
}

/** What differs between two quarters. */
export interface Differences {
  fields: DifferingField[];
  yards: { courtyard_id: number; name: string; changes: ValueChange[] }[];
  sums: ({ community_id: number; community: string } & ValueChange)[];
}

/** How much a number grew or shrank; null where it is none or was not known. */
export const growth = ({ before, after }: ValueChange): number | null =>
  typeof before === 'number' && typeof after === 'number' ? after - before : null;
