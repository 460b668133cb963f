import { fill, rememberLanguage, rememberedLanguage } from './catalogue.ts';
import type { Language, Translate, Words } from './catalogue.ts';

class LanguageState {
  #now = $state<Language>(rememberedLanguage());

  get now(): Language {
    return this.#now;
  }

  get other(): Language {
    return this.#now === 'zh' ? 'en' : 'zh';
  }

  switchTo(language: Language): void {
    this.#now = language;
    rememberLanguage(language);
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
