import type { Feature } from 'write-excel-file/universal';
import type { Field } from './field.ts';
import type { Value } from './merge.ts';
import { neutral } from './neutral.ts';
import { columnLetters, headRows, keyColumns, plainCell, writeTable, type YardRow } from './table.ts';
import { unzipWhole } from './unzip.ts';
import { writeValue } from './value.ts';
import { hideHelpers, openMark, protection, unlock, validations, type RuledColumn } from './xlsx-rules.ts';

/** Sheets for programs: the answers of choices, and what each cell held when the file was made. */
const optionsSheet = '_选项';
const baseSheet = '_原值';

export interface Workbook {
  fields: readonly Field[];
  yards: readonly YardRow[];
  english: boolean;
  /** Whose file it is and when it was made; stands on the sheet of notes. */
  mark: string;
}

const head = { type: String, fontWeight: 'bold', backgroundColor: '#efede8', wrap: true } as const;
const quiet = { type: String, textColor: '#5b6066', wrap: true, fontSize: 9 } as const;
const codes = { type: String, textColor: '#8a8f94', fontSize: 8 } as const;

function cellOf(value: Value, field: Field, english: boolean): object {
  const open = field.formula === null ? openMark : {};
  if (typeof value === 'number')
    return { value, type: Number, ...open, ...(field.type === 'share' ? { format: '0.##%' } : {}) };
  const text = neutral(writeValue(value, field, english));
  return text === '' ? { value: null, type: String, ...open } : { value: text, type: String, ...open };
}

function dataSheet({ fields, yards, english }: Workbook): object[][] {
  const [first = [], second = [], third = []] = writeTable(fields, [], english);
  return [
    first.map((value) => ({ value, ...codes })),
    second.map((value) => ({ value, ...head })),
    third.map((value) => (value === '' ? null : { value, ...quiet })) as object[],
    ...yards.map(({ code, name, address, values }) => [
      { value: code, type: String },
      { value: neutral(name), type: String },
      { value: neutral(address), type: String },
      ...fields.map((field) => cellOf(values[field.code] ?? null, field, english)),
    ]),
  ];
}

function notesSheet({ fields, english, mark }: Workbook): object[][] {
  const titles = english
    ? ['Code', 'Name', 'What it takes', 'Seen by']
    : ['代码', '名称', '填写要求', '可见范围'];
  const [, names = [], notes = []] = writeTable(fields, [], english);
  return [
    [{ value: neutral(mark), ...quiet }],
    titles.map((value) => ({ value, ...head })),
    ...fields.map(({ code, sensitivity }, at) =>
      [code, names[at + keyColumns.length] ?? '', notes[at + keyColumns.length] ?? '', sensitivity].map(
        (value) => ({
          value,
          type: String,
          wrap: true,
        }),
      ),
    ),
  ];
}

/** A column for each choice: its answers below each other. */
function optionRows(choices: readonly Field[], english: boolean): object[][] {
  const longest = Math.max(1, ...choices.map(({ options }) => options?.length ?? 0));
  return Array.from({ length: longest }, (_, row) =>
    choices.map(({ options }) => {
      const option = options?.[row];
      return { value: option ? (english ? option.name_en : option.name) : null, type: String };
    }),
  );
}

/** The template: filled with what is held, headings and numbers protected, each cell checked by the spreadsheet itself. */
export async function writeXlsx(book: Workbook): Promise<Blob> {
  const { fields, yards, english } = book;
  const choices = fields.filter(({ type }) => type === 'choice');
  const ruled: RuledColumn[] = fields.flatMap((field, at) => {
    if (field.formula !== null) return [];
    const column = columnLetters(choices.indexOf(field) < 0 ? 0 : choices.indexOf(field));
    const options = `'${optionsSheet}'!$${column}$1:$${column}$${Math.max(1, field.options?.length ?? 0)}`;
    return [{ index: at + keyColumns.length, field, options }];
  });
  const last = headRows + Math.max(1, yards.length);
  const rules = protection + validations(ruled, headRows + 1, last, english);
  const feature: Feature<Blob> = {
    files: {
      transform: {
        'xl/styles.xml': { transform: unlock },
        'xl/workbook.xml': { transform: hideHelpers },
        'xl/worksheets/sheet{id}.xml': {
          // The order of a sheet's parts is prescribed: these two come right behind the data.
          transform: (sheet, _options, { sheetIndex }) =>
            sheetIndex === 0 ? sheet.replace('</sheetData>', `</sheetData>${rules}`) : sheet,
        },
      },
    },
  };
  const { default: write } = await import('write-excel-file/universal');
  const base = writeTable(fields, yards, english).map((row) =>
    row.map((value) => ({ value: value || null, type: String })),
  );
  const sheets = [
    {
      sheet: english ? 'Archive' : '档案',
      data: dataSheet(book),
      stickyRowsCount: headRows,
      stickyColumnsCount: 2,
      columns: [{ width: 9 }, { width: 20 }, { width: 24 }, ...fields.map(() => ({ width: 13 }))],
    },
    {
      sheet: english ? 'Notes' : '说明',
      data: notesSheet(book),
      columns: [{ width: 24 }, { width: 24 }, { width: 48 }, { width: 14 }],
    },
    { sheet: optionsSheet, data: optionRows(choices, english) },
    { sheet: baseSheet, data: base },
  ];
  return write(sheets as Parameters<typeof write>[0], { features: [feature] }).toBlob();
}

export interface ReadWorkbook {
  table: string[][];
  /** What each yard held when the file was made, as its texts say; null in a file that is not ours. */
  base: string[][] | null;
}

type Cell = string | number | boolean | Date | null | undefined;

function textOf(cell: Cell, share: boolean): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  // A spreadsheet keeps 30 % as 0.3.
  if (typeof cell === 'number') return share ? `${Number((cell * 100).toFixed(4))}%` : String(cell);
  return cell ?? '';
}

/** The texts of a workbook; null when the file is none or is damaged. */
export async function readXlsx(
  bytes: Uint8Array<ArrayBuffer>,
  fields: readonly Field[],
): Promise<ReadWorkbook | null> {
  if (!unzipWhole(bytes)) return null;
  try {
    const { default: read } = await import('read-excel-file/universal');
    const sheets = await read(bytes.buffer);
    const ours = sheets.find(({ data }) =>
      data.some((row) => row.some((cell) => plainCell(String(cell ?? '')) === 'code')),
    );
    const data = ours && ours.sheet !== baseSheet ? ours.data : (sheets[0]?.data ?? []);
    const codesAt = data.find((row) => row.some((cell) => String(cell ?? '') === 'code')) ?? [];
    const shares = codesAt.map((code) =>
      fields.some((field) => field.code === code && field.type === 'share'),
    );
    const base = sheets.find(({ sheet }) => sheet === baseSheet)?.data ?? null;
    const texts = (rows: typeof data): string[][] =>
      rows.map((row) => row.map((cell, at) => textOf(cell as Cell, shares[at] ?? false)));
    return { table: texts(data), base: base && texts(base) };
  } catch {
    return null;
  }
}
