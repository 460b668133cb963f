import type { IssueState } from './issue-state.ts';

/** The loop in figures, and the arithmetic between what the database counts and what a leader reads. */

export type Rung = 'courtyard' | 'community' | 'street' | 'department';
export type Step = 'accept' | 'dispatch' | 'handle' | 'task' | 'verify' | 'letter';

/** Clocks settled within the period, and how many of them in time. */
export interface OnTime {
  on_time: number;
  decided: number;
}

/** How long something took, in the unit of its name; null when it never happened. */
export interface Spread {
  count: number;
  median: number | null;
  p90: number | null;
}

export interface Numbers {
  /** When they were added up. */
  at: string;
  reported: number;
  closed: number;
  declined: number;
  merged: number;
  withdrawn: number;
  closed_by_level: Record<Rung, number>;
  accept_minutes: Spread;
  solve_hours: Spread;
  returns: number;
  reopened: number;
  answered_no: number;
  verified: number;
  false_closings: number;
  by_step: (OnTime & { step: Step })[];
  by_holder: (OnTime & { level: Rung; id: number; name: string; name_en: string | null })[];
  by_category: (OnTime & { code: string; name: string; name_en: string; reported: number; closed: number })[];
  /** Weeks by their Monday, the empty ones too. */
  by_week: { week: string; reported: number; closed: number }[];
}

/** One issue for a spreadsheet: figures and names of offices, nothing that was said. */
export interface IssueTimes {
  issue_id: number;
  number: string;
  community: string;
  courtyard: string | null;
  category_name: string;
  category_name_en: string;
  state: IssueState;
  holder_level: Rung;
  holder: string;
  created_at: string;
  promised_at: string;
  accepted_at: string | null;
  resolved_at: string | null;
  ended_at: string | null;
  returns: number;
  reopened: number;
  answered_no: number;
  verified: number;
  false_closings: number;
}

/** The steps in the order an issue goes through them. */
export const stepOrder: readonly Step[] = ['accept', 'dispatch', 'handle', 'task', 'verify', 'letter'];

/** part ÷ whole; null where there is no whole. */
export const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** A share as 87.0%, but 0% and 100%; – for none. Never rounds up to 100% what is not all, nor down to 0% what is not nothing. */
export function formatShare(value: number | null): string {
  if (value === null) return '–';
  const rounded = Math.round(value * 1000) / 10;
  const kept = value < 1 ? Math.min(rounded, 99.9) : rounded;
  if (value === 0 || value === 1) return `${kept}%`;
  return `${Math.max(kept, 0.1).toFixed(1)}%`;
}

/** All clocks that offices answered for: letters wait for bodies outside, and are left out. */
export function overall(steps: Numbers['by_step']): OnTime {
  const own = steps.filter(({ step }) => step !== 'letter');
  const sum = (of: 'on_time' | 'decided') => own.reduce((total, step) => total + step[of], 0);
  return { on_time: sum('on_time'), decided: sum('decided') };
}

/** 小事不出院落、中事不出社区、大事不出街道: a department is the street's own, so what it closes did not leave the street. */
export function closedWithin(levels: Numbers['closed_by_level']): {
  level: 'courtyard' | 'community' | 'street';
  count: number;
}[] {
  return [
    { level: 'courtyard', count: levels.courtyard },
    { level: 'community', count: levels.community },
    { level: 'street', count: levels.street + levels.department },
  ];
}

/** Minutes as they are said: 35 分钟, 6.5 小时, 3.2 天; – for none. */
export function formatMinutes(minutes: number | null, language: 'zh' | 'en'): string {
  if (minutes === null) return '–';
  const tenths = (value: number) => Math.round(value * 10) / 10;
  const [count, zh, en] =
    minutes < 100
      ? [Math.round(minutes), '分钟', 'min']
      : minutes < 48 * 60
        ? [tenths(minutes / 60), '小时', 'h']
        : [tenths(minutes / 1440), '天', 'days'];
  return `${count} ${language === 'zh' ? zh : en}`;
}

/** Whole minutes between two moments; null when one of them never came. */
export const minutesBetween = (from: string, to: string | null): number | null =>
  to === null ? null : Math.round((Date.parse(to) - Date.parse(from)) / 60_000);

/** Nothing happened in this period, nor fell due. */
export const isEmpty = ({ reported, closed, declined, merged, withdrawn, by_step }: Numbers): boolean =>
  reported + closed + declined + merged + withdrawn + by_step.length === 0;
