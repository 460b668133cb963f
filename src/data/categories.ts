import * as v from 'valibot';
import type { Category } from '../core/category.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';

const text = v.string();
const categories: v.GenericSchema<unknown, Category[]> = v.array(
  v.object({
    code: text,
    name: text,
    name_en: text,
    class: text,
    level: v.picklist(['courtyard', 'community', 'street', 'department']),
    department_id: v.nullable(v.number()),
    duty: v.nullable(text),
    urgency: v.picklist(['ordinary', 'urgent', 'emergency']),
    clock: v.picklist(['working', 'wall']),
    accept_minutes: v.number(),
    dispatch_minutes: v.number(),
    handle_minutes: v.number(),
    active: v.boolean(),
  }),
);

/** What an issue can be about, in the street's order. Throws ApiError. */
export const listCategories = (): Promise<Category[]> =>
  ask(
    categories,
    rest
      .from('categories')
      .select(
        'code,name,name_en,class,level,department_id,duty,urgency,clock,accept_minutes,dispatch_minutes,handle_minutes,active',
      )
      .order('sort')
      .order('code'),
  );
