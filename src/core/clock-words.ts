/** The length of a step's clock in words and back. A clock counts minutes of the office's time or of wall time. */

export type ClockKind = 'working' | 'wall';
export type ClockUnit = 'minute' | 'hour' | 'day';

/** Longest a step may take, in minutes: a year of wall time. Beyond it the working calendar is not known. */
export const longestStep = 365 * 1440;

/** Minutes in a unit. A working day (工作日) counts as eight working hours, as the cities' published limits do. */
export const unitMinutes = (unit: ClockUnit, clock: ClockKind): number =>
  unit === 'minute' ? 1 : unit === 'hour' ? 60 : clock === 'working' ? 480 : 1440;

/** A number a person would say: whole, or with a half. */
const sayable = (amount: number): boolean => Number.isInteger(amount * 2);

/**
 * Minutes in the unit people say them in: whole days from two on (20 工作日), hours (8 工作时, 24 小时, 1.5 小时), else minutes.
 * `amount` × the unit's minutes is exactly `minutes`.
 */
export function clockParts(minutes: number, clock: ClockKind): { amount: number; unit: ClockUnit } {
  const days = minutes / unitMinutes('day', clock);
  if (days >= 2 && Number.isInteger(days)) return { amount: days, unit: 'day' };
  const hours = minutes / 60;
  return hours >= 1 && sayable(hours) ? { amount: hours, unit: 'hour' } : { amount: minutes, unit: 'minute' };
}

const unitWords = {
  zh: {
    working: { minute: '工作分钟', hour: '工作时', day: '工作日' },
    wall: { minute: '分钟', hour: '小时', day: '天' },
  },
  en: {
    working: { minute: 'working minute', hour: 'working hour', day: 'working day' },
    wall: { minute: 'minute', hour: 'hour', day: 'day' },
  },
} as const;

/** 工作时 / 小时; in English in the plural unless `amount` is 1. */
export function unitWord(unit: ClockUnit, clock: ClockKind, language: 'zh' | 'en', amount = 2): string {
  return unitWords[language][clock][unit] + (language === 'en' && amount !== 1 ? 's' : '');
}

/** 8 工作时 / 8 working hours. */
export function clockWords(minutes: number, clock: ClockKind, language: 'zh' | 'en'): string {
  const { amount, unit } = clockParts(minutes, clock);
  return `${amount} ${unitWord(unit, clock, language, amount)}`;
}

/** Minutes of what was typed beside a unit; null when it is no length a step can have: a whole number of minutes, up to a year. */
export function readMinutes(typed: string, unit: ClockUnit, clock: ClockKind): number | null {
  const text = typed.trim().replace(/[０-９．]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(text)) return null;
  const minutes = Number(text) * unitMinutes(unit, clock);
  return Number.isInteger(minutes) && minutes > 0 && minutes <= longestStep ? minutes : null;
}
