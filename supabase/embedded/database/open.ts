import { join } from 'node:path';
import { ensurePlatform, type Progress } from '../schema/migrate.ts';
import type { Database } from './database.ts';
import { NativeDatabase } from './native.ts';
import { PgliteDatabase } from './pglite.ts';
import { prepareFolder } from './prepared.ts';

/** Opens the database with the platform in it: PGlite in the data folder, or the native PostgreSQL at `databaseUrl`. */
export async function openDatabase(options: {
  dataDir: string;
  cacheDir: string;
  databaseUrl?: string | undefined;
  deadlineMs: number;
  log: (line: string) => void;
  progress: Progress;
}): Promise<Database> {
  const { databaseUrl, deadlineMs, log, progress } = options;
  const folder = join(options.dataDir, 'database');
  if (!databaseUrl) await prepareFolder(folder, options.cacheDir, progress, log);
  progress('open', 0, 1);
  const db = databaseUrl
    ? new NativeDatabase(databaseUrl, deadlineMs)
    : await PgliteDatabase.open({ folder, deadlineMs, log });
  try {
    await ensurePlatform(db, progress);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
