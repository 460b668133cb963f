import * as v from 'valibot';
import { exportFormats } from '../core/export-file.ts';
import { call } from './call.ts';

export interface LoggedExport {
  key: string;
  /** ISO 8601. */
  at: string;
  by: string;
  what: 'issues' | 'courtyards' | 'archive';
  /** Null: a workbook, a table or GeoJSON was made of it by whoever asked. */
  format: string | null;
  reason: string;
  /** Lines that left; yards of an archive. */
  rows: number;
}

const logged = { number: v.number(), at: v.string(), by: v.string() };
const files = v.array(
  v.object({
    ...logged,
    what: v.picklist(['issues', 'courtyards']),
    format: v.picklist(exportFormats),
    reason: v.string(),
    rows: v.number(),
  }),
);
const archives = v.array(v.object({ ...logged, purpose: v.string(), yards: v.number() }));

/** Who took what away, the newest first, `most` of each kind. Throws ApiError (admin_only). */
export async function listExports(most: number): Promise<LoggedExport[]> {
  const [taken, whole] = await Promise.all([
    call(files, 'list_exports', { most }),
    call(archives, 'export_log', { most }),
  ]);
  const lines: LoggedExport[] = [
    ...taken.map(({ number, ...line }) => ({ ...line, key: `${line.what}${number}` })),
    ...whole.map(({ number, at, by, purpose, yards }) => ({
      key: `archive${number}`,
      at,
      by,
      what: 'archive' as const,
      format: null,
      reason: purpose,
      rows: yards,
    })),
  ];
  return lines.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
