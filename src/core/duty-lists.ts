import type { Duty } from './issue.ts';

/** The lists a refusal most often rests on: what departments answer for, what a community must never be asked. */
const first = ['department_duty', 'community_never'];

const rank = ({ list }: Duty): number => (first.includes(list) ? first.indexOf(list) : first.length);

/** The entries in the order they are offered; within a list as they came. */
export const offeredDuties = (duties: readonly Duty[]): Duty[] =>
  [...duties].sort((a, b) => rank(a) - rank(b) || a.list.localeCompare(b.list));

/**
 * What stands in “where to go instead” after `chosen` was chosen: the entry's own words when nothing was written,
 * or only what the entry chosen before had proposed.
 */
export function insteadOf(
  duties: readonly Duty[],
  before: string | null,
  chosen: string | null,
  written: string,
): string {
  const wordsOf = (code: string | null): string => duties.find((duty) => duty.code === code)?.instead ?? '';
  return written.trim() === '' || written === wordsOf(before) ? wordsOf(chosen) : written;
}
