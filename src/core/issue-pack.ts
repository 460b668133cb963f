import { Dictionary } from './dictionary.ts';
import { askedKinds, holderLevels, issueSteps, urgencies } from './issue-columns.ts';
import { issueStates } from './issue-state.ts';

/** The byte that stands for a name that is not there. */
export const none = 255;

/**
 * What the rows say in numbers, one array a column. State, level, urgency, step and asked count in `issueStates`,
 * `holderLevels`, `urgencies`, `issueSteps` and `askedKinds` (255: none), category and holder in the dictionaries beside
 * them (65535: none). Times in epoch seconds, places in degrees of WGS-84, NaN for none.
 */
export const emptyColumns = (size: number) => ({
  id: new Float64Array(size),
  courtyard: new Float64Array(size),
  state: new Uint8Array(size),
  level: new Uint8Array(size),
  urgency: new Uint8Array(size),
  step: new Uint8Array(size),
  asked: new Uint8Array(size),
  category: new Uint16Array(size),
  holder: new Uint16Array(size),
  lng: new Float64Array(size),
  lat: new Float64Array(size),
  warn: new Float64Array(size),
  due: new Float64Array(size),
  created: new Float64Array(size),
  ended: new Float64Array(size),
  version: new Int32Array(size),
});
export type PackedColumns = ReturnType<typeof emptyColumns>;

/** Issues as they cross from the worker that read them: arrays and one text, which nobody has to walk through again. */
export type IssuePack = {
  size: number;
  columns: PackedColumns;
  categories: readonly string[];
  holders: readonly string[];
  /** Number and words of every row, one after the other; `ends` has two for each row: where its number and where its words end. */
  text: string;
  ends: Uint32Array;
};

const wrong = (name: string, row: number, value: unknown): TypeError =>
  new TypeError(`issues.${name}[${row}]: unexpected ${typeof value}`);

/**
 * Checks the columns of an answer and packs them; by hand, because 200,000 rows pass here in one go.
 * Throws a TypeError naming the first column and row that is not as agreed.
 */
export function packIssues(input: unknown): IssuePack {
  if (typeof input !== 'object' || input === null) throw new TypeError('issues: not an object');
  const fields = new Map<string, unknown>(Object.entries(input));
  const ids = fields.get('id');
  const size = Array.isArray(ids) ? ids.length : 0;
  const columns = emptyColumns(size);

  const column = (name: string): readonly unknown[] => {
    const values = fields.get(name);
    if (!Array.isArray(values) || values.length !== size)
      throw new TypeError(`issues.${name}: not a column of ${size}`);
    return values;
  };
  const numbers = (name: string, to: Float64Array | Int32Array, nullable = false): void => {
    const values = column(name);
    for (let row = 0; row < size; row++) {
      const value = values[row];
      if (typeof value === 'number') to[row] = value;
      else if (nullable && value === null) to[row] = NaN;
      else throw wrong(name, row, value);
    }
  };
  const names = (name: string, to: Uint8Array, known: readonly string[], nullable = false): void => {
    const values = column(name);
    const codes = new Map<unknown, number>(known.map((word, code) => [word, code]));
    if (nullable) codes.set(null, none);
    for (let row = 0; row < size; row++) {
      const code = codes.get(values[row]);
      if (code === undefined) throw wrong(name, row, values[row]);
      to[row] = code;
    }
  };
  const words = (name: string, to: Uint16Array): readonly string[] => {
    const dictionary = new Dictionary();
    const values = column(name);
    for (let row = 0; row < size; row++) {
      const value = values[row];
      if (value !== null && typeof value !== 'string') throw wrong(name, row, value);
      to[row] = dictionary.number(value);
    }
    return dictionary.words;
  };

  numbers('id', columns.id);
  numbers('courtyard_id', columns.courtyard, true);
  names('state', columns.state, issueStates);
  names('holder_level', columns.level, holderLevels);
  names('urgency', columns.urgency, urgencies);
  names('step', columns.step, issueSteps, true);
  names('asked', columns.asked, askedKinds, true);
  numbers('lng', columns.lng, true);
  numbers('lat', columns.lat, true);
  numbers('warn_at', columns.warn, true);
  numbers('due_at', columns.due, true);
  numbers('created_at', columns.created);
  if (fields.has('ended_at')) numbers('ended_at', columns.ended, true);
  else columns.ended.fill(NaN);
  numbers('version', columns.version);
  const categories = words('category', columns.category);
  const holders = words('holder', columns.holder);
  return { size, columns, categories, holders, ...texts(column('number'), column('what')) };
}

function texts(numbers: readonly unknown[], whats: readonly unknown[]): Pick<IssuePack, 'text' | 'ends'> {
  const ends = new Uint32Array(numbers.length * 2);
  const parts: string[] = [];
  let end = 0;
  for (let row = 0; row < numbers.length; row++) {
    const [number, what] = [numbers[row], whats[row]];
    if (typeof number !== 'string') throw wrong('number', row, number);
    if (typeof what !== 'string') throw wrong('what', row, what);
    parts.push(number, what);
    ends[row * 2] = end += number.length;
    ends[row * 2 + 1] = end += what.length;
  }
  return { text: parts.join(''), ends };
}

/** The pack's arrays, to be handed over rather than copied. */
export const buffersOf = ({ columns, ends }: IssuePack): ArrayBuffer[] =>
  [...Object.values(columns), ends].flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));

/** The number (0) or the words (1) of a row. */
export function textOf({ text, ends }: Pick<IssuePack, 'text' | 'ends'>, row: number, which: 0 | 1): string {
  const at = row * 2 + which;
  return text.slice(at === 0 ? 0 : ends[at - 1], ends[at]);
}
