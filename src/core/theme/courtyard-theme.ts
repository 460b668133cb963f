import type { CourtyardFacts } from '../courtyard-facts.ts';
import { freshnesses } from '../courtyard-facts.ts';
import { classOf, quantileBreaks, roundBreaks } from './classes.ts';
import type { Breaks } from './classes.ts';
import type { Scale } from './swatches.ts';

/** What courtyards can be coloured by; `label.<code>` for each label. */
export const themeIds = ['kind', 'open', 'late', 'elderly', 'fresh', 'visits'] as const;
export type ThemeId = (typeof themeIds)[number] | `label.${string}`;

/** Reads what an address says; null for what is no theme. */
export function themeOf(said: string | null): ThemeId | null {
  if (said === null) return null;
  if (/^label\.[a-z][a-z0-9_]{0,40}$/.test(said)) return `label.${said.slice(6)}`;
  return themeIds.find((id) => id === said) ?? null;
}

/** The theme counts issues, and so follows every change of them. */
export const isLive = (theme: ThemeId): boolean => theme === 'open' || theme === 'late';

/** Whose colours a theme uses. */
export function scaleOf(theme: ThemeId): Scale {
  if (theme === 'kind' || theme === 'late' || theme === 'fresh') return theme;
  return theme.startsWith('label.') ? 'pair' : 'amount';
}

/** One line of a legend: a code of a list, or a span of numbers from `from` up to, not including, `to`. */
export type ShadeClass = { code: string } | { from: number; to: number | null };

/** How courtyards are coloured by a theme. */
export type Shading = {
  theme: ThemeId;
  scale: Scale;
  /** `share`: 0 to 1; `count`: whole numbers; `code`: the class says it all. */
  unit: 'share' | 'count' | 'code';
  classes: ShadeClass[];
  /** Classes that are hatched as well. */
  hatched: readonly number[];
  /** The class of each courtyard; those that are not in it are not known. */
  of: ReadonlyMap<number, number>;
  /** The value of each courtyard that has a number. */
  values: ReadonlyMap<number, number>;
};

/** Fixed breaks: what matters is whether there is any, a few, many. */
const openBreaks: Breaks = [1, 2, 4, 7];
const lateBreaks: Breaks = [1, 2, 3, 5];
/** Published practice goes from 60 % to 100 % of the households. */
const visitBreaks: Breaks = [0.6, 0.75, 0.9, 1];

/** Courtyards' kinds in the order of their colours. */
export const kindOrder = ['quarter', 'yard', 'danwei', 'heritage'] as const;

const spans = (breaks: Breaks): ShadeClass[] =>
  [0, ...breaks].map((from, at) => ({ from, to: breaks[at] ?? null }));

const none: ReadonlyMap<number, number> = new Map();

function numbers(
  theme: ThemeId,
  unit: 'share' | 'count',
  values: ReadonlyMap<number, number>,
  breaks: Breaks,
): Shading {
  const of = new Map([...values].map(([id, value]) => [id, classOf(value, breaks)]));
  return { theme, scale: scaleOf(theme), unit, classes: spans(breaks), hatched: [], of, values };
}

/** By kind. */
export function shadeKinds(courtyards: Iterable<{ id: number; kind: string }>): Shading {
  const of = new Map<number, number>();
  for (const { id, kind } of courtyards) {
    const at = kindOrder.findIndex((one) => one === kind);
    if (at >= 0) of.set(id, at);
  }
  const classes = kindOrder.map((code) => ({ code }));
  return { theme: 'kind', scale: 'kind', unit: 'code', classes, hatched: [], of, values: none };
}

/** By how many issues are open or late in each; courtyards without one count 0. */
export function shadeCounts(theme: 'open' | 'late', counts: ReadonlyMap<number, number>): Shading {
  return numbers(theme, 'count', counts, theme === 'late' ? lateBreaks : openBreaks);
}

/** The numbers of a field by courtyard; null when the archive has no such field for this person. */
function column({ courtyards, fields }: CourtyardFacts, code: string): Map<number, number> | null {
  const values = fields[code];
  if (!values) return null;
  return new Map(
    courtyards.flatMap((id, at) => {
      const value = values[at];
      return value === null || value === undefined ? [] : [[id, value] as const];
    }),
  );
}

function shadeFreshness({ courtyards, freshness }: CourtyardFacts): Shading {
  const of = new Map(
    courtyards.map((id, at) => [id, freshnesses.findIndex((code) => code === freshness[at])]),
  );
  const classes = freshnesses.map((code) => ({ code }));
  const stale = freshnesses.indexOf('stale');
  return { theme: 'fresh', scale: 'fresh', unit: 'code', classes, hatched: [stale], of, values: none };
}

function shadeLabel(theme: `label.${string}`, facts: CourtyardFacts): Shading | null {
  const label = facts.labelList.find(({ code }) => `label.${code}` === theme);
  if (!label) return null;
  const of = new Map(
    facts.courtyards.map((id, at) => [id, (facts.labels[at] ?? []).includes(label.id) ? 1 : 0]),
  );
  const classes = [{ code: 'without' }, { code: 'with' }];
  return { theme, scale: 'pair', unit: 'code', classes, hatched: [], of, values: none };
}

/** By what the archives say; null when they do not say it (to this person). */
export function shadeFacts(theme: ThemeId, facts: CourtyardFacts): Shading | null {
  if (theme === 'fresh') return shadeFreshness(facts);
  if (theme.startsWith('label.')) return shadeLabel(`label.${theme.slice(6)}`, facts);
  const values = column(facts, theme === 'elderly' ? 'elderly_share' : 'visit_coverage');
  if (!values) return null;
  if (theme === 'visits') return numbers(theme, 'share', values, visitBreaks);
  const breaks = roundBreaks(quantileBreaks([...values.values()], 5), 2);
  return numbers(theme, 'share', values, breaks);
}

/** How many courtyards are in each class, the last: those not known, of `all` there are. */
export function classSizes({ of, classes }: Shading, all: Iterable<number>): number[] {
  const sizes = Array.from({ length: classes.length + 1 }, () => 0);
  for (const id of all) {
    const at = of.get(id) ?? classes.length;
    sizes[at] = (sizes[at] ?? 0) + 1;
  }
  return sizes;
}

/** How many courtyards have each label, by its id. */
export function labelCounts({ labels }: CourtyardFacts): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const id of labels.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
