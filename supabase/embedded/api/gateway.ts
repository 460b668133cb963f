import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import type { Database } from '../database/database.ts';
import type { Keys } from '../keys.ts';
import { compressAnswer } from '../web/compress.ts';
import { CLOSED_POLICY, COMMON_HEADERS } from '../web/policy.ts';
import { authRefusal, GuessLimit, isServedByAuth, refuseBanned } from './auth.ts';
import type { FunctionCaller } from './call.ts';
import type { FileStore } from './file-store.ts';
import { type Identity, TokenRefused, type Tokens } from './identity.ts';
import type { Lite } from './lite.ts';
import { answerUpload, asSignedLinks, asStorageStatus, PHOTO_BYTES, refusal } from './photos.ts';
import { ResumableUploads } from './resumable.ts';
import { answerRpc, requestFacts } from './rpc.ts';

const REST_BYTES = 32 * 1024 * 1024;
const ANONYMOUS_REST_BYTES = 256 * 1024;
const AUTH_BYTES = 16 * 1024;

export interface Parts {
  db: Database;
  keys: Keys;
  tokens: Tokens;
  lite: Lite;
  caller: FunctionCaller;
  photos: FileStore;
  /** The address of who sent the request. */
  clientOf: (c: Context) => string;
}

/** /rest/v1, /auth/v1 and /storage/v1: what stands between the network and the database. */
export function gateway(parts: Parts): Hono {
  const guesses = new GuessLimit();
  const uploads = new ResumableUploads(
    (request) => answerUpload((photo) => parts.lite.other(photo), request),
    (bucket, path) => parts.photos.describe(bucket, path) !== undefined,
  );
  const app = new Hono();
  app.use('/rest/v1/*', finished, limited(REST_BYTES));
  app.use('/auth/v1/*', finished, limited(AUTH_BYTES));
  app.use(
    '/storage/v1/*',
    finished,
    bodyLimit({ maxSize: PHOTO_BYTES + 8 * 1024, onError: () => refusal(413, 'photo_too_large') }),
  );
  app.all('/rest/v1/*', (c) => rest(c, parts));
  app.all('/auth/v1/*', (c) => auth(c, parts, guesses));
  app.all('/storage/v1/upload/resumable/:id?', (c) => uploads.answer(c.req.raw));
  app.all('/storage/v1/*', (c) => storage(c, parts));
  return app;
}

/** Compresses an answer and gives it the headers every answer of the API has. */
async function finished(c: Context, next: () => Promise<void>): Promise<void> {
  await next();
  const answer = c.res;
  // Hono adds the old answer's headers to the one that replaces it, its length among them: so there is none to replace.
  c.res = undefined;
  c.res = await compressAnswer(answer, c.req.header('accept-encoding'));
  for (const [name, value] of Object.entries(COMMON_HEADERS)) c.res.headers.set(name, value);
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  c.res.headers.set('content-security-policy', CLOSED_POLICY);
}

function limited(maxSize: number) {
  return bodyLimit({
    maxSize,
    onError: (c) => c.json({ code: 'PT413', message: 'body_too_large', details: null, hint: null }, 413),
  });
}

async function rest(c: Context, parts: Parts): Promise<Response> {
  if (c.req.method === 'OPTIONS') return parts.lite.other(c.req.raw);
  const key = apiKey(c, parts.keys);
  if (key instanceof Response) return key;
  let caller: Identity;
  try {
    caller = await parts.tokens.identify(bearer(c) ?? key);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    const [code, message] = error.expired ? ['PGRST303', 'JWT expired'] : ['PGRST301', 'JWT not accepted'];
    return Response.json(
      { code, message, details: null, hint: null },
      { status: 401, headers: { 'www-authenticate': 'Bearer' } },
    );
  }
  const body = /^(GET|HEAD)$/.test(c.req.method) ? '' : await c.req.raw.text();
  if (caller.role === 'anon' && body.length > ANONYMOUS_REST_BYTES) {
    return c.json({ code: 'PT413', message: 'body_too_large', details: null, hint: null }, 413);
  }
  const facts = requestFacts(c, parts.clientOf(c));
  const url = new URL(c.req.url);
  const name = /^\/rest\/v1\/rpc\/(\w+)$/.exec(url.pathname)?.[1];
  const answer =
    name && (await answerRpc(parts.caller, name, { facts, body, hasQuery: url.search !== '' }, caller));
  if (answer) return answer;
  const headers = new Headers(c.req.raw.headers);
  if (!bearer(c)) headers.set('authorization', `Bearer ${key}`);
  headers.set('x-forwarded-for', parts.clientOf(c));
  return parts.lite.rest(
    new Request(c.req.url, { method: c.req.method, headers, body: body === '' ? null : body }),
    caller,
  );
}

const PasswordBody = v.looseObject({ email: v.optional(v.string(), '') });
const UserBody = v.strictObject({
  password: v.optional(v.string()),
  data: v.optional(v.record(v.string(), v.unknown())),
  nonce: v.optional(v.string()),
  code_challenge: v.nullish(v.string()),
  code_challenge_method: v.nullish(v.string()),
});

async function auth(c: Context, parts: Parts, guesses: GuessLimit): Promise<Response> {
  if (c.req.method === 'OPTIONS') return parts.lite.other(c.req.raw);
  const key = apiKey(c, parts.keys);
  if (key instanceof Response) return key;
  if (!isServedByAuth(c.req.method, c.req.path))
    return authRefusal(404, 'not_supported', 'This server does not offer that.');
  const body = c.req.method === 'GET' ? '' : await c.req.raw.text();
  if (c.req.method === 'PUT' && !v.safeParse(v.pipe(v.string(), v.parseJson(), UserBody), body).success) {
    return authRefusal(422, 'not_supported', 'Only the password can be changed here.');
  }
  const send = () =>
    parts.lite.other(
      new Request(c.req.url, {
        method: c.req.method,
        headers: c.req.raw.headers,
        body: body === '' ? null : body,
      }),
    );
  if (!c.req.path.endsWith('/token')) return send();
  if (!/^(password|refresh_token)$/.test(c.req.query('grant_type') ?? '')) {
    return authRefusal(400, 'not_supported', 'This server does not offer that.');
  }
  if (c.req.query('grant_type') === 'refresh_token') return refuseBanned(parts.db, await send());
  const email = v.safeParse(v.pipe(v.string(), v.parseJson(), PasswordBody), body);
  const who = `${email.success ? email.output.email.toLowerCase() : ''} ${parts.clientOf(c)}`;
  if (guesses.isOver(who))
    return authRefusal(429, 'over_request_rate_limit', 'Too many attempts. Try again in a few minutes.');
  const answer = await send();
  if (answer.status === 400) guesses.failed(who);
  return refuseBanned(parts.db, answer);
}

async function storage(c: Context, parts: Parts): Promise<Response> {
  const isUpload =
    /^(POST|PUT)$/.test(c.req.method) &&
    /^\/storage\/v1\/object\/(?!list\/|sign\/|move$|copy$|info\/)/.test(c.req.path);
  if (isUpload && c.req.path.startsWith('/storage/v1/object/upload/')) return refusal(404, 'not_supported');
  if (isUpload) return answerUpload((request) => parts.lite.other(request), c.req.raw);
  const own = await ownResult(c, parts);
  if (own) return own;
  const answer = await parts.lite.other(c.req.raw);
  const signs = c.req.method === 'POST' && c.req.path.startsWith('/storage/v1/object/sign/');
  return signs ? asSignedLinks(answer) : asStorageStatus(answer);
}

/**
 * An office's photo for the resident whose tracking key came with the request. @supabase/lite's Storage does not tell policies of a
 * request's headers, as Supabase's does: so this one policy is asked here.
 */
async function ownResult(c: Context, parts: Parts): Promise<Response | null> {
  const key = c.req.header('x-courtyard-key');
  const path = /^\/storage\/v1\/object\/authenticated\/issue-photos\/(.+)$/.exec(c.req.path)?.[1];
  if (c.req.method !== 'GET' || !key || !path) return null;
  const { rows } = await parts.db.query(
    `select private.shows_result($1) as shown from (select set_config('request.headers', $2, true)) h`,
    [decodeURIComponent(path), JSON.stringify({ 'x-courtyard-key': key })],
  );
  const bytes = rows[0]?.['shown'] === true && parts.photos.read('issue-photos', decodeURIComponent(path));
  if (!bytes) return refusal(404, 'not_found');
  return new Response(bytes, {
    headers: { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=3600' },
  });
}

/** The request's API key, as Supabase's gateway wants it, or its refusal. */
function apiKey(c: Context, keys: Keys): string | Response {
  const key = c.req.header('apikey') ?? c.req.query('apikey');
  if (key === keys.anonKey || key === keys.serviceKey) return key;
  return c.json({ message: key ? 'Invalid API key' : 'No API key found in request' }, 401);
}

function bearer(c: Context): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
}
