import * as v from 'valibot';
import { fieldTypes, sensitivities, type Field } from '../core/archive/field.ts';
import { readRule, type Rule } from '../core/archive/rule.ts';
import { formula, option } from './archive-round.ts';
import { ask } from './ask.ts';
import { call } from './call.ts';
import { rest } from './client.ts';

const maybe = v.nullable(v.string());

/** A field as the dictionary keeps it. */
export interface DictionaryField extends Field {
  source: string;
  owner: string;
  /** How often it has to be verified, in months; null: once. */
  every_months: number | null;
  on_map: boolean;
  sort: number;
  active: boolean;
  version: number;
}

const field: v.GenericSchema<unknown, DictionaryField> = v.object({
  code: v.string(),
  module: v.string(),
  name: v.string(),
  name_en: v.string(),
  unit: maybe,
  unit_en: maybe,
  type: v.picklist(fieldTypes),
  options: v.nullable(v.array(option)),
  low: v.nullable(v.number()),
  high: v.nullable(v.number()),
  sensitivity: v.picklist(sensitivities),
  source: v.string(),
  owner: v.string(),
  every_months: v.nullable(v.number()),
  formula: v.nullable(formula),
  note: maybe,
  on_map: v.boolean(),
  sort: v.number(),
  active: v.boolean(),
  version: v.number(),
});
const named = v.object({ code: v.string(), name: v.string(), name_en: v.string() });

// The generated types come with the migrations; what is read here is checked anyway.
const table = (name: 'archive_fields' | 'archive_modules' | 'place_kinds' | 'label_groups' | 'labels') =>
  rest.from(name).select('*').order('sort');

/** Every field that was ever asked. Throws ApiError. */
export const listFields = (): Promise<DictionaryField[]> => ask(v.array(field), table('archive_fields'));
export const listModules = (): Promise<v.InferOutput<typeof named>[]> =>
  ask(v.array(named), table('archive_modules'));

const place = v.object({ ...named.entries, place: v.picklist(['resource', 'hazard']) });
/** What resources and hazards can be. Throws ApiError. */
export const listPlaceKinds = (): Promise<v.InferOutput<typeof place>[]> =>
  ask(v.array(place), table('place_kinds'));

/** Saves a field as it was at `version`, null for a new one. Throws ApiError (stale_setting, field_in_use, formula_malformed …). */
export async function saveField(row: DictionaryField, version: number | null): Promise<DictionaryField> {
  const { version: _, ...definition } = row;
  const saved = await call(v.object({ version: v.number() }), 'save_field', { field: definition, version });
  return { ...row, ...saved };
}

const history = v.array(
  v.object({ version: v.number(), at: v.string(), definition: v.record(v.string(), v.unknown()) }),
);
/** Every definition a field had, newest first. Throws ApiError. */
export const fieldHistory = (code: string): Promise<v.InferOutput<typeof history>> =>
  call(history, 'field_history', { code });

export interface LabelGroup {
  code: string;
  name: string;
  name_en: string;
  colour: string;
}
export interface Label {
  id: number;
  code: string;
  group: string;
  name: string;
  name_en: string;
  colour: string;
  icon: string;
  rule: Rule | null;
  days: number;
  sensitivity: Field['sensitivity'];
  sort: number;
  active: boolean;
  version: number;
}

const groups: v.GenericSchema<unknown, LabelGroup[]> = v.array(
  v.object({ ...named.entries, colour: v.string() }),
);
export const listLabelGroups = (): Promise<LabelGroup[]> => ask(groups, table('label_groups'));

const labels: v.GenericSchema<unknown, Label[]> = v.array(
  v.pipe(
    v.object({
      ...named.entries,
      id: v.number(),
      label_group: v.string(),
      colour: v.string(),
      icon: v.string(),
      rule: v.unknown(),
      days: v.number(),
      sensitivity: v.picklist(sensitivities),
      sort: v.number(),
      active: v.boolean(),
      version: v.number(),
    }),
    v.transform(({ label_group, rule, ...rest }) => ({ ...rest, group: label_group, rule: readRule(rule) })),
  ),
);
/** All labels, those given no more too. Throws ApiError. */
export const listLabels = (): Promise<Label[]> => ask(labels, table('labels'));

/** Saves a label as it was at `version`, null for a new one. Throws ApiError (stale_setting, rule_malformed …). */
export async function saveLabel(row: Label, version: number | null): Promise<Label> {
  const { version: _, id: __, ...label } = row;
  const saved = await call(v.object({ id: v.number(), version: v.number() }), 'save_label', {
    label,
    version,
  });
  return { ...row, ...saved };
}

const preview = v.object({
  hidden: v.boolean(),
  gains: v.array(v.number()),
  loses: v.array(v.number()),
  count: v.number(),
});
export type Preview = v.InferOutput<typeof preview>;
/** Which yards a rule would give a label to, and which would lose it; nothing is saved. Throws ApiError (rule_malformed). */
export const previewRule = (rule: Rule, code: string | null): Promise<Preview> =>
  call(preview, 'preview_label_rule', { rule, code });

const moved = v.object({ grids: v.array(v.number()), yards: v.number() });
/** Moves everything one person looks after to another, in one step; the first one works here no more. Throws ApiError. */
export async function handOver(from: string, to: string): Promise<{ grids: number; yards: number }> {
  const { grids, yards } = await call(moved, 'hand_over', { from_person: from, to_person: to });
  return { grids: grids.length, yards };
}
