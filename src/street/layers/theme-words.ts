import type { CourtyardFacts, Freshness } from '../../core/courtyard-facts.ts';
import { freshnesses } from '../../core/courtyard-facts.ts';
import { themeIds } from '../../core/theme/courtyard-theme.ts';
import type { ShadeClass, Shading, ThemeId } from '../../core/theme/courtyard-theme.ts';
import { formatNumber } from '../../core/format.ts';
import { language } from '../../ui/language.svelte.ts';
import { kindWord } from '../words.ts';
import { t } from './words.ts';

/** The name of something that has one in each language. */
export const named = ({ name, nameEn }: { name: string; nameEn: string | null }): string =>
  language.now === 'en' ? (nameEn ?? name) : name;

/** A theme's name; a label's own for a label. */
export function themeWord(theme: ThemeId, facts: CourtyardFacts | null): string {
  const known = themeIds.find((id) => id === theme);
  if (known) return t(`theme.${known}`);
  const label = facts?.labelList.find(({ code }) => `label.${code}` === theme);
  return label ? t('theme.labelNamed', { name: named(label) }) : t('theme.label');
}

const freshnessOf = (code: string): Freshness | undefined => freshnesses.find((one) => one === code);

function codeWord(theme: ThemeId, code: string): string {
  if (theme === 'kind') return kindWord(code);
  const freshness = freshnessOf(code);
  if (freshness) return t(`fresh.${freshness}`);
  return code === 'with' ? t('theme.with') : t('theme.without');
}

const percent = (share: number): string => String(Number((share * 100).toFixed(1)));

/** A line of a legend. Counts are whole, so a span of one number is that number. */
export function classWord({ theme, unit }: Shading, one: ShadeClass): string {
  if ('code' in one) return codeWord(theme, one.code);
  const { from, to } = one;
  if (unit === 'share') {
    if (to === null) return from >= 1 ? '100%' : t('theme.shareFrom', { from: percent(from) });
    return t('theme.shareSpan', { from: percent(from), to: percent(to) });
  }
  if (to === null) return t('theme.countFrom', { from });
  return to - 1 === from ? String(from) : `${from}–${to - 1}`;
}

/** What the theme says of one courtyard. */
export function valueWord(shading: Shading, courtyard: number): string {
  const value = shading.values.get(courtyard);
  if (value !== undefined)
    return shading.unit === 'share' ? `${percent(value)}%` : t('theme.count', { count: formatNumber(value) });
  const one = shading.classes[shading.of.get(courtyard) ?? -1];
  return one ? classWord(shading, one) : t('theme.unknown');
}
