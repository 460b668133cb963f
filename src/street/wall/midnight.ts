import { chineseDay } from '../../core/numbers-period.ts';

/** When the day at `now` began in the street, in epoch milliseconds. */
export const streetMidnight = (now: number): number => Date.parse(`${chineseDay(now)}T00:00:00+08:00`);
