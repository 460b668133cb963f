import { isOpen, issueStates } from '../issue-state.ts';
import { listGroups } from '../issue-list.ts';
import type { ListGroup } from '../issue-list.ts';
import type { IssueFilter } from './issue-filter.ts';
import { compile, groupOfRow, pickedGroups, soonBefore, waitsForUs, withinTime } from './match-rows.ts';
import type { FilterContext, Rows } from './match-rows.ts';
import { sortRows } from './radix.ts';

const none = new Uint32Array(0);
const solved = listGroups.indexOf('resolved');
const opens = Uint8Array.from(issueStates, (state) => (isOpen(state) ? 1 : 0));
/** Beyond this many changes at once it is quicker to begin anew. */
const fewest = 2_000;
/** Later than any deadline, in epoch seconds: where those without one are sorted. */
const never = 2 ** 33;

/** Figures of everything the chosen time shows, whatever the filter; `waiting` counts what waits for us, at any time. */
export type Totals = { all: number; open: number; late: number; today: number; waiting: number };

const noTotals: Totals = { all: 0, open: 0, late: 0, today: 0, waiting: 0 };
/** What is remembered of a row, as bits: what it counts as, and whether the filter lets it through. */
const bit = { timed: 1, open: 2, late: 4, today: 8, waiting: 16, fits: 32, shown: 64 };

/**
 * The rows the filter shows, in the order of the list, with the counts of each part: the one source of the list, the
 * counts and the map. Kept up to date row by row; the same as if it were worked out anew.
 */
export class ShownRows {
  #rows: Uint32Array = none;
  #group = new Uint8Array(0);
  #when = new Float64Array(0);
  #ids = new Float64Array(0);
  #is = new Uint8Array(0);
  #known = 0;
  #words = '';
  #counts = new Uint32Array(listGroups.length);
  #shown = new Uint32Array(listGroups.length);
  #totals: Totals = { ...noTotals };
  #changesAt = Infinity;

  get rows(): Uint32Array {
    return this.#rows;
  }
  /** By part of the list: how many there are if all parts are asked for. */
  get counts(): Uint32Array {
    return this.#counts.slice();
  }
  /** By part of the list: how many of the shown are in it. They stand in this order in `rows`. */
  get shown(): Uint32Array {
    return this.#shown.slice();
  }
  get totals(): Totals {
    return { ...this.#totals };
  }
  /** Whether the filter lets this row through, whatever the time and the parts of the list one looks at. */
  fits(row: number): boolean {
    return row < this.#known && ((this.#is[row] ?? 0) & bit.fits) > 0;
  }
  /** Whether the time one looks at shows this row at all. */
  timed(row: number): boolean {
    return row < this.#known && ((this.#is[row] ?? 0) & bit.timed) > 0;
  }
  /** Which part of the list a row belongs to. */
  groupOf(row: number): ListGroup {
    return listGroups[this.#group[row] ?? 0] ?? 'ended';
  }
  /** When time alone may change something next, epoch milliseconds. */
  get changesAt(): number {
    return this.#changesAt;
  }

  /** Everything anew. `inMask`: by row, 1 for those inside what was drawn. */
  rebuild(rows: Rows, filter: IssueFilter, context: FilterContext, inMask: Uint8Array | null): void {
    const { size } = rows;
    this.#reserve(size);
    this.#changesAt = Infinity;
    this.#counts.fill(0);
    this.#shown.fill(0);
    this.#totals = { ...noTotals };
    this.#known = size;
    this.#words = named(rows);
    const place = this.#placer(rows, filter, context, inMask);
    const picked = new Uint32Array(size);
    let count = 0;
    for (let row = 0; row < size; row++) if (place(row)) picked[count++] = row;
    this.#rows = this.#inOrder(picked.slice(0, count));
  }

  /** After `changed` rows were written, and others came, moved or went. False: too much changed, rebuild. */
  patch(rows: Rows, filter: IssueFilter, context: FilterContext, changed: Iterable<number>): boolean {
    if (this.#words !== named(rows) || context.now >= this.#changesAt) return false;
    const { size } = rows;
    const most = Math.max(size, this.#known);
    this.#reserve(most);
    const touched = new Uint8Array(most);
    const touchedRows: number[] = [];
    const touch = (row: number): void => {
      if (row < 0 || touched[row] === 1) return;
      touched[row] = 1;
      touchedRows.push(row);
    };
    for (const row of changed) touch(row);
    const [{ id }, ids, known] = [rows.columns, this.#ids, this.#known];
    for (let row = Math.min(size, known); row < most; row++) touch(row);
    for (let row = 0; row < size && row < known; row++) if (ids[row] !== id[row]) touch(row);
    if (touchedRows.length > fewest) return false;
    const stale = touchedRows.filter((row) => row < known);
    const kept = without(this.#rows, stale.filter((row) => (this.#is[row]! & bit.shown) > 0).length, touched);
    for (const row of stale) this.#forget(row);
    this.#known = size;
    const place = this.#placer(rows, filter, context, null);
    const again = touchedRows.filter((row) => row < size && place(row));
    const fresh = this.#inOrder(Uint32Array.from(again).sort());
    this.#rows = this.#merged(kept, fresh);
    return true;
  }

  /** Writes down what is known of a row, counts it, and tells whether it is shown. */
  #placer(
    rows: Rows,
    filter: IssueFilter,
    context: FilterContext,
    inMask: Uint8Array | null,
  ): (row: number) => boolean {
    const { due, created, id, state } = rows.columns;
    const groupOf = groupOfRow(rows, context);
    const inTime = withinTime(rows, context);
    const passes = compile(rows, filter, context, inMask);
    const waits = waitsForUs(rows, context);
    const groups = pickedGroups(filter);
    const now = context.now / 1000;
    const midnight = Math.floor((now + 8 * 3_600) / 86_400) * 86_400 - 8 * 3_600;
    const turns = turnsOf(filter);
    this.#changesAt = Math.min(this.#changesAt, (midnight + 86_400) * 1000);
    return (row) => {
      const group = groupOf(row);
      const deadline = due[row] ?? NaN;
      this.#ids[row] = id[row] ?? NaN;
      this.#group[row] = group;
      this.#when[row] =
        group >= solved ? never - (created[row] ?? 0) : Number.isNaN(deadline) ? never : deadline;
      for (const turn of turns.due) if (deadline + turn > now) this.#turnsAt(deadline + turn);
      for (const turn of turns.created) {
        if ((created[row] ?? NaN) + turn > now) this.#turnsAt((created[row] ?? NaN) + turn);
      }
      const timed = inTime(row);
      const fits = passes(row);
      const shows = timed && fits && (!groups || groups[group] === 1);
      this.#is[row] =
        (timed ? bit.timed : 0) |
        (timed && opens[state[row] ?? 0] === 1 ? bit.open : 0) |
        (timed && group === 0 ? bit.late : 0) |
        (timed && (created[row] ?? 0) >= midnight ? bit.today : 0) |
        (waits(row) ? bit.waiting : 0) |
        (fits ? bit.fits : 0) |
        (shows ? bit.shown : 0);
      this.#tally(row, 1);
      return shows;
    };
  }

  #turnsAt(seconds: number): void {
    if (seconds * 1000 < this.#changesAt) this.#changesAt = seconds * 1000;
  }

  #tally(row: number, by: 1 | -1): void {
    const is = this.#is[row] ?? 0;
    const group = this.#group[row] ?? 0;
    if (is & bit.timed) this.#totals.all += by;
    if (is & bit.open) this.#totals.open += by;
    if (is & bit.late) this.#totals.late += by;
    if (is & bit.today) this.#totals.today += by;
    if (is & bit.waiting) this.#totals.waiting += by;
    if (is & bit.timed && is & bit.fits) this.#counts[group]! += by;
    if (is & bit.shown) this.#shown[group]! += by;
  }

  #forget(row: number): void {
    this.#tally(row, -1);
    this.#is[row] = 0;
  }

  /** By part, then by deadline (what is over: latest first), then by id. */
  #inOrder(rows: Uint32Array): Uint32Array {
    let ordered = rows;
    for (let at = 1; at < rows.length; at++) {
      if ((this.#ids[rows[at - 1] ?? 0] ?? 0) <= (this.#ids[rows[at] ?? 0] ?? 0)) continue;
      ordered = sortRows(rows, this.#ids);
      break;
    }
    ordered = sortRows(ordered, this.#when);
    return this.#byGroup(ordered);
  }

  #byGroup(rows: Uint32Array): Uint32Array {
    const starts = new Uint32Array(listGroups.length + 1);
    for (const row of rows) starts[(this.#group[row] ?? 0) + 1]!++;
    for (let group = 1; group < starts.length; group++) starts[group]! += starts[group - 1]!;
    const sorted = new Uint32Array(rows.length);
    for (const row of rows) sorted[starts[this.#group[row] ?? 0]!++] = row;
    return sorted;
  }

  #before(a: number, b: number): boolean {
    const [group, when, id] = [this.#group, this.#when, this.#ids];
    return (group[a]! - group[b]! || when[a]! - when[b]! || id[a]! - id[b]!) < 0;
  }

  /** Both in one; few are fresh, so each is looked up its place and what lies between is copied in one go. */
  #merged(kept: Uint32Array, fresh: Uint32Array): Uint32Array {
    if (fresh.length === 0) return kept;
    const merged = new Uint32Array(kept.length + fresh.length);
    let from = 0;
    fresh.forEach((row, nth) => {
      let [low, high] = [from, kept.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.#before(row, kept[middle]!)) high = middle;
        else low = middle + 1;
      }
      merged.set(kept.subarray(from, low), from + nth);
      merged[low + nth] = row;
      from = low;
    });
    merged.set(kept.subarray(from), from + fresh.length);
    return merged;
  }

  #reserve(size: number): void {
    if (size <= this.#ids.length) return;
    const wider = <T extends Uint8Array | Float64Array>(to: T, from: T): T => (to.set(from), to);
    const capacity = Math.ceil(size * 1.25);
    this.#ids = wider(new Float64Array(capacity), this.#ids);
    this.#when = wider(new Float64Array(capacity), this.#when);
    this.#group = wider(new Uint8Array(capacity), this.#group);
    this.#is = wider(new Uint8Array(capacity), this.#is);
  }
}

/** Rows without the `count` of them that are touched. */
function without(rows: Uint32Array, count: number, touched: Uint8Array): Uint32Array {
  if (count === 0) return rows;
  const kept = new Uint32Array(rows.length - count);
  let at = 0;
  for (let from = 0; from < rows.length; from++) {
    const row = rows[from]!;
    if (touched[row] === 0) kept[at++] = row;
  }
  return kept;
}

/** How long after its deadline or its report an issue may pass a filter that it did not pass before, or no longer; in seconds. */
const turnsOf = ({ late, age }: IssueFilter): { due: number[]; created: number[] } => ({
  due: late === 'soon' ? [0, -soonBefore] : [0],
  created: [age.min, age.max].flatMap((days) => (days === null ? [] : [days * 86_400])),
});

/** How many names the store knows: with a new one, what was worked out for each name is worked out again. */
const named = (rows: Rows): string => `${rows.categories.length} ${rows.holders.length}`;
