import { isJump } from './checks.ts';
import type { Field } from './field.ts';
import { sameValue, type Value } from './merge.ts';
import {
  columnLetters,
  keyColumns,
  keyNames,
  plainCell,
  type Cells,
  type Change,
  type YardRow,
} from './table.ts';
import { parseValue, writeValue, type Problem } from './value.ts';

/** What became of one cell that says something; those that say what is held already are only counted. */
export type CellReport = {
  /** As the spreadsheet names it: D7. */
  cell: string;
  /** The yard's number. */
  yard: string;
  yardName: string;
  field: string;
  text: string;
} & (
  | { kind: 'change'; before: Value; after: Value; jump: boolean }
  /** No value of its field. */
  | { kind: 'bad'; problem: Problem }
  /** Somebody changed it here since the file was made; what is held stays. */
  | { kind: 'newer'; before: Value; after: Value; held: Value }
  /** It held something when the file was made and is empty now: not taken, as a slip empties a cell too. */
  | { kind: 'emptied'; before: Value }
);

export type RowProblem = 'unknown' | 'twice' | 'other_name' | 'no_code';

export interface RowReport {
  /** As the spreadsheet counts, from 1. */
  row: number;
  problem: RowProblem;
  /** What stands in its first two cells. */
  text: string;
}

export type ColumnProblem = 'unknown' | 'twice';

export interface ImportReport {
  /** No row with the columns' codes, or none of a field: nothing was read. */
  readable: boolean;
  cells: CellReport[];
  rows: RowReport[];
  columns: { column: string; problem: ColumnProblem; text: string }[];
  /** Yards that were read, and cells that say what is held already. */
  yards: number;
  same: number;
}

/** What the report says will be written, and nothing else. */
export const changesOf = ({ cells }: ImportReport): Change[] =>
  cells.flatMap((cell) =>
    cell.kind === 'change'
      ? [{ yard: cell.yard, field: cell.field, before: cell.before, after: cell.after }]
      : [],
  );

const unreadable: ImportReport = { readable: false, cells: [], rows: [], columns: [], yards: 0, same: 0 };

/** How far down the codes are looked for. */
const deepest = 20;

interface Column {
  index: number;
  field: Field;
}

function readColumns(head: readonly string[], fields: readonly Field[]): [Column[], ImportReport['columns']] {
  const found = new Map<string, Column>();
  const wrong: ImportReport['columns'] = [];
  for (const [index, text] of head.entries()) {
    const code = plainCell(text);
    if (code === '' || keyColumns.some((key) => key === code)) continue;
    const field = fields.find((one) => one.code === code);
    // What is worked out stands in our own files too, and is never read.
    if (field && field.formula !== null) continue;
    if (field && !found.has(code)) found.set(code, { index, field });
    else
      wrong.push({
        column: columnLetters(index),
        problem: field ? 'twice' : 'unknown',
        text: code.slice(0, 60),
      });
  }
  // Of two columns for one field nobody knows which is meant.
  for (const { problem, text } of wrong) if (problem === 'twice') found.delete(text);
  return [[...found.values()], wrong];
}

/** What each cell of a yard said when the file was made, by the yard's number and the field's code. */
export type BaseTexts = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The texts a file remembers of the time it was made. */
export function baseTexts(table: Cells): BaseTexts {
  const [head = [], ...rows] = table;
  return new Map(
    rows.map((row) => [
      plainCell(row[head.indexOf('code')]),
      Object.fromEntries(head.map((code, at) => [code, plainCell(row[at])])),
    ]),
  );
}

/**
 * Reads a table against what is held. `base`: what the file held when it was made; without it every cell that differs is a
 * change. Gives the report; what it calls a change is all that may be written.
 */
export function readTable(
  table: Cells,
  fields: readonly Field[],
  yards: readonly YardRow[],
  base: BaseTexts | null = null,
): ImportReport {
  const headAt = table
    .slice(0, deepest)
    .findIndex(
      (row) =>
        row.some((cell) => plainCell(cell) === 'code') && row.some((cell) => plainCell(cell) === 'name'),
    );
  const head = table[headAt];
  if (!head) return unreadable;
  const at = {
    code: head.findIndex((cell) => plainCell(cell) === 'code'),
    name: head.findIndex((cell) => plainCell(cell) === 'name'),
  };
  const [columns, wrongColumns] = readColumns(head, fields);
  if (columns.length === 0) return { ...unreadable, columns: wrongColumns };

  const byCode = new Map(yards.map((yard) => [yard.code, yard]));
  const body = table.slice(headAt + 1);
  const codes = body.map((row) => plainCell(row[at.code]));
  const times = new Map<string, number>();
  for (const code of codes) times.set(code, (times.get(code) ?? 0) + 1);

  const report: ImportReport = { ...unreadable, readable: true, cells: [], rows: [], columns: wrongColumns };
  for (const [index, row] of body.entries()) {
    const code = codes[index] ?? '';
    const name = plainCell(row[at.name]);
    const yard = byCode.get(code);
    const filled = columns.some((column) => plainCell(row[column.index]) !== '');
    // Names and notes stand between the codes and the first yard, and blank lines anywhere.
    const heading = keyNames.code.includes(code) || (index === 1 && code === '');
    if (!yard && (!filled || heading)) continue;
    const rowNumber = headAt + index + 2;
    const problem = rowProblem(code, name, yard, times);
    if (problem) {
      report.rows.push({ row: rowNumber, problem, text: `${code} ${name}`.trim().slice(0, 60) });
    } else if (yard) {
      report.yards++;
      for (const { index: columnAt, field } of columns) {
        const text = plainCell(row[columnAt]);
        const verdict = readCell(text, field, yard.values[field.code] ?? null, base?.get(code)?.[field.code]);
        const where = { yard: code, yardName: yard.name, field: field.code, text: text.slice(0, 60) };
        if (verdict === 'same') report.same++;
        else if (verdict)
          report.cells.push({ cell: `${columnLetters(columnAt)}${rowNumber}`, ...where, ...verdict });
      }
    }
  }
  return report;
}

function rowProblem(
  code: string,
  name: string,
  yard: YardRow | undefined,
  times: ReadonlyMap<string, number>,
): RowProblem | null {
  if (code === '') return 'no_code';
  if (!yard) return 'unknown';
  if ((times.get(code) ?? 0) > 1) return 'twice';
  // A row that slipped against its number would write one yard's figures to another.
  return name === yard.name.trim() ? null : 'other_name';
}

type Verdict =
  | { kind: 'change'; before: Value; after: Value; jump: boolean }
  | { kind: 'bad'; problem: Problem }
  | { kind: 'newer'; before: Value; after: Value; held: Value }
  | { kind: 'emptied'; before: Value };

/** `base`: what the cell said when the file was made. Null: it says nothing. */
function readCell(
  text: string,
  field: Field,
  held: Value,
  base: string | undefined,
): Verdict | 'same' | null {
  const stands = (value: Value): boolean =>
    text === writeValue(value, field) || text === writeValue(value, field, true);
  // Untouched since the file was made, or what is held already; both also where that is no value of its field any more.
  if (text === base || stands(held)) return text === '' ? null : 'same';
  // A number that was masked in our own file says nothing new.
  if (field.type === 'phone' && text.includes('**')) return 'same';
  const was = base === undefined ? null : parseValue(base, field);
  const before = was && 'value' in was ? was.value : held;
  if (text === '') return { kind: 'emptied', before };
  const parsed = parseValue(text, field);
  if ('problem' in parsed) return { kind: 'bad', problem: parsed.problem };
  const after = parsed.value;
  if (sameValue(after, held) || sameValue(after, before)) return 'same';
  if (!sameValue(before, held)) return { kind: 'newer', before, after, held };
  return { kind: 'change', before, after, jump: isJump(field, before, after) };
}
