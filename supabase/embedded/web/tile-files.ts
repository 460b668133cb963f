import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { COMMON_HEADERS } from './policy.ts';

/** A first and a last byte of one range; null for anything else, which is then answered with the whole file. */
function rangeOf(said: string | undefined, size: number): [first: number, last: number] | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(said ?? '') ?? [];
  if (from === '' && to === '') return null;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  return [first, from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)];
}

/** Serves the PMTiles files an office put into a folder, piece by piece as the map asks for them. */
export function tileFiles(folder: string): Hono {
  return new Hono().on(['GET', 'HEAD'], '/basemaps/:file{[A-Za-z0-9_-]+\\.pmtiles}', (c) => {
    const path = join(folder, c.req.param('file'));
    const file = statSync(path, { throwIfNoEntry: false });
    if (!file?.isFile()) return c.body(null, 404, COMMON_HEADERS);
    const headers = new Headers({
      ...COMMON_HEADERS,
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'cache-control': 'no-cache',
      etag: `"${file.size.toString(36)}-${Math.trunc(file.mtimeMs).toString(36)}"`,
    });
    const range = rangeOf(c.req.header('range'), file.size);
    if (range && (range[0] > range[1] || range[0] >= file.size)) {
      headers.set('content-range', `bytes */${file.size}`);
      return new Response(null, { status: 416, headers });
    }
    const [first, last] = range ?? [0, file.size - 1];
    headers.set('content-length', String(last - first + 1));
    if (range) headers.set('content-range', `bytes ${first}-${last}/${file.size}`);
    const status = range ? 206 : 200;
    if (c.req.method === 'HEAD' || file.size === 0) return new Response(null, { status, headers });
    const bytes = Readable.toWeb(createReadStream(path, { start: first, end: last }));
    // Node's and the page's streams are one thing under two names.
    return new Response(bytes as unknown as ReadableStream, { status, headers });
  });
}
