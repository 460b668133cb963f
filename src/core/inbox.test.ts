import { describe, expect, it } from 'vitest';
import { matches, noFilter } from './inbox-filter.ts';
import { groupInbox, waits } from './inbox.ts';
import type { IssueCard } from './issue.ts';

const now = Date.parse('2026-11-22T10:00:00+08:00');
let next = 1;

function card(change: Partial<IssueCard>): IssueCard {
  const id = next++;
  return {
    id,
    number: `20261122-${id}`,
    state: 'handling',
    holder_level: 'community',
    holder: '宽巷子社区',
    holder_area_id: 5,
    holder_department_id: null,
    community_id: 5,
    community: '宽巷子社区',
    courtyard_id: 9,
    courtyard: '东胜街23号院',
    category: 'lamp',
    category_name: '路灯楼道灯',
    category_name_en: 'Lamp out',
    what: '二单元楼道灯不亮',
    place: '2单元3楼',
    urgency: 'ordinary',
    step: 'handle',
    due_at: '2026-11-25T18:00:00+08:00',
    created_at: '2026-11-20T09:00:00+08:00',
    updated_at: '2026-11-20T09:00:00+08:00',
    version: 1,
    paused_until: null,
    asked: null,
    late: false,
    mine: true,
    my_task: false,
    ...change,
  };
}

const idsOf = (cards: IssueCard[], group: string): number[] =>
  groupInbox(cards, 'community', now)
    .find((found) => found.group === group)
    ?.cards.map(({ id }) => id) ?? [];

describe('the inbox of a community', () => {
  it('puts what waits for it by clock: late, today, later; no clock is later', () => {
    const late = card({ due_at: '2026-11-22T09:59:00+08:00' });
    const today = card({ due_at: '2026-11-22T17:00:00+08:00' });
    const later = card({});
    const never = card({ due_at: null });
    const all = [never, later, today, late];
    expect([idsOf(all, 'late'), idsOf(all, 'soon'), idsOf(all, 'later')]).toEqual([
      [late.id],
      [today.id],
      [later.id, never.id],
    ]);
  });

  it('tells what its grid workers hold from what it has handed on', () => {
    const below = card({ mine: false, holder_level: 'courtyard' });
    const street = card({ mine: false, holder_level: 'street' });
    const department = card({ mine: false, holder_level: 'department' });
    const all = [below, street, department];
    expect(idsOf(all, 'below')).toEqual([below.id]);
    expect(idsOf(all, 'onward')).toEqual([street.id, department.id]);
  });

  it('counts what the desk assists, decides or verifies as its own', () => {
    const below = { mine: false, holder_level: 'courtyard' } as const;
    const asked = card({ ...below, asked: 'pause' });
    const solved = card({ ...below, state: 'resolved', step: 'verify' });
    const task = card({ mine: false, holder_level: 'department', my_task: true });
    expect(idsOf([asked, solved, task], 'later')).toEqual([asked.id, solved.id, task.id]);
    expect(waits(asked, 'street')).toBe(false);
    expect(waits(card({ mine: false, asked: 'pause' }), 'street')).toBe(true);
    expect(waits(card({ mine: false, holder_level: 'department', step: 'verify' }), 'street')).toBe(true);
  });

  it('keeps the solved last, the latest change first, even if they are still mine', () => {
    const before = card({ state: 'resolved', updated_at: '2026-11-21T09:00:00+08:00' });
    const after = card({ state: 'closed', updated_at: '2026-11-22T09:00:00+08:00', mine: false });
    expect(idsOf([before, after], 'done')).toEqual([after.id, before.id]);
  });

  it('orders one clock by age, so that a list never flickers', () => {
    const [first, second] = [card({}), card({})];
    expect(idsOf([second, first], 'later')).toEqual([first.id, second.id]);
  });
});

describe('the filter', () => {
  const lamp = card({});

  it('finds every word anywhere on the card, in any width and case', () => {
    expect(matches(lamp, { ...noFilter, text: '东胜街 ２单元' })).toBe(true);
    expect(matches(lamp, { ...noFilter, text: 'LAMP' })).toBe(true);
    expect(matches(lamp, { ...noFilter, text: '东胜街 电梯' })).toBe(false);
  });

  it('narrows by courtyard, category and state together', () => {
    expect(matches(lamp, { text: '', courtyard: 9, category: 'lamp', state: 'handling' })).toBe(true);
    expect(matches(lamp, { text: '', courtyard: 9, category: 'lamp', state: 'submitted' })).toBe(false);
  });
});
