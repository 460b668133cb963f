import type { Field } from './field.ts';
import type { Value, Values } from './merge.ts';
import { neutral, unneutral } from './neutral.ts';
import { writeValue } from './value.ts';

/** A yard's archive as a file holds it. */
export interface YardRow {
  /** Its number as the office writes it. */
  code: string;
  name: string;
  address: string;
  values: Values;
}

export type Cells = readonly (readonly string[])[];

/** The first row holds these and the fields' codes: what a program reads the columns by. */
export const keyColumns = ['code', 'name', 'address'] as const;
/** Rows above the yards: codes, names, notes. */
export const headRows = 3;

export const keyNames: Readonly<Record<(typeof keyColumns)[number], [zh: string, en: string]>> = {
  code: ['院落编号', 'Courtyard no.'],
  name: ['院落', 'Courtyard'],
  address: ['地址', 'Address'],
};

const range = (field: Field): string => {
  const mark = (value: number): string => (field.type === 'share' ? `${value * 100}%` : String(value));
  if (field.low === null && field.high === null) return '';
  if (field.low === null) return `≤ ${mark(field.high ?? 0)}`;
  return field.high === null ? `≥ ${mark(field.low)}` : `${mark(field.low)}–${mark(field.high)}`;
};

/** What a column takes, in a line: its unit, its range, its answers. */
export function columnNote(field: Field, english = false): string {
  const unit = english ? field.unit_en : field.unit;
  const answers =
    field.type === 'flag'
      ? english
        ? 'yes / no'
        : '是 / 否'
      : (field.options ?? []).map(({ name, name_en }) => (english ? name_en : name)).join(' / ');
  return [unit, range(field), answers, field.note].filter(Boolean).join(english ? '; ' : '；');
}

/** The archives as a table of texts: three head rows, then a row for each yard. Nothing in it is run by a spreadsheet. */
export function writeTable(fields: readonly Field[], yards: readonly YardRow[], english = false): string[][] {
  const at = english ? 1 : 0;
  return [
    [...keyColumns, ...fields.map(({ code }) => code)],
    [
      ...keyColumns.map((key) => keyNames[key][at]),
      ...fields.map(({ name, name_en }) => (english ? name_en : name)),
    ],
    [...keyColumns.map(() => ''), ...fields.map((field) => columnNote(field, english))],
    ...yards.map(({ code, name, address, values }) => [
      code,
      name,
      address,
      ...fields.map((field) => writeValue(values[field.code] ?? null, field, english)),
    ]),
  ].map((row) => row.map(neutral));
}

/** A cell's text without what `neutral` and spreadsheets put around it. */
export const plainCell = (text: string | undefined): string => unneutral((text ?? '').trim()).trim();

/** The letters of a column, counted from 0: A, B … Z, AA. */
export const columnLetters = (index: number): string =>
  (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

export type Change = { yard: string; field: string; before: Value; after: Value };
