import * as v from 'valibot';

/** How fresh an archive is, from the freshest. */
export const freshnesses = ['confirmed', 'submitted', 'drafted', 'due', 'stale'] as const;
export type Freshness = (typeof freshnesses)[number];

export type MapLabel = { id: number; code: string; name: string; nameEn: string | null; group: string };

/** What the archives say of a topic's courtyards, as columns of equal length. */
export type CourtyardFacts = {
  /** The quarter whose round is open, `2026Q4`; null when none is. */
  quarter: string | null;
  courtyards: number[];
  freshness: Freshness[];
  /** Epoch seconds. */
  verifiedAt: (number | null)[];
  /** Values of the fields this person may see, by the field's code. */
  fields: Readonly<Record<string, (number | null)[]>>;
  /** Ids of the labels each courtyard has. */
  labels: number[][];
  labelList: MapLabel[];
};

const maybe = v.nullable(v.number());
const shape = v.pipe(
  v.object({
    quarter: v.nullable(v.string()),
    courtyard_id: v.array(v.number()),
    freshness: v.array(v.picklist(freshnesses)),
    verified_at: v.array(maybe),
    fields: v.record(v.string(), v.array(maybe)),
    labels: v.array(v.array(v.number())),
    label_list: v.array(
      v.pipe(
        v.object({
          id: v.number(),
          code: v.string(),
          name: v.string(),
          name_en: v.nullable(v.string()),
          group: v.string(),
        }),
        v.transform(({ name_en, ...label }): MapLabel => ({ ...label, nameEn: name_en })),
      ),
    ),
  }),
  v.transform((facts): CourtyardFacts => ({
    quarter: facts.quarter,
    courtyards: facts.courtyard_id,
    freshness: facts.freshness,
    verifiedAt: facts.verified_at,
    fields: facts.fields,
    labels: facts.labels,
    labelList: facts.label_list,
  })),
);

/** The answer of `courtyard_facts`. */
export const courtyardFactsShape: v.GenericSchema<unknown, CourtyardFacts> = shape;
