import * as v from 'valibot';
import { sensitivities } from '../core/archive/field.ts';
import { requestId } from '../core/request-id.ts';
import { fieldValue } from './archive-round.ts';
import { archiveActs } from './archive-acts.ts';
import { ask } from './ask.ts';
import { call } from './call.ts';
import { rest } from './client.ts';
import { named, sheetField } from './sheet-field.ts';

const maybe = v.nullable(v.string());

/** What one condition of a rule found: a field's value, or how many of what it counts. */
const found = v.object({
  field: v.optional(v.string()),
  value: v.optional(fieldValue, null),
  cases: v.optional(v.array(v.string())),
  hazards: v.optional(v.array(v.string())),
  resources: v.optional(v.array(v.string())),
  visits: v.optional(v.array(v.string())),
  days: v.optional(v.number()),
  within: v.optional(v.number()),
  count: v.optional(v.number()),
});
const worn = v.object({
  ...named,
  colour: v.string(),
  reason: maybe,
  evidence: v.array(found),
  since: v.string(),
  expires_at: maybe,
  derived: v.boolean(),
});
const place = {
  id: v.number(),
  kind_name: v.string(),
  kind_name_en: v.string(),
  state: v.string(),
  version: v.number(),
};

const archive = v.object({
  quarter: maybe,
  modules: v.array(
    v.object({
      ...named,
      fields: v.array(v.object({ ...sheetField, sensitivity: v.picklist(sensitivities), due: v.boolean() })),
    }),
  ),
  labels: v.array(worn),
  resources: v.array(v.object({ ...place, name: v.string(), note: maybe })),
  hazards: v.array(
    v.object({
      ...place,
      what: v.string(),
      level: v.number(),
      mender: maybe,
      due_at: maybe,
      inspected_at: v.optional(maybe, null),
      inspect_days: v.optional(v.nullable(v.number()), null),
      issue_id: v.nullable(v.number()),
    }),
  ),
  contacts: v.array(
    v.object({
      role: v.string(),
      role_name: v.string(),
      role_name_en: v.string(),
      name: maybe,
      phone_masked: maybe,
    }),
  ),
});
export type YardArchive = v.InferOutput<typeof archive>;
export type ArchiveField = YardArchive['modules'][number]['fields'][number];

/** The archive of one courtyard as far as one may see it. Throws ApiError (courtyard_unknown). */
export const readArchive = (yard: number): Promise<YardArchive> =>
  call(archive, 'courtyard_archive', { courtyard_id: yard });

const reported = v.object({ issue_id: v.number(), number: v.string() });
/** Makes an issue of a hazard, with which it closes. Throws ApiError (hazard_in_issue, stale_version …). */
export const reportHazard = (id: number, version: number): Promise<v.InferOutput<typeof reported>> =>
  call(reported, 'act_on_hazard', { id, action: 'report', version, payload: {}, request_id: requestId() });

/** Takes a label that was given by hand from a yard. Throws ApiError (label_derived, label_not_allowed …). */
export const takeLabel = async (yard: number, label: string, reason: string): Promise<void> => {
  await call(v.unknown(), 'take_label', { courtyard_id: yard, label, reason, request_id: requestId() });
};
/** Gives a yard a label by hand, for as long as the label lasts. Throws ApiError (label_worn, label_not_allowed …). */
export const giveLabel = async (yard: number, label: string, reason: string): Promise<void> => {
  await call(v.unknown(), 'give_label', { courtyard_id: yard, label, reason, request_id: requestId() });
};

const choices = v.array(v.object({ ...named, active: v.boolean() }));
/** The labels that can be given. Throws ApiError. */
export async function listGivable(): Promise<{ code: string; name: string; name_en: string }[]> {
  const all = await ask(choices, rest.from('labels').select('code,name,name_en,active').order('sort'));
  return all.filter(({ active }) => active);
}

/** All that a courtyard's sheet reads and does. */
export const archiveSource = {
  read: readArchive,
  givable: listGivable,
  give: giveLabel,
  take: takeLabel,
  report: reportHazard,
  ...archiveActs,
};
