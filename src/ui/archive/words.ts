import type { Overfull } from '../../core/archive/checks.ts';
import type { Trouble } from '../../core/archive/draft.ts';
import { bounds, type Field } from '../../core/archive/field.ts';
import type { Value } from '../../core/archive/merge.ts';
import { writeValue } from '../../core/archive/value.ts';
import { language, translator } from '../language.svelte.ts';
import { archiveEn } from '../messages/archive.en.ts';
import { archiveZh } from '../messages/archive.zh.ts';

/** The words all screens of the archive share. Everything here follows the language. */
export const archiveWords = translator(archiveZh, archiveEn);
const t = archiveWords;

const english = (): boolean => language.now === 'en';

/** The name of something that has one in each language. */
export const named = (thing: { name: string; name_en: string | null }): string =>
  (english() ? thing.name_en : null) ?? thing.name;

export const unitOf = (field: Pick<Field, 'unit' | 'unit_en'>): string =>
  (english() ? field.unit_en : field.unit) ?? '';

/** A value as it is read, with its unit; “未填” where nothing is known. */
export function valueWords(field: Field, value: Value): string {
  if (value === null) return t('value.none');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  const text = writeValue(value, field, english());
  const unit =
    typeof value === 'number' && field.type !== 'share' && field.type !== 'year' ? unitOf(field) : '';
  return unit ? `${text} ${unit}` : text;
}

/** A value in a table whose column says what it is: without its unit, “—” where nothing is known. */
export function shortValue({ type }: Pick<Field, 'type'>, value: Value): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number' && type === 'share') return `${Number((value * 100).toFixed(1))}%`;
  return typeof value === 'number' ? String(Number(value.toFixed(2))) : value;
}

/** 2026年4季度. */
export const quarterWords = (quarter: string): string =>
  t('quarter', { year: quarter.slice(0, 4), number: quarter.slice(-1) });

/** What is wrong with what stands in a field. */
export function troubleWords(trouble: Trouble, field: Field): string {
  if (trouble.problem === 'jump')
    return trouble.now === null
      ? t('problem.emptied', { before: valueWords(field, trouble.before) })
      : t('problem.jump', {
          before: valueWords(field, trouble.before),
          now: valueWords(field, trouble.now),
        });
  const [low, high] = bounds(field);
  const said = { low: valueWords(field, low), high: valueWords(field, high) };
  return t(`problem.${trouble.problem}`, said);
}

/** Parts that are more than their whole: “60岁以上合计 68，多于常住人口 67”. */
export function sumWords({ rule, sum, whole }: Overfull, fields: readonly Field[]): string {
  const name = (code: string): string => {
    const field = fields.find((one) => one.code === code);
    return field ? named(field) : code;
  };
  return t('problem.sum', {
    parts: rule.parts.map(name).join(english() ? ', ' : '、'),
    sum,
    whole: name(rule.whole),
    count: whole,
  });
}
