import { describe, expect, it } from 'vitest';
import { noFilter } from './issue-filter.ts';
import { conditions, mend, without } from './mend.ts';

const filter = {
  ...noFilter,
  text: '灯',
  labels: { any: ['lift', 'torn_down'], all: ['torn_down'], none: ['old'] },
  categories: ['leak', 'carriages'],
  communities: [3, 99],
};
const known = {
  labels: new Set(['lift', 'old']),
  categories: new Set(['leak']),
  communities: new Set([3, 4]),
};

describe('a filter that names what is gone', () => {
  it('asks for the rest, and each thing is named once', () => {
    const { filter: mended, gone } = mend(filter, known);
    expect(mended).toEqual({
      ...filter,
      labels: { any: ['lift'], all: [], none: ['old'] },
      categories: ['leak'],
      communities: [3],
    });
    expect(gone).toEqual([
      { kind: 'label', value: 'torn_down' },
      { kind: 'category', value: 'carriages' },
      { kind: 'community', value: '99' },
    ]);
  });

  it('stays as it is while nothing is known, or nothing is gone', () => {
    expect(mend(filter, { labels: null, categories: null, communities: null })).toEqual({ filter, gone: [] });
    const whole = { ...noFilter, categories: ['leak'] };
    expect(mend(whole, known).filter).toBe(whole);
  });

  it('counts its conditions, and gives up one', () => {
    expect(conditions(filter)).toBe(5);
    expect(conditions(without(filter, 'labels'))).toBe(2);
    expect(conditions({ ...noFilter, text: '灯', groups: ['late'] })).toBe(0);
  });
});
