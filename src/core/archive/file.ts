import { toCsv } from '../numbers-csv.ts';
import type { Field } from './field.ts';
import { tableOfGeoJson } from './geojson.ts';
import { baseTexts, readTable, type ImportReport } from './import.ts';
import { writeTable, type Cells, type YardRow } from './table.ts';
import { readXlsx } from './xlsx.ts';

/** Largest file taken, in bytes: a street's archives are under one megabyte. */
export const largestFile = 12_000_000;

export const writeCsv = (fields: readonly Field[], yards: readonly YardRow[], english = false): string =>
  toCsv(writeTable(fields, yards, english));

/** The text of a file in UTF-8, or GB18030 as Excel in China saves it; null when it is neither. */
function decoded(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  return null;
}

async function parseCsv(text: string): Promise<Cells | null> {
  const { parse } = await import('csv-parse/browser/esm/sync');
  try {
    return parse(text, {
      delimiter: [',', '\t', ';'],
      relax_column_count: true,
      relax_quotes: true,
      bom: true,
      skip_empty_lines: false,
    });
  } catch {
    return null;
  }
}

/** Reads an XLSX, CSV or GeoJSON file against what is held; what it is is told by its content. Null: none of these, or damaged. */
export async function readFile(
  bytes: Uint8Array<ArrayBuffer>,
  fields: readonly Field[],
  yards: readonly YardRow[],
): Promise<ImportReport | null> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const book = await readXlsx(bytes, fields);
    return book && readTable(book.table, fields, yards, book.base && baseTexts(book.base));
  }
  const text = decoded(bytes);
  if (text === null || text.includes('\u0000')) return null;
  const table = /^\s*\{/.test(text) ? tableOfGeoJson(text, fields) : await parseCsv(text);
  return table && readTable(table, fields, yards);
}
