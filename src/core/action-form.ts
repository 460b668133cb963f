import type { ActionPayload, PossibleAction } from './issue.ts';

/** How a field of an action is asked for. A name the table does not know is asked for as text. */
export type FieldKind = 'text' | 'department' | 'departments' | 'switch';

const kinds: Record<string, FieldKind | undefined> = {
  department_id: 'department',
  assisting: 'departments',
  public: 'switch',
};

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

/** True when one press is enough: nothing must be said first. */
export const isOneKey = (action: PossibleAction): boolean =>
  action.must.length === 0 && action.action !== 'note';

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

/** What a person most likely does next: the screen's one main action. */
const likely = ['accept', 'dispatch', 'resolve', 'verify', 'hand_up'];

/** The main action first, then the others in the server's order; notes always last but never main. */
export function orderActions(actions: readonly PossibleAction[]): {
  main: PossibleAction | null;
  others: PossibleAction[];
} {
  const name = likely.find((candidate) => actions.some(({ action }) => action === candidate));
  const main = actions.find(({ action }) => action === name) ?? null;
  return { main, others: actions.filter((action) => action !== main) };
}
