import {
  cpSync,
  existsSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  openSync,
  fsyncSync,
  closeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fingerprint, sqlFiles } from '../schema/files.ts';
import { ensurePlatform, platformFolder, type Progress } from '../schema/migrate.ts';
import { syncFolder } from './durable-fs.ts';
import { PgliteDatabase } from './pglite.ts';

const FIRST_OPEN_MS = 120_000;

/**
 * Makes `folder` a database with the platform in it. Making one takes about 15 s, so it is made once under `cache`, named by
 * what went into it, and copied from then on. A folder that exists is left alone.
 */
export async function prepareFolder(
  folder: string,
  cache: string,
  progress: Progress,
  log: (line: string) => void,
): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  rmSync(folder, { recursive: true, force: true });
  const master = join(cache, `database-${masterName()}`);
  if (!existsSync(master)) await makeMaster(master, progress, log);
  progress('copy', 0, 1);
  copyFolder(master, folder);
}

/** Copies a closed database so that the copy is whole on disk before it has its name. */
export function copyFolder(from: string, to: string): void {
  const unfinished = `${to}.unfinished-${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(from, unfinished, { recursive: true, mode: constants.COPYFILE_FICLONE });
  syncAll(unfinished);
  renameSync(unfinished, to);
  syncFolder(join(to, '..'));
}

async function makeMaster(master: string, progress: Progress, log: (line: string) => void): Promise<void> {
  const unfinished = `${master}.making-${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  progress('database', 0, 1);
  const db = await PgliteDatabase.open({ folder: unfinished, deadlineMs: FIRST_OPEN_MS, log });
  try {
    await ensurePlatform(db, progress);
  } finally {
    await db.close();
  }
  if (existsSync(master)) rmSync(unfinished, { recursive: true, force: true });
  else renameSync(unfinished, master);
  removeOlder(master);
}

/** A prepared copy of another version takes 60 MB for nothing. */
function removeOlder(master: string): void {
  const cache = dirname(master);
  for (const name of readdirSync(cache)) {
    const isCopy = /^database-[0-9a-f]{16}$/.test(name);
    if (isCopy && name !== basename(master)) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** Changes whenever PGlite, PostGIS or the platform's SQL does. */
function masterName(): string {
  const require = createRequire(import.meta.url);
  const versions = ['@electric-sql/pglite', '@electric-sql/pglite-postgis'].map((name) => {
    const manifest = join(require.resolve(name), '..', '..', 'package.json');
    return readFileSync(manifest, 'utf8');
  });
  return fingerprint(...versions, ...sqlFiles(platformFolder).map((file) => file.text));
}

function syncAll(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncAll(path);
    else syncFile(path);
  }
  syncFolder(folder);
}

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
