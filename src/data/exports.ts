import * as v from 'valibot';
import { exportFormats } from '../core/export-file.ts';
import type { ExportFormat, ExportKind, Exported } from '../core/export-file.ts';
import { call } from './call.ts';

const cell = v.nullable(v.union([v.string(), v.number(), v.boolean()]));
const exported: v.GenericSchema<unknown, Exported> = v.object({
  number: v.number(),
  by: v.string(),
  office: v.nullable(v.string()),
  at: v.string(),
  reason: v.string(),
  rows: v.array(
    v.objectWithRest(
      {
        outline: v.optional(
          v.nullable(v.looseObject({ type: v.string(), coordinates: v.array(v.unknown()) })),
        ),
      },
      cell,
    ),
  ),
});

/** Takes issues or courtyards away for a file: the server decides what of them, and writes it down. Throws ApiError. */
export const takeAway = (
  what: ExportKind,
  ids: readonly number[],
  format: ExportFormat,
  reason: string,
): Promise<Exported> => call(exported, `export_${what}`, { ids, format, reason });

export { exportFormats };
