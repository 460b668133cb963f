import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueStates } from '../issue-state.ts';
import { listGroups } from '../issue-list.ts';
import { asksNothing, fromParam, noFilter, sameFilter, toParam } from './issue-filter.ts';
import type { IssueFilter } from './issue-filter.ts';

const micro = (limit: number) => fc.integer({ min: -limit * 1e6, max: limit * 1e6 }).map((at) => at / 1e6);
const position = fc.tuple(micro(180), micro(90));
const words = fc
  .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  .filter((said) => said.trim() !== '' && said.length <= 100);
const codes = fc.uniqueArray(words, { maxLength: 5 });
const metres = fc.integer({ min: 1, max: 20_000 });
const days = fc.option(fc.integer({ min: 0, max: 3_650 }));
const id = fc.integer({ min: 1, max: 1e9 });

/** Any filter a person can put together. */
export const anyFilter: fc.Arbitrary<IssueFilter> = fc.record({
  text: fc.oneof(fc.constant(''), words),
  groups: fc.subarray([...listGroups]),
  labels: fc.record({ any: codes, all: codes, none: codes }),
  categories: codes,
  states: fc.subarray([...issueStates]),
  holders: codes,
  late: fc.option(fc.constantFrom('late', 'soon', 'in_time')),
  age: fc.record({ min: days, max: days }),
  communities: fc.uniqueArray(id, { maxLength: 4 }),
  area: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('circle' as const), centre: position, metres }),
      fc.record({
        kind: fc.constant('polygon' as const),
        ring: fc.array(position, { minLength: 3, maxLength: 12 }),
      }),
    ),
  ),
  near: fc.option(
    fc.record({
      kind: fc.constantFrom('courtyard', 'issue', 'resource', 'hazard', 'place'),
      id: fc.option(id),
      at: position,
      metres,
    }),
  ),
});

const through = (filter: IssueFilter) => {
  // As an address carries it.
  const address = new URL('https://street.example/street/');
  const param = toParam(filter);
  if (param !== null) address.searchParams.set('f', param);
  return fromParam(new URL(address.href).searchParams.get('f'));
};

describe('a filter in the address', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(through(filter)).toEqual({ filter, broken: false });
      }),
    );
  });

  it('says nothing when nothing is asked, and reads in Chinese', () => {
    expect([toParam(noFilter), asksNothing({ ...noFilter, text: '  ' })]).toEqual([null, true]);
    const filter = { ...noFilter, text: '漏水', states: ['handling' as const], communities: [7] };
    expect(toParam(filter)).toBe('q.漏水*s.handling*c.7');
    expect(sameFilter(filter, { ...filter })).toBe(true);
  });

  it('keeps what can be read of a broken link and says that something was lost', () => {
    const { filter, broken } = fromParam('s.handling.melted*zz.1*g.late*a.p.1.2*constructor.x');
    expect(broken).toBe(true);
    expect(filter).toEqual({ ...noFilter, groups: ['late'] });
  });

  it('never throws, whatever an address says', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'qgalnkshdoyc.*-0129c p%漏') }), (said) => {
        const { filter } = fromParam(said);
        expect(through(filter)).toEqual({ filter, broken: false });
      }),
    );
  });
});
