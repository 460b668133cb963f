import { ApiError } from '../core/api-error.ts';
import { fill } from './catalogue.ts';
import type { Words } from './catalogue.ts';

/**
 * The sentence for an error from the catalogue of the language in use (which must hold `error.*` keys), with the
 * error's own facts filled in. A code without a sentence gets the one for unknown errors.
 */
export function errorWords(error: unknown, words: Words): string {
  const api = error instanceof ApiError ? error : null;
  return fill(words[`error.${api?.code ?? 'unknown'}`] ?? words['error.unknown'] ?? '', api?.detail);
}
