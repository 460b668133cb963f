import { createHash } from 'node:crypto';

/** Sent with every answer. */
export const COMMON_HEADERS: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'geolocation=(self), camera=(self), microphone=(self), payment=(), usb=(), serial=(), midi=(), display-capture=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/** What anything but a page may do when it is opened by itself: nothing. */
export const CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * The content security policy of a page: its own files, the inline scripts and styles that are in the built file (by hash),
 * MapLibre's worker, and connections home. `host` is the page's own, for browsers whose 'self' does not cover WebSockets;
 * `foreign` are the hosts of the base maps the administrator has set, for pages with a map.
 */
export function pagePolicy(html: string, host: string | undefined, foreign: readonly string[] = []): string {
  const home = host && /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    `script-src 'self'${hashes(html, 'script')}`,
    `style-src 'self'${hashes(html, 'style')}`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self'${home}${foreign.map((name) => ` https://${name}`).join('')}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The hashes of the inline elements that run: a script that only holds data needs none. */
function hashes(html: string, element: 'script' | 'style'): string {
  const found = html.matchAll(new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, 'g'));
  return [...found]
    .filter(
      ([, attributes = '', content]) =>
        content && !/\bsrc=|type="application\/(json|ld\+json)"/.test(attributes),
    )
    .map(([, , content = '']) => ` 'sha256-${createHash('sha256').update(content).digest('base64')}'`)
    .join('');
}
