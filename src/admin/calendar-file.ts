import { readYear, tableOfJson, type ReadYear } from '../core/calendar-file.ts';

/** Largest file taken, in bytes: a year's days are a few kilobytes. */
export const largestFile = 1_048_576;

/** The text of a file in UTF-8, or GB18030 as Excel in China saves it; null when it is neither. */
function decoded(bytes: ArrayBuffer): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  return null;
}

async function tableOf(file: File): Promise<readonly (readonly string[])[] | null> {
  const bytes = await file.arrayBuffer();
  if (new Uint8Array(bytes)[0] === 0x50 && new Uint8Array(bytes)[1] === 0x4b) {
    const { readSheet } = await import('read-excel-file/browser');
    const sheet = await readSheet(file);
    return sheet.map((line) =>
      line.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''))),
    );
  }
  const text = decoded(bytes);
  if (text === null) return null;
  if (/^\s*[[{]/.test(text)) return tableOfJson(JSON.parse(text));
  const { parse } = await import('csv-parse/browser/esm/sync');
  const options = { delimiter: [',', '\t', ';'], relax_column_count: true, relax_quotes: true, bom: true };
  return parse(text, { ...options, skip_empty_lines: false });
}

/** A year's days out of a CSV, XLSX or JSON file; what each is is told by its content. */
export async function readCalendarFile(file: File): Promise<ReadYear | { kind: 'unreadable' | 'big' }> {
  if (file.size > largestFile) return { kind: 'big' };
  try {
    const table = await tableOf(file);
    return table ? readYear(table) : { kind: 'unreadable' };
  } catch {
    return { kind: 'unreadable' };
  }
}
