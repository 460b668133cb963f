/** The service worker of the community's page: opens it without a network, so that the round goes on. Keeps no answer of the API. */
import { worker } from '../../data/worker-scope.ts';

/** The page and the files it loaded; others of an older build go when the page tells what it loads now. */
const shelf = 'community-1';
const page = '/community/';

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && pathname === page) event.respondWith(openPage(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(request.url, () => fetch(request)));
});

worker.addEventListener('message', (event) => {
  const { data } = event;
  if (data === 'forget') event.waitUntil(caches.delete(shelf));
  if (Array.isArray(data)) event.waitUntil(keep(data.map(String)));
});

/** The network's page where there is one: it names the files of the newest build. */
async function openPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return kept(page, () => Response.error());
  }
}

async function kept(name: string, otherwise: () => Response | Promise<Response>): Promise<Response> {
  return (await (await caches.open(shelf)).match(name)) ?? otherwise();
}

/** Keeps the page with these files, and nothing else. */
async function keep(files: readonly string[]): Promise<void> {
  const cache = await caches.open(shelf);
  await cache.add(page);
  for (const file of files) if (!(await cache.match(file))) await cache.add(file).catch(() => undefined);
  for (const { url } of await cache.keys())
    if (new URL(url).pathname !== page && !files.includes(url)) await cache.delete(url);
}
