/** The periods figures are asked for: whole days in Chinese time (UTC+8 all year), both ends included. */

export interface Period {
  /** YYYY-MM-DD */
  from: string;
  to: string;
}

export type PeriodKind = 'week' | 'month' | 'quarter' | 'last_quarter';

const day = 86_400_000;
/** What numbers() adds up at most, in days. */
const most = 732;

const text = (time: number): string => new Date(time).toISOString().slice(0, 10);
const date = (year: number, month: number, dayOfMonth: number): string =>
  text(Date.UTC(year, month, dayOfMonth));

/** The day it is in China at `now` (epoch ms). */
export const chineseDay = (now: number): string => text(now + 8 * 3_600_000);

/** This week (from Monday), month, quarter or the quarter before, as seen at `now` (epoch ms). */
export function periodOf(kind: PeriodKind, now: number): Period {
  const today = new Date(`${chineseDay(now)}T00:00:00Z`);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  if (kind === 'week') {
    const monday = today.getTime() - ((today.getUTCDay() + 6) % 7) * day;
    return { from: text(monday), to: text(monday + 6 * day) };
  }
  if (kind === 'month') return { from: date(year, month, 1), to: date(year, month + 1, 0) };
  const first = Math.floor(month / 3) * 3 - (kind === 'last_quarter' ? 3 : 0);
  return { from: date(year, first, 1), to: date(year, first + 3, 0) };
}

const valid = (said: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(said) && !Number.isNaN(Date.parse(said)) && text(Date.parse(said)) === said;

/** What is wrong with a period somebody typed; null when nothing is. */
export function faultOf({ from, to }: Period): 'missing' | 'reversed' | 'too_long' | null {
  if (!valid(from) || !valid(to)) return 'missing';
  if (to < from) return 'reversed';
  return Date.parse(to) - Date.parse(from) + day > most * day ? 'too_long' : null;
}

/** The moments a valid period lies between; the second is no part of it. */
export const boundsOf = ({ from, to }: Period): { since: string; upto: string } => ({
  since: `${from}T00:00:00+08:00`,
  upto: `${text(Date.parse(to) + day)}T00:00:00+08:00`,
});
