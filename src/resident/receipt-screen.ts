import type { Receipt } from '../data/resident.ts';
import type { Child, Drawn } from './dom.ts';
import type { Kit } from './kit.ts';

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
  { h, t, button, heading, moment }: Kit,
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
        h('li', {}, t(receipt.held ? 'receipt.held' : 'receipt.holder', { holder: receipt.holder })),
        h('li', {}, t('receipt.promise', { when: moment(receipt.promisedAt) })),
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
