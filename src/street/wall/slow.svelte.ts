import type { CourtyardFacts } from '../../core/courtyard-facts.ts';
import type { Numbers } from '../../core/numbers.ts';
import { periodOf } from '../../core/numbers-period.ts';
import { readFacts } from '../../data/map-facts.ts';
import { readNumbers } from '../../data/numbers.ts';
import { Past } from '../patterns/past.svelte.ts';

/** How long these are good for, in milliseconds; after a failure it is tried again much sooner. */
const good = 600_000;
const again = 20_000;

/** What changes slowly and is read now and then: archives, figures of the quarter, the issues of ninety days. */
export class Slow {
  readonly #topic: string;
  readonly past: Past;
  #facts = $state.raw<CourtyardFacts | null>(null);
  #numbers = $state.raw<Numbers | null>(null);
  #failed = $state(false);
  #nextAt = { facts: 0, numbers: 0 };

  constructor(topic: string) {
    this.#topic = topic;
    this.past = new Past(topic);
  }

  get facts(): CourtyardFacts | null {
    return this.#facts;
  }
  get numbers(): Numbers | null {
    return this.#numbers;
  }
  /** The last reading failed; what was read before stays. */
  get failed(): boolean {
    return this.#failed;
  }

  needFacts(): Promise<void> {
    return this.#read('facts', async () => (this.#facts = await readFacts(this.#topic)));
  }

  needNumbers(): Promise<void> {
    void this.past.need(90);
    return this.#read(
      'numbers',
      async () => (this.#numbers = await readNumbers(periodOf('quarter', Date.now()), null)),
    );
  }

  async #read(what: 'facts' | 'numbers', read: () => Promise<unknown>): Promise<void> {
    if (Date.now() < this.#nextAt[what]) return;
    this.#nextAt[what] = Date.now() + again;
    try {
      await read();
      this.#nextAt[what] = Date.now() + good;
      this.#failed = false;
    } catch {
      this.#failed = true;
    }
  }
}
