import { helpFor } from '../core/danger.ts';
import type { Category } from '../core/suggest-category.ts';
import { h } from './dom.ts';
import type { Child, Drawn } from './dom.ts';
import { button, field, heading, mainButton, notice } from './parts.ts';
import type { FieldView } from './parts.ts';
import { photoField } from './photo-field.ts';
import { openPin, resetPin } from './pin.ts';
import { typedFields } from './report-form.ts';
import type { ReportForm, TypedField } from './report-form.ts';
import { t } from './report-words.ts';
import { named, sentenceOf } from './words.ts';

/** How many usual matters are shown before “more”. */
const shown = 6;

function faultOf(form: ReportForm, id: TypedField): string | null {
  const fault = form.faults[id];
  if (!fault) return null;
  if (fault === 'long')
    return t('need.long', { max: form.opened.limits[id], count: [...(form.draft[id] ?? '').trim()].length });
  return t(id === 'what' ? 'need.what' : id === 'name' ? 'need.name' : 'need.address');
}

function kinds(form: ReportForm, draw: () => void, submit: () => void): Drawn {
  const { categories } = form.opened;
  const now = form.category;
  const few = form.allKinds ? categories : categories.slice(0, shown);
  const more = () => {
    form.allKinds = !form.allKinds;
    draw();
  };
  const chip = (kind: Category) => {
    const pressed = kind === now;
    const onclick = () => {
      form.choose(kind, named(kind));
      draw();
      form.lookAround(draw, submit);
    };
    return h(
      'button.chip',
      { key: kind.code, type: 'button', 'aria-pressed': String(pressed), onclick },
      pressed && form.draft.category === null && h('span.guess', {}, t('what.guess')),
      named(kind),
    );
  };
  return h(
    'div.kinds',
    { role: 'group', 'aria-label': t('what.kinds') },
    (now && !few.includes(now) ? [...few, now] : few).map(chip),
    h(
      'button.chip.more',
      { key: '', type: 'button', 'aria-expanded': String(form.allKinds), onclick: more },
      t(form.allKinds ? 'what.less' : 'what.more'),
    ),
  );
}

/** Danger to life first calls the number that helps at once. */
function danger(form: ReportForm): Child {
  const numbers = helpFor(form.draft.what, !!form.category?.urgent);
  if (!numbers) return null;
  const call = (number: string, words: string) =>
    h('a.button', { key: number, href: `tel:${number}` }, words);
  return notice(
    'error',
    t('urgent.title'),
    h(
      'p.calls',
      {},
      numbers.map((number) => call(number, t(`urgent.${number}`))),
    ),
    t('urgent.after'),
  );
}

/** Common places of a yard, and the building one lives in: one tap instead of words. */
function places(form: ReportForm, draw: () => void): Drawn {
  const own = /\d{1,3}\s*(栋|幢|号楼)(\s*\d{1,2}\s*单元)?/.exec(form.draft.address)?.[0];
  const { place } = form.draft;
  const tap = (words: string) => {
    const said = place.trim();
    form.set({ place: said.includes(words) ? said.replace(words, '').trim() : said + words });
    draw();
  };
  return h(
    'div.kinds',
    { role: 'group', 'aria-label': t('place.taps') },
    [own, ...t('place.common').split('|')].map(
      (words) =>
        words &&
        h(
          'button.chip',
          {
            key: words,
            type: 'button',
            'aria-pressed': String(place.includes(words)),
            onclick: () => tap(words),
          },
          words,
        ),
    ),
  );
}

/** Whom it is about, and who writes where that is somebody else. */
function people(form: ReportForm, draw: () => void, typed: Typed): Child {
  const helps = form.draft.helper !== null;
  const turn = () => {
    form.set({ helper: helps ? null : '' });
    draw();
  };
  return [
    typed('name', { autocomplete: 'name', ...(helps && { label: t('name.other'), hint: '' }) }),
    typed('address', helps ? { label: t('address.other') } : {}),
    typed('phone', { optional: true, type: 'tel', autocomplete: 'tel' }),
    helps && typed('helper', { optional: true }),
    button('.plain', turn, t(helps ? 'helper.off' : 'helper.on')),
  ];
}

function pin(form: ReportForm, draw: () => Promise<void>): Drawn {
  const { map } = form;
  const moved = form.draft.point !== null;
  return h(
    'div.pin',
    {},
    map !== 'open' &&
      !moved &&
      button('.plain', () => void openPin(form, draw), t(map === 'loading' ? 'pin.loading' : 'pin.open')),
    h('div.map', {
      id: 'map',
      foreign: true,
      role: 'group',
      'aria-label': t('pin.label'),
      hidden: map !== 'open',
    }),
    h('p.soft', { role: 'status' }, map === 'failed' ? t('pin.failed') : moved && t('pin.moved')),
    (moved || map === 'open') && button('.plain', () => resetPin(form, draw), t('pin.reset')),
  );
}

/** Said once above the button, and where each fault is said under its field. */
function summary(form: ReportForm): Child {
  if (form.refusal)
    return notice(
      'error',
      null,
      sentenceOf(form.refusal),
      form.earlierKey && h('a', { href: `/t/${form.earlierKey}` }, t('error.key_reused.open')),
    );
  const wrong = typedFields.filter((id) => form.faults[id]);
  if (wrong.length === 0) return null;
  const jump = (event: Event, id: string) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return notice(
    'error',
    t('need.summary', { count: wrong.length }),
    wrong.map((id) =>
      h('a.jump', { key: id, href: `#${id}`, onclick: (event) => jump(event, id) }, t(`${id}.label`)),
    ),
  );
}

type Typed = (id: TypedField, more?: Partial<FieldView>) => Drawn;

/** The report: what, where, who. Nothing else is asked. `draw` shows what has changed, `submit` sends. */
export function reportScreen(form: ReportForm, draw: () => Promise<void>, submit: () => void): Drawn {
  const redraw = () => void draw();
  const typed: Typed = (id, more = {}) =>
    field({
      id,
      label: t(`${id}.label`),
      hint: t(`${id}.hint`),
      value: form.draft[id] ?? '',
      max: form.opened.limits[id],
      error: faultOf(form, id),
      oninput: (value) => {
        form.set({ [id]: value });
        redraw();
        if (id === 'what') form.lookAround(redraw, submit);
      },
      ...more,
    });
  const clear = () => {
    form.clear();
    redraw();
  };
  return h(
    'form',
    {
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    heading(t('title.report')),
    form.restored && form.draft.what
      ? h('p.restored', {}, h('span', {}, t('draft.back')), button('.plain', clear, t('draft.clear')))
      : h('p.soft', {}, t('lead')),
    h(
      'section.card',
      {},
      typed('what', { rows: 3 }),
      form.voice?.view(),
      danger(form),
      kinds(form, redraw, submit),
      photoField(form),
    ),
    form.alike?.category === form.category?.code && form.alike?.card(),
    h('section.card', {}, typed('place', { optional: true }), places(form, redraw), pin(form, draw)),
    h('section.card', {}, people(form, redraw, typed)),
    summary(form),
    h('p.soft', {}, t('privacy')),
    mainButton(form.sending, t(form.sending ? 'sending' : 'send')),
    h('p.soft.centred', {}, t('draft.kept')),
  );
}
