import { issueStates } from '../issue-state.ts';
import type { IssueState } from '../issue-state.ts';
import { listGroups } from '../issue-list.ts';
import type { ListGroup } from '../issue-list.ts';

/** WGS-84 degrees. */
export type Position = readonly [lng: number, lat: number];

/** What somebody drew on the map. A ring is open: its last corner is not its first again. */
export type DrawnArea =
  | { readonly kind: 'circle'; readonly centre: Position; readonly metres: number }
  | { readonly kind: 'polygon'; readonly ring: readonly Position[] };

/** Around what one looks: a thing of the map, or a place somebody clicked (`id` is null then). */
export type Near = {
  readonly kind: 'courtyard' | 'issue' | 'resource' | 'hazard' | 'place';
  readonly id: number | null;
  readonly at: Position;
  readonly metres: number;
};

/** Codes of courtyards' labels: one of these at least, each of these, none of these. */
export type LabelFilter = {
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly none: readonly string[];
};

export type Lateness = 'late' | 'soon' | 'in_time';

/** What an issue must be to be shown; an empty list or null asks nothing. Plain data: it can be kept, sent and compared. */
export type IssueFilter = {
  /** Words in number, text, courtyard, address or holder; each must be found. Chinese, pinyin or initials. */
  readonly text: string;
  readonly groups: readonly ListGroup[];
  readonly labels: LabelFilter;
  /** Codes of categories. */
  readonly categories: readonly string[];
  readonly states: readonly IssueState[];
  /** Names of offices. */
  readonly holders: readonly string[];
  readonly late: Lateness | null;
  /** Reported at least / at most so many days ago. */
  readonly age: { readonly min: number | null; readonly max: number | null };
  /** Ids of communities. */
  readonly communities: readonly number[];
  readonly area: DrawnArea | null;
  readonly near: Near | null;
};

export const noFilter: IssueFilter = {
  text: '',
  groups: [],
  labels: { any: [], all: [], none: [] },
  categories: [],
  states: [],
  holders: [],
  late: null,
  age: { min: null, max: null },
  communities: [],
  area: null,
  near: null,
};

/** What one filter may hold; more comes from no hand. */
const most = { text: 100, entries: 60, corners: 200, metres: 20_000, days: 3_650 };

/** The value of `f` in an address: `key.value.value*key.value`. Separators inside a value are written as `-` and their code. */
const escaped = (value: string): string =>
  value.replace(/[.*-]/g, (one) => `-${one.charCodeAt(0).toString(16)}`);
const unescaped = (value: string): string =>
  value.replace(/-([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Degrees travel as whole millionths, about 0.1 m. */
const micro = (degrees: number): number => Math.round(degrees * 1e6);

const areaParts = (area: DrawnArea): (string | number)[] =>
  area.kind === 'circle'
    ? ['c', ...area.centre.map(micro), Math.round(area.metres)]
    : ['p', ...area.ring.flatMap((corner) => corner.map(micro))];

/** A filter as the value of an address; null for one that asks nothing. */
export function toParam(filter: IssueFilter): string | null {
  const { labels, age, near, area } = filter;
  const parts: [key: string, values: readonly (string | number)[]][] = [
    ['q', filter.text.trim() ? [filter.text] : []],
    ['g', filter.groups],
    ['la', labels.any],
    ['ll', labels.all],
    ['ln', labels.none],
    ['k', filter.categories],
    ['s', filter.states],
    ['h', filter.holders],
    ['d', filter.late ? [filter.late] : []],
    ['o', age.min === null ? [] : [age.min]],
    ['y', age.max === null ? [] : [age.max]],
    ['c', filter.communities],
    ['a', area ? areaParts(area) : []],
    ['n', near ? [near.kind, near.id ?? 0, ...near.at.map(micro), Math.round(near.metres)] : []],
  ];
  const said = parts
    .filter(([, values]) => values.length > 0)
    .map(([key, values]) => [key, ...values.map((value) => escaped(String(value)))].join('.'));
  return said.length > 0 ? said.join('*') : null;
}

const lateness = ['late', 'soon', 'in_time'] as const;
const nearKinds = ['courtyard', 'issue', 'resource', 'hazard', 'place'] as const;
const ways = ['any', 'all', 'none'] as const;

/** Thrown and caught here: a part of an address that says nothing we know. */
class Unreadable extends Error {}

function oneOf<T extends string>(names: readonly T[], value: string | undefined): T {
  const known = names.find((name) => name === value);
  if (known === undefined) throw new Unreadable();
  return known;
}

function whole(value: string | undefined, from: number, to: number): number {
  const number = value !== undefined && /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
  if (!(number >= from && number <= to)) throw new Unreadable();
  return number;
}

const position = (lng: string | undefined, lat: string | undefined): Position => [
  whole(lng, -180e6, 180e6) / 1e6,
  whole(lat, -90e6, 90e6) / 1e6,
];

function several<T>(values: readonly string[], read: (value: string) => T): T[] {
  if (values.length === 0 || values.length > most.entries) throw new Unreadable();
  return [...new Set(values.map(read))];
}

function written(value: string): string {
  if (value.trim() === '' || value.length > most.text) throw new Unreadable();
  return value;
}

function areaOf([kind, ...numbers]: readonly string[]): DrawnArea {
  if (kind === 'c') {
    const [lng, lat, metres] = numbers;
    return { kind: 'circle', centre: position(lng, lat), metres: whole(metres, 1, most.metres) };
  }
  if (kind !== 'p' || numbers.length % 2 || numbers.length < 6 || numbers.length > 2 * most.corners) {
    throw new Unreadable();
  }
  const ring = numbers.flatMap((lng, at) => (at % 2 === 0 ? [position(lng, numbers[at + 1])] : []));
  return { kind: 'polygon', ring };
}

function nearOf([kind, id, lng, lat, metres]: readonly string[]): Near {
  return {
    kind: oneOf(nearKinds, kind),
    id: whole(id, 0, Number.MAX_SAFE_INTEGER) || null,
    at: position(lng, lat),
    metres: whole(metres, 1, most.metres),
  };
}

/** What each key of the address asks for. */
const readers: Readonly<
  Record<string, (values: readonly string[], so: IssueFilter) => Partial<IssueFilter>>
> = {
  q: (values) => ({ text: written(values.join('')) }),
  g: (values) => ({ groups: several(values, (value) => oneOf(listGroups, value)) }),
  k: (values) => ({ categories: several(values, written) }),
  s: (values) => ({ states: several(values, (value) => oneOf(issueStates, value)) }),
  h: (values) => ({ holders: several(values, written) }),
  d: ([value]) => ({ late: oneOf(lateness, value) }),
  o: ([value], so) => ({ age: { ...so.age, min: whole(value, 0, most.days) } }),
  y: ([value], so) => ({ age: { ...so.age, max: whole(value, 0, most.days) } }),
  c: (values) => ({
    communities: several(values, (value) => whole(value, 1, Number.MAX_SAFE_INTEGER)),
  }),
  a: (values) => ({ area: areaOf(values) }),
  n: (values) => ({ near: nearOf(values) }),
  ...Object.fromEntries(
    ways.map((way) => [
      { any: 'la', all: 'll', none: 'ln' }[way],
      (values: readonly string[], so: IssueFilter) => ({
        labels: { ...so.labels, [way]: several(values, written) },
      }),
    ]),
  ),
};

/** Reads the value of an address. Parts that cannot be read are left out, and `broken` says that there were some. */
export function fromParam(text: string | null): { filter: IssueFilter; broken: boolean } {
  let filter = noFilter;
  let broken = false;
  for (const part of text ? text.split('*') : []) {
    const [key = '', ...values] = part.split('.');
    try {
      const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (!read) throw new Unreadable();
      filter = { ...filter, ...read(values.map(unescaped), filter) };
    } catch (failure) {
      if (!(failure instanceof Unreadable)) throw failure;
      broken = true;
    }
  }
  return { filter, broken };
}

/** True when nothing is asked. */
export const asksNothing = (filter: IssueFilter): boolean => toParam(filter) === null;

/** True when both let the same through. */
export const sameFilter = (a: IssueFilter, b: IssueFilter): boolean => toParam(a) === toParam(b);

/** The same list with this one in it if it was not, out of it if it was. */
export const toggledIn = <T>(list: readonly T[], one: T): readonly T[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
