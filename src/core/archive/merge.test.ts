import fc from 'fast-check';
import { expect, it } from 'vitest';
import { merge, sameValue, type Values } from './merge.ts';

it('puts together what two people changed in different fields', () => {
  const base = { households: 120, elderly_60: 40, gas: true };
  const { values, conflicts, taken } = merge(base, { elderly_60: 42 }, { ...base, gas: false });
  expect(values).toEqual({ households: 120, elderly_60: 42, gas: false });
  expect(conflicts).toEqual([]);
  expect(taken).toEqual(['gas']);
});

it('shows a field both changed differently, and none that both changed alike', () => {
  const { conflicts } = merge({ a: 1, b: 1 }, { a: 2, b: 3 }, { a: 2, b: 4 });
  expect(conflicts).toEqual([{ field: 'b', base: 1, mine: 3, theirs: 4 }]);
});

it('takes what the other wrote where I only looked', () => {
  expect(merge({ a: 5 }, { a: 5 }, { a: 6 })).toMatchObject({ values: { a: 6 }, taken: ['a'] });
});

const values = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('x', 'y'), fc.constant(null), fc.boolean()),
);

it('loses nobody’s change: each field is mine, theirs or both, and each conflict is told', () => {
  fc.assert(
    fc.property(values, values, values, (base: Values, mine: Values, theirs: Values) => {
      const { values: merged, conflicts } = merge(base, mine, theirs);
      for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs), ...Object.keys(base)])) {
        const was = base[field] ?? null;
        const own = Object.hasOwn(mine, field) ? (mine[field] ?? null) : was;
        const other = theirs[field] ?? null;
        const clash = !sameValue(own, was) && !sameValue(other, was) && !sameValue(own, other);
        expect(conflicts.some((one) => one.field === field)).toBe(clash);
        const expected = sameValue(own, was) ? other : own;
        expect(sameValue(merged[field], expected)).toBe(true);
      }
    }),
  );
});
