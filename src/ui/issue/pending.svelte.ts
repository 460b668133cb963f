import { ApiError } from '../../core/api-error.ts';
import { holdSeconds } from '../../core/held-actions.ts';

/** An action that was pressed and may still be taken back. */
export interface Held {
  /** The issue's id. */
  issue: number;
  /** What was pressed, such as “受理 2611-00123”. */
  label: string;
  /** Does it; rejects with an ApiError when it did not take effect. May be called again after that. */
  send: () => Promise<void>;
  /** Puts the screen back as it was before the press. */
  undo: () => void;
}

/** Where a held action stands. */
export class Waiting {
  readonly held: Held;
  state = $state<'waiting' | 'sending' | 'failed'>('waiting');
  /** Seconds until it is sent. */
  left = $state(holdSeconds);
  error = $state.raw<ApiError | null>(null);
  timer: ReturnType<typeof setInterval> | undefined;
  sending: Promise<boolean> | null = null;

  constructor(held: Held) {
    this.held = held;
  }
}

/** What was pressed and not yet sent, on this page. */
export class Pending {
  #all = $state.raw<readonly Waiting[]>([]);
  /** The issue whose panel is open: it tells what waits on it by itself. */
  #shown = $state<number | null>(null);
  /** While somebody is at the buttons with the keyboard, the seconds stand still. */
  paused = false;

  /** Oldest first. */
  get all(): readonly Waiting[] {
    return this.#all;
  }

  /** Those no open panel tells of. */
  get elsewhere(): readonly Waiting[] {
    return this.#all.filter(({ held }) => held.issue !== this.#shown);
  }

  /** What waits or is being sent on an issue. */
  of(issue: number): Waiting | null {
    return this.#all.find(({ held, state }) => held.issue === issue && state !== 'failed') ?? null;
  }

  /** Waits five seconds, then sends. */
  hold(held: Held): void {
    this.#forget(
      ...this.#all.filter(({ held: { issue }, state }) => issue === held.issue && state === 'failed'),
    );
    const waiting = new Waiting(held);
    this.#all = [...this.#all, waiting];
    waiting.timer = setInterval(() => this.#tick(waiting), 1000);
  }

  /** Takes it back. False when it is on its way already. */
  undo(waiting: Waiting): boolean {
    if (waiting.state !== 'waiting') return false;
    this.#forget(waiting);
    waiting.held.undo();
    return true;
  }

  /** Takes the last one back; gives it, null when there is none. */
  undoLast(): Waiting | null {
    const last = this.#all.findLast(({ state }) => state === 'waiting');
    return last && this.undo(last) ? last : null;
  }

  /** Sends it now, or again after it failed. True once it took effect. */
  send(waiting: Waiting): Promise<boolean> {
    waiting.sending ??= this.#deliver(waiting).finally(() => (waiting.sending = null));
    return waiting.sending;
  }

  /** Sends all that waits; true when each took effect. For leaving the page and for signing out. */
  async sendAll(): Promise<boolean> {
    const running = this.#all.filter(({ state }) => state !== 'failed');
    const done = await Promise.all(running.map((waiting) => this.send(waiting)));
    return done.every(Boolean);
  }

  /** The panel of this issue is open, and tells of what waits and what failed there. Gives the function that ends it. */
  show(issue: number): () => void {
    this.#shown = issue;
    this.#forget(...this.#all.filter(({ held, state }) => held.issue === issue && state === 'failed'));
    return () => {
      if (this.#shown === issue) this.#shown = null;
    };
  }

  /** Whoever pressed is gone: nothing is sent in another's name. */
  clear(): void {
    this.#forget(...this.#all);
  }

  /** Stops telling of one that failed. */
  dismiss(waiting: Waiting): void {
    if (waiting.state === 'failed') this.#forget(waiting);
  }

  #tick(waiting: Waiting): void {
    if (this.paused) return;
    waiting.left--;
    if (waiting.left <= 0) void this.send(waiting);
  }

  async #deliver(waiting: Waiting): Promise<boolean> {
    clearInterval(waiting.timer);
    waiting.state = 'sending';
    try {
      await waiting.held.send();
      this.#forget(waiting);
      return true;
    } catch (error) {
      waiting.error = error instanceof ApiError ? error : new ApiError(0, 'unknown');
      waiting.state = 'failed';
      // The open panel has reopened the form with the reason above it.
      if (waiting.held.issue === this.#shown) this.#forget(waiting);
      return false;
    }
  }

  #forget(...some: Waiting[]): void {
    for (const { timer } of some) clearInterval(timer);
    if (some.length > 0) this.#all = this.#all.filter((waiting) => !some.includes(waiting));
  }
}

/** The page's one store of what was pressed and not yet sent. */
export const pending = new Pending();
