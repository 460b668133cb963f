import { describe, expect, it } from 'vitest';
import { actionFields, buildPayload, isOneKey, orderActions } from './action-form.ts';
import type { PossibleAction } from './issue.ts';

const action = (name: string, must: string[] = [], may: string[] = []): PossibleAction => ({
  action: name,
  to_state: 'handling',
  to_holder: 'same',
  must,
  may,
});

const dispatch = action('dispatch', ['department_id'], ['assisting', 'ruling']);

describe('the form of an action', () => {
  it('asks for what it must carry first and for each field once', () => {
    expect(actionFields(action('note', ['words'], ['public', 'words']))).toEqual([
      { name: 'words', kind: 'text', required: true },
      { name: 'public', kind: 'switch', required: false },
    ]);
  });

  it('asks for a field nobody has heard of as text', () => {
    expect(actionFields(action('letter', ['addressee']))[0]?.kind).toBe('text');
  });

  it('is skipped when nothing must be said, except for a note', () => {
    expect(isOneKey(action('accept'))).toBe(true);
    expect(isOneKey(action('note', [], ['words']))).toBe(false);
    expect(isOneKey(dispatch)).toBe(false);
  });
});

describe('the payload', () => {
  it('names every required field that is empty or blank', () => {
    expect(buildPayload(action('decline', ['reason', 'instead']), { reason: '   ' })).toEqual({
      ok: false,
      missing: ['reason', 'instead'],
    });
  });

  it('is trimmed and carries only what was said', () => {
    expect(
      buildPayload(dispatch, { department_id: 3, assisting: [], ruling: ' 市容环境 ', stray: 'x' }),
    ).toEqual({
      ok: true,
      payload: { department_id: 3, ruling: '市容环境' },
    });
  });

  it('never lists the lead department as assisting', () => {
    expect(buildPayload(dispatch, { department_id: 3, assisting: [3, 5] })).toEqual({
      ok: true,
      payload: { department_id: 3, assisting: [5] },
    });
  });

  it('keeps a switch that is off', () => {
    expect(buildPayload(action('note', ['words'], ['public']), { words: '已到现场', public: false })).toEqual(
      {
        ok: true,
        payload: { words: '已到现场', public: false },
      },
    );
  });
});

describe('the order of actions', () => {
  it('puts the likeliest first and keeps the server’s order for the rest', () => {
    const actions = [action('note'), action('hand_up', ['reason']), action('accept'), action('decline')];
    const { main, others } = orderActions(actions);
    expect(main?.action).toBe('accept');
    expect(others.map((other) => other.action)).toEqual(['note', 'hand_up', 'decline']);
  });

  it('has no main action when only a note is left', () => {
    expect(orderActions([action('note')]).main).toBeNull();
  });
});
