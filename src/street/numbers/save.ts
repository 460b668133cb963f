import { toCsv } from '../../core/numbers-csv.ts';
import type { Cell } from '../../core/numbers-csv.ts';
import type { Period } from '../../core/numbers-period.ts';
import type { Kind, Table } from './tables.ts';
import { t } from './words.ts';

/** 运行数字-汇总-2026-11-16至2026-11-22-宽巷子社区.csv, without what file systems refuse. */
export function fileName(
  part: string | null,
  { from, to }: Period,
  community: string | null,
  type: string,
): string {
  const parts = [t('numbers.fileName'), part, `${from}_${to}`, community];
  return `${parts
    .filter(Boolean)
    .join('-')
    .replaceAll(/[\\/:*?"<>|\s]+/g, '_')}.${type}`;
}

const percent = (cell: Cell): Cell => (typeof cell === 'number' ? Math.round(cell * 1000) / 10 : cell);
const plain = (cell: Cell | undefined, kind: Kind): Cell =>
  kind === 'share' ? percent(cell ?? null) : (cell ?? null);
const heading = ({ name, kind }: Table['head'][number]): string => (kind === 'share' ? `${name} (%)` : name);

/** One table as it stands. */
export const tableCsv = ({ head, rows }: Table): string =>
  toCsv([head.map(heading), ...rows.map((row) => head.map(({ kind }, at) => plain(row[at], kind)))]);

/** All tables in one file of four columns: table, item, figure, value. */
export const summaryCsv = (tables: readonly Table[]): string =>
  toCsv([
    (['table', 'item', 'figure', 'value'] as const).map((key) => t(`numbers.col.${key}`)),
    ...tables.flatMap(({ title, head, rows }) =>
      rows.flatMap((row) =>
        head
          .slice(1)
          .map((column, at): Cell[] => [
            title,
            row[0] ?? null,
            heading(column),
            plain(row[at + 1], column.kind),
          ])
          .filter(([, , , value]) => value !== null),
      ),
    ),
  ]);

const spread = (cell: Cell | undefined): number =>
  [...String(cell ?? '')].reduce((sum, letter) => sum + (letter > 'ÿ' ? 2 : 1), 0);

/** As wide as its longest cell, in the digits Excel counts by; a Chinese character takes two. */
const width = (cells: readonly (Cell | undefined)[]): number =>
  Math.min(40, 3 + cells.reduce((most: number, cell) => Math.max(most, spread(cell)), 0));

/** A workbook with a sheet for each table. */
export async function workbook(tables: readonly Table[]): Promise<Blob> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  return writeXlsxFile(
    tables.map(({ title, head, rows }) => ({
      // what a sheet's name may not hold
      sheet: title.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31),
      stickyRowsCount: 1,
      columns: head.map(({ name }, at) => ({ width: width([name, ...rows.map((row) => row[at])]) })),
      data: [
        head.map(({ name }) => ({ value: name, type: String, fontWeight: 'bold' as const })),
        ...rows.map((row) =>
          head.map(({ kind }, at) => {
            const cell = row[at] ?? null;
            if (cell === null) return null;
            if (typeof cell === 'string') return { value: cell, type: String };
            return { value: cell, type: Number, ...(kind === 'share' ? { format: '0.0%' } : {}) };
          }),
        ),
      ],
    })),
  ).toBlob();
}

/** Hands a file to the browser's downloads. */
export function save(content: Blob | string, name: string): void {
  const blob =
    typeof content === 'string' ? new Blob([content], { type: 'text/csv;charset=utf-8' }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // the download has its own hold on it by then
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
