import { describe, expect, it } from 'vitest';
import { closedWithin, formatMinutes, formatShare, minutesBetween, overall, share } from './numbers.ts';
import { toCsv } from './numbers-csv.ts';
import { boundsOf, faultOf, periodOf } from './numbers-period.ts';

describe('a share', () => {
  it.each([
    [7, 8, '87.5%'],
    [87, 100, '87.0%'],
    [0, 4, '0%'],
    [4, 4, '100%'],
    [9_999, 10_000, '99.9%'],
    [1, 10_000, '0.1%'],
    [0, 0, '–'],
  ])('of %i in %i is said as %s', (part, whole, said) => {
    expect(formatShare(share(part, whole))).toBe(said);
  });
});

it('counts what a department closed as not having left the street', () => {
  expect(closedWithin({ courtyard: 3, community: 2, street: 1, department: 4 })).toEqual([
    { level: 'courtyard', count: 3 },
    { level: 'community', count: 2 },
    { level: 'street', count: 5 },
  ]);
});

it('leaves the letters out of the offices’ own punctuality', () => {
  expect(
    overall([
      { step: 'accept', on_time: 3, decided: 4 },
      { step: 'letter', on_time: 0, decided: 9 },
      { step: 'verify', on_time: 1, decided: 1 },
    ]),
  ).toEqual({ on_time: 4, decided: 5 });
});

it('says how long it took in the unit a person would use', () => {
  expect([null, 35.4, 99, 100, 2879, 2880, 4608].map((minutes) => formatMinutes(minutes, 'zh'))).toEqual([
    '–',
    '35 分钟',
    '99 分钟',
    '1.7 小时',
    '48 小时',
    '2 天',
    '3.2 天',
  ]);
  expect(minutesBetween('2026-11-02T09:00:00+08:00', '2026-11-02T02:30:00Z')).toBe(90);
  expect(minutesBetween('2026-11-02T09:00:00+08:00', null)).toBeNull();
});

describe('the period', () => {
  // a Sunday in China that is still Saturday in UTC
  const sunday = Date.parse('2026-11-22T00:30:00+08:00');

  it.each([
    ['week', { from: '2026-11-16', to: '2026-11-22' }],
    ['month', { from: '2026-11-01', to: '2026-11-30' }],
    ['quarter', { from: '2026-10-01', to: '2026-12-31' }],
    ['last_quarter', { from: '2026-07-01', to: '2026-09-30' }],
  ] as const)('%s is whole Chinese days', (kind, period) => {
    expect(periodOf(kind, sunday)).toEqual(period);
  });

  it('before the first quarter is last year’s last', () => {
    expect(periodOf('last_quarter', Date.parse('2027-02-10T12:00:00+08:00'))).toEqual({
      from: '2026-10-01',
      to: '2026-12-31',
    });
  });

  it('ends where the day after its last begins', () => {
    expect(boundsOf({ from: '2026-02-28', to: '2026-02-28' })).toEqual({
      since: '2026-02-28T00:00:00+08:00',
      upto: '2026-03-01T00:00:00+08:00',
    });
  });

  it.each([
    ['', '2026-11-01', 'missing'],
    ['2026-02-30', '2026-11-01', 'missing'],
    ['2026-11-02', '2026-11-01', 'reversed'],
    ['2024-11-01', '2026-11-03', 'too_long'],
    ['2024-11-01', '2026-11-02', null],
    ['2026-11-01', '2026-11-01', null],
  ])('from %j to %j: %j', (from, to, fault) => {
    expect(faultOf({ from, to })).toBe(fault);
  });
});

describe('CSV', () => {
  it('is what RFC 4180 says, for programs that would take UTF-8 for something else', () => {
    expect(toCsv([['院落', 'a,b', 'say "hi"', 'two\nlines', null, 1.5, -3]])).toBe(
      '\uFEFF院落,"a,b","say ""hi""","two\nlines",,1.5,-3\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1', ' =1', '\r=1'])(
    'never makes a formula of %j',
    (cell) => {
      expect(
        toCsv([[cell]])
          .replaceAll('"', '')
          .slice(1, 3),
      ).toBe(`'${cell[0]}`);
    },
  );
});
