import { expect, it } from 'vitest';
import { dictionary } from '../../../test/fixtures/archive-values.ts';
import { readRule, type Rule } from './rule.ts';
import { ruleWords, type RuleNames } from './rule-words.ts';

const things: Record<string, [string, string]> = {
  leak: ['渗漏水', 'leaks'],
  hydrant: ['消火栓', 'Fire hydrant'],
  household: ['入户走访', 'to homes'],
};
const names = (english: boolean): RuleNames => ({
  field: (code) => dictionary.find((field) => field.code === code),
  thing: (_kind, code) => things[code]?.[english ? 1 : 0] ?? code,
  english,
});

it.each<[Rule, string, string]>([
  [{ field: 'elderly_share', is: '>=', value: 0.3 }, '老龄占比 达到 30%', 'Share 60+ is at least 30%'],
  [{ field: 'property', is: '=', value: 'none' }, '物业类型 是 无物业', 'Management is None'],
  [{ field: 'phone', is: 'unknown' }, '联系电话没有填写', 'Phone is not known'],
  [
    { cases: ['leak'], days: 90, at_least: 3 },
    '近90天渗漏水诉求达到3件',
    '3 or more reports of leaks in the last 90 days',
  ],
  [
    { visits: ['household'], days: 60, at_most: 0 },
    '近60天没有入户走访',
    'no visits (to homes) in the last 60 days',
  ],
  [{ resources: ['hydrant'], within: 100, at_most: 0 }, '100米内没有消火栓', 'no fire hydrant within 100 m'],
  [
    { hazards: [], level: 3, late: true, at_least: 1 },
    '有逾期未整改的重大安全隐患',
    'at least one overdue open hazard (any kind) of level 3 or worse',
  ],
  [
    {
      all: [
        { field: 'households', is: '>', value: 20 },
        {
          any: [{ field: 'gas', is: '=', value: false }, { not: { field: 'built', is: '>=', value: 1990 } }],
        },
      ],
    },
    '总户数 高于 20 户，且（通天然气 是 否，或并非（建成年份 达到 1990））',
    'Households is above 20 households, and (Gas is no, or not (Built is at least 1990))',
  ],
])('%j is said in words', (rule, zh, en) => {
  expect(ruleWords(rule, names(false))).toBe(zh);
  expect(ruleWords(rule, names(true))).toBe(en);
  expect(readRule(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
});

it.each([
  null,
  3,
  {},
  { all: [{}] },
  { field: 'a' },
  { field: 'a', is: '~', value: 1 },
  { cases: ['x'], days: 3 },
  { not: 1 },
  { visits: ['household'], at_most: 0 },
])('%j is no rule', (raw) => expect(readRule(raw)).toBeNull());
