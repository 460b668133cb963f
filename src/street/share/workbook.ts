import { neutral } from '../../core/archive/neutral.ts';
import type { Cell } from '../../core/numbers-csv.ts';
import { t } from './words.ts';

/** A workbook of one table, with the line of who took it on top of it and on a sheet of its own. */
export async function workbook(
  sheet: string,
  { head, rows }: { head: string[]; rows: Cell[][] },
  mark: string,
): Promise<Blob> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  const text = (value: string, bold = false) => ({
    value: neutral(value),
    type: String,
    ...(bold ? { fontWeight: 'bold' as const } : {}),
  });
  const cell = (value: Cell) =>
    value === null ? null : typeof value === 'number' ? { value, type: Number } : text(value);
  return writeXlsxFile([
    {
      sheet,
      stickyRowsCount: 2,
      columns: head.map((name, at) => ({
        width: Math.min(
          48,
          Math.max(
            8,
            2 * name.length,
            ...rows.slice(0, 200).map((row) => 1.6 * String(row[at] ?? '').length),
          ),
        ),
      })),
      data: [[text(mark)], head.map((name) => text(name, true)), ...rows.map((row) => row.map(cell))],
    },
    { sheet: t('export.sheet.mark'), columns: [{ width: 80 }], data: [[text(mark)]] },
  ]).toBlob();
}
