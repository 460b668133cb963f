import { expect, it } from 'vitest';
import { differences } from './differences.ts';

it('tells the fields that differ, first those that are named', () => {
  const before = { sort: 10, name: '漏水', keywords: ['漏水'], instead: null };
  const after = { sort: 20, name: '漏水渗水', keywords: ['漏水'], instead: undefined };
  expect(differences(before, after, ['name', 'sort'])).toEqual([
    { field: 'name', before: '漏水', after: '漏水渗水' },
    { field: 'sort', before: 10, after: 20 },
  ]);
});

it('tells all of what is new or gone', () => {
  expect(differences(null, { name: '漏水', active: false })).toEqual([
    { field: 'name', before: null, after: '漏水' },
    { field: 'active', before: null, after: false },
  ]);
  expect(differences({ name: '漏水' }, null)).toEqual([{ field: 'name', before: '漏水', after: null }]);
});
