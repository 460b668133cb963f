import { booleanPointInPolygon, distance, polygon } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holderLevels, urgencies } from '../issue-columns.ts';
import type { IssueColumns } from '../issue-columns.ts';
import { listGroup, listGroups } from '../issue-list.ts';
import { issueStates, markOf } from '../issue-state.ts';
import { IssueStore } from '../issue-store.ts';
import type { IssueRow } from '../issue-store.ts';
import { insideOf, PlaceIndex } from './area-rows.ts';
import { noFilter } from './issue-filter.ts';
import type { IssueFilter } from './issue-filter.ts';
import { matchRows } from './match-rows.ts';
import type { FilterContext, Own } from './match-rows.ts';
import { FoldedTexts } from './said.ts';
import { ShownRows } from './shown-rows.ts';
import { YardTable } from './yard-table.ts';

const now = Date.parse('2026-11-25T10:00:00+08:00');
const seconds = now / 1000;
const day = 86_400;
const own: Own = { level: 'street', name: '少城街道', oversees: ['community'] };

const yards = [
  {
    id: 1,
    name: '东胜街23号院',
    address: '东胜街23号',
    communityId: 3,
    point: [104.05, 30.66] as [number, number],
  },
  {
    id: 2,
    name: '长顺花园',
    address: '长顺上街1号',
    communityId: 4,
    point: [104.06, 30.67] as [number, number],
  },
  { id: 9, name: 'ＡＢ苑', address: '', communityId: null, point: [104.07, 30.65] as [number, number] },
];
const labels = {
  codes: new Set(['lift', 'old', 'gate']),
  of: new Map([
    [1, new Set(['lift', 'old'])],
    [2, new Set(['old'])],
  ]),
};
const context: FilterContext = {
  now,
  yards: new YardTable(yards),
  labels,
  own,
  readings: null,
  inside: null,
  time: null,
  liveSince: seconds - day,
  texts: new FoldedTexts(),
};

const words = fc.constantFrom('楼道灯不亮', '漏水', '东胜街口垃圾', 'WiFi 坏了', '');
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { freq: 4 });
const oneIssue = (id: fc.Arbitrary<number>) =>
  fc.record({
    id,
    version: fc.integer({ min: 1, max: 9 }),
    courtyard_id: maybe(fc.constantFrom(1, 2, 7, 9)),
    category: maybe(fc.constantFrom('leak', 'light', 'waste')),
    state: fc.constantFrom(...issueStates),
    holder_level: fc.constantFrom(...holderLevels),
    holder: maybe(fc.constantFrom('少城街道', '四道街社区', '市政科')),
    urgency: fc.constantFrom(...urgencies),
    point: maybe(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))),
    step: maybe(fc.constantFrom('accept', 'verify', 'handle')),
    asked: maybe(fc.constantFrom('pause')),
    due: maybe(fc.integer({ min: -20, max: 20 })),
    created: fc.integer({ min: 0, max: 4_000 }),
    ended: maybe(fc.integer({ min: 0, max: 400 })),
    what: words,
  });

type Drawn = ReturnType<typeof oneIssue> extends fc.Arbitrary<infer T> ? T : never;

/** As the server sends them. */
function columns(issues: readonly Drawn[]): IssueColumns {
  return {
    id: issues.map(({ id }) => id),
    number: issues.map(({ id }) => `20261125-${id}`),
    courtyard_id: issues.map(({ courtyard_id }) => courtyard_id),
    category: issues.map(({ category }) => category),
    state: issues.map(({ state }) => state),
    holder_level: issues.map(({ holder_level }) => holder_level),
    holder: issues.map(({ holder }) => holder),
    urgency: issues.map(({ urgency }) => urgency),
    lng: issues.map(({ point }) => (point ? 104.04 + point[0] / 1000 : null)),
    lat: issues.map(({ point }) => (point ? 30.64 + point[1] / 1000 : null)),
    step: issues.map(({ step }) => step),
    asked: issues.map(({ asked }) => asked),
    warn_at: issues.map(() => null),
    due_at: issues.map(({ due }) => (due === null ? null : seconds + due * 3_600)),
    created_at: issues.map(({ created }) => seconds - created * 3_600),
    ended_at: issues.map(({ ended }) => (ended === null ? null : seconds - ended * 3_600)),
    version: issues.map(({ version }) => version),
    what: issues.map(({ what }) => what),
  } as IssueColumns;
}

const some = <T>(all: readonly T[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray([...all]));
const metres = fc.integer({ min: 50, max: 3_000 });
const at = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
  .map(([x, y]) => [104.04 + x / 1000, 30.64 + y / 1000] as const);
const filters: fc.Arbitrary<IssueFilter> = fc.record({
  text: fc.oneof(
    { weight: 4, arbitrary: fc.constant('') },
    fc.constantFrom('灯', '东胜街 漏', 'wifi', 'ab', '20261125-3', '社区'),
  ),
  groups: some(listGroups),
  labels: fc.record({
    any: some(['lift', 'old', 'gone']),
    all: some(['lift', 'old']),
    none: some(['lift', 'gate']),
  }),
  categories: some(['leak', 'waste', 'unheard']),
  states: some(issueStates),
  holders: some(['少城街道', '市政科', '没有']),
  late: maybe(fc.constantFrom('late', 'soon', 'in_time')),
  age: fc.record({
    min: maybe(fc.integer({ min: 0, max: 90 })),
    max: maybe(fc.integer({ min: 0, max: 160 })),
  }),
  communities: some([3, 4, 5]),
  area: maybe(
    fc.oneof(
      fc.record({ kind: fc.constant('circle' as const), centre: at, metres }),
      fc.record({
        kind: fc.constant('polygon' as const),
        ring: fc.array(at, { minLength: 3, maxLength: 6 }),
      }),
    ),
  ),
  near: maybe(fc.record({ kind: fc.constant('place' as const), id: fc.constant(null), at, metres })),
});
const times = maybe(
  fc.record({
    since: fc.integer({ min: 0, max: 160 }).map((days) => seconds - days * day),
    until: fc.integer({ min: 0, max: 90 }).map((days) => seconds - days * day),
    mode: fc.constantFrom('reported' as const, 'open' as const),
  }),
);

/** The same rules, one object at a time and in plain words. */
function naive(issue: IssueRow, filter: IssueFilter, { time }: FilterContext): boolean {
  const yard = yards.find(({ id }) => id === issue.courtyardId);
  const has = (code: string) => labels.of.get(yard?.id ?? 0)?.has(code) ?? false;
  const [created, ended] = [issue.createdAt / 1000, issue.endedAt === null ? Infinity : issue.endedAt / 1000];
  const lives =
    time === null
      ? ended >= seconds - day
      : time.mode === 'reported'
        ? created >= time.since && created < time.until
        : created < time.until && ended >= time.since;
  const mark = markOf(issue.state, issue.dueAt, now);
  const waits = issue.state === 'submitted' || issue.state === 'handling';
  const age = (now - issue.createdAt) / 86_400_000;
  const place = Number.isNaN(issue.lng) ? yard?.point : ([issue.lng, issue.lat] as const);
  const stands = (test: (place: number[]) => boolean) => place !== undefined && test([...place]);
  const said = [issue.number, issue.what, issue.holder, yard?.name, yard?.address]
    .join('\n')
    .normalize('NFKC')
    .toLowerCase();
  const { area, near } = filter;
  const group = listGroup(
    issue,
    now,
    issue.holderLevel === own.level && issue.holder === own.name,
    own.oversees.includes(issue.holderLevel),
  );
  const anyLabel = filter.labels.any.length + filter.labels.all.length + filter.labels.none.length > 0;
  return (
    lives &&
    (filter.groups.length === 0 || filter.groups.includes(group)) &&
    filter.text.split(' ').every((word) => said.includes(word)) &&
    (!anyLabel || yard !== undefined) &&
    (filter.labels.any.length === 0 || filter.labels.any.some(has)) &&
    filter.labels.all.every(has) &&
    !filter.labels.none.some(has) &&
    (filter.categories.length === 0 || filter.categories.includes(issue.category ?? '')) &&
    (filter.states.length === 0 || filter.states.includes(issue.state)) &&
    (filter.holders.length === 0 || filter.holders.includes(issue.holder)) &&
    (filter.late === null || (filter.late === 'in_time' ? waits && mark !== 'late' : mark === filter.late)) &&
    (filter.age.min === null || age >= filter.age.min) &&
    (filter.age.max === null || age <= filter.age.max) &&
    (filter.communities.length === 0 || filter.communities.includes(yard?.communityId ?? 0)) &&
    (area?.kind !== 'circle' ||
      stands((at) => distance([...area.centre], at, { units: 'meters' }) <= area.metres)) &&
    (area?.kind !== 'polygon' ||
      stands((at) =>
        booleanPointInPolygon(
          at,
          polygon([[...area.ring, area.ring[0] ?? [0, 0]].map((corner) => [...corner])]),
        ),
      )) &&
    (near === null || stands((at) => distance([...near.at], at, { units: 'meters' }) <= near.metres))
  );
}

const stored = (issues: Parameters<typeof columns>[0]): IssueStore => {
  const store = new IssueStore();
  store.load(columns(issues));
  return store;
};
const spatial = ({ area, near }: IssueFilter) => area !== null || near !== null;
const maskOf = (store: IssueStore, filter: IssueFilter) =>
  spatial(filter) ? new PlaceIndex(store, context.yards).mask(filter) : null;
const distinct = fc.uniqueArray(oneIssue(fc.integer({ min: 1, max: 60 })), {
  selector: ({ id }) => id,
  maxLength: 40,
});

describe('the rows a filter lets through', () => {
  it('are those that a plain filter over objects lets through, with an index and without', () => {
    fc.assert(
      fc.property(distinct, filters, times, (issues, filter, time) => {
        const store = stored(issues);
        const here = { ...context, time, inside: insideOf(filter) };
        const expected = [...store.rows()].filter((issue) => naive(issue, filter, here)).map(({ id }) => id);
        const ids = (rows: Uint32Array) => [...rows].map((row) => store.columns.id[row]);
        expect(ids(matchRows(store, filter, here, maskOf(store, filter)))).toEqual(expected);
        expect(ids(matchRows(store, filter, here))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('shows nothing inside a drawn area until the code that tells is there, and no label before the labels', () => {
    const store = stored(fc.sample(distinct, { numRuns: 1, seed: 7 })[0] ?? []);
    const drawn = {
      ...noFilter,
      area: { kind: 'circle' as const, centre: [104.05, 30.66] as const, metres: 20_000 },
    };
    expect(matchRows(store, drawn, context)).toHaveLength(0);
    const labelled = { ...noFilter, labels: { any: [], all: [], none: ['lift'] } };
    expect(matchRows(store, labelled, { ...context, labels: null })).toHaveLength(0);
  });
});

it('the notch of an area is not the area, however it is told', () => {
  const issue = fc.sample(oneIssue(fc.constant(1)), { numRuns: 1, seed: 1 })[0];
  const at = (id: number, x: number, y: number) => ({ ...issue, id, point: [x, y] }) as Drawn;
  const store = stored([at(1, 10, 10), at(2, 30, 30), at(3, 30, 10)]);
  const corners = [
    [0, 0],
    [40, 0],
    [40, 20],
    [20, 20],
    [20, 40],
    [0, 40],
  ] as const;
  const ring = corners.map(([x, y]) => [104.04 + x / 1000, 30.64 + y / 1000] as const);
  const mask = new PlaceIndex(store, context.yards).mask({ area: { kind: 'polygon', ring }, near: null });
  expect([1, 2, 3].map((id) => mask[store.rowOf(id)])).toEqual([1, 0, 1]);
});

const seen = (shown: ShownRows, store: IssueStore) => ({
  rows: [...shown.rows].map((row) => store.columns.id[row]),
  counts: [...shown.counts],
  shown: [...shown.shown],
  totals: shown.totals,
});

describe('the rows of list, counts and map', () => {
  it('stand in the order of the list, and the counts are those of the parts', () => {
    fc.assert(
      fc.property(distinct, filters, (issues, filter) => {
        const store = stored(issues);
        const shown = new ShownRows();
        shown.rebuild(store, filter, context, maskOf(store, filter));
        const listed = (row: number) => {
          const issue = store.read(row);
          const ours = issue.holderLevel === own.level && issue.holder === own.name;
          const group = listGroup(issue, now, ours, own.oversees.includes(issue.holderLevel));
          const over = group === 'resolved' || group === 'ended';
          return {
            ...issue,
            group: listGroups.indexOf(group),
            when: over ? -issue.createdAt : (issue.dueAt ?? Infinity),
          };
        };
        const rows = [...matchRows(store, filter, context, maskOf(store, filter))].map(listed);
        const by = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);
        rows.sort((a, b) => by(a.group, b.group) || by(a.when, b.when) || by(a.id, b.id));
        expect([...shown.rows].map((row) => store.columns.id[row])).toEqual(rows.map(({ id }) => id));
        const every = [...matchRows(store, { ...filter, groups: [] }, context, maskOf(store, filter))].map(
          listed,
        );
        expect([...shown.counts]).toEqual(
          listGroups.map((_, at) => every.filter(({ group }) => group === at).length),
        );
        expect([...shown.shown]).toEqual(
          listGroups.map((_, at) => rows.filter(({ group }) => group === at).length),
        );
      }),
    );
  });

  it('are the same after each change as if they were worked out anew', () => {
    const change = fc.record({
      issues: fc.uniqueArray(oneIssue(fc.integer({ min: 1, max: 60 })), {
        selector: ({ id }) => id,
        maxLength: 4,
      }),
      gone: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(distinct, filters, fc.array(change, { maxLength: 6 }), (issues, filter, changes) => {
        const store = stored(issues);
        const here = { ...context, inside: spatial(filter) ? insideOf(filter) : null };
        const kept = new ShownRows();
        kept.rebuild(store, filter, here, maskOf(store, filter));
        for (const { issues: next, gone } of changes) {
          const { added, changed } = store.patch(columns(next), gone);
          const rows = [...added, ...changed].map((id) => store.rowOf(id));
          if (!kept.patch(store, filter, here, rows))
            kept.rebuild(store, filter, here, maskOf(store, filter));
          const fresh = new ShownRows();
          fresh.rebuild(store, filter, here, maskOf(store, filter));
          expect(seen(kept, store)).toEqual(seen(fresh, store));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are worked out anew once time has overtaken one of them', () => {
    const issue = fc.sample(oneIssue(fc.constant(1)), { numRuns: 1, seed: 1 })[0];
    const store = stored([{ ...issue, state: 'handling', due: 1, ended: null } as Drawn]);
    const shown = new ShownRows();
    shown.rebuild(store, noFilter, context, null);
    expect(shown.changesAt).toBe(now + 3_600_000);
    expect(shown.patch(store, noFilter, { ...context, now: now + 1000 }, [0])).toBe(true);
    expect(shown.patch(store, noFilter, { ...context, now: now + 3_600_000 }, [0])).toBe(false);
  });

  it('says when time alone will change something next', () => {
    fc.assert(
      fc.property(distinct, filters, fc.integer({ min: 0, max: 200 }), (issues, filter, hours) => {
        const store = stored(issues);
        const [before, after] = [new ShownRows(), new ShownRows()];
        const here = { ...context, inside: spatial(filter) ? insideOf(filter) : null };
        before.rebuild(store, filter, here, null);
        const later = Math.min(now + hours * 3_600_000, before.changesAt - 1000);
        fc.pre(later > now);
        after.rebuild(store, filter, { ...here, now: later }, null);
        expect(seen(after, store)).toEqual(seen(before, store));
      }),
    );
  });
});
