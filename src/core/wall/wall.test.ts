import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueStates } from '../issue-state.ts';
import { IssueStore } from '../issue-store.ts';
import { wallFigures } from './wall-figures.ts';
import { freshnessOf, sceneAfter, scenes, wallOptions } from './wall-options.ts';

const options = (query: string) => wallOptions(new URLSearchParams(query));

describe('the wall’s address', () => {
  it('names the scenes, their order and how long each stays', () => {
    expect(options('scenes=late,live&every=45')).toEqual({ scenes: ['late', 'live'], every: 45 });
  });

  it('takes no harm from what cannot be read', () => {
    expect(options('')).toEqual({ scenes, every: 20 });
    expect(options('scenes=cats,late,late&every=0')).toEqual({ scenes: ['late'], every: 20 });
    expect(options('every=1').every).toBe(5);
    expect(options('every=1e9').every).toBe(600);
    expect(options('every=soon').every).toBe(20);
  });

  it('goes round in both directions, and one scene alone stays', () => {
    expect(sceneAfter(scenes, 'quarter', 1)).toBe('live');
    expect(sceneAfter(scenes, 'live', -1)).toBe('quarter');
    expect(sceneAfter(['late'], 'late', 1)).toBe('late');
  });
});

it('what the wall shows is old when the server has been silent for minutes, never while it is connected', () => {
  const now = 1_000_000;
  expect(freshnessOf(true, 0, now)).toBe('live');
  expect(freshnessOf(false, now - 59_000, now)).toBe('live');
  expect(freshnessOf(false, now - 61_000, now)).toBe('late');
  expect(freshnessOf(false, now - 301_000, now)).toBe('old');
  expect(freshnessOf(false, null, now)).toBe('live');
});

it('the figures are those one would count by hand', () => {
  const issue = fc.record({
    state: fc.constantFrom(...issueStates),
    due: fc.option(fc.integer({ min: 0, max: 60_000 })),
    created: fc.integer({ min: 0, max: 40_000 }),
  });
  fc.assert(
    fc.property(fc.array(issue, { maxLength: 30 }), (issues) => {
      const store = new IssueStore();
      const each = <T>(value: T): T[] => issues.map(() => value);
      store.patch({
        id: issues.map((_, at) => at + 1),
        number: each(''),
        courtyard_id: each(1),
        category: each('leak'),
        state: issues.map(({ state }) => state),
        holder_level: each('community' as const),
        holder: each('社区'),
        urgency: each('ordinary' as const),
        lng: each(null),
        lat: each(null),
        step: each(null),
        asked: each(null),
        warn_at: each(null),
        due_at: issues.map(({ due }) => due),
        created_at: issues.map(({ created }) => created),
        version: each(1),
        what: each(''),
      });
      const [now, midnight] = [30_000, 20_000];
      const figures = wallFigures(store, now, midnight, 3);
      const open = issues.filter(({ state }) => ['submitted', 'handling', 'resolved'].includes(state));
      const running = open.filter(({ state }) => state !== 'resolved');
      expect(figures).toMatchObject({
        open: open.length,
        late: running.filter(({ due }) => due !== null && due <= now).length,
        soon: running.filter(({ due }) => due !== null && due > now && due <= now + 14_400).length,
        waiting: open.filter(({ state }) => state === 'submitted').length,
        today: issues.filter(({ created }) => created >= midnight).length,
      });
      const dues = [...figures.lateRows].map((row) => store.columns.due[row] ?? 0);
      expect(dues).toEqual(dues.toSorted((a, b) => a - b));
      expect(figures.newest.map((row) => store.columns.created[row])).toEqual(
        open
          .map(({ created }) => created)
          .toSorted((a, b) => b - a)
          .slice(0, 3),
      );
    }),
  );
});
