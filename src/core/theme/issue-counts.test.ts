import { expect, it } from 'vitest';
import { issueStates } from '../issue-state.ts';
import { countIssues } from './issue-counts.ts';

const state = (name: (typeof issueStates)[number]): number => issueStates.indexOf(name);

const columns = {
  courtyard: Float64Array.of(1, 1, 1, 2, 2, NaN, 9),
  state: Uint8Array.of(
    state('submitted'),
    state('handling'),
    state('resolved'),
    state('closed'),
    state('handling'),
    state('handling'),
    state('handling'),
  ),
  due: Float64Array.of(100, 200, 50, 50, NaN, 50, 50),
};

it('counts what is open in each courtyard, and none where nothing is', () => {
  expect(countIssues('open', columns, 7, [1, 2, 3], 150_000)).toEqual(
    new Map([
      [1, 3],
      [2, 1],
      [3, 0],
    ]),
  );
});

it('counts as late what someone still has to do, from the very moment it was due', () => {
  const late = (now: number) => countIssues('late', columns, 7, [1, 2], now).get(1);
  expect(late(99_999)).toBe(0);
  expect(late(100_000)).toBe(1);
  expect(late(200_000)).toBe(2);
  expect(countIssues('late', columns, 7, [2], 1e12).get(2)).toBe(0);
});

it('reads no row beyond the size: arrays are longer than what they hold', () => {
  expect(countIssues('open', columns, 1, [1], 0).get(1)).toBe(1);
});
