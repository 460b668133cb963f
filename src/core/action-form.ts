import type { ActionPayload, PossibleAction } from './issue.ts';

/**
 * How a field of an action is asked for: `text` in several lines, `line` in one, `date` as a calendar day,
 * `choice` as one of a list, `either` as one of two. A name the table does not know is asked for as text.
 */
export type FieldKind = 'text' | 'line' | 'date' | 'choice' | 'either' | 'departments' | 'switch';

const kinds: Record<string, FieldKind | undefined> = {
  department_id: 'choice',
  duty: 'choice',
  letter_id: 'choice',
  outcome: 'either',
  assisting: 'departments',
  public: 'switch',
  due_on: 'date',
  until: 'date',
  into: 'line',
  addressee: 'line',
  title: 'line',
};

/** Most characters a field takes, as the server counts them. */
export const longest = (field: string): number => (field === 'text' ? 4000 : 1000);

export interface ActionField {
  name: string;
  kind: FieldKind;
  required: boolean;
}

/** What was typed or chosen so far, by field name. */
export type ActionValues = Record<string, string | number | boolean | number[] | null>;

const kindOf = (name: string): FieldKind => kinds[name] ?? 'text';

/** The fields of an action's form: what it must carry, then what it may; each once. */
export function actionFields(action: Pick<PossibleAction, 'must' | 'may'>): ActionField[] {
  const names = [...new Set([...action.must, ...action.may])];
  return names.map((name) => ({ name, kind: kindOf(name), required: action.must.includes(name) }));
}

/** True when one press is enough: nothing must and nothing may be said. */
export const isOneKey = (action: PossibleAction): boolean => action.must.length + action.may.length === 0;

export type Payload = { ok: true; payload: ActionPayload } | { ok: false; missing: string[] };

const isSaid = (value: ActionValues[string] | undefined): value is ActionPayload[string] =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/**
 * The payload to send: text trimmed, empty optional fields left out, the lead department never among the assisting ones.
 * Gives the names of the required fields that are empty instead, in the form's order.
 */
export function buildPayload(action: Pick<PossibleAction, 'must' | 'may'>, values: ActionValues): Payload {
  const payload: ActionPayload = {};
  const missing: string[] = [];
  for (const { name, kind, required } of actionFields(action)) {
    const given = values[name];
    const value =
      typeof given === 'string' ? given.trim() : kind === 'departments' ? withoutLead(given, values) : given;
    if (isSaid(value)) payload[name] = value;
    else if (required) missing.push(name);
  }
  return missing.length > 0 ? { ok: false, missing } : { ok: true, payload };
}

const withoutLead = (given: ActionValues[string] | undefined, values: ActionValues): ActionValues[string] =>
  Array.isArray(given) ? given.filter((id) => id !== values.department_id) : null;

/**
 * The actions a screen offers, each once though it may lead to several states or be open to several of one's posts;
 * without those it has no words for: a newer server may know more than this page.
 */
export function offered(
  actions: readonly PossibleAction[],
  knows: (action: string) => boolean,
): PossibleAction[] {
  return actions.filter(
    ({ action }, index) => knows(action) && actions.findIndex((other) => other.action === action) === index,
  );
}

/** What a person most likely does next: the screen's one main action. */
const likely = [
  'accept',
  'grant',
  'verify',
  'finish_task',
  'resume',
  'dispatch',
  'resolve',
  'letter_reply',
  'hand_up',
];
/** What stands beside it first; everything else follows in the server's order. */
const beside = ['refuse', 'resolve', 'dispatch', 'hand_up', 'send_back', 'letter_reply', 'note'];

/** The most quiet actions beside the main one. */
export const mostNear = 3;

/** The main action, at most three quiet ones beside it, and the rest. */
export function orderActions(actions: readonly PossibleAction[]): {
  main: PossibleAction | null;
  near: PossibleAction[];
  rest: PossibleAction[];
} {
  const name = likely.find((candidate) => actions.some(({ action }) => action === candidate));
  const main = actions.find(({ action }) => action === name) ?? null;
  const rank = ({ action }: PossibleAction): number =>
    beside.includes(action) ? beside.indexOf(action) : beside.length;
  const others = actions.filter((action) => action !== main).sort((a, b) => rank(a) - rank(b));
  return { main, near: others.slice(0, mostNear), rest: others.slice(mostNear) };
}
