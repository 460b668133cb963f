import type { ClockKind } from './clock-words.ts';
import type { HolderLevel, Urgency } from './issue.ts';

/** What an issue can be about, as the street has set it. */
export type Category = {
  code: string;
  name: string;
  name_en: string;
  /** The class in 数字城管's terms. */
  class: string;
  /** Where a new issue of this kind begins. */
  level: HolderLevel;
  department_id: number | null;
  /** The entry of the duty lists it rests on. */
  duty: string | null;
  urgency: Urgency;
  /** Counted in the office's working time, or in hours of the day. */
  clock: ClockKind;
  accept_minutes: number;
  dispatch_minutes: number;
  handle_minutes: number;
  /** False: reported no more, though what was reported before still carries it. */
  active: boolean;
};

/** What a department answers for: the categories it leads, by the duty entry they rest on; those without one last. */
export function answerableFor(
  categories: readonly Category[],
  departmentId: number,
): { duty: string | null; categories: Category[] }[] {
  const own = categories.filter(({ department_id, active }) => active && department_id === departmentId);
  const duties = [...new Set(own.map(({ duty }) => duty))];
  return duties
    .sort((a, b) => Number(a === null) - Number(b === null))
    .map((duty) => ({ duty, categories: own.filter((category) => category.duty === duty) }));
}
