import { expect, it } from 'vitest';
import { dictionary } from '../../../test/fixtures/archive-values.ts';
import type { Held } from './field.ts';
import { confirmSure, emptyDraft, judge, nothingChanged, ready, type, untype, waiting } from './draft.ts';

const held: Record<string, Held> = {
  households: { value: 100, verifiedAt: '2026-07-01', due: true, answer: null },
  residents: { value: 250, verifiedAt: '2026-07-01', due: true, answer: null },
  elderly_60: { value: 60, verifiedAt: '2026-07-01', due: true, answer: null },
  built: { value: 1988, verifiedAt: '2026-07-01', due: false, answer: null },
  remark: { value: null, verifiedAt: null, due: true, answer: null },
};
const rules = [{ parts: ['elderly_60'], whole: 'residents' }];
const codes = (fields: readonly { code: string }[]): string[] => fields.map(({ code }) => code);

it('asks only what is due, and nothing that is worked out', () => {
  expect(codes(waiting(emptyDraft, dictionary, held))).toEqual([
    'households',
    'residents',
    'elderly_60',
    'remark',
  ]);
});

it('“nothing changed” leaves what was typed as it is', () => {
  const draft = nothingChanged(type(emptyDraft, 'residents', '260'), dictionary, held);
  const verdict = judge(dictionary, held, draft, rules);
  expect(ready(verdict)).toBe(true);
  expect(verdict.changed).toEqual(['residents']);
  expect(draft.same).not.toContain('residents');
});

it('asks “sure?” for a sudden change, once', () => {
  const draft = nothingChanged(type(emptyDraft, 'households', '1000'), dictionary, held);
  expect(judge(dictionary, held, draft, rules).troubles).toEqual([
    { field: 'households', problem: 'jump', before: 100, now: 1000 },
  ]);
  expect(ready(judge(dictionary, held, confirmSure(draft, 'households'), rules))).toBe(true);
  // Another number is another question.
  expect(
    judge(dictionary, held, type(confirmSure(draft, 'households'), 'households', '2000'), rules).troubles,
  ).toHaveLength(1);
});

it('lets no part be more than its whole', () => {
  const draft = type(type(emptyDraft, 'elderly_60', '68'), 'residents', '67');
  expect(judge(dictionary, held, draft, rules).sums).toEqual([{ rule: rules[0], sum: 68, whole: 67 }]);
});

it('puts back what was typed by mistake', () => {
  const draft = untype(type(emptyDraft, 'households', 'x'), 'households');
  expect(judge(dictionary, held, draft, rules).troubles).toEqual([]);
  expect(codes(waiting(draft, dictionary, held))).toContain('households');
});
