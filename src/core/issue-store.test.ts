import { describe, expect, it } from 'vitest';
import { parseIssueColumns } from './issue-columns.ts';
import type { IssueState } from './issue-state.ts';
import type { IssueColumns } from './issue-columns.ts';
import { IssueStore } from './issue-store.ts';

/** Columns for [id, version, state] rows, the rest made up. */
function columns(...rows: [id: number, version: number, state?: IssueState][]): IssueColumns {
  return {
    id: rows.map(([id]) => id),
    number: rows.map(([id]) => `2026-${id}`),
    courtyard_id: rows.map(() => 3),
    category: rows.map(() => null),
    state: rows.map(([, , state]) => state ?? 'submitted'),
    holder_level: rows.map(() => 'courtyard'),
    holder: rows.map(() => '一网格'),
    urgency: rows.map(() => 'ordinary'),
    lng: rows.map(([id]) => 104 + id / 1000),
    lat: rows.map(() => 30.66),
    step: rows.map(([, , state]) => (state === 'handling' ? 'handle' : null)),
    asked: rows.map(([, , state]) => (state === 'handling' ? 'pause' : null)),
    warn_at: rows.map(([, , state]) => (state === 'handling' ? 1_800_000_600 : null)),
    due_at: rows.map(() => null),
    created_at: rows.map(() => 1_800_000_000),
    version: rows.map(([, version]) => version),
    what: rows.map(([id]) => `楼道灯坏了 ${id}`),
  };
}

describe('the issue store', () => {
  it('says what was added and what changed, and nothing for what it knew', () => {
    const store = new IssueStore();
    expect(store.load(columns([1, 1], [2, 1]))).toEqual({ added: [1, 2], changed: [], gone: [] });
    expect(store.patch(columns([1, 1], [2, 2, 'handling'], [3, 1]))).toEqual({
      added: [3],
      changed: [2],
      gone: [],
    });
    expect(store.get(2)).toMatchObject({ state: 'handling', version: 2, number: '2026-2', dueAt: null });
    expect(store.get(2)).toMatchObject({ step: 'handle', asked: 'pause', warnAt: 1_800_000_600_000 });
    expect(store.get(1)).toMatchObject({ step: null, asked: null, warnAt: null });
  });

  it('never lets an older version overwrite a newer one', () => {
    const store = new IssueStore();
    store.load(columns([1, 5, 'resolved']));
    expect(store.patch(columns([1, 4, 'handling']))).toEqual({ added: [], changed: [], gone: [] });
    expect(store.get(1)?.state).toBe('resolved');
  });

  it('forgets what is gone, keeps the others whole, and does not let a late answer bring it back', () => {
    const store = new IssueStore();
    store.load(columns([1, 1], [2, 1], [3, 1]));
    expect(store.patch(columns(), [1, 99])).toEqual({ added: [], changed: [], gone: [1] });
    expect(store.get(1)).toBeNull();
    expect([...store.rows()].map((row) => [row.id, row.number, row.lng])).toEqual([
      [3, '2026-3', 104.003],
      [2, '2026-2', 104.002],
    ]);
    expect(store.patch(columns([1, 1])).added).toEqual([]);
    expect(store.patch(columns([1, 2])).added).toEqual([1]);
  });

  it('takes a new snapshot as the whole truth', () => {
    const store = new IssueStore();
    store.load(columns([1, 1], [2, 1]));
    expect(store.load(columns([2, 1], [4, 1]))).toEqual({ added: [4], changed: [], gone: [1] });
    expect(store.size).toBe(2);
  });

  it('knows which messages tell it nothing new', () => {
    const store = new IssueStore();
    store.load(columns([1, 3]));
    expect([store.knows(1, 3), store.knows(1, 4), store.knows(2, 1)]).toEqual([true, false, false]);
  });
});

describe('columns from the server', () => {
  it('are taken as agreed', () => {
    expect(parseIssueColumns(columns([1, 1]))).toEqual(columns([1, 1]));
  });

  it('are refused with the column and the row that is wrong', () => {
    expect(() => parseIssueColumns({ ...columns([1, 1]), state: ['lost'] })).toThrow('issues.state[0]');
    expect(() => parseIssueColumns({ ...columns([1, 1]), step: ['wait'] })).toThrow('issues.step[0]');
    expect(() => parseIssueColumns({ ...columns([1, 1]), what: [] })).toThrow('issues.what');
    expect(() => parseIssueColumns(null)).toThrow('issues');
  });
});
