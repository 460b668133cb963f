import { describe, expect, it } from 'vitest';
import { readDay, readYear, tableOfJson } from './calendar-file.ts';

const head = ['日期', '休/班', '名称'];

describe('a day', () => {
  it.each(['2027-01-01', '2027-1-1', '2027/1/1', '2027.1.1', '2027年1月1日', '20270101'])(
    'is read of %s',
    (said) => {
      expect(readDay(said)).toBe('2027-01-01');
    },
  );
  it.each(['2027-02-29', '1月1日', '元旦', '', '46388'])('is not read of “%s”', (said) => {
    expect(readDay(said)).toBeNull();
  });
});

describe('a year', () => {
  it('is read with its names in any order, under a title and with empty lines', () => {
    const table = [
      ['2027年放假安排', '', ''],
      ['名称', '日期', '休／班'],
      ['元旦', '2027/1/1', '休'],
      ['', '', ''],
      ['春节调休', '2027年1月30日', '班'],
    ];
    expect(readYear(table)).toEqual({
      kind: 'read',
      year: 2027,
      days: [
        { day: '2027-01-01', working: false, name: '元旦' },
        { day: '2027-01-30', working: true, name: '春节调休' },
      ],
    });
  });

  it('needs no names', () => {
    expect(
      readYear([
        ['date', 'type'],
        ['2027-01-01', 'off'],
      ]),
    ).toMatchObject({
      days: [{ day: '2027-01-01', working: false, name: null }],
    });
  });

  it('is taken whole or not at all: every bad row is told', () => {
    const table = [
      head,
      ['2027-01-01', '休', '元旦'],
      ['2027-02-30', '休', '春节'],
      ['2027-02-06', '半天', '春节'],
      ['2027-01-01', '班', '元旦'],
      ['2028-01-01', '休', '元旦'],
      ['2027-05-01', '休', '长'.repeat(41)],
    ];
    expect(readYear(table)).toEqual({
      kind: 'bad',
      rows: [
        { row: 3, problem: 'date', value: '2027-02-30' },
        { row: 4, problem: 'kind', value: '半天' },
        { row: 5, problem: 'twice', value: '2027-01-01' },
        { row: 6, problem: 'year', value: '2028-01-01' },
        { row: 7, problem: 'name', value: '长'.repeat(41) },
      ],
    });
  });

  it.each([
    [[]],
    [[head]],
    [
      [
        ['a', 'b'],
        ['2027-01-01', '休'],
      ],
    ],
  ])('is not found in %j', (table) => {
    expect(readYear(table)).toEqual({ kind: 'empty' });
  });
});

describe('JSON', () => {
  it('is read as the seed writes it', () => {
    const json = { days: [{ day: '2027-01-01', working: false, name: '元旦' }] };
    expect(readYear(tableOfJson(json) ?? [])).toEqual({
      kind: 'read',
      year: 2027,
      days: [{ day: '2027-01-01', working: false, name: '元旦' }],
    });
  });
  it('of another shape is refused', () => {
    expect(tableOfJson({ a: 1 })).toBeNull();
    expect(tableOfJson(['2027-01-01'])).toBeNull();
  });
});
