import { formatDay } from '../core/format.ts';
import type { Matter, Opened } from '../data/resident.ts';
import { h } from './dom.ts';
import type { Child } from './dom.ts';
import { t } from './report-words.ts';
import { currentLanguage, named, tOr } from './words.ts';

const dayOf = (day: string) => formatDay(`${day}T12:00:00+08:00`, currentLanguage());

/** What the office tells the yard, above everything else. */
export function noticesView({ board }: Opened): Child {
  if (board.notices.length === 0) return null;
  return h(
    'section.notices',
    { 'aria-label': t('board.notices') },
    board.notices.map(({ title, body, day }) =>
      h(
        body ? 'details' : 'p',
        { key: title + day },
        h(body ? 'summary' : 'span', {}, h('b', {}, title), ' ', h('span.soft', {}, dayOf(day))),
        body && h('p', {}, body),
      ),
    ),
  );
}

/** What is open here, what was solved lately, and who looks after the yard; no resident's words or name. */
export function boardView({ board, categories, courtyard }: Opened): Child {
  const rows = (matters: readonly Matter[]) =>
    matters.map(({ category, place, state, day }, at) => {
      const kind = categories.find(({ code }) => code === category);
      return h(
        'li.matter',
        { key: `${at}${category}` },
        h('p', {}, h('b', {}, kind ? named(kind) : t('board.other')), place ? ` · ${place}` : null),
        h('p.soft', {}, `${tOr(`board.${state ?? 'solved'}`, 'board.handling')} · ${dayOf(day)}`),
      );
    });
  return h(
    'section.card',
    { id: 'board', 'aria-labelledby': 'board-title' },
    h('h2', { id: 'board-title' }, t('board.title')),
    h('h3', {}, t('board.open', { count: board.openCount })),
    board.open.length > 0 ? h('ul', {}, rows(board.open)) : h('p.soft', {}, t('board.quiet')),
    board.solved.length > 0 && [h('h3', {}, t('board.lately')), h('ul', {}, rows(board.solved))],
    h('h3', {}, t('board.care')),
    h(
      'p',
      {},
      t('board.who', { grid: board.grid, community: courtyard.community, street: courtyard.street }),
    ),
    board.workers.map(([name, phone]) =>
      h('p', { key: name }, name, ' ', phone && h('a', { href: `tel:${phone}` }, phone)),
    ),
    h('p', {}, h('a', { href: '/codes' }, t('board.false'))),
  );
}
