import { bounds, type Field } from './field.ts';
import { columnLetters, columnNote } from './table.ts';

/** What write-excel-file cannot say: which cells may be written into, and what they take. Written into its XML as it comes by. */

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const xml = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** Longest prompt and title Excel opens a file with, in characters. */
const prompt = (text: string): string => xml(text.slice(0, 255));
const title = (text: string): string => xml(text.slice(0, 32));

function test(field: Field, options: string): [attributes: string, formulas: string] {
  const [low, high] = bounds(field);
  const between = `<formula1>${low}</formula1><formula2>${high}</formula2>`;
  switch (field.type) {
    case 'count':
    case 'year':
      return ['type="whole" operator="between"', between];
    case 'number':
    case 'share':
      return ['type="decimal" operator="between"', between];
    case 'flag':
      return ['type="list"', '<formula1>"是,否"</formula1>'];
    case 'choice':
      return ['type="list"', `<formula1>${xml(options)}</formula1>`];
    case 'text':
    case 'phone':
      return [
        'type="textLength" operator="lessThanOrEqual"',
        `<formula1>${field.type === 'text' ? 200 : 24}</formula1>`,
      ];
  }
}

export interface RuledColumn {
  index: number;
  field: Field;
  /** Where the answers of a choice stand: `'_选项'!$A$1:$A$4`. */
  options: string;
}

/** Validation of each column from row `first` to row `last` (counted from 1), with what it takes said when its cell is chosen. */
export function validations(
  columns: readonly RuledColumn[],
  first: number,
  last: number,
  english: boolean,
): string {
  const each = columns.map(({ index, field, options }) => {
    const [attributes, formulas] = test(field, options);
    const column = columnLetters(index);
    const note = columnNote(field, english);
    const words = english ? 'Not a value of this column.' : '这一列不收这样的值。';
    return (
      `<dataValidation ${attributes} allowBlank="1" showInputMessage="1" showErrorMessage="1"` +
      ` errorTitle="${title(english ? field.name_en : field.name)}" error="${prompt(`${words} ${note}`)}"` +
      ` promptTitle="${title(english ? field.name_en : field.name)}" prompt="${prompt(note)}"` +
      ` sqref="${column}${first}:${column}${last}">${formulas}</dataValidation>`
    );
  });
  return each.length > 0 ? `<dataValidations count="${each.length}">${each.join('')}</dataValidations>` : '';
}

/** Locks every cell that is not marked as open; columns may still be made wider and rows sorted out of sight. */
export const protection =
  '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" autoFilter="0"/>';

/** Cells aligned like this are open: the mark by which `unlock` knows their style. */
export const openMark = { alignVertical: 'top' } as const;

/** Opens the cells of marked styles in `xl/styles.xml`. */
export const unlock = (styles: string): string =>
  styles.replace(
    /<xf([^>]*)>(<alignment[^>]*vertical="top"[^>]*\/>)<\/xf>/g,
    '<xf$1 applyProtection="1">$2<protection locked="0"/></xf>',
  );

/** Hides the sheets whose names begin with `_` so that only a program finds them. */
export const hideHelpers = (workbook: string): string =>
  workbook.replace(/<sheet ([^>]*name="_[^>]*)\/>/g, '<sheet $1 state="veryHidden"/>');
