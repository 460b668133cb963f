import { describe, expect, it } from 'vitest';
import { countGroups, grouped, listGroup, noListFilter, passes } from './issue-list.ts';
import type { ListedIssue } from './issue-list.ts';
import type { IssueRow } from './issue-store.ts';

const now = Date.UTC(2026, 10, 22, 6);
const hour = 3_600_000;

function row(id: number, change: Partial<IssueRow> = {}): IssueRow {
  return {
    id,
    number: `2026-00${id}`,
    courtyardId: 7,
    category: null,
    state: 'handling',
    holderLevel: 'street',
    holder: '少城街道',
    urgency: 'ordinary',
    lng: 104.05,
    lat: 30.66,
    step: 'handle',
    asked: null,
    warnAt: null,
    dueAt: now + 9 * hour,
    createdAt: now - id * hour,
    endedAt: null,
    version: 1,
    what: '楼道灯坏了',
    ...change,
  };
}

const courtyard = {
  id: 7,
  name: '东胜街23号院',
  address: '东胜街23号',
  communityId: 2,
  kind: 'yard',
  invented: false,
  point: [104.05, 30.66] as [number, number],
  outline: [],
};

const listed = (issue: IssueRow, mine = false): ListedIssue => ({
  ...issue,
  courtyard,
  mark: issue.state,
  group: listGroup(issue, now, mine),
});

describe('the list beside the map', () => {
  it('puts what is late before what waits for us, and ended ones last', () => {
    const issues = [
      listed(row(1, { state: 'closed', dueAt: null })),
      listed(row(2), true),
      listed(row(3, { dueAt: now - hour }), true),
      listed(row(4, { state: 'resolved', dueAt: now - hour })),
      listed(row(5, { state: 'submitted' })),
    ];
    expect(grouped(issues).map(({ group, issues }) => [group, issues.map(({ id }) => id)])).toEqual([
      ['late', [3]],
      ['mine', [2]],
      ['submitted', [5]],
      ['resolved', [4]],
      ['ended', [1]],
    ]);
    expect(countGroups(issues)).toEqual({
      late: 1,
      decide: 0,
      verify: 0,
      mine: 1,
      submitted: 1,
      handling: 0,
      resolved: 1,
      ended: 1,
    });
  });

  it('sets apart what waits for us above its holder: a request to decide, a solution to verify', () => {
    const asked = row(1, { asked: 'pause', holderLevel: 'community' });
    const solved = row(2, { state: 'resolved', step: 'verify', holderLevel: 'department' });
    expect([asked, solved].map((issue) => listGroup(issue, now, false, true))).toEqual(['decide', 'verify']);
    expect([asked, solved].map((issue) => listGroup(issue, now, false, false))).toEqual([
      'handling',
      'resolved',
    ]);
    expect(listGroup({ ...asked, dueAt: now - hour }, now, false, true)).toBe('late');
  });

  it('sorts by deadline, those without one last', () => {
    const issues = [
      row(1, { dueAt: null }),
      row(2, { dueAt: now + 8 * hour }),
      row(3, { dueAt: now + 5 * hour }),
    ];
    expect(grouped(issues.map((issue) => listed(issue)))[0]?.issues.map(({ id }) => id)).toEqual([3, 2, 1]);
  });

  it('finds by number, words and courtyard, whatever the width of the letters', () => {
    const issue = listed(row(12));
    const text = (text: string) => passes(issue, { ...noListFilter, text });
    expect([text('２０２６-0012'), text('灯 东胜街'), text('电梯'), text('')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it('narrows to parts and to a community', () => {
    const issue = listed(row(1));
    expect(passes(issue, { ...noListFilter, groups: new Set(['late']) })).toBe(false);
    expect(passes(issue, { ...noListFilter, groups: new Set(['late', 'handling']), community: 2 })).toBe(
      true,
    );
    expect(passes(issue, { ...noListFilter, community: 3 })).toBe(false);
  });
});
