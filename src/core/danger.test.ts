import { expect, it } from 'vitest';
import { helpFor } from './danger.ts';

it.each([
  ['三楼着火了，有烟', '119'],
  ['車棚起火，冒煙', '119'],
  ['The shed is on fire', '119'],
  ['有人在院里打架，还持刀', '110'],
  ['老人晕倒在楼道', '120'],
  ['張婆婆摔斷了腿', '120'],
])('%s: first call %s', (what, first) => {
  expect(helpFor(what, false)?.[0]).toBe(first);
});

it.each([
  '水管爆了，请来抢修',
  '楼道灯昏暗',
  '有人砍树',
  '健身器材摔坏了',
  '火锅店油烟大',
  '他们一起火锅到半夜',
  '消防通道被占',
  '三楼漏水',
  'a blocked fire lane',
])('%s: no danger to life', (what) => {
  expect(helpFor(what, false)).toBeNull();
});

it('a matter that is urgent by itself calls fire and rescue, unless the words know better', () => {
  expect(helpFor('有股煤气味', true)?.[0]).toBe('119');
  expect(helpFor('煤气味，老人昏倒了', true)?.[0]).toBe('120');
});
