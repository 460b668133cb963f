import { expect, test } from 'vitest';
import { newTrackingKey, readTrackingKey } from './tracking-key.ts';

test('a key is 26 characters of the alphabet the database takes, and none is like another', () => {
  const keys = Array.from({ length: 500 }, newTrackingKey);
  for (const key of keys) expect(key).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
  expect(new Set(keys).size).toBe(500);
});

test('every character of the alphabet comes up about equally often', () => {
  const text = Array.from({ length: 2000 }, newTrackingKey).join('');
  const counts = [...'0123456789abcdefghjkmnpqrstvwxyz'].map((one) => text.split(one).length - 1);
  expect(Math.min(...counts)).toBeGreaterThan(1300);
  expect(Math.max(...counts)).toBeLessThan(1950);
});

test('a key copied by hand is read kindly, anything else is refused', () => {
  const key = newTrackingKey();
  expect(readTrackingKey(` ${key.slice(0, 13).toUpperCase()}-${key.slice(13)} `)).toBe(key);
  expect(readTrackingKey(`${'o'.repeat(25)}l`)).toBe(`${'0'.repeat(25)}1`);
  expect(readTrackingKey(key.slice(1))).toBeNull();
  expect(readTrackingKey(`${key.slice(1)}u`)).toBeNull();
});
