/** The resident's side of the API with plain fetch: small enough for the first load. Every function throws an ApiError. */
import type { Geometry } from 'geojson';
import { ApiError, isRecord, parseApiError } from '../core/api-error.ts';
import type { Category } from '../core/suggest-category.ts';
import type { Kept } from '../core/outbox.ts';
import type { Progress, Step, Story } from '../core/story.ts';
import { flag, geometry, list, maybe, number, point, readable, text } from './read.ts';

export interface Limits {
  readonly what: number;
  readonly place: number;
  readonly name: number;
  readonly address: number;
  readonly phone: number;
  readonly photos: number;
}

export interface Courtyard {
  readonly name: string;
  readonly address: string;
  readonly community: string;
  readonly street: string;
  readonly point: readonly [lng: number, lat: number];
  readonly outline: Geometry | null;
  /** Where the scanned code hangs. */
  readonly place: string | null;
}

export interface Opened {
  readonly courtyard: Courtyard;
  readonly categories: readonly Category[];
  readonly limits: Limits;
}

export interface Receipt {
  readonly number: string;
  readonly courtyard: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly promisedAt: string;
  readonly holder: string;
  /** Where in the bucket each photo belongs. */
  readonly photos: readonly string[];
}

export type Answer = 'yes' | 'partly' | 'no';

/** What a resident says about their report. */
export type Reply =
  | { readonly act: 'answer'; readonly answer: Answer; readonly words: string }
  | { readonly act: 'reopen' | 'withdraw'; readonly words: string };

/** Milliseconds until an answer is no longer waited for; a slow phone network needs patience. */
const patience = 20_000;

/** What the server wrote into the page's head; a placeholder nobody replaced counts as empty. */
function setting(name: string): string {
  const said = document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? '';
  return said.startsWith('%') ? '' : said;
}

async function post(path: string, body: BodyInit, type: string, wait: number): Promise<Response> {
  const key = setting('supabase-key');
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), wait);
  try {
    return await fetch(setting('supabase-url') + path, {
      method: 'POST',
      headers: { 'content-type': type, apikey: key, authorization: `Bearer ${key}` },
      body,
      signal: ending.signal,
    });
  } catch {
    throw new ApiError(0, ending.signal.aborted ? 'timeout' : 'offline');
  } finally {
    clearTimeout(timer);
  }
}

async function call(name: string, args: object): Promise<unknown> {
  const response = await post(`/rest/v1/rpc/${name}`, JSON.stringify(args), 'application/json', patience);
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && isRecord(body)) return body;
  throw parseApiError(response.ok ? 502 : response.status, body);
}

const readCategory = (raw: unknown): Category => ({
  code: text(raw, 'code'),
  name: text(raw, 'name'),
  name_en: text(raw, 'name_en'),
  keywords: list(raw, 'keywords').map(String),
  urgent: flag(raw, 'urgent'),
});

function readOpened(raw: unknown): Opened {
  const { courtyard, limits } = readable(raw);
  return {
    courtyard: {
      name: text(courtyard, 'name'),
      address: text(courtyard, 'address'),
      community: text(courtyard, 'community'),
      street: text(courtyard, 'street'),
      point: point(courtyard, 'point'),
      outline: geometry(courtyard, 'outline'),
      place: maybe(courtyard, 'place'),
    },
    categories: list(raw, 'categories').map(readCategory),
    limits: {
      what: number(limits, 'what'),
      place: number(limits, 'place'),
      name: number(limits, 'name'),
      address: number(limits, 'address'),
      phone: number(limits, 'phone'),
      photos: number(limits, 'photos'),
    },
  };
}

const readLetter = (raw: unknown): Step['letter'] =>
  isRecord(raw)
    ? { addressee: text(raw, 'addressee'), dueOn: text(raw, 'due_on'), replied: flag(raw, 'replied') }
    : null;

const readGranted = (raw: unknown): Step['granted'] =>
  isRecord(raw) ? { kind: text(raw, 'kind'), until: text(raw, 'until') } : null;

const readStep = (raw: unknown): Step => ({
  at: text(raw, 'at'),
  action: text(raw, 'action'),
  outcome: maybe(raw, 'outcome'),
  by: maybe(raw, 'by'),
  officeTo: maybe(raw, 'office_to'),
  words: maybe(raw, 'words'),
  reason: maybe(raw, 'reason'),
  finding: maybe(raw, 'finding'),
  channel: maybe(raw, 'channel'),
  letter: readLetter(readable(raw)['letter']),
  granted: readGranted(readable(raw)['granted']),
});

function readProgress(raw: unknown): Progress {
  const mergedInto = readable(raw)['merged_into'];
  return {
    number: text(raw, 'number'),
    state: text(raw, 'state'),
    courtyard: text(raw, 'courtyard'),
    category: text(raw, 'category'),
    categoryEn: text(raw, 'category_en'),
    promisedAt: text(raw, 'promised_at'),
    responsible: text(raw, 'responsible'),
    firstOwner: maybe(raw, 'first_owner'),
    steps: list(raw, 'steps').map(readStep),
    mergedInto: isRecord(mergedInto) ? readProgress(mergedInto) : null,
  };
}

const readStory = (raw: unknown): Story => ({
  ...readProgress(raw),
  version: number(raw, 'version'),
  what: text(raw, 'what'),
  place: maybe(raw, 'place'),
  answered: maybe(raw, 'answered'),
  photos: number(raw, 'photos'),
  can: list(raw, 'can').map(String),
});

/**
 * The yard a code opens: what the server wrote into the page, else asked for.
 * Errors: code_unknown, code_revoked.
 */
export async function openCourtyard(code: string, inlined: string): Promise<Opened> {
  if (inlined.trim() === '') return readOpened(await call('open_courtyard', { code }));
  const page: unknown = JSON.parse(inlined);
  if (isRecord(page) && page['error']) throw parseApiError(404, page);
  return readOpened(page);
}

/** Sends a report. The same one sent again gives the same receipt. */
export async function reportIssue({ code, key, body }: Kept): Promise<Receipt> {
  const raw = await call('report_issue', { code, key, ...body });
  return {
    number: text(raw, 'number'),
    courtyard: text(raw, 'courtyard'),
    createdAt: text(raw, 'created_at'),
    promisedAt: text(raw, 'promised_at'),
    holder: text(raw, 'holder'),
    photos: list(raw, 'photos').map(String),
  };
}

export async function trackIssue(key: string): Promise<Story> {
  return readStory(await call('track_issue', { key }));
}

/**
 * The resident's word on a report: whether it is fixed, that it goes on, or that it is taken back; decided on `version`.
 * Errors: stale_version, action_not_allowed, reopen_over.
 */
export async function replyTo(key: string, version: number, { act, ...said }: Reply): Promise<Story> {
  return readStory(await call(`${act}_issue`, { key, version, ...said, words: said.words.trim() || null }));
}

/** Puts one JPEG where a receipt said. A path that already holds one counts as done. */
export async function uploadPhoto(path: string, photo: Blob): Promise<void> {
  const response = await post(`/storage/v1/object/issue-photos/${path}`, photo, 'image/jpeg', 6 * patience);
  if (response.ok) return;
  const body: unknown = await response.json().catch(() => null);
  const repeated = response.status === 409 || (isRecord(body) && String(body['statusCode']) === '409');
  if (!repeated) throw parseApiError(response.status, body);
}
