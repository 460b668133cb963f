import { IssueStore } from '../../core/issue-store.ts';
import type { PatternRows } from '../../core/pattern/rows.ts';
import { readHistory } from '../../data/history.ts';

const day = 86_400_000;

/** What is kept is asked for anew when the street has changed and it is older than this, in milliseconds. */
const fresh = 30_000;

/** The issues of the last days, ended ones too, in a store of their own beside the live one. */
export class Past {
  readonly #topic: string;
  #store = new IssueStore();
  #days = 0;
  #readAt = 0;
  #asked = 0;
  /** The days that are being read now. */
  #reading = 0;
  #revision = $state(0);
  #busy = $state(false);
  #error = $state.raw<unknown>(null);

  constructor(topic: string) {
    this.#topic = topic;
  }

  get busy(): boolean {
    return this.#busy;
  }
  get error(): unknown {
    return this.#error;
  }
  /** Counts up when other rows are here. */
  get revision(): number {
    return this.#revision;
  }
  get store(): IssueStore {
    void this.#revision;
    return this.#store;
  }

  /** Reads what is missing of the last `days` days; what came before stays until the answer is here. */
  async need(days: number): Promise<void> {
    if (days <= this.#reading || (days <= this.#days && Date.now() - this.#readAt < fresh)) return;
    const mine = ++this.#asked;
    const wanted = Math.max(days, this.#days);
    this.#reading = wanted;
    this.#busy = true;
    try {
      const now = Date.now();
      const { issues } = await readHistory(this.#topic, (now - wanted * day) / 1000, (now + day) / 1000);
      if (mine !== this.#asked) return;
      this.#store.load(issues);
      this.#days = wanted;
      this.#readAt = now;
      this.#error = null;
      this.#revision++;
    } catch (error) {
      if (mine === this.#asked) this.#error = error;
    } finally {
      if (mine === this.#asked) {
        this.#busy = false;
        this.#reading = 0;
      }
    }
  }

  /** The rows reported between two moments, in epoch milliseconds; the second is no part of it. */
  between(since: number, until: number, passes: (row: number) => boolean = () => true): PatternRows {
    const { store } = this;
    const { created } = store.columns;
    const rows = new Uint32Array(store.size);
    let count = 0;
    for (let row = 0; row < store.size; row++) {
      const at = (created[row] ?? NaN) * 1000;
      if (at >= since && at < until && passes(row)) rows[count++] = row;
    }
    return { store, rows: rows.slice(0, count) };
  }
}
