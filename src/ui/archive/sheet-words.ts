import { language, translator } from '../language.svelte.ts';
import { sheetEn } from '../messages/sheet.en.ts';
import { sheetZh } from '../messages/sheet.zh.ts';
import type { Found, SheetField } from './archive-source.ts';
import { archiveWords, named, unitOf } from './words.ts';

/** The words of what is done on a courtyard's sheet. */
export const sheetWords = translator(sheetZh, sheetEn);

/** The name of a place's kind. */
export const kindName = (place: { kind_name: string; kind_name_en: string }): string =>
  language.now === 'en' ? place.kind_name_en : place.kind_name;

/** A field's value as its sheet says it. */
export function fieldWords(field: SheetField): string {
  const { value, options, type } = field;
  if (value === null) return archiveWords('value.none');
  if (typeof value === 'boolean') return archiveWords(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number')
    return type === 'share'
      ? `${Number((value * 100).toFixed(1))}%`
      : `${value} ${type === 'year' ? '' : unitOf(field)}`;
  const option = options?.find(({ code }) => code === value);
  return option ? named(option) : value;
}

/** What one condition found; empty where the reader may not see the field it rests on. */
export function foundWords(found: Found, fields: readonly SheetField[]): string {
  const count = found.count ?? 0;
  if (found.field !== undefined) {
    const field = fields.find(({ code }) => code === found.field);
    return field ? `${named(field)} ${fieldWords({ ...field, value: found.value })}` : '';
  }
  if (found.cases)
    return found.days === undefined
      ? sheetWords('evidence.cases', { count })
      : sheetWords('evidence.casesDays', { days: found.days, count });
  if (found.visits) return sheetWords('evidence.visits', { days: found.days ?? 0, count });
  if (found.hazards) return sheetWords('evidence.hazards', { count });
  return found.within === undefined
    ? sheetWords('evidence.resources', { count })
    : sheetWords('evidence.near', { metres: found.within, count });
}

type State =
  'in_use' | 'idle' | 'offered' | 'claimed' | 'broken' | 'gone' | 'open' | 'mending' | 'mended' | 'dismissed';
export const stateWord = (state: string): string => archiveWords(`sheet.state.${state as State}`);
