import { readSheet } from 'read-excel-file/node';
import { UnreadableFile } from './source.ts';
import type { Table } from './table.ts';

/** The cells of a workbook's first sheet as text. Throws UnreadableFile for what is no XLSX. */
export async function readXlsx(bytes: Uint8Array): Promise<Table> {
  try {
    const sheet = await readSheet(Buffer.from(bytes), { parseNumber: (digits: string) => digits });
    return sheet.map((line) =>
      line.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''))),
    );
  } catch {
    throw new UnreadableFile('file_not_xlsx');
  }
}
