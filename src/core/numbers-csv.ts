/** Tables as CSV that a spreadsheet opens rightly: RFC 4180, with a byte order mark, as Excel takes UTF-8 for GBK without it. */

export type Cell = string | number | null;

/** Spreadsheets run what begins like this as a formula; full-width signs too. A number that is typed as one is none. */
const formula = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/;

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows of equal length, the first of them the names of the columns. */
export const toCsv = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
