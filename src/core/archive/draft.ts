import { isJump, overfull, type Overfull, type SumRule } from './checks.ts';
import { withDerived } from './derive.ts';
import type { Field, Held } from './field.ts';
import { sameValue, type Value, type Values } from './merge.ts';
import { parseValue, type Problem } from './value.ts';

/** A yard's round while it is being written: what the archive held, and what was typed over it. */
export interface Draft {
  /** Texts that were typed, by field; what is not here stands as it was. */
  readonly typed: Readonly<Record<string, string>>;
  /** Fields somebody said are still true. */
  readonly same: readonly string[];
  /** Sudden changes that were meant. */
  readonly sure: readonly string[];
}

export const emptyDraft: Draft = { typed: {}, same: [], sure: [] };

export type HeldFields = Readonly<Record<string, Held>>;

export type Trouble =
  { field: string; problem: Problem } | { field: string; problem: 'jump'; before: Value; now: Value };

/** What a field held before anything is typed: an answer of this round, else the archive's value. */
export const shownValue = (held: Held | undefined): Value =>
  held?.answer ? held.answer.value : (held?.value ?? null);

/** What a field holds as it stands on the screen; a text that is no value leaves the old one. */
export function valueOf(field: Field, held: Held | undefined, draft: Draft): Value {
  const typed = draft.typed[field.code];
  if (typed === undefined) return shownValue(held);
  const parsed = parseValue(typed, field);
  return 'value' in parsed ? parsed.value : shownValue(held);
}

/** The field has to be answered in this round, and nobody did. */
const open = (held: Held | undefined): boolean => held !== undefined && held.due && held.answer === null;

export const type = (draft: Draft, field: string, text: string): Draft => ({
  typed: { ...draft.typed, [field]: text },
  same: draft.same.filter((code) => code !== field),
  sure: draft.sure.filter((code) => code !== field),
});

/** Takes back what was typed. */
export function untype(draft: Draft, field: string): Draft {
  const { [field]: _, ...typed } = draft.typed;
  return { ...draft, typed, sure: draft.sure.filter((code) => code !== field) };
}

export const confirmSure = (draft: Draft, field: string): Draft => ({
  ...draft,
  sure: [...new Set([...draft.sure, field])],
});

/** The fields of these that still wait for a word. */
export const waiting = (draft: Draft, fields: readonly Field[], held: HeldFields): Field[] =>
  fields.filter(
    ({ code, formula }) =>
      formula === null && open(held[code]) && draft.typed[code] === undefined && !draft.same.includes(code),
  );

/** “Nothing changed”: every due field of these that nobody typed into is still true. */
export const nothingChanged = (draft: Draft, fields: readonly Field[], held: HeldFields): Draft => ({
  ...draft,
  same: [...draft.same, ...waiting(draft, fields, held).map(({ code }) => code)],
});

/** What stands in the way of one field. */
export function troubleOf(field: Field, held: Held | undefined, draft: Draft): Trouble | null {
  const typed = draft.typed[field.code];
  if (typed === undefined) return null;
  const parsed = parseValue(typed, field);
  if ('problem' in parsed) return { field: field.code, problem: parsed.problem };
  const before = held?.value ?? null;
  // What was known and is gone may be a slip of the finger as well.
  const sudden = isJump(field, before, parsed.value) || (parsed.value === null && before !== null);
  if (draft.sure.includes(field.code) || !sudden) return null;
  return { field: field.code, problem: 'jump', before, now: parsed.value };
}

export interface Verdict {
  troubles: Trouble[];
  sums: Overfull[];
  waiting: Field[];
  /** Fields whose value is another than the archive's. */
  changed: string[];
  /** Every value that is right, as the yard would stand after this. */
  values: Values;
}

/** Judges the whole form; it may be submitted when nothing is in the way and nothing waits. */
export function judge(
  fields: readonly Field[],
  held: HeldFields,
  draft: Draft,
  rules: readonly SumRule[],
): Verdict {
  const typable = fields.filter(({ formula }) => formula === null);
  const values = withDerived(
    fields,
    Object.fromEntries(typable.map((field) => [field.code, valueOf(field, held[field.code], draft)])),
  );
  return {
    troubles: typable.flatMap((field) => troubleOf(field, held[field.code], draft) ?? []),
    sums: overfull(rules, values),
    waiting: waiting(draft, typable, held),
    changed: typable
      .filter(({ code }) => !sameValue(values[code], held[code]?.value))
      .map(({ code }) => code),
    values,
  };
}

export const ready = ({ troubles, sums, waiting }: Verdict): boolean =>
  troubles.length === 0 && sums.length === 0 && waiting.length === 0;
