import { listGroup, passes, noListFilter } from '../core/issue-list.ts';
import type { ListedIssue, ListFilter } from '../core/issue-list.ts';
import { markOf } from '../core/issue-state.ts';
import type { Mark } from '../core/issue-state.ts';
import { IssueStore } from '../core/issue-store.ts';
import type { IssueRow, StoreChange } from '../core/issue-store.ts';
import type { Courtyard, MapArea, MapChanges, MapSnapshot } from '../core/map-snapshot.ts';
import { openFeed } from '../data/feed.ts';
import type { Feed, FeedStatus } from '../data/feed.ts';
import type { LiveMap, Pin } from '../map/live-map.ts';
import type { Office } from './office.ts';

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
  #map: LiveMap | null = null;
  #drawn = new Map<number, Mark>();
  #revision = $state(0);
  #now = $state(Date.now());
  #ready = $state(false);
  #news = $state.raw<News | null>(null);
  #courtyards = $state.raw<ReadonlyMap<number, Courtyard>>(new Map());
  #areas = $state.raw<readonly MapArea[]>([]);
  #status = $state.raw<FeedStatus>({ connection: 'connecting', asOf: null, error: null });
  readonly #office: Office;
  filter = $state.raw<ListFilter>(noListFilter);

  #all = $derived.by(() => {
    void this.#revision;
    return [...this.#store.rows()].map((row) => this.#listed(row));
  });
  #shown = $derived(this.#all.filter((issue) => passes(issue, this.filter)));

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
  get courtyards(): ReadonlyMap<number, Courtyard> {
    return this.#courtyards;
  }
  get communities(): readonly MapArea[] {
    return this.#areas.filter(({ level }) => level === 'community');
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
  /** Counts up with every change; read it to be told. */
  get revision(): number {
    return this.#revision;
  }

  /** Begins to follow; gives the function that ends it. */
  open(): () => void {
    this.#feed = openFeed(this.#office.topic, {
      onsnapshot: (snapshot) => this.#take(snapshot),
      onchanges: (changes) => this.#apply(changes),
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
    this.#map = map;
    if (map && this.#ready) this.#drawAll();
  }

  #take(snapshot: MapSnapshot): void {
    this.#courtyards = new Map(snapshot.courtyards.map((courtyard) => [courtyard.id, courtyard]));
    this.#areas = snapshot.areas;
    this.#store.load(snapshot.issues);
    this.#now = Date.now();
    this.#revision++;
    this.#ready = true;
    this.#drawAll();
  }

  #apply(changes: MapChanges): void {
    const change = this.#store.patch(changes.issues, changes.gone);
    const left = [...change.added, ...change.changed].filter((id) => {
      const row = this.#store.get(id);
      return row !== null && !this.#office.follows(row);
    });
    const gone = left.length > 0 ? this.#store.remove(left) : [];
    this.#now = Date.now();
    this.#patchMap(change, [...change.gone, ...gone]);
    if (change.added.length + change.changed.length + change.gone.length === 0) return;
    this.#revision++;
    const last = [...change.added, ...change.changed].at(-1);
    const row = last === undefined ? null : this.#store.get(last);
    if (row)
      this.#news = { kind: change.added.includes(row.id) ? 'added' : 'changed', issue: this.#listed(row) };
  }

  /** Time alone makes issues late. */
  #look(): void {
    this.#now = Date.now();
    const changed = [...this.#store.rows()].filter((row) => this.#drawn.get(row.id) !== this.#mark(row));
    if (changed.length === 0) return;
    this.#patchMap({ added: [], changed: changed.map(({ id }) => id), gone: [] }, []);
    this.#revision++;
  }

  #drawAll(): void {
    this.#map?.setAreas(this.#areas);
    this.#map?.setCourtyards([...this.#courtyards.values()]);
    const pins = [...this.#store.rows()].flatMap((row) => this.#pin(row));
    this.#drawn = new Map(pins.map(({ id, mark }) => [id, mark]));
    this.#map?.setIssues(pins);
  }

  #patchMap({ added, changed }: StoreChange, gone: number[]): void {
    const pins = [...added, ...changed].flatMap((id) => {
      const row = this.#store.get(id);
      return row ? this.#pin(row) : [];
    });
    for (const { id, mark } of pins) this.#drawn.set(id, mark);
    for (const id of gone) this.#drawn.delete(id);
    this.#map?.patchIssues(pins, gone, new Set(added));
  }

  #pin(row: IssueRow): Pin[] {
    const place = this.#courtyards.get(row.courtyardId ?? 0)?.point;
    const [lng, lat] = Number.isNaN(row.lng) ? (place ?? [NaN, NaN]) : [row.lng, row.lat];
    return Number.isNaN(lng) ? [] : [{ id: row.id, lng, lat, mark: this.#mark(row) }];
  }

  #mark = (row: IssueRow): Mark => markOf(row.state, row.dueAt, this.#now);

  #listed(row: IssueRow): ListedIssue {
    return {
      ...row,
      courtyard: this.#courtyards.get(row.courtyardId ?? 0) ?? null,
      mark: this.#mark(row),
      group: listGroup(row, this.#now, this.#office.holds(row)),
    };
  }
}
