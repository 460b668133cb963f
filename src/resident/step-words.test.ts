import { expect, it } from 'vitest';
import { isOwn, sentenceFor } from '../core/story.ts';
import type { Step } from '../core/story.ts';
import { followEn } from '../ui/messages/follow.en.ts';
import { followZh } from '../ui/messages/follow.zh.ts';

const plain =
  'report accept note safety letter letter_reply grant resume resolve decline close reopen merge unmerge withdraw';
const handedOn = 'hand_up dispatch send_back climb reopen';
const outcomes = { answer: ['yes', 'partly', 'no'], verify: ['ok', 'not_ok'] };

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

const steps = plain
  .split(' ')
  .map((action) => step(action))
  .concat(handedOn.split(' ').map((action) => step(action, { officeTo: '少城街道' })))
  .concat(
    Object.entries(outcomes).flatMap(([action, all]) => all.map((outcome) => step(action, { outcome }))),
  );

it.each(steps.map((one) => [sentenceFor(one), one] as const))(
  'the step %s has a sentence of its own, and another when it was another resident’s',
  (name, one) => {
    expect(name).not.toBe('other');
    for (const words of [followZh, followEn]) {
      expect(words).toHaveProperty([`step.${name}`]);
      if (isOwn(one)) expect(words).toHaveProperty([`other.${name}`]);
    }
  },
);
