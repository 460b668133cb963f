import { expect, test } from 'vitest';
import { isOpen, issueStates, markLooks, markOf } from './issue-state.ts';

const hour = 3_600_000;

test('an issue somebody has to act on turns soon and then late', () => {
  expect(markOf('handling', 10 * hour, 0)).toBe('handling');
  expect(markOf('handling', 10 * hour, 7 * hour)).toBe('soon');
  expect(markOf('submitted', 10 * hour, 10 * hour)).toBe('late');
});

test('what nobody has to act on is never late', () => {
  for (const state of ['resolved', 'closed', 'declined', 'merged', 'withdrawn'] as const)
    expect(markOf(state, 0, hour)).toBe(state);
  expect(markOf('handling', null, hour)).toBe('handling');
});

test('exactly the first three states are open', () => {
  expect(issueStates.filter(isOpen)).toEqual(['submitted', 'handling', 'resolved']);
});

test('no two marks share both colour and shape unless both are over', () => {
  const looks = Object.values(markLooks).filter((look) => look.colour !== 'stone');
  expect(new Set(looks.map((look) => look.colour + look.shape)).size).toBe(looks.length);
});
