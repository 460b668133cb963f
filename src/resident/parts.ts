/** Pieces the screens share; their looks are those of src/ui/controls. */
import { h } from './dom.ts';
import type { Child, Drawn } from './dom.ts';
import { t } from './words.ts';

export interface FieldView {
  id: string;
  label: string;
  hint?: string;
  value: string;
  /** Characters. */
  max: number;
  optional?: boolean;
  error?: string | null;
  autocomplete?: string;
  type?: 'text' | 'tel';
  /** More than one line. */
  rows?: number;
  oninput: (value: string) => void;
}

/** A labelled control with its hint, error and counter. */
export function field(view: FieldView): Drawn {
  const { id, error = null, hint, value, max, optional, rows } = view;
  const length = [...value].length;
  const oninput = ({ target }: Event) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
      view.oninput(target.value);
  };
  return h(
    'div.field',
    {},
    h(
      'p.asked',
      {},
      h('label', { for: id }, view.label),
      h(
        'span.field-hint',
        { id: `${id}-hint` },
        [optional && t('optional'), hint].filter(Boolean).join(' · '),
      ),
    ),
    h(rows ? 'textarea.input' : 'input.input', {
      id,
      rows,
      type: rows ? null : (view.type ?? 'text'),
      value,
      autocomplete: view.autocomplete ?? 'off',
      'aria-invalid': error ? 'true' : null,
      'aria-required': optional ? null : 'true',
      'aria-describedby': `${id}-error ${id}-hint`,
      oninput,
    }),
    h(
      'p.field-foot',
      { hidden: !error && length < max * 0.8 },
      h('span.field-error', { id: `${id}-error` }, error),
      h('span.count', {}, `${length}/${max}`),
    ),
  );
}

/** A framed sentence, with or without a title. Errors are read out at once. */
export function notice(kind: 'info' | 'good' | 'error', title: Child, ...body: Child[]): Drawn {
  return h(
    `div.notice.${kind}`,
    { role: kind === 'error' ? 'alert' : 'status' },
    title ? h('strong', {}, title) : null,
    body,
  );
}

/** A screen's heading, where the focus goes when the screen comes. */
export function heading(text: string): Drawn {
  return h('h2', { id: 'heading', tabindex: -1 }, text);
}

export function button(look: string, onclick: () => void, ...words: Child[]): Drawn {
  return h(`button.button${look}`, { type: 'button', onclick }, words);
}

/** The one main action; while it works it cannot be pressed again. */
export function mainButton(busy: boolean, words: string, onclick?: () => void): Drawn {
  return h(
    'button.button.main.wide',
    { type: onclick ? 'button' : 'submit', disabled: busy, 'aria-busy': busy ? 'true' : null, onclick },
    words,
  );
}

/** A courtyard's gate, closed but friendly. */
export function gate(): Drawn {
  return h(
    'svg.gate',
    { viewBox: '0 0 96 60', 'aria-hidden': 'true' },
    h('path.brick', { d: 'M8 25h16v33H8zM72 25h16v33H72z' }),
    h('path.door', { d: 'M29 31h18v27H29zM49 31h18v27H49z' }),
    h('path.roof', {
      d: 'M0 21Q15 19 21 7H75Q81 19 96 21L93 26H3ZM24 26h3v32h-3zM69 26h3v32h-3zM2 58h92v2H2zM21 4h54v2H21z',
    }),
  );
}
