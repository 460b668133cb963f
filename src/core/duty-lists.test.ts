import { describe, expect, it } from 'vitest';
import { insteadOf, offeredDuties } from './duty-lists.ts';
import type { Duty } from './issue.ts';

const duty = (code: string, list: string, instead: string | null = null): Duty => ({
  code,
  list,
  title: code,
  title_en: code,
  instead,
});

const duties = [
  duty('rounds', 'community_duty'),
  duty('fines', 'community_never', '由综合行政执法队办理'),
  duty('pipes', 'department_duty', '由市政科办理'),
];

describe('the duty lists', () => {
  it('begin with what departments answer for and what a community must never be asked', () => {
    expect(offeredDuties(duties).map(({ code }) => code)).toEqual(['pipes', 'fines', 'rounds']);
  });

  it('propose where to go while nothing else was written', () => {
    expect(insteadOf(duties, null, 'fines', ' ')).toBe('由综合行政执法队办理');
    expect(insteadOf(duties, 'fines', 'pipes', '由综合行政执法队办理')).toBe('由市政科办理');
  });

  it('never replace what a person wrote', () => {
    expect(insteadOf(duties, 'fines', 'pipes', '请到街道三楼')).toBe('请到街道三楼');
  });

  it('propose nothing where the list says nothing', () => {
    expect(insteadOf(duties, null, 'rounds', '')).toBe('');
    expect(insteadOf(duties, null, null, '')).toBe('');
  });
});
