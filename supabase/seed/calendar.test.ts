import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { calendarSql, differingDays } from './calendar.ts';

it('knows the National Day week of 2026 and its make-up days', () => {
  const october = differingDays(2026).filter(({ day }) => day.startsWith('2026-10') || day === '2026-09-20');
  expect(october).toEqual([
    { day: '2026-09-20', working: true, name: '国庆节调休' },
    ...['01', '02', '05', '06', '07'].map((d) => ({ day: `2026-10-${d}`, working: false, name: '国庆节' })),
    { day: '2026-10-10', working: true, name: '国庆节调休' },
  ]);
});

it('stands in the seed as the package has it', () => {
  expect(readFileSync(new URL('06_calendar.sql', import.meta.url), 'utf8')).toBe(calendarSql());
});
