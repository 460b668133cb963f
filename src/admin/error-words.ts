import type { ApiError } from '../core/api-error.ts';
import { language } from '../ui/language.svelte.ts';
import { errorWords } from '../ui/staff.ts';
import { looked } from './words.ts';

const said = (value: unknown): unknown =>
  Array.isArray(value) ? value.join(language.now === 'en' ? ', ' : '、') : value;

/** What happened and what to do about it: the words of these pages first, then those of all staff pages. */
export function settingErrorWords(error: ApiError): { title: string; way: string } {
  const facts = Object.fromEntries(Object.entries(error.detail).map(([name, value]) => [name, said(value)]));
  const title = looked(`error.${error.code}`, facts);
  const way = looked(`error.${error.code}.way`, facts);
  return title !== null && way !== null ? { title, way } : errorWords(error);
}
