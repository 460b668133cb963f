/** The clock of one step in words' terms: how near its end is, and how far off. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** China keeps one time zone without summer time. */
const streetOffset = 8 * hour;

export type DueTone = 'late' | 'soon' | 'later' | 'none';

export interface Due {
  tone: DueTone;
  /** Whole units left, or passed when late; the larger unit only, except hours below ten, which keep their minutes. */
  days: number;
  hours: number;
  minutes: number;
}

const dayNumber = (time: number): number => Math.floor((time + streetOffset) / day);

/** True when both times (epoch ms) fall on one calendar day in the street. */
export const sameStreetDay = (a: number, b: number): boolean => dayNumber(a) === dayNumber(b);

/** The calendar day in the street, YYYY-MM-DD, `days` after the one of `time` (epoch ms). */
export const streetDay = (time: number, days = 0): string =>
  new Date(time + streetOffset + days * day).toISOString().slice(0, 10);

/**
 * How a deadline stands at `now` (epoch ms): late, soon (today or within four hours), later; none when there is none.
 * The span is rounded down, so that “1 hour left” never promises more than there is.
 */
export function dueAt(deadline: string | null, now: number): Due {
  const time = deadline === null ? Number.NaN : Date.parse(deadline);
  if (Number.isNaN(time)) return { tone: 'none', days: 0, hours: 0, minutes: 0 };
  const span = Math.abs(time - now);
  const tone = time <= now ? 'late' : sameStreetDay(time, now) || span < 4 * hour ? 'soon' : 'later';
  if (span >= day) return { tone, days: Math.floor(span / day), hours: 0, minutes: 0 };
  const hours = Math.floor(span / hour);
  const minutes = hours >= 10 ? 0 : Math.floor((span % hour) / minute);
  return { tone, days: 0, hours, minutes };
}
