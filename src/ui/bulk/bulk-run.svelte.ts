import { ApiError } from '../../core/api-error.ts';
import { sendsAgain, sideBySide, type BulkAction, type BulkOrder } from '../../core/bulk.ts';
import type { ActRequest } from '../../core/issue.ts';
import { requestId } from '../../core/request-id.ts';

/** How one row fared. */
export type BulkOutcome =
  { kind: 'waiting' } | { kind: 'sending' } | { kind: 'done' } | { kind: 'refused'; error: ApiError };

export interface BulkLine extends BulkOrder {
  /** One intention, however often it is sent. */
  requestId: string;
  outcome: BulkOutcome;
}

type Act = (id: number, request: ActRequest) => Promise<void>;

/** Milliseconds in which it can be taken back before anything is sent. */
export const grace = 5000;
/** Requests on their way at a time. */
const most = 4;

/** One bulk action: held for a moment, then sent row by row, each with its own version and result. */
export class BulkRun {
  readonly action: BulkAction;
  #lines = $state.raw<readonly BulkLine[]>([]);
  #phase = $state<'held' | 'sending' | 'over'>('held');
  #act: Act;
  #ondone: (id: number) => void;
  #timer: ReturnType<typeof setTimeout>;

  /** `ondone` is told of each row that took effect. */
  constructor(action: BulkAction, orders: readonly BulkOrder[], act: Act, ondone: (id: number) => void) {
    this.action = action;
    this.#act = act;
    this.#ondone = ondone;
    this.#lines = orders.map((order) => ({ ...order, requestId: requestId(), outcome: { kind: 'waiting' } }));
    this.#timer = setTimeout(() => void this.send(), grace);
  }

  get phase(): 'held' | 'sending' | 'over' {
    return this.#phase;
  }

  get lines(): readonly BulkLine[] {
    return this.#lines;
  }

  /** Rows that have their answer. */
  get answered(): number {
    return this.#lines.filter(({ outcome }) => outcome.kind === 'done' || outcome.kind === 'refused').length;
  }

  get done(): number {
    return this.#lines.filter(({ outcome }) => outcome.kind === 'done').length;
  }

  /** Nothing was sent and nothing will be. */
  takeBack(): void {
    clearTimeout(this.#timer);
  }

  /** Sends what is held, without waiting longer. */
  async send(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#phase === 'held') await this.#work(this.#lines);
  }

  /**
   * Sends these rows once more. Where no answer came it is the same request, so that nothing is done twice;
   * where the issue had moved on it is decided anew on the version that is now on the screen.
   */
  async retry(lines: readonly BulkLine[], versionNow: (id: number) => number | null): Promise<void> {
    if (this.#phase !== 'over') return;
    const again = lines.map((line): BulkLine => {
      const same = line.outcome.kind === 'refused' && sendsAgain(line.outcome.error);
      const version = same ? line.row.version : (versionNow(line.row.id) ?? line.row.version);
      return { ...line, row: { ...line.row, version }, outcome: { kind: 'waiting' } };
    });
    for (const line of again) this.#put(line);
    await this.#work(again);
  }

  async #work(lines: readonly BulkLine[]): Promise<void> {
    this.#phase = 'sending';
    await sideBySide(lines, most, (line) => this.#sendOne(line));
    this.#phase = 'over';
  }

  async #sendOne(line: BulkLine): Promise<void> {
    const { row, payload, requestId } = line;
    this.#put({ ...line, outcome: { kind: 'sending' } });
    try {
      await this.#act(row.id, { action: this.action, version: row.version, payload, requestId });
      this.#put({ ...line, outcome: { kind: 'done' } });
      this.#ondone(row.id);
    } catch (failure) {
      const error = failure instanceof ApiError ? failure : new ApiError(0, 'unknown');
      this.#put({ ...line, outcome: { kind: 'refused', error } });
    }
  }

  #put(line: BulkLine): void {
    this.#lines = this.#lines.map((other) => (other.row.id === line.row.id ? line : other));
  }
}
