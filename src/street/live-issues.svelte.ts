import { listGroup, passes, noListFilter } from '../core/issue-list.ts';
import type { ListedIssue, ListFilter } from '../core/issue-list.ts';
import { markOf } from '../core/issue-state.ts';
import { IssueStore } from '../core/issue-store.ts';
import type { IssueRow } from '../core/issue-store.ts';
import { everyRow } from '../core/row-filter.ts';
import type { RowFilter } from '../core/row-filter.ts';
import type { Courtyard, MapArea, MapChanges, MapSnapshot } from '../core/map-snapshot.ts';
import { openFeed } from '../data/feed.ts';
import type { Feed, FeedStatus } from '../data/feed.ts';
import { Notices } from '../data/notices.svelte.ts';
import type { LiveMap } from '../map/live-map.ts';
import type { Office } from './office.ts';
import { byId, PinBoard } from './pin-board.ts';
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
  filter = $state.raw<ListFilter>(noListFilter);
  /** Which rows are shown: whoever owns the filter puts theirs here. */
  rowFilter = $state.raw<RowFilter>(this.#plainFilter());

  #all = $derived.by(() => {
    void this.#revision;
    return [...this.#store.rows()].map((row) => this.#listed(row));
  });
  #shown = $derived(this.#all.filter((issue) => passes(issue, this.filter)));
  #rows = $derived.by(() => {
    void this.#revision;
    return this.rowFilter.rows(this.#store);
  });

  constructor(office: Office) {
    this.#office = office;
  }

  /** Everything this topic sees, whatever the filter. */
  get all(): readonly ListedIssue[] {
    return this.#all;
  }
  /** What the filter lets through: the list shows exactly these, and so does the map. */
  get shown(): readonly ListedIssue[] {
    return this.#shown;
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
    return this.#rows;
  }
  get hiddenCount(): number {
    return this.#store.size - this.#rows.length;
  }
  /** The rows the map draws; null when nothing is hidden. */
  get drawnRows(): Uint32Array | null {
    return this.hiddenCount === 0 ? null : this.#rows;
  }
  get courtyards(): ReadonlyMap<number, Courtyard> {
    return this.#ground.courtyards;
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
    this.#revision++;
    this.#ready = true;
    this.#board.draw(this.#ground, this.drawnRows, this.#now);
  }

  #apply(changes: MapChanges): void {
    const { added, changed, gone } = this.#store.patch(changes.issues, changes.gone);
    const came = this.#rowsOf([...added, ...changed]);
    const left = came.filter((row) => !this.#office.follows(row)).map(({ id }) => id);
    const away = [...gone, ...this.#store.remove(left)];
    const here = came.filter(({ id }) => !left.includes(id));
    if (came.length + away.length === 0) return;
    this.#now = Date.now();
    this.#revision++;
    this.#board.sync(this.drawnRows, this.#now);
    const last = here.at(-1);
    if (last) this.#news = { kind: added.includes(last.id) ? 'added' : 'changed', issue: this.#listed(last) };
  }

  /** Time alone makes issues late. */
  #look(): void {
    this.#now = Date.now();
    this.#board.tick(this.#now);
  }

  /** The map draws what the filter shows now. */
  redraw(): void {
    this.#board.sync(this.drawnRows, this.#now);
  }

  #rowsOf(ids: readonly number[]): IssueRow[] {
    return ids.flatMap((id) => this.#store.get(id) ?? []);
  }

  #plainFilter(): RowFilter {
    return {
      ...everyRow,
      rows: (store, among) =>
        everyRow
          .rows(store, among)
          .filter(
            (row) => this.filter === noListFilter || passes(this.#listed(store.read(row)), this.filter),
          ),
    };
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
