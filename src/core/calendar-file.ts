import { isRecord } from './api-error.ts';
import { isDay, yearOf, type CalendarDay } from './office-calendar.ts';

/** Reads a year's holidays out of a file's cells: columns 日期, 休/班, 名称. Nothing is taken unless every row is right. */

export type RowProblem = 'date' | 'kind' | 'twice' | 'year' | 'name';

/** What is wrong with a row; `row` as the spreadsheet numbers it, `value` what stands there. */
export interface BadRow {
  row: number;
  problem: RowProblem;
  value: string;
}

export type ReadYear =
  | { kind: 'read'; year: number; days: CalendarDay[] }
  | { kind: 'bad'; rows: BadRow[] }
  /** No line with the column names, or nothing below it. */
  | { kind: 'empty' };

/** Longest name of a day, in characters, as the database takes it. */
export const longestDayName = 40;

const columns = {
  day: /^(日期|date|day)$/i,
  kind: /^(休\s*[/／、]?\s*班|类型|休班|type|kind|working|work)$/i,
  name: /^(名称|节日|name|holiday)$/i,
};
const off = /^(休|放假|休息|节假日|off|holiday|false|0|否)$/i;
const on = /^(班|上班|补班|调休|调休上班|work|working|on|true|1|是)$/i;

/** 2027-01-01 of 2027-1-1, 2027/1/1, 2027.1.1, 2027年1月1日, 20270101; null for anything else. */
export function readDay(text: string): string | null {
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (!found) return null;
  const [, year = '', month = '', date = ''] = found;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

/** Reads a table whose first filled line names its columns. */
export function readYear(table: readonly (readonly string[])[]): ReadYear {
  const cells = table.map((line) => line.map((cell) => cell.trim()));
  const head = cells.findIndex((line) => line.some((cell) => columns.day.test(cell)));
  const header = cells[head] ?? [];
  const at = {
    day: header.findIndex((cell) => columns.day.test(cell)),
    kind: header.findIndex((cell) => columns.kind.test(cell)),
    name: header.findIndex((cell) => columns.name.test(cell)),
  };
  if (at.day < 0 || at.kind < 0) return { kind: 'empty' };

  const days = new Map<string, CalendarDay>();
  const rows: BadRow[] = [];
  for (const [index, line] of cells.entries()) {
    if (index <= head || line.every((cell) => cell === '')) continue;
    const said = { day: line[at.day] ?? '', kind: line[at.kind] ?? '', name: line[at.name] ?? '' };
    const bad = (problem: RowProblem, value: string): void =>
      void rows.push({ row: index + 1, problem, value });
    const day = readDay(said.day);
    const [first] = days.keys();
    if (day === null) bad('date', said.day);
    else if (!off.test(said.kind) && !on.test(said.kind)) bad('kind', said.kind);
    else if (days.has(day)) bad('twice', said.day);
    else if (first !== undefined && yearOf(first) !== yearOf(day)) bad('year', said.day);
    else if (said.name.length > longestDayName) bad('name', said.name);
    else days.set(day, { day, working: on.test(said.kind), name: said.name || null });
  }
  if (rows.length > 0) return { kind: 'bad', rows };
  const read = [...days.values()].sort((a, b) => a.day.localeCompare(b.day));
  const [first] = read;
  return first ? { kind: 'read', year: yearOf(first.day), days: read } : { kind: 'empty' };
}

const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'boolean' || typeof value === 'number'
      ? String(value)
      : '';

/**
 * A table of a parsed JSON file: a list of objects with 日期 / day / date, 休班 / working / type and 名称 / name, or such a list
 * under `days`. Null for anything else. Row numbers then count the entries from 2 on, as if the names stood in a line above.
 */
export function tableOfJson(parsed: unknown): string[][] | null {
  const list = isRecord(parsed) ? parsed['days'] : parsed;
  if (!Array.isArray(list) || !list.every(isRecord)) return null;
  const value = (entry: Record<string, unknown>, column: RegExp): string =>
    text(Object.entries(entry).find(([key]) => column.test(key))?.[1]);
  return [
    ['日期', '休/班', '名称'],
    ...list.map((entry) => [
      value(entry, columns.day),
      value(entry, columns.kind),
      value(entry, columns.name),
    ]),
  ];
}
