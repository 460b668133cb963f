import type { Field } from './field.ts';
import type { Value, Values } from './merge.ts';

/** What a value may not exceed: the fields of `parts` together are at most `whole`. */
export interface SumRule {
  parts: readonly string[];
  whole: string;
}

/** Values that are each right and cannot be true together. */
export interface Overfull {
  rule: SumRule;
  sum: number;
  whole: number;
}

const numberOf = (value: Value | undefined): number | null => (typeof value === 'number' ? value : null);

/** The rules that `values` break; a rule with a part unknown is judged by the parts that are known. */
export function overfull(rules: readonly SumRule[], values: Values): Overfull[] {
  return rules.flatMap((rule) => {
    const whole = numberOf(values[rule.whole]);
    const sum = rule.parts.reduce((total, part) => total + (numberOf(values[part]) ?? 0), 0);
    return whole !== null && sum > whole ? [{ rule, sum, whole }] : [];
  });
}

/** A number has to change by this share and by this many before one is asked “sure?”. */
const share = 0.5;
const least = 10;

/** A change so sudden that it may be a slip of the finger: half as much again or half gone, and by ten at least; a share by 30 points. */
export function isJump(field: Field, before: Value, now: Value): boolean {
  const [was, is] = [numberOf(before), numberOf(now)];
  if (was === null || is === null || was === is) return false;
  const change = Math.abs(is - was);
  if (field.type === 'year') return change >= least;
  if (field.type === 'share') return change >= 0.3;
  return change >= least && change >= share * Math.max(1, Math.abs(was));
}
