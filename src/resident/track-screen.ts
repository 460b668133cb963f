import { formatAgo, formatMoment } from '../core/format.ts';
import { issueStates, markLooks, shapePaths } from '../core/issue-state.ts';
import { isOwn, sentenceFor, underWay } from '../core/story.ts';
import type { Progress, Step } from '../core/story.ts';
import { h } from './dom.ts';
import type { Child, Drawn } from './dom.ts';
import { t } from './follow-words.ts';
import { heading } from './parts.ts';
import { replies, withdrawal } from './reply-forms.ts';
import type { Track } from './track.ts';
import { currentLanguage, hasWords, tOr } from './words.ts';

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

/** What one step means in plain words; `other`: of a report that is another resident's. */
function title(step: Step, other: boolean): string {
  const name = sentenceFor(step);
  const key = other && hasWords(`other.${name}`) ? `other.${name}` : `step.${name}`;
  return tOr(key, 'step.other', { by: step.by ?? '', to: step.officeTo ?? '' });
}

function stepView(step: Step, other: boolean): Drawn {
  const said = [step.reason, step.words].filter(Boolean).join('\n');
  return h(
    isOwn(step) && !other ? 'li.own' : 'li',
    { key: step.at + step.action },
    h('time', { datetime: step.at }, formatAgo(step.at, currentLanguage())),
    h('p', {}, title(step, other)),
    said ? h('blockquote', {}, said) : null,
  );
}

/** Newest first. */
function stepsView({ steps }: Progress, other: boolean): Drawn {
  return h(
    'ol.steps',
    { reversed: true },
    [...steps].reverse().map((step) => stepView(step, other)),
  );
}

function standing(story: Progress): Child {
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

const kindOf = (story: Progress) => (currentLanguage() === 'en' ? story.categoryEn : story.category);

/** The report this one was merged into: where the work is now. */
function merged(story: Progress): Child {
  const other = underWay(story);
  if (other === story) return null;
  return h(
    'section.card',
    { key: 'merged', 'aria-labelledby': 'merged' },
    h('h3', { id: 'merged' }, t('merged.title')),
    h('p.soft', {}, `${other.number} · ${kindOf(other)} · ${other.courtyard}`),
    h('div.standing', { 'aria-live': 'polite' }, mark(other.state), standing(other)),
    stepsView(other, true),
  );
}

/** Where a report stands, what happened so far, and the resident's last word. */
export function trackScreen(track: Track, upload: Child, draw: () => void): Child {
  const { story } = track;
  if (!story) return null;
  const about = [story.place, story.photos > 0 && t('track.photos', { count: story.photos })]
    .filter(Boolean)
    .join(' · ');
  return [
    h(
      'section.card',
      {},
      h('p.soft', {}, `${story.number} · ${kindOf(story)}`),
      heading(story.what),
      about ? h('p.soft', {}, about) : null,
      h('div.standing', { 'aria-live': 'polite' }, mark(story.state), standing(story)),
      upload,
      track.stale && h('p.soft', { role: 'status' }, t('track.stale', { when: when(track.seenAt) })),
    ),
    replies(track, story, draw),
    merged(story),
    h('section.card', { key: 'steps' }, h('h3', {}, t('track.steps')), stepsView(story, false)),
    withdrawal(track, draw),
  ];
}
