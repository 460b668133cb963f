import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { ReportForm } from './report-form.ts';
import { t } from './words.ts';

/** Choosing photos, seeing them small, taking one away. */
export function photoField({ tray, opened }: ReportForm): TemplateResult {
  const max = opened.limits.photos;
  const chosen = (event: Event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    void tray.add([...(input.files ?? [])]);
    input.value = '';
  };
  return html`<div class="photos" role="group" aria-labelledby="photo-label">
    <p class="field-label" id="photo-label">
      ${t('photo.label')}<span class="field-hint">${t('photo.hint', { max })}</span>
    </p>
    ${
      tray.photos.length > 0
        ? html`<ul class="tray">
            ${tray.photos.map(
              ({ id, url }, at) =>
                html`<li>
                  <img src=${url} alt=${t('photo.alt', { n: at + 1 })} />
                  <button
                    type="button"
                    class="button"
                    aria-label=${t('photo.remove', { n: at + 1 })}
                    @click=${() => void tray.remove(id)}
                  >
                    ×
                  </button>
                </li>`,
            )}
          </ul>`
        : nothing
    }
    ${
      tray.full
        ? nothing
        : html`<label class="button wide">
            <input class="unseen" id="photo" type="file" accept="image/*" multiple @change=${chosen} />
            ${t(tray.working ? 'photo.working' : tray.photos.length > 0 ? 'photo.more' : 'photo.add')}
          </label>`
    }
    <p class="field-error" role="alert">${tray.fault ? t(`photo.${tray.fault}`, { max }) : nothing}</p>
  </div>`;
}
