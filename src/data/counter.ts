import * as v from 'valibot';
import type { CounterReceipt, CounterReport, Yard } from '../core/counter.ts';
import type { Category } from '../core/suggest-category.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';

const yards: v.GenericSchema<unknown, Yard[]> = v.array(
  v.object({
    id: v.number(),
    name: v.string(),
    name_en: v.nullable(v.string()),
    address: v.string(),
  }),
);

/** The courtyards this person may report for: all they see, or those of the one grid they look after. Throws ApiError. */
export function listYards(grid: number | null = null): Promise<Yard[]> {
  const seen = rest.from('courtyards').select('id,name,name_en,address').is('ended_at', null);
  return ask(yards, (grid === null ? seen : seen.eq('grid_id', grid)).order('address'));
}

const categories: v.GenericSchema<unknown, Category[]> = v.pipe(
  v.array(
    v.object({
      code: v.string(),
      name: v.string(),
      name_en: v.string(),
      keywords: v.array(v.string()),
      urgency: v.string(),
      active: v.optional(v.boolean(), true),
    }),
  ),
  v.transform((rows) =>
    rows
      .filter(({ active }) => active)
      .map(({ code, name, name_en, keywords, urgency }) => ({
        code,
        name,
        name_en,
        keywords,
        urgent: urgency === 'emergency',
      })),
  ),
);

/** What people report, with the words they use for it. Throws ApiError. */
export const listCategories = (): Promise<Category[]> =>
  ask(categories, rest.from('categories').select('*').order('sort').order('code'));

const receipt: v.GenericSchema<unknown, CounterReceipt> = v.pipe(
  v.object({
    issue_id: v.number(),
    number: v.string(),
    courtyard: v.string(),
    holder: v.string(),
    created_at: v.string(),
    promised_at: v.string(),
  }),
  v.transform((said) => ({
    issueId: said.issue_id,
    number: said.number,
    courtyard: said.courtyard,
    holder: said.holder,
    createdAt: said.created_at,
    promisedAt: said.promised_at,
  })),
);

/**
 * Reports for a resident. The same report sent again gives the same receipt.
 * Throws ApiError (courtyard_unknown, field_missing, field_too_long, category_unknown, key_reused …).
 */
export const reportOnBehalf = ({ yard, key, category, ...said }: CounterReport): Promise<CounterReceipt> =>
  ask(
    receipt,
    rest.rpc('report_on_behalf', {
      courtyard_id: yard,
      key,
      what: said.what,
      name: said.name,
      address: said.address,
      channel: said.channel,
      place: said.place || undefined,
      phone: said.phone || undefined,
      category: category ?? undefined,
    }),
  );
