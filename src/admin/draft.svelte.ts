import { ApiError } from '../core/api-error.ts';
import { differences, type Difference } from '../core/differences.ts';

type Row = Readonly<Record<string, unknown>>;
const asRow = (row: object): Row => Object.fromEntries(Object.entries(row));

/** How a setting is saved and read again. `version` is the one the change was decided on, null for a new one. */
export interface Keeping<T> {
  save(row: T, version: number | null): Promise<T>;
  /** The row as it stands now, when somebody else has changed it. */
  reread(row: T): Promise<T | null>;
}

/** One setting being changed: what was typed stays whatever the answer, until it is saved or given up. */
export class Draft<T extends object> {
  #keeping: Keeping<T>;
  #base: T;
  #version = $state<number | null>(null);
  #busy = $state(false);
  #tried = $state(false);
  #error = $state.raw<ApiError | null>(null);
  #theirs = $state.raw<Difference[]>([]);
  /** What is in the form. */
  row: T;

  /** Begins with `row` as it is stored (`version`), or with the proposal for a new one (null). */
  constructor(row: T, version: number | null, keeping: Keeping<T>) {
    this.row = $state.raw(row);
    this.#base = row;
    this.#version = version;
    this.#keeping = keeping;
  }

  get isNew(): boolean {
    return this.#version === null;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** Saving was tried: what is missing is now said. */
  get tried(): boolean {
    return this.#tried;
  }
  get error(): ApiError | null {
    return this.#error;
  }
  /** What somebody else changed meanwhile; saving again then puts this form in its place. */
  get theirs(): readonly Difference[] {
    return this.#theirs;
  }
  get unsaved(): boolean {
    return differences(asRow(this.#base), asRow(this.row)).length > 0;
  }

  /** Changes fields of the form. */
  set(fields: Partial<T>): void {
    this.row = { ...this.row, ...fields };
  }

  /** Marks the form as tried without sending it: something is missing. */
  mark(): void {
    this.#tried = true;
    this.#error = null;
  }

  /** Takes what is stored now in place of what was typed. */
  revert(): void {
    this.row = this.#base;
    this.#error = null;
    this.#theirs = [];
  }

  /** Saves; gives the row as stored, or null when it was refused (`error` says why). */
  async save(): Promise<T | null> {
    if (this.#busy) return null;
    this.#busy = true;
    this.#tried = true;
    this.#error = null;
    try {
      const saved = await this.#keeping.save(this.row, this.#version);
      this.#base = saved;
      this.row = saved;
      this.#theirs = [];
      return saved;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#error = error;
      if (error.code === 'stale_setting') await this.#meet(Number(error.detail['version']));
      return null;
    } finally {
      this.#busy = false;
    }
  }

  async #meet(version: number): Promise<void> {
    try {
      const now = await this.#keeping.reread(this.row);
      if (!now) return;
      this.#theirs = differences(asRow(this.#base), asRow(now)).filter(({ field }) => field !== 'version');
      this.#base = now;
      this.#version = version;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
