import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { formatAgo, formatMoment } from '../core/format.ts';
import { issueStates, markLooks, shapePaths } from '../core/issue-state.ts';
import type { Step, Story } from '../data/resident.ts';
import type { App } from './app.ts';
import { heading, notice } from './parts.ts';
import type { View } from './parts.ts';
import { uploadLine } from './receipt-screen.ts';
import type { Track } from './track.ts';
import { currentLanguage, sentenceOf, t, tOr } from './words.ts';

const when = (time: string | number) => formatMoment(time, currentLanguage());

function mark(state: string): TemplateResult {
  const look = markLooks[issueStates.find((one) => one === state) ?? 'submitted'];
  const { fill, line } = shapePaths[look.shape];
  return html`<span class="mark ${look.colour}">
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path class="fill" d=${fill ?? ''} />
      <path class="line" d=${line ?? ''} />
    </svg>
    <b>${tOr(`track.state.${state}`, 'track.state.handling')}</b>
  </span>`;
}

/** What one step means in plain words. */
function title(step: Step): string {
  const action = step.action === 'answer' ? `answer.${step.outcome ?? 'no'}` : step.action;
  const facts = { by: step.by ?? '', to: step.officeTo ?? '' };
  // Handed on without a named office, a step is only news.
  const blank = /^(hand_up|dispatch|send_back)$/.test(action) && !step.officeTo;
  return tOr(blank ? 'step.other' : `step.${action}`, 'step.other', facts);
}

function stepView(step: Step): TemplateResult {
  const said = step.words ?? step.reason;
  return html`<li class=${step.action === 'answer' || step.action === 'report' ? 'own' : ''}>
    <time datetime=${step.at}>${formatAgo(step.at, currentLanguage())}</time>
    <p>${title(step)}</p>
    ${said ? html`<blockquote>${said}${step.reason && step.words ? html`<br />${step.reason}` : nothing}</blockquote>` : nothing}
  </li>`;
}

function standing(story: Story): View {
  if (story.state !== 'submitted' && story.state !== 'handling') return nothing;
  const late = Date.parse(story.promisedAt) < Date.now();
  return html`<p>${t('track.now', { office: story.responsible })}</p>
    <p class=${late ? 'overdue' : ''}>
      ${t(late ? 'track.overdue' : 'track.promise', { when: when(story.promisedAt) })}
    </p>`;
}

function ask(app: App, track: Track): View {
  const { story } = track;
  if (!story) return nothing;
  if (track.answered && story.answered) {
    const key = story.answered === 'yes' ? 'yes' : story.answered === 'partly' ? 'partly' : 'no';
    return notice(
      key === 'yes' ? 'good' : 'info',
      key === 'yes' ? t('answered.yes') : t(`answered.${key}`, { office: story.responsible }),
    );
  }
  const refusal = track.refusal
    ? notice('error', track.refusal === 'choose' ? t('ask.choose') : sentenceOf(track.refusal))
    : nothing;
  if (!story.canAnswer) return refusal;
  return html`<form
    class="card ask"
    novalidate
    @submit=${(event: Event) => {
      event.preventDefault();
      void track.answer();
    }}
  >
    <fieldset>
      <legend><h3>${t('ask.title')}</h3></legend>
      <p class="soft">${t('ask.lead')}</p>
      <div class="answers">
        ${(['yes', 'partly', 'no'] as const).map(
          (one) =>
            html`<label class="answer ${one}">
              <input
                type="radio"
                name="answer"
                value=${one}
                .checked=${track.choice === one}
                @change=${() => {
                  track.choice = one;
                  track.refusal = null;
                  void app.draw();
                }}
              />
              ${t(`ask.${one}`)}
            </label>`,
        )}
      </div>
    </fieldset>
    <label for="words"
      >${t(track.choice && track.choice !== 'yes' ? 'ask.wordsNo' : 'ask.words')}
      <span class="field-hint">${t('optional')}</span></label
    >
    <textarea
      class="input"
      id="words"
      rows="2"
      maxlength="500"
      .value=${track.words}
      @input=${(event: Event) => {
        if (event.target instanceof HTMLTextAreaElement) track.words = event.target.value;
      }}
    ></textarea>
    ${refusal}
    <button class="button main wide" ?disabled=${track.sending} aria-busy=${track.sending ? 'true' : 'false'}>
      ${t(track.sending ? 'sending' : 'ask.send')}
    </button>
  </form>`;
}

/** Where a report stands, what happened so far, and the resident's last word. */
export function trackScreen(app: App, track: Track): View {
  const { story } = track;
  if (!story) return nothing;
  const kind = currentLanguage() === 'en' ? story.categoryEn : story.category;
  return html`<section class="card">
      <p class="soft">${story.number} · ${kind}</p>
      ${heading(story.what)}
      ${
        story.place || story.photos
          ? html`<p class="soft">
              ${story.place} ${story.photos ? t('track.photos', { count: story.photos }) : nothing}
            </p>`
          : nothing
      }
      <div class="standing" aria-live="polite">${mark(story.state)} ${standing(story)}</div>
      ${uploadLine(app.upload?.key === track.key ? app.upload : null)}
      ${track.stale ? html`<p class="soft" role="status">${t('track.stale', { when: when(track.seenAt) })}</p>` : nothing}
    </section>
    ${ask(app, track)}
    <section class="card">
      <h3>${t('track.steps')}</h3>
      <ol class="steps" reversed>
        ${[...story.steps].reverse().map(stepView)}
      </ol>
    </section>`;
}
