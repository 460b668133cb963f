import { expect, it } from 'vitest';
import { staffActions } from '../../test/fixtures/loop-actions.ts';
import { isHeld, weighedActions } from './held-actions.ts';

it('says of every action of the loop whether it waits', () => {
  expect(staffActions().length).toBeGreaterThan(15);
  expect([...weighedActions].sort()).toEqual(staffActions());
});

it('never has a warning sign wait', () => {
  expect(isHeld('safety')).toBe(false);
  expect(isHeld('note')).toBe(false);
  expect(isHeld('resolve')).toBe(true);
});

it('holds what it does not know', () => {
  expect(isHeld('evacuate')).toBe(true);
});
