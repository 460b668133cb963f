import { describe, expect, it } from 'vitest';
import { addressOf, choiceOf } from './choice.ts';

const at = (path: string) => new URL(path, 'https://street.example');

describe('the address of what is chosen', () => {
  it('is read in both forms', () => {
    expect(choiceOf(at('/street/?issue=12'))).toEqual({ kind: 'issue', id: 12 });
    expect(choiceOf(at('/street/courtyard/3'))).toEqual({ kind: 'courtyard', id: 3 });
    expect(choiceOf(at('/street/'))).toBeNull();
  });

  it('is nothing when it names nothing possible', () => {
    expect(choiceOf(at('/street/?issue=-1'))).toBeNull();
    expect(choiceOf(at('/street/issue/0x10'))).toBeNull();
  });

  it('replaces the former choice and keeps the rest', () => {
    expect(addressOf({ kind: 'courtyard', id: 3 }, at('/street/issue/12?lang=en'))).toBe(
      '/street/?lang=en&courtyard=3',
    );
    expect(addressOf(null, at('/street/?issue=12#a'))).toBe('/street/#a');
  });
});
