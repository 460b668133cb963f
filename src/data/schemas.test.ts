import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { actedIssue, issueCard } from './schemas.ts';

const card = {
  id: 1,
  number: '2611-00001',
  state: 'submitted',
  holder_level: 'community',
  holder: '宽巷子社区',
  holder_area_id: 6,
  holder_department_id: null,
  community_id: 6,
  community: '宽巷子社区',
  courtyard_id: 9,
  courtyard: '东胜街23号院',
  category: 'light',
  category_name: '路灯楼道灯',
  category_name_en: 'Lights out',
  what: '灯不亮',
  place: null,
  urgency: 'ordinary',
  step: 'accept',
  due_at: '2026-11-21 18:31:00+00',
  created_at: '2026-11-21T15:50:00.12+08:00',
  updated_at: '2026-11-21T15:50:00Z',
  version: 1,
  paused_until: null,
  asked: null,
  late: true,
  mine: true,
  my_task: false,
  to_verify: false,
  to_decide: false,
};

describe('an issue’s card', () => {
  it('has its moments in the one form every browser reads', () => {
    const read = v.parse(issueCard, card);
    expect(read.due_at).toBe('2026-11-21T18:31:00+00:00');
    expect(read.created_at).toBe(card.created_at);
  });

  it('is refused with an unknown state or a moment that is none', () => {
    expect(v.is(issueCard, { ...card, state: 'lost' })).toBe(false);
    expect(v.is(issueCard, { ...card, due_at: 'soon' })).toBe(false);
  });
});

describe('the answer to an action', () => {
  it('is nothing when the issue left the actor’s sight, and refused when it is neither', () => {
    expect(v.parse(actedIssue, { gone: true })).toBeNull();
    expect(v.is(actedIssue, {})).toBe(false);
  });
});
