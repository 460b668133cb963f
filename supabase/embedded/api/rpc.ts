import type { Context } from 'hono';
import * as v from 'valibot';
import type { FunctionCaller } from './call.ts';
import type { RequestFacts } from './context.ts';
import { asErrorBody, errorStatus } from './errors.ts';
import type { Identity } from './identity.ts';

const Arguments = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

/**
 * Answers `POST /rest/v1/rpc/<name>` with a JSON object of arguments. Gives undefined for what it leaves to @supabase/lite:
 * other methods, media types, schemas and preferences, sets of rows, and names it does not know.
 */
export async function answerRpc(
  caller: FunctionCaller,
  name: string,
  request: { facts: RequestFacts; body: string; hasQuery: boolean },
  identity: Identity,
): Promise<Response | undefined> {
  const { facts, body, hasQuery } = request;
  if (facts.method !== 'POST' || hasQuery || facts.headers['prefer'] !== undefined) return undefined;
  if (!/^(application\/json|$)/.test(facts.headers['content-type'] ?? '')) return undefined;
  if (!/^$|\*\/\*|application\/json/.test(facts.headers['accept'] ?? '')) return undefined;
  if ((facts.headers['content-profile'] ?? 'public') !== 'public') return undefined;
  const parsed = v.safeParse(Arguments, body === '' ? '{}' : body);
  if (!parsed.success) return undefined;
  const given = Object.keys(parsed.output);
  try {
    const fn = await caller.find(name, given);
    if (!fn) return undefined;
    const answer = await caller.call(fn, given, body === '' ? '{}' : body, identity, facts);
    const headers = new Headers([['content-type', 'application/json; charset=utf-8'], ...answer.headers]);
    if (answer.body === null) return new Response(null, { status: answer.status ?? 204, headers });
    return new Response(answer.body, { status: answer.status ?? 200, headers });
  } catch (error) {
    return errorResponse(error, identity);
  }
}

/** A failed call in PostgREST's shape. */
export function errorResponse(error: unknown, identity: Pick<Identity, 'role'>): Response {
  const body = asErrorBody(error);
  return Response.json(body, { status: errorStatus(body.code, identity.role) });
}

/** What SQL may know of this request. `client` is the address of who sent it. */
export function requestFacts(c: Context, client: string): RequestFacts {
  const headers: Record<string, string> = {};
  c.req.raw.headers.forEach((value, name) => (headers[name] = value));
  headers['x-forwarded-for'] = client;
  return { method: c.req.method, path: c.req.path.replace(/^\/rest\/v1/, ''), headers };
}
