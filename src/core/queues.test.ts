import { describe, expect, it } from 'vitest';
import { overseesLevel, queued, queueOf, standingReturns } from './queues.ts';
import type { Queued, QueueOwner, ReturnEvent } from './queues.ts';

const hour = 3_600_000;
const issue = (id: number, change: Partial<Queued> = {}): Queued => ({
  id,
  state: 'handling',
  step: 'dispatch',
  asked: null,
  holderLevel: 'street',
  holder: '少城街道',
  dueAt: 9 * hour,
  ...change,
});

const street: QueueOwner = {
  holds: ({ holderLevel, holder }) => holderLevel === 'street' && holder === '少城街道',
  oversees: ({ holderLevel }) => overseesLevel('street_staff', holderLevel),
};
const leader: QueueOwner = {
  holds: () => false,
  oversees: ({ holderLevel }) => overseesLevel('street_leader', holderLevel),
};

describe('the street’s queues', () => {
  it('triage what the street holds, and set apart what a department sent back', () => {
    expect(queueOf(issue(1), street)).toBe('triage');
    expect(queueOf(issue(1, { state: 'submitted' }), street)).toBe('triage');
    expect(queueOf(issue(1), street, new Set([1]))).toBe('returned');
    expect(queueOf(issue(1, { holder: '别的街道' }), street)).toBeNull();
  });

  it('hold what is asked or solved one level below, whoever of them it is', () => {
    for (const holderLevel of ['community', 'department'] as const) {
      expect(queueOf(issue(1, { holderLevel, step: 'handle' }), street)).toBeNull();
      expect(queueOf(issue(1, { holderLevel, step: 'handle', asked: 'pause' }), street)).toBe('decide');
      expect(queueOf(issue(1, { holderLevel, state: 'resolved', step: 'verify' }), street)).toBe('verify');
    }
    expect(queueOf(issue(1, { holderLevel: 'courtyard', asked: 'pause' }), street)).toBeNull();
  });

  it('leave what waits for the resident to the resident', () => {
    expect(
      queueOf(issue(1, { holderLevel: 'department', state: 'resolved', step: 'answer' }), street),
    ).toBeNull();
    expect(queueOf(issue(1, { state: 'closed', step: null }), street)).toBeNull();
  });

  it('give a leader what the street asks and solves, and the street no say in its own', () => {
    expect(queueOf(issue(1, { asked: 'extension' }), leader)).toBe('decide');
    expect(queueOf(issue(1, { state: 'resolved', step: 'verify' }), leader)).toBe('verify');
    expect(queueOf(issue(1), leader)).toBeNull();
    expect(queueOf(issue(1, { asked: 'extension' }), street)).toBe('triage');
    expect(queueOf(issue(1, { state: 'resolved', step: 'verify' }), street)).toBeNull();
  });

  it('stand in the order of their clocks, late first and paused last', () => {
    const rows = [
      issue(1, { dueAt: null }),
      issue(2, { dueAt: 5 * hour }),
      issue(3, { dueAt: -2 * hour }),
      issue(4, { dueAt: 5 * hour }),
      issue(5, { dueAt: -9 * hour }),
    ];
    expect(queued(rows, street, new Set()).triage.map(({ id }) => id)).toEqual([5, 3, 2, 4, 1]);
    expect(queued(rows, street, new Set([3])).returned.map(({ id }) => id)).toEqual([3]);
  });
});

describe('returns', () => {
  const event = (seq: number, action: string, reason: string | null = null): ReturnEvent => ({
    issue_id: 7,
    seq,
    action,
    at: '2026-11-22T06:00:00+00:00',
    from_department_id: action === 'send_back' ? 3 : null,
    reason,
  });

  it('stand until the issue is dispatched again', () => {
    expect(standingReturns([event(3, 'dispatch'), event(4, 'send_back', '不归我们管')]).get(7)).toMatchObject(
      {
        departmentId: 3,
        reason: '不归我们管',
        count: 1,
      },
    );
    expect(standingReturns([event(4, 'send_back'), event(5, 'dispatch')]).size).toBe(0);
  });

  it('are counted over the whole story, in whatever order the events come', () => {
    const events = [event(6, 'send_back', '再退'), event(5, 'dispatch'), event(4, 'send_back', '先退')];
    expect(standingReturns(events).get(7)).toMatchObject({ reason: '再退', count: 2 });
  });
});
