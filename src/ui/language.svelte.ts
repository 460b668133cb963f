import { fill, rememberLanguage, rememberedLanguage } from './catalogue.ts';
import type { Language, Translate, Words } from './catalogue.ts';

/** Fetches of the English words that come late. */
const english: (() => Promise<void>)[] = [];

class LanguageState {
  #now = $state<Language>(rememberedLanguage());

  get now(): Language {
    return this.#now;
  }

  get other(): Language {
    return this.#now === 'zh' ? 'en' : 'zh';
  }

  /** Resolves when the words of the language in use are here; those that are not are Chinese until then. */
  async ready(): Promise<void> {
    if (this.#now === 'en') await Promise.all(english.map((load) => load()));
  }

  switchTo(language: Language): void {
    rememberLanguage(language);
    const change = (): void => void (this.#now = language);
    if (language === 'zh') change();
    else void Promise.all(english.map((load) => load())).then(change, change);
  }
}

/** The language of the page: read `language.now` anywhere, `language.switchTo('en')` to change it. */
export const language = new LanguageState();

/**
 * Makes the typed `t` of a surface from its own catalogues:
 * `export const t = translator({ ...commonZh, ...streetZh }, { ...commonEn, ...streetEn })`.
 * What it gives follows `language.now`, so templates update by themselves.
 */
export function translator<const Zh extends Words>(
  zh: Zh,
  en: { readonly [Key in keyof Zh]: string },
): Translate<Zh> {
  return (key, ...params) => fill((language.now === 'zh' ? zh : en)[key], params[0]);
}

/** As `translator`, for words every page needs at once: the English ones are fetched by whoever reads English. */
export function lateTranslator<const Zh extends Words>(
  zh: Zh,
  load: () => Promise<{ readonly [Key in keyof Zh]: string }>,
): Translate<Zh> {
  let en = $state.raw<Words | null>(null);
  const fetch = async (): Promise<void> => {
    en ??= await load();
  };
  english.push(fetch);
  // Words of a part that comes after the page was opened.
  if (language.now === 'en') fetch().catch(() => undefined);
  return (key, ...params) => fill((language.now === 'en' ? en : zh)?.[key] ?? zh[key] ?? '', params[0]);
}
