import { holderLevels, issueSteps } from '../issue-columns.ts';
import type { HolderLevel } from '../issue.ts';
import { listGroups } from '../issue-list.ts';
import { issueStates } from '../issue-state.ts';
import type { IssueStore } from '../issue-store.ts';
import type { IssueFilter, LabelFilter } from './issue-filter.ts';
import type { Readings } from './readings.ts';
import { finders, fold, saidBits } from './said.ts';
import type { FoldedTexts } from './said.ts';
import type { Span, TimeMode } from './time-span.ts';
import type { YardTable } from './yard-table.ts';

/** What is read of the store: typed arrays and a few texts, never a row as an object. */
export type Rows = Pick<IssueStore, 'size' | 'columns' | 'categories' | 'holders' | 'number' | 'what'>;

/** Whose list it is: what they hold, and over whom they are. */
export type Own = {
  /** Null for offices that look on. */
  readonly level: HolderLevel | null;
  readonly name: string;
  readonly oversees: readonly HolderLevel[];
};

/** Which labels each courtyard has, by their codes. */
export type LabelTable = {
  readonly codes: ReadonlySet<string>;
  readonly of: ReadonlyMap<number, ReadonlySet<string>>;
};

/** Tells whether a place lies in what was drawn, and near what was asked for. */
export type Inside = (lng: number, lat: number) => boolean;

export type FilterContext = {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly yards: YardTable;
  /** Null until they are here: no courtyard has any label then. */
  readonly labels: LabelTable | null;
  readonly own: Own;
  readonly readings: Readings | null;
  /** Null while the code that tells is on its way: nothing lies inside then. */
  readonly inside: Inside | null;
  /** Null: now. */
  readonly time: (Span & { readonly mode: TimeMode }) | null;
  /** Live, what ended before this (epoch seconds) is history and not shown. */
  readonly liveSince: number;
  readonly texts: FoldedTexts;
};

const handling = issueStates.indexOf('handling');
const resolved = issueStates.indexOf('resolved');
const verify = issueSteps.indexOf('verify');
const day = 86_400;
/** How long before its deadline an issue counts as soon, in seconds; as on the map. */
export const soonBefore = 4 * 3_600;
const [late, decide, toVerify, mine, submitted, , solved, ended] = listGroups.keys();

/** Which part of the list a row belongs to, as its place in `listGroups`. The same rule as `listGroup`, on columns. */
export function groupOfRow(rows: Rows, { now, own }: FilterContext): (row: number) => number {
  const { state, due, level, asked, step, holder } = rows.columns;
  const seconds = now / 1000;
  const ours = own.level === null ? -1 : holderLevels.indexOf(own.level);
  const name = rows.holders.indexOf(own.name);
  const below = holderLevels.map((one) => own.oversees.includes(one));
  return (row) => {
    const is = state[row] ?? 0;
    if (is <= handling && (due[row] ?? NaN) <= seconds) return late ?? 0;
    if (below[level[row] ?? 0]) {
      if (is <= handling && asked[row] !== 255) return decide ?? 0;
      if (is === resolved && step[row] === verify) return toVerify ?? 0;
    }
    if (is <= handling)
      return level[row] === ours && holder[row] === name ? (mine ?? 0) : (submitted ?? 0) + is;
    return (is === resolved ? solved : ended) ?? 0;
  };
}

/** Whether a row waits for us to act, whatever its deadline. */
export function waitsForUs(rows: Rows, context: FilterContext): (row: number) => boolean {
  const group = groupOfRow(rows, { ...context, now: -Infinity });
  return (row) => group(row) >= (decide ?? 0) && group(row) <= (mine ?? 0);
}

/** What the time one looks at shows at all, whatever the filter: the counts of what is hidden are counted from here. */
export function withinTime(rows: Rows, { time, liveSince }: FilterContext): (row: number) => boolean {
  const { created, ended } = rows.columns;
  // Comparisons with NaN are false: what has not ended passes.
  if (!time) return (row) => !((ended[row] ?? NaN) < liveSince);
  const { since, until, mode } = time;
  if (mode === 'open') return (row) => (created[row] ?? NaN) < until && !((ended[row] ?? NaN) < since);
  return (row) => {
    const at = created[row] ?? NaN;
    return at >= since && at < until;
  };
}

/** By number: 1 for the names that are asked for; null when nothing is asked. */
function picked(names: readonly string[], asked: readonly string[]): Uint8Array | null {
  if (asked.length === 0) return null;
  const wanted = new Set(asked);
  return Uint8Array.from(names, (name) => (wanted.has(name) ? 1 : 0));
}

export const asksLabels = ({ any, all, none }: LabelFilter): boolean =>
  any.length + all.length + none.length > 0;

function hasLabels({ any, all, none }: LabelFilter, labels: ReadonlySet<string> | undefined): boolean {
  const has = (code: string): boolean => labels?.has(code) ?? false;
  return (any.length === 0 || any.some(has)) && all.every(has) && !none.some(has);
}

/** By the courtyard's number: 1 for those whose issues may be shown; null when nothing is asked of courtyards. */
function pickedYards({ labels, communities }: IssueFilter, context: FilterContext): Uint8Array | null {
  if (communities.length === 0 && !asksLabels(labels)) return null;
  return Uint8Array.from(context.yards.yards, ({ id, communityId }) => {
    const lies = communities.length === 0 || (communityId !== null && communities.includes(communityId));
    const fits =
      !asksLabels(labels) || (context.labels !== null && hasLabels(labels, context.labels.of.get(id)));
    return lies && fits ? 1 : 0;
  });
}

/** Text over a row: what courtyard and holder say is worked out once each, number and words row by row. */
function saysAll(rows: Rows, text: string, context: FilterContext): ((row: number) => boolean) | null {
  const find = finders(text, context.readings);
  if (find.length === 0) return null;
  const all = 2 ** find.length - 1;
  const { courtyard, holder } = rows.columns;
  const ofYard = Int32Array.from(context.yards.yards, ({ name, address }) =>
    saidBits(find, fold(`${name}\n${address}`)),
  );
  const ofHolder = Int32Array.from(rows.holders, (name) => saidBits(find, fold(name)));
  return (row) => {
    const known = (ofYard[context.yards.at(courtyard[row] ?? NaN)] ?? 0) | (ofHolder[holder[row] ?? 0] ?? 0);
    if (known === all) return true;
    const what = context.texts.get(row, rows.what(row));
    const number = rows.number(row).toLowerCase();
    return find.every((says, at) => known & (1 << at) || says(what) || says(number));
  };
}

/** Where a row stands: its own point, else its courtyard's; gives false when it has neither. */
function standsInside(rows: Rows, inside: Inside | null, { yards }: FilterContext): (row: number) => boolean {
  if (!inside) return () => false;
  const { lng, lat, courtyard } = rows.columns;
  return (row) => {
    if (!Number.isNaN(lng[row] ?? NaN)) return inside(lng[row] ?? 0, lat[row] ?? 0);
    const yard = yards.yards[yards.at(courtyard[row] ?? NaN)];
    return yard !== undefined && inside(yard.point[0], yard.point[1]);
  };
}

/**
 * A filter as one test of a row, without the time and without its parts of the list (`groups`): those are told apart.
 * `inMask`: by row, 1 for those that lie inside, where an index told so already; else each place is tested.
 */
export function compile(
  rows: Rows,
  filter: IssueFilter,
  context: FilterContext,
  inMask: Uint8Array | null = null,
): (row: number) => boolean {
  const { state, due, category, holder, courtyard, created } = rows.columns;
  const now = context.now / 1000;
  const { yards } = context;
  const states = picked(issueStates, filter.states);
  const categories = picked(rows.categories, filter.categories);
  const holders = picked(rows.holders, filter.holders);
  const ofYards = pickedYards(filter, context);
  const { min, max } = filter.age;
  const newest = min === null ? Infinity : now - min * day;
  const oldest = max === null ? -Infinity : now - max * day;
  const lateness = filter.late;
  const says = saysAll(rows, filter.text, context);
  const spatial = filter.area !== null || filter.near !== null;
  const stands = !spatial
    ? null
    : inMask
      ? (row: number) => inMask[row] === 1
      : standsInside(rows, context.inside, context);

  const inLateness = (row: number): boolean => {
    if ((state[row] ?? 0) > handling) return false;
    const left = (due[row] ?? NaN) - now;
    if (lateness === 'late') return left <= 0;
    return lateness === 'soon' ? left > 0 && left <= soonBefore : !(left <= 0);
  };

  return (row) =>
    (!states || states[state[row] ?? 0] === 1) &&
    (!categories || categories[category[row] ?? 0] === 1) &&
    (!holders || holders[holder[row] ?? 0] === 1) &&
    (created[row] ?? NaN) <= newest &&
    (created[row] ?? NaN) >= oldest &&
    (lateness === null || inLateness(row)) &&
    (!ofYards || ofYards[yards.at(courtyard[row] ?? NaN)] === 1) &&
    (!stands || stands(row)) &&
    (!says || says(row));
}

/** The parts of the list that are asked for, by their place; null: all. */
export const pickedGroups = ({ groups }: IssueFilter): Uint8Array | null => picked(listGroups, groups);

/** The rows a filter lets through, in the order they are stored. */
export function matchRows(
  rows: Rows,
  filter: IssueFilter,
  context: FilterContext,
  inMask: Uint8Array | null = null,
): Uint32Array {
  const inTime = withinTime(rows, context);
  const passes = compile(rows, filter, context, inMask);
  const group = groupOfRow(rows, context);
  const groups = pickedGroups(filter);
  const found = new Uint32Array(rows.size);
  let count = 0;
  for (let row = 0; row < rows.size; row++) {
    if (inTime(row) && passes(row) && (!groups || groups[group(row)] === 1)) found[count++] = row;
  }
  return found.slice(0, count);
}
