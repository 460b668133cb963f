import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockParts, clockWords, longestStep, readMinutes, unitMinutes } from './clock-words.ts';

describe('the length of a step in words', () => {
  it.each([
    [60, 'working', '1 工作时', '1 working hour'],
    [480, 'working', '8 工作时', '8 working hours'],
    [90, 'working', '1.5 工作时', '1.5 working hours'],
    [960, 'working', '2 工作日', '2 working days'],
    [9600, 'working', '20 工作日', '20 working days'],
    [15, 'wall', '15 分钟', '15 minutes'],
    [60, 'wall', '1 小时', '1 hour'],
    [100, 'wall', '100 分钟', '100 minutes'],
    [1440, 'wall', '24 小时', '24 hours'],
    [10_080, 'wall', '7 天', '7 days'],
  ] as const)('%i minutes of %s time: %s', (minutes, clock, zh, en) => {
    expect(clockWords(minutes, clock, 'zh')).toBe(zh);
    expect(clockWords(minutes, clock, 'en')).toBe(en);
  });

  it('is read back as the same minutes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: longestStep }),
        fc.constantFrom('working', 'wall'),
        (minutes, clock) => {
          const { amount, unit } = clockParts(minutes, clock);
          expect(readMinutes(String(amount), unit, clock)).toBe(minutes);
        },
      ),
    );
  });
});

describe('what is typed', () => {
  it.each([
    ['8', 'hour', 'working', 480],
    ['20', 'day', 'working', 9600],
    ['7', 'day', 'wall', 10_080],
    [' 1.5 ', 'hour', 'wall', 90],
    ['８', 'hour', 'working', 480],
  ] as const)('%s %s of %s time is %i minutes', (typed, unit, clock, minutes) => {
    expect(readMinutes(typed, unit, clock)).toBe(minutes);
  });

  it.each(['', '0', '-1', '8h', '1e3', '0.01', '999999', '一'])('“%s” hours is no length', (typed) => {
    expect(readMinutes(typed, 'hour', 'wall')).toBeNull();
  });
});

it('a working day is eight working hours, another day twenty-four', () => {
  expect(unitMinutes('day', 'working')).toBe(480);
  expect(unitMinutes('day', 'wall')).toBe(1440);
});
