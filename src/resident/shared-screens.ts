import type { ApiError } from '../core/api-error.ts';
import { formatMoment } from '../core/format.ts';
import type { Delivery } from './delivery.ts';
import { h } from './dom.ts';
import type { Child, Drawn } from './dom.ts';
import { sentReports } from './memory.ts';
import { button, gate, heading, mainButton } from './parts.ts';
import type { Upload } from './upload.ts';
import { currentLanguage, hasWords, t, tOr } from './words.ts';

/** The code or link leads nowhere, or there is no way to ask: what happened, and what to do. */
export function shutScreen(error: ApiError, again: () => void): Drawn {
  const { mistyped, replaced } = error.detail;
  const said = mistyped ? 'code_mistyped' : replaced ? 'code_rotated' : error.code;
  const code = said === 'timeout' ? 'offline' : hasWords(`shut.${said}`) ? said : 'server_down';
  return h(
    'section.card.shut',
    {},
    gate(),
    heading(tOr(`shut.${code}`, '')),
    h('p', {}, tOr(`shut.${code}.more`, '')),
    (code === 'offline' || code === 'server_down') && mainButton(false, t('shut.again'), again),
  );
}

/** Where a report's photos stand; honest, and never in the report's way. */
export function uploadLine(upload: Upload | null, key: string): Child {
  if (upload?.key !== key) return null;
  const { state, done, count } = upload;
  return h(
    'div.upload',
    { role: 'status' },
    state !== 'done' && h('progress', { max: count, value: done, 'aria-hidden': 'true' }),
    h(
      'p',
      {},
      state === 'failed'
        ? t('upload.failed', { left: count - done })
        : state === 'done'
          ? t('upload.done', { count })
          : t('upload.going', { done, count }),
    ),
    state === 'failed' && button('', () => void upload.run(), t('upload.again')),
  );
}

/** What this phone has sent or still has to send. */
export function mine(delivery: Delivery, open = false): Child {
  const { waiting } = delivery;
  const sent = sentReports();
  if (waiting.length + sent.length === 0) return null;
  return h(
    'details.mine',
    { id: 'mine', open },
    h('summary', {}, `${t('mine.title')} (${waiting.length + sent.length})`),
    h(
      'ul',
      {},
      waiting.map(({ key, body }) => h('li', { key }, body.what, h('span.soft', {}, t('kept.list')))),
      sent.map(({ key, what, courtyard, at }) =>
        h(
          'li',
          { key },
          h('a', { href: `/t/${key}` }, what),
          h('span.soft', {}, `${courtyard} · ${formatMoment(at, currentLanguage())}`),
        ),
      ),
    ),
    h('p.soft', {}, t('mine.only')),
  );
}
