import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { ApiError } from '../core/api-error.ts';
import { formatMoment } from '../core/format.ts';
import type { Kept } from '../core/outbox.ts';
import type { App } from './app.ts';
import { sentReports } from './memory.ts';
import { heading } from './parts.ts';
import type { View } from './parts.ts';
import { currentLanguage, t, tOr } from './words.ts';

const gate = html`<svg class="gate" viewBox="0 0 96 60" aria-hidden="true">
  <path class="brick" d="M4 24h14v34H4zM78 24h14v34H78z" />
  <path class="door" d="M30 28h17v30H30zM49 28h17v30H49z" />
  <path class="roof" d="M2 22Q48-2 94 22M18 24v34M78 24v34M24 26h48M0 58h96" />
</svg>`;

/** The code or link leads nowhere, or there is no way to ask: what happened, and what to do. */
export function shutScreen(error: ApiError, again: () => void): TemplateResult {
  const code = error.code === 'timeout' ? 'offline' : error.code;
  const known =
    tOr(`shut.${code}`, 'shut.server_down') === tOr('shut.server_down', 'shut.server_down')
      ? 'server_down'
      : code;
  return html`<section class="card shut">
    ${gate} ${heading(tOr(`shut.${known}`, 'shut.server_down'))}
    <p>${tOr(`shut.${known}.more`, 'shut.server_down.more')}</p>
    ${
      error.passing || known === 'server_down'
        ? html`<button type="button" class="button main wide" @click=${again}>${t('shut.again')}</button>`
        : nothing
    }
  </section>`;
}

/** Submitted with no way to send it: it is safe, and it goes by itself. */
export function keptScreen(app: App, kept: Kept, survives: boolean, trying: boolean): TemplateResult {
  return html`<section class="card kept">
    ${gate} ${heading(t('kept.title'))}
    <p role="status">${t(navigator.onLine ? 'kept.slow' : 'kept.offline')}</p>
    <p>${t(survives ? 'kept.close' : 'kept.stay')}</p>
    <blockquote>${kept.body.what}</blockquote>
    <button
      type="button"
      class="button main wide"
      ?disabled=${trying}
      aria-busy=${trying ? 'true' : 'false'}
      @click=${() => void app.flush()}
    >
      ${t(trying ? 'kept.trying' : 'kept.again')}
    </button>
  </section>`;
}

/** `/` without a code: how to report, and the way in for staff. */
export function homeScreen(): TemplateResult {
  return html`<section class="card shut">
      ${gate} ${heading(t('home.lead'))}
      <p>${t('home.how')}</p>
    </section>
    <nav class="staff" aria-label=${t('home.staff')}>
      <span class="soft">${t('home.staff')}</span>
      <a class="button" href="/street/">${t('home.street')}</a>
      <a class="button" href="/community/">${t('home.community')}</a>
    </nav>`;
}

/** What this phone has sent or still has to send. */
export function mine(app: App): View {
  const waiting = app.waiting;
  const sent = sentReports();
  if (waiting.length + sent.length === 0) return nothing;
  return html`<details class="mine">
    <summary>${t('mine.title')} <b>${waiting.length + sent.length}</b></summary>
    <ul>
      ${waiting.map((kept) => html`<li><span class="soft">${t('kept.list')}</span> ${kept.body.what}</li>`)}
      ${sent.map(
        (one) =>
          html`<li>
            <a href="/t/${one.key}">${one.what}</a>
            <span class="soft">${one.courtyard} · ${formatMoment(one.at, currentLanguage())}</span>
          </li>`,
      )}
    </ul>
    <p class="soft">${t('mine.only')}</p>
  </details>`;
}
