import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

function sqlFiles(folder: string, wanted = /\.sql$/): string[] {
  const path = join(root, 'supabase', folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => wanted.test(name))
    .toSorted()
    .map((name) => join(path, name));
}

/** What a Supabase database brings with it: roles, auth, storage, realtime. */
export const platformFiles = () => sqlFiles('embedded/platform');

/** This project's migrations, in their order. */
export const migrationFiles = () => sqlFiles('migrations');

/** What every street begins with: the categories, the calendar. The demo's own data is no part of the tests. */
export const presetFiles = () => sqlFiles('seed', /^\d+_(?!demo).*\.sql$/);

/** The presets and the demo street, in the order a first start takes them. */
export const demoFiles = () => sqlFiles('seed', /^\d+_.*\.sql$/);

/** A name that changes whenever one of the files, or something else that `also` names, does. */
export function fingerprint(files: string[], also = ''): string {
  const hash = createHash('sha256').update(also);
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Runs files of SQL one after the other; an error says in which file it was. */
export async function runFiles(files: string[], run: (sql: string) => Promise<unknown>): Promise<void> {
  for (const file of files) {
    try {
      await run(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}
