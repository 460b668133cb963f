import { isRecord } from '../core/api-error.ts';
import type { ClockKind } from '../core/clock-words.ts';
import { differences, type Difference } from '../core/differences.ts';
import { language } from '../ui/language.svelte.ts';
import { actionWord } from '../ui/issue/words.ts';
import { noticeWord } from '../ui/staff.ts';
import type { SettingChange } from '../core/setting.ts';
import type { Settings } from './settings.svelte.ts';
import { classWord, looked, minutesWord, named, t, titled } from './words.ts';

/** The fields of each kind of setting in the order of its form; `version` is bookkeeping and never shown. */
const order: Readonly<Record<string, readonly string[]>> = {
  category: ['name', 'name_en', 'class', 'keywords', 'level', 'department_id', 'duty', 'urgency', 'clock'],
  duty: ['list', 'title', 'title_en', 'instead', 'active'],
  clock: ['clock', 'accept_minutes', 'dispatch_minutes', 'handle_minutes', 'verify_minutes'],
  template: ['action', 'title', 'words', 'addressee'],
  hook: ['name', 'kind', 'audience', 'kinds', 'active'],
  code: ['place', 'ending', 'reason'],
  base: ['name', 'name_en', 'kind', 'url', 'layer', 'hosts', 'attribution', 'active'],
};
const hidden = ['version', 'code', 'id', 'street_id', 'area_id'];

const record = (value: unknown): Record<string, unknown> | null => (isRecord(value) ? value : null);

/** What a change of a setting with fields did. A changed way of counting shows every length, which then reads differently. */
export function changesOf(what: string, before: unknown, after: unknown): Difference[] {
  const [was, is] = [record(before), record(after)];
  const all = differences(was, is, order[what]).filter(({ field }) => !hidden.includes(field));
  return all.map((change) =>
    change.field.endsWith('_minutes')
      ? { ...change, before: timed(change.before, was), after: timed(change.after, is) }
      : change,
  );
}

/** Minutes together with how they were counted. */
const timed = (minutes: unknown, row: Record<string, unknown> | null): unknown =>
  typeof minutes === 'number' ? { minutes, clock: row?.['clock'] === 'wall' ? 'wall' : 'working' } : minutes;

export function fieldWord(what: string, field: string): string {
  return looked(`field.${what}.${field}`) ?? looked(`field.${field}`) ?? field;
}

const list = (words: readonly string[]): string => words.join(language.now === 'en' ? ', ' : '、');

/** A field's value as a person reads it. */
export function valueWord(field: string, value: unknown, settings: Settings): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return field === 'kinds' ? t('hook.kinds.allOf') : t('history.none');
  if (typeof value === 'boolean') return value ? t('history.yes') : t('history.no');
  if (Array.isArray(value)) {
    const words = value.map(String);
    return list(field === 'kinds' ? words.map(noticeWord) : words);
  }
  if (isRecord(value) && typeof value['minutes'] === 'number') {
    const clock: ClockKind = value['clock'] === 'wall' ? 'wall' : 'working';
    return minutesWord(value['minutes'], clock);
  }
  if (field === 'department_id') {
    const department = settings.departments.find(({ id }) => id === value);
    return department ? named(department) : String(value);
  }
  if (field === 'duty') {
    const entry = settings.duties.find(({ code }) => code === value);
    return entry ? titled(entry) : String(value);
  }
  if (field === 'action') return actionWord(String(value));
  if (field === 'class') return classWord(String(value));
  if (field.endsWith('_minutes')) return `${String(value)} ${t('unit.minute')}`;
  const own =
    field === 'kind' ? (looked(`hook.kind.${String(value)}`) ?? looked(`bases.kind.${String(value)}`)) : null;
  return own ?? looked(`${field}.${String(value)}`) ?? String(value);
}

/** What was changed, by its name: the setting's own, or that of the row its key leads to. */
export function subjectOf({ what, key, before, after }: SettingChange, settings: Settings): string {
  if (what === 'clock') return looked(`urgency.${key ?? ''}`) ?? key ?? '';
  if (what === 'calendar') return t('calendar.year', { year: key ?? '' });
  if (what === 'hours') return t('hours.title');
  const row = record(after) ?? record(before);
  const name = language.now === 'en' ? (row?.['name_en'] ?? row?.['title_en']) : null;
  const own = name ?? row?.['name'] ?? row?.['title'];
  return typeof own === 'string'
    ? own
    : (settings.categories.find(({ code }) => code === key)?.name ?? key ?? '');
}
