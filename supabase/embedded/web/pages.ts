import * as v from 'valibot';
import type { FunctionCaller } from '../api/call.ts';
import { asErrorBody, errorStatus } from '../api/errors.ts';
import type { Identity } from '../api/identity.ts';
import { DatabaseError } from '../database/database.ts';

/** An HTML page as it will be sent, before compression. */
export interface Page {
  html: string;
  status: number;
}

const NOBODY: Identity = { role: 'anon', claims: { role: 'anon' }, expiresAt: Infinity };
const COURTYARD = /(<script[^>]*\bid="courtyard"[^>]*>)\s*(<\/script>)/;
const CODE = /^[\w-]{1,64}$/;
const UNKNOWN = { code: 'PT404', message: 'code_unknown', details: null, hint: null };

/** Which surface's page answers a path; undefined when none does. */
export function surfaceOf(
  path: string,
): 'resident' | 'follow' | 'street/wall' | 'street' | 'community' | 'admin' | undefined {
  if (/^\/c\/[^/]+\/?$/.test(path)) return 'resident';
  if (path === '/' || /^\/t\/[^/]+\/?$/.test(path)) return 'follow';
  return (['street/wall', 'street', 'community', 'admin'] as const).find(
    (surface) => path === `/${surface}` || path.startsWith(`/${surface}/`),
  );
}

/** Puts the API's address (empty: this server) and public key where the built page has placeholders. */
export function withConfig(html: string, anonKey: string): string {
  return html.replaceAll('%SUPABASE_ANON_KEY%', anonKey).replaceAll('%SUPABASE_URL%', '');
}

/**
 * A courtyard's page with what `open_courtyard` answers already inside, so that the phone needs one request. A code that is
 * unknown or revoked gives the same page with the error inside and that error's status. When the database cannot answer now,
 * the page is sent without, and asks by itself.
 */
export async function courtyardPage(
  html: string,
  code: string,
  caller: FunctionCaller,
  path: string,
): Promise<Page> {
  if (!CODE.test(code)) return { html: inlined(html, JSON.stringify({ error: UNKNOWN })), status: 404 };
  try {
    const fn = await caller.find('open_courtyard', ['code']);
    if (!fn) return { html, status: 200 };
    const answer = await caller.call(fn, ['code'], JSON.stringify({ code }), NOBODY, {
      method: 'GET',
      path,
      headers: {},
    });
    return { html: inlined(withPlaque(html, answer.body ?? 'null'), answer.body ?? 'null'), status: 200 };
  } catch (error) {
    if (!(error instanceof DatabaseError) || !error.code.startsWith('PT')) return { html, status: 200 };
    return {
      html: inlined(html, JSON.stringify({ error: asErrorBody(error) })),
      status: errorStatus(error.code, 'anon'),
    };
  }
}

const Plaque = v.object({
  courtyard: v.object({ name: v.string(), address: v.string(), community: v.string(), street: v.string() }),
});

/** The yard's name on the plaque, so that it stands there before any script has run. */
function withPlaque(html: string, json: string): string {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Plaque), json);
  if (!read.success) return html;
  const { name, address, community, street } = read.output.courtyard;
  const fill = (page: string, tag: string, text: string) =>
    page.replace(new RegExp(`(<${tag}[^>]*>)[^<]*`), (_all, open: string) => open + escaped(text));
  return [
    ['title', name],
    ['h1 id="yard"', name],
    ['p id="yard-address"', address === name ? '' : address],
    ['p id="yard-offices"', `${community} · ${street}`],
  ].reduce((page, [tag = '', text = '']) => fill(page, tag, text), html);
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function inlined(html: string, json: string): string {
  const safe = json
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return html.replace(COURTYARD, (_all, open: string, close: string) => open + safe + close);
}

/** What someone sees who opens an address that leads nowhere. */
export const NOT_FOUND_PAGE = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>找不到页面 · Page not found</title>
<main>
<h1>找不到这个页面</h1>
<p>请检查网址，或重新扫描院落墙上的二维码。</p>
<p lang="en">This page does not exist. Check the address, or scan the courtyard’s code again.</p>
<p><a href="/">数字院落</a></p>
</main>
</html>
`;
