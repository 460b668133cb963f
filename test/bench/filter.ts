import { cpuUsage } from 'node:process';
import { insideOf, PlaceIndex } from '../../src/core/filter/area-rows.ts';
import { noFilter } from '../../src/core/filter/issue-filter.ts';
import type { IssueFilter } from '../../src/core/filter/issue-filter.ts';
import type { FilterContext } from '../../src/core/filter/match-rows.ts';
import { FoldedTexts } from '../../src/core/filter/said.ts';
import { ShownRows } from '../../src/core/filter/shown-rows.ts';
import { sorted } from '../../src/core/filter/sort-rows.ts';
import { YardTable } from '../../src/core/filter/yard-table.ts';
import { holderLevels } from '../../src/core/issue-columns.ts';
import { IssueStore } from '../../src/core/issue-store.ts';
import { type Figure, ms } from './table.ts';

const COUNT = 200_000;
const states = ['submitted', 'handling', 'resolved'] as const;
const now = Date.parse('2026-11-25T10:00:00+08:00');
const seconds = now / 1000;

/** Spread evenly and the same in every run: the nth of a sequence without a pattern, from 0 to 1. */
const spread = (n: number, by: number): number => (n * by) % 1;

function world(): { store: IssueStore; context: FilterContext } {
  const ids = Array.from({ length: COUNT }, (_, n) => n + 1);
  const each = <T>(of: (id: number) => T): T[] => ids.map(of);
  const store = new IssueStore();
  store.load({
    id: ids,
    number: each((id) => `20261125-${id}`),
    courtyard_id: each((id) => 1 + (id % 514)),
    category: each((id) => ['leak', 'light', 'waste', 'gate'][id % 4] ?? 'leak'),
    state: each((id) => states[id % 3] ?? 'handling'),
    holder_level: each((id) => holderLevels[id % 4] ?? 'street'),
    holder: each((id) => `科室${id % 12}`),
    urgency: each(() => 'ordinary' as const),
    lng: each((id) => 104.04 + 0.04 * spread(id, 0.6180339887)),
    lat: each((id) => 30.65 + 0.03 * spread(id, 0.7548776662)),
    step: each(() => 'handle' as const),
    asked: each(() => null),
    warn_at: each(() => null),
    due_at: each((id) => Math.round(seconds + 1e6 * (spread(id, 0.5698402909) - 0.2))),
    created_at: each((id) => Math.round(seconds - 8e6 * spread(id, 0.4142135623))),
    version: each(() => 1),
    what: each((id) => `三单元二楼楼道的灯不亮了，第${id}次报修，请尽快`),
  });
  const yards = Array.from({ length: 514 }, (_, n) => ({
    id: n + 1,
    name: `东胜街${n}号院`,
    address: `东胜街${n}号`,
    communityId: 1 + (n % 6),
    point: [104.04 + 0.04 * spread(n, 0.618), 30.65 + 0.03 * spread(n, 0.755)] as [number, number],
  }));
  const context: FilterContext = {
    now,
    yards: new YardTable(yards),
    labels: {
      codes: new Set(['old']),
      of: new Map(yards.map(({ id }) => [id, new Set(id % 2 ? ['old'] : [])])),
    },
    own: { level: 'street', name: '科室2', oversees: ['community'] },
    readings: null,
    inside: null,
    time: null,
    liveSince: seconds,
    texts: new FoldedTexts(),
  };
  return { store, context };
}

const filters: Readonly<Record<string, Partial<IssueFilter>>> = {
  'a label, a category and a state': {
    labels: { any: ['old'], all: [], none: [] },
    categories: ['leak'],
    states: ['handling'],
  },
  words: { text: '灯 东胜街23' },
  'late ones': { late: 'late' },
  'a circle of 500 m': { area: { kind: 'circle', centre: [104.06, 30.665], metres: 500 } },
  'an area around everything': {
    area: {
      kind: 'polygon',
      ring: [
        [104.03, 30.64],
        [104.09, 30.64],
        [104.09, 30.69],
        [104.06, 30.7],
        [104.03, 30.69],
      ],
    },
  },
};

/** What a change of the filter, one changed issue and a sorting cost over 200,000 issues: processor time of the median of nine. */
export async function measureFilter(): Promise<Figure[]> {
  const { store, context } = world();
  const index = new PlaceIndex(store, context.yards);
  const median = (work: () => void): number => {
    work();
    const times = Array.from({ length: 9 }, () => {
      const before = cpuUsage();
      work();
      const { user, system } = cpuUsage(before);
      return (user + system) / 1000;
    });
    return times.toSorted((a, b) => a - b)[4] ?? NaN;
  };
  const shown = new ShownRows();
  const figures: Figure[] = Object.entries(filters).map(([name, more]) => {
    const filter = { ...noFilter, ...more };
    const inside = filter.area ? insideOf(filter) : null;
    const took = median(() =>
      shown.rebuild(store, filter, { ...context, inside }, filter.area ? index.mask(filter) : null),
    );
    return { name: `Filter over ${COUNT} issues: ${name}`, value: ms(took), asked: '≤ 100 ms' };
  });
  shown.rebuild(store, noFilter, context, null);
  let row = 0;
  const one = median(() => void shown.patch(store, noFilter, context, [row++]));
  const everything = shown.rows;
  const bySound = median(() => {
    sorted(store, everything, { column: 'courtyard', descending: false }, context.yards, {
      language: 'zh',
      category: (code) => code,
    });
  });
  return [
    ...figures,
    { name: `One changed issue among ${COUNT}: list and counts`, value: ms(one), asked: '≤ 16 ms' },
    { name: `Table of ${COUNT} issues sorted by courtyard`, value: ms(bySound), asked: '' },
  ];
}
