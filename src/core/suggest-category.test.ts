import { expect, test } from 'vitest';
import { suggestCategory } from './suggest-category.ts';
import type { Category } from './suggest-category.ts';

const kind = (code: string, name: string, keywords: string[], urgent = false): Category => ({
  code,
  name,
  name_en: code,
  keywords,
  urgent,
});
const categories = [
  kind('leak', '漏水渗水', ['漏水', '渗水', '水管', 'leak', 'water pipe']),
  kind('drain', '下水道堵塞', ['下水道', '堵了', '污水', 'drain']),
  kind('gas', '燃气异味', ['燃气', '气味', '漏气', 'gas'], true),
  kind('smoke', '油烟异味', ['油烟', '异味', '气味', 'smoke']),
  kind('pests', '老鼠蟑螂', ['老鼠', 'rat']),
  kind('other', '其他', []),
];
const suggested = (words: string) => suggestCategory(words, categories)?.code ?? null;

test('the words people use lead to the matter they mean', () => {
  expect(suggested('三楼水管漏水，流到楼梯上了')).toBe('leak');
  expect(suggested('院子门口下水道堵了，污水冒出来')).toBe('drain');
  expect(suggested('The WATER PIPE is leaking')).toBe('leak');
});

test('of equals the dangerous one is suggested', () => {
  expect(suggested('楼道里有气味')).toBe('gas');
});

test('a Latin keyword is not found inside another word', () => {
  expect(suggested('the grate is broken')).toBeNull();
  expect(suggested('a rat!')).toBe('pests');
});

test('nothing fits, nothing is suggested', () => {
  expect(suggested('')).toBeNull();
  expect(suggested('想问一下')).toBeNull();
});
