import * as v from 'valibot';
import type { NewTemplate, Template } from '../core/template.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';

const maybeId = v.nullable(v.number());

const rows: v.GenericSchema<unknown, Template[]> = v.array(
  v.pipe(
    v.object({
      id: v.number(),
      area_id: maybeId,
      department_id: maybeId,
      action: v.string(),
      title: v.string(),
      words: v.string(),
      addressee: v.nullable(v.string()),
      version: v.number(),
    }),
    // One only reads those of one's own office.
    v.transform(({ area_id, department_id, ...rest }) => ({
      ...rest,
      own: area_id !== null || department_id !== null,
    })),
  ),
);

/** The wordings this person may use: the product's, the street's, their office's. Throws ApiError. */
export const listTemplates = (): Promise<Template[]> =>
  ask(
    rows,
    rest
      .from('reply_templates')
      .select('id,area_id,department_id,action,title,words,addressee,version')
      .order('sort')
      .order('id'),
  );

/** Keeps a wording for the own office; gives its id. Throws ApiError. */
export const saveTemplate = ({ action, title, words, addressee }: NewTemplate): Promise<number> =>
  ask(v.number(), rest.rpc('save_template', { action, title, words, ...(addressee ? { addressee } : {}) }));

/** Removes a wording of the own office. Throws ApiError (template_unknown, template_fixed). */
export const removeTemplate = async (id: number): Promise<void> => {
  await ask(v.unknown(), rest.rpc('remove_template', { id }));
};
