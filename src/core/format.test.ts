import { expect, test } from 'vitest';
import { formatAgo, formatDay, formatMegabytes, formatMoment, formatNumber, formatSpan } from './format.ts';

const now = '2026-11-22T06:05:00Z';

test('a moment reads as people in Chengdu write it, whatever zone the device is in', () => {
  expect(formatMoment(now, 'zh', now)).toBe('11月22日 周日 14:05');
  expect(formatMoment(now, 'en', now)).toBe('Sun 22 Nov 14:05');
  expect(formatMoment('2026-11-22T16:30:00Z', 'zh', now)).toBe('11月23日 周一 00:30');
});

test('another year is said', () => {
  expect(formatDay('2025-01-02T00:00:00Z', 'zh', now)).toBe('2025年1月2日 周四');
  expect(formatDay('2025-01-02T00:00:00Z', 'en', now)).toBe('Thu 2 Jan 2025');
});

test('relative time is used only within a day', () => {
  const ago = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000);
  expect(formatAgo(ago(0), 'zh', now)).toBe('刚刚');
  expect(formatAgo(ago(5), 'zh', now)).toBe('5 分钟前');
  expect(formatAgo(ago(60), 'en', now)).toBe('1 hour ago');
  expect(formatAgo(ago(23 * 60), 'zh', now)).toBe('23 小时前');
  expect(formatAgo(ago(24 * 60), 'zh', now)).toBe('11月21日 周六 14:05');
});

test('spans and numbers carry their unit and their separators', () => {
  expect(formatSpan(-3 * 86_400_000, 'en')).toBe('3 days');
  expect(formatSpan(1, 'zh')).toBe('1 分钟');
  expect(formatNumber(1234567)).toBe('1,234,567');
  expect(formatMegabytes(419_430)).toBe('0.4 MB');
});
