import { boardRows, boardSums } from '../../core/clock-board.ts';
import type { BoardClock, ClockBoard } from '../../core/clock-board.ts';
import { readClockBoard } from '../../data/queues.ts';

/** What the list of clocks is narrowed to; null narrows nothing. */
export type BoardFilter = { office: string | null; clock: BoardClock | null };

export const everything: BoardFilter = { office: null, clock: null };

/** How many clocks the server gives at most. */
const most = 200;
/** How long changes are gathered before the board is read again, and how old it may get without any, in milliseconds. */
const gather = 1500;
const oldest = 60_000;

/** The clocks of a topic, read anew after changes and as time passes. */
export class Board {
  readonly #topic: string;
  #board = $state.raw<ClockBoard | null>(null);
  #failure = $state.raw<unknown>(null);
  /** How far the server's clock is ahead of this device's, in milliseconds. */
  #ahead = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #now = $state(Date.now());
  filter = $state.raw<BoardFilter>(everything);

  rows = $derived(boardRows(this.#board?.offices ?? []));
  sums = $derived(boardSums(this.rows));
  next = $derived(
    (this.#board?.next ?? []).filter(
      ({ office, clock }) =>
        (this.filter.office === null || office === this.filter.office) &&
        (this.filter.clock === null || clock === this.filter.clock),
    ),
  );

  constructor(topic: string) {
    this.#topic = topic;
  }

  /** The server gives no more than it gave. */
  get full(): boolean {
    return this.#board?.next.length === most;
  }
  get read(): boolean {
    return this.#board !== null;
  }
  get failure(): unknown {
    return this.#failure;
  }
  /** When the board was read, as the server said; null before. */
  get at(): string | null {
    return this.#board?.at ?? null;
  }
  /** Epoch ms by the server's clock, ticking each second. */
  get now(): number {
    return this.#now;
  }

  /** Begins to tick and to read; gives the function that ends it. */
  open(): () => void {
    void this.load();
    const seconds = setInterval(() => (this.#now = Date.now() + this.#ahead), 1000);
    const minutes = setInterval(() => {
      if (!document.hidden) void this.load();
    }, oldest);
    return () => {
      clearInterval(seconds);
      clearInterval(minutes);
      clearTimeout(this.#timer);
    };
  }

  /** Something changed: reads it again in a moment. */
  hear(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), gather);
  }

  load = async (): Promise<void> => {
    try {
      const board = await readClockBoard(this.#topic);
      this.#ahead = Date.parse(board.at) - Date.now();
      this.#now = Date.parse(board.at);
      this.#board = board;
      this.#failure = null;
    } catch (error) {
      this.#failure = error;
    }
  };

  /** Narrows to these, or to nothing when it is narrowed to exactly these already. */
  narrow(office: string | null, clock: BoardClock | null): void {
    const same = this.filter.office === office && this.filter.clock === clock;
    this.filter = same ? everything : { office, clock };
  }
}
