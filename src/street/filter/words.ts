import { ApiError } from '../../core/api-error.ts';
import { fill } from '../../ui/catalogue.ts';
import { language, translator } from '../../ui/language.svelte.ts';
import { filterEn } from '../../ui/messages/filter.en.ts';
import { filterZh } from '../../ui/messages/filter.zh.ts';
import { errorWords as common } from '../../ui/staff.ts';

/** The words of finding on the map: filter, time, table. */
export const t = translator(filterZh, filterEn);

type Known =
  Extract<keyof typeof filterZh, `error.${string}.way`> extends `error.${infer Code}.way` ? Code : never;
const isKnown = (code: string): code is Known => Object.hasOwn(filterZh, `error.${code}.way`);

/** What happened and what to do about it; what these functions alone refuse has words of its own. */
export function errorWords(error: unknown): { title: string; way: string } {
  if (!(error instanceof ApiError) || !isKnown(error.code)) return common(error);
  const words: Readonly<Record<string, string>> = language.now === 'zh' ? filterZh : filterEn;
  return {
    title: fill(words[`error.${error.code}`] ?? '', error.detail),
    way: words[`error.${error.code}.way`] ?? '',
  };
}
