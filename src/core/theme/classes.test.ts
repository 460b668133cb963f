import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOf, quantileBreaks, roundBreaks } from './classes.ts';

describe('the class of a value', () => {
  it.each([
    [0, 0],
    [0.59, 0],
    [0.6, 1],
    [0.99, 3],
    [1, 4],
  ])('%d falls into class %d of visit coverage', (value, expected) => {
    expect(classOf(value, [0.6, 0.75, 0.9, 1])).toBe(expected);
  });

  it('is the only one without breaks', () => {
    expect(classOf(7, [])).toBe(0);
  });
});

describe('breaks by quantiles', () => {
  it('part a hundred different values into fifths', () => {
    const values = Array.from({ length: 100 }, (_, at) => at);
    expect(quantileBreaks(values, 5)).toEqual([20, 40, 60, 80]);
  });

  it('make one class of equal values, and none of nothing', () => {
    expect(quantileBreaks([3, 3, 3, 3], 5)).toEqual([]);
    expect(quantileBreaks([], 5)).toEqual([]);
  });

  it('never part equal values: many zeros are one class', () => {
    const breaks = quantileBreaks([0, 0, 0, 0, 0, 0, 0, 1, 2, 3], 5);
    expect(breaks).toEqual([2]);
    expect(classOf(0, breaks)).toBe(0);
  });

  it('rise, leave no class empty, and are values that occur', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1 }),
        fc.integer({ min: 2, max: 7 }),
        (values, classes) => {
          const breaks = quantileBreaks(values, classes);
          expect(breaks).toEqual([...new Set(breaks)].sort((a, b) => a - b));
          expect(breaks.length).toBeLessThan(classes);
          expect(breaks.every((value) => values.includes(value))).toBe(true);
          const used = new Set(values.map((value) => classOf(value, breaks)));
          expect(used.size).toBe(breaks.length + 1);
        },
      ),
    );
  });
});

it('breaks are rounded to what a legend can say, unless two would become one', () => {
  expect(roundBreaks([0.1834, 0.2671], 2)).toEqual([0.18, 0.27]);
  expect(roundBreaks([0.181, 0.184], 2)).toEqual([0.181, 0.184]);
});
