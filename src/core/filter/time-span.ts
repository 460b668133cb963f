import { streetDay } from '../due.ts';
import { boundsOf, faultOf } from '../numbers-period.ts';
import type { Period } from '../numbers-period.ts';

/** The time one looks at: a period, a window moved over it, and what of it is shown. Without one the map is live. */
export const timePresets = ['today', '7d', '30d', '90d'] as const;
export type TimePreset = (typeof timePresets)[number];

/** `reported`: what was reported in that time; `open`: what was not settled at some moment of it. */
export type TimeMode = 'reported' | 'open';

/** Epoch seconds; the second is no part of it. */
export type Span = { readonly since: number; readonly until: number };

export type TimeChoice = {
  readonly period: TimePreset | Period;
  /** The part of the period that is shown; null: all of it. */
  readonly window: Span | null;
  readonly mode: TimeMode;
};

const hour = 3_600;
const day = 24 * hour;
const presetDays: Readonly<Record<TimePreset, number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90 };

/** The period in seconds; presets end with the day of `now` (epoch ms). */
export function periodSpan(period: TimeChoice['period'], now: number): Span {
  const days =
    typeof period === 'string'
      ? { from: streetDay(now, 1 - presetDays[period]), to: streetDay(now) }
      : period;
  const { since, upto } = boundsOf(days);
  return { since: Date.parse(since) / 1000, until: Date.parse(upto) / 1000 };
}

/** What is shown: the window, as far as it lies in the period. */
export function shownSpan({ period, window }: TimeChoice, now: number): Span {
  const whole = periodSpan(period, now);
  if (!window) return whole;
  const since = Math.max(whole.since, window.since);
  const until = Math.min(whole.until, window.until);
  return since < until ? { since, until } : whole;
}

/** `7d`, `2026-09-01_2026-11-24`; then `w.` with the window in whole hours; then `open`. */
export function timeToParam(choice: TimeChoice | null): string | null {
  if (!choice) return null;
  const { period, window, mode } = choice;
  const said = [typeof period === 'string' ? period : `${period.from}_${period.to}`];
  if (window) said.push(`w.${Math.round(window.since / hour)}.${Math.round(window.until / hour)}`);
  if (mode === 'open') said.push('open');
  return said.join('*');
}

/** Reads the value of an address; `broken` when it said something that cannot be read. */
export function timeFromParam(text: string | null): { time: TimeChoice | null; broken: boolean } {
  if (!text) return { time: null, broken: false };
  const [first = '', ...rest] = text.split('*');
  const [from = '', to = ''] = first.split('_');
  const preset = timePresets.find((name) => name === first);
  if (!preset && faultOf({ from, to })) return { time: null, broken: true };
  let broken = false;
  let time: TimeChoice = { period: preset ?? { from, to }, window: null, mode: 'reported' };
  for (const part of rest) {
    const window = /^w\.(\d{1,8})\.(\d{1,8})$/.exec(part);
    if (window && Number(window[1]) < Number(window[2])) {
      time = { ...time, window: { since: Number(window[1]) * hour, until: Number(window[2]) * hour } };
    } else if (part === 'open') time = { ...time, mode: 'open' };
    else broken = true;
  }
  return { time, broken };
}

/** The bars of a timeline: equal steps over a span. */
export type Bins = { readonly since: number; readonly size: number; readonly count: number };

/** More bars than this are too thin to point at. */
const mostBins = 132;

/** Hours for up to two days, days for up to four months, else weeks. */
export function binsOf({ since, until }: Span): Bins {
  const span = until - since;
  const size = span <= 2 * day ? hour : span <= mostBins * day ? day : 7 * day;
  return { since, size, count: Math.max(1, Math.ceil(span / size)) };
}

/** How many of these times (epoch seconds) fall into each bar; `counts` tells which rows count. */
export function histogram(
  times: Float64Array,
  size: number,
  bins: Bins,
  counts: (row: number) => boolean,
): Uint32Array {
  const bars = new Uint32Array(bins.count);
  for (let row = 0; row < size; row++) {
    const at = Math.floor(((times[row] ?? NaN) - bins.since) / bins.size);
    if (at >= 0 && at < bins.count && counts(row)) bars[at]!++;
  }
  return bars;
}

/** The bars a window covers: from the first to before the second. */
export type Brush = { readonly from: number; readonly to: number };

export const brushOf = (bins: Bins, window: Span | null): Brush =>
  window
    ? {
        from: Math.max(0, Math.floor((window.since - bins.since) / bins.size)),
        to: Math.min(bins.count, Math.ceil((window.until - bins.since) / bins.size)),
      }
    : { from: 0, to: bins.count };

/** The window of a brush; null when it covers everything. */
export function windowOf(bins: Bins, { from, to }: Brush): Span | null {
  if (from <= 0 && to >= bins.count) return null;
  return { since: bins.since + from * bins.size, until: bins.since + to * bins.size };
}

/** Moves a brush as a whole, without leaving the bars. */
export function moved(bins: Bins, { from, to }: Brush, by: number): Brush {
  const shift = Math.max(-from, Math.min(bins.count - to, by));
  return { from: from + shift, to: to + shift };
}

/** Moves one end; a brush keeps one bar at least, and the ends never pass each other. */
export function stretched(bins: Bins, { from, to }: Brush, end: 'from' | 'to', at: number): Brush {
  return end === 'from'
    ? { from: Math.max(0, Math.min(to - 1, at)), to }
    : { from, to: Math.min(bins.count, Math.max(from + 1, at)) };
}

/** Where a play begins: what is brushed, moved to the start; all of it plays as a week, or a third of fewer bars. */
export function playStart(bins: Bins, brush: Brush): Brush {
  const whole = brush.from <= 0 && brush.to >= bins.count;
  const width = whole ? Math.min(7, Math.max(1, Math.floor(bins.count / 3))) : brush.to - brush.from;
  return { from: 0, to: width };
}

/** The next step of a play; null at the end. */
export const playNext = (bins: Bins, brush: Brush): Brush | null =>
  brush.to >= bins.count ? null : moved(bins, brush, 1);
