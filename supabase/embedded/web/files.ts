import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { compress, type Encoding, isCompressible } from './compress.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** One file of the built site, read at start; what is on disk later does not matter. */
export interface SiteFile {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  eTag: string;
  /** True when its name carries a hash of its content: it may be cached for ever. */
  hashed: boolean;
}

/** The files of the built site by URL path, e.g. `/assets/street-B2xk….js`. */
export function readSite(folder: string): Map<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name).toLowerCase()];
    if (!entry.isFile() || !type) continue;
    const full = join(entry.parentPath, entry.name);
    const path = posix.join('/', full.slice(folder.length).replaceAll('\\', '/'));
    const bytes = new Uint8Array(readFileSync(full));
    files.set(path, { bytes, type, eTag: eTagOf(bytes), hashed: /^\/assets\/.*-[\w-]{8,}\.\w+$/.test(path) });
  }
  return files;
}

export function eTagOf(bytes: Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
}

/**
 * Compressed forms of the site's files. The first to ask for a file gets it compressed quickly; the best compression is then
 * made once in the background, one file at a time, and kept in `folder` for later starts.
 */
export class CompressedFiles {
  private readonly folder: string;
  private readonly kept = new Map<string, Uint8Array<ArrayBuffer>>();
  private working: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The file's bytes in this encoding; undefined when compressing is not worth it. */
  async get(file: SiteFile, encoding: Encoding): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (!isCompressible(file.type, file.bytes.length)) return undefined;
    const name = `${file.eTag.replaceAll('"', '')}.${encoding}`;
    const known = this.kept.get(name) ?? this.fromDisk(name);
    if (known) return known;
    const quick = await compress(file.bytes, encoding, 4);
    this.kept.set(name, quick);
    if (encoding === 'br') this.working = this.working.then(() => this.improve(name, file)).catch(() => {});
    return quick;
  }

  private fromDisk(name: string): Uint8Array<ArrayBuffer> | undefined {
    const path = join(this.folder, name);
    if (!existsSync(path)) return undefined;
    const bytes = new Uint8Array(readFileSync(path));
    this.kept.set(name, bytes);
    return bytes;
  }

  private async improve(name: string, file: SiteFile): Promise<void> {
    const best = await compress(file.bytes, 'br', 11);
    this.kept.set(name, best);
    mkdirSync(this.folder, { recursive: true });
    const unfinished = join(this.folder, `${name}.${process.pid}`);
    writeFileSync(unfinished, best);
    renameSync(unfinished, join(this.folder, name));
  }
}
