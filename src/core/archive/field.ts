import type { Value } from './merge.ts';

export const fieldTypes = ['count', 'number', 'share', 'year', 'flag', 'choice', 'text', 'phone'] as const;
export type FieldType = (typeof fieldTypes)[number];

/** Who may see a field, from anyone to the one community that looks after key persons. */
export const sensitivities = ['public', 'staff', 'community', 'key_person'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** One of several answers; `code` is stored, the name is shown. */
export interface Option {
  code: string;
  name: string;
  name_en: string;
}

/** A number, a field's code, or an operator before its parts: `['/', 'elderly_60', 'residents']`. */
export type Formula = number | string | readonly [Operator, ...Formula[]];
export type Operator = '+' | '-' | '*' | '/';

/** One of the five parts of an archive. */
export interface Module {
  code: string;
  name: string;
  name_en: string;
}

/** An entry of the data dictionary (指标), as far as a form or a file needs it. */
export interface Field {
  code: string;
  module: string;
  name: string;
  name_en: string;
  unit: string | null;
  unit_en: string | null;
  type: FieldType;
  options: readonly Option[] | null;
  /** What a number may be at least and at most; null where its type alone says. */
  low: number | null;
  high: number | null;
  sensitivity: Sensitivity;
  /** Worked out from others: nobody types it. */
  formula: Formula | null;
  note: string | null;
}

/** What the server holds of a field in a round. */
export interface Held {
  /** The newest confirmed value. */
  value: Value;
  /** When it was last known to be true, ISO; null when nobody ever said so. */
  verifiedAt: string | null;
  /** It has to be confirmed in this round. */
  due: boolean;
  /** What somebody answered in this round already, and its version; null when nobody did. */
  answer: Answer | null;
}

export interface Answer {
  value: Value;
  version: number;
  /** Who answered last. */
  by: string;
}

export const isNumber = ({ type }: Field): boolean =>
  type === 'count' || type === 'number' || type === 'share' || type === 'year';

/** The least and the most a number of this field may be, as the database takes it. */
export function bounds({ type, low, high }: Field): [number, number] {
  const least = type === 'year' ? 1600 : type === 'number' ? -1e9 : 0;
  const most = type === 'share' ? 1 : type === 'year' ? 2100 : 1e9;
  return [low ?? least, high ?? most];
}
