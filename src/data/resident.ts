/** The resident's side of the API. Every function throws an ApiError. */
import type { Geometry } from 'geojson';
import { isRecord, parseApiError } from '../core/api-error.ts';
import type { Category } from '../core/suggest-category.ts';
import type { Kept } from '../core/outbox.ts';
import type { Proof } from '../core/proof.ts';
import type { Progress, Step, Story } from '../core/story.ts';
import { flag, geometry, list, maybe, number, point, readable, text } from './read.ts';
import { ask } from './resident-wire.ts';

export interface Limits {
  readonly what: number;
  readonly place: number;
  readonly name: number;
  readonly address: number;
  readonly phone: number;
  readonly helper: number;
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

/** A matter on the yard's board: nobody's words, a building at most. */
export interface Matter {
  /** The category's code. */
  readonly category: string;
  readonly place: string;
  /** Null: solved. */
  readonly state: string | null;
  /** `2026-11-25` */
  readonly day: string;
}

export interface YardNotice {
  readonly title: string;
  readonly body: string;
  readonly day: string;
}

export interface Board {
  readonly openCount: number;
  readonly open: readonly Matter[];
  readonly solved: readonly Matter[];
  readonly notices: readonly YardNotice[];
  /** The grid whose worker looks after the yard. */
  readonly grid: string;
  /** Who looks after it as far as the office shows them: the name, and the service phone or ''. */
  readonly workers: readonly (readonly [name: string, phone: string])[];
}

export interface Opened {
  readonly courtyard: Courtyard;
  readonly categories: readonly Category[];
  readonly limits: Limits;
  readonly board: Board;
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
  /** Somebody looks at it first. */
  readonly held: boolean;
  /** As it came: what the service worker leaves for the page. */
  readonly raw: unknown;
}

export type Answer = 'yes' | 'partly' | 'no';

/** What a resident says about their report. */
export type Reply =
  | { readonly act: 'answer'; readonly answer: Answer; readonly words: string }
  | { readonly act: 'reopen' | 'withdraw'; readonly words: string };

const readCategory = (raw: unknown): Category => ({
  code: text(raw, 'code'),
  name: text(raw, 'name'),
  name_en: text(raw, 'name_en'),
  keywords: list(raw, 'keywords').map(String),
  urgent: flag(raw, 'urgent'),
});

const row = (raw: unknown) => (Array.isArray(raw) ? raw.map((cell) => String(cell ?? '')) : []);

function readBoard(raw: unknown): Board {
  return {
    openCount: number(raw, 'open_count'),
    open: list(raw, 'open').map((one) => {
      const [category = '', place = '', state = '', day = ''] = row(one);
      return { category, place, state, day };
    }),
    solved: list(raw, 'solved').map((one) => {
      const [category = '', place = '', day = ''] = row(one);
      return { category, place, state: null, day };
    }),
    notices: list(raw, 'notices').map((one) => {
      const [title = '', body = '', day = ''] = row(one);
      return { title, body, day };
    }),
    grid: text(raw, 'grid'),
    // A page that the phone kept from before has none.
    workers: list({ workers: readable(raw)['workers'] ?? [] }, 'workers').map((one) => {
      const [name = '', phone = ''] = row(one);
      return [name, phone];
    }),
  };
}

function readOpened(raw: unknown): Opened {
  const { courtyard, limits, board } = readable(raw);
  return {
    board: readBoard(board),
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
      helper: 60,
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
  // Only a look gives them; what an action answers does not.
  results: list({ results: readable(raw)['results'] ?? [] }, 'results').map(String),
  held: flag(raw, 'held'),
  can: list(raw, 'can').map(String),
});

/**
 * The yard a code opens: what the server wrote into the page, else asked for.
 * Errors: code_unknown, code_revoked, code_rotated.
 */
export async function openCourtyard(code: string, inlined: string): Promise<Opened> {
  if (inlined.trim() === '') return readOpened(await ask('open_courtyard', { code }));
  const page: unknown = JSON.parse(inlined);
  if (isRecord(page) && page['error']) throw parseApiError(404, page);
  return readOpened(page);
}

/** Sends a report. The same one sent again gives the same receipt. */
export async function reportIssue(
  { code, key, body }: Kept,
  device: string,
  proof: Proof | null,
): Promise<Receipt> {
  return readReceipt(await ask('report_issue', { code, key, ...body, device, proof }));
}

export function readReceipt(raw: unknown): Receipt {
  return {
    number: text(raw, 'number'),
    courtyard: text(raw, 'courtyard'),
    createdAt: text(raw, 'created_at'),
    promisedAt: text(raw, 'promised_at'),
    holder: text(raw, 'holder'),
    photos: list(raw, 'photos').map(String),
    held: flag(raw, 'held'),
    raw,
  };
}

export async function trackIssue(key: string): Promise<Story> {
  return readStory(await ask('track_issue', { key }));
}

/**
 * The resident's word on a report: whether it is fixed, that it goes on, or that it is taken back; decided on `version`.
 * Errors: stale_version, action_not_allowed, reopen_over.
 */
export async function replyTo(key: string, version: number, { act, ...said }: Reply): Promise<Story> {
  return readStory(await ask(`${act}_issue`, { key, version, ...said, words: said.words.trim() || null }));
}
