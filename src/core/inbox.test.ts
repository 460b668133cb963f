import { describe, expect, it } from 'vitest';
import { isFiltering, matches, narrowings, noFilter, turnOf } from './inbox-filter.ts';
import { groupInbox } from './inbox.ts';
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
    to_verify: false,
    to_decide: false,
    ...change,
  };
}

const idsOf = (cards: IssueCard[], group: string): number[] =>
  groupInbox(cards, 'community', now)
    .find((found) => found.group === group)
    ?.cards.map(({ id }) => id) ?? [];

describe('the inbox of a community', () => {
  it('puts what waits for it by clock: late, soon, today, later; no clock is later', () => {
    const late = card({ due_at: '2026-11-22T09:59:00+08:00' });
    const soon = card({ due_at: '2026-11-22T13:59:00+08:00' });
    const today = card({ due_at: '2026-11-22T17:00:00+08:00' });
    const later = card({});
    const never = card({ due_at: null });
    const all = [never, later, today, soon, late];
    expect(['late', 'soon', 'today', 'later'].map((group) => idsOf(all, group))).toEqual([
      [late.id],
      [soon.id],
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
    const asked = card({ ...below, asked: 'pause', to_decide: true });
    const solved = card({ ...below, state: 'resolved', step: 'verify', to_verify: true });
    const task = card({ mine: false, holder_level: 'department', my_task: true });
    const late = card({ ...below, asked: 'extension', to_decide: true, due_at: '2026-11-22T09:59:00+08:00' });
    expect(idsOf([asked, solved, task, late], 'decide')).toEqual([late.id, asked.id, solved.id]);
    expect(idsOf([asked, solved, task], 'later')).toEqual([task.id]);
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

  it('narrows by courtyard, category, state and urgency together', () => {
    const narrow = {
      ...noFilter,
      courtyard: 9,
      category: 'lamp',
      state: 'handling',
      urgency: 'ordinary',
    } as const;
    expect(matches(lamp, narrow)).toBe(true);
    expect(matches(lamp, { ...narrow, state: 'submitted' })).toBe(false);
    expect(matches(lamp, { ...narrow, urgency: 'urgent' })).toBe(false);
    expect([narrowings(narrow), isFiltering(narrow), isFiltering(noFilter)]).toEqual([4, true, false]);
  });

  it('narrows by whose turn it is', () => {
    const below = { mine: false, holder_level: 'courtyard' } as const;
    const cards = [lamp, card({ ...below, to_decide: true }), card({ ...below, my_task: true }), card(below)];
    expect(cards.map((each) => turnOf(each))).toEqual(['mine', 'decide', 'assist', 'others']);
    expect(cards.filter((each) => matches(each, { ...noFilter, turn: 'decide' }))).toEqual([cards[1]]);
  });
});
