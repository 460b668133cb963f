import { worker } from '../../data/worker-scope.ts';

/** The resident's pages as they were last seen, and the files these load later. */
const pages = 'pages-1';
const files = 'files-1';
/** A phone meets few yards; the oldest pages go first. */
const mostPages = 12;
/** The map is as large as everything else a hundred times, and useless without a network. */
const heavy = /^(pin-picker|maplibre)/;
/** What the server wrote about the yard. */
const courtyard = /<script type="application\/json" id="courtyard">([^<]*)<\/script>/;

/** Every report is followed on the same page: its key is written nowhere. */
export function nameOf(address: string): string {
  const { pathname } = new URL(address);
  return pathname.startsWith('/t/') ? '/t/' : pathname.replace(/\/$/, '');
}

/** Opens a kept page at once and looks for a newer one meanwhile; the first time, and the page of another yard, need the network. */
export async function openPage(
  request: Request,
  meanwhile: (work: Promise<unknown>) => void,
): Promise<Response> {
  const name = nameOf(request.url);
  const kept = await (await caches.open(pages)).match(name);
  if (!kept) return fetchPage(name, request);
  meanwhile(refresh(name, request, kept.clone()).catch(() => undefined));
  return kept;
}

/** Fetches a page and keeps it. One whose code is no longer good is kept no longer. */
export async function fetchPage(name: string, address: RequestInfo): Promise<Response> {
  const answer = await fetch(address);
  const cache = await caches.open(pages);
  if (answer.ok) {
    await cache.delete(name);
    await cache.put(name, answer.clone());
    for (const old of (await cache.keys()).slice(0, -mostPages)) await cache.delete(old);
  } else if (answer.status === 404 || answer.status === 410) await cache.delete(name);
  return answer;
}

/** Tells the open page what has changed about its yard since the kept page was written. */
async function refresh(name: string, request: Request, kept: Response): Promise<void> {
  const before = courtyard.exec(await kept.text())?.[1];
  const after = courtyard.exec(await (await fetchPage(name, request)).text())?.[1];
  if (!after?.trim() || after === before) return;
  for (const client of await worker.clients.matchAll({ includeUncontrolled: true }))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's client takes none
    if (nameOf(client.url) === name) client.postMessage({ fresh: after });
}

/** A file kept for pages without a network; any other is the network's. */
export async function openFile(request: Request): Promise<Response> {
  return (await (await caches.open(files)).match(request)) ?? fetch(request);
}

/** Keeps what the kept pages load later, and nothing else. */
export async function keepFiles(): Promise<void> {
  const wanted = new Set<string>();
  const cache = await caches.open(files);
  const shelf = await caches.open(pages);
  for (const request of await shelf.keys()) await want(await (await shelf.match(request))?.text(), wanted);
  for (const request of await cache.keys())
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);

  async function want(text = '', found: Set<string>): Promise<void> {
    for (const [, name = ''] of text.matchAll(/["'`](?:\.|\/?assets)\/([\w.-]+\.(?:js|css))["'`]/g)) {
      const path = `/assets/${name}`;
      if (heavy.test(name) || found.has(path)) continue;
      found.add(path);
      if (!(await cache.match(path))) await cache.add(path).catch(() => found.delete(path));
      if (name.endsWith('.js')) await want(await (await cache.match(path))?.text(), found);
    }
  }
}
