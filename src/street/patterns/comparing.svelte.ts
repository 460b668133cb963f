import { untrack } from 'svelte';
import { compare } from '../../core/pattern/comparison.ts';
import type { PatternRows } from '../../core/pattern/rows.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';
import type { Past } from './past.svelte.ts';

const day = 86_400_000;

/** Two periods of as many days each, the later one ending now, or two communities over the same days: of what is filtered. */
export class Comparing {
  readonly #issues: LiveIssues;
  readonly past: Past;
  kind = $state<'periods' | 'communities'>('periods');
  days = $state<7 | 30 | 45>(45);
  communities = $state.raw<readonly [number, number] | null>(null);
  /** The map shows where there were more and where fewer. */
  onMap = $state(false);
  /** The moment up to which is counted, set when the comparison is opened, so that it does not creep. */
  #until = $state(Date.now());

  readonly pair: readonly [number, number] | null = $derived.by(() => {
    const [first, second] = this.#issues.communities;
    return this.communities ?? (first && second ? [first.id, second.id] : null);
  });

  readonly sides: readonly [a: PatternRows, b: PatternRows] | null = $derived.by(() => {
    void this.past.revision;
    const [until, span] = [this.#until, this.days * day];
    if (this.past.store.size === 0) return null;
    const fits = this.#fits();
    if (this.kind === 'periods')
      return [
        this.past.between(until - 2 * span, until - span, fits),
        this.past.between(until - span, until, fits),
      ];
    if (!this.pair) return null;
    const { courtyard } = this.past.store.columns;
    const { courtyards } = this.#issues;
    const of = (community: number): PatternRows =>
      this.past.between(
        until - span,
        until,
        (row) => fits(row) && courtyards.get(courtyard[row] ?? NaN)?.communityId === community,
      );
    return [of(this.pair[0]), of(this.pair[1])];
  });

  readonly result = $derived.by(() => this.sides && compare(...this.sides));

  constructor(issues: LiveIssues, past: Past) {
    this.#issues = issues;
    this.past = past;
  }

  /** What is filtered is what is compared; two communities stand for themselves, whichever the filter names. */
  #fits(): (row: number) => boolean {
    const { shown } = this.#issues;
    void [shown.filter, shown.waiting, shown.failed];
    return untrack(() => shown.test(this.past.store, this.kind === 'communities' ? { communities: [] } : {}));
  }

  /** Reads what both sides need. */
  async load(): Promise<void> {
    this.#until = Date.now();
    await this.past.need(this.days * (this.kind === 'periods' ? 2 : 1));
  }
}
