/** The service worker of the resident's pages: opens them without a network, sends reports when there is one again, tells of news. */
import { fetchPage, keepFiles, nameOf, openFile, openPage } from './pages.ts';
import { worker } from '../../data/worker-scope.ts';
import { openNews, showNews } from './news.ts';
import { sendBox } from './send-box.ts';

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && /^\/[ct]\/[^/]+\/?$/.test(pathname))
    event.respondWith(openPage(request, (work) => event.waitUntil(work)));
  else if (pathname.startsWith('/assets/')) event.respondWith(openFile(request));
});

worker.addEventListener('message', (event) => {
  const { data, source } = event;
  if (data === 'page' && source) event.waitUntil(fetchPage(nameOf(source.url), source.url));
  if (data === 'files') event.waitUntil(keepFiles());
});

worker.addEventListener('sync', (event) => {
  if (event.tag === 'outbox') event.waitUntil(sendBox().then(tellPages));
});

worker.addEventListener('push', (event) => event.waitUntil(showNews(event.data?.text() ?? '')));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openNews(event.notification.data));
});

/** Open pages look at once at what has been sent. */
async function tellPages(sent: number): Promise<void> {
  if (sent === 0) return;
  for (const page of await worker.clients.matchAll({ includeUncontrolled: true }))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's client takes none
    page.postMessage({ sent: true });
}
