import * as v from 'valibot';
import type { Child } from './dom.ts';
import type { Kit } from './kit.ts';
import type { ReportForm } from './report-form.ts';

/** An open report of a neighbour, in public words. */
const Neighbours = v.array(
  v.object({
    number: v.string(),
    category: v.string(),
    category_en: v.string(),
    place: v.nullable(v.string()),
    state: v.string(),
    since: v.string(),
    followers: v.number(),
  }),
);

/** What neighbours have reported already of one matter. */
export interface Alike {
  readonly category: string;
  readonly found: v.InferOutput<typeof Neighbours>;
  readonly card: () => Child;
}

/** Asks what neighbours have reported of this matter; without a network nobody is held up by it. */
export async function findAlike(
  kit: Kit,
  form: ReportForm,
  category: string,
  draw: () => void,
  submit: () => void,
): Promise<Alike> {
  const { place, address } = form.draft;
  const raw = await kit
    .ask('similar_reports', { code: form.code, category, place: place || address })
    .catch(() => []);
  const found = v.parse(Neighbours, raw);
  return { category, found, card: () => alikeCard(kit, form, found, draw, submit) };
}

/** “Neighbours have reported this already”: one tap follows theirs, with a receipt of one's own. */
function alikeCard(
  { h, t, tOr, named, button, day }: Kit,
  form: ReportForm,
  found: Alike['found'],
  draw: () => void,
  submit: () => void,
): Child {
  const { draft } = form;
  if (found.length === 0) return null;
  const join = (joins: string | null) => {
    form.set({ joins });
    draw();
    // Known who it is, one tap is all; else only that is still asked.
    if (joins && draft.name.trim() && draft.address.trim()) submit();
    else if (joins) document.getElementById(draft.name.trim() ? 'address' : 'name')?.focus();
  };
  return h(
    'section.card.alike',
    { key: 'alike', 'aria-labelledby': 'alike' },
    h('h3', { id: 'alike' }, t('alike.title')),
    h('p.soft', {}, t('alike.lead')),
    found.map((one) =>
      h(
        'div.matter',
        { key: one.number },
        h(
          'p',
          {},
          h('b', {}, named({ name: one.category, name_en: one.category_en })),
          one.place ? ` · ${one.place}` : null,
        ),
        h(
          'p.soft',
          {},
          `${tOr(`board.${one.state}`, 'board.handling')} · ${day(one.since)}`,
          one.followers > 0 ? ` · ${t('alike.followers', { count: one.followers })}` : null,
        ),
        draft.joins === one.number
          ? button('', () => join(null), t('alike.joined'))
          : button('', () => join(one.number), t('alike.join')),
      ),
    ),
  );
}
