import { hostsOfStyle, shiftOf } from '../core/base-map.ts';
import type { BaseMap, ShiftedDatum } from '../core/base-map.ts';

/** What came of trying a base map from this browser. */
export type BaseFinding =
  | { kind: 'fine' }
  /** It needs hosts that are not allowed yet. */
  | { kind: 'hosts'; hosts: string[] }
  | { kind: 'shifted'; datum: ShiftedDatum; host: string }
  | { kind: 'refused' | 'malformed' | 'unreachable' };

/** A tile of Chengdu, to see whether a key is taken. */
const somewhere = { z: '12', x: '3231', y: '1685' } as const;

async function answerOf(url: string, headers?: Record<string, string>): Promise<Response | null> {
  try {
    return await fetch(url, { credentials: 'omit', ...(headers && { headers }) });
  } catch {
    return null;
  }
}

async function tryStyle(url: string, allowed: readonly string[]): Promise<BaseFinding> {
  const answer = await answerOf(url);
  if (!answer) return { kind: 'unreachable' };
  if (!answer.ok) return { kind: 'refused' };
  const style: unknown = await answer.json().catch(() => null);
  const fields = Object(style);
  if (fields.version !== 8 || !Array.isArray(fields.layers) || typeof fields.sources !== 'object')
    return { kind: 'malformed' };
  const needed = hostsOfStyle(fields, url);
  for (const host of needed) {
    const datum = shiftOf(host);
    if (datum) return { kind: 'shifted', datum, host };
  }
  const hosts = needed.filter((host) => !allowed.includes(host));
  return hosts.length > 0 ? { kind: 'hosts', hosts } : { kind: 'fine' };
}

async function tryPmtiles(url: string): Promise<BaseFinding> {
  const answer = await answerOf(url, { range: 'bytes=0-126' });
  if (!answer) return { kind: 'unreachable' };
  if (!answer.ok) return { kind: 'refused' };
  const start = new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 7));
  // 206: the server gives the file piece by piece, as the map needs it.
  return { kind: start === 'PMTiles' && answer.status === 206 ? 'fine' : 'malformed' };
}

async function tryTianditu(templates: readonly (readonly string[])[]): Promise<BaseFinding> {
  const address = (templates[0]?.[0] ?? '').replace(
    /\{([zxy])\}/g,
    (_, at: 'z' | 'x' | 'y') => somewhere[at],
  );
  const answer = await answerOf(address);
  if (!answer) return { kind: 'unreachable' };
  return { kind: answer.ok && answer.headers.get('content-type')?.startsWith('image/') ? 'fine' : 'refused' };
}

/** Tries a saved base map as the map would use it. The page's policy allows its hosts only from its next opening on. */
export async function tryBase(base: BaseMap): Promise<BaseFinding> {
  if (base.kind === 'tianditu') return tryTianditu(base.tiles ?? []);
  return base.kind === 'pmtiles' ? tryPmtiles(base.url ?? '') : tryStyle(base.url ?? '', base.hosts);
}
