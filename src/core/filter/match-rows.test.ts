import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listGroup, listGroups } from '../issue-list.ts';
import { IssueStore } from '../issue-store.ts';
import { insideOf, PlaceIndex } from './area-rows.ts';
import { noFilter } from './issue-filter.ts';
import type { IssueFilter } from './issue-filter.ts';
import { matchRows } from './match-rows.ts';
import { ShownRows } from './shown-rows.ts';
import { columns, context, filters, naive, now, oneIssue, own, times } from './filter-cases.ts';
import type { Drawn } from './filter-cases.ts';

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
