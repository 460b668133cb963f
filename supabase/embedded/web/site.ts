import { type Context, Hono } from 'hono';
import type { FunctionCaller } from '../api/call.ts';
import { acceptedEncoding, compress, isCompressible } from './compress.ts';
import { CompressedFiles, eTagOf, readSite, type SiteFile } from './files.ts';
import { COMMON_HEADERS, pagePolicy } from './policy.ts';
import { courtyardPage, NOT_FOUND_PAGE, type Page, surfaceOf, withConfig } from './pages.ts';

const HTML = 'text/html; charset=utf-8';
const MOST_PAGES_KEPT = 1_000;

/** Serves the built site: pages never from a cache without asking, files with a hash in their name for ever. */
export function siteApp(options: {
  dist: string;
  cache: string;
  anonKey: string;
  caller: FunctionCaller;
  /** Hosts that pages with a map may fetch from. */
  baseHosts: () => readonly string[];
}): Hono {
  const files = readSite(options.dist);
  const compressed = new CompressedFiles(options.cache);
  const packedPages = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  async function sendFile(c: Context, file: SiteFile): Promise<Response> {
    const headers = new Headers(COMMON_HEADERS);
    headers.set('content-type', file.type);
    headers.set('etag', file.eTag);
    headers.set('vary', 'accept-encoding');
    headers.set('cache-control', file.hashed ? 'public, max-age=31536000, immutable' : 'public, no-cache');
    if (isKnown(c, file.eTag)) return new Response(null, { status: 304, headers });
    const encoding = acceptedEncoding(c.req.header('accept-encoding'));
    const packed = encoding && (await compressed.get(file, encoding));
    if (encoding && packed) headers.set('content-encoding', encoding);
    return new Response(packed ?? file.bytes, { headers });
  }

  async function sendPage(c: Context, page: Page, foreign?: readonly string[]): Promise<Response> {
    const bytes = new TextEncoder().encode(page.html);
    const eTag = eTagOf(bytes);
    const headers = new Headers({
      ...COMMON_HEADERS,
      'content-type': HTML,
      etag: eTag,
      vary: 'accept-encoding',
    });
    headers.set('cache-control', 'no-cache');
    headers.set('content-security-policy', pagePolicy(page.html, c.req.header('host'), foreign));
    if (page.status === 200 && isKnown(c, eTag)) return new Response(null, { status: 304, headers });
    const encoding = acceptedEncoding(c.req.header('accept-encoding'));
    if (!encoding || !isCompressible(HTML, bytes.length))
      return new Response(bytes, { status: page.status, headers });
    headers.set('content-encoding', encoding);
    return new Response(await packedPage(eTag, bytes, encoding), { status: page.status, headers });
  }

  /** A page compressed as well as possible, kept: most visitors of a courtyard get the same bytes. */
  function packedPage(
    eTag: string,
    bytes: Uint8Array,
    encoding: 'br' | 'gzip',
  ): Promise<Uint8Array<ArrayBuffer>> {
    const key = `${eTag} ${encoding}`;
    const known = packedPages.get(key);
    if (known) return known;
    if (packedPages.size >= MOST_PAGES_KEPT) packedPages.clear();
    const packed = compress(bytes, encoding, 11);
    packedPages.set(key, packed);
    packed.catch(() => packedPages.delete(key));
    return packed;
  }

  function surfaceHtml(surface: string): string | undefined {
    const file = files.get(`/${surface}/index.html`) ?? files.get(`/resident/${surface}.html`);
    return file && withConfig(new TextDecoder().decode(file.bytes), options.anonKey);
  }

  const pages = new Map(
    ['resident', 'follow', 'street/wall', 'street', 'community', 'admin'].map((surface) => [
      surface,
      surfaceHtml(surface),
    ]),
  );

  return new Hono().on(['GET', 'HEAD'], '*', async (c) => {
    const surface = surfaceOf(c.req.path);
    const html = surface && pages.get(surface);
    if (html) {
      if (/^\/(street|street\/wall|community|admin)$/.test(c.req.path))
        return c.redirect(`${c.req.path}/`, 308);
      const code = /^\/c\/([^/]+)/.exec(c.req.path)?.[1];
      return sendPage(
        c,
        code ? await courtyardPage(html, decodeSafely(code), options.caller, '/c') : { html, status: 200 },
        surface === 'street' || surface === 'admin' ? options.baseHosts() : [],
      );
    }
    // Posters name this page to those who doubt a code.
    const still = /^\/(codes|false-code)\/?$/.test(c.req.path) && files.get('/false-code.html');
    if (still) return sendPage(c, { html: new TextDecoder().decode(still.bytes), status: 200 });
    const file = files.get(c.req.path);
    if (file && !file.type.startsWith('text/html')) return sendFile(c, file);
    return sendPage(c, { html: NOT_FOUND_PAGE, status: 404 });
  });
}

function isKnown(c: Context, eTag: string): boolean {
  const known = c.req.header('if-none-match');
  return known !== undefined && known.split(',').some((one) => one.trim().replace(/^W\//, '') === eTag);
}

function decodeSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
