import * as v from 'valibot';
import { fieldTypes } from '../core/archive/field.ts';
import { fieldValue, option } from './archive-round.ts';

const maybe = v.nullable(v.string());

/** What modules, fields and labels are called. */
export const named = { code: v.string(), name: v.string(), name_en: v.string() };

/** A field of a courtyard's archive, as a sheet shows it today or in an earlier quarter. */
export const sheetField = {
  ...named,
  unit: maybe,
  unit_en: maybe,
  type: v.picklist(fieldTypes),
  options: v.nullable(v.array(option)),
  value: fieldValue,
  verified_at: maybe,
  verified_by: maybe,
};
