import { describe, expect, it } from 'vitest';
import { listGroup } from './issue-list.ts';
import type { IssueRow } from './issue-store.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-22T12:00:00+08:00');

const row = (more: Partial<IssueRow> = {}): IssueRow => ({
  id: 1,
  number: '2026-0001',
  courtyardId: 7,
  category: 'light',
  state: 'handling',
  holderLevel: 'street',
  holder: '少城街道',
  urgency: 'ordinary',
  lng: NaN,
  lat: NaN,
  step: 'handle',
  asked: null,
  warnAt: null,
  dueAt: now + 20 * hour,
  createdAt: now - hour,
  endedAt: null,
  version: 1,
  what: '路灯不亮',
  ...more,
});

describe('the part of the list an issue belongs to', () => {
  it('is late before anything else, while somebody still has to act', () => {
    expect(listGroup(row({ dueAt: now }), now, true)).toBe('late');
    expect(listGroup(row({ dueAt: now, asked: 'pause' }), now, false, true)).toBe('late');
    expect(listGroup(row({ dueAt: now, state: 'resolved' }), now, true)).toBe('resolved');
  });

  it('is ours while we hold it, else its state', () => {
    expect(listGroup(row(), now, true)).toBe('mine');
    expect(listGroup(row({ state: 'submitted' }), now, false)).toBe('submitted');
    expect(listGroup(row(), now, false)).toBe('handling');
    expect(listGroup(row({ state: 'closed', dueAt: null }), now, true)).toBe('ended');
  });

  it('sets apart what waits for us above its holder: a request to decide, a solution to verify', () => {
    const asked = row({ asked: 'pause', holderLevel: 'community' });
    const solved = row({ state: 'resolved', step: 'verify', holderLevel: 'department' });
    expect([asked, solved].map((issue) => listGroup(issue, now, false, true))).toEqual(['decide', 'verify']);
    expect([asked, solved].map((issue) => listGroup(issue, now, false, false))).toEqual([
      'handling',
      'resolved',
    ]);
  });
});
