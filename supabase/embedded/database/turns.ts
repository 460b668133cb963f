import { DatabaseError } from './database.ts';

interface Waiter {
  go: () => void;
  giveUp: (error: DatabaseError) => void;
  timer: NodeJS.Timeout;
}

/** Lets one caller at a time use the one connection, in the order they came; none waits for ever. */
export class Turns {
  private taken = false;
  private readonly waiting = new Set<Waiter>();
  private readonly longestWaitMs: number;
  private readonly mostWaiting: number;

  constructor(longestWaitMs = 20_000, mostWaiting = 2_000) {
    this.longestWaitMs = longestWaitMs;
    this.mostWaiting = mostWaiting;
  }

  /** Resolves when it is the caller's turn; it must call `pass()` afterwards. Throws 53300 when the queue is too long or too slow. */
  take(): Promise<void> {
    if (!this.taken) {
      this.taken = true;
      return Promise.resolve();
    }
    if (this.waiting.size >= this.mostWaiting) return Promise.reject(busy());
    return new Promise((go, giveUp) => {
      const timer = setTimeout(() => {
        this.waiting.delete(waiter);
        giveUp(busy());
      }, this.longestWaitMs);
      const waiter: Waiter = { go, giveUp, timer };
      this.waiting.add(waiter);
    });
  }

  pass(): void {
    const next = this.waiting.values().next().value;
    if (!next) {
      this.taken = false;
      return;
    }
    this.waiting.delete(next);
    clearTimeout(next.timer);
    next.go();
  }
}

function busy(): DatabaseError {
  return new DatabaseError({ code: '53300', message: 'too_busy', hint: 'Try again in a moment.' });
}
