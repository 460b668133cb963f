/** The page stays on the phone: a service worker opens it at once and without a network, and sends what waits when nobody looks. */

/** Milliseconds after the first paint's work is done: the phone's first load is not held up. */
const pause = 1500;

type Message = { readonly fresh?: string; readonly sent?: boolean };

/** What must go to the network first: registered, and told to keep this page. `scope`: the page's room. */
export function stay(scope: '/c/' | '/t/', onfresh: (courtyard: string) => void, onsent: () => void): void {
  const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!worker) return;
  const tell = (words: string) =>
    void worker.getRegistration(scope).then((room) => room?.active?.postMessage(words));
  worker.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (typeof data.fresh === 'string') onfresh(data.fresh);
    if (data.sent) onsent();
  });
  const begin = async () => {
    try {
      await worker.register('/sw.js', { scope });
      await worker.ready;
      tell('page');
      // Only now: what makes the page installable is no part of its first load.
      const card = document.createElement('link');
      card.rel = 'manifest';
      card.href = '/manifest.webmanifest';
      document.head.append(card);
    } catch {
      // Some private windows let no page stay: all else works.
    }
  };
  setTimeout(() => void begin(), pause);
  // What a photo or another language needs, once it is sure that somebody writes, or has had time to read.
  addEventListener('input', () => tell('files'), { once: true });
  setTimeout(() => tell('files'), 6 * pause);
}

/** Whether a report goes by itself when this page is closed. */
export const sendsLater = () => 'serviceWorker' in navigator && 'SyncManager' in window;

/** Asks the browser to wake the worker when there is a network, where it can; waits for a worker that is still coming. */
export async function sendLater(): Promise<void> {
  try {
    const room = await navigator.serviceWorker?.ready;
    if (room && 'sync' in room)
      await (room.sync as { register(tag: string): Promise<void> }).register('outbox');
  } catch {
    // Not allowed here: the page itself sends it when it is next open.
  }
}
