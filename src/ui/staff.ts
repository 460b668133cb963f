import { ApiError } from '../core/api-error.ts';
import { translator } from './language.svelte.ts';
import { staffEn } from './messages/staff.en.ts';
import { staffZh } from './messages/staff.zh.ts';

/** The words of the parts all staff screens share. */
export const staff = translator(staffZh, staffEn);

type Known =
  Extract<keyof typeof staffZh, `error.${string}.way`> extends `error.${infer Code}.way` ? Code : never;

const isKnown = (code: string): code is Known => Object.hasOwn(staffZh, `error.${code}.way`);

/** What happened and what to do about it, in the user's language. Follows the language. */
export function errorWords(error: unknown): { title: string; way: string } {
  const code = error instanceof ApiError && isKnown(error.code) ? error.code : 'unknown';
  if (code === 'field_too_long') {
    const max = error instanceof ApiError ? Number(error.detail['max']) : 0;
    return { title: staff('error.field_too_long'), way: staff('error.field_too_long.way', { max }) };
  }
  return { title: staff(`error.${code}`), way: staff(`error.${code}.way`) };
}
