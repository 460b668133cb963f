/** The office's calendar: its week, and the days that differ from it. Days are calendar days of the street, YYYY-MM-DD. */

/** A day that differs from the week: a public holiday, or a make-up day (working), which keeps Monday's hours. */
export interface CalendarDay {
  day: string;
  working: boolean;
  name: string | null;
}

/** Open from `opens` to `closes` (HH:MM) on an ISO weekday, 1 = Monday. */
export interface OfficeSpan {
  weekday: number;
  opens: string;
  closes: string;
}

const dayMs = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** True for a day that exists: not 2027-02-29. */
export const isDay = (text: string): boolean => {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && iso(time) === text;
};

export const yearOf = (day: string): number => Number(day.slice(0, 4));

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** The days of a month (1–12), after as many nulls as days of the week lie before its first. */
export function monthGrid(year: number, month: number): (string | null)[] {
  const first = Date.UTC(year, month - 1, 1);
  const length = Math.round((Date.UTC(year, month, 1) - first) / dayMs);
  const days = Array.from({ length }, (_, offset) => iso(first + offset * dayMs));
  return [...Array.from({ length: weekdayOf(iso(first)) - 1 }, () => null), ...days];
}

/** The years of which at least one day is known, in order. */
export const knownYears = (days: readonly CalendarDay[]): number[] =>
  [...new Set(days.map(({ day }) => yearOf(day)))].sort((a, b) => a - b);

export type DayChange =
  | { kind: 'added'; day: string; after: CalendarDay }
  | { kind: 'removed'; day: string; before: CalendarDay }
  | { kind: 'changed'; day: string; before: CalendarDay; after: CalendarDay };

/** What saving `after` in place of `before` would change, by day. */
export function dayChanges(before: readonly CalendarDay[], after: readonly CalendarDay[]): DayChange[] {
  const old = new Map(before.map((day) => [day.day, day]));
  const now = new Map(after.map((day) => [day.day, day]));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((day): DayChange[] => {
    const [was, is] = [old.get(day), now.get(day)];
    if (was && is) {
      const same = was.working === is.working && was.name === is.name;
      return same ? [] : [{ kind: 'changed', day, before: was, after: is }];
    }
    if (is) return [{ kind: 'added', day, after: is }];
    return was ? [{ kind: 'removed', day, before: was }] : [];
  });
}

/** `days` with `day` set as given, or as the week has it. */
export function withDay(
  days: readonly CalendarDay[],
  day: string,
  given: Omit<CalendarDay, 'day'> | null,
): CalendarDay[] {
  const others = days.filter((other) => other.day !== day);
  return (given ? [...others, { day, ...given }] : others).sort((a, b) => a.day.localeCompare(b.day));
}

/** HH:MM of what was typed as a time of day: 9, 9:30, 0930, 18：00; as typed when it is none. The day's end is 24:00. */
export function readTime(typed: string): string {
  const text = typed.trim().replace(/[０-９：]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  const found = /^(\d{1,2})(?:[:.时点](\d\d)?)?$/.exec(text) ?? /^(\d{1,2})(\d\d)$/.exec(text);
  const time = `${(found?.[1] ?? '').padStart(2, '0')}:${found?.[2] ?? '00'}`;
  return found && isTime(time) ? time : typed;
}

const isTime = (text: string): boolean => /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text);

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes the office is open on a weekday. */
export const openMinutes = (hours: readonly OfficeSpan[], weekday: number): number =>
  hours
    .filter((span) => span.weekday === weekday)
    .filter(({ opens, closes }) => isTime(opens) && isTime(closes))
    .reduce((sum, { opens, closes }) => sum + Math.max(0, minutesOf(closes) - minutesOf(opens)), 0);

export type WeekProblem = 'time_missing' | 'ends_first' | 'overlap' | 'never_open';

/** Why a week cannot be saved: the first problem and the span's index (none for a week without hours); null when it can. */
export function weekProblem(hours: readonly OfficeSpan[]): { problem: WeekProblem; index: number } | null {
  if (hours.length === 0) return { problem: 'never_open', index: -1 };
  for (const [index, { weekday, opens, closes }] of hours.entries()) {
    if (!isTime(opens) || !isTime(closes)) return { problem: 'time_missing', index };
    if (closes <= opens) return { problem: 'ends_first', index };
    const crossed = hours.some(
      (other, at) => at < index && other.weekday === weekday && other.opens < closes && opens < other.closes,
    );
    if (crossed) return { problem: 'overlap', index };
  }
  return null;
}
