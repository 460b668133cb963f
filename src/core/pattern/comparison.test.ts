import { expect, it } from 'vitest';
import { IssueStore } from '../issue-store.ts';
import { perCourtyard, sharedBreaks } from './comparison.ts';

function store(courtyards: readonly (number | null)[]): IssueStore {
  const issues = new IssueStore();
  const same = <T>(value: T): T[] => courtyards.map(() => value);
  issues.patch({
    id: courtyards.map((_, at) => at + 1),
    number: same('2611-00001'),
    courtyard_id: [...courtyards],
    category: same('leak'),
    state: same('handling'),
    holder_level: same('community'),
    holder: same('宽巷子社区'),
    urgency: same('ordinary'),
    lng: same(104.05),
    lat: same(30.66),
    step: same(null),
    asked: same(null),
    warn_at: same(null),
    due_at: same(null),
    created_at: same(0),
    version: same(1),
    what: same('漏水'),
  });
  return issues;
}

it('counts each courtyard’s issues, and draws both sides in the same classes', () => {
  const issues = store([7, 7, 8, null, 9, 9, 9, 9]);
  const before = perCourtyard({ store: issues, rows: Uint32Array.of(0, 2, 3) });
  const now = perCourtyard({ store: issues, rows: Uint32Array.of(0, 1, 4, 5, 6, 7) });
  expect([...before]).toEqual([
    [7, 1],
    [8, 1],
  ]);
  expect([...now]).toEqual([
    [7, 2],
    [9, 4],
  ]);
  expect(sharedBreaks(before, now)).toEqual([2, 3]);
});
