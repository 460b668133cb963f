import type { IssueFilter } from '../core/filter/issue-filter.ts';
import type { IssueColumns } from '../core/issue-columns.ts';
import { listGroup } from '../core/issue-list.ts';
import type { ListedIssue } from '../core/issue-list.ts';
import { markOf } from '../core/issue-state.ts';
import { IssueStore } from '../core/issue-store.ts';
import type { IssueRow } from '../core/issue-store.ts';
import type { Courtyard, MapArea, MapChanges, MapSnapshot } from '../core/map-snapshot.ts';
import { openFeed } from '../data/feed.ts';
import type { Feed, FeedStatus } from '../data/feed.ts';
import { Notices } from '../data/notices.svelte.ts';
import type { LiveMap } from '../map/live-map.ts';
import { Shown } from './filter/shown.svelte.ts';
import { parts } from './later.ts';
import type { Office } from './office.ts';
import { byId, idsOf, PinBoard } from './pin-board.ts';
import type { Ground } from './pin-board.ts';

/** What happened last, for the line at the bottom. */
export type News = { kind: 'added' | 'changed'; issue: ListedIssue };

/** How often deadlines are looked at, in milliseconds. */
const tick = 20_000;

/**
 * The issues of one topic, kept equal to the database: rows for the list, pins for the map, in one go.
 * The map is fed at once when something comes, without waiting for the list to be drawn.
 */
export class LiveIssues {
  #store = new IssueStore();
  #feed: Feed | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #board = new PinBoard(this.#store);
  #revision = $state(0);
  #archiveRevision = $state(0);
  #now = $state(Date.now());
  #ready = $state(false);
  #news = $state.raw<News | null>(null);
  #ground = $state.raw<Ground>({ areas: [], courtyards: byId([]) });
  #status = $state.raw<FeedStatus>({ connection: 'connecting', asOf: null, error: null });
  readonly #office: Office;
  readonly notices = new Notices();
  /** Which rows are shown, and how many of each part. */
  readonly shown: Shown;

  #loads = $state(0);

  #all = $derived.by(() => {
    void this.#revision;
    const live = (row: IssueRow): boolean => (row.endedAt ?? Infinity) >= this.shown.liveSince * 1000;
    return [...this.#store.rows()].filter(live).map((row) => this.#listed(row));
  });

  constructor(office: Office) {
    this.#office = office;
    this.shown = new Shown(this.#store, office.own, {
      labels: async () => (await parts.filterHelpers()).labels(office.topic),
      categories: async () => (await parts.filterHelpers()).categories(),
      readings: async () => (await parts.filterHelpers()).readings(),
      places: () => parts.filterHelpers(),
    });
  }

  /** Everything this topic has open or saw end, whatever the filter, as objects: for the queues, never for the map. */
  get all(): readonly ListedIssue[] {
    return this.#all;
  }
  get filter(): IssueFilter {
    return this.shown.filter;
  }
  set filter(next: IssueFilter) {
    this.shown.filter = next;
  }
  /** Whether the filter lets an issue through, whatever the time and the parts of the list one looks at. */
  fits(id: number): boolean {
    void this.#revision;
    const row = this.#store.rowOf(id);
    return row >= 0 && this.shown.fits(row);
  }
  /** One issue; null when it is not here. */
  get(id: number): ListedIssue | null {
    void this.#revision;
    const row = this.#store.get(id);
    return row && this.#listed(row);
  }
  /** The store itself; read `revision` beside it to be told when it changes. */
  get table(): IssueStore {
    return this.#store;
  }
  /** The rows shown, in list order: list, counts and map go by these. */
  get rows(): Uint32Array {
    return this.shown.rows;
  }
  /** How many the filter hides of what the time shows. */
  get hiddenCount(): number {
    return this.shown.totals.all - this.shown.rows.length;
  }
  /** The rows the map draws; null when it draws all there are. */
  get drawnRows(): Uint32Array | null {
    void this.#revision;
    return this.shown.rows.length === this.#store.size ? null : this.shown.rows;
  }
  /** One row as the list shows it. */
  line(row: number): ListedIssue {
    return this.#listed(this.#store.read(row));
  }
  get courtyards(): ReadonlyMap<number, Courtyard> {
    return this.#ground.courtyards;
  }
  /** Street, communities and grids this topic sees. */
  get areas(): readonly MapArea[] {
    return this.#ground.areas;
  }
  get communities(): readonly MapArea[] {
    return this.#ground.areas.filter(({ level }) => level === 'community');
  }
  get status(): FeedStatus {
    return this.#status;
  }
  get ready(): boolean {
    return this.#ready;
  }
  get now(): number {
    return this.#now;
  }
  get news(): News | null {
    return this.#news;
  }
  /** Counts up whenever the archive of a courtyard here changed. */
  get archiveRevision(): number {
    return this.#archiveRevision;
  }
  /** Counts up with every change; read it to be told. */
  get revision(): number {
    return this.#revision;
  }
  /** Counts up with every snapshot: what was added from the past is gone then. */
  get loads(): number {
    return this.#loads;
  }

  /** Begins to follow; gives the function that ends it. */
  open(): () => void {
    this.#feed = openFeed(this.#office.topic, {
      onsnapshot: (snapshot) => this.#take(snapshot),
      onchanges: (changes) => this.#apply(changes),
      onnotice: this.notices.hear,
      onarchive: () => this.#archiveRevision++,
      onstatus: (status) => (this.#status = status),
      knows: (issue, version) => this.#store.knows(issue, version),
    });
    this.#timer = setInterval(() => this.#look(), tick);
    return () => {
      this.#feed?.close();
      if (this.#timer) clearInterval(this.#timer);
    };
  }

  /** The session is valid again. */
  renew(): void {
    this.#feed?.renew();
  }

  /** Draws everything on this map from now on; null to stop. */
  draw(map: LiveMap | null): void {
    this.#board.hang(map);
    if (map && this.#ready) this.#board.draw(this.#ground, this.drawnRows, this.#now);
  }

  #take(snapshot: MapSnapshot): void {
    this.#ground = { areas: snapshot.areas, courtyards: byId(snapshot.courtyards) };
    this.#store.load(snapshot.issues);
    this.#now = Date.now();
    this.shown.setGround(snapshot.courtyards, idsOf(this.communities));
    this.shown.rebuild(this.#now);
    this.#revision++;
    this.#loads++;
    this.#ready = true;
    this.#board.draw(this.#ground, this.drawnRows, this.#now);
  }

  /** Takes in issues of the past; the time one looks at decides which of them are shown. */
  addHistory(issues: IssueColumns): void {
    const { added, changed } = this.#store.patch(issues);
    if (added.length + changed.length === 0) return;
    this.shown.rebuild(this.#now);
    this.#revision++;
    this.#board.sync(this.drawnRows, this.#now);
  }

  #apply(changes: MapChanges): void {
    const { added, changed, gone } = this.#store.patch(changes.issues, changes.gone);
    const came = this.#rowsOf([...added, ...changed]);
    const left = came.filter((row) => !this.#office.follows(row)).map(({ id }) => id);
    const away = [...gone, ...this.#store.remove(left)];
    const here = came.filter(({ id }) => !left.includes(id));
    if (came.length + away.length === 0) return;
    this.#now = Date.now();
    this.shown.patch(
      here.map(({ id }) => id),
      this.#now,
    );
    this.#revision++;
    this.#board.sync(this.drawnRows, this.#now);
    const last = here.at(-1);
    if (last) this.#news = { kind: added.includes(last.id) ? 'added' : 'changed', issue: this.#listed(last) };
  }

  /** Time alone makes issues late. */
  #look(): void {
    this.#now = Date.now();
    this.shown.look(this.#now);
    this.#board.tick(this.#now);
  }

  /** The map draws what the filter shows now. */
  redraw(): void {
    this.#board.sync(this.drawnRows, this.#now);
  }

  #rowsOf(ids: readonly number[]): IssueRow[] {
    return ids.flatMap((id) => this.#store.get(id) ?? []);
  }

  #listed(row: IssueRow): ListedIssue {
    return {
      ...row,
      courtyard: this.#ground.courtyards.get(row.courtyardId ?? 0) ?? null,
      mark: markOf(row.state, row.dueAt, this.#now),
      group: listGroup(row, this.#now, this.#office.holds(row), this.#office.oversees(row)),
    };
  }
}
