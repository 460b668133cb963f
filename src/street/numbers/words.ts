import { language, translator } from '../../ui/language.svelte.ts';
import { numbersEn } from '../../ui/messages/numbers.en.ts';
import { numbersZh } from '../../ui/messages/numbers.zh.ts';

/** The words of the page of figures. */
export const t = translator(numbersZh, numbersEn);

/** A name in the language of the page; the Chinese one where there is no other. */
export const nameOf = ({ name, name_en }: { name: string; name_en: string | null }): string =>
  (language.now === 'en' ? name_en : null) ?? name;
