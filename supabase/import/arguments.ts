import { parseArgs } from 'node:util';
import { systems, type Crs } from './crs.ts';
import type { Lang } from './words.ts';

export interface Wanted {
  file: string;
  crs: Crs;
  dryRun: boolean;
  lang: Lang;
  report?: string | undefined;
  url?: string | undefined;
  key?: string | undefined;
  data?: string | undefined;
}

const options = {
  crs: { type: 'string', default: 'wgs84' },
  'dry-run': { type: 'boolean', default: false },
  lang: { type: 'string', default: 'zh' },
  report: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  data: { type: 'string' },
} as const;

/** What the command line asks for, or 'usage' when it can not be understood. */
export function readArguments(words: string[]): Wanted | 'usage' {
  let parsed;
  try {
    parsed = parseArgs({ args: words, options, allowPositionals: true });
  } catch {
    return 'usage';
  }
  const { values, positionals } = parsed;
  const crs = systems.find((name) => name === values.crs.toLowerCase());
  const [what, file] = positionals;
  if (what !== 'courtyards' || !file || positionals.length !== 2 || !crs) return 'usage';
  if (values.lang !== 'zh' && values.lang !== 'en') return 'usage';
  const { report, url, key, data } = values;
  return { file, crs, dryRun: values['dry-run'], lang: values.lang, report, url, key, data };
}
