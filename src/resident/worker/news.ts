import { isRecord } from '../../core/api-error.ts';
import { worker } from '../../data/worker-scope.ts';
import { fill } from '../../ui/catalogue.ts';
import { newsZh } from '../../ui/messages/news.zh.ts';
import { readFollowedRaw } from '../box-store.ts';

/** Says that there is news of a report, in the words its page left for it. Always says something: a browser that is told nothing to show takes
 * the right to be told away. */
export async function showNews(pushed: string): Promise<void> {
  const number = numberIn(pushed);
  const kept: unknown = await readFollowedRaw(number).catch(() => null);
  const said = isRecord(kept) ? kept : {};
  const key = typeof said['key'] === 'string' ? said['key'] : '';
  await worker.registration.showNotification(String(said['title'] ?? newsZh['news.title']), {
    body: String(said['body'] ?? (number ? fill(newsZh['news.body'], { number }) : '')),
    tag: number,
    renotify: number !== '',
    icon: '/icon.svg',
    data: key ? `/t/${key}` : '/t/mine',
  });
}

/** The page of the report: the window that shows it already, or a new one. */
export async function openNews(path: unknown): Promise<void> {
  const wanted = typeof path === 'string' ? path : '/t/mine';
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = pages.find(({ url }) => new URL(url).pathname === wanted);
  await (open?.focus ? open.focus() : worker.clients.openWindow(wanted));
}

function numberIn(pushed: string): string {
  try {
    const said: unknown = JSON.parse(pushed);
    return isRecord(said) && typeof said['number'] === 'string' ? said['number'] : '';
  } catch {
    return '';
  }
}
