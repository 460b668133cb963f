import {
  confirmSure,
  emptyDraft,
  judge,
  nothingChanged,
  ready,
  shownValue,
  type,
  untype,
  type Draft,
  type HeldFields,
} from '../../core/archive/draft.ts';
import type { Field } from '../../core/archive/field.ts';
import { merge, sameValue, type Conflict, type Value } from '../../core/archive/merge.ts';
import type { Answers, Dictionary, YardRound } from '../../core/archive/round.ts';
import { writeValue } from '../../core/archive/value.ts';

/** Two answers to one question: mine, not sent, and what stands there now. */
export type Clash = Conflict & { by: string };

/** What is kept on this device of a form: what was typed, and over what. */
export interface KeptForm {
  draft: Draft;
  base: HeldFields;
}

/** One yard's round on the screen: what the server holds, what was typed over it, and what stands in the way. */
export class YardForm {
  readonly yard: number;
  readonly #dictionary: Dictionary;
  #round = $state.raw<YardRound>() as YardRound;
  #draft = $state.raw<Draft>(emptyDraft);
  /** What the server held when typing began, for the fields that were typed into. */
  #base: HeldFields;
  #clashes = $state.raw<readonly Clash[]>([]);
  /** Something was typed or chosen. */
  onchange: () => void = () => undefined;

  constructor(dictionary: Dictionary, round: YardRound, kept: KeptForm | null) {
    this.yard = round.yard;
    this.#dictionary = dictionary;
    this.#round = round;
    this.#base = kept?.base ?? round.held;
    if (kept) {
      this.#draft = kept.draft;
      this.learn(round);
    }
  }

  get round(): YardRound {
    return this.#round;
  }
  get held(): HeldFields {
    return this.#round.held;
  }
  get draft(): Draft {
    return this.#draft;
  }
  get fields(): readonly Field[] {
    return this.#dictionary.fields;
  }
  get clashes(): readonly Clash[] {
    return this.#clashes;
  }

  readonly verdict = $derived.by(() =>
    judge(this.#dictionary.fields, this.#round.held, this.#draft, this.#dictionary.checks),
  );
  readonly ready = $derived.by(() => ready(this.verdict) && this.#clashes.length === 0);
  /** It was handed in: nothing is typed into it any more. */
  readonly locked = $derived.by(() => this.#round.state === 'submitted' || this.#round.state === 'confirmed');

  type(field: string, text: string): void {
    this.#change(type(this.#draft, field, text));
  }
  untype(field: string): void {
    this.#change(untype(this.#draft, field));
  }
  sure(field: string): void {
    this.#change(confirmSure(this.#draft, field));
  }
  /** “Nothing changed” in these fields. */
  unchanged(fields: readonly Field[]): void {
    this.#change(nothingChanged(this.#draft, fields, this.held));
  }

  /** Takes one of two answers: mine goes out over theirs, theirs stays. */
  settle(field: string, whose: 'mine' | 'theirs'): void {
    this.#clashes = this.#clashes.filter((clash) => clash.field !== field);
    this.#base = { ...this.#base, ...pick(this.held, [field]) };
    if (whose === 'theirs') this.#draft = untype(this.#draft, field);
    this.#change(this.#draft);
  }

  /** The server says how the yard stands now: merged field by field with what was typed here. */
  learn(round: YardRound): void {
    const mine = this.#typedValues();
    const { conflicts, taken } = merge(shown(this.#base), mine, shown(round.held));
    // Typed as it was before: what the other wrote meanwhile stands.
    for (const field of taken) if (field in mine) this.#draft = untype(this.#draft, field);
    this.#clashes = conflicts.map((conflict) => ({
      ...conflict,
      by: round.held[conflict.field]?.answer?.by ?? '',
    }));
    const clashing = conflicts.map(({ field }) => field);
    // What no one else touched, or both said alike, stands on the new ground.
    this.#base = { ...round.held, ...pick(this.#base, clashing) };
    this.#round = round;
  }

  /** Answers the server has not got: typed ones that are right, and those that are the same as before. */
  unsent(): Answers['answers'] {
    const barred = [
      ...this.verdict.troubles.map(({ field }) => field),
      ...this.#clashes.map(({ field }) => field),
    ];
    const typed = this.#typedValues();
    const answers: Record<string, { value: Value; over: number }> = {};
    for (const { code } of this.#dictionary.fields) {
      const held = this.held[code];
      const said =
        code in typed
          ? (typed[code] ?? null)
          : this.#draft.same.includes(code)
            ? shownValue(held)
            : undefined;
      if (said === undefined || barred.includes(code)) continue;
      const known = held?.answer ?? null;
      if (known ? sameValue(known.value, said) : !held?.due && sameValue(held?.value, said)) continue;
      answers[code] = { value: said, over: known?.version ?? 0 };
    }
    return answers;
  }

  /** What has to survive the tab; null when the server has everything. */
  kept(): KeptForm | null {
    const untouched = Object.keys(this.#draft.typed).length === 0 && this.#draft.same.length === 0;
    return untouched ? null : { draft: this.#draft, base: this.#base };
  }

  #typedValues(): Record<string, Value> {
    const values: Record<string, Value> = {};
    const troubled = this.verdict.troubles.map(({ field }) => field);
    for (const code of Object.keys(this.#draft.typed))
      if (!troubled.includes(code)) values[code] = this.verdict.values[code] ?? null;
    return values;
  }

  #change(draft: Draft): void {
    this.#draft = draft;
    this.onchange();
  }
}

const pick = (held: HeldFields, fields: readonly string[]): HeldFields =>
  Object.fromEntries(Object.entries(held).filter(([field]) => fields.includes(field)));

const shown = (held: HeldFields): Record<string, Value> =>
  Object.fromEntries(Object.entries(held).map(([field, each]) => [field, shownValue(each)]));

/** What stands in a field's box before anything is typed. */
export function boxText(field: Field, held: HeldFields): string {
  const value = shownValue(held[field.code]);
  return field.type === 'choice' ? String(value ?? '') : writeValue(value, field);
}
