import { isRecord } from '../api-error.ts';

/** A label's rule as it is kept: data that the database compiles, and that a sentence can be made of. */
export type Rule = { all: Rule[] } | { any: Rule[] } | { not: Rule } | Condition;

export const comparisons = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof comparisons)[number];

export type FieldCondition =
  | { field: string; is: Comparison; value: number | string | boolean }
  | { field: string; is: 'known' | 'unknown' };

/** How many: exactly one of the two. */
export interface Count {
  at_least?: number;
  at_most?: number;
}
/** `days` back, or those still open; no category: any. */
export type CasesCondition = { cases: string[]; days?: number; open?: true } & Count;
export type HazardsCondition = { hazards: string[]; level?: number; late?: true } & Count;
/** In the yard itself, or `within` so many metres of it. */
export type ResourcesCondition = { resources: string[]; within?: number } & Count;

/** Days with a visit among the last `days`; no kind: any. At most 0: none for so long. */
export type VisitsCondition = { visits: string[]; days: number } & Count;

export type CountCondition = CasesCondition | HazardsCondition | ResourcesCondition | VisitsCondition;

/** What a visit is for: everyone's home, or those who are looked after. */
export const visitKinds = ['household', 'care'] as const;
export type Condition = FieldCondition | CountCondition;

/** Deepest nesting and most parts of a group, as the database takes them. */
export const deepest = 6;
export const mostParts = 12;

export const isGroup = (rule: Rule): rule is { all: Rule[] } | { any: Rule[] } =>
  'all' in rule || 'any' in rule;

export const isCondition = (rule: Rule): rule is Condition => !isGroup(rule) && !('not' in rule);

/** The parts of a group, and which group it is. */
export const partsOf = (rule: { all: Rule[] } | { any: Rule[] }): [word: 'all' | 'any', parts: Rule[]] =>
  'all' in rule ? ['all', rule.all] : ['any', rule.any];

export const groupOf = (word: 'all' | 'any', parts: Rule[]): Rule =>
  word === 'all' ? { all: parts } : { any: parts };

const texts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function count(raw: Record<string, unknown>): Count | null {
  const { at_least: least, at_most: most } = raw;
  if (typeof least === 'number' && most === undefined) return { at_least: least };
  return typeof most === 'number' && least === undefined ? { at_most: most } : null;
}

function readField(raw: Record<string, unknown>): FieldCondition | null {
  const { field, is, value } = raw;
  if (typeof field !== 'string') return null;
  if (is === 'known' || is === 'unknown') return { field, is };
  const comparison = comparisons.find((one) => one === is);
  return comparison && (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    ? { field, is: comparison, value }
    : null;
}

/** One condition out of its parts; null when they do not make one. */
export function readCondition(raw: Record<string, unknown>): Condition | null {
  if ('field' in raw) return readField(raw);
  const how = count(raw);
  if (!how) return null;
  const number = (key: string): object => (typeof raw[key] === 'number' ? { [key]: raw[key] } : {});
  const flag = (key: string): object => (raw[key] === true ? { [key]: true } : {});
  if (texts(raw['cases'])) return { cases: raw['cases'], ...number('days'), ...flag('open'), ...how };
  if (texts(raw['hazards'])) return { hazards: raw['hazards'], ...number('level'), ...flag('late'), ...how };
  if (texts(raw['visits']))
    return typeof raw['days'] === 'number' ? { visits: raw['visits'], days: raw['days'], ...how } : null;
  return texts(raw['resources']) ? { resources: raw['resources'], ...number('within'), ...how } : null;
}

/** A rule as it came from the database; null for anything else. */
export function readRule(raw: unknown, depth = 0): Rule | null {
  if (!isRecord(raw) || depth > deepest) return null;
  for (const word of ['all', 'any'] as const) {
    const parts = raw[word];
    if (parts === undefined) continue;
    if (!Array.isArray(parts)) return null;
    const read = parts.flatMap((part) => readRule(part, depth + 1) ?? []);
    return read.length === parts.length ? groupOf(word, read) : null;
  }
  if ('not' in raw) {
    const inner = readRule(raw['not'], depth + 1);
    return inner && { not: inner };
  }
  return readCondition(raw);
}
