import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dictionary } from '../../../test/fixtures/archive-values.ts';
import { evaluate, formulaWords, parseFormula, reads, withDerived, writeFormula } from './derive.ts';
import type { Formula } from './field.ts';

it.each<[string, Formula]>([
  ['elderly_60 / (registered + floating)', ['/', 'elderly_60', ['+', 'registered', 'floating']]],
  ['a + b + c', ['+', 'a', 'b', 'c']],
  ['a × 2 − b', ['-', ['*', 'a', 2], 'b']],
  ['households', 'households'],
])('%s is read and written', (text, formula) => {
  expect(parseFormula(text)).toEqual(formula);
  expect(parseFormula(writeFormula(formula))).toEqual(formula);
});

it.each(['', '+', 'a +', '(a', 'a b', 'a ^ 2', 'A / B', 'a / (b'])('%j is no formula', (text) =>
  expect(parseFormula(text)).toBeNull(),
);

const formulas = fc.letrec<{ formula: Formula; group: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', 'c_2'),
    fc.integer({ min: 0, max: 99 }),
    tie('group'),
  ),
  group: fc
    .tuple(fc.constantFrom('+', '-', '*', '/'), fc.array(tie('formula'), { minLength: 2, maxLength: 3 }))
    .map(([operator, parts]): Formula => [operator, ...parts]),
})).formula;

it('means the same after it was written and read again', () => {
  fc.assert(
    fc.property(
      formulas,
      fc.record({ a: fc.integer(), b: fc.integer(), c_2: fc.integer() }),
      (formula, values) => {
        const again = parseFormula(writeFormula(formula));
        expect(again).not.toBeNull();
        const [one, other] = [evaluate(formula, values), evaluate(again ?? 0, values)];
        if (one === null || !Number.isFinite(one)) expect(other).toBe(one);
        else expect(other).toBeCloseTo(one, 6);
      },
    ),
  );
});

it('gives nothing for what is unknown or divided by nothing', () => {
  expect(withDerived(dictionary, { elderly_60: 30, residents: 120 })['elderly_share']).toBe(0.25);
  expect(withDerived(dictionary, { elderly_60: 30, residents: 0 })['elderly_share']).toBeNull();
  expect(withDerived(dictionary, { elderly_60: 30 })['elderly_share']).toBeNull();
});

it('is told in words', () => {
  expect(reads(['/', 'a', ['+', 'b', 2]])).toEqual(['a', 'b']);
  expect(formulaWords(['/', 'a', ['+', 'b', 2]], (code) => code.toUpperCase())).toBe('A ÷ (B + 2)');
});
