/** Two people on one yard: what each changed since both began is put together field by field. */

/** What a field holds; null where nothing is known. */
export type Value = number | string | boolean | null;
export type Values = Readonly<Record<string, Value>>;

/** Both changed this field, and not to the same. */
export interface Conflict {
  field: string;
  base: Value;
  mine: Value;
  theirs: Value;
}

export interface Merged {
  /** What the form holds from now on; for a conflict what stands here is ours until someone chose. */
  values: Values;
  conflicts: Conflict[];
  /** Fields that the other changed and we had not touched. */
  taken: string[];
}

export const sameValue = (a: Value | undefined, b: Value | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Merges `mine`, the fields I touched, into `theirs`, what the server holds now; `base` is what it held when I began.
 * A field not named in one of them is null there.
 */
export function merge(base: Values, mine: Values, theirs: Values): Merged {
  const values: Record<string, Value> = { ...theirs };
  const conflicts: Conflict[] = [];
  const taken: string[] = [];
  for (const field of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
    const was = base[field] ?? null;
    const other = theirs[field] ?? null;
    const touched = Object.hasOwn(mine, field);
    const own = touched ? (mine[field] ?? null) : was;
    const otherChanged = !sameValue(was, other);
    const ownChanged = !sameValue(was, own);
    if (ownChanged && otherChanged && !sameValue(own, other))
      conflicts.push({ field, base: was, mine: own, theirs: other });
    else if (otherChanged && !ownChanged) taken.push(field);
    if (ownChanged) values[field] = own;
  }
  return { values, conflicts, taken };
}
