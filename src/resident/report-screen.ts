import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Category } from '../core/suggest-category.ts';
import type { App } from './app.ts';
import { area, heading, line, notice } from './parts.ts';
import type { View } from './parts.ts';
import { photoField } from './photo-field.ts';
import { openPin, resetPin } from './pin.ts';
import type { ReportForm, TypedField } from './report-form.ts';
import { typedFields } from './report-form.ts';
import { currentLanguage, sentenceOf, t } from './words.ts';

/** How many usual matters are shown before “more”. */
const shown = 6;

const nameOf = (category: Category) => (currentLanguage() === 'en' ? category.name_en : category.name);

function faultOf(form: ReportForm, field: TypedField): string | null {
  const fault = form.faults[field];
  if (!fault) return null;
  if (fault === 'long')
    return t('need.long', { max: form.opened.limits[field], count: [...form.draft[field].trim()].length });
  return t(field === 'what' ? 'need.what' : field === 'name' ? 'need.name' : 'need.address');
}

/** What a typed field needs, whichever it is. */
function field(app: App, form: ReportForm, id: TypedField) {
  return {
    id,
    label: t(`${id}.label`),
    hint: t(`${id}.hint`),
    value: form.draft[id],
    max: form.opened.limits[id],
    error: faultOf(form, id),
    oninput: (value: string) => {
      form.set({ [id]: value });
      void app.draw();
    },
  };
}

function kinds(app: App, form: ReportForm): TemplateResult {
  const { categories } = form.opened;
  const now = form.category;
  const guessed = now !== null && form.draft.category === null;
  const few = form.allKinds ? categories : categories.slice(0, shown);
  const list = now && !few.includes(now) ? [...few, now] : few;
  return html`<div class="kinds" role="group" aria-label=${t('what.kinds')}>
    ${list.map(
      (kind) =>
        html`<button
          type="button"
          class="chip"
          aria-pressed=${kind === now ? 'true' : 'false'}
          @click=${() => {
            form.choose(kind, nameOf(kind));
            void app.draw();
          }}
        >
          ${kind === now && guessed ? html`<span class="guess">${t('what.guess')}</span>` : nothing}${nameOf(kind)}
        </button>`,
    )}
    ${
      categories.length > shown
        ? html`<button
            type="button"
            class="chip more"
            aria-expanded=${form.allKinds ? 'true' : 'false'}
            @click=${() => {
              form.allKinds = !form.allKinds;
              void app.draw();
            }}
          >
            ${t(form.allKinds ? 'what.less' : 'what.more')}
          </button>`
        : nothing
    }
  </div>`;
}

/** Danger to life first calls the number that helps at once. */
function danger(form: ReportForm): View {
  if (!form.category?.urgent) return nothing;
  return html`<div class="danger">
    ${notice(
      'error',
      html`<p class="calls">
          <a class="button" href="tel:119">${t('urgent.fire')}</a>
          <a class="button" href="tel:110">${t('urgent.police')}</a>
          <a class="button" href="tel:120">${t('urgent.rescue')}</a>
        </p>
        ${t('urgent.after')}`,
      t('urgent.title'),
    )}
  </div>`;
}

function pin(app: App, form: ReportForm): TemplateResult {
  const open = () => void openPin(app, form);
  const reset = () => resetPin(app, form);
  return html`<div class="pin">
    ${
      form.map === 'closed' && !form.draft.point
        ? html`<button type="button" class="button plain" @click=${open}>${t('pin.open')}</button>`
        : nothing
    }
    <p role="status">
      ${form.map === 'loading' ? t('pin.loading') : form.map === 'failed' ? t('pin.failed') : form.draft.point ? t('pin.moved') : nothing}
    </p>
    <div id="map" class="map" role="group" aria-label=${t('pin.label')} ?hidden=${form.map !== 'open'}></div>
    ${
      form.draft.point || form.map === 'open'
        ? html`<button type="button" class="button plain" @click=${reset}>${t('pin.reset')}</button>`
        : nothing
    }
  </div>`;
}

/** Said once above the button, and where each fault is said under its field. */
function summary(form: ReportForm): View {
  if (form.refusal) {
    const link = form.earlierKey && form.refusal.code === 'key_reused';
    return notice(
      'error',
      html`${sentenceOf(form.refusal)}
      ${link ? html`<p><a href="/t/${form.earlierKey}">${t('error.key_reused.open')}</a></p>` : nothing}`,
    );
  }
  const wrong = typedFields.filter((id) => form.faults[id]);
  if (wrong.length === 0) return nothing;
  return notice(
    'error',
    html`${wrong.map((id) => html`<a class="jump" href="#${id}" @click=${jump}>${t(`${id}.label`)}</a> `)}`,
    t('need.summary', { count: wrong.length }),
  );
}

function jump(event: Event): void {
  event.preventDefault();
  const link = event.currentTarget;
  if (link instanceof HTMLAnchorElement) document.getElementById(link.hash.slice(1))?.focus();
}

/** The report: what, where, who. Nothing else is asked. */
export function reportScreen(app: App, form: ReportForm): TemplateResult {
  return html`<form
    novalidate
    @submit=${(event: Event) => {
      event.preventDefault();
      void app.submit(form);
    }}
  >
    ${heading(t('title.report'))}
    ${
      form.restored && form.draft.what
        ? html`<p class="restored">
            ${t('draft.back')}
            <button
              type="button"
              class="button plain"
              @click=${() => {
                form.clear();
                void app.draw();
              }}
            >
              ${t('draft.clear')}
            </button>
          </p>`
        : html`<p class="soft">${t('lead')}</p>`
    }
    <section class="card">
      ${area(field(app, form, 'what'))} ${kinds(app, form)} ${danger(form)} ${photoField(form)}
    </section>
    <section class="card">
      ${line({ ...field(app, form, 'place'), optional: true })} ${pin(app, form)}
    </section>
    <section class="card">
      ${line({ ...field(app, form, 'name'), autocomplete: 'name' })} ${line(field(app, form, 'address'))}
      ${line({ ...field(app, form, 'phone'), optional: true, kind: 'tel', autocomplete: 'tel' })}
    </section>
    ${summary(form)}
    <p class="soft">${t('privacy')}</p>
    <button class="button main wide" ?disabled=${form.sending} aria-busy=${form.sending ? 'true' : 'false'}>
      ${t(form.sending ? 'sending' : 'send')}
    </button>
    <p class="soft centred">${t('draft.kept')}</p>
  </form>`;
}
