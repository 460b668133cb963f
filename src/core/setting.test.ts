import { expect, it } from 'vitest';
import type { DutyEntry } from './setting.ts';
import { forbiddingDuty, splitKeywords } from './setting.ts';

const entry = (code: string, list: DutyEntry['list']): DutyEntry => ({
  code,
  list,
  title: code,
  title_en: code,
  instead: null,
  active: true,
  version: 1,
});
const duties = [entry('never_demolition', 'community_never'), entry('duty_order', 'community_duty')];

it('what is on the negative list can only begin at the street', () => {
  expect(forbiddingDuty({ level: 'community', duty: 'never_demolition' }, duties)?.code).toBe(
    'never_demolition',
  );
  expect(forbiddingDuty({ level: 'courtyard', duty: 'never_demolition' }, duties)?.code).toBe(
    'never_demolition',
  );
  expect(forbiddingDuty({ level: 'street', duty: 'never_demolition' }, duties)).toBeNull();
  expect(forbiddingDuty({ level: 'community', duty: 'duty_order' }, duties)).toBeNull();
  expect(forbiddingDuty({ level: 'community', duty: null }, duties)).toBeNull();
});

it('keywords are parted as people part them, each kept once', () => {
  expect(splitKeywords('漏水，渗水、 水管 ;leak,water pipe\n漏水')).toEqual([
    '漏水',
    '渗水',
    '水管',
    'leak',
    'water pipe',
  ]);
  expect(splitKeywords(' ，')).toEqual([]);
});
