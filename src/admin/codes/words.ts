import { fill, type Language, type Words } from '../../ui/catalogue.ts';
import { translator } from '../../ui/language.svelte.ts';
import { codesEn } from '../../ui/messages/codes.en.ts';
import { codesZh } from '../../ui/messages/codes.zh.ts';
import type { PosterWords } from '../../core/poster.ts';

/** The words of the codes' pages. */
export const t = translator(codesZh, codesEn);

/** What a poster says, in the language of those who will read it, whatever the administrator's page speaks. */
export function posterWords(street: string, host: string, language: Language): PosterWords {
  const words: Words = language === 'en' ? codesEn : codesZh;
  const say = (key: keyof typeof codesZh): string => fill(words[key] ?? '', { street, host });
  return {
    brand: say('sheet.brand'),
    call: say('sheet.call'),
    asks: [say('sheet.asks'), say('sheet.asksNot')],
    steps: [say('sheet.step1'), say('sheet.step2'), say('sheet.step3')],
    emergency: say('sheet.emergency'),
    numbers: say('sheet.numbers'),
    seal: say('sheet.seal'),
    code: say('sheet.code'),
    genuine: say('sheet.genuine'),
  };
}
