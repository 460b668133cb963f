import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Database, DatabaseError, transaction } from '../database/database.ts';
import { fingerprint, type SqlFile, sqlFiles } from './files.ts';
import { statements } from './statements.ts';

const MIGRATION_MS = 300_000;
const here = fileURLToPath(new URL('..', import.meta.url));

export const platformFolder = join(here, 'platform');
export const migrationsFolder = join(here, '..', 'migrations');
export const seedFolder = join(here, '..', 'seed');

/** Tells how far a long start is: what is being done, and which of how many. */
export type Progress = (what: string, done: number, of: number) => void;

/** Makes the roles, schemas and functions of a Supabase database. Needs a superuser; may be repeated, and changes no privileges then. */
export async function applyPlatform(db: Database, progress: Progress): Promise<void> {
  const files = sqlFiles(platformFolder);
  for (const [i, file] of files.entries()) {
    progress('platform', i, files.length);
    await inOneTransaction(db, file);
  }
}

const PLATFORM = 'supabase/embedded/platform';

/** Applies the platform to a database that has none or an older one. */
export async function ensurePlatform(db: Database, progress: Progress): Promise<void> {
  const [made] = (await db.query("select to_regclass('supabase_migrations.seed_files') is not null as yes"))
    .rows;
  const wanted = fingerprint(...sqlFiles(platformFolder).map((file) => file.text));
  if (made?.['yes'] === true) {
    const { rows } = await db.query('select hash from supabase_migrations.seed_files where path = $1', [
      PLATFORM,
    ]);
    if (rows[0]?.['hash'] === wanted) return;
  }
  await applyPlatform(db, progress);
  await db.query(
    'insert into supabase_migrations.seed_files (path, hash) values ($1, $2) on conflict (path) do update set hash = excluded.hash',
    [PLATFORM, wanted],
  );
}

/** Applies the migrations that are not yet recorded in supabase_migrations, each whole or not at all. Gives their number. */
export async function applyMigrations(db: Database, folder: string, progress: Progress): Promise<number> {
  const { rows } = await db.query('select version from supabase_migrations.schema_migrations');
  const applied = new Set(rows.map((row) => row['version']));
  const files = sqlFiles(folder).filter((file) => /^\d+_/.test(file.name));
  const pending = files.filter((file) => !applied.has(version(file)));
  for (const [i, file] of pending.entries()) {
    progress('migrations', i, pending.length);
    await inOneTransaction(db, file, {
      sql: 'insert into supabase_migrations.schema_migrations (version, statements, name) values ($1, $2, $3)',
      params: [version(file), statements(file.text), file.name.replace(/^\d+_/, '').replace(/\.sql$/, '')],
    });
  }
  return pending.length;
}

/**
 * Runs each seed file of `folder` once, and with `demo` those of the demo street too (`NN_demo_….sql`, and the folder `demo`);
 * one that changed since is left alone. Gives their number.
 */
export async function applySeeds(
  db: Database,
  folder: string,
  demo: boolean,
  progress: Progress,
): Promise<number> {
  const { rows } = await db.query('select path from supabase_migrations.seed_files');
  const applied = new Set(rows.map((row) => row['path']));
  const pending = seedFiles(folder).filter((file) => !applied.has(seedPath(file)) && (demo || !isDemo(file)));
  for (const [i, file] of pending.entries()) {
    progress('seed', i, pending.length);
    await inOneTransaction(db, file, {
      sql: 'insert into supabase_migrations.seed_files (path, hash) values ($1, $2)',
      params: [seedPath(file), fingerprint(file.text)],
    });
  }
  return pending.length;
}

/** The seed files in name order, whether they lie in `folder` or in its `demo` folder. */
export function seedFiles(folder: string): SqlFile[] {
  return [...sqlFiles(folder), ...sqlFiles(join(folder, 'demo'))].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isDemo(file: SqlFile): boolean {
  return /^\d+_demo_/.test(file.name);
}

function version(file: SqlFile): string {
  return /^\d+/.exec(file.name)?.[0] ?? file.name;
}

function seedPath(file: SqlFile): string {
  return `supabase/seed/${file.name}`;
}

async function inOneTransaction(
  db: Database,
  file: SqlFile,
  record?: { sql: string; params: unknown[] },
): Promise<void> {
  try {
    await transaction(
      db,
      async (lease) => {
        await lease.script(file.text);
        await lease.script('set local search_path to default; set local role none');
        if (record) await lease.query(record.sql, record.params);
      },
      MIGRATION_MS,
    );
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new Error(`${file.name}: ${[error.message, error.detail, error.hint].filter(Boolean).join(' ')}`, {
      cause: error,
    });
  }
}
