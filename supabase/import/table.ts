import { fieldNamed } from './columns.ts';
import { UnreadableFile, type Field, type Geometry, type Refusal, type Source } from './source.ts';
import { parseWkt } from './wkt.ts';

/** Lines of cells as a spreadsheet shows them, blank lines included so that line numbers stay true. */
export type Table = string[][];

// A list often begins with its title and a remark; the headings come within the first lines.
const headingsWithin = 10;

function findHeadings(table: Table) {
  const fields = table.slice(0, headingsWithin).map((line) => line.map(fieldNamed));
  const counts = fields.map((line) => new Set(line.filter((field) => field !== null)).size);
  const best = counts.indexOf(Math.max(...counts));
  if (best < 0 || (counts[best] ?? 0) < 2) throw new UnreadableFile('headings_missing');
  return { at: best, fields: fields[best] ?? [] };
}

function degrees(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[°EN东经北纬\s]/gi, '');
  return plain === '' || !Number.isFinite(Number(plain)) ? null : Number(plain);
}

function placeOf(cell: (field: Field) => string): Geometry | Refusal {
  const wkt = cell('geometry');
  if (wkt !== '') {
    const read = parseWkt(wkt);
    if (read === 'other') return { reason: 'geometry_kind', detail: { type: wkt.split(/[\s(]/)[0] ?? '' } };
    return read ?? { reason: 'geometry_wkt' };
  }
  const pair = cell('lnglat').split(/[,，;；\s]+/);
  const [x, y] = cell('lnglat') === '' ? [cell('lng'), cell('lat')] : [pair[0] ?? '', pair[1] ?? ''];
  if (x === '' && y === '') return { reason: 'geometry_missing' };
  const [lng, lat] = [degrees(x), degrees(y)];
  if (lng === null || lat === null) return { reason: 'coordinates_not_numbers', detail: { lng: x, lat: y } };
  return { type: 'Point', coordinates: [lng, lat] };
}

/** Courtyards from a table with headings in Chinese or English. Throws UnreadableFile when it finds no headings. */
export function readTable(table: Table): Source {
  const { at, fields } = findHeadings(table);
  const columnOf = new Map<Field, number>();
  fields.forEach((field, column) => {
    if (field !== null && !columnOf.has(field)) columnOf.set(field, column);
  });
  const rows = table.slice(at + 1).flatMap((line, index) => {
    if (line.every((cell) => cell.trim() === '')) return [];
    const cell = (field: Field) => line[columnOf.get(field) ?? -1]?.trim() ?? '';
    const text = {
      name: cell('name'),
      address: cell('address'),
      community: cell('community'),
      kind: cell('kind'),
      code: cell('code'),
    };
    return [{ row: at + index + 2, text, place: placeOf(cell) }];
  });
  const unused = (table[at] ?? []).filter(
    (heading, column) => heading.trim() !== '' && fields[column] === null,
  );
  return { rows, unused };
}
