import type { Kept } from '../core/outbox.ts';
import { h } from './dom.ts';
import type { Drawn } from './dom.ts';
import { gate, heading, mainButton } from './parts.ts';
import { t } from './report-words.ts';
import { sendsLater } from './stay.ts';

/** Submitted with no way to send it: it is safe, and it goes by itself. `survives`: also when the page is closed. */
export function keptScreen(kept: Kept, survives: boolean, trying: boolean, again: () => void): Drawn {
  return h(
    'section.card.kept',
    {},
    gate(),
    heading(t('kept.title')),
    h('p', { role: 'status' }, t(navigator.onLine ? 'kept.slow' : 'kept.offline')),
    h('p', {}, t(!survives ? 'kept.stay' : sendsLater() ? 'kept.sync' : 'kept.close')),
    h('blockquote', {}, kept.body.what),
    mainButton(trying, t(trying ? 'kept.trying' : 'kept.again'), again),
  );
}

/** A report that arrived, where what shows its receipt could not be fetched any more: the number and the way to follow it. */
export function plainReceipt(number: string, key: string): Drawn {
  return h(
    'section.card',
    {},
    heading(t('receipt.title')),
    h('p', {}, h('a', { href: `/t/${key}` }, number)),
  );
}
