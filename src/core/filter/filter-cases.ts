/** Issues and filters of every kind for the filter's tests, and the same rules in plain words. */
import { booleanPointInPolygon, distance, polygon } from '@turf/turf';
import fc from 'fast-check';
import { holderLevels, urgencies } from '../issue-columns.ts';
import type { IssueColumns } from '../issue-columns.ts';
import { listGroup, listGroups } from '../issue-list.ts';
import { issueStates, markOf } from '../issue-state.ts';
import type { IssueRow } from '../issue-store.ts';
import type { IssueFilter } from './issue-filter.ts';
import type { FilterContext, Own } from './match-rows.ts';
import { FoldedTexts } from './said.ts';
import { YardTable } from './yard-table.ts';

export const now = Date.parse('2026-11-25T10:00:00+08:00');
const seconds = now / 1000;
const day = 86_400;
export const own: Own = { level: 'street', name: '少城街道', oversees: ['community'] };

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
export const context: FilterContext = {
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
export const oneIssue = (id: fc.Arbitrary<number>) =>
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

export type Drawn = ReturnType<typeof oneIssue> extends fc.Arbitrary<infer T> ? T : never;

/** As the server sends them. */
export function columns(issues: readonly Drawn[]): IssueColumns {
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
export const filters: fc.Arbitrary<IssueFilter> = fc.record({
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
export const times = maybe(
  fc.record({
    since: fc.integer({ min: 0, max: 160 }).map((days) => seconds - days * day),
    until: fc.integer({ min: 0, max: 90 }).map((days) => seconds - days * day),
    mode: fc.constantFrom('reported' as const, 'open' as const),
  }),
);

/** The same rules, one object at a time and in plain words. */
export function naive(issue: IssueRow, filter: IssueFilter, { time }: FilterContext): boolean {
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
