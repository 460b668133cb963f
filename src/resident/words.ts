import { fill, rememberLanguage, rememberedLanguage } from '../ui/catalogue.ts';
import type { Language, Translate, Words } from '../ui/catalogue.ts';
import { errorWords } from '../ui/error-words.ts';
import { errorsZh } from '../ui/messages/errors.zh.ts';
import { residentZh } from '../ui/messages/resident.zh.ts';

/** What both of the resident's pages can say. */
export const sharedZh = { ...errorsZh, ...residentZh };

let zh: Words = sharedZh;
let words: Words = zh;
let language: Language = 'zh';
let english: () => Promise<{ en: Words }> = () => Promise.resolve({ en: zh });

/** Gives a page its catalogue: Chinese comes with it, English is a file of its own. Returns the page's typed `t`. */
export function useWords<const Zh extends Words>(pageZh: Zh, pageEnglish: typeof english): Translate<Zh> {
  zh = words = pageZh;
  english = pageEnglish;
  return say;
}

const say = (key: string, params?: Record<string, unknown>) => tOr(key, key, params);

/** A sentence both pages have, in the language in use. */
export const t: Translate<typeof sharedZh> = say;

/** A key that is only known when it comes, such as a step's; the fallback serves those without a sentence. */
export function tOr(key: string, fallback: string, params?: Record<string, unknown>): string {
  return fill(words[key] ?? words[fallback] ?? '', params);
}

export function hasWords(key: string): boolean {
  return key in words;
}

/** What happened, what is safe, what to do. */
export function sentenceOf(error: unknown): string {
  return errorWords(error, words);
}

export function currentLanguage(): Language {
  return language;
}

/** Switches the words. When English could not be had, Chinese stays. */
export async function speak(wanted: Language): Promise<void> {
  try {
    words = wanted === 'en' ? (await english()).en : zh;
  } catch {
    return;
  }
  language = wanted;
  rememberLanguage(wanted);
}

/** The language chosen on an earlier visit. */
export function speakAsRemembered(): Promise<void> {
  return speak(rememberedLanguage());
}
