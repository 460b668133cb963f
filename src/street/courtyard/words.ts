import type { ArchiveField, CourtyardArchive } from '../../core/courtyard-archive.ts';
import { formatNumber } from '../../core/format.ts';
import { language, translator } from '../../ui/language.svelte.ts';
import { courtyardEn } from '../../ui/messages/courtyard.en.ts';
import { courtyardZh } from '../../ui/messages/courtyard.zh.ts';

/** The words of a courtyard's archive and of its points. */
export const t = translator(courtyardZh, courtyardEn);

/** The name of something that has one in each language. */
export const named = ({ name, name_en }: { name: string; name_en: string | null }): string =>
  language.now === 'en' ? (name_en ?? name) : name;

export const kindNamed = (place: { kind_name: string; kind_name_en: string | null }): string =>
  named({ name: place.kind_name, name_en: place.kind_name_en });

/** A field's value as people read it; null when it is not known. */
export function valueWord({ type, value, unit, unit_en, options }: ArchiveField): string | null {
  if (value === null || value === '') return null;
  if (typeof value === 'boolean') return t(value ? 'archive.yes' : 'archive.no');
  if (typeof value === 'number') {
    if (type === 'share') return `${Number((value * 100).toFixed(1))}%`;
    const unitWord = language.now === 'en' ? unit_en : unit;
    const number = type === 'year' ? String(value) : formatNumber(value);
    return unitWord ? `${number} ${unitWord}` : number;
  }
  const codes = Array.isArray(value) ? value : [value];
  const words = codes.map((code) => {
    const option = options?.find((one) => one.code === code);
    return option ? named(option) : code;
  });
  return words.join(t('archive.comma'));
}

const numberIn = (row: object, name: string): number | null => {
  const value: unknown = Reflect.get(row, name);
  return typeof value === 'number' ? value : null;
};

/** Why a derived label is there: what its rule found, in a sentence. */
export function evidenceWord(evidence: unknown, { modules }: Pick<CourtyardArchive, 'modules'>): string {
  const found = Array.isArray(evidence) ? evidence : [];
  const said = found.flatMap((row: unknown): string[] => {
    if (typeof row !== 'object' || row === null) return [];
    const code: unknown = Reflect.get(row, 'field');
    const count = numberIn(row, 'count') ?? 0;
    if (typeof code === 'string') {
      const field = modules.flatMap(({ fields }) => fields).find((one) => one.code === code);
      return field ? [`${named(field)} ${valueWord(field) ?? t('archive.unknown')}`] : [];
    }
    const days = numberIn(row, 'days');
    if ('cases' in row)
      return [days === null ? t('evidence.open', { count }) : t('evidence.cases', { days, count })];
    if ('visits' in row) return [t('evidence.visits', { days: days ?? 0, count })];
    if ('hazards' in row) return [t('evidence.hazards', { count })];
    const metres = numberIn(row, 'within');
    return [metres === null ? t('evidence.resources', { count }) : t('evidence.near', { metres, count })];
  });
  return said.join(t('archive.comma'));
}
