import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { outcomesOf } from './outcome.ts';
import { reportCsv, summary } from './report.ts';
import { say } from './words.ts';

const good = (row: number, name: string) => ({
  row,
  name,
  address: `街${row}号`,
  community: '',
  geometry: { type: 'Point' as const, coordinates: [104, 30] },
});
const outcomes = outcomesOf(
  [{ row: 3, name: '=HYPERLINK("x")', reason: 'outside_street' }],
  [good(2, '甲院'), good(4, '乙院')],
  [
    { row: 2, outcome: 'added', reason: null, detail: {} },
    { row: 4, outcome: 'refused', reason: 'community_unknown', detail: { community: '北社区' } },
  ],
);

describe('the report', () => {
  it('says what became of each row, in both languages', () => {
    expect(summary(outcomes, 'zh').at(-1)).toBe('新增 1，更新 0，不变 0，拒绝 2。');
    expect(summary(outcomes, 'zh')).toContain('  拒绝 第 4 行 乙院：没有这个社区：北社区');
    expect(summary(outcomes, 'en')).toContain('  refused row 4 乙院: unknown community: 北社区');
  });

  it('lists every row as CSV that Excel reads and does not run', () => {
    const csv = reportCsv(outcomes, 'zh');
    expect(csv.startsWith('\ufeff"行"')).toBe(true);
    expect(csv.split('\r\n')).toContain(
      `"3","'=HYPERLINK(""x"")","拒绝","不在本街道范围内","outside_street"`,
    );
    expect(csv.trim().split('\r\n')).toHaveLength(4);
  });

  it('shows a reason it has no words for rather than hiding it', () => {
    expect(say('en', 'new_reason', { a: 1 })).toBe('new_reason {"a":1}');
  });
});

describe('the command line', () => {
  it('takes the file and its options', () => {
    expect(
      readArguments(['courtyards', 'a.csv', '--crs', 'GCJ02', '--dry-run', '--lang', 'en']),
    ).toMatchObject({
      file: 'a.csv',
      crs: 'gcj02',
      dryRun: true,
      lang: 'en',
    });
  });

  it.each([
    [['courtyards']],
    [['people', 'a.csv']],
    [['courtyards', 'a.csv', '--crs', 'utm']],
    [['courtyards', 'a.csv', '--force']],
    [['courtyards', 'a.csv', '--lang', 'fr']],
  ])('explains itself on %j', (words) => expect(readArguments(words)).toBe('usage'));
});
