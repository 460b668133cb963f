import { ApiError } from '../../core/api-error.ts';

/** What was read this long ago is good enough to show, in milliseconds. */
const fresh = 60_000;

/** Something read from the server when it is needed, and again when it has changed there. */
export class Reading<T> {
  readonly #read: () => Promise<T>;
  #value = $state.raw<T | null>(null);
  #error = $state.raw<ApiError | null>(null);
  #at = 0;
  #asking = false;
  #again = false;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Null before it was read; what was read before stays when reading it again fails. */
  get value(): T | null {
    return this.#value;
  }
  get error(): ApiError | null {
    return this.#error;
  }

  /** Reads it, unless it was read just now. */
  async need(): Promise<void> {
    if (this.#asking || Date.now() - this.#at < fresh) return;
    this.#asking = true;
    this.#again = false;
    try {
      this.#value = await this.#read();
      this.#error = null;
      this.#at = Date.now();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#error = error;
    } finally {
      this.#asking = false;
    }
    if (this.#again) await this.renew();
  }

  /** It has changed: reads it again, if it was read at all. */
  async renew(): Promise<void> {
    if (this.#asking) this.#again = true;
    if (this.#asking || this.#at === 0) return;
    this.#at = 0;
    await this.need();
  }
}
