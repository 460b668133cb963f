import { formatMoment } from '../core/format.ts';
import { reopenable } from '../core/story.ts';
import type { Act, Story } from '../core/story.ts';
import { h } from './dom.ts';
import type { Child, Drawn } from './dom.ts';
import { t } from './follow-words.ts';
import { field, mainButton, notice } from './parts.ts';
import { wordsMax } from './track.ts';
import type { Draft, Track } from './track.ts';
import { currentLanguage, sentenceOf } from './words.ts';

function refusal({ refusal }: Draft): Child {
  return (
    refusal && notice('error', null, typeof refusal === 'string' ? t(`ask.${refusal}`) : sentenceOf(refusal))
  );
}

/** A form for one act: what it says of itself, room for words, and its one button. */
function form(
  track: Track,
  draw: () => void,
  act: Act,
  label: string,
  send: string,
  ...before: Child[]
): Drawn {
  const draft = track.drafts[act];
  const busy = track.sending === act;
  const onsubmit = (event: Event) => {
    event.preventDefault();
    void track.act(act);
  };
  return h(
    'form',
    { novalidate: true, onsubmit },
    before,
    field({
      id: `${act}-words`,
      label,
      value: draft.words,
      max: wordsMax,
      optional: act !== 'reopen',
      rows: 2,
      oninput: (words) => {
        draft.words = words;
        draw();
      },
    }),
    refusal(draft),
    mainButton(busy, busy ? t('sending') : send),
  );
}

/** “Is it fixed?”: asked when the office says it is, answered in one tap and, if wanted, some words. */
function question(track: Track, draw: () => void): Drawn {
  const { choice } = track;
  const options = (['yes', 'partly', 'no'] as const).map((one) => {
    const onchange = () => {
      track.choose(one);
      draw();
    };
    return h(
      'label.answer',
      { key: one },
      h('input', { type: 'radio', name: 'answer', value: one, checked: choice === one, onchange }),
      t(`ask.${one}`),
    );
  });
  const label = t(choice === 'partly' || choice === 'no' ? 'ask.wordsNo' : 'ask.words');
  return h(
    'section.card.ask',
    { key: 'answer' },
    form(
      track,
      draw,
      'answer',
      label,
      t('ask.send'),
      h(
        'fieldset',
        {},
        h('legend', {}, h('h3', {}, t('ask.title'))),
        h('p.soft', {}, t('ask.lead')),
        options,
      ),
    ),
  );
}

function reopening(track: Track, story: Story, draw: () => void): Drawn {
  const chance = reopenable(story);
  const until = chance && t('reopen.until', { when: formatMoment(chance.until, currentLanguage()) });
  return h(
    'details.card',
    { key: 'reopen' },
    h('summary', {}, h('b', {}, t('reopen.title')), until && h('p.soft', {}, until)),
    form(
      track,
      draw,
      'reopen',
      t('reopen.words'),
      t('reopen.send'),
      chance?.last && h('p', {}, t('reopen.last')),
    ),
  );
}

/** The way to take a report back: opened, it asks once more. */
export function withdrawal(track: Track, draw: () => void): Child {
  if (!track.story?.can.includes('withdraw')) return null;
  return h(
    'details.card',
    { key: 'withdraw' },
    h('summary', {}, t('withdraw.title')),
    form(track, draw, 'withdraw', t('withdraw.words'), t('withdraw.send'), h('p', {}, t('withdraw.sure'))),
  );
}

function thanks(act: Act, { answered, responsible: office }: Story): Drawn {
  if (act !== 'answer') return notice('info', null, t(`done.${act}`, { office }));
  if (answered === 'yes') return notice('good', null, t('answered.yes'));
  return notice('info', null, t(answered === 'partly' ? 'answered.partly' : 'answered.no', { office }));
}

/** What was being written when it became impossible: why, and the words, to be used elsewhere. */
function tooLate(track: Track, act: Act, story: Story): Child {
  const draft = track.drafts[act];
  if (story.can.includes(act) || !(draft.refusal || draft.words)) return null;
  return [
    refusal(draft) ?? notice('error', null, t('error.action_not_allowed')),
    draft.words && h('div', {}, t('ask.kept'), h('blockquote', {}, draft.words)),
  ];
}

/** What a resident is asked or can say where their report now stands, and what became of what they said. */
export function replies(track: Track, story: Story, draw: () => void): Child {
  const { can, state } = story;
  return [
    track.done && thanks(track.done, story),
    (['answer', 'reopen', 'withdraw'] as const).map((act) => tooLate(track, act, story)),
    can.includes('answer') && question(track, draw),
    can.includes('reopen') && reopening(track, story, draw),
    state === 'closed' && !can.includes('reopen') && h('p.soft', {}, t('reopen.over')),
  ];
}
