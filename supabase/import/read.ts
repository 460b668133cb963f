import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { readCsv } from './csv.ts';
import { decode } from './decode.ts';
import { readGeojson } from './geojson.ts';
import { UnreadableFile, type Source } from './source.ts';
import { readTable } from './table.ts';
import { readXlsx } from './xlsx.ts';

/** 30,000 courtyards with their outlines are about 15 MB; what is far beyond is another file. */
const largestFile = 200 * 1024 * 1024;

async function bytesOf(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new UnreadableFile('file_missing', { path });
  if (found.size === 0) throw new UnreadableFile('file_empty');
  if (found.size > largestFile)
    throw new UnreadableFile('file_too_large', { megabytes: largestFile / 1024 / 1024 });
  return readFile(path);
}

/** The rows of a .geojson, .json, .csv, .txt, .tsv or .xlsx file. Throws UnreadableFile with the reason. */
export async function readSource(path: string): Promise<Source> {
  const kind = extname(path).toLowerCase();
  const bytes = await bytesOf(path);
  let source: Source;
  if (['.geojson', '.json'].includes(kind)) source = readGeojson(decode(bytes));
  else if (['.csv', '.tsv', '.txt'].includes(kind)) source = readTable(readCsv(decode(bytes)));
  else if (kind === '.xlsx') source = readTable(await readXlsx(bytes));
  else throw new UnreadableFile(kind === '.xls' ? 'file_old_excel' : 'file_kind', { kind: kind || '–' });
  if (source.rows.length === 0) throw new UnreadableFile('file_empty');
  return source;
}
