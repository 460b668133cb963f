import { asksLabels, compile } from '../../core/filter/match-rows.ts';
import type { FilterContext, LabelTable, Own } from '../../core/filter/match-rows.ts';
import { noFilter, sameFilter } from '../../core/filter/issue-filter.ts';
import type { IssueFilter } from '../../core/filter/issue-filter.ts';
import { mend } from '../../core/filter/mend.ts';
import type { Gone } from '../../core/filter/mend.ts';
import type { Readings } from '../../core/filter/readings.ts';
import { FoldedTexts } from '../../core/filter/said.ts';
import { ShownRows } from '../../core/filter/shown-rows.ts';
import type { Totals } from '../../core/filter/shown-rows.ts';
import type { Span, TimeMode } from '../../core/filter/time-span.ts';
import { YardTable } from '../../core/filter/yard-table.ts';
import type { FilterYard } from '../../core/filter/yard-table.ts';
import type { ListGroup } from '../../core/issue-list.ts';
import type { IssueStore } from '../../core/issue-store.ts';

/** What a filter needs beyond the store, each fetched when a filter first asks for it. */
export type Helpers = {
  labels(): Promise<LabelTable>;
  /** Codes of the street's categories. */
  categories(): Promise<ReadonlySet<string>>;
  readings(): Promise<Readings>;
  places(): Promise<typeof import('../../core/filter/area-rows.ts')>;
};
export type Helper = keyof Helpers;

/** Words of Latin letters may be pinyin. */
const soundable = /[a-z][a-z0-9]/i;

const needs: Readonly<Record<Helper, (filter: IssueFilter) => boolean>> = {
  labels: ({ labels }) => asksLabels(labels),
  categories: ({ categories }) => categories.length > 0,
  readings: ({ text }) => soundable.test(text),
  places: ({ area, near }) => area !== null || near !== null,
};

/** The rows the filter and the time show: the list, the table, the counts and the map all read them here. */
export class Shown {
  readonly #store: IssueStore;
  readonly #own: Own;
  readonly #helpers: Helpers;
  #shown = new ShownRows();
  #yards = new YardTable([]);
  #labels: LabelTable | null = null;
  #categories: ReadonlySet<string> | null = null;
  #communities: ReadonlySet<number> | null = null;
  #readings: Readings | null = null;
  #places: Awaited<ReturnType<Helpers['places']>> | null = null;
  #index: {
    revision: number;
    of: InstanceType<Awaited<ReturnType<Helpers['places']>>['PlaceIndex']>;
  } | null = null;
  #texts = new FoldedTexts();
  #now = Date.now();
  #filter = $state.raw<IssueFilter>(noFilter);
  #time = $state.raw<(Span & { mode: TimeMode }) | null>(null);
  #version = $state(0);
  #waiting = $state.raw<readonly Helper[]>([]);
  #failed = $state.raw<readonly Helper[]>([]);
  #gone = $state.raw<readonly Gone[]>([]);
  /** What ended before the screen was opened is history. Epoch seconds. */
  readonly liveSince = Date.now() / 1000;

  constructor(store: IssueStore, own: Own, helpers: Helpers) {
    this.#store = store;
    this.#own = own;
    this.#helpers = helpers;
  }

  get filter(): IssueFilter {
    return this.#filter;
  }
  set filter(next: IssueFilter) {
    if (sameFilter(next, this.#filter)) {
      this.#filter = next;
      return;
    }
    this.#filter = next;
    this.fetch();
    this.rebuild();
  }

  /** The time one looks at; null: now. */
  get time(): (Span & { mode: TimeMode }) | null {
    return this.#time;
  }
  set time(next: (Span & { mode: TimeMode }) | null) {
    const was = this.#time;
    if (was?.since === next?.since && was?.until === next?.until && was?.mode === next?.mode) return;
    this.#time = next;
    this.rebuild();
  }

  /** In the order of the list: part by part as in `listGroups`. */
  get rows(): Uint32Array {
    void this.#version;
    return this.#shown.rows;
  }
  /** By part of the list: how many there would be if all parts were asked for. */
  get counts(): Uint32Array {
    void this.#version;
    return this.#shown.counts;
  }
  /** By part of the list: how many are shown. */
  get parts(): Uint32Array {
    void this.#version;
    return this.#shown.shown;
  }
  get totals(): Totals {
    void this.#version;
    return this.#shown.totals;
  }
  /** Counts up whenever the rows may be others. */
  get version(): number {
    return this.#version;
  }
  /** What the filter still waits for; until then what needs it shows nothing. */
  get waiting(): readonly Helper[] {
    return this.#waiting;
  }
  /** What could not be fetched; the filter leaves it out of account and says so. */
  get failed(): readonly Helper[] {
    return this.#failed;
  }

  /** What the filter asks for that is not there any more; it is left out of account. */
  get gone(): readonly Gone[] {
    return this.#gone;
  }

  fits(row: number): boolean {
    void this.#version;
    return this.#shown.fits(row);
  }
  /** The filter as a test of the rows of another store, whatever the time and the parts of the list. `less`: conditions to leave out. */
  test(rows: IssueStore, less: Partial<IssueFilter> = {}): (row: number) => boolean {
    const filter = { ...this.#mended().filter, ...less };
    return compile(rows, filter, { ...this.#context(filter), texts: new FoldedTexts() });
  }
  /** As `fits`, for loops over all rows: whoever calls it says for itself when to look again. */
  passes(row: number): boolean {
    return this.#shown.fits(row);
  }
  timed(row: number): boolean {
    return this.#shown.timed(row);
  }
  groupOf(row: number): ListGroup {
    return this.#shown.groupOf(row);
  }

  setGround(yards: Iterable<FilterYard>, communities: ReadonlySet<number>): void {
    this.#yards = new YardTable(yards);
    this.#communities = communities;
    this.#index = null;
  }

  /** Everything anew, as it stands at `now` (epoch ms). */
  rebuild(now = this.#now): void {
    this.#now = now;
    const filter = this.#asked();
    this.#shown.rebuild(this.#store, filter, this.#context(filter), this.#mask(filter));
    this.#version++;
  }

  /** After these issues changed or came, and others went. */
  patch(ids: readonly number[], now: number): void {
    const filter = this.#asked();
    this.#now = now;
    const rows = ids.map((id) => this.#store.rowOf(id));
    if (!this.#shown.patch(this.#store, filter, this.#context(filter), rows)) this.rebuild(now);
    else this.#version++;
  }

  /** Time has passed; true when that changed what is shown. */
  look(now: number): boolean {
    if (now < this.#shown.changesAt) return false;
    this.rebuild(now);
    return true;
  }

  /** Fetches what the filter needs and is not here; once more after a failure. */
  fetch(): void {
    const here: Record<Helper, unknown> = {
      labels: this.#labels,
      categories: this.#categories,
      readings: this.#readings,
      places: this.#places,
    };
    const missing = (['labels', 'categories', 'readings', 'places'] as const).filter(
      (name) => here[name] === null && needs[name](this.#filter) && !this.#waiting.includes(name),
    );
    this.#failed = this.#failed.filter((name) => !missing.includes(name));
    this.#waiting = [...this.#waiting, ...missing];
    for (const name of missing) void this.#fetch(name);
  }

  /** Labels that were read elsewhere, or anew. */
  setLabels(labels: LabelTable): void {
    this.#labels = labels;
    if (needs.labels(this.#filter)) this.rebuild();
  }

  async #fetch(name: Helper): Promise<void> {
    try {
      if (name === 'labels') this.#labels = await this.#helpers.labels();
      else if (name === 'categories') this.#categories = await this.#helpers.categories();
      else if (name === 'readings') this.#readings = await this.#helpers.readings();
      else this.#places = await this.#helpers.places();
    } catch {
      this.#failed = [...this.#failed, name];
    }
    this.#waiting = this.#waiting.filter((one) => one !== name);
    if (needs[name](this.#filter)) this.rebuild();
  }

  /** The filter without what could not be fetched, and without what is gone. */
  #asked(): IssueFilter {
    const { filter, gone } = this.#mended();
    if (gone.length + this.#gone.length > 0) this.#gone = gone;
    return filter;
  }

  #mended(): { filter: IssueFilter; gone: readonly Gone[] } {
    const { labels, area, near } = noFilter;
    let asked = this.#filter;
    if (this.#failed.includes('labels')) asked = { ...asked, labels };
    if (this.#failed.includes('places')) asked = { ...asked, area, near };
    const known = {
      labels: this.#labels?.codes ?? null,
      categories: this.#categories,
      communities: this.#communities,
    };
    return mend(asked, known);
  }

  #context(filter: IssueFilter): FilterContext {
    return {
      now: this.#now,
      yards: this.#yards,
      labels: this.#labels,
      own: this.#own,
      readings: this.#readings,
      inside: this.#places && needs.places(filter) ? this.#places.insideOf(filter) : null,
      time: this.#time,
      liveSince: this.liveSince,
      texts: this.#texts,
    };
  }

  #mask(filter: IssueFilter): Uint8Array | null {
    if (!this.#places || !needs.places(filter)) return null;
    const { revision } = this.#store;
    if (this.#index?.revision !== revision) {
      this.#index = { revision, of: new this.#places.PlaceIndex(this.#store, this.#yards) };
    }
    return this.#index.of.mask(filter);
  }
}
