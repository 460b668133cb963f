import { ApiError } from '../core/api-error.ts';
import { dayChanges, withDay, yearOf, type CalendarDay, type DayChange } from '../core/office-calendar.ts';
import type { Settings } from './settings.svelte.ts';

/** One year of the calendar being changed, day by day or by a file, until it is saved. */
export class YearDraft {
  #settings: Settings;
  #year = $state(0);
  #typed = $state.raw<CalendarDay[] | null>(null);
  #busy = $state(false);
  #error = $state.raw<ApiError | null>(null);
  readonly #stored = $derived.by(() => this.#settings.days.filter(({ day }) => yearOf(day) === this.#year));
  readonly #changes = $derived.by(() => dayChanges(this.#stored, this.days));

  constructor(settings: Settings, year: number) {
    this.#settings = settings;
    this.#year = year;
  }

  get year(): number {
    return this.#year;
  }
  /** The year's days as they would be saved. */
  get days(): readonly CalendarDay[] {
    return this.#typed ?? this.#stored;
  }
  get changes(): readonly DayChange[] {
    return this.#changes;
  }
  get busy(): boolean {
    return this.#busy;
  }
  get error(): ApiError | null {
    return this.#error;
  }

  /** Shows another year; what was changed in this one must be saved or discarded before. */
  show(year: number): void {
    this.#year = year;
    this.discard();
  }

  /** Sets one day, or gives it back to the week. */
  set(day: string, given: Omit<CalendarDay, 'day'> | null): void {
    this.#typed = withDay(this.days, day, given);
  }

  /** Puts a file's days in the place of its year. */
  take(year: number, days: CalendarDay[]): void {
    this.#year = year;
    this.#error = null;
    this.#typed = days;
  }

  discard(): void {
    this.#typed = null;
    this.#error = null;
  }

  /** Saves the year; gives how many running clocks were counted anew, null when it was refused (`error`). */
  async save(): Promise<number | null> {
    if (this.#busy) return null;
    this.#busy = true;
    this.#error = null;
    try {
      const recounted = await this.#settings.keepYear(this.#year, this.days);
      this.#typed = null;
      return recounted;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#error = error;
      return null;
    } finally {
      this.#busy = false;
    }
  }
}
