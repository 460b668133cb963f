import { describe, expect, it } from 'vitest';
import { parseIssueColumns } from './issue-columns.ts';
import type { IssueColumns } from './issue-columns.ts';
import { packIssues } from './issue-pack.ts';
import { IssueStore } from './issue-store.ts';

const answer: IssueColumns = {
  id: [7, 9, 12],
  number: ['SC-1', 'SC-2', 'SC-3'],
  courtyard_id: [3, null, 4],
  category: ['leak', null, 'leak'],
  state: ['submitted', 'handling', 'closed'],
  holder_level: ['courtyard', 'street', 'department'],
  holder: ['一网格', '少城街道', '一网格'],
  urgency: ['ordinary', 'emergency', 'urgent'],
  lng: [104.05, null, 104.06],
  lat: [30.66, null, 30.67],
  step: ['accept', 'dispatch', null],
  asked: [null, 'pause', null],
  warn_at: [1_800_000_000, null, null],
  due_at: [1_800_000_600, null, null],
  created_at: [1_799_000_000, 1_799_000_100, 1_799_000_200],
  ended_at: [null, null, 1_799_500_000],
  version: [1, 2, 3],
  what: ['屋顶漏水', '', '井盖🕳️坏了'],
};
const later = (over: Partial<IssueColumns>): IssueColumns => {
  const one = Object.fromEntries(Object.entries(answer).map(([name, values]) => [name, values.slice(0, 1)]));
  return parseIssueColumns({ ...one, ...over });
};
const packed = () => {
  const store = new IssueStore();
  store.load(packIssues(answer));
  return store;
};

describe('a pack of issues', () => {
  it('says the same, row by row, as the columns it was made of', () => {
    const plain = new IssueStore();
    plain.load(parseIssueColumns(answer));
    const store = packed();
    expect([...store.rows()]).toEqual([...plain.rows()]);
    expect(store.columns).toEqual(
      Object.fromEntries(Object.entries(plain.columns).map(([name, column]) => [name, column.slice(0, 3)])),
    );
    expect([store.categories, store.holders]).toEqual([plain.categories, plain.holders]);
    expect(store.read(2)).toMatchObject({ what: '井盖🕳️坏了', endedAt: 1_799_500_000_000 });
  });

  it('is refused with the column and the row that is wrong', () => {
    const wrong: [string, object][] = [
      ['issues.state[1]', { state: ['submitted', 'lost', 'closed'] }],
      ['issues.step[0]', { step: ['wait', null, null] }],
      ['issues.lng[2]', { lng: [1, 2, '3'] }],
      ['issues.due_at[0]', { due_at: [undefined, null, null] }],
      ['issues.holder[1]', { holder: ['a', 5, 'b'] }],
      ['issues.what', { what: [] }],
      ['issues.number[0]', { number: [null, '', ''] }],
      ['issues.created_at[0]', { created_at: [null, 1, 1] }],
    ];
    for (const [where, over] of wrong) expect(() => packIssues({ ...answer, ...over }), where).toThrow(where);
    expect(() => packIssues(null)).toThrow('issues');
  });

  it('takes changes like any other rows: words, new holders, and rows that move', () => {
    const store = packed();
    const before = store.revision;
    store.patch(later({ id: [9], number: ['SC-2'], version: [5], what: ['已通'], holder: ['城市更新办'] }));
    expect(store.read(store.rowOf(9))).toMatchObject({ what: '已通', holder: '城市更新办', version: 5 });
    store.remove([7]);
    expect(store.size).toBe(2);
    expect([12, 9].map((id) => store.what(store.rowOf(id)))).toEqual(['井盖🕳️坏了', '已通']);
    store.remove([9]);
    store.patch(later({ id: [20], number: ['SC-9'], what: ['新的'] }));
    expect([12, 20].map((id) => store.get(id)?.what)).toEqual(['井盖🕳️坏了', '新的']);
    expect(store.rowOf(9)).toBe(-1);
    expect(store.revision).toBeGreaterThan(before);
  });

  it('replaces what was there, and says what came, changed and went', () => {
    const store = packed();
    store.patch(later({ id: [30], version: [1] }));
    const next = packIssues({ ...answer, id: [9, 12, 44], version: [2, 9, 1] });
    expect(store.load(next)).toEqual({ added: [44], changed: [12], gone: [7, 30] });
    expect(store.size).toBe(3);
  });
});
