import * as v from 'valibot';
import { fieldValue } from './archive-round.ts';
import { call } from './call.ts';

const exported = v.object({
  watermark: v.string(),
  capped: v.boolean(),
  columns: v.array(v.object({ code: v.string() })),
  rows: v.array(v.array(fieldValue)),
});

/** The archives of a topic as far as one may see them; the purpose is logged. Throws ApiError (too_many_exports, field_missing …). */
export const exportArchive = (topic: string, purpose: string): Promise<v.InferOutput<typeof exported>> =>
  call(exported, 'export_archive', { topic, purpose });

const imported = v.object({
  written: v.union([v.boolean(), v.number()]),
  changed: v.number(),
  refused: v.number(),
  cells: v.array(
    v.object({
      row: v.union([v.number(), v.string()]),
      code: v.nullable(v.string()),
      outcome: v.string(),
      reason: v.optional(v.nullable(v.string()), null),
    }),
  ),
});
export type Imported = v.InferOutput<typeof imported>;

/** One yard's answers out of a file: its code, and each value as it is typed. */
export interface ImportRow {
  row: number;
  courtyard: string;
  values: Record<string, string>;
}

/** Takes answers out of a file into the drafts of the open round, all or nothing; a dry run only says what it would do. Throws ApiError. */
export const importProfiles = (rows: readonly ImportRow[], dryRun: boolean): Promise<Imported> =>
  call(imported, 'import_profiles', { rows, dry_run: dryRun });
