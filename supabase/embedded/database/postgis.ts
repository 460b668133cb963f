import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Extension } from '@electric-sql/pglite';
import { postgis as wholePostgis } from '@electric-sql/pglite-postgis';

/** Of 100 MB that each database would unpack into memory, what nobody here uses: 66 MB and half of the time to open one. */
const unused = /postgis_(raster|topology|tiger)|\/contrib\/|--unpackaged--/;

const BLOCK = 512;

/** A tar with only those of its files that `keeps` says yes to; every entry is a header of one block and whole blocks of data. */
function sieve(tar: Buffer, keeps: (name: string) => boolean): Buffer {
  const text = (at: number, length: number) => tar.toString('latin1', at, at + length).replace(/\0.*$/s, '');
  const kept: Buffer[] = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const size = parseInt(text(at + 124, 12), 8) || 0;
    const next = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (keeps(`${text(at + 345, 155)}/${text(at, 100)}`)) kept.push(tar.subarray(at, next));
    at = next;
  }
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK)]);
}

/** Where the smaller bundle is; made beside the packages when it is not there yet. */
function smallBundle(whole: URL): URL {
  const manifest = join(dirname(fileURLToPath(whole)), '..', 'package.json');
  const { version }: { version: string } = createRequire(import.meta.url)(manifest);
  const path = join(dirname(manifest), '..', '..', '.cache', `pglite-postgis-vector-${version}.tar.gz`);
  if (!existsSync(path)) {
    const unfinished = `${path}.${process.pid}-${performance.now()}`;
    mkdirSync(dirname(path), { recursive: true });
    const tar = sieve(gunzipSync(readFileSync(whole)), (name) => !unused.test(name));
    // PGlite asks for gzip; what is read at every start is packed lightly.
    writeFileSync(unfinished, gzipSync(tar, { level: 1 }));
    renameSync(unfinished, path);
  }
  return pathToFileURL(path);
}

/** PostGIS for PGlite with its vectors alone: no rasters, no topology, no geocoder. */
export const postgis: Extension = {
  name: 'postgis',
  setup: async (pg, options) => {
    const ready = await wholePostgis.setup(pg, options);
    return ready.bundlePath ? { ...ready, bundlePath: smallBundle(ready.bundlePath) } : ready;
  },
};
