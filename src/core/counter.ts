import { isRecord } from './api-error.ts';
import { newTrackingKey } from './tracking-key.ts';

/** A report written down for a resident who came, called or was visited. */

export const channels = ['counter', 'phone', 'visit'] as const;
export type Channel = (typeof channels)[number];

/** A courtyard as the counter finds it. */
export interface Yard {
  id: number;
  name: string;
  name_en: string | null;
  address: string;
}

/** What is written down. */
export interface CounterForm {
  channel: Channel;
  yard: number | null;
  what: string;
  place: string;
  /** A category chosen by hand; null follows what the words suggest. */
  category: string | null;
  name: string;
  address: string;
  phone: string;
}

/** What is sent: the form with its secret key, which makes it one report however often it is sent. */
export interface CounterReport extends Omit<CounterForm, 'yard'> {
  yard: number;
  key: string;
}

/** What the desk hands over. Times are ISO 8601. */
export interface CounterReceipt {
  issueId: number;
  number: string;
  courtyard: string;
  holder: string;
  createdAt: string;
  promisedAt: string;
}

/** Longest of each field in characters, as `private.report_limits` has them. */
export const counterLimits = { what: 500, place: 100, name: 40, address: 100, phone: 30 } as const;

export const emptyForm: CounterForm = {
  channel: 'counter',
  yard: null,
  what: '',
  place: '',
  category: null,
  name: '',
  address: '',
  phone: '',
};

const needed = ['yard', 'what', 'name', 'address'] as const;
export type Needed = (typeof needed)[number];

/** What has to be said and is not yet, in the form's order. */
export const counterMissing = (form: CounterForm): Needed[] =>
  needed.filter((name) => {
    const value = form[name];
    return value === null || (typeof value === 'string' && value.trim() === '');
  });

/** True while nothing was written that would be missed. */
export const isBlank = ({ what, place, name, address, phone }: CounterForm): boolean =>
  [what, place, name, address, phone].every((text) => text.trim() === '');

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** The yards whose name or address has every word, those that begin with the first one before the others. */
export function findYards(typed: string, yards: readonly Yard[], most = 8): Yard[] {
  const words = typed.split(/\s+/).map(fold).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const named = (yard: Yard): string[] => [yard.name, yard.address, yard.name_en ?? ''].map(fold);
  const begins = (yard: Yard): boolean => named(yard).some((text) => text.startsWith(first));
  return yards
    .filter((yard) => words.every((word) => named(yard).some((text) => text.includes(word))))
    .sort((a, b) => Number(begins(b)) - Number(begins(a)))
    .slice(0, most);
}

/** A report begun at the counter: its words, the key it will be sent with, and the words of the last try. */
export interface CounterDraft {
  form: CounterForm;
  key: string;
  /** It may have arrived though no answer came. */
  tried: CounterForm | null;
}

export const newDraft = (): CounterDraft => ({
  form: { ...emptyForm },
  key: newTrackingKey(),
  tried: null,
});

const isText = (value: unknown): value is string => typeof value === 'string';

function readForm(form: Record<string, unknown>): CounterForm {
  const text = (name: string): string => {
    const value = form[name];
    return isText(value) ? value : '';
  };
  return {
    channel: channels.find((channel) => channel === form['channel']) ?? 'counter',
    yard: typeof form['yard'] === 'number' ? form['yard'] : null,
    category: isText(form['category']) ? form['category'] : null,
    what: text('what'),
    place: text('place'),
    name: text('name'),
    address: text('address'),
    phone: text('phone'),
  };
}

/** A draft as a tab kept it; null when it is none. */
export function readDraft(kept: string | null): CounterDraft | null {
  let raw: unknown;
  try {
    raw = JSON.parse(kept ?? 'null');
  } catch {
    return null;
  }
  if (!isRecord(raw) || !isRecord(raw['form']) || !isText(raw['key'])) return null;
  const tried = isRecord(raw['tried']) ? readForm(raw['tried']) : null;
  return { key: raw['key'], form: readForm(raw['form']), tried };
}
