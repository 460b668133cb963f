import { expect, test } from 'vitest';
import { fitText } from './fit-text.ts';

test('a short text keeps its size in one line', () => {
  expect(fitText('东胜街23号院', 180, 2, 18, 8)).toEqual({ size: 18, lines: ['东胜街23号院'] });
});

test('a long name breaks into even lines before it shrinks', () => {
  const { size, lines } = fitText('四川省建筑科学研究院老职工宿舍', 180, 2, 18, 8);
  expect(size).toBe(18);
  expect(lines.map((line) => line.length)).toEqual([8, 7]);
});

test('numbers and words stay whole', () => {
  const { lines } = fitText('Courtyard at 23 Dongsheng Street', 100, 3, 14, 8);
  expect(lines.join(' ')).toBe('Courtyard at 23 Dongsheng Street');
});

test('what fits at no size is cut and says so', () => {
  const { size, lines } = fitText('很长的名字'.repeat(16), 60, 2, 18, 9);
  expect(size).toBe(9);
  expect(lines).toHaveLength(2);
  expect(lines[1]?.endsWith('…')).toBe(true);
});

test('no line begins with a mark that closes', () => {
  const { lines } = fitText('办到哪一步，随时能看', 5, 2, 1, 1);
  expect(lines).toEqual(['办到哪一', '步，随时…']);
});
