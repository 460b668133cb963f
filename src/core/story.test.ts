import { describe, expect, it } from 'vitest';
import { gotThrough, reopenable, sentenceFor, underWay } from './story.ts';
import type { Progress, Step } from './story.ts';

const step = (action: string, over: Partial<Step> = {}): Step => ({
  at: '2026-11-22T09:00:00+08:00',
  action,
  outcome: null,
  by: '宽巷子社区',
  officeTo: null,
  words: null,
  reason: null,
  ...over,
});

const progress = (steps: readonly Step[], mergedInto: Progress | null = null): Progress => ({
  number: '2611-00001',
  state: mergedInto ? 'merged' : 'handling',
  courtyard: '东院',
  category: '漏水',
  categoryEn: 'Leak',
  promisedAt: '2026-11-23T09:00:00+08:00',
  responsible: '宽巷子社区',
  firstOwner: '宽巷子社区',
  steps,
  mergedInto,
});

describe('opening again', () => {
  it('is possible for fourteen days after the last end, however it ended', () => {
    const yes = step('answer', { outcome: 'yes', at: '2026-11-01T12:00:00+08:00' });
    const close = step('close', { at: '2026-11-22T12:00:00+08:00' });
    expect(reopenable(progress([step('report'), yes]))?.until).toBe(Date.parse('2026-11-15T12:00:00+08:00'));
    expect(reopenable(progress([step('report'), yes, step('reopen'), close]))?.until).toBe(
      Date.parse('2026-12-06T12:00:00+08:00'),
    );
  });

  it('is possible twice', () => {
    const close = step('close');
    expect(reopenable(progress([close]))?.last).toBe(false);
    expect(reopenable(progress([close, step('reopen'), close]))?.last).toBe(true);
  });

  it('of a merged report is counted from the end of the one it was merged into', () => {
    const declined = step('decline', { at: '2026-11-20T12:00:00+08:00' });
    const merged = progress([step('report'), step('reopen'), step('merge')], progress([declined]));
    expect(reopenable(merged)).toEqual({ until: Date.parse('2026-12-04T12:00:00+08:00'), last: true });
    expect(reopenable(progress([step('merge')], progress([])))).toBeNull();
  });

  it('means nothing for a report that was never closed', () => {
    expect(reopenable(progress([step('report'), step('answer', { outcome: 'no' })]))).toBeNull();
  });
});

it('a report merged into one that was merged again is followed to where the work is', () => {
  const last = progress([]);
  expect(underWay(progress([], progress([], last)))).toBe(last);
  expect(underWay(last)).toBe(last);
});

it('an act whose answer was lost on the way is found in the steps that came', () => {
  const seen = progress([step('report'), step('reopen')]);
  expect(gotThrough(seen, progress([...seen.steps, step('note')]), 'reopen')).toBe(false);
  expect(gotThrough(seen, progress([...seen.steps, step('reopen')]), 'reopen')).toBe(true);
});

it('a report somebody else took down, and a pause, are told as what they are', () => {
  expect(sentenceFor(step('report', { channel: 'counter' }))).toBe('report.for');
  expect(sentenceFor(step('grant', { granted: { kind: 'pause', until: '2026-12-01' } }))).toBe('grant.pause');
  expect(sentenceFor(step('grant', { granted: { kind: 'extension', until: '2026-12-01' } }))).toBe('grant');
});

it('a step without a named office is only news', () => {
  expect(sentenceFor(step('climb'))).toBe('other');
  expect(sentenceFor(step('climb', { officeTo: '少城街道' }))).toBe('climb');
});
