import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../database/durable-fs.ts';

/** What is kept beside an object's bytes. */
export interface Kept {
  contentType: string;
  cacheControl: string;
  eTag: string;
}

/**
 * Objects as files under one folder, named by the hash of bucket and path, so that no path can lead out of it. A write is on
 * disk, folder included, before `write` returns; a crash in between leaves the object as it was.
 */
export class FileStore {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  write(bucket: string, path: string, bytes: Uint8Array, kept: Omit<Kept, 'eTag'>): Kept {
    const file = this.file(bucket, path);
    const folder = join(file, '..');
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true });
      syncFolder(this.folder);
    }
    const whole: Kept = {
      ...kept,
      eTag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`,
    };
    writeDurably(file, bytes);
    writeDurably(`${file}.json`, new TextEncoder().encode(JSON.stringify(whole)));
    syncFolder(folder);
    return whole;
  }

  /** The bytes of an object; undefined when there is none. */
  read(bucket: string, path: string): Uint8Array<ArrayBuffer> | undefined {
    const file = this.file(bucket, path);
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined;
  }

  /** What is known of an object: its JSON as written, its size in bytes, when it was written. */
  describe(bucket: string, path: string): { json: string; size: number; changedAt: Date } | undefined {
    const file = this.file(bucket, path);
    if (!existsSync(`${file}.json`)) return undefined;
    const { size, mtime } = statSync(file);
    return { json: readFileSync(`${file}.json`, 'utf8'), size, changedAt: mtime };
  }

  remove(bucket: string, path: string): void {
    const file = this.file(bucket, path);
    for (const one of [`${file}.json`, file]) rmSync(one, { force: true });
  }

  private file(bucket: string, path: string): string {
    const name = createHash('sha256').update(`${bucket}\0${path}`).digest('hex');
    return join(this.folder, name.slice(0, 2), name);
  }
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const unfinished = `${path}.unfinished`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
}
