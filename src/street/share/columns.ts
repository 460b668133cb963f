import type { Column, ExportKind, Value } from '../../core/export-file.ts';
import { issueStates } from '../../core/issue-state.ts';
import { common } from '../../ui/common.ts';
import { language } from '../../ui/language.svelte.ts';
import { takeawayZh } from '../../ui/messages/takeaway.zh.ts';
import { kindWord } from '../words.ts';
import { t } from './words.ts';

const keys = {
  issues: [
    'number', 'state', 'urgency', 'category', 'what', 'place', 'community', 'courtyard', 'holder', 'step', 'due_at', 'late',
    'created_at', 'ended_at', 'answered', 'lng', 'lat',
  ],
  courtyards: ['code', 'name', 'name_en', 'address', 'kind', 'community', 'grid', 'area_m2', 'open', 'lng', 'lat'],
} as const; // prettier-ignore

/** The columns of a file in the language of the page, in their order. */
export const columnsOf = (what: ExportKind): Column[] =>
  keys[what].map((key) => ({
    key: key === 'category' && language.now === 'en' ? 'category_en' : key,
    name: t(`col.${key}`),
  }));

type Said = Extract<keyof typeof takeawayZh, `${'urgency' | 'step' | 'answered' | 'late'}.${string}`>;
const isWord = (key: string): key is Said => Object.hasOwn(takeawayZh, key);
/** 2026-11-25 14:05, in the street's own time: a spreadsheet sorts it. */
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** A value as people say it: states, steps and times in words, all else as it is. */
export function spoken(key: string, value: Value): Value {
  if (value === null) return null;
  if (key === 'state') {
    const state = issueStates.find((one) => one === value);
    return state ? common(`state.${state}`) : value;
  }
  if (key === 'kind') return kindWord(String(value));
  if (key.endsWith('_at')) return clock.format(new Date(String(value)));
  const word = `${key}.${typeof value === 'boolean' ? (value ? 'yes' : 'no') : value}`;
  return isWord(word) ? t(word) : value;
}
