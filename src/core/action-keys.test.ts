import { expect, it } from 'vitest';
import { staffActions } from '../../test/fixtures/loop-actions.ts';
import { actionKeys, actionOfKey } from './action-keys.ts';

const letters = Object.values(actionKeys);

it('has one letter for every action of the loop, and each letter once', () => {
  expect(Object.keys(actionKeys).sort()).toEqual(staffActions());
  expect(new Set(letters).size).toBe(letters.length);
  expect(letters.filter((letter) => !/^[a-z]$/.test(letter))).toEqual([]);
});

it('leaves the screens their own keys', () => {
  expect(letters.filter((letter) => 'jk/?0'.includes(letter))).toEqual([]);
});

it('finds the action of a key', () => {
  expect(actionOfKey('u')).toBe('hand_up');
  expect(actionOfKey('U')).toBe('hand_up');
  expect(actionOfKey('j')).toBeNull();
  expect(actionOfKey('Enter')).toBeNull();
});
