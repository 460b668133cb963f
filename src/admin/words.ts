import { clockWords, type ClockKind } from '../core/clock-words.ts';
import type { Urgency } from '../core/issue.ts';
import { classes, type DutyList, type Level } from '../core/setting.ts';
import { fill, type Words } from '../ui/catalogue.ts';
import { language, translator } from '../ui/language.svelte.ts';
import { adminBasesEn } from '../ui/messages/admin-bases.en.ts';
import { adminBasesZh } from '../ui/messages/admin-bases.zh.ts';
import { adminRecordsEn } from '../ui/messages/admin-records.en.ts';
import { adminRecordsZh } from '../ui/messages/admin-records.zh.ts';
import { adminEn } from '../ui/messages/admin.en.ts';
import { adminZh } from '../ui/messages/admin.zh.ts';

const zh = { ...adminZh, ...adminRecordsZh, ...adminBasesZh };
const en = { ...adminEn, ...adminRecordsEn, ...adminBasesEn };

/** The words of the administrator's pages. */
export const t = translator(zh, en);

/** The text of a key put together from outside, such as an error's code, with its holes filled; null when there is none. */
export function looked(key: string, params?: Readonly<Record<string, unknown>>): string | null {
  const words: Words = language.now === 'en' ? en : zh;
  const text = Object.hasOwn(words, key) ? words[key] : undefined;
  return text === undefined ? null : fill(text, params);
}

/** The name of something that has one in each language. */
export const named = (thing: { name: string; name_en: string | null }): string =>
  language.now === 'en' ? thing.name_en || thing.name : thing.name;

export const titled = (thing: { title: string; title_en: string }): string =>
  language.now === 'en' ? thing.title_en || thing.title : thing.title;

/** A class of 数字城管; one the street made itself stays as it was written. */
export function classWord(name: string): string {
  const at = classes.findIndex((one) => one === name);
  return language.now === 'en' ? (t('class.en').split('|')[at] ?? name) : name;
}

export const levelWord = (level: Level): string => t(`level.${level}`);
export const urgencyWord = (urgency: Urgency): string => t(`urgency.${urgency}`);
export const listWord = (list: DutyList): string => t(`list.${list}`);
export const minutesWord = (minutes: number, clock: ClockKind): string =>
  clockWords(minutes, clock, language.now);
