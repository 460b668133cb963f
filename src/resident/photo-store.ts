/** Photos on the phone, from being chosen until they have been uploaded. */
import { openDB } from 'idb';

export interface StoredPhoto {
  readonly id: string;
  readonly photo: Blob;
}
const store = 'photos';
/** Where the phone gives no database, photos live as long as the page. */
const loose = new Map<string, Blob>();
let opening: ReturnType<typeof openDB> | undefined;

function database() {
  opening ??= openDB('courtyard', 1, { upgrade: (db) => void db.createObjectStore(store) });
  return opening;
}

/** Keeps a photo under its report's key. Gives the id to remove it by; ids sort in the order of adding. */
export async function keepPhoto(key: string, photo: Blob): Promise<string> {
  const id = `${key}/${Date.now()}-${String(loose.size).padStart(3, '0')}`;
  loose.set(id, photo);
  try {
    await (await database()).put(store, photo, id);
  } catch {
    // Kept in memory only.
  }
  return id;
}

export async function forgetPhoto(id: string): Promise<void> {
  loose.delete(id);
  try {
    await (await database()).delete(store, id);
  } catch {
    // It was kept in memory only.
  }
}

const placeKey = (id: string) => `${id}#place`;

/** Where a photo that has begun to go up goes to; null when it has not. */
export async function placeOf(id: string): Promise<string | null> {
  const place: unknown = await database()
    .then((db) => db.get(store, placeKey(id)))
    .catch(() => null);
  return typeof place === 'string' ? place : null;
}

export async function keepPlace(id: string, place: string): Promise<void> {
  await database()
    .then((db) => db.put(store, place, placeKey(id)))
    .catch(() => undefined);
}

export const forgetPlace = (id: string): Promise<void> => forgetPhoto(placeKey(id));

/** A report's photos in the order they were added. */
export async function photosOf(key: string): Promise<readonly StoredPhoto[]> {
  const found = new Map([...loose].filter(([id]) => id.startsWith(`${key}/`)));
  try {
    const db = await database();
    const range = IDBKeyRange.bound(`${key}/`, `${key}/~`);
    for (const id of await db.getAllKeys(store, range)) {
      const photo: unknown = await db.get(store, id);
      if (photo instanceof Blob) found.set(String(id), photo);
    }
  } catch {
    // Only those in memory.
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, photo]) => ({ id, photo }));
}
