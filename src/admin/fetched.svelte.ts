import { ApiError } from '../core/api-error.ts';

/** Rows that a screen reads by itself, as last read; why not, when they could not be. */
export class Fetched<Row> {
  #read: () => Promise<Row[]>;
  #rows = $state.raw<Row[] | null>(null);
  #failure = $state.raw<ApiError | null>(null);

  /** Begins to read at once. */
  constructor(read: () => Promise<Row[]>) {
    this.#read = read;
    void this.load();
  }

  /** Null until they have come. */
  get rows(): Row[] | null {
    return this.#rows;
  }
  get failure(): ApiError | null {
    return this.#failure;
  }

  load = async (): Promise<void> => {
    this.#failure = null;
    try {
      this.#rows = await this.#read();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#failure = error;
    }
  };
}
