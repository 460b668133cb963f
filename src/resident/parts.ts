/** Pieces of template the screens share; their looks are those of src/ui/controls. */
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from './words.ts';

export type View = TemplateResult | typeof nothing;

interface FieldView {
  id: string;
  label: string;
  hint: string;
  value: string;
  max: number;
  optional?: boolean;
  error: string | null;
  autocomplete?: string;
  kind?: 'text' | 'tel';
  oninput: (value: string) => void;
}

const typed = (event: Event) =>
  event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
    ? event.target.value
    : '';

const described = (field: FieldView) => `${field.id}-hint${field.error ? ` ${field.id}-error` : ''}`;

function frame(field: FieldView, control: TemplateResult): TemplateResult {
  const length = [...field.value].length;
  return html`<div class="field">
    <label for=${field.id}
      >${field.label}${field.optional ? html`<span class="field-hint">${t('optional')}</span>` : nothing}</label
    >
    ${control}
    <p class="field-foot">
      <span id=${`${field.id}-error`} class="field-error" ?hidden=${!field.error}>${field.error}</span>
      <span id=${`${field.id}-hint`} ?hidden=${field.error}>${field.hint}</span>
      <span class="count" ?hidden=${length < field.max * 0.8}>${length}/${field.max}</span>
    </p>
  </div>`;
}

/** One line of text with its label, hint, error and counter. */
export function line(field: FieldView): TemplateResult {
  return frame(
    field,
    html`<input
      class="input"
      id=${field.id}
      type=${field.kind ?? 'text'}
      .value=${field.value}
      autocomplete=${field.autocomplete ?? 'off'}
      aria-invalid=${field.error ? 'true' : 'false'}
      aria-required=${field.optional ? 'false' : 'true'}
      aria-describedby=${described(field)}
      @input=${(event: Event) => field.oninput(typed(event))}
    />`,
  );
}

/** Several lines of text. */
export function area(field: FieldView): TemplateResult {
  return frame(
    field,
    html`<textarea
      class="input"
      id=${field.id}
      rows="3"
      .value=${field.value}
      aria-invalid=${field.error ? 'true' : 'false'}
      aria-required=${field.optional ? 'false' : 'true'}
      aria-describedby=${described(field)}
      @input=${(event: Event) => field.oninput(typed(event))}
    ></textarea>`,
  );
}

/** A framed sentence. Warnings and errors are read out at once. */
export function notice(
  kind: 'info' | 'good' | 'warn' | 'error',
  body: unknown,
  title: unknown = nothing,
): TemplateResult {
  return html`<div class="notice ${kind}" role=${kind === 'error' || kind === 'warn' ? 'alert' : 'status'}>
    ${title === nothing ? nothing : html`<strong>${title}</strong>`}${body}
  </div>`;
}

/** A screen's heading, where the focus goes when the screen comes. */
export function heading(text: string): TemplateResult {
  return html`<h2 id="heading" tabindex="-1">${text}</h2>`;
}
