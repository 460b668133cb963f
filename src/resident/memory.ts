/** What this phone keeps: drafts, reports on their way, keys of sent ones. All of it is lost quietly where storage is closed. */
import { isRecord } from '../core/api-error.ts';
import type { Kept, Shelf } from '../core/outbox.ts';

/** An unfinished report of one courtyard's code. */
export interface Draft {
  key: string;
  what: string;
  place: string;
  name: string;
  address: string;
  phone: string;
  /** The chosen category's code. */
  category: string | null;
  point: [lng: number, lat: number] | null;
}

/** A report that arrived: what is needed to find it again. */
export interface Sent {
  readonly key: string;
  readonly number: string;
  readonly courtyard: string;
  readonly what: string;
  /** Milliseconds. */
  readonly at: number;
  /** Where its photos still have to go. */
  readonly uploads: readonly string[];
}

function read(slot: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(`courtyard.${slot}`) ?? 'null');
  } catch {
    return null;
  }
}

function write(slot: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(`courtyard.${slot}`);
    else localStorage.setItem(`courtyard.${slot}`, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
const numberOrNull = (value: unknown) => (typeof value === 'number' ? value : null);
const records = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);

export function readDraft(code: string): Draft | null {
  const raw = read(`draft.${code}`);
  if (!isRecord(raw)) return null;
  const point = Array.isArray(raw['point']) ? raw['point'].map(Number) : [];
  const [lng, lat] = point;
  return {
    key: text(raw['key']),
    what: text(raw['what']),
    place: text(raw['place']),
    name: text(raw['name']),
    address: text(raw['address']),
    phone: text(raw['phone']),
    category: textOrNull(raw['category']),
    point: lng === undefined || lat === undefined ? null : [lng, lat],
  };
}

export function writeDraft(code: string, draft: Draft | null): void {
  write(`draft.${code}`, draft);
}

function readKept(raw: Record<string, unknown>): Kept {
  const body = isRecord(raw['body']) ? raw['body'] : {};
  return {
    key: text(raw['key']),
    code: text(raw['code']),
    courtyard: text(raw['courtyard']),
    at: Number(raw['at']),
    body: {
      what: text(body['what']),
      place: textOrNull(body['place']),
      name: text(body['name']),
      address: text(body['address']),
      phone: textOrNull(body['phone']),
      category: textOrNull(body['category']),
      lng: numberOrNull(body['lng']),
      lat: numberOrNull(body['lat']),
      photos: numberOrNull(body['photos']) ?? 0,
      lang: body['lang'] === 'en' ? 'en' : 'zh',
    },
  };
}

export const outboxShelf: Shelf = {
  read: () => records(read('outbox')).map(readKept),
  write: (box) => write('outbox', box.length > 0 ? box : null),
};

/** Newest first. */
export function sentReports(): readonly Sent[] {
  return records(read('sent')).map((raw) => ({
    key: text(raw['key']),
    number: text(raw['number']),
    courtyard: text(raw['courtyard']),
    what: text(raw['what']),
    at: Number(raw['at']),
    uploads: Array.isArray(raw['uploads']) ? raw['uploads'].map(String) : [],
  }));
}

/** Remembers a sent report, or what is left of its uploads. The thirty newest are kept. */
export function rememberSent(sent: Sent): void {
  const others = sentReports().filter((other) => other.key !== sent.key);
  write('sent', [sent, ...others].sort((a, b) => b.at - a.at).slice(0, 30));
}
