import type { Result } from './database.ts';

/** What the main thread asks of the worker. */
export type Request =
  | { id: number; kind: 'query'; sql: string; params: readonly unknown[] }
  | { id: number; kind: 'script'; sql: string }
  | { id: number; kind: 'listen'; channel: string }
  | { id: number; kind: 'close' };

/** An error of PostgreSQL. */
export interface Failure {
  message: string;
  code: string;
  detail?: string;
  hint?: string;
}

/** The code of what is no error of PostgreSQL but its end. */
export const BROKEN = '58000';

/** What the worker tells the main thread. */
export type Reply =
  | { kind: 'ready' }
  | { kind: 'result'; id: number; results: Result[] }
  | { kind: 'failure'; id: number; error: Failure }
  | { kind: 'notification'; channel: string; payload: string };
