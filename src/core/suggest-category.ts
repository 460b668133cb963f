/** One matter people report, as `open_courtyard` gives it. */
export interface Category {
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly keywords: readonly string[];
  /** Danger to life: the emergency numbers are shown first. */
  readonly urgent: boolean;
}

/**
 * The category whose keywords fit the words best, or null when none occurs: each keyword found weighs its length,
 * Chinese characters thrice a Latin letter. Of equals the urgent one wins, then the one listed first.
 */
export function suggestCategory(words: string, categories: readonly Category[]): Category | null {
  const text = words.toLowerCase();
  let best: Category | null = null;
  let bestWeight = 0;
  for (const category of categories) {
    let weight = 0;
    for (const keyword of [category.name, ...category.keywords])
      if (occurs(keyword.toLowerCase(), text)) weight += weigh(keyword);
    if (weight > bestWeight || (weight === bestWeight && category.urgent && best?.urgent === false)) {
      best = category;
      bestWeight = weight;
    }
  }
  return best;
}

/** Latin keywords begin at a word's start, so that “rat” is not found in “grate”; Chinese has no such border. */
function occurs(keyword: string, text: string): boolean {
  const at = text.indexOf(keyword);
  if (at < 0 || keyword === '') return false;
  if (!/^[a-z]/.test(keyword)) return true;
  return ` ${text}`.replace(/[^a-z0-9]/g, ' ').includes(` ${keyword.replace(/[^a-z0-9]/g, ' ')}`);
}

function weigh(keyword: string): number {
  return /[a-z]/i.test(keyword) ? keyword.length : keyword.length * 3;
}
