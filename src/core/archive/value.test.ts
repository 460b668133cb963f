import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dictionary, valueFor } from '../../../test/fixtures/archive-values.ts';
import type { Field } from './field.ts';
import { parseValue, writeValue } from './value.ts';

const field = (code: string): Field => {
  const found = dictionary.find((one) => one.code === code);
  if (!found) throw new Error(code);
  return found;
};

it.each([
  ['households', '１２', 12],
  ['households', '1,200 户', 1200],
  ['households', '', null],
  ['green', '30%', 0.3],
  ['green', '30', 0.3],
  ['green', '12.5 %', 0.125],
  ['gas', '有', true],
  ['gas', '否', false],
  ['property', '无物业', 'none'],
  ['property', '3', 'self'],
  ['property', 'by residents', 'self'],
  ['phone', '０２８-8624', '028-8624'],
  ['remark', '  有坡道 ', '有坡道'],
] as const)('%s: %j is %j', (code, text, value) => expect(parseValue(text, field(code))).toEqual({ value }));

it.each([
  ['households', '很多', 'number'],
  ['households', '1.5', 'whole'],
  ['households', '-1', 'low'],
  ['residents', '20001', 'high'],
  ['green', '101', 'high'],
  ['built', '1500', 'low'],
  ['gas', '也许', 'yesno'],
  ['property', '4', 'choice'],
  ['phone', '电话', 'phone'],
  ['remark', '长'.repeat(201), 'long'],
] as const)('%s: %j is refused: %s', (code, text, problem) =>
  expect(parseValue(text, field(code))).toEqual({ problem }),
);

it('reads back every value it writes, in both languages', () => {
  for (const one of dictionary)
    fc.assert(
      fc.property(valueFor(one), fc.boolean(), (value, english) => {
        const text = writeValue(value, one, english);
        const read = parseValue(text, one);
        const known = typeof value === 'string' && one.type !== 'choice' ? value.trim() || null : value;
        expect(read).toEqual({ value: known });
      }),
    );
});
