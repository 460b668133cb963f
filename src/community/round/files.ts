import { shownValue } from '../../core/archive/draft.ts';
import { readFile, writeCsv } from '../../core/archive/file.ts';
import { writeGeoJson } from '../../core/archive/geojson.ts';
import { changesOf, type ImportReport } from '../../core/archive/import.ts';
import type { Value } from '../../core/archive/merge.ts';
import type { Dictionary, RoundYard, YardRound } from '../../core/archive/round.ts';
import type { YardRow } from '../../core/archive/table.ts';
import { writeValue } from '../../core/archive/value.ts';
import { writeXlsx } from '../../core/archive/xlsx.ts';
import { exportArchive, type ImportRow } from '../../data/archive-files.ts';

export const kinds = ['xlsx', 'csv', 'geojson'] as const;
export type FileKind = (typeof kinds)[number];

/** The archives as a file, marked with who took them and what for; what one may not see is not in it. */
export async function makeFile(
  kind: FileKind,
  topic: string,
  purpose: string,
  dictionary: Dictionary,
  yards: readonly RoundYard[],
  forms: readonly YardRound[],
  english: boolean,
): Promise<{ content: Blob; capped: boolean }> {
  const { watermark, capped, columns, rows } = await exportArchive(topic, purpose);
  // The first four columns say which yard it is: its code, name, address and community.
  const codes = columns.map(({ code }) => code);
  const from = codes.length === (rows[0]?.length ?? 0) ? 0 : 4;
  const fields = dictionary.fields.filter(({ code }) => codes.includes(code));
  const table = rows.map((row): YardRow => {
    const values: Record<string, Value> = {};
    const yard = yards.find(({ code }) => code === String(row[0]));
    const held = forms.find((form) => form.yard === yard?.id)?.held;
    for (const { code, type } of fields) {
      // What was answered in this round already goes along; phones stay as masked as the export has them.
      const answer = type === 'phone' ? null : held?.[code]?.answer;
      values[code] = answer ? answer.value : (row[codes.indexOf(code) + from] ?? null);
    }
    return { code: String(row[0]), name: String(row[1]), address: String(row[2]), values };
  });
  if (kind === 'xlsx')
    return { content: await writeXlsx({ fields, yards: table, english, mark: watermark }), capped };
  if (kind === 'csv') {
    const text = `${writeCsv(fields, table, english)}\r\n${watermark}\r\n`;
    return { content: new Blob([text], { type: 'text/csv;charset=utf-8' }), capped };
  }
  const points = new Map(yards.map(({ code, point }) => [code, point]));
  const placed = table.flatMap((yard) => {
    const point = points.get(yard.code);
    return point ? [{ ...yard, point }] : [];
  });
  return {
    content: new Blob([writeGeoJson(fields, placed, watermark)], { type: 'application/geo+json' }),
    capped,
  };
}

/** Reads a file against what the round holds now; null when it is none of ours or is damaged. */
export function judgeFile(
  bytes: Uint8Array<ArrayBuffer>,
  dictionary: Dictionary,
  yards: readonly RoundYard[],
  forms: readonly YardRound[],
): Promise<ImportReport | null> {
  const rows = yards.flatMap((yard): YardRow[] => {
    const form = forms.find((one) => one.yard === yard.id);
    if (!form) return [];
    const values = Object.fromEntries(
      Object.entries(form.held).map(([code, held]) => [code, shownValue(held)]),
    );
    return [{ code: yard.code, name: yard.name, address: yard.address, values }];
  });
  return readFile(bytes, dictionary.fields, rows);
}

/** What a report calls changes, as rows for the server. */
export function importRows(report: ImportReport, dictionary: Dictionary): ImportRow[] {
  const rows = new Map<string, ImportRow>();
  for (const { yard, field: code, after } of changesOf(report)) {
    const field = dictionary.fields.find((one) => one.code === code);
    if (!field) continue;
    const row = rows.get(yard) ?? { row: rows.size + 1, courtyard: yard, values: {} };
    row.values[code] = writeValue(after, field);
    rows.set(yard, row);
  }
  return [...rows.values()];
}

/** Hands a file to the browser's downloads. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has its own hold on it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
