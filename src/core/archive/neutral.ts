/** A spreadsheet runs a cell that begins like this as a formula; it does so behind blanks and with full-width signs too. */
const formula = /^[\s\u00a0\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/;
/** What is only a number is none, with its sign too. */
const number = /^[+-]?\d+([.,]\d+)*%?$/;

/** Names that every object has (`constructor`): the library that writes workbooks takes them for texts it has written before, and the file is broken. */
const inherited = (text: string): boolean => text in Object.prototype;

/** The text as it may stand in a file for spreadsheets; what would run is written behind an apostrophe. */
export const neutral = (text: string): string =>
  (formula.test(text) && !number.test(text)) || inherited(text) || text.startsWith("'") ? `'${text}` : text;

/** What stood there before `neutral`. */
export const unneutral = (text: string): string =>
  text.startsWith("'") && (formula.test(text.slice(1)) || inherited(text.slice(1)) || text.startsWith("''"))
    ? text.slice(1)
    : text;
