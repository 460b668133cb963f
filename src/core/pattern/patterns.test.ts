import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IssueStore } from '../issue-store.ts';
import { compare } from './comparison.ts';
import { findings } from './findings.ts';
import { hotSpots } from './hot-spots.ts';
import { hull } from './hull.ts';

const DAY = 86_400;
type Told = { yard: number; cause: string; day: number; lng?: number; lat?: number; ended?: number };

/** A store with these issues, in this order, and all its rows. */
function told(issues: readonly Told[]) {
  const store = new IssueStore();
  store.patch({
    id: issues.map((_, at) => at + 1),
    number: issues.map((_, at) => `2611-${at}`),
    courtyard_id: issues.map(({ yard }) => yard),
    category: issues.map(({ cause }) => cause),
    state: issues.map(({ ended }) => (ended === undefined ? 'handling' : 'closed')),
    holder_level: issues.map(() => 'community'),
    holder: issues.map(() => '宽巷子社区'),
    urgency: issues.map(() => 'ordinary'),
    lng: issues.map(({ lng }) => lng ?? null),
    lat: issues.map(({ lat }) => lat ?? null),
    step: issues.map(() => null),
    asked: issues.map(() => null),
    warn_at: issues.map(() => null),
    due_at: issues.map(() => null),
    created_at: issues.map(({ day }) => day * DAY),
    ended_at: issues.map(({ ended }) => (ended === undefined ? null : ended * DAY)),
    version: issues.map(() => 1),
    what: issues.map(() => ''),
  });
  return { store, rows: Uint32Array.from(issues, (_, at) => at) };
}

const issue = fc.record({
  yard: fc.integer({ min: 1, max: 4 }),
  cause: fc.constantFrom('leak', 'drain', 'ebike'),
  day: fc.integer({ min: 0, max: 300 }),
});

describe('findings', () => {
  it('say what happened often enough, soon enough, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(issue, { maxLength: 40 }), fc.integer({ min: 10, max: 120 }), (issues, days) => {
        const found = findings(told(issues), { least: 3, days });
        for (const yard of [1, 2, 3, 4])
          for (const cause of ['leak', 'drain', 'ebike']) {
            const at = issues.filter((one) => one.yard === yard && one.cause === cause).map(({ day }) => day);
            const most = Math.max(
              0,
              ...at.map((end) => at.filter((d) => d <= end && d >= end - days).length),
            );
            const said = found.find((one) => one.courtyard === yard && one.cause === cause);
            expect(said?.count ?? 0).toBe(most >= 3 ? most : 0);
            expect(said?.rows.length ?? 0).toBe(said?.count ?? 0);
          }
      }),
    );
  });

  it('three leaks in 90 days are one, three in 91 days are none', () => {
    const leaks = (days: number[]) => told(days.map((day) => ({ yard: 7, cause: 'leak', day })));
    expect(findings(leaks([0, 45, 90]))).toMatchObject([{ courtyard: 7, cause: 'leak', count: 3, first: 0 }]);
    expect(findings(leaks([0, 45, 91]))).toEqual([]);
    expect(findings(told([1, 2, 3].map((yard) => ({ yard, cause: 'leak', day: 1 }))))).toEqual([]);
  });
});

describe('hot spots', () => {
  const corner = (count: number, cause: string, lng = 104.05): Told[] =>
    Array.from({ length: count }, (_, at) => ({
      yard: 1 + (at % 2),
      cause,
      day: at,
      lng,
      lat: 30.66 + at * 0.00005,
    }));
  const place = (from: ReturnType<typeof told>) => (row: number) =>
    Number.isNaN(from.store.columns.lng[row] ?? NaN)
      ? null
      : ([from.store.columns.lng[row] ?? 0, from.store.columns.lat[row] ?? 0] as const);

  it('tell their cause, their courtyards and their outline, the largest first', () => {
    const from = told([
      ...corner(5, 'rubbish'),
      ...corner(8, 'ebike', 104.06),
      { yard: 9, cause: 'leak', day: 1, lng: 104.07, lat: 30.66 },
    ]);
    const spots = hotSpots(from, place(from), { reach: 30, least: 4, byCause: true });
    expect(spots.map(({ cause, rows, id }) => [cause, rows.length, id])).toEqual([
      ['ebike', 8, 6],
      ['rubbish', 5, 1],
    ]);
    expect(spots[1]?.courtyards).toEqual([
      { key: 1, count: 3 },
      { key: 2, count: 2 },
    ]);
    const ring = spots[1]?.ring ?? [];
    expect(ring[0]).toEqual(ring.at(-1));
    // 14 m of air around pins that lie 22 m apart
    const lats = ring.map(([, lat]) => lat);
    expect((Math.max(...lats) - Math.min(...lats)) * 111_195).toBeCloseTo(22.2 + 28, 0);
  });

  it('keep causes apart, or take them together', () => {
    const from = told([...corner(3, 'rubbish'), ...corner(3, 'ebike')]);
    expect(hotSpots(from, place(from), { reach: 30, least: 5, byCause: true })).toEqual([]);
    const [all] = hotSpots(from, place(from), { reach: 30, least: 5, byCause: false });
    expect(all).toMatchObject({ cause: null, causes: [{ count: 3 }, { count: 3 }] });
    expect(
      hotSpots({ ...from, rows: from.rows.slice(0, 3) }, place(from), {
        reach: 30,
        least: 5,
        byCause: false,
      }),
    ).toEqual([]);
  });

  it('leave out what has no place', () => {
    const from = told(Array.from({ length: 9 }, () => ({ yard: 1, cause: 'leak', day: 1 })));
    expect(hotSpots(from, () => null, { reach: 30, least: 2, byCause: true })).toEqual([]);
  });

  it('a hull holds every point, by corners that are points', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(points, (given) => {
        const corners = hull(given);
        for (const corner of corners) expect(given).toContainEqual(corner);
        corners.forEach((a, at) => {
          const b = corners[(at + 1) % corners.length] ?? a;
          for (const p of given)
            expect((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });
});

it('two sides are compared by figures and by the causes in which they differ most', () => {
  const a = told([
    { yard: 1, cause: 'leak', day: 1, ended: 2 },
    { yard: 1, cause: 'leak', day: 1, ended: 4 },
    { yard: 2, cause: 'drain', day: 1 },
  ]);
  const b = told([
    ...Array.from({ length: 5 }, () => ({ yard: 3, cause: 'ebike', day: 2, ended: 3 })),
    { yard: 3, cause: 'leak', day: 2 },
  ]);
  expect(compare(a, b)).toEqual({
    a: { issues: 3, open: 1, medianHours: 48, courtyards: 2 },
    b: { issues: 6, open: 1, medianHours: 24, courtyards: 1 },
    causes: [
      { cause: 'ebike', a: 0, b: 5 },
      { cause: 'leak', a: 2, b: 1 },
      { cause: 'drain', a: 1, b: 0 },
    ],
  });
  expect(compare(told([]), told([])).a.medianHours).toBeNull();
});
