import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, inject, it } from 'vitest';

const committed = resolve(import.meta.dirname, '../../supabase/schema.sql');
const bin = process.env['POSTGRES_BIN'] ?? '';

/** What pg_dump says without what differs from one run or minor version to the next. */
function dump(): string {
  const out = execFileSync(
    join(bin, 'pg_dump'),
    ['--schema-only', '--no-owner', '--schema=public', '--schema=private', inject('nativeUrl')],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const lines = out
    .split('\n')
    .filter((line) => !/^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict)/.test(line))
    .join('\n');
  return lines.replace(/\n{3,}/g, '\n\n').trim();
}

const major =
  /(\d+)/.exec(execFileSync(join(bin, 'pg_dump'), ['--version'], { encoding: 'utf8' }))?.[1] ?? '';
const heading = `-- PostgreSQL ${major}: the whole schema, made by \`npm run schema\` so that a review sees it change.\n\n`;
const before = existsSync(committed) ? readFileSync(committed, 'utf8') : heading;

// Versions print views and functions differently: only the same one is compared.
it.runIf(before.startsWith(heading) || process.env['WRITE'] === '1')(
  'supabase/schema.sql is what the migrations make (else: npm run schema)',
  async () => {
    await expect(`${heading}${dump()}\n`).toMatchFileSnapshot('../../supabase/schema.sql');
  },
);
