import { isRecord } from '../core/api-error.ts';
import type { Difference } from '../core/differences.ts';
import { formatDay } from '../core/format.ts';
import { dayChanges, type CalendarDay } from '../core/office-calendar.ts';
import { language } from '../ui/language.svelte.ts';
import { t } from './words.ts';

/** Of a long change only these many days are told one by one. */
const few = 40;

const rows = (stored: unknown): Record<string, unknown>[] =>
  Array.isArray(stored) ? stored.filter(isRecord) : [];

const daysOf = (stored: unknown): CalendarDay[] =>
  rows(stored).flatMap(({ day, working, name }) =>
    typeof day === 'string' && typeof working === 'boolean'
      ? [{ day, working, name: typeof name === 'string' ? name : null }]
      : [],
  );

/** 休 国庆节; nothing for a day as the week has it. */
export const dayWord = ({ working, name }: CalendarDay): string =>
  [t(working ? 'calendar.day.on' : 'calendar.day.off'), name].filter(Boolean).join(' ');

/** A day of the year that is spoken of, without that year. */
export function dateWord(day: string): string {
  const noon = `${day}T04:00:00Z`;
  return formatDay(noon, language.now, noon);
}

/** The days of a year that a save changed, each under its date. */
export function calendarChanges(before: unknown, after: unknown): Difference[] {
  return dayChanges(daysOf(before), daysOf(after))
    .slice(0, few)
    .map((change) => ({
      field: dateWord(change.day),
      before: change.kind === 'added' ? null : dayWord(change.before),
      after: change.kind === 'removed' ? null : dayWord(change.after),
    }));
}

/** The hours of each weekday that a save changed. */
export function weekChanges(before: unknown, after: unknown): Difference[] {
  const said = (stored: unknown, weekday: number): string =>
    rows(stored)
      .filter((span) => span['weekday'] === weekday)
      .map(({ opens, closes }) => `${String(opens).slice(0, 5)}–${String(closes).slice(0, 5)}`)
      .join(' ') || t('hours.closed');
  return t('weekdays')
    .split('|')
    .map((field, index) => ({ field, before: said(before, index + 1), after: said(after, index + 1) }))
    .filter((change) => change.before !== change.after);
}
