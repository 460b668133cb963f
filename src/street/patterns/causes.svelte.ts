import type { Category } from '../../core/category.ts';
import { listCategories } from '../../data/categories.ts';
import { language } from '../../ui/language.svelte.ts';
import { t } from './words.ts';

/** What causes are called, read once; codes stand for names that could not be read. */
class Causes {
  #known = $state.raw<ReadonlyMap<string, Category>>(new Map());
  #asked = false;
  #settled = $state(false);

  /** Whether names are here, or will not come: before, a list would be of codes nobody knows. */
  get settled(): boolean {
    return this.#settled;
  }

  load(): void {
    if (this.#asked) return;
    this.#asked = true;
    listCategories()
      .then(
        (all) => (this.#known = new Map(all.map((one) => [one.code, one]))),
        () => (this.#asked = false),
      )
      .finally(() => (this.#settled = true));
  }

  name(code: string | null): string {
    if (code === null) return t('patterns.cause.none');
    if (!this.#settled) return '…';
    const known = this.#known.get(code);
    return (language.now === 'zh' ? known?.name : known?.name_en) ?? code;
  }
}

export const causes = new Causes();
