/**
 * The phone's own database of reports on their way. The page puts them in; page and service worker both send them, and
 * what became of one that the worker sent is left here for the page.
 */
import type { Kept } from '../core/outbox.ts';
import type { Home } from '../data/resident-wire.ts';

/** What the worker heard of a report: the receipt, or the refusal as status, code and facts. */
export interface Heard {
  readonly kept: Kept;
  readonly receipt?: unknown;
  readonly error?: { status: number; code: string; detail: Readonly<Record<string, unknown>> };
}

/** What the worker says when there is news of a report: a push says only whose. */
export interface Followed {
  readonly key: string;
  readonly title: string;
  readonly body: string;
}

type Shelf = 'outbox' | 'heard' | 'home';

/** Milliseconds. Safari 14 may never answer the first opening of a database. */
const patience = 2500;
let opening: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((done, failed) => {
    const request = indexedDB.open('courtyard-box', 1);
    request.onupgradeneeded = () => {
      for (const name of ['outbox', 'heard', 'home']) request.result.createObjectStore(name);
    };
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => failed(request.error);
    setTimeout(() => failed(new Error('no answer')), patience);
  });
  opening.catch(() => (opening = undefined));
  return opening;
}

/** Does something to one shelf; resolved only when it is on the phone's disk. */
async function on<T>(shelf: Shelf, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const change = (await database()).transaction(shelf, 'readwrite');
  return new Promise((done, failed) => {
    const request = work(change.objectStore(shelf));
    change.oncomplete = () => done(request.result);
    change.onabort = () => failed(change.error);
  });
}

export const putKept = (kept: Kept) => on('outbox', (store) => store.put(kept, kept.key));
export const dropKept = (key: string) => on('outbox', (store) => store.delete(key));
export const readKeptRaw = (): Promise<unknown[]> => on('outbox', (store) => store.getAll());
export const putHeard = (heard: Heard) => on('heard', (store) => store.put(heard, heard.kept.key));
export const dropHeard = (key: string) => on('heard', (store) => store.delete(key));
export const readHeardRaw = (): Promise<unknown[]> => on('heard', (store) => store.getAll());
export const putFollowed = (number: string, followed: Followed) =>
  on('home', (store) => store.put(followed, `news ${number}`));
export const readFollowedRaw = (number: string): Promise<unknown> =>
  on('home', (store) => store.get(`news ${number}`));
export const putHome = (home: Home) => on('home', (store) => store.put(home, 'home'));
export const readHomeRaw = (): Promise<unknown> => on('home', (store) => store.get('home'));
