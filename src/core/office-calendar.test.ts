import { describe, expect, it } from 'vitest';
import {
  dayChanges,
  isDay,
  knownYears,
  monthGrid,
  openMinutes,
  readTime,
  weekdayOf,
  weekProblem,
  withDay,
} from './office-calendar.ts';

const off = (day: string, name = '国庆节') => ({ day, working: false, name });

describe('days', () => {
  it('exist or do not', () => {
    expect(['2028-02-29', '2026-12-31'].every(isDay)).toBe(true);
    expect(['2027-02-29', '2026-13-01', '2026-1-1', '', '20260101'].some(isDay)).toBe(false);
  });

  it('have weekdays of their own, whatever zone the device is in', () => {
    expect(weekdayOf('2026-10-10')).toBe(6);
    expect(weekdayOf('2026-11-22')).toBe(7);
    expect(weekdayOf('2026-11-23')).toBe(1);
  });

  it('fill a month from its first weekday on', () => {
    const october = monthGrid(2026, 10);
    expect(october.slice(0, 4)).toEqual([null, null, null, '2026-10-01']);
    expect(october.at(-1)).toBe('2026-10-31');
    expect(monthGrid(2028, 2).filter(Boolean)).toHaveLength(29);
  });

  it('say which years are known', () => {
    expect(knownYears([off('2027-01-01'), off('2025-10-01'), off('2027-05-01')])).toEqual([2025, 2027]);
  });
});

describe('a changed year', () => {
  const before = [off('2026-10-01'), off('2026-10-02')];

  it('is told day by day', () => {
    const makeUp = { day: '2026-10-10', working: true, name: '国庆节调休' };
    const after = [off('2026-10-01', '国庆节、中秋节'), makeUp];
    expect(dayChanges(before, after)).toEqual([
      { kind: 'changed', day: '2026-10-01', before: before[0], after: after[0] },
      { kind: 'removed', day: '2026-10-02', before: before[1] },
      { kind: 'added', day: '2026-10-10', after: makeUp },
    ]);
    expect(dayChanges(before, before)).toEqual([]);
  });

  it('takes one day, or gives it back to the week', () => {
    expect(withDay(before, '2026-01-01', { working: false, name: '元旦' })[0]).toEqual(
      off('2026-01-01', '元旦'),
    );
    expect(withDay(before, '2026-10-01', null)).toEqual([off('2026-10-02')]);
  });
});

describe('the week', () => {
  const morning = { weekday: 1, opens: '09:00', closes: '12:00' };
  const afternoon = { weekday: 1, opens: '13:00', closes: '18:00' };

  it('adds up', () => {
    expect(openMinutes([morning, afternoon], 1)).toBe(480);
    expect(openMinutes([morning, afternoon], 6)).toBe(0);
  });

  it.each([
    ['9', '09:00'],
    ['9:30', '09:30'],
    ['0930', '09:30'],
    ['18：00', '18:00'],
    ['8点', '08:00'],
    ['24', '24:00'],
  ])('reads “%s” as %s', (typed, time) => {
    expect(readTime(typed)).toBe(time);
  });

  it.each(['', '25', '9:7', '12:60', '早上'])('leaves “%s” as it was typed', (typed) => {
    expect(readTime(typed)).toBe(typed);
  });

  it('may hold spans that touch', () => {
    expect(weekProblem([morning, { ...afternoon, opens: '12:00' }])).toBeNull();
  });

  it.each([
    [[], { problem: 'never_open', index: -1 }],
    [[morning, { ...afternoon, closes: '' }], { problem: 'time_missing', index: 1 }],
    [[{ ...morning, closes: '09:00' }], { problem: 'ends_first', index: 0 }],
    [[morning, { ...afternoon, opens: '11:30' }], { problem: 'overlap', index: 1 }],
  ])('%j has a problem', (hours, problem) => {
    expect(weekProblem(hours)).toEqual(problem);
  });
});
