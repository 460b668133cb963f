import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { formatMoment } from '../core/format.ts';
import type { Receipt } from '../data/resident.ts';
import type { App } from './app.ts';
import { heading } from './parts.ts';
import type { View } from './parts.ts';
import type { Upload } from './upload.ts';
import { currentLanguage, t } from './words.ts';

/** Where the photos stand; honest, and never in the receipt's way. */
export function uploadLine(upload: Upload | null): View {
  if (!upload) return nothing;
  const { state, done, count } = upload;
  if (state === 'failed')
    return html`<p class="upload" role="status">
      ${t('upload.failed', { left: count - done })}
      <button type="button" class="button" @click=${() => void upload.run()}>${t('upload.again')}</button>
    </p>`;
  return html`<p class="upload" role="status">
    <progress max=${count} value=${done} aria-hidden="true"></progress>
    ${state === 'done' ? t('upload.done', { count }) : t('upload.going', { done, count })}
  </p>`;
}

/** Copies where the browser lets pages do so, also on plain http inside an office network. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const link = document.getElementById('link');
    if (link instanceof HTMLInputElement) link.select();
    document.execCommand('copy');
  }
}

/** A calm page one would show to a neighbour: number, what happens now, the link to keep. */
export function receiptScreen(app: App, receipt: Receipt, key: string, copied: boolean): TemplateResult {
  const link = `${location.origin}/t/${key}`;
  const share = () =>
    void navigator.share({ title: `${t('home.title')} ${receipt.number}`, url: link }).catch(() => undefined);
  return html`<section class="card receipt">
      <svg class="seal" viewBox="0 0 48 48" aria-hidden="true">
        <path d="M24 3a21 21 0 1 0 .01 0M14 25l7 7 13-15" />
      </svg>
      ${heading(t('receipt.title'))}
      <p class="number"><span class="soft">${t('receipt.number')}</span> <b>${receipt.number}</b></p>
      ${uploadLine(app.upload)}
      <h3>${t('receipt.next')}</h3>
      <ol class="next">
        <li>${t('receipt.holder', { holder: receipt.holder })}</li>
        <li>${t('receipt.promise', { when: formatMoment(receipt.promisedAt, currentLanguage()) })}</li>
        <li>${t('receipt.ask')}</li>
      </ol>
      <a class="button main wide" href="/t/${key}">${t('receipt.follow')}</a>
    </section>
    <section class="card">
      <label for="link">${t('receipt.link')}</label>
      <input class="input" id="link" readonly .value=${link} />
      <div class="row">
        <button type="button" class="button" @click=${() => void copy(link).then(() => app.copied())}>
          ${t(copied ? 'receipt.copied' : 'receipt.copy')}
        </button>
        ${
          'share' in navigator
            ? html`<button type="button" class="button" @click=${share}>${t('receipt.share')}</button>`
            : nothing
        }
      </div>
      <p class="soft" role="status">${copied ? t('receipt.copied') : t('receipt.here')}</p>
    </section>
    <button type="button" class="button wide" @click=${() => app.another()}>${t('receipt.again')}</button>`;
}
