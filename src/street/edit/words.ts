import { ApiError, isRecord } from '../../core/api-error.ts';
import { language, translator } from '../../ui/language.svelte.ts';
import { drawingEn } from '../../ui/messages/drawing.en.ts';
import { drawingZh } from '../../ui/messages/drawing.zh.ts';
import { errorWords } from '../../ui/staff.ts';

/** The words of drawing, and of doing things to several issues from the map. */
export const t = translator(drawingZh, drawingEn);

/** Several names as a list. */
export const listed = (names: readonly string[]): string => names.join(language.now === 'en' ? ', ' : '、');

type Known =
  Extract<keyof typeof drawingZh, `draw.error.${string}.way`> extends `draw.error.${infer Code}.way`
    ? Code
    : never;
const isKnown = (code: string): code is Known => Object.hasOwn(drawingZh, `draw.error.${code}.way`);

/** Why what was drawn was refused, and the way on. */
export function refusal(error: unknown): { title: string; way: string } {
  if (!(error instanceof ApiError) || !isKnown(error.code)) return errorWords(error);
  const { name, courtyards } = error.detail;
  const names = Array.isArray(courtyards)
    ? courtyards.map((one) => (isRecord(one) ? String(one['name']) : ''))
    : [];
  return {
    title: t(`draw.error.${error.code}`, {
      name: typeof name === 'string' ? name : '',
      names: listed(names),
    }),
    way: t(`draw.error.${error.code}.way`),
  };
}

/** Where the database found the flaw, when it said so. */
export function flawOf(error: unknown): [number, number] | null {
  const at = error instanceof ApiError ? error.detail['at'] : null;
  return Array.isArray(at) && typeof at[0] === 'number' && typeof at[1] === 'number' ? [at[0], at[1]] : null;
}
