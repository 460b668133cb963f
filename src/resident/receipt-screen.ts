import { formatMoment } from '../core/format.ts';
import type { Kept } from '../core/outbox.ts';
import type { Receipt } from '../data/resident.ts';
import { h } from './dom.ts';
import type { Child, Drawn } from './dom.ts';
import { button, gate, heading, mainButton } from './parts.ts';
import { t } from './report-words.ts';
import { currentLanguage } from './words.ts';

/** Submitted with no way to send it: it is safe, and it goes by itself. `survives`: also when the page is closed. */
export function keptScreen(kept: Kept, survives: boolean, trying: boolean, again: () => void): Drawn {
  return h(
    'section.card.kept',
    {},
    gate(),
    heading(t('kept.title')),
    h('p', { role: 'status' }, t(navigator.onLine ? 'kept.slow' : 'kept.offline')),
    h('p', {}, t(survives ? 'kept.close' : 'kept.stay')),
    h('blockquote', {}, kept.body.what),
    mainButton(trying, t(trying ? 'kept.trying' : 'kept.again'), again),
  );
}

/** Copies where the browser lets pages do so, also on plain http inside an office network. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const link = document.getElementById('link');
    if (link instanceof HTMLInputElement) link.select();
    document.execCommand('copy');
  }
}

export interface ReceiptView {
  readonly receipt: Receipt;
  readonly key: string;
  copied: boolean;
}

/** A calm page one would show to a neighbour: number, what happens now, the link to keep. */
export function receiptScreen(
  view: ReceiptView,
  upload: Child,
  draw: () => void,
  another: () => void,
): Drawn {
  const { receipt, key, copied } = view;
  const link = `${location.origin}/t/${key}`;
  const copyLink = async () => {
    await copy(link);
    view.copied = true;
    draw();
  };
  const share = () =>
    void navigator
      .share({ title: `${receipt.courtyard} ${receipt.number}`, url: link })
      .catch(() => undefined);
  return h(
    'div.stack',
    {},
    h(
      'section.card.receipt',
      {},
      h(
        'svg.seal',
        { viewBox: '0 0 48 48', 'aria-hidden': 'true' },
        h('path', { d: 'M24 3a21 21 0 1 0 .01 0M14 25l7 7 13-15' }),
      ),
      heading(t('receipt.title')),
      h('p.number', {}, h('span.soft', {}, t('receipt.number')), ' ', h('b', {}, receipt.number)),
      upload,
      h('h3', {}, t('receipt.next')),
      h(
        'ol.next',
        {},
        h('li', {}, t('receipt.holder', { holder: receipt.holder })),
        h('li', {}, t('receipt.promise', { when: formatMoment(receipt.promisedAt, currentLanguage()) })),
        h('li', {}, t('receipt.ask')),
      ),
      h('a.button.main.wide', { href: `/t/${key}` }, t('receipt.follow')),
    ),
    h(
      'section.card',
      {},
      h('label', { for: 'link' }, t('receipt.link')),
      h('input.input', { id: 'link', readonly: true, value: link }),
      h(
        'div.row',
        {},
        button('', () => void copyLink(), t(copied ? 'receipt.copied' : 'receipt.copy')),
        'share' in navigator && button('', share, t('receipt.share')),
      ),
      h('p.soft', { role: 'status' }, t(copied ? 'receipt.copied' : 'receipt.here')),
    ),
    button('.wide', another, t('receipt.again')),
  );
}
