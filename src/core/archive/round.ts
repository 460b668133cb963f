import type { SumRule } from './checks.ts';
import type { Field, Held, Module } from './field.ts';
import type { Freshness } from './freshness.ts';
import type { Value } from './merge.ts';

/** A yard in the worklist of a round. */
export interface RoundYard {
  id: number;
  code: string;
  name: string;
  name_en: string | null;
  address: string;
  communityId: number;
  community: string;
  /** Where its name stands, WGS-84 degrees. */
  point: [lng: number, lat: number];
  freshness: Freshness;
  /** Fields that have to be answered, and those that were. */
  due: number;
  answered: number;
  /** Why the street gave it back. */
  remark: string | null;
  version: number;
  /** When somebody last did something about it, and who. */
  at: string | null;
  by: string | null;
}

export type May = 'draft' | 'submit' | 'confirm';

/** An open round as one office sees it. */
export interface Round {
  quarter: string;
  openedAt: string;
  /** The day by which every yard shall be submitted, ISO. */
  dueOn: string;
  may: May[];
  yards: RoundYard[];
}

/** What fields there are, as far as one may see them, and the sums between them. */
export interface Dictionary {
  modules: Module[];
  fields: Field[];
  checks: SumRule[];
}

/** One yard's form, as the server holds it. */
export interface YardRound {
  yard: number;
  quarter: string;
  state: Freshness;
  version: number;
  remark: string | null;
  held: Readonly<Record<string, Held>>;
}

/** What a form tells the server about a yard: the answers, each with the version it was given over (0: the first). */
export interface Answers {
  quarter: string;
  answers: Readonly<Record<string, { value: Value; over: number }>>;
  /** The secretary hands it to the street with these; marks that act, as the entry's own key marks the answers. */
  submit: string | null;
}

/** Yards of each state, in the order of the work. */
export function tally(yards: readonly Pick<RoundYard, 'freshness'>[]): Record<Freshness, number> {
  const counts = { stale: 0, due: 0, drafted: 0, submitted: 0, confirmed: 0 };
  for (const { freshness } of yards) counts[freshness]++;
  return counts;
}

/** The next yard of the list that nobody has handed in, after this one, and from the top again. */
export function nextOpen(yards: readonly RoundYard[], after: number, back = false): RoundYard | null {
  const order = back ? [...yards].reverse() : yards;
  const at = order.findIndex(({ id }) => id === after);
  const around = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))];
  return around.find(({ freshness }) => freshness !== 'submitted' && freshness !== 'confirmed') ?? null;
}
