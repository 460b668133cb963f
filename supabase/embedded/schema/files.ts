import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One SQL file of a folder. */
export interface SqlFile {
  /** File name without its folder, e.g. `20261122080000_foundation.sql`. */
  name: string;
  text: string;
}

/** The `.sql` files of a folder in name order; none when the folder is missing. */
export function sqlFiles(folder: string): SqlFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** A short name for exactly these contents. */
export function fingerprint(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}
