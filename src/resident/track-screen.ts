import { formatAgo, formatDay, formatMoment } from '../core/format.ts';
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

/** A calendar day is told as such, wherever its reader's clock stands. */
const dayOf = (day: string) => formatDay(day.length > 10 ? day : `${day}T12:00:00+08:00`, currentLanguage());

/** What is good to know beside a step: who was written to and until when, how much time was given. */
function more({ action, letter, granted }: Step): string {
  if (letter && action === 'letter')
    return t(letter.replied ? 'more.replied' : 'more.letter', {
      to: letter.addressee,
      day: dayOf(letter.dueOn),
    });
  if (letter) return t('more.from', { to: letter.addressee });
  if (!granted) return '';
  return t(granted.kind === 'pause' ? 'more.pause' : 'more.extension', { day: dayOf(granted.until) });
}

function stepView(step: Step, other: boolean): Drawn {
  const said = [step.reason, step.words, step.finding].filter(Boolean).join('\n');
  const beside = more(step);
  return h(
    isOwn(step) && !other ? 'li.own' : 'li',
    { key: step.at + step.action },
    h('time', { datetime: step.at }, formatAgo(step.at, currentLanguage())),
    h('p', {}, title(step, other)),
    beside ? h('p.soft', {}, beside) : null,
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

/** Who has it now and until when; who accepted it first stays named whatever becomes of it. */
function standing(story: Progress): Child {
  const owner = story.firstOwner && h('p.soft', {}, t('track.firstOwner', { office: story.firstOwner }));
  if (story.state !== 'submitted' && story.state !== 'handling') return owner;
  const late = Date.parse(story.promisedAt) < Date.now();
  return [
    h('p', {}, t('track.now', { office: story.responsible })),
    h(
      late ? 'p.overdue' : 'p',
      {},
      t(late ? 'track.overdue' : 'track.promise', { when: when(story.promisedAt) }),
    ),
    owner,
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
