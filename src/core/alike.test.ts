import { expect, it } from 'vitest';
import { alikeGroups, likeness } from './alike.ts';

const issue = (id: number, what: string, over: object = {}) => ({
  id,
  what,
  category: 'light',
  lng: 104.05,
  lat: 30.66,
  ...over,
});

it('groups what lies near and says nearly the same, the oldest first', () => {
  const groups = alikeGroups([
    issue(5, '3单元的楼道灯坏了'),
    issue(2, '三单元楼道灯不亮，坏了'),
    issue(3, '楼道灯坏了，黑得很', { lng: 104.06 }),
    issue(4, '有人在楼道堆杂物', { category: 'clutter' }),
    issue(6, '水管爆了', { category: 'leak', lng: NaN, lat: NaN }),
    issue(7, '水管爆了', { category: 'leak', lng: NaN, lat: NaN }),
  ]);
  expect(groups.map((group) => group.map(({ id }) => id))).toEqual([[2, 5]]);
});

it('asks for more likeness across categories', () => {
  const words = ['楼道灯坏了，晚上看不见', '楼道灯坏了，天黑看不见路'] as const;
  expect(likeness(...words)).toBeGreaterThan(0.5);
  expect(alikeGroups([issue(1, words[0]), issue(2, words[1], { category: 'other' })])).toHaveLength(1);
  expect(
    alikeGroups([issue(1, '楼道灯坏了'), issue(2, '楼道堆了杂物灯也不亮', { category: 'other' })]),
  ).toHaveLength(0);
  expect(likeness('！！', '。')).toBe(0);
});
