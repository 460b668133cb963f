import { describe, expect, it } from 'vitest';
import { IssueStore } from '../issue-store.ts';
import { sorted } from './sort-rows.ts';
import type { SortColumn } from './sort-rows.ts';
import { YardTable } from './yard-table.ts';

const store = new IssueStore();
const each = <T>(...values: T[]): T[] => values;
store.load({
  id: each(4, 1, 3, 2),
  number: each('D', 'A', 'C', 'B'),
  courtyard_id: each<number | null>(7, 8, null, 7),
  category: each<string | null>('leak', 'light', null, 'leak'),
  state: each('handling', 'submitted', 'resolved', 'submitted'),
  holder_level: each('street', 'street', 'street', 'street'),
  holder: each('春熙社区', '安顺社区', '市政科', '春熙社区'),
  urgency: each('ordinary', 'ordinary', 'ordinary', 'ordinary'),
  lng: each(null, null, null, null),
  lat: each(null, null, null, null),
  step: each(null, null, null, null),
  asked: each(null, null, null, null),
  warn_at: each(null, null, null, null),
  due_at: each<number | null>(30, null, 10, 20),
  created_at: each(5, 5, 1, 9),
  version: each(1, 1, 1, 1),
  what: each('', '', '', ''),
});
const yards = new YardTable([
  { id: 7, name: '东胜街', address: '', communityId: null, point: [0, 0] },
  { id: 8, name: '安顺里', address: '', communityId: null, point: [0, 0] },
]);
const order = (column: SortColumn, descending = false) =>
  [
    ...sorted(store, Uint32Array.of(0, 1, 2, 3), { column, descending }, yards, {
      language: 'zh',
      category: (code) => ({ leak: '漏水', light: '灯' })[code] ?? code,
    }),
  ].map((row) => store.columns.id[row]);

describe('the rows of the table', () => {
  it('are sorted by numbers and times, those without one last', () => {
    expect(order('number')).toEqual([1, 2, 3, 4]);
    expect(order('due')).toEqual([3, 2, 4, 1]);
    expect(order('created', true)).toEqual([2, 4, 1, 3]);
  });

  it('are sorted by names as Chinese reads them, and equal ones keep their order', () => {
    expect(order('holder')).toEqual([1, 4, 2, 3]);
    expect(order('courtyard')).toEqual([1, 4, 2, 3]);
    expect(order('category')).toEqual([1, 4, 2, 3]);
    expect(order('state')).toEqual([1, 2, 4, 3]);
    expect(order('state', true)).toEqual([3, 4, 1, 2]);
  });
});
