import type { Numbers } from '../../core/numbers.ts';
import { faultOf, periodOf } from '../../core/numbers-period.ts';
import type { Period, PeriodKind } from '../../core/numbers-period.ts';
import { readNumbers } from '../../data/numbers.ts';

/** What the figures are asked for, and what came. */
export class FigureState {
  #numbers = $state.raw<Numbers | null>(null);
  #error = $state.raw<unknown>(null);
  #busy = $state(false);
  #asked = 0;
  /** What the shown figures belong to. */
  #shown = $state.raw<{ period: Period; community: number | null } | null>(null);
  kind = $state<PeriodKind | 'custom'>('month');
  period = $state.raw<Period>(periodOf('month', Date.now()));
  community = $state.raw<number | null>(null);

  get numbers(): Numbers | null {
    return this.#numbers;
  }
  get error(): unknown {
    return this.#error;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** The figures on the screen are of what is asked for now. */
  get current(): boolean {
    return this.#shown?.period === this.period && this.#shown.community === this.community;
  }

  /** One of the periods by name; 'custom' keeps the days that are chosen. */
  choose(kind: PeriodKind | 'custom'): void {
    this.kind = kind;
    if (kind === 'custom') return;
    this.period = periodOf(kind, Date.now());
    void this.load();
  }

  /** From one day to another; a period that is none is not asked for. */
  between(period: Period): void {
    if (faultOf(period)) return;
    this.kind = 'custom';
    this.period = period;
    void this.load();
  }

  in(community: number | null): void {
    this.community = community;
    void this.load();
  }

  /** Asks anew. What comes for an older question is dropped; figures stay on the screen until others are here. */
  async load(): Promise<void> {
    const mine = ++this.#asked;
    const question = { period: this.period, community: this.community };
    this.#busy = true;
    this.#error = null;
    try {
      const numbers = await readNumbers(question.period, question.community);
      if (mine !== this.#asked) return;
      this.#numbers = numbers;
      this.#shown = question;
    } catch (error) {
      if (mine === this.#asked) this.#error = error;
    } finally {
      if (mine === this.#asked) this.#busy = false;
    }
  }
}
