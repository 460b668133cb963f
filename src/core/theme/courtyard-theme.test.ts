import { describe, expect, it } from 'vitest';
import type { CourtyardFacts } from '../courtyard-facts.ts';
import { classSizes, shadeCounts, shadeFacts, shadeKinds, themeOf } from './courtyard-theme.ts';

const facts: CourtyardFacts = {
  quarter: '2026Q4',
  courtyards: [1, 2, 3, 4, 5],
  freshness: ['confirmed', 'submitted', 'drafted', 'due', 'stale'],
  verifiedAt: [1, 2, 3, 4, null],
  fields: {
    elderly_share: [0.1, 0.21, 0.3, 0.42, null],
    visit_coverage: [0.4, 0.6, 0.99, 1, null],
  },
  labels: [[7], [], [7, 8], [], []],
  labelList: [{ id: 7, code: 'elderly_dense', name: '老龄院落', nameEn: null, group: 'people' }],
};

describe('the theme an address names', () => {
  it.each([
    ['late', 'late'],
    ['label.elderly_dense', 'label.elderly_dense'],
    ['label.', null],
    ['label.a b', null],
    ['constructor', null],
    [null, null],
  ])('%s is %s', (said, theme) => {
    expect(themeOf(said)).toBe(theme);
  });
});

describe('shading', () => {
  it('by kind leaves out what it does not know', () => {
    const shading = shadeKinds([
      { id: 1, kind: 'yard' },
      { id: 2, kind: 'castle' },
    ]);
    expect(shading.of).toEqual(new Map([[1, 1]]));
    expect(classSizes(shading, [1, 2])).toEqual([0, 1, 0, 0, 1]);
  });

  it('by open issues parts none, one, a few and many', () => {
    const counts = new Map([0, 1, 2, 3, 4, 6, 7, 70].map((count, id) => [id, count]));
    expect([...shadeCounts('open', counts).of.values()]).toEqual([0, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('by freshness hatches what is stale', () => {
    const shading = shadeFacts('fresh', facts);
    expect(shading?.of.get(5)).toBe(4);
    expect(shading?.hatched).toEqual([4]);
  });

  it('by visit coverage tells whole coverage from almost', () => {
    const shading = shadeFacts('visits', facts);
    expect(shading?.of).toEqual(
      new Map([
        [1, 0],
        [2, 1],
        [3, 3],
        [4, 4],
      ]),
    );
    expect(shading?.classes.at(-1)).toEqual({ from: 1, to: null });
  });

  it('by the share of the elderly makes classes of the values there are, and knows nothing of the rest', () => {
    const shading = shadeFacts('elderly', facts);
    expect(shading?.of.has(5)).toBe(false);
    expect(shading && classSizes(shading, facts.courtyards).at(-1)).toBe(1);
    expect(shading?.classes[0]).toEqual({ from: 0, to: 0.21 });
  });

  it('by a label tells who has it', () => {
    const shading = shadeFacts('label.elderly_dense', facts);
    expect(shading?.of.get(3)).toBe(1);
    expect(shading?.of.get(4)).toBe(0);
  });

  it('is not there for a label that is gone or a field this person may not see', () => {
    expect(shadeFacts('label.gone', facts)).toBeNull();
    expect(shadeFacts('visits', { ...facts, fields: {} })).toBeNull();
  });
});
