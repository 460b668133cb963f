import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedSupabase } from '../../supabase/embedded/index.ts';
import { boot, temporaryFolder } from './harness.ts';

const [site, data] = [temporaryFolder(), temporaryFolder()];
let server: EmbeddedSupabase;

beforeAll(async () => {
  for (const surface of ['resident', 'street', 'community', 'admin']) {
    mkdirSync(join(site.path, surface), { recursive: true });
    writeFileSync(join(site.path, surface, 'index.html'), '<!doctype html><title>page</title>');
  }
  writeFileSync(join(site.path, 'resident', 'follow.html'), '<!doctype html><title>page</title>');
  mkdirSync(join(data.path, 'basemaps'), { recursive: true });
  writeFileSync(join(data.path, 'basemaps', 'town.pmtiles'), 'PMTiles and more');
  writeFileSync(join(data.path, 'secret.pmtiles'), 'not a map');
  server = await boot({ site: site.path, dataDir: data.path });
});
afterAll(async () => {
  await server.stop();
  site.remove();
  data.remove();
});

const connects = async (path: string): Promise<string> => {
  const policy = (await fetch(server.url + path)).headers.get('content-security-policy') ?? '';
  return /connect-src ([^;]*)/.exec(policy)?.[1] ?? '';
};

/** The fixture's database has no base maps: this is what the product's says of its own. */
async function allow(hosts: string): Promise<void> {
  await server.query('create schema if not exists private');
  await server.query(
    `create or replace function private.base_map_hosts() returns text[] language sql as $$ select '${hosts}'::text[] $$`,
  );
  await server.query(`select pg_notify('base_maps', '')`);
}

describe('what a page may connect to', () => {
  it('is nothing foreign, until a base map is set; then its hosts on pages with a map, and nowhere else', async () => {
    expect(await connects('/street/')).not.toContain('https://');
    await allow('{tiles.example.cn:8443,icons.example.cn}');
    await expect.poll(() => connects('/street/')).toContain('https://tiles.example.cn:8443');
    const allowed = (await connects('/street/')).split(' ').filter((source) => source.startsWith('https:'));
    expect(allowed).toEqual(['https://tiles.example.cn:8443', 'https://icons.example.cn']);
    expect(await connects('/admin/')).toContain('https://icons.example.cn');
    for (const path of ['/community/', '/', '/c/GOOD'])
      expect(await connects(path)).not.toContain('https://');

    await allow('{}');
    await expect.poll(() => connects('/street/')).not.toContain('https://');
  });
});

describe('a file of tiles in the data folder', () => {
  const ask = (path: string, range?: string) => fetch(server.url + path, range ? { headers: { range } } : {});

  it('is given piece by piece', async () => {
    const answer = await ask('/basemaps/town.pmtiles', 'bytes=0-6');
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, 'bytes 0-6/16']);
    expect(await answer.text()).toBe('PMTiles');
    expect(await (await ask('/basemaps/town.pmtiles', 'bytes=-4')).text()).toBe('more');
    expect(await (await ask('/basemaps/town.pmtiles')).text()).toBe('PMTiles and more');
    expect((await ask('/basemaps/town.pmtiles', 'bytes=99-')).status).toBe(416);
  });

  it('is the only thing that is given from there', async () => {
    for (const path of [
      '/basemaps/..%2Fsecret.pmtiles',
      '/basemaps/gone.pmtiles',
      '/basemaps/%2e%2e/secret.pmtiles',
    ])
      expect((await ask(path)).status, path).toBe(404);
  });
});
