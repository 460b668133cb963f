import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { dictionary } from '../../../test/fixtures/archive-values.ts';
import { readFile, writeCsv } from './file.ts';
import { changesOf, type ImportReport } from './import.ts';
import { sameValue } from './merge.ts';
import { columnLetters, plainCell, writeTable, type Cells, type YardRow } from './table.ts';
import { toCsv } from '../numbers-csv.ts';
import { parseValue } from './value.ts';
import { writeXlsx } from './xlsx.ts';

const prove = process.env['PROVE'] === '1';
/** 5,000 damages in all when proving. */
const runs = (share: number): { numRuns: number } => ({ numRuns: Math.round((prove ? 5000 : 240) * share) });

const yards: YardRow[] = Array.from({ length: 8 }, (_, at) => ({
  code: `51010500501${at}`,
  name: ['东胜街23号院', '仁厚街5号', '宽巷子11号', '四道街2号'][at % 4] + (at > 3 ? '乙' : ''),
  address: `少城街道${at}号`,
  values: {
    households: 40 + at,
    residents: 120 + at,
    elderly_60: 30 + at,
    green: 0.25,
    gas: at % 2 === 0,
    property: 'none',
    built: 1988,
    remark: `备注${at}`,
    phone: '028-86240000',
  },
}));
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

/** Each change is what one cell says, in the row that names this yard by number and name, under the column of this field. */
function holdsToItsReport(table: Cells, report: ImportReport): void {
  const head = table.find((row) => row.some((cell) => plainCell(cell) === 'code')) ?? [];
  const codes = head.map(plainCell);
  for (const cell of report.cells) {
    const [, letters = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(cell.cell) ?? [];
    const line = table[Number(row) - 1] ?? [];
    const column = line.findIndex((_, at) => columnLetters(at) === letters);
    if (cell.kind === 'emptied') continue;
    expect(plainCell(line[column]).slice(0, 60)).toBe(cell.text);
    expect(codes[column]).toBe(cell.field);
    const yard = yards.find(({ code }) => code === cell.yard);
    expect([plainCell(line[codes.indexOf('code')]), plainCell(line[codes.indexOf('name')])]).toEqual([
      yard?.code,
      yard?.name,
    ]);
    const field = dictionary.find(({ code }) => code === cell.field);
    if (cell.kind === 'change' && field)
      expect(parseValue(plainCell(line[column]), field)).toEqual({ value: cell.after });
  }
  for (const change of changesOf(report)) {
    const held = yards.find(({ code }) => code === change.yard)?.values[change.field] ?? null;
    expect(sameValue(held, change.before)).toBe(true);
    expect(sameValue(held, change.after)).toBe(false);
  }
}

const table = writeTable(dictionary, yards);
const spot = fc.record({ row: fc.nat(table.length - 1), column: fc.nat((table[0]?.length ?? 1) - 1) });
const junk = fc.oneof(
  fc.constantFrom(
    '',
    '-1',
    '99999999',
    '1e9',
    '=1+1',
    '１２',
    '12户',
    '有',
    '#REF!',
    '0x10',
    '1,2',
    'NaN',
    '∞',
    '30%',
    '300%',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.integer().map(String),
);
const damage = fc.oneof(
  fc.record({ kind: fc.constant('cell' as const), at: spot, text: junk }),
  fc.record({ kind: fc.constant('swap ids' as const), at: spot, other: spot }),
  fc.record({ kind: fc.constant('twice' as const), at: spot }),
  fc.record({ kind: fc.constant('drop row' as const), at: spot }),
  fc.record({ kind: fc.constant('drop column' as const), at: spot }),
  fc.record({ kind: fc.constant('shift right' as const), at: spot }),
  fc.record({ kind: fc.constant('sort a column' as const), at: spot }),
);
type Damage = typeof damage extends fc.Arbitrary<infer One> ? One : never;

function damaged(cells: string[][], one: Damage): string[][] {
  const { row, column } = one.at;
  const line = cells[row];
  if (!line) return cells;
  switch (one.kind) {
    case 'cell':
      return cells.map((each, at) =>
        at === row ? each.with(Math.min(column, each.length - 1), one.text) : each,
      );
    case 'swap ids': {
      const other = cells[one.other.row] ?? line;
      return cells.map((each) =>
        each === line ? each.with(0, other[0] ?? '') : each === other ? each.with(0, line[0] ?? '') : each,
      );
    }
    case 'twice':
      return cells.toSpliced(row, 0, line);
    case 'drop row':
      return cells.toSpliced(row, 1);
    case 'drop column':
      return cells.map((each) => each.toSpliced(column, 1));
    case 'shift right':
      return cells.with(row, line.toSpliced(column, 0, ''));
    case 'sort a column': {
      const body = cells
        .slice(3)
        .map((each) => each[column] ?? '')
        .sort();
      return cells.map((each, at) =>
        at < 3 || column >= each.length ? each : each.with(column, body[at - 3] ?? ''),
      );
    }
  }
}

it('a table with cells, rows and columns out of place is written only as its report says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
      const broken = damages.reduce<string[][]>(
        (cells, one) => (cells.length > 0 ? damaged(cells, one) : cells),
        table,
      );
      const text = toCsv(broken);
      const report = await readFile(bytes(text), dictionary, yards);
      if (!report?.readable) return;
      holdsToItsReport(parse(text, { relax_column_count: true, bom: true }), report);
    }),
    runs(0.5),
  );
});

const injury = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), length: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ kind: fc.constant('end' as const), at: fc.nat() }),
  fc.record({
    kind: fc.constant('add' as const),
    at: fc.nat(),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
);
type Injury = typeof injury extends fc.Arbitrary<infer One> ? One : never;

function injured(whole: Uint8Array, one: Injury): Uint8Array<ArrayBuffer> {
  const at = one.at % whole.length;
  if (one.kind === 'flip') {
    const copy = new Uint8Array(whole);
    copy[at] = (copy[at] ?? 0) ^ (1 << one.bit);
    return copy;
  }
  const tail =
    one.kind === 'end'
      ? []
      : one.kind === 'cut'
        ? whole.subarray(at + one.length)
        : [...one.bytes, ...whole.subarray(at)];
  return new Uint8Array([...whole.subarray(0, at), ...tail]);
}

it('a workbook whose bytes were damaged changes nothing', async () => {
  const blob = await writeXlsx({ fields: dictionary, yards, english: false, mark: '演示' });
  const whole = new Uint8Array(await blob.arrayBuffer());
  await fc.assert(
    fc.asyncProperty(injury, async (one) => {
      const report = await readFile(injured(whole, one), dictionary, yards);
      expect(report ? changesOf(report) : []).toEqual([]);
    }),
    runs(0.25),
  );
}, 200_000);

it('a CSV file whose bytes were damaged is written only as its report says', async () => {
  const whole = bytes(writeCsv(dictionary, yards));
  await fc.assert(
    fc.asyncProperty(fc.array(injury, { minLength: 1, maxLength: 3 }), async (injuries) => {
      const broken = injuries.reduce<Uint8Array<ArrayBuffer>>(
        (each, one) => (each.length > 0 ? injured(each, one) : each),
        whole,
      );
      const report = await readFile(broken, dictionary, yards);
      if (!report?.readable) return;
      for (const { yard, field, after } of changesOf(report)) {
        const known = dictionary.find(({ code }) => code === field);
        const cell = report.cells.find((one) => one.yard === yard && one.field === field);
        expect(known && cell && parseValue(cell.text, known)).toEqual({ value: after });
      }
    }),
    runs(0.25),
  );
});
