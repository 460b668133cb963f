/** What this phone keeps: drafts, reports on their way, keys of sent ones. All of it is lost quietly where storage is closed. */
import { isRecord } from '../core/api-error.ts';
import { readKept } from './read-kept.ts';
import type { Kept, Shelf } from '../core/outbox.ts';
import { newTrackingKey } from '../core/tracking-key.ts';
import { dropKept, putKept, readKeptRaw } from './box-store.ts';

/** An unfinished report of one courtyard's code. */
export interface Draft {
  key: string;
  what: string;
  place: string;
  name: string;
  address: string;
  phone: string;
  /** Who writes, where it is about somebody else; null: about oneself. */
  helper: string | null;
  /** The number of a neighbour's report to follow. */
  joins: string | null;
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

/** Where the phone gives no database, or its disk is full, the few bytes of a report may still find room here. */
const spare = () => records(read('outbox')).map(readKept);

function putSpare(kept: Kept): boolean {
  return write('outbox', [...spare().filter(({ key }) => key !== kept.key), kept]);
}

export const outboxShelf: Shelf = {
  async read() {
    const kept = await readKeptRaw().catch(() => []);
    const shelved = records(kept).map(readKept);
    return [...shelved, ...spare().filter(({ key }) => !shelved.some((other) => other.key === key))];
  },
  put: (kept) =>
    putKept(kept).then(
      () => true,
      () => putSpare(kept),
    ),
  async drop(key) {
    const left = spare().filter((other) => other.key !== key);
    write('outbox', left.length > 0 ? left : null);
    await dropKept(key).catch(() => undefined);
  },
};

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
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
    helper: textOrNull(raw['helper']),
    joins: textOrNull(raw['joins']),
    category: textOrNull(raw['category']),
    point: lng === undefined || lat === undefined ? null : [lng, lat],
  };
}

export function writeDraft(code: string, draft: Draft | null): void {
  write(`draft.${code}`, draft);
}

let mark = '';

/** A random mark by which a flood from one phone can be told from a busy yard; gone with the page where nothing may be stored. */
export function phoneMark(): string {
  mark ||= text(read('phone')) || newTrackingKey();
  write('phone', mark);
  return mark;
}

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
