import { DatabaseError } from '../database/database.ts';
import type { Role } from './identity.ts';

/** PostgREST's error body; clients decide on `code` and `message`. */
export interface ErrorBody {
  code: string;
  message: string;
  details: string | null;
  hint: string | null;
}

/** A database error as PostgREST answers it. What is no database error tells the caller nothing but that it failed. */
export function asErrorBody(error: unknown): ErrorBody {
  if (!(error instanceof DatabaseError))
    return { code: 'SUP', message: 'internal_error', details: null, hint: null };
  return { code: error.code, message: error.message, details: shownDetail(error), hint: error.hint ?? null };
}

/** The HTTP status of a database error: xyz for PTxyz, else by PostgREST's table. */
export function errorStatus(code: string, role: Role): number {
  const chosen = /^PT(\d{3})$/.exec(code)?.[1];
  if (chosen) return Number(chosen) >= 200 && Number(chosen) <= 599 ? Number(chosen) : 500;
  const exact = EXACT[code];
  if (exact !== undefined) return exact;
  if (code === '42501') return role === 'anon' ? 401 : 403;
  return CLASSES[code.slice(0, 2)] ?? 500;
}

const EXACT: Record<string, number> = {
  P0001: 400,
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
  '57014': 504,
  '57P01': 503,
  '53400': 500,
};

const CLASSES: Record<string, number> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '21': 400,
  '22': 400,
  '23': 400,
  '25': 500,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '42': 400,
  '53': 503,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
};

/** PostgreSQL's own details quote rows (“Failing row contains …”): only what the project's functions wrote is passed on. */
function shownDetail(error: DatabaseError): string | null {
  return /^(PT|P0)/.test(error.code) ? (error.detail ?? null) : null;
}
