import { ApiError } from '../core/api-error.ts';
import { isFiltering, matches, noFilter, type InboxFilter } from '../core/inbox-filter.ts';
import { groupInbox, inboxGroup, waits } from '../core/inbox.ts';
import type { HolderLevel, IssueCard } from '../core/issue.ts';
import { openFeed, type Feed, type FeedStatus } from '../data/feed.ts';
import { cardsOf, listCards } from '../data/issues.ts';
import { Notices } from '../data/notices.svelte.ts';
import { byId, newcomers, renewed, type Cards } from './cards.ts';

/**
 * The list of a desk, live. What is known changes at once; where a row stands changes only by `settle()`,
 * so that nothing moves under a finger.
 */
export class Inbox {
  readonly level: HolderLevel;
  #known = $state.raw<Cards>(byId([]));
  #settled = $state.raw<{ cards: Cards; at: number }>({ cards: byId([]), at: Date.now() });
  #fresh = $state.raw<ReadonlySet<number>>(newcomers(byId([]), byId([])));
  #loaded = $state(false);
  #error = $state.raw<ApiError | null>(null);
  #status = $state.raw<FeedStatus>({ connection: 'connecting', asOf: null, error: null });
  #feed: Feed | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  /** Called with the ids of issues that changed elsewhere. */
  tell: (ids: number[]) => void = () => {};
  readonly notices = new Notices();
  filter = $state<InboxFilter>({ ...noFilter });
  now = $state(Date.now());

  groups = $derived.by(() => {
    const cards = [...this.#settled.cards.values()].filter((card) => matches(card, this.filter));
    return groupInbox(cards, this.level, this.#settled.at);
  });

  /** How many issues that wait for me the list does not show yet. */
  arrived = $derived(
    [...this.#known.values()].filter((card) => this.awaits(card) && !this.#settled.cards.has(card.id)).length,
  );

  /** Rows stand elsewhere than they should by now. */
  moved = $derived(
    this.#known.size !== this.#settled.cards.size ||
      [...this.#known.values()].some((card) => {
        const shown = this.#settled.cards.get(card.id);
        return (
          !shown || inboxGroup(shown, this.level, this.#settled.at) !== inboxGroup(card, this.level, this.now)
        );
      }),
  );

  constructor(level: HolderLevel) {
    this.level = level;
  }

  get status(): FeedStatus {
    return this.#status;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  get filtering(): boolean {
    return isFiltering(this.filter);
  }

  /** All cards known, without the filter. */
  get cards(): IssueCard[] {
    return [...this.#known.values()];
  }

  get waiting(): number {
    return this.cards.filter((card) => this.awaits(card)).length;
  }

  /** It waits for this desk. */
  awaits(card: IssueCard): boolean {
    return waits(card);
  }

  /** The newest card of an issue, null when it left this desk. */
  card(id: number): IssueCard | null {
    return this.#known.get(id) ?? null;
  }

  /** A row to draw: the newest known, or the last seen of one that left. */
  row(shown: IssueCard): IssueCard {
    return this.#known.get(shown.id) ?? shown;
  }

  isFresh(id: number): boolean {
    return this.#fresh.has(id);
  }

  /** Follows a topic; gives the function that ends it. */
  open(topic: string): () => void {
    this.#feed = openFeed(topic, {
      onsnapshot: () => void this.load(),
      onchanges: ({ issues, gone }) => void this.refresh([...issues.id, ...gone]),
      onnotice: this.notices.hear,
      onstatus: (status) => (this.#status = status),
      knows: (id, version) => (this.#known.get(id)?.version ?? 0) >= version,
    });
    const tick = setInterval(() => (this.now = Date.now()), 20_000);
    return () => {
      clearInterval(tick);
      clearTimeout(this.#again);
      this.#feed?.close();
    };
  }

  /** The session is valid again. */
  renew(): void {
    this.#feed?.renew();
    void this.load();
  }

  async load(): Promise<void> {
    try {
      const before = this.#known;
      this.#known = byId(await listCards());
      this.#error = null;
      if (!this.#loaded) this.settle(false);
      this.#loaded = true;
      const changed = this.cards.filter((card) => before.get(card.id)?.version !== card.version);
      this.tell(changed.map((card) => card.id));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Asks how these issues are now. */
  async refresh(ids: number[]): Promise<void> {
    if (ids.length === 0) return;
    try {
      const cards = await cardsOf(ids);
      this.#known = renewed(this.#known, ids, cards);
      this.tell(ids);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    this.#error = error;
    if (!error.passing) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.load(), 5000);
  }

  /** The outcome of one of many own actions; the rows stay where they are. Null when the issue left this desk. */
  learn(id: number, card: IssueCard | null): void {
    this.#known = renewed(this.#known, [id], card ? [card] : []);
  }

  /** The outcome of an own action: stands where it belongs at once. Null when the issue left this desk. */
  take(id: number, card: IssueCard | null): void {
    this.learn(id, card);
    this.settle(false);
  }

  /** Puts every row where it belongs; `mark` has the new ones stand out for a moment. */
  settle(mark = true): void {
    const before = this.#settled.cards;
    this.now = Date.now();
    this.#settled = { cards: this.#known, at: this.now };
    this.#fresh = newcomers(mark ? before : this.#known, this.#known);
  }
}
