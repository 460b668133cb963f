import { formatAgo, formatMoment } from '../core/format.ts';
import { issueStates, markLooks, shapePaths } from '../core/issue-state.ts';
import type { Step, Story } from '../data/resident.ts';
import { h } from './dom.ts';
import type { Child, Drawn } from './dom.ts';
import { t } from './follow-words.ts';
import { field, heading, mainButton, notice } from './parts.ts';
import type { Track } from './track.ts';
import { currentLanguage, sentenceOf, tOr } from './words.ts';

const when = (time: string | number) => formatMoment(time, currentLanguage());

function mark(state: string): Drawn {
  const look = markLooks[issueStates.find((one) => one === state) ?? 'submitted'];
  const { fill, line } = shapePaths[look.shape];
  return h(
    `p.mark.${look.colour}`,
    {},
    h(
      'svg',
      { viewBox: '0 0 16 16', 'aria-hidden': 'true' },
      fill && h('path.fill', { d: fill }),
      line && h('path.line', { d: line }),
    ),
    h('b', {}, tOr(`track.state.${state}`, 'track.state.handling')),
  );
}

/** What one step means in plain words. */
function title(step: Step): string {
  const action = step.action === 'answer' ? `answer.${step.outcome ?? 'no'}` : step.action;
  // Handed on without a named office, a step is only news.
  const nameless = /^(hand_up|dispatch|send_back)$/.test(action) && !step.officeTo;
  return tOr(nameless ? 'step.other' : `step.${action}`, 'step.other', {
    by: step.by ?? '',
    to: step.officeTo ?? '',
  });
}

function stepView(step: Step): Drawn {
  const said = [step.reason, step.words].filter(Boolean).join('\n');
  return h(
    step.action === 'answer' || step.action === 'report' ? 'li.own' : 'li',
    { key: step.at + step.action },
    h('time', { datetime: step.at }, formatAgo(step.at, currentLanguage())),
    h('p', {}, title(step)),
    said ? h('blockquote', {}, said) : null,
  );
}

function standing(story: Story): Child {
  if (story.state !== 'submitted' && story.state !== 'handling') return null;
  const late = Date.parse(story.promisedAt) < Date.now();
  return [
    h('p', {}, t('track.now', { office: story.responsible })),
    h(
      late ? 'p.overdue' : 'p',
      {},
      t(late ? 'track.overdue' : 'track.promise', { when: when(story.promisedAt) }),
    ),
  ];
}

/** “Is it fixed?”: asked when the office says it is, answered in one tap and, if wanted, some words. */
function question(track: Track, draw: () => void): Drawn {
  const { choice } = track;
  return h(
    'form.card.ask',
    {
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        void track.answer();
      },
    },
    h(
      'fieldset',
      {},
      h('legend', {}, h('h3', {}, t('ask.title'))),
      h('p.soft', {}, t('ask.lead')),
      (['yes', 'partly', 'no'] as const).map((one) => {
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
      }),
    ),
    field({
      id: 'words',
      label: t(choice === 'partly' || choice === 'no' ? 'ask.wordsNo' : 'ask.words'),
      value: track.words,
      max: 500,
      optional: true,
      rows: 2,
      oninput: (words) => {
        track.words = words;
        draw();
      },
    }),
    refusal(track),
    mainButton(track.sending, t(track.sending ? 'sending' : 'ask.send')),
  );
}

function refusal({ refusal }: Track): Child {
  return refusal && notice('error', null, refusal === 'choose' ? t('ask.choose') : sentenceOf(refusal));
}

function thanks(story: Story): Drawn {
  const { answered, responsible: office } = story;
  if (answered === 'yes') return notice('good', null, t('answered.yes'));
  return notice('info', null, t(answered === 'partly' ? 'answered.partly' : 'answered.no', { office }));
}

/** Where a report stands, what happened so far, and the resident's last word. */
export function trackScreen(track: Track, upload: Child, draw: () => void): Child {
  const { story } = track;
  if (!story) return null;
  const kind = currentLanguage() === 'en' ? story.categoryEn : story.category;
  const about = [story.place, story.photos > 0 && t('track.photos', { count: story.photos })]
    .filter(Boolean)
    .join(' · ');
  return [
    h(
      'section.card',
      {},
      h('p.soft', {}, `${story.number} · ${kind}`),
      heading(story.what),
      about ? h('p.soft', {}, about) : null,
      h('div.standing', { 'aria-live': 'polite' }, mark(story.state), standing(story)),
      upload,
      track.stale && h('p.soft', { role: 'status' }, t('track.stale', { when: when(track.seenAt) })),
    ),
    track.answered ? thanks(story) : story.canAnswer ? question(track, draw) : refusal(track),
    h(
      'section.card',
      { key: 'steps' },
      h('h3', {}, t('track.steps')),
      h('ol.steps', { reversed: true }, [...story.steps].reverse().map(stepView)),
    ),
  ];
}
