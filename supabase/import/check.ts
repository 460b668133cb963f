import { shapeToWgs84, type Crs } from './crs.ts';
import { kindNamed } from './kinds.ts';
import { tidyPlace } from './shape.ts';
import { isRefusal, type Geometry, type Refusal, type Source, type SourceRow } from './source.ts';

/** A row as `import_courtyards` takes it; the geometry in WGS-84 degrees. */
export interface CourtyardRow {
  row: number;
  name: string;
  address: string;
  community: string;
  geometry: Geometry;
  kind?: string;
  external_id?: string;
}

export interface Refused extends Refusal {
  row: number;
  name: string;
}

export interface Checked {
  good: CourtyardRow[];
  refused: Refused[];
  /** Every usable shape as the file has it, for the hint about coordinate systems. */
  shapes: Geometry[];
}

/** The longest the database takes. */
const longest = { name: 80, address: 120 };

const clean = (text: string | undefined) =>
  (text ?? '')
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function checkText(text: SourceRow['text']): Refusal | Omit<CourtyardRow, 'row' | 'geometry'> {
  const name = clean(text.name);
  const address = clean(text.address);
  const word = clean(text.kind);
  const code = clean(text.code);
  if (name === '') return { reason: 'name_missing' };
  if (address === '') return { reason: 'address_missing' };
  if ([...name].length > longest.name) return { reason: 'name_too_long', detail: { max: longest.name } };
  if ([...address].length > longest.address)
    return { reason: 'address_too_long', detail: { max: longest.address } };
  const kind = word === '' ? null : kindNamed(word);
  if (word !== '' && kind === null) return { reason: 'kind_unknown', detail: { kind: word } };
  return {
    name,
    address,
    community: clean(text.community),
    ...(kind ? { kind } : {}),
    ...(code ? { external_id: code } : {}),
  };
}

/** Says which earlier row has the same code or address, as each courtyard has its own. */
function duplicates() {
  const seen = new Map<string, number>();
  return (row: number, keys: string[]): Refusal | null => {
    const before = keys.map((key) => seen.get(key)).find((earlier) => earlier !== undefined);
    for (const key of keys) if (!seen.has(key)) seen.set(key, row);
    return before === undefined ? null : { reason: 'duplicate_in_file', detail: { row: before } };
  };
}

/**
 * Sorts the rows of a file into those the server may be asked about, converted to WGS-84, and those refused with their
 * reason. `inside`, when the street's boundary is known, tells whether a geometry lies in it.
 */
export function checkRows(source: Source, crs: Crs, inside: ((shape: Geometry) => boolean) | null): Checked {
  const checked: Checked = { good: [], refused: [], shapes: [] };
  const repeated = duplicates();
  for (const { row, text, place } of source.rows) {
    const shape = tidyPlace(place);
    if (!isRefusal(shape)) checked.shapes.push(shape);
    const refuse = (why: Refusal) => checked.refused.push({ row, name: clean(text.name), ...why });
    const words = checkText(text);
    if ('reason' in words) refuse(words);
    else if (isRefusal(shape)) refuse(shape);
    else {
      const geometry = shapeToWgs84(shape, crs);
      const twice = repeated(row, [
        `address ${words.address.normalize('NFKC')}`,
        ...(words.external_id ? [`code ${words.external_id}`] : []),
      ]);
      if (twice) refuse(twice);
      else if (inside && !inside(geometry)) refuse({ reason: 'outside_street' });
      else checked.good.push({ row, ...words, geometry });
    }
  }
  return checked;
}
