import { literal } from '../database/literal.ts';
import type { Identity } from './identity.ts';

/** What SQL may know of the HTTP request. Header names are lower case. */
export interface RequestFacts {
  method: string;
  path: string;
  headers: Record<string, string>;
}

const HIDDEN = new Set(['authorization', 'apikey', 'cookie']);

/**
 * The statement PostgREST begins each transaction with: it takes the caller's role and sets request.*, for this transaction
 * only. Unlike there, the headers that carry keys are left out.
 */
export function contextSql(identity: Identity, request: RequestFacts): string {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !HIDDEN.has(name)));
  const settings: [string, string][] = [
    ['role', identity.role],
    ['search_path', 'public, extensions'],
    ['request.jwt.claims', JSON.stringify(identity.claims)],
    ['request.method', request.method],
    ['request.path', request.path],
    ['request.headers', JSON.stringify(headers)],
    ['response.status', ''],
    ['response.headers', ''],
  ];
  return `select ${settings.map(([name, value]) => `set_config('${name}', ${literal(value)}, true)`).join(', ')}`;
}
