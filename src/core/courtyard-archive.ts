import * as v from 'valibot';

/** What is known of a courtyard, as far as this person may see it. */

const text = v.string();
const maybeText = v.nullable(v.string());
const named = { code: text, name: text, name_en: maybeText };

const field = v.object({
  ...named,
  unit: maybeText,
  unit_en: v.optional(maybeText, null),
  type: text,
  /** A number, a text, a truth, or the code of an option; a phone is masked. */
  value: v.nullish(v.union([v.number(), v.string(), v.boolean(), v.array(v.string())]), null),
  options: v.nullish(
    v.array(v.object({ code: text, name: text, name_en: v.optional(maybeText, null) })),
    null,
  ),
  derived: v.optional(v.boolean(), false),
  verified_at: maybeText,
  verified_by: maybeText,
  due: v.boolean(),
  sensitivity: text,
});
export type ArchiveField = v.InferOutput<typeof field>;

const module = v.object({ ...named, fields: v.array(field) });
export type ArchiveModule = v.InferOutput<typeof module>;

const label = v.object({
  id: v.number(),
  ...named,
  group: text,
  colour: text,
  reason: maybeText,
  evidence: v.unknown(),
  since: text,
  expires_at: maybeText,
  derived: v.boolean(),
});
export type ArchiveLabel = v.InferOutput<typeof label>;

const resource = v.object({
  id: v.number(),
  kind: text,
  kind_name: text,
  kind_name_en: maybeText,
  name: text,
  note: maybeText,
  state: text,
});
export type ArchiveResource = v.InferOutput<typeof resource>;

const hazard = v.object({
  id: v.number(),
  kind: text,
  kind_name: text,
  kind_name_en: maybeText,
  what: text,
  level: v.picklist([1, 2, 3]),
  state: text,
  mender: maybeText,
  due_at: maybeText,
  inspected_at: maybeText,
  issue_id: v.nullable(v.number()),
});
export type ArchiveHazard = v.InferOutput<typeof hazard>;

const contact = v.object({
  role: text,
  role_name: text,
  role_name_en: maybeText,
  name: maybeText,
  phone_masked: maybeText,
});
export type ArchiveContact = v.InferOutput<typeof contact>;

/** The answer of `courtyard_archive`. */
export const courtyardArchiveShape = v.object({
  quarter: maybeText,
  modules: v.array(module),
  labels: v.array(label),
  resources: v.array(resource),
  hazards: v.array(hazard),
  contacts: v.array(contact),
});
export type CourtyardArchive = v.InferOutput<typeof courtyardArchiveShape>;
