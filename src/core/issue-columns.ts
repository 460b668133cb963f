import type { HolderLevel, IssueCard, Urgency } from './issue.ts';
import { issueStates } from './issue-state.ts';
import type { IssueState } from './issue-state.ts';

/** How issues travel between server and map: one array a column, all of the same length. */
export const holderLevels = [
  'courtyard',
  'community',
  'street',
  'department',
] as const satisfies readonly HolderLevel[];

export const urgencies = ['ordinary', 'urgent', 'emergency'] as const satisfies readonly Urgency[];
export const emergencyCode = urgencies.indexOf('emergency');

export type IssueStep = NonNullable<IssueCard['step']>;
export const issueSteps = [
  'accept',
  'dispatch',
  'handle',
  'verify',
  'answer',
] as const satisfies readonly IssueStep[];

export type AskedKind = NonNullable<IssueCard['asked']>;
export const askedKinds = ['pause', 'extension'] as const satisfies readonly AskedKind[];

export type IssueColumns = {
  id: number[];
  number: string[];
  courtyard_id: (number | null)[];
  category: (string | null)[];
  state: IssueState[];
  holder_level: HolderLevel[];
  holder: (string | null)[];
  urgency: Urgency[];
  lng: (number | null)[];
  lat: (number | null)[];
  /** What the clock waits for; null once it has ended. */
  step: (IssueStep | null)[];
  /** What was asked one level up and waits for a decision. */
  asked: (AskedKind | null)[];
  /** Epoch seconds: when the holder is warned; null when no deadline runs. */
  warn_at: (number | null)[];
  /** Epoch seconds; null when no deadline runs. */
  due_at: (number | null)[];
  /** Epoch seconds. */
  created_at: number[];
  /** Epoch seconds: when it was closed, declined, merged or withdrawn; null while it is open. */
  ended_at?: (number | null)[];
  version: number[];
  what: string[];
};

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isString = (value: unknown): value is string => typeof value === 'string';
const orNull =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is T | null =>
    value === null || is(value);
const oneOf =
  <T extends string>(names: readonly T[]) =>
  (value: unknown): value is T =>
    names.some((name) => name === value);

/**
 * Checks what came from outside; loops by hand because 200,000 rows pass here in one go.
 * Throws a TypeError naming the first column and row that is not as agreed.
 */
export function parseIssueColumns(input: unknown): IssueColumns {
  if (typeof input !== 'object' || input === null) throw new TypeError('issues: not an object');
  const fields = new Map<string, unknown>(Object.entries(input));
  const ids = fields.get('id');
  const length = Array.isArray(ids) ? ids.length : 0;

  function column<T>(name: string, is: (value: unknown) => value is T): T[] {
    const values = fields.get(name);
    if (!Array.isArray(values) || values.length !== length) {
      throw new TypeError(`issues.${name}: not a column of ${length}`);
    }
    const checked: T[] = values;
    for (let row = 0; row < length; row++) {
      if (!is(values[row])) throw new TypeError(`issues.${name}[${row}]: unexpected ${typeof values[row]}`);
    }
    return checked;
  }

  return {
    id: column('id', isNumber),
    number: column('number', isString),
    courtyard_id: column('courtyard_id', orNull(isNumber)),
    category: column('category', orNull(isString)),
    state: column('state', oneOf(issueStates)),
    holder_level: column('holder_level', oneOf(holderLevels)),
    holder: column('holder', orNull(isString)),
    urgency: column('urgency', oneOf(urgencies)),
    lng: column('lng', orNull(isNumber)),
    lat: column('lat', orNull(isNumber)),
    step: column('step', orNull(oneOf(issueSteps))),
    asked: column('asked', orNull(oneOf(askedKinds))),
    warn_at: column('warn_at', orNull(isNumber)),
    due_at: column('due_at', orNull(isNumber)),
    created_at: column('created_at', isNumber),
    ...(fields.has('ended_at') && { ended_at: column('ended_at', orNull(isNumber)) }),
    version: column('version', isNumber),
    what: column('what', isString),
  };
}
