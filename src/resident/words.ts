import { fill, rememberLanguage, rememberedLanguage } from '../ui/catalogue.ts';
import type { Language, Translate, Words } from '../ui/catalogue.ts';
import { errorWords } from '../ui/error-words.ts';
import { errorsZh } from '../ui/messages/errors.zh.ts';
import { residentZh } from '../ui/messages/resident.zh.ts';

const zh = { ...errorsZh, ...residentZh };

let words: Words = zh;
let language: Language = 'zh';

/** A sentence in the language in use. */
export const t: Translate<typeof zh> = (key, ...params) => fill(words[key] ?? zh[key], params[0]);

/** A key that is only known when it comes, such as a state's; the fallback serves those without a sentence. */
export function tOr(key: string, fallback: keyof typeof zh, params?: Record<string, unknown>): string {
  return fill(words[key] ?? words[fallback] ?? '', params);
}

export function sentenceOf(error: unknown): string {
  return errorWords(error, words);
}

export function currentLanguage(): Language {
  return language;
}

/** Switches the words; English comes as a file of its own. False when it could not be had: then Chinese stays. */
export async function speak(wanted: Language): Promise<boolean> {
  if (wanted === 'en') {
    try {
      words = (await import('./english.ts')).en;
    } catch {
      return false;
    }
  } else words = zh;
  language = wanted;
  rememberLanguage(wanted);
  return true;
}

/** The language chosen on an earlier visit. */
export function speakAsRemembered(): Promise<boolean> {
  return speak(rememberedLanguage());
}
