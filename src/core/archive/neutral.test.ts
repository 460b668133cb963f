import fc from 'fast-check';
import { expect, it } from 'vitest';
import { neutral, unneutral } from './neutral.ts';

it.each(['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', ' =1', '\t=1', '＝1', '\u00a0=1', '\ufeff@x'])(
  'lets no spreadsheet run %j',
  (text) => expect(neutral(text).startsWith("'")).toBe(true),
);

it.each(['12', '-3', '+86', '3.5%', '四道街12号', 'A-1', ''])('leaves %j as it is', (text) =>
  expect(neutral(text)).toBe(text),
);

it('comes back as it went', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(unneutral(neutral(text))).toBe(text);
    }),
  );
  for (const text of ["'", "''", "'=1", "'a", "'=", '=']) expect(unneutral(neutral(text))).toBe(text);
});
