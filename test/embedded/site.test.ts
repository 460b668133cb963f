import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { boot, temporaryFolder } from './harness.ts';

const script = 'console.log("resident")';
const page = (name: string) => `<!doctype html><title>${name}</title>
<meta name="supabase-url" content="%SUPABASE_URL%"><meta name="supabase-key" content="%SUPABASE_ANON_KEY%">
<style>p{margin:0}</style><script type="application/json" id="courtyard"></script>
<script type="module">${script}</script><p>${'字'.repeat(2000)}</p>`;

const folder = temporaryFolder();
let server: EmbeddedSupabase;

beforeAll(async () => {
  for (const surface of ['resident', 'street', 'street/wall', 'community', 'admin']) {
    mkdirSync(join(folder.path, surface), { recursive: true });
    writeFileSync(join(folder.path, surface, 'index.html'), page(surface));
  }
  writeFileSync(join(folder.path, 'resident', 'follow.html'), page('follow'));
  mkdirSync(join(folder.path, 'assets'));
  mkdirSync(join(folder.path, 'basemap'));
  writeFileSync(join(folder.path, 'assets', 'map-BxY12_-z.js'), 'export const a = 1;\n'.repeat(200));
  writeFileSync(join(folder.path, 'basemap', 'roads.geojson'), '{"type":"FeatureCollection","features":[]}');
  server = await boot({ site: folder.path });
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

const sha = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('a page', () => {
  it.each([
    ['/', 'follow'],
    ['/c/GOOD', 'resident'],
    ['/t/0123456789abcdefghjkmnpqrs', 'follow'],
    ['/street/', 'street'],
    ['/street/issue/12', 'street'],
    ['/street/wall', 'street/wall'],
    ['/street/wall/?scenes=late', 'street/wall'],
    ['/street/wallpaper', 'street'],
    ['/community/', 'community'],
    ['/admin/', 'admin'],
  ])('%s is the one of the %s', async (path, surface) => {
    const answer = await fetch(server.url + path);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(`<title>${surface}</title>`);
  });

  it('knows the public key and that its API is here', async () => {
    const html = await (await fetch(`${server.url}/`)).text();
    expect(html).toContain(`name="supabase-key" content="${server.anonKey}"`);
    expect(html).toContain('name="supabase-url" content=""');
    expect(html).not.toContain(server.serviceKey);
  });

  it('may run its own inline script and style and nothing else', async () => {
    const policy = (await fetch(`${server.url}/c/GOOD`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`script-src 'self' ${sha(script)};`);
    expect(policy).toContain(`style-src 'self' ${sha('p{margin:0}')};`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`connect-src 'self' ws://${new URL(server.url).host}`);
    expect(policy).not.toMatch(/unsafe|https?:\/\/|\*/);
  });

  it('is asked for anew each time, and not sent again when it is the same', async () => {
    const first = await fetch(`${server.url}/street/`);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const again = await fetch(`${server.url}/street/`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('tells no one where its visitor came from', async () => {
    const { headers } = await fetch(`${server.url}/t/secret`);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('permissions-policy')).toContain('camera=(self)');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('leads from /street to /street/', async () => {
    const answer = await fetch(`${server.url}/street`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([308, '/street/']);
    const wall = await fetch(`${server.url}/street/wall`, { redirect: 'manual' });
    expect([wall.status, wall.headers.get('location')]).toEqual([308, '/street/wall/']);
  });
});

describe('a courtyard’s page', () => {
  const inside = async (code: string) => {
    const answer = await fetch(`${server.url}/c/${code}`);
    const html = await answer.text();
    const data = /id="courtyard">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    return { status: answer.status, data: JSON.parse(data), raw: data };
  };

  it('has the courtyard inside, and no way out of its data', async () => {
    const { status, data, raw } = await inside('GOOD');
    expect([status, data.courtyard.name]).toEqual([200, '东胜街</script>23号院']);
    expect(raw).not.toContain('<');
  });

  it('says inside that the code is unknown or no longer valid', async () => {
    expect(await inside('NOPE')).toMatchObject({
      status: 404,
      data: { error: { code: 'PT404', message: 'code_unknown' } },
    });
    expect(await inside('OLD')).toMatchObject({
      status: 410,
      data: { error: { code: 'PT410', message: 'code_revoked' } },
    });
  });

  it('takes any code without stumbling', async () => {
    for (const code of ['%00', '%E0%A4%A', "';--", 'x'.repeat(500)]) {
      expect((await fetch(`${server.url}/c/${code}`)).status).toBe(404);
    }
  });
});

describe('a file', () => {
  it('with a hash in its name is kept for ever, compressed', async () => {
    const { headers, body } = await raw('/assets/map-BxY12_-z.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(body).toString()).toContain('export const a = 1;');
  });

  it('without one is asked for anew', async () => {
    const { headers } = await raw('/basemap/roads.geojson');
    expect(headers['cache-control']).toBe('public, no-cache');
    expect(headers['content-type']).toContain('geo+json');
  });

  it.each([
    '/nothing',
    '/assets/none.js',
    '/..%2f..%2fetc%2fpasswd',
    '/street/../../package.json',
    '/resident/index.html',
  ])('%s is not there', async (path) => {
    expect((await raw(path)).status).toBe(404);
  });
});

it('is in good health', async () => {
  const answer = await fetch(`${server.url}/health`);
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
});

/** A request as sent, without fetch's decompression or its tidying of paths. */
function raw(path: string): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(`${server.url}`, { path, headers: { 'accept-encoding': 'br' } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    }).on('error', reject);
  });
}
