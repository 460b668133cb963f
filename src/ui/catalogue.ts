/** The message catalogue without any framework: the resident's page uses it bare, staff pages through language.svelte.ts. */

export type Language = 'zh' | 'en';
/** What the residents' pages speak: staff pages have no traditional Chinese. */
export type Tongue = Language | 'zh-Hant';
export type Words = Readonly<Record<string, string>>;

/** The names in `{braces}` of a message. */
type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;

type Params<Text extends string> = [Holes<Text>] extends [never]
  ? []
  : [params: Readonly<Record<Holes<Text>, string | number>>];

/** `t('resident.sent', { number })`: the key must exist, and each hole of its Chinese text must be filled. */
export type Translate<Zh extends Words> = <Key extends keyof Zh & string>(
  key: Key,
  ...params: Params<Zh[Key]>
) => string;

/** Fills the `{holes}` of a text; an unknown hole stays visible, so that it is noticed. */
export function fill(text: string, params?: Readonly<Record<string, unknown>>): string {
  return params ? text.replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole)) : text;
}

const slot = 'courtyard.language';

/** What was chosen on this device, traditional Chinese too. */
export function rememberedTongue(): Tongue {
  try {
    const chosen = localStorage.getItem(slot);
    return chosen === 'en' || chosen === 'zh-Hant' ? chosen : 'zh';
  } catch {
    return 'zh';
  }
}

/** The language chosen on this device; Chinese until another was chosen, and where nothing may be stored. */
export function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(slot) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

/** Remembers the choice and tells the document, for screen readers and hyphenation. */
export function rememberLanguage(language: Tongue): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : language;
  try {
    localStorage.setItem(slot, language);
  } catch {
    // Storage is closed in some private windows: the choice then lasts as long as the page.
  }
}
