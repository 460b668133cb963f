import { h } from './dom.ts';
import type { Drawn } from './dom.ts';
import type { ReportForm } from './report-form.ts';
import { t } from './report-words.ts';

/** Choosing photos, seeing them small, taking one away. */
export function photoField({ tray, opened }: ReportForm): Drawn {
  const max = opened.limits.photos;
  const onchange = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement)) return;
    void tray.add([...(target.files ?? [])]);
    target.value = '';
  };
  return h(
    'div.photos',
    { role: 'group', 'aria-labelledby': 'photo-label' },
    h(
      'p.asked',
      { id: 'photo-label' },
      h('b', {}, t('photo.label')),
      h('span.field-hint', {}, t('photo.hint', { max })),
    ),
    tray.photos.length > 0 &&
      h(
        'ul.tray',
        {},
        tray.photos.map(({ id, url }, at) => {
          const n = at + 1;
          return h(
            'li',
            { key: id },
            h('img', { src: url, alt: t('photo.alt', { n }) }),
            h(
              'button.button',
              { type: 'button', 'aria-label': t('photo.remove', { n }), onclick: () => void tray.remove(id) },
              '×',
            ),
          );
        }),
      ),
    !tray.full &&
      h(
        'label.button.wide',
        {},
        h('input.unseen', { id: 'photo', type: 'file', accept: 'image/*', multiple: true, onchange }),
        t(tray.working ? 'photo.working' : tray.photos.length > 0 ? 'photo.more' : 'photo.add'),
      ),
    tray.fault && h('p.field-error', { role: 'alert' }, t(`photo.${tray.fault}`, { max })),
  );
}
