import type { ClockKind } from './clock-words.ts';
import type { Urgency } from './issue.ts';

/** What the administrator sets. `version` counts the changes of a row: a change decided on an older one is refused. */

export type Level = 'courtyard' | 'community' | 'street';
export const levels: readonly Level[] = ['courtyard', 'community', 'street'];
export const urgencies: readonly Urgency[] = ['ordinary', 'urgent', 'emergency'];

/** The classes of events in 数字城管's terms. */
export const classes = [
  '市容环境',
  '宣传广告',
  '施工管理',
  '街面秩序',
  '公共设施',
  '园林绿化',
  '突发事件',
] as const;

export interface Category {
  code: string;
  name: string;
  name_en: string;
  class: string;
  keywords: string[];
  level: Level;
  department_id: number | null;
  duty: string | null;
  urgency: Urgency;
  clock: ClockKind;
  accept_minutes: number;
  dispatch_minutes: number;
  handle_minutes: number;
  sort: number;
  active: boolean;
  version: number;
}

/** The duty lists (清单), in the order they are shown. */
export const dutyLists = [
  'community_duty',
  'community_assists',
  'community_never',
  'certificate',
  'certificate_never',
  'department_duty',
] as const;
export type DutyList = (typeof dutyLists)[number];

export interface DutyEntry {
  code: string;
  list: DutyList;
  title: string;
  title_en: string;
  instead: string | null;
  active: boolean;
  version: number;
}

export interface UrgencyClock {
  urgency: Urgency;
  clock: ClockKind;
  accept_minutes: number;
  dispatch_minutes: number;
  handle_minutes: number;
  verify_minutes: number;
  version: number;
}

/** One change in the append-only record of settings. */
export interface SettingChange {
  id: number;
  at: string;
  by: string | null;
  what: string;
  key: string | null;
  before: unknown;
  after: unknown;
}

/** What saving the week or a year of the calendar did. */
export interface KeptCalendar {
  /** Running clocks that were counted anew. */
  recounted: number;
  version: number;
}

/** What the nightly comparison of issues and their history found; `altered` are ids of issues. */
export interface HistoryCheck {
  at: string;
  altered: number[];
}

/** The entry of the negative list that forbids a category to begin where it does; null when nothing does. */
export function forbiddingDuty(
  category: Pick<Category, 'level' | 'duty'>,
  duties: readonly DutyEntry[],
): DutyEntry | null {
  if (category.level === 'street') return null;
  return duties.find(({ code, list }) => code === category.duty && list === 'community_never') ?? null;
}

/** Words as residents say them, out of what was typed or pasted: parted by commas, 、, semicolons or lines; each once. */
export function splitKeywords(typed: string): string[] {
  const words = typed.split(/[,，、;；\n\t]+/).map((word) => word.trim());
  return [...new Set(words.filter(Boolean))];
}
