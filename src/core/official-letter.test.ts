import { expect, it } from 'vitest';
import { officialDay, officialName, paragraphsOf, salutation } from './official-letter.ts';

it('signs with the full name', () => {
  expect(officialName('少城街道')).toBe('少城街道办事处');
  expect(officialName('宽巷子社区')).toBe('宽巷子社区居民委员会');
  expect(officialName('少城街道办事处')).toBe('少城街道办事处');
  expect(officialName('市政科')).toBe('市政科');
});

it('is dated by the day in the street', () => {
  expect(officialDay('2026-12-31T17:30:00+00:00')).toBe('2027年1月1日');
  expect(officialDay('2026-11-22T10:00:00+08:00')).toBe('2026年11月22日');
});

it('takes each line for a paragraph, however it was indented', () => {
  expect(paragraphsOf('　　一、漏水。\n\n  二、请修。\n')).toEqual(['一、漏水。', '二、请修。']);
});

it('addresses with one colon', () => {
  expect(salutation('市水务集团 ')).toBe('市水务集团：');
  expect(salutation('市水务集团：')).toBe('市水务集团：');
});
