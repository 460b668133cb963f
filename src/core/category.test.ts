import { describe, expect, it } from 'vitest';
import { answerableFor, clockSpan } from './category.ts';
import type { Category } from './category.ts';

const category = (code: string, change: Partial<Category> = {}): Category => ({
  code,
  name: code,
  name_en: code,
  class: '公共设施',
  level: 'community',
  department_id: 3,
  duty: 'duty_facilities',
  urgency: 'ordinary',
  clock: 'working',
  accept_minutes: 60,
  dispatch_minutes: 60,
  handle_minutes: 480,
  active: true,
  ...change,
});

describe('a category’s clocks', () => {
  it.each([
    [60, 'working', 1, 'workingHours'],
    [480, 'working', 8, 'workingHours'],
    [9600, 'working', 20, 'workingDays'],
    [90, 'working', 90, 'workingMinutes'],
    [15, 'wall', 15, 'minutes'],
    [1440, 'wall', 24, 'hours'],
    [10_080, 'wall', 7, 'days'],
  ] as const)('%d minutes of %s time are %d %s', (minutes, clock, count, unit) => {
    expect(clockSpan(minutes, clock)).toEqual({ count, unit });
  });
});

it('a department answers for what it leads, by the entry it rests on', () => {
  const all = [
    category('leak'),
    category('other', { duty: null }),
    category('rubbish', { department_id: 4 }),
    category('gone', { active: false }),
    category('wire', { duty: 'assist_utilities' }),
    category('drain'),
  ];
  expect(
    answerableFor(all, 3).map(({ duty, categories }) => [duty, categories.map(({ code }) => code)]),
  ).toEqual([
    ['duty_facilities', ['leak', 'drain']],
    ['assist_utilities', ['wire']],
    [null, ['other']],
  ]);
});
