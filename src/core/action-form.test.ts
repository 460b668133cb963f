import { describe, expect, it } from 'vitest';
import { actionFields, buildPayload, isOneKey, offered, orderActions } from './action-form.ts';
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

  it('asks for days, lines and things of a list by the field’s name', () => {
    const letter = action('letter', ['addressee', 'title', 'text', 'due_on']);
    expect(actionFields(letter).map(({ kind }) => kind)).toEqual(['line', 'line', 'text', 'date']);
    const others = action('any', ['duty', 'letter_id', 'department_id', 'outcome', 'until', 'into']);
    expect(actionFields(others).map(({ kind }) => kind)).toEqual([
      'choice',
      'choice',
      'choice',
      'either',
      'date',
      'line',
    ]);
  });

  it('asks for a field nobody has heard of as text', () => {
    expect(actionFields(action('any', ['weather']))[0]?.kind).toBe('text');
  });

  it('is skipped only when nothing can be said', () => {
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

describe('what is offered', () => {
  it('has an action once, though it may lead two ways, and none without words', () => {
    const actions = [action('verify', ['outcome']), action('verify', ['outcome']), action('teleport')];
    expect(offered(actions, (name) => name !== 'teleport').map((one) => one.action)).toEqual(['verify']);
  });
});

describe('the order of actions', () => {
  const named = (actions: PossibleAction[]): string[] => actions.map((one) => one.action);

  it('puts the likeliest first, three of daily use beside it, the rest in the server’s order', () => {
    const names = ['resolve', 'hand_up', 'safety', 'letter', 'ask_pause', 'ask_extension', 'note', 'decline'];
    const { main, near, rest } = orderActions(names.map((name) => action(name)));
    expect(main?.action).toBe('resolve');
    expect(named(near)).toEqual(['hand_up', 'note', 'safety']);
    expect(named(rest)).toEqual(['letter', 'ask_pause', 'ask_extension', 'decline']);
  });

  it('has the answer to a request first, with its other side next to it', () => {
    const { main, near } = orderActions([action('waive_task'), action('grant'), action('refuse')]);
    expect([main?.action, near[0]?.action]).toEqual(['grant', 'refuse']);
  });

  it('never loses one', () => {
    const names = ['note', 'merge', 'unmerge', 'decline', 'verify', 'letter_reply', 'refuse'];
    const { main, near, rest } = orderActions(names.map((name) => action(name)));
    expect(near.length).toBeLessThanOrEqual(3);
    expect(named([...(main ? [main] : []), ...near, ...rest]).sort()).toEqual([...names].sort());
  });

  it('has no main action when only a note is left', () => {
    expect(orderActions([action('note')]).main).toBeNull();
  });
});
