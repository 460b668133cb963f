import { ApiError } from '../api-error.ts';

/** One thing to tell the server; its key makes it take effect once, however often it is sent. */
export interface Entry<Body> {
  readonly key: string;
  /** What it is about: entries of one yard go in their order, those of different yards wait for nobody. */
  readonly yard: number;
  /** Milliseconds. */
  readonly at: number;
  /** It may have reached the server: from now on it is sent again as it is, or not at all. */
  readonly tried: boolean;
  readonly body: Body;
}

/** Where entries are kept; it outlives the page. */
export interface Shelf<Body> {
  all(): Promise<readonly Entry<Body>[]>;
  put(entry: Entry<Body>): Promise<void>;
  remove(key: string): Promise<void>;
}

export type Fate<Body, Answer> =
  | { kind: 'arrived'; entry: Entry<Body>; answer: Answer }
  /** The server said no: the entry leaves the queue, and whoever wrote it is asked. */
  | { kind: 'refused'; entry: Entry<Body>; error: ApiError }
  /** No answer, or none that is final: it stays. */
  | { kind: 'waiting'; entry: Entry<Body>; error: ApiError };

/** What was written and not yet acknowledged, oldest first. */
export class Queue<Body, Answer> {
  #shelf: Shelf<Body>;
  #send: (entry: Entry<Body>) => Promise<Answer>;
  #newKey: () => string;
  #shelfTurn: Promise<unknown> = Promise.resolve();
  #sending: Promise<Fate<Body, Answer>[]> | null = null;

  constructor(shelf: Shelf<Body>, send: (entry: Entry<Body>) => Promise<Answer>, newKey: () => string) {
    this.#shelf = shelf;
    this.#send = send;
    this.#newKey = newKey;
  }

  all(): Promise<readonly Entry<Body>[]> {
    return this.#shelf.all();
  }

  /** Keeps what was written, at once; it takes the place of what the same yard has waiting and nobody tried to send yet. */
  keep(yard: number, body: Body, at: number): Promise<Entry<Body>> {
    return this.#atShelf(async () => {
      const last = (await this.#sorted()).findLast((entry) => entry.yard === yard);
      const entry = { key: last && !last.tried ? last.key : this.#newKey(), yard, at, tried: false, body };
      await this.#shelf.put(entry);
      return entry;
    });
  }

  /** Sends what waits, each yard in its order; after the first that gets no answer nothing more is tried. */
  flush(): Promise<Fate<Body, Answer>[]> {
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = null));
    return this.#sending;
  }

  /** Takes back what a yard has waiting. */
  drop(yard: number): Promise<void> {
    return this.#atShelf(async () => {
      for (const entry of await this.#shelf.all())
        if (entry.yard === yard) await this.#shelf.remove(entry.key);
    });
  }

  async #sendAll(): Promise<Fate<Body, Answer>[]> {
    const fates: Fate<Body, Answer>[] = [];
    const stuck = new Set<number>();
    for (const { key, yard } of await this.#sorted()) {
      if (stuck.has(yard)) continue;
      const entry = await this.#begin(key);
      if (!entry) continue;
      const fate = await this.#deliver(entry);
      fates.push(fate);
      if (fate.kind === 'refused') stuck.add(yard);
      if (fate.kind === 'waiting') break;
    }
    return fates;
  }

  /** From here on nothing takes the entry's place: it may arrive even if no answer does. */
  #begin(key: string): Promise<Entry<Body> | null> {
    return this.#atShelf(async () => {
      const entry = (await this.#shelf.all()).find((one) => one.key === key);
      if (!entry) return null;
      const tried = { ...entry, tried: true };
      if (!entry.tried) await this.#shelf.put(tried);
      return tried;
    });
  }

  async #deliver(entry: Entry<Body>): Promise<Fate<Body, Answer>> {
    try {
      const answer = await this.#send(entry);
      await this.#shelf.remove(entry.key);
      return { kind: 'arrived', entry, answer };
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError(0, 'unknown');
      // Nobody signed in is no verdict on what was written: it waits for them.
      if (error.passing || error.status === 401) return { kind: 'waiting', entry, error };
      await this.#shelf.remove(entry.key);
      return { kind: 'refused', entry, error };
    }
  }

  async #sorted(): Promise<readonly Entry<Body>[]> {
    return [...(await this.#shelf.all())].sort((a, b) => a.at - b.at);
  }

  /** One change of the shelf after the other. */
  #atShelf<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#shelfTurn.then(work);
    this.#shelfTurn = turn.catch(() => undefined);
    return turn;
  }
}
