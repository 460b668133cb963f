import { expect, it } from 'vitest';
import { answerableFor } from './category.ts';
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
