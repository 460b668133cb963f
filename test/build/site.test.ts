import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';

const dist = resolve(import.meta.dirname, '../../dist');
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name));
const read = (name: string) => readFileSync(join(dist, name), 'utf8');
const packed = (name: string) => brotliCompressSync(read(name)).length;
const code = files.filter((name) => /\.(html|js|css)$/.test(name));

const residentPages = ['resident/index.html', 'resident/follow.html'];
const scripts = (html: string) =>
  [...html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)].map(([, attributes = '', text = '']) => ({
    attributes,
    text,
  }));

/** The files a script loads later, and those that these load. */
function later(text: string, found = new Set<string>()): Set<string> {
  for (const [, name = ''] of text.matchAll(/import\([`'"](?:\.|\/assets)\/([^`'"]+)[`'"]\)/g)) {
    if (found.has(name)) continue;
    found.add(name);
    later(read(`assets/${name}`), found);
  }
  return found;
}

/** These scripts, and what they import. */
function withImports(names: Iterable<string>): Set<string> {
  const found = new Set(names);
  for (const name of found)
    for (const [, from = ''] of read(`assets/${name}`).matchAll(/from\s*[`'"]\.\/([^`'"]+)[`'"]/g))
      found.add(from);
  return found;
}

/** Addresses that stand in the code but that nothing is fetched from. */
const named = [
  /^http:\/\/www\.w3\.org\//,
  /^https:\/\/www\.openstreetmap\.org\/copyright$/,
  // Pages that error messages, licences and the map's credits point people to.
  /^https:\/\/svelte\.dev\/e\//,
  /^https:\/\/(github\.com|developer\.mozilla\.org|maplibre\.org|wiki\.openstreetmap\.org)\//,
  // Names of what stands in a spreadsheet's files.
  /^http:\/\/(schemas\.(openxmlformats\.org|microsoft\.com)|purl\.oclc\.org)\//,
  // What libraries assume of an address that is always given.
  /^http:\/\/localhost:9999$/,
  /^https:\/\/maplibre\.invalid\/$/,
  // Pages that comments in deck.gl's shaders point to, and where its file loaders would find workers: none of them is used here,
  // and the pages' policy would refuse it.
  /^https:\/\/en\.wikipedia\.org\/wiki\//,
  /^https:\/\/unpkg\.com\/$/,
  // The marker that terra-draw would draw points with; ours have a style of their own.
  /^https:\/\/raw\.githubusercontent\.com\/JamesLMilner\/terra-draw\//,
];

it('nothing that is served refers to a foreign host', () => {
  const strange = code.flatMap((name) =>
    [...read(name).matchAll(/(?:https?|wss?):\/\/[\w.:-]+[\w./:-]*/g)]
      .map(([address]) => `${name}: ${address}`)
      .filter((line) => !named.some((known) => known.test(line.slice(line.indexOf(': ') + 2)))),
  );
  expect(strange).toEqual([]);
});

it('pages and styles load from here only', () => {
  const loaded = code
    .filter((name) => !name.endsWith('.js'))
    .flatMap((name) =>
      [...read(name).matchAll(/(?:\s(?:src|href|action)=|url\(|@import\s*)["']?([^"')>\s]+)/g)].map(
        ([, address = '']) => address,
      ),
    );
  expect(loaded.length).toBeGreaterThan(0);
  expect(loaded.filter((address) => !/^(\/(?!\/)|data:|#)/.test(address))).toEqual([]);
});

it('no source map, no token and no password is published', () => {
  expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
  const secrets =
    /sourceMappingURL=(?!data)|eyJ[\w-]{20,}\.[\w-]{20,}|sb_secret_|service_role|BEGIN [A-Z ]*PRIVATE KEY|shaocheng-2026/;
  expect(files.filter((name) => secrets.test(read(name)))).toEqual([]);
});

describe.each(residentPages)('%s', (page) => {
  const html = read(page);

  it('is one response of at most 20 KB', () => {
    expect(html).not.toMatch(/<script[^>]*\ssrc=|<link[^>]*rel="?(stylesheet|modulepreload|preload|import)/);
    expect(html).not.toMatch(/@import|url\((?!["']?(data:|#))|@font-face/);
    for (const { text } of scripts(html)) expect(text).not.toMatch(/\bimport\s*["'{*\w]/);
    expect(packed(page)).toBeLessThanOrEqual(20_000);
  });

  it('runs on phones that know ES2020 and nothing newer, with all it loads later', () => {
    const inline = scripts(html).filter(({ attributes }) => !attributes.includes('json'));
    expect(inline.length).toBeGreaterThan(0);
    for (const { attributes, text } of inline)
      parse(text, { ecmaVersion: 2020, sourceType: attributes.includes('module') ? 'module' : 'script' });

    const loaded = inline.flatMap(({ text }) => [...later(text)]);
    expect(loaded.length).toBeGreaterThan(0);
    for (const name of new Set(loaded))
      expect(
        () => parse(read(`assets/${name}`), { ecmaVersion: 2020, sourceType: 'module' }),
        name,
      ).not.toThrow();
  });
});

it('the service worker is one classic script that the same phones know', () => {
  expect(() => parse(read('sw.js'), { ecmaVersion: 2020, sourceType: 'script' })).not.toThrow();
});

it('the street’s map is drawn after at most 450 KiB of scripts', () => {
  const html = read('street/index.html');
  const entry = withImports([...html.matchAll(/\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name));
  // What else is loaded later, the map does not wait for.
  const lazy = [...entry].flatMap((name) => [...later(read(`assets/${name}`))]);
  const map = [...withImports(lazy.filter((name) => name.startsWith('live-map')))];
  const workers = new Set(
    [...entry, ...map].flatMap((name) =>
      [...read(`assets/${name}`).matchAll(/[a-z-]+-worker-[\w-]+\.js/g)].map(([found]) => found),
    ),
  );
  expect(map.some((name) => name.startsWith('live-map'))).toBe(true);
  // MapLibre's, the one that reads the snapshot and the one that keeps the clusters.
  expect(workers.size).toBe(3);
  const needed = new Set([...entry, ...map, ...workers]);
  const bytes = [...needed].reduce((sum, name) => sum + packed(`assets/${name}`), 0);
  expect(bytes).toBeLessThanOrEqual(450 * 1024);
});
