import * as v from 'valibot';
import { fieldTypes, sensitivities, type Field, type Formula, type Held } from '../core/archive/field.ts';
import { freshnesses } from '../core/archive/freshness.ts';
import type { Value } from '../core/archive/merge.ts';
import type { Answers, Dictionary, Round, YardRound } from '../core/archive/round.ts';
import { call } from './call.ts';

const maybe = v.nullable(v.string());
const freshness = v.picklist(freshnesses);
/** What a field holds; a kind of value nobody knows yet is read as its text. */
export const fieldValue: v.GenericSchema<unknown, Value> = v.nullable(
  v.union([v.number(), v.string(), v.boolean()]),
);
export const formula: v.GenericSchema<unknown, Formula> = v.union([
  v.number(),
  v.string(),
  v.pipe(
    v.array(v.unknown()),
    v.check((parts) => parts.length >= 2 && ['+', '-', '*', '/'].includes(String(parts[0]))),
    v.transform((parts): Formula => {
      const [operator, ...rest] = parts;
      return [operator as '+', ...rest.map((part) => v.parse(formula, part))];
    }),
  ),
]);

export const option = v.object({ code: v.string(), name: v.string(), name_en: v.string() });

const field = v.object({
  code: v.string(),
  name: v.string(),
  name_en: v.string(),
  unit: maybe,
  unit_en: maybe,
  type: v.picklist(fieldTypes),
  options: v.nullable(v.array(option)),
  low: v.nullable(v.number()),
  high: v.nullable(v.number()),
  note: maybe,
  sensitivity: v.picklist(sensitivities),
  formula: v.nullable(formula),
  value: v.optional(fieldValue, null),
  verified_at: v.optional(maybe, null),
  due: v.optional(v.boolean(), false),
  draft: v.optional(
    v.nullable(v.object({ value: fieldValue, version: v.number(), by: v.optional(maybe, null) })),
    null,
  ),
});

const worklist = v.object({
  quarter: maybe,
  opened_at: v.optional(maybe, null),
  due_on: v.optional(maybe, null),
  may: v.array(v.picklist(['draft', 'submit', 'confirm'])),
  yards: v.array(
    v.object({
      courtyard_id: v.number(),
      code: v.string(),
      name: v.string(),
      name_en: v.optional(maybe, null),
      address: v.string(),
      community_id: v.number(),
      community: v.string(),
      lng: v.number(),
      lat: v.number(),
      state: freshness,
      due: v.number(),
      answered: v.number(),
      remark: maybe,
      version: v.number(),
      at: maybe,
      by: maybe,
    }),
  ),
});

/** The open round of a topic (`area:<id>`); null when none is open. Throws ApiError (topic_not_allowed). */
export async function readRound(topic: string): Promise<Round | null> {
  const { quarter, opened_at, due_on, may, yards } = await call(worklist, 'round_worklist', { topic });
  if (quarter === null) return null;
  return {
    quarter,
    openedAt: opened_at ?? '',
    dueOn: due_on ?? '',
    may,
    yards: yards.map(({ courtyard_id, community_id, lng, lat, state, ...rest }) => ({
      ...rest,
      id: courtyard_id,
      communityId: community_id,
      point: [lng, lat],
      freshness: state,
    })),
  };
}

const yardForm = v.object({
  courtyard: v.object({ id: v.number() }),
  quarter: v.string(),
  state: freshness,
  version: v.number(),
  remark: maybe,
  modules: v.array(
    v.object({ code: v.string(), name: v.string(), name_en: v.string(), fields: v.array(field) }),
  ),
  checks: v.array(v.object({ parts: v.array(v.string()), whole: v.string() })),
});

/** One yard's form, with the dictionary it is asked by. Throws ApiError (courtyard_unknown, round_closed). */
export async function readYardRound(yard: number): Promise<{ form: YardRound; dictionary: Dictionary }> {
  const read = await call(yardForm, 'round_form', { courtyard_id: yard });
  const held: Record<string, Held> = {};
  const fields: Field[] = [];
  for (const module of read.modules)
    for (const { value, verified_at, due, draft, ...definition } of module.fields) {
      fields.push({ ...definition, module: module.code });
      held[definition.code] = {
        value,
        verifiedAt: verified_at,
        due,
        answer: draft && { value: draft.value, version: draft.version, by: draft.by ?? '' },
      };
    }
  const { quarter, state, version, remark, modules, checks } = read;
  return {
    form: { yard: read.courtyard.id, quarter, state, version, remark, held },
    dictionary: {
      modules: modules.map(({ code, name, name_en }) => ({ code, name, name_en })),
      fields,
      checks,
    },
  };
}

const saved = v.object({ conflicts: v.array(v.unknown()) });
const acted = v.object({ state: freshness, version: v.number() });

/**
 * Sends a form's answers, then hands it in if it asks so. The same key again does nothing twice. What another was faster with is
 * not taken: the form that comes back tells it. Throws ApiError (round_closed, profile_submitted, value_refused, fields_missing …).
 */
export async function sendAnswers(
  yard: number,
  { quarter, answers, submit }: Answers,
  key: string,
): Promise<YardRound> {
  const values = Object.fromEntries(
    Object.entries(answers).map(([code, { value, over }]) => [code, { value, base: over }]),
  );
  const { conflicts } =
    Object.keys(values).length > 0
      ? await call(saved, 'save_draft', {
          courtyard_id: yard,
          quarter,
          values,
          unchanged: [],
          request_id: key,
        })
      : { conflicts: [] };
  const { form } = await readYardRound(yard);
  // Nobody hands in what two people answer differently: first one of them chooses.
  if (!submit || conflicts.length > 0) return form;
  const { version } = form;
  const args = { courtyard_id: yard, quarter, version, request_id: submit };
  return { ...form, ...(await call(acted, 'submit_profile', args)) };
}
