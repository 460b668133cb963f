import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterIndex } from './cluster-index.ts';
import { flower } from './cluster-reach.ts';
import type { Box, PinColumns } from './drawn-pins.ts';
import { issueStates, lateMark, markCode, markOf, marks } from './issue-state.ts';

type Issue = { id: number; lng: number; lat: number; state?: number; urgency?: number; due?: number };

const now = Date.parse('2026-11-25T02:00:00Z');
const past = now / 1000 - 60;
const street: Box = [104.04, 30.65, 104.08, 30.69];
const handling = issueStates.indexOf('handling');

function columns(issues: readonly Issue[]): PinColumns {
  return {
    id: Float64Array.from(issues, ({ id }) => id),
    lng: Float64Array.from(issues, ({ lng }) => lng),
    lat: Float64Array.from(issues, ({ lat }) => lat),
    state: Uint8Array.from(issues, ({ state }) => state ?? handling),
    urgency: Uint8Array.from(issues, ({ urgency }) => urgency ?? 0),
    due: Float64Array.from(issues, ({ due }) => due ?? NaN),
  };
}

const loaded = (issues: readonly Issue[], shown: number[] | null = null) => {
  const index = new ClusterIndex();
  index.load(columns(issues), shown && Uint32Array.from(shown), now);
  return index;
};

/** What a whole view counts: issues, late ones, emergencies. */
function counted(index: ClusterIndex, zoom: number): [number, number, number] {
  const { pins, clusters } = index.view(street, zoom);
  const sum = (of: 'count' | 'late' | 'emergency') => clusters.reduce((all, cluster) => all + cluster[of], 0);
  return [
    pins.length + sum('count'),
    pins.filter(({ mark }) => mark === lateMark).length + sum('late'),
    pins.filter(({ urgency }) => urgency === 2).length + sum('emergency'),
  ];
}

const spread = (count: number, due?: number): Issue[] =>
  Array.from({ length: count }, (_, at) => ({
    id: at + 1,
    lng: 104.05 + ((at * 37) % 101) / 5000,
    lat: 30.66 + ((at * 53) % 97) / 5000,
    ...(due !== undefined && at % 3 === 0 && { due }),
  }));

describe('clusters of issues', () => {
  it('count every issue and every late one, at every zoom', () => {
    const index = loaded(spread(3000, past));
    for (const zoom of [11, 12, 13.4, 14, 15, 15.9, 16.5, 17, 19]) {
      const { pins, clusters } = index.view(street, zoom);
      expect(counted(index, zoom)).toEqual([3000, 1000, 0]);
      expect(pins.length + clusters.length).toBeLessThan(zoom < 15 ? 700 : 3001);
    }
  });

  it('say which mark each pin has, as a list would', () => {
    for (const [code, state] of issueStates.entries())
      for (const due of [NaN, past, past + 120, past + 1e6])
        expect(marks[markCode(code, due, now)]).toBe(
          markOf(state, Number.isNaN(due) ? null : due * 1000, now),
        );
  });

  it('show only the rows of the filter, and all again', () => {
    const index = loaded(spread(300), [1, 5, 9]);
    expect(counted(index, 13)[0]).toBe(3);
    index.show(null);
    expect(counted(index, 13)[0]).toBe(300);
    index.show(new Uint32Array());
    expect(index.view(street, 13)).toEqual({ pins: [], clusters: [] });
  });

  it('draw a few at one place around it, each in its own seat, and many as one stack', () => {
    const few = Array.from({ length: flower }, (_, at) => ({ id: at + 1, lng: 104.06, lat: 30.67 }));
    const { pins } = loaded(few).view(street, 18);
    expect(pins.map(({ slot }) => slot).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);

    const many = loaded([...few, { id: 8, lng: 104.06, lat: 30.67, due: past }]);
    const [stack, ...rest] = many.view(street, 19).clusters;
    expect(rest).toEqual([]);
    expect(stack).toMatchObject({ count: 8, late: 1 });
    const { pins: opened, splits } = many.open(stack?.key ?? NaN);
    expect(opened.map(({ id }) => id)).toEqual([8, 1, 2, 3, 4, 5, 6, 7]);
    expect(splits).toBeNull();
  });

  it('tell at which zoom a cluster falls apart', () => {
    const index = loaded([
      { id: 1, lng: 104.06, lat: 30.67 },
      { id: 2, lng: 104.0602, lat: 30.67 },
    ]);
    const [cluster] = index.view(street, 13).clusters;
    const { splits } = index.open(cluster?.key ?? NaN);
    expect(index.view(street, splits ?? 0).pins).toHaveLength(2);
    expect(index.view(street, (splits ?? 0) - 1).clusters).toHaveLength(1);
  });

  it('keep the others in their seats when one goes and another comes', () => {
    const at = { lng: 104.06, lat: 30.67 };
    const index = loaded([1, 2, 3].map((id) => ({ id, ...at })));
    const seats = () => new Map(index.view(street, 18).pins.map(({ id, slot }) => [id, slot]));
    const before = seats();
    // Row 0 goes, and the last row moves into its place.
    index.patch(Uint32Array.of(0), columns([{ id: 3, ...at }]), Uint8Array.of(1), 2, now);
    expect([...seats().keys()].sort()).toEqual([2, 3]);
    expect(seats().get(2)).toBe(before.get(2));
    index.patch(Uint32Array.of(2), columns([{ id: 4, ...at }]), Uint8Array.of(1), 3, now);
    expect(seats().get(2)).toBe(before.get(2));
    expect(new Set(seats().values()).size).toBe(3);
  });

  it('notice what time alone makes late', () => {
    const index = loaded([{ id: 1, lng: 104.06, lat: 30.67, due: now / 1000 + 30 }]);
    expect(counted(index, 13)[1]).toBe(0);
    expect(index.tick(now + 1000)).toBe(false);
    expect(index.tick(now + 31_000)).toBe(true);
    expect(counted(index, 13)[1]).toBe(1);
  });

  it('are, after any changes, what they would be made anew', () => {
    const issue = fc.record({
      lng: fc.integer({ min: 0, max: 30 }).map((at) => 104.05 + at / 20_000),
      lat: fc.integer({ min: 0, max: 30 }).map((at) => 30.66 + at / 20_000),
      state: fc.integer({ min: 0, max: 6 }),
      urgency: fc.integer({ min: 0, max: 2 }),
      due: fc.constantFrom(NaN, past, past + 7200),
    });
    const change = fc.record({ row: fc.nat(40), issue, shown: fc.boolean(), drop: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(issue, { maxLength: 25 }),
        fc.array(change, { maxLength: 30 }),
        (start, changes) => {
          const rows = start.map((one, at) => ({ id: at + 1, ...one, shown: true }));
          const index = loaded(rows);
          for (const { row, issue: one, shown, drop } of changes) {
            if (drop && rows.length > 0) {
              const gone = row % rows.length;
              const last = rows.pop();
              if (last && gone < rows.length) rows[gone] = last;
              const dirty = rows[gone] ? [gone] : [];
              const moved = dirty.map((at) => rows[at] ?? { id: 0, lng: 0, lat: 0, shown: true });
              const shownNow = Uint8Array.from(moved, (each) => Number(each.shown));
              index.patch(Uint32Array.from(dirty), columns(moved), shownNow, rows.length, now);
            } else {
              const at = Math.min(row, rows.length);
              const next = { id: rows[at]?.id ?? 100 + row + rows.length * 1000, ...one, shown };
              rows[at] = next;
              index.patch(
                Uint32Array.of(at),
                columns([next]),
                Uint8Array.of(Number(shown)),
                rows.length,
                now,
              );
            }
          }
          const anew = loaded(
            rows,
            rows.flatMap((each, at) => (each.shown ? [at] : [])),
          );
          for (const zoom of [12, 14, 16, 18]) expect(counted(index, zoom)).toEqual(counted(anew, zoom));
          const ids = (of: ClusterIndex) =>
            [
              ...of.view(street, 18).pins,
              ...of.view(street, 18).clusters.flatMap(({ key }) => of.open(key).pins),
            ]
              .map(({ id, mark, urgency }) => `${id}.${mark}.${urgency}`)
              .sort();
          expect(ids(index)).toEqual(ids(anew));
        },
      ),
      { numRuns: 200 },
    );
  });
});
