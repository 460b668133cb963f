import { fill, rememberLanguage, rememberedTongue } from '../ui/catalogue.ts';
import type { Language, Tongue, Translate, Words } from '../ui/catalogue.ts';
import { errorWords } from '../ui/error-words.ts';
import { errorsZh } from '../ui/messages/errors.zh.ts';
import { residentZh } from '../ui/messages/resident.zh.ts';

/** What both of the resident's pages can say. */
export const sharedZh = { ...errorsZh, ...residentZh };

let zh: Words = sharedZh;
let words: Words = zh;
let tongue: Tongue = 'zh';
/** Where the other catalogues come from; each is a file of its own. */
let others: Others = {
  en: () => Promise.resolve({ words: zh }),
  'zh-Hant': () => Promise.resolve({ words: zh }),
};

type Others = Readonly<
  Record<'en' | 'zh-Hant', () => Promise<{ words: Words; turn?: (text: string) => string }>>
>;

/** Writes a name that comes from the server in the characters in use. */
let turn = (text: string) => text;

/** Gives a page its catalogue: Chinese comes with it, the others are files of their own. Returns the page's typed `t`. */
export function useWords<const Zh extends Words>(pageZh: Zh, pageOthers: Others): Translate<Zh> {
  zh = words = pageZh;
  others = pageOthers;
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

export function currentTongue(): Tongue {
  return tongue;
}

/** As far as dates and the map are concerned. */
export function currentLanguage(): Language {
  return tongue === 'en' ? 'en' : 'zh';
}

/** A category's name in the language in use. */
export function named({ name, name_en: en }: { readonly name: string; readonly name_en: string }): string {
  return tongue === 'en' ? en : turn(name);
}

/** Switches the words. When another language could not be had, the one in use stays. */
export async function speak(wanted: Tongue): Promise<void> {
  try {
    const other = wanted === 'zh' ? { words: zh } : await others[wanted]();
    words = other.words;
    turn = ('turn' in other && other.turn) || ((text) => text);
  } catch {
    return;
  }
  tongue = wanted;
  rememberLanguage(wanted);
}

/** The language chosen on an earlier visit. */
export function speakAsRemembered(): Promise<void> {
  return speak(rememberedTongue());
}
