import { expect, it } from 'vitest';
import { dictionary } from '../../../test/fixtures/archive-values.ts';
import { fieldKeys, fieldOf } from './field-keys.ts';

it.each([true, false])(
  'reaches every field by letters of its own, none of them a digit (English: %s)',
  async (english) => {
    const keys = await fieldKeys(dictionary, english);
    expect(new Set(keys.values()).size).toBe(dictionary.length);
    for (const field of dictionary) {
      const letters = keys.get(field.code) ?? '';
      expect(letters).toMatch(/^[a-z]+$/);
      expect(fieldOf(letters, dictionary, keys)?.code).toBe(field.code);
    }
  },
);

it('finds a field by a piece of its name too', async () => {
  const keys = await fieldKeys(dictionary, false);
  expect(fieldOf('60岁', dictionary, keys)?.code).toBe('elderly_60');
  expect(fieldOf('没有这个', dictionary, keys)).toBeNull();
});
