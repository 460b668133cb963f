import { parse } from 'csv-parse/sync';
import { UnreadableFile } from './source.ts';
import type { Table } from './table.ts';

/** The sign between cells: whichever of comma, tab and semicolon the first lines have most of. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 2000);
  const count = (sign: string) => head.split(sign).length;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** The cells of a CSV text, line by line. Throws UnreadableFile with the line at which it breaks. */
export function readCsv(text: string): Table {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 0;
    throw new UnreadableFile('file_not_csv', { line });
  }
}
