import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { MemoryFS, PGlite } from '@electric-sql/pglite';

import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { postgis } from '../../supabase/embedded/database/postgis.ts';
import { fingerprint, migrationFiles, platformFiles, presetFiles, runFiles } from './statements.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    pgliteSnapshot: string;
    nativeUrl: string;
  }
}

const cache = resolve(import.meta.dirname, '../../.cache/tests');
const templateName = 'courtyard_template';

/** A file as PGlite asks for one; Node's own Blob gathers its bytes piece by piece, which takes seconds. */
class FileBytes extends Blob {
  readonly #path: string;
  constructor(path: string) {
    super();
    this.#path = path;
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = new Uint8Array(new ArrayBuffer(statSync(this.#path).size));
    const file = openSync(this.#path, 'r');
    readSync(file, bytes);
    closeSync(file);
    return Promise.resolve(bytes.buffer);
  }
}

/** Opens PGlite in memory, with PostGIS, from a snapshot or empty. */
export function openPglite(snapshot?: string, fs = new MemoryFS()): Promise<PGlite> {
  return PGlite.create({
    fs,
    extensions: { postgis, pgcrypto },
    ...(snapshot ? { loadDataDir: new FileBytes(snapshot) } : {}),
  });
}

/** Makes the snapshot when its file is not there, and removes older ones of the same kind. */
async function snapshot(
  kind: string,
  key: string,
  from: string | undefined,
  files: string[],
): Promise<string> {
  const path = join(cache, `${kind}-${key}.tar`);
  if (existsSync(path)) return path;
  const db = await openPglite(from);
  try {
    await runFiles(files, (sql) => db.exec(sql));
    // What the log holds would be done again at each opening.
    await db.exec('checkpoint');
    const dump = await db.dumpDataDir('none');
    mkdirSync(cache, { recursive: true });
    for (const old of readdirSync(cache)) if (old.startsWith(`${kind}-`)) rmSync(join(cache, old));
    writeFileSync(path, Buffer.from(await dump.arrayBuffer()));
  } finally {
    await db.close();
  }
  return path;
}

/** PostGIS takes most of the time and changes least, so the platform has a snapshot of its own. */
async function preparePglite(): Promise<string> {
  const platform = fingerprint(platformFiles(), 'pglite 0.5.8');
  const base = await snapshot('platform', platform, undefined, platformFiles());
  const files = [...migrationFiles(), ...presetFiles()];
  return snapshot('migrated', fingerprint(files, platform), base, files);
}

/** Makes a database of a cluster with the platform and `files` in it, in place of one of the same name. Gives its URL. */
export async function createNative(name: string, files: string[]): Promise<string> {
  const admin = process.env['TEST_DATABASE_URL'];
  if (!admin) throw new Error('TEST_DATABASE_URL is not set: run the tests by `npm test`.');
  const cluster = postgres(admin, { max: 1, onnotice: () => {} });
  await cluster.unsafe(`drop database if exists ${name}`);
  await cluster.unsafe(`create database ${name}`);
  await cluster.end();
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    await runFiles([...platformFiles(), ...files], (text) => sql.unsafe(text).simple());
  } finally {
    await sql.end();
  }
  return url.href;
}

/** Once a run: both engines get a database with the platform, the migrations and the presets, for each test to copy. */
export default async function setup(project: TestProject): Promise<void> {
  const [pgliteSnapshot, nativeUrl] = await Promise.all([
    preparePglite(),
    createNative(templateName, [...migrationFiles(), ...presetFiles()]),
  ]);
  project.provide('pgliteSnapshot', pgliteSnapshot);
  project.provide('nativeUrl', nativeUrl);
}
