import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import type { Entry, Shelf } from '../core/archive/queue.ts';

/** Shelves whose person has signed out: what is still under way on this page puts nothing back on them. */
const left = new Set<string>();

/** What a round keeps on this device, so that it goes on without a network and after the tab was closed. One for each person. */
export class RoundShelf<Body> {
  #name: string;
  #db: Promise<IDBPDatabase> | null = null;

  constructor(person: string) {
    this.#name = `courtyard-round-${person}`;
    left.delete(this.#name);
  }

  /** What was written and not yet acknowledged. */
  readonly queue: Shelf<Body> = {
    all: async () => (await (await this.#open()).getAll('queue')) as Entry<Body>[],
    put: async (entry) => void (await (await this.#open()).put('queue', entry)),
    remove: async (key) => (await this.#open()).delete('queue', key),
  };

  /** What was last heard or typed under a name; undefined when nothing was, or nothing may be stored here. */
  async read(name: string): Promise<unknown> {
    try {
      return await (await this.#open()).get('pages', name);
    } catch {
      return undefined;
    }
  }

  /** False when it cannot be kept: in some private windows, on a full disk, or after signing out. */
  async keep(name: string, page: unknown): Promise<boolean> {
    if (left.has(this.#name)) return false;
    try {
      await (await this.#open()).put('pages', page, name);
      return true;
    } catch {
      return false;
    }
  }

  async drop(name: string): Promise<void> {
    try {
      await (await this.#open()).delete('pages', name);
    } catch {
      // Nothing was kept.
    }
  }

  /** Whoever signs out leaves nothing of the archive behind but what has not arrived yet: that goes out when they are back. */
  async forget(): Promise<void> {
    left.add(this.#name);
    try {
      const db = await this.#open();
      await db.clear('pages');
      if ((await db.count('queue')) > 0) return;
      db.close();
      this.#db = null;
      await deleteDB(this.#name);
    } catch {
      // Nothing was kept.
    }
  }

  #open(): Promise<IDBPDatabase> {
    this.#db ??= openDB(this.#name, 1, {
      upgrade(db) {
        db.createObjectStore('queue', { keyPath: 'key' });
        db.createObjectStore('pages');
      },
      // Another tab wants to forget it.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return this.#db;
  }
}
